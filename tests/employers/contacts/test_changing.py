"""Planned contacts, editing and correcting: what is changed, by whom, and nothing lost between two."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from employers.contacts import changing
from employers.contacts.history import steps_of
from employers.contacts.models import Contact, FollowUp, Override, Purpose
from employers.contacts.recording import record
from jobcenter.accounts.models import Role
from jobcenter.notifications.models import Notice
from jobcenter.pages.meanwhile import ChangedMeanwhile
from tests.conftest import make_user
from tests.employers.contacts.test_log import filled, stamp
from tests.side_by_side import Beside, wait_until_somebody_is_locked_out

HOUR = timedelta(hours=1)


@pytest.fixture
def plan(make_contact):
    """A visit in two hours, or before midnight, planned yesterday."""
    now = timezone.localtime()
    midnight = now.replace(hour=23, minute=59, second=59, microsecond=0)
    return make_contact(
        state=Contact.State.PLANNED,
        channel=Contact.Channel.VISIT,
        outcome="",
        note="Tag tallene med.",
        happened_at=min(now + 2 * HOUR, midnight),
        logged_at=now - timedelta(days=1),
    )


@pytest.fixture
def caseworker(client, koege):
    client.force_login(koege.caseworker)
    return koege.caseworker


def changed(contact, **otherwise):
    """What the form sends for a contact; any of it can be otherwise."""
    return filled(
        channel=contact.channel,
        outcome=contact.outcome,
        note=contact.note,
        visibility=contact.visibility,
        happened_at=stamp(timezone.localtime(contact.happened_at)),
        version=str(contact.version),
        **otherwise,
    )


def passed(plan):
    """As it is when its time has come."""
    Contact.objects.filter(pk=plan.pk).update(
        happened_at=timezone.now() - HOUR, logged_at=timezone.now() - timedelta(days=1)
    )
    plan.refresh_from_db()
    return plan


# --- planned --------------------------------------------------------------------------------------


def test_a_plan_stands_on_my_day_with_its_time_and_is_no_contact_yet(client, caseworker, plan, company):
    day = client.get(reverse("desk:my_day"))

    assertContains(day, "Planlagte kontakter")
    assertContains(day, f"Besøg: {company.name}")
    page = client.get(company.get_absolute_url())
    assertContains(page, "Planlagte kontakter")
    assert page.context["counts"]["kontakter"] == 0


def test_tomorrows_plan_is_not_on_my_day(client, caseworker, make_contact):
    make_contact(state="planned", outcome="", happened_at=timezone.now() + timedelta(days=2))

    assert client.get(reverse("desk:my_day")).context["day"].planned == []


def test_a_plan_that_took_place_is_logged_by_whoever_says_so(client, koege, plan, make_contact):
    plan = passed(plan)
    client.force_login(koege.manager)

    response = client.post(
        reverse("contacts:change", args=[plan.pk]),
        changed(plan) | {"outcome": "need", "note": "De mangler to."},
    )

    assertRedirects(response, plan.get_absolute_url())
    plan.refresh_from_db()
    assert (plan.state, plan.outcome, plan.by) == (Contact.State.HELD, "need", koege.manager)
    assert plan.logged_at > plan.happened_at
    assert list(Contact.objects.held()) == [plan]


def test_a_plan_may_be_moved_and_stays_a_plan(client, caseworker, plan):
    ahead = timezone.localtime() + timedelta(days=3)

    client.post(
        reverse("contacts:change", args=[plan.pk]),
        changed(plan) | {"happened_at": stamp(ahead)},
    )

    plan.refresh_from_db()
    assert (plan.state, timezone.localtime(plan.happened_at).date()) == ("planned", ahead.date())


def test_a_plan_whose_time_has_come_needs_an_outcome_or_another_time(client, caseworker, plan):
    plan = passed(plan)

    page = client.post(reverse("contacts:change", args=[plan.pk]), changed(plan))

    assertContains(page, "Vælg under „Udfald“")
    assertContains(page, "Tag tallene med.")
    plan.refresh_from_db()
    assert plan.state == Contact.State.PLANNED


def test_a_plan_is_cancelled_with_or_without_a_reason(client, caseworker, plan, company):
    client.post(
        reverse("contacts:cancel", args=[plan.pk]), {"version": "1", "because": "De har travlt"}, follow=True
    )

    page = client.get(plan.get_absolute_url())
    assertContains(page, "De har travlt")
    plan.refresh_from_db()
    assert (plan.state, plan.changed_by) == (Contact.State.CANCELLED, caseworker)
    assert client.get(reverse("contacts:change", args=[plan.pk])).status_code == 404
    assert client.get(reverse("desk:my_day")).context["day"].planned == []


def test_what_is_cancelled_may_be_planned_again_at_the_same_time(plan, koege, make_contact):
    changing.cancel(contact=plan, seen=1, by=koege.caseworker)

    again = make_contact(
        state="planned", outcome="", channel="visit", happened_at=plan.happened_at, logged_at=timezone.now()
    )

    assert again.pk != plan.pk


def test_what_has_taken_place_is_not_cancelled(make_contact, koege):
    contact = make_contact()

    with pytest.raises(ChangedMeanwhile):
        changing.cancel(contact=contact, seen=1, by=koege.caseworker)

    contact.refresh_from_db()
    assert contact.state == Contact.State.HELD


def test_a_plan_is_judged_again_when_it_takes_place(plan, koege, make_hold, company):
    """A hold was taken after it was planned: the reason is asked for now, and the holder told."""
    hold = make_hold(starts_at=timezone.now() - timedelta(days=1))
    plan = passed(plan)
    values = {"outcome": Contact.Outcome.NEED}

    with pytest.raises(ValidationError) as refused:
        changing.change(contact=plan, values=values, seen=1, by=koege.caseworker)
    assert "reason" in refused.value.error_dict

    changing.change(contact=plan, values=values, seen=1, by=koege.caseworker, reason="De ventede på os")
    assert Override.objects.get().hold == hold
    assert Notice.objects.filter(kind="hold_overridden").count() == 1


def test_what_it_was_planned_against_with_a_reason_needs_none_again(company, koege, make_hold, logged_values):
    make_hold(expires_at=timezone.now() + timedelta(days=5))
    plan = record(
        **logged_values,
        outcome="",
        happened_at=timezone.now() + HOUR,
        reason="Vi har aftalt det med dem",
    )
    assert Override.objects.count() == 1

    held = changing.change(contact=passed(plan), values={"outcome": "need"}, seen=1, by=koege.caseworker)

    assert held.state == Contact.State.HELD
    assert Override.objects.count() == 1


@pytest.fixture
def logged_values(company, koege):
    return {
        "company": company,
        "jobcentre": koege.jobcentre,
        "by": koege.caseworker,
        "channel": Contact.Channel.PHONE,
        "direction": Contact.Direction.OUT,
        "purposes": [Purpose.RECRUITMENT],
    }


def test_coordination_sees_the_partners_plan_and_not_its_note(client, roskilde, plan, company):
    client.force_login(roskilde.caseworker)

    page = client.get(company.get_absolute_url(), {"om": "recruitment"})

    assertContains(page, "Jobcenter Køge")
    assertContains(page, "vil kontakte dem")
    assertNotContains(page, "Tag tallene med.")
    assertNotContains(page, plan.get_absolute_url())


def test_the_employer_sees_it_as_planned(client, employer, plan):
    client.force_login(employer)

    page = client.get(reverse("desk:who_contacted_us"))

    assertContains(page, "Planlagt")
    assert [entry.about for entry in page.context["planned"]] == ["rekruttering"]
    assert page.context["entries"] == []


# --- editing and correcting -----------------------------------------------------------------------


def test_within_a_day_it_is_edited_without_a_reason(client, caseworker, make_contact):
    contact = make_contact(note="De mangler tre.")

    client.post(reverse("contacts:change", args=[contact.pk]), changed(contact) | {"note": "De mangler to."})

    contact.refresh_from_db()
    assert (contact.note, contact.version, contact.changed_by) == ("De mangler to.", 2, caseworker)


@pytest.mark.parametrize("because", ["", "Jeg tog fejl af tallet"])
def test_after_a_day_it_is_corrected_with_a_reason(client, caseworker, make_contact, because):
    contact = make_contact(
        note="De mangler tre.",
        happened_at=timezone.now() - timedelta(days=3),
        logged_at=timezone.now() - timedelta(days=2),
    )

    page = client.post(
        reverse("contacts:change", args=[contact.pk]),
        changed(contact) | {"note": "De mangler to.", "because": because},
        follow=True,
    )

    contact.refresh_from_db()
    if because:
        assert contact.note == "De mangler to."
        for said in ("Rettet", because, "De mangler tre.", "De mangler to.", caseworker.name):
            assertContains(page, said)
    else:
        assertContains(page, "Skriv, hvorfor du retter den")
        assertContains(page, "De mangler to.")
        assert (contact.note, contact.version) == ("De mangler tre.", 1)


def test_the_database_refuses_a_correction_without_a_reason(make_contact, koege):
    contact = make_contact(
        logged_at=timezone.now() - timedelta(days=2), happened_at=timezone.now() - timedelta(days=3)
    )

    with (
        pytest.raises(IntegrityError, match="contact_corrected_after_a_day_with_a_reason"),
        transaction.atomic(),
    ):
        Contact.objects.filter(pk=contact.pk).update(note="Ny", changed_at=timezone.now())


@pytest.mark.parametrize(
    ("who", "code"),
    [("author", 200), ("manager", 200), ("colleague", 404), ("neighbour", 404), ("stranger", 404)],
)
def test_it_is_changed_by_its_author_and_the_manager(
    client, koege, roskilde, aarhus, make_contact, somebody_else, who, code
):
    contact = make_contact()
    people = {
        "author": koege.caseworker,
        "manager": koege.manager,
        "colleague": somebody_else,
        "neighbour": roskilde.caseworker,
        "stranger": aarhus.caseworker,
    }
    client.force_login(people[who])
    address = reverse("contacts:change", args=[contact.pk])

    assert client.get(address).status_code == code
    if code == 404:
        assert client.post(address, changed(contact) | {"note": "Ny"}).status_code == 404
        contact.refresh_from_db()
        assert contact.version == 1


@pytest.fixture
def somebody_else(koege):
    return make_user("Nina Dahl", koege.jobcentre.organisation, Role.CASEWORKER)


def test_it_cannot_be_moved_into_the_future_or_past_its_logging(client, caseworker, make_contact):
    contact = make_contact(logged_at=timezone.now() - 2 * HOUR, happened_at=timezone.now() - 3 * HOUR)
    address = reverse("contacts:change", args=[contact.pk])

    for at in (timezone.localtime() - HOUR, timezone.localtime() + HOUR):
        page = client.post(address, changed(contact) | {"happened_at": stamp(at)})
        assertContains(page, "Den fandt sted, før den blev logget")


def test_a_cpr_number_in_a_correction_blocks_and_is_pointed_at(client, caseworker, make_contact):
    contact = make_contact()

    page = client.post(
        reverse("contacts:change", args=[contact.pk]), changed(contact) | {"note": "Spørg 010190-1234"}
    )

    assertContains(page, "010190-xxxx")
    contact.refresh_from_db()
    assert contact.version == 1


def test_words_about_health_warn_and_do_not_block(client, caseworker, make_contact):
    contact = make_contact()

    page = client.post(
        reverse("contacts:change", args=[contact.pk]),
        changed(contact) | {"note": "Formanden er sygemeldt med stress."},
        follow=True,
    )

    assertContains(page, "Noten har ord om helbred: stress.")


def test_the_history_names_who_when_what_and_why(make_contact, koege):
    long_ago = timezone.now() - timedelta(days=2)
    contact = make_contact(note="Først", happened_at=long_ago, logged_at=long_ago)
    changing.change(
        contact=contact,
        values={"note": "Siden", "purposes": ["upskilling"]},
        seen=1,
        by=koege.manager,
        because="Forkert",
    )

    newest, first = steps_of(contact)

    assert (newest.by, newest.because) == (koege.manager.name, "Forkert")
    assert [(str(one.label), one.before, one.after) for one in newest.changed] == [
        ("Formål", "rekruttering", "opkvalificering"),
        ("Note", "Først", "Siden"),
    ]
    assert (first.by, first.changed) == (koege.caseworker.name, [])


# --- two at once ----------------------------------------------------------------------------------


def test_the_second_of_two_sees_both_texts_and_may_save_over(client, caseworker, koege, make_contact):
    contact = make_contact(note="Først")
    address = reverse("contacts:change", args=[contact.pk])
    changing.change(contact=contact, values={"note": "Kollegaens"}, seen=1, by=koege.manager)

    page = client.post(address, changed(contact) | {"note": "Min"})

    assertContains(page, "En kollega har ændret det imens")
    assert [(one.theirs, one.ours) for one in page.context["differences"]] == [("Kollegaens", "Min")]
    contact.refresh_from_db()
    assert contact.note == "Kollegaens"
    assertContains(page, 'name="version" value="2"')

    client.post(address, changed(contact) | {"note": "Min"})
    contact.refresh_from_db()
    assert (contact.note, contact.version) == ("Min", 3)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_in_the_same_second_one_gets_it_and_the_other_is_told(make_contact, koege):
    contact = make_contact(note="Først")

    with transaction.atomic():
        changing.change(contact=contact, values={"note": "Den første"}, seen=1, by=koege.caseworker)
        second = Beside(
            lambda: changing.change(contact=contact, values={"note": "Den anden"}, seen=1, by=koege.manager)
        )
        wait_until_somebody_is_locked_out()

    with pytest.raises(ChangedMeanwhile) as told:
        second.outcome()
    assert told.value.now.note == "Den første"
    contact.refresh_from_db()
    assert (contact.note, contact.version) == ("Den første", 2)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_log_the_same_call_at_once_one_does(logged_values, koege):
    at = timezone.now() - HOUR
    values = {**logged_values, "outcome": "need", "happened_at": at}

    with transaction.atomic():
        record(**values)
        second = Beside(lambda: record(**values))
        wait_until_somebody_is_locked_out()

    with pytest.raises(ValidationError, match="allerede logget"):
        second.outcome()
    assert Contact.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_cancels_while_the_other_says_that_it_took_place(plan, koege):
    plan = passed(plan)

    with transaction.atomic():
        changing.change(contact=plan, values={"outcome": "need"}, seen=1, by=koege.caseworker)
        second = Beside(lambda: changing.cancel(contact=plan, seen=1, by=koege.manager))
        wait_until_somebody_is_locked_out()

    with pytest.raises(ChangedMeanwhile):
        second.outcome()
    plan.refresh_from_db()
    assert plan.state == Contact.State.HELD
    assert not FollowUp.objects.exists()

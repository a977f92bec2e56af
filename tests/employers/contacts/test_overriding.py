"""Contacting a company against the advice: with a reason, told to the holder, and counted."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from employers.contacts.models import Contact, Hold, Override, Preferences, Purpose
from employers.contacts.recording import record
from jobcenter.notifications.models import Mail
from tests.employers.contacts.test_log import filled
from tests.side_by_side import Beside, wait_until_somebody_is_locked_out

REASON = "De ringede selv i går og bad om et besøg i dag"


@pytest.fixture
def logged(company, koege):
    def log(**otherwise):
        return record(
            **{
                "company": company,
                "jobcentre": koege.jobcentre,
                "by": koege.caseworker,
                "channel": Contact.Channel.PHONE,
                "direction": Contact.Direction.OUT,
                "purposes": [Purpose.RECRUITMENT],
                "outcome": Contact.Outcome.NEED,
                "happened_at": timezone.now() - timedelta(minutes=5),
                **otherwise,
            }
        )

    return log


@pytest.fixture
def wishes(company):
    return Preferences.objects.create(company=company)


@pytest.fixture
def caseworker(client, koege):
    client.force_login(koege.caseworker)
    return koege.caseworker


@pytest.fixture
def address(company):
    return reverse("contacts:log", args=[company.pk])


def test_against_a_hold_a_reason_is_needed_kept_and_told_to_the_holder(logged, make_hold, roskilde):
    hold = make_hold()

    with pytest.raises(ValidationError) as refused:
        logged()
    assert list(refused.value.error_dict) == ["reason"]
    assert not Contact.objects.exists()

    contact = logged(reason=REASON)

    override = Override.objects.get()
    assert (override.contact, override.ground, override.hold, override.reason) == (
        contact,
        Override.Ground.HOLD,
        hold,
        REASON,
    )
    mail = Mail.objects.get()
    assert mail.to == roskilde.caseworker.email
    assert "Jobcenter Køge" in mail.subject
    assert REASON in mail.body
    assert Override.objects.against_holds_of(roskilde.jobcentre).count() == 1


@pytest.mark.parametrize(
    ("wish", "ground"),
    [
        ({"paused_until": timezone.localdate() + timedelta(days=9)}, Override.Ground.PAUSE),
        ({"most_contacts": 1}, Override.Ground.CAP),
        ({"unwanted": [Purpose.RECRUITMENT]}, Override.Ground.TOPIC),
    ],
)
def test_so_is_one_against_a_pause_a_cap_or_a_topic(logged, make_contact, company, wish, ground):
    Preferences.objects.create(company=company, **wish)
    make_contact(happened_at=timezone.now() - timedelta(days=3))

    with pytest.raises(ValidationError):
        logged()
    logged(reason=REASON)

    assert [override.ground for override in Override.objects.all()] == [ground]
    assert not Mail.objects.exists()


def test_so_is_one_about_what_a_neighbour_called_about_a_week_ago(logged, make_contact, roskilde):
    make_contact(
        jobcentre=roskilde.jobcentre,
        by=roskilde.caseworker,
        happened_at=timezone.now() - timedelta(days=7),
    )

    with pytest.raises(ValidationError):
        logged()
    logged(reason=REASON)

    assert Override.objects.get().ground == Override.Ground.RECENT


def test_each_thing_that_speaks_against_it_is_a_row(logged, make_hold, wishes):
    make_hold()
    Preferences.objects.update(unwanted=[Purpose.RECRUITMENT])

    logged(reason=REASON)

    assert {override.ground for override in Override.objects.all()} == {"hold", "topic"}


@pytest.mark.parametrize(
    "otherwise",
    [
        {"occasion": Contact.Occasion.ANSWER},
        {"occasion": Contact.Occasion.PLACEMENT},
        {"occasion": Contact.Occasion.STATUTORY},
        {"direction": Contact.Direction.IN},
    ],
)
def test_an_answer_a_placement_a_duty_and_the_companys_own_call_need_no_reason(logged, make_hold, otherwise):
    make_hold()

    contact = logged(**otherwise)

    assert contact.pk
    assert not Override.objects.exists()
    assert not Mail.objects.exists()


def test_ones_own_hold_does_not_stop_oneself(logged, make_hold, koege):
    make_hold(jobcentre=koege.jobcentre, by=koege.manager)

    assert logged().pk


def test_a_hold_far_away_is_none_of_ones_business(logged, make_hold, aarhus):
    make_hold(jobcentre=aarhus.jobcentre, by=aarhus.caseworker)

    assert logged().pk


def test_a_contact_of_before_the_hold_needs_no_reason(logged, make_hold):
    make_hold()

    assert logged(happened_at=timezone.now() - timedelta(hours=2)).pk


def test_answers_do_not_use_up_the_companys_cap(logged, make_contact, company):
    Preferences.objects.create(company=company, most_contacts=1)
    make_contact(happened_at=timezone.now() - timedelta(days=3), occasion=Contact.Occasion.ANSWER)

    assert logged().pk


@pytest.mark.django_db(transaction=True)
def test_a_hold_taken_while_one_saves_is_seen(logged, make_hold, company):
    with transaction.atomic():
        type(company).objects.select_for_update().get(pk=company.pk)
        saving = Beside(logged)
        wait_until_somebody_is_locked_out()
        make_hold()

    with pytest.raises(ValidationError):
        saving.outcome()
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"reason": ""}, "override_has_a_reason"),
        ({"ground": "lead"}, "override_ground_is_known"),
        ({"ground": "hold"}, "override_names_the_hold_it_goes_against"),
    ],
)
def test_the_database_refuses_a_row_that_explains_nothing(make_contact, wrong, constraint):
    contact = make_contact()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Override.objects.create(**{"contact": contact, "ground": "cap", "reason": REASON, **wrong})


# --- in the log --------------------------------------------------------------------------------------


def test_the_log_asks_for_the_reason_at_the_field_and_loses_nothing(client, caseworker, address, make_hold):
    make_hold()

    page = client.post(address, filled(next_step="Send to profiler", next_on="2099-01-01"))

    assertContains(page, "Jobcenter Roskilde (Sofie Lind) har reserveret dem til rekruttering.")
    assertContains(page, 'name="reason"')
    assertContains(page, "Montageholdet mangler to.")
    assertContains(page, "Send to profiler")
    assert not Contact.objects.exists()

    response = client.post(address, filled(reason=REASON))

    assertRedirects(response, Contact.objects.get().company.get_absolute_url())
    assert Override.objects.get().reason == REASON


def test_the_log_takes_an_answer_without_a_reason(client, caseworker, address, make_hold):
    make_hold()

    client.post(address, filled(occasion="answer"))

    assert Contact.objects.get().occasion == Contact.Occasion.ANSWER


def test_a_reason_has_no_cpr_number(client, caseworker, address, make_hold):
    make_hold()

    page = client.post(address, filled(reason="Se 010190-1234"))

    assertContains(page, "010190-xxxx")
    assert not Override.objects.exists()


def test_where_nothing_speaks_against_it_no_reason_is_asked_for(client, caseworker, address):
    assertNotContains(client.get(address), 'name="reason"')


def test_the_advice_follows_the_purpose_before_anything_is_saved(client, caseworker, company, make_hold):
    make_hold()
    address = reverse("contacts:advice", args=[company.pk])

    about_it = client.post(address, {"purposes": ["recruitment"], "direction": "out"})
    about_else = client.post(address, {"purposes": ["work_trial"], "direction": "out"})
    their_call = client.post(address, {"purposes": ["recruitment"], "direction": "in"})

    assertContains(about_it, "har reserveret dem til rekruttering.")
    assertContains(about_it, 'name="reason"')
    assertNotContains(about_it, "form-error")
    assertNotContains(about_else, 'name="reason"')
    assertNotContains(their_call, 'name="reason"')
    assert not Contact.objects.exists()


def test_the_advice_survives_nonsense(client, caseworker, company):
    page = client.post(
        reverse("contacts:advice", args=[company.pk]),
        {"purposes": ["x"], "direction": "y", "channel": "z", "occasion": "w"},
    )

    assertNotContains(page, 'name="reason"')


def test_the_only_workplace_is_written_down_and_of_several_one_is_chosen(
    client, caseworker, company, address, koege, roskilde, make_contact
):
    client.post(address, filled())
    assert Contact.objects.get().workplace == company.workplaces.get()
    Contact.objects.all().delete()
    other = company.workplaces.create(address="Havnen 2", postcode="4600", municipality=koege.municipality)
    make_contact(jobcentre=roskilde.jobcentre, by=roskilde.caseworker, workplace=other)

    client.post(address, filled(workplace=str(other.pk)))
    assert not Contact.objects.filter(by=caseworker).exists()

    here = company.workplaces.exclude(pk=other.pk).get()
    client.post(address, filled(workplace=str(here.pk)))
    assert Contact.objects.get(by=caseworker).workplace == here
    assert not Override.objects.exists()


# --- holds in the browser ----------------------------------------------------------------------------


def test_a_company_is_reserved_and_the_others_see_it(client, koege, roskilde, company, hold_limit):
    client.force_login(koege.caseworker)
    response = client.post(
        reverse("contacts:hold", args=[company.pk]),
        {"workplace": company.workplaces.get().pk, "purpose": "recruitment", "days": "3"},
    )
    assertRedirects(response, company.get_absolute_url())
    assert Hold.objects.get().by == koege.caseworker

    client.force_login(roskilde.caseworker)
    page = client.get(company.get_absolute_url(), {"om": "recruitment"})
    assertContains(page, "Jobcenter Køge (Karim Holst) har reserveret dem til rekruttering.")

    page = client.post(
        reverse("contacts:hold", args=[company.pk]),
        {"workplace": company.workplaces.get().pk, "purpose": "recruitment", "days": "3"},
    )
    assertContains(page, "Karim Holst, Jobcenter Køge, var først")


def test_only_the_jobcentre_that_holds_can_release(client, koege, roskilde, make_hold):
    address = reverse("contacts:release", args=[make_hold().pk])

    client.force_login(koege.caseworker)
    assert client.post(address).status_code == 404

    client.force_login(roskilde.manager)
    client.post(address)
    assert not Hold.objects.running(at=timezone.now()).exists()


def test_a_workplace_outside_the_catchment_cannot_be_held(client, koege, aarhus, company, hold_limit):
    far = company.workplaces.create(address="Strandvej 1", postcode="8240", municipality=aarhus.municipality)
    client.force_login(koege.caseworker)

    page = client.post(
        reverse("contacts:hold", args=[company.pk]),
        {"workplace": far.pk, "purpose": "recruitment", "days": "3"},
    )

    assert page.status_code == 200
    assert not Hold.objects.exists()

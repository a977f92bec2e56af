"""Follow-ups: the clock of the reminder, postponing, and the one mail of the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from employers.contacts.models import Contact, FollowUp, Purpose
from employers.contacts.recording import record
from employers.contacts.resetting import QUIET_AT_MOST, quiet_until, remind
from jobcenter.notifications.models import Notice


@pytest.fixture
def follow_up(make_contact, koege, company):
    """Agreed four days ago for today."""
    contact = make_contact(happened_at=timezone.now() - timedelta(days=4))
    return FollowUp.objects.create(
        contact=contact,
        company=company,
        jobcentre=koege.jobcentre,
        owner=koege.caseworker,
        due_on=timezone.localdate(),
        what="Ring om natholdet",
    )


@pytest.fixture
def talk(company, koege):
    """Logs a contact of a jobcentre an hour ago; any of it can be otherwise."""

    def log(centre=koege, **otherwise):
        return record(
            **{
                "company": company,
                "jobcentre": centre.jobcentre,
                "by": centre.caseworker,
                "channel": Contact.Channel.PHONE,
                "direction": Contact.Direction.IN,
                "purposes": [Purpose.RECRUITMENT],
                "outcome": Contact.Outcome.NEED,
                "happened_at": timezone.now() - timedelta(hours=1),
                **otherwise,
            }
        )

    return log


def test_the_clock_starts_anew_from_the_last_contact_and_says_whose(client, koege, follow_up, talk):
    client.force_login(koege.caseworker)
    assertContains(client.get(reverse("desk:my_day")), "Ring om natholdet")

    contact = talk(purposes=[Purpose.UPSKILLING])

    follow_up.refresh_from_db()
    today = timezone.localdate()
    assert (follow_up.due_on, follow_up.quiet_until, follow_up.reset_by) == (
        today,
        timezone.localdate(contact.happened_at) + timedelta(days=4),
        contact,
    )
    assertNotContains(client.get(reverse("desk:my_day")), "Ring om natholdet")
    assertContains(client.get(follow_up.company.get_absolute_url()), "nulstillet af Karim")


@pytest.mark.parametrize(
    ("who", "otherwise", "is_reset"),
    [
        ("koege", {"purposes": [Purpose.UPSKILLING]}, True),
        ("koege", {"outcome": Contact.Outcome.NO_ANSWER}, False),
        ("koege", {"happened_at": timezone.now() - timedelta(days=9)}, False),
        ("koege", {"happened_at": timezone.now() + timedelta(days=1), "outcome": ""}, False),
        ("roskilde", {}, True),
        ("roskilde", {"purposes": [Purpose.UPSKILLING, Purpose.RECRUITMENT]}, True),
        ("roskilde", {"purposes": [Purpose.UPSKILLING]}, False),
        ("aarhus", {}, False),
    ],
    ids=[
        "ours about anything",
        "nobody answered",
        "before it was agreed",
        "only planned",
        "a partner's about the same",
        "about the same among others",
        "a partner's about something else",
        "from outside the catchment",
    ],
)
def test_which_contacts_take_a_matter_up(request, follow_up, talk, who, otherwise, is_reset):
    talk(request.getfixturevalue(who), **otherwise)

    follow_up.refresh_from_db()
    assert (follow_up.reset_by is not None) == is_reset


def test_what_is_done_is_left_alone_and_so_is_another_companys(follow_up, talk):
    follow_up.finish()

    talk()

    follow_up.refresh_from_db()
    assert follow_up.reset_by is None


def test_a_contact_never_brings_a_reminder_forward(follow_up, talk):
    FollowUp.objects.update(due_on=timezone.localdate() + timedelta(days=90))

    talk()

    follow_up.refresh_from_db()
    assert follow_up.quiet_until is None


@pytest.mark.parametrize(("agreed_ahead", "days"), [(0, 1), (1, 1), (4, 4), (60, QUIET_AT_MOST.days)])
def test_it_is_quiet_as_long_as_it_was_agreed_ahead_and_a_fortnight_at_most(agreed_ahead, days):
    agreed, contact = date(2026, 11, 2), date(2026, 11, 20)

    until = quiet_until(agreed_on=agreed, due_on=agreed + timedelta(days=agreed_ahead), contact_on=contact)

    assert until == contact + timedelta(days=days)


def test_a_postponed_one_reminds_on_its_new_day_alone(client, koege, follow_up, talk):
    talk()
    client.force_login(koege.caseworker)
    later = timezone.localdate() + timedelta(days=2)

    response = client.post(
        reverse("contacts:postpone", args=[follow_up.pk]),
        {"to": later.isoformat(), "next": follow_up.company.get_absolute_url()},
    )

    assertRedirects(response, follow_up.company.get_absolute_url())
    follow_up.refresh_from_db()
    assert (follow_up.due_on, follow_up.quiet_until, follow_up.reset_by) == (later, None, None)
    assert not FollowUp.objects.due(on=timezone.localdate()).exists()


@pytest.mark.parametrize(
    ("to", "said"), [("", "Vælg den nye dato"), ("2020-01-01", "Dagen er passeret"), ("x", "Skriv en dato")]
)
def test_a_day_that_cannot_be_is_told_and_nothing_is_moved(client, koege, follow_up, to, said):
    client.force_login(koege.caseworker)

    page = client.post(reverse("contacts:postpone", args=[follow_up.pk]), {"to": to})

    assertContains(page, said)
    due_on = follow_up.due_on
    follow_up.refresh_from_db()
    assert follow_up.due_on == due_on


def test_what_is_done_meanwhile_is_not_postponed(client, koege, follow_up):
    follow_up.finish()
    client.force_login(koege.caseworker)

    page = client.post(
        reverse("contacts:postpone", args=[follow_up.pk]),
        {"to": (timezone.localdate() + timedelta(days=2)).isoformat()},
        follow=True,
    )

    assertContains(page, "var allerede udført")


def test_the_owner_is_reminded_once_for_each_day_and_the_mail_says_not_what(follow_up, koege):
    today = timezone.localdate()

    assert [remind(on=today), remind(on=today)] == [1, 0]
    notice = Notice.objects.get(kind="follow_up_due")
    assert notice.recipient.email == koege.caseworker.email
    assert follow_up.company.name in notice.subject
    assert "natholdet" not in notice.subject + notice.text

    follow_up.postpone(until=today + timedelta(days=1))
    assert [remind(on=today), remind(on=today + timedelta(days=1))] == [0, 1]


def test_nobody_is_reminded_while_it_is_quiet(follow_up, talk):
    talk()
    follow_up.refresh_from_db()

    assert remind(on=timezone.localdate()) == 0
    assert remind(on=follow_up.quiet_until) == 1

"""One's own plans in a calendar program, read with the library again; and what is not for it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from pytest_django.asserts import assertContains, assertNotContains

from employers.contacts.models import Contact, FollowUp, Purpose
from employers.desk.models import CalendarFeed
from jobcenter.accounts.models import Membership
from tests.employers.desk.conftest import KOEGES_NEXT_STEP, KOEGES_NOTE

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


@pytest.fixture
def address(koege):
    token = CalendarFeed.objects.renew(koege.caseworker, koege.jobcentre, at=timezone.now())
    return reverse("desk:calendar", args=[token])


@pytest.fixture
def events(client, address):
    """What a program that reads the address finds, by their ids."""

    def events():
        found = Calendar.from_ical(client.get(address).content)
        assert not found.errors
        return {str(event["UID"]).split("@")[0]: event for event in found.events}

    return events


@pytest.fixture
def plan(company, koege):
    def plan(at, **fields):
        values = {
            "company": company,
            "workplace": company.workplaces.get(),
            "jobcentre": koege.jobcentre,
            "by": koege.caseworker,
            "purposes": [Purpose.RECRUITMENT, Purpose.UPSKILLING],
            "channel": Contact.Channel.VISIT,
            "state": Contact.State.PLANNED,
            "note": KOEGES_NOTE,
            "happened_at": at,
        }
        return Contact.objects.create(**{**values, **fields})

    return plan


def test_a_follow_up_is_a_whole_day_with_the_company_and_nothing_of_what_was_written(
    events, client, address, contact, company
):
    step = FollowUp.objects.get()
    event = events()[f"follow-up-{step.pk}"]

    assert (event.start, event.end) == (step.due_on, step.due_on + timedelta(days=1))
    assert event["SUMMARY"] == f"Opfølgning: {company}"
    assert str(event["URL"]).endswith(company.get_absolute_url())
    for secret in (KOEGES_NEXT_STEP, KOEGES_NOTE, company.people.get().name):
        assertNotContains(client.get(address), secret)


def test_a_planned_contact_stands_at_its_local_time_on_either_side_of_a_clock_change(
    events, client, address, plan, company
):
    """The clocks went back on 25 October 2026 and go forward on 28 March 2027."""
    moments = [datetime(2027, 3, day, 9, 0, tzinfo=COPENHAGEN) for day in (26, 29)]
    plans = [plan(moment) for moment in moments]

    found = events()

    for moment, planned in zip(moments, plans, strict=True):
        event = found[f"contact-{planned.pk}"]
        assert event.start == moment
        assert event.start.hour == 9
        assert event["DTSTART"].params["TZID"] == "Europe/Copenhagen"
        assert event["SUMMARY"] == f"Besøg: {company}"
        assert event["LOCATION"] == str(company.workplaces.get())
        assert event["DESCRIPTION"] == "Rekruttering, opkvalificering"
    assert [moment.utcoffset() for moment in moments] == [timedelta(hours=1), timedelta(hours=2)]
    zone = Calendar.from_ical(client.get(address).content).timezones[0]
    assert zone.tz_name == "Europe/Copenhagen"
    assertNotContains(client.get(address), KOEGES_NOTE)


def test_the_same_plan_keeps_its_id_when_it_is_postponed_and_is_gone_when_it_is_done(events, contact):
    step = FollowUp.objects.get()
    later = step.due_on + timedelta(days=9)
    step.postpone(until=later)
    assert events()[f"follow-up-{step.pk}"].start == later

    step.finish()

    assert events() == {}


def test_others_plans_and_cancelled_ones_are_not_there(events, plan, koege, roskilde, contact):
    FollowUp.objects.update(owner=koege.manager)
    at = timezone.now() + timedelta(days=2)
    plan(at, by=koege.manager)
    plan(at, jobcentre=roskilde.jobcentre, by=roskilde.caseworker, channel=Contact.Channel.PHONE)
    plan(
        at,
        state=Contact.State.CANCELLED,
        changed_by=koege.caseworker,
        changed_at=timezone.now(),
        channel=Contact.Channel.VIDEO,
    )

    assert events() == {}


def test_lines_are_folded_at_75_octets_and_end_as_the_standard_says(client, address, contact, company):
    company.name = "Ærøskøbing Æblemosteri og Blåbærplantage, Ø-værkstedet; samt " + "Søskendefirma" * 8
    company.save()

    content = client.get(address).content

    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    (event,) = Calendar.from_ical(content).events
    assert event["SUMMARY"] == f"Opfølgning: {company.name}"


def test_a_program_asks_again_after_a_while_and_is_told_when_nothing_is_new(client, address, contact):
    answer = client.get(address)

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, max-age=900"
    again = client.get(address, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_address_is_told_once_and_only_its_digest_is_kept(client, koege):
    client.force_login(koege.caseworker)
    assertContains(client.get(reverse("desk:my_calendar")), "Du har ingen adresse endnu.")

    told = client.post(reverse("desk:my_calendar"))

    feed = CalendarFeed.objects.get()
    address = told.context["address"]
    token = address.rsplit("/", 1)[1].removesuffix(".ics")
    assert len(token) == 43
    assert token not in feed.token_hash
    assertContains(told, address)
    assertNotContains(client.get(reverse("desk:my_calendar")), token)
    client.logout()
    assert client.get(reverse("desk:calendar", args=[token])).status_code == 200


@pytest.mark.parametrize("step", ["revoke_calendar", "my_calendar"])
def test_a_revoked_or_replaced_address_leads_nowhere(client, koege, address, step):
    client.force_login(koege.caseworker)
    assert client.get(address).status_code == 200

    client.post(reverse(f"desk:{step}"))

    assert client.get(address).status_code == 404


def test_whoever_has_left_the_jobcentre_has_no_calendar(client, koege, address):
    Membership.objects.filter(user=koege.caseworker).delete()
    assert client.get(address).status_code == 404


def test_what_is_long_past_and_never_done_leaves_the_calendar(events, contact):
    FollowUp.objects.update(due_on=date(2020, 1, 1))
    assert events() == {}

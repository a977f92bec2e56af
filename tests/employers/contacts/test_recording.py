from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from employers.companies.models import Company, Person
from employers.contacts.models import AlreadyDone, Contact, FollowUp, Purpose
from employers.contacts.recording import NextStep, record


@pytest.fixture
def logged(company, koege):
    """Logs a call of Køge's caseworker; any of it can be otherwise."""

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
                "note": "Vil gerne se to til aftenholdet.",
                **otherwise,
            }
        )

    return log


def test_a_contact_is_logged_with_its_next_step(logged, company, koege):
    tomorrow = timezone.localdate() + timedelta(days=1)

    contact = logged(
        person=company.people.get(), next_step=NextStep("Send to profiler", tomorrow, koege.manager)
    )

    assert contact.person.name == "Mette Bruun"
    follow_up = contact.follow_ups.get()
    assert (follow_up.what, follow_up.due_on, follow_up.owner) == (
        "Send to profiler",
        tomorrow,
        koege.manager,
    )
    assert (follow_up.company, follow_up.jobcentre) == (company, koege.jobcentre)


def test_a_new_person_is_added_to_the_company_once(logged, company):
    logged(new_person="Lars Fink")
    logged(new_person="lars fink", happened_at=timezone.now() - timedelta(hours=3))

    assert [person.name for person in company.people.order_by("name")] == ["Lars Fink", "Mette Bruun"]


def test_nothing_is_kept_when_the_next_step_is_refused(logged, koege):
    with pytest.raises(ValidationError):
        logged(
            new_person="Lars Fink",
            next_step=NextStep("Ring om 010190-1234", timezone.localdate(), koege.caseworker),
        )

    assert not Contact.objects.exists()
    assert not Person.objects.filter(name="Lars Fink").exists()


def test_a_note_with_a_cpr_number_is_refused(logged):
    with pytest.raises(ValidationError, match="010190-xxxx"):
        logged(note="Ansøgeren er 010190-1234")

    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    ("hours", "outcome"), [(1, Contact.Outcome.NEED), (-1, "")], ids=["ahead with one", "past without"]
)
def test_an_outcome_that_does_not_agree_with_the_time_is_refused(logged, hours, outcome):
    with pytest.raises(ValidationError):
        logged(happened_at=timezone.now() + timedelta(hours=hours), outcome=outcome)

    assert not Contact.objects.exists()


def test_the_time_decides_whether_a_contact_is_planned_or_logged(logged, make_contact):
    plan = logged(happened_at=timezone.now() + timedelta(hours=1), outcome="")
    call = logged()

    assert list(Contact.objects.planned()) == [plan]
    assert list(Contact.objects.held()) == [call]


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        (
            {"happened_at": timezone.now() + timedelta(hours=1)},
            "contact_in_the_past_is_held_and_has_an_outcome",
        ),
        ({"outcome": ""}, "contact_in_the_past_is_held_and_has_an_outcome"),
        ({"state": "planned", "outcome": ""}, "contact_in_the_future_is_planned_without_outcome"),
        (
            {"state": "planned", "happened_at": timezone.now() + timedelta(days=9)},
            "contact_in_the_future_is_planned_without_outcome",
        ),
        (
            {"state": "cancelled", "outcome": "", "happened_at": timezone.now() + timedelta(days=9)},
            "contact_is_cancelled_by_somebody",
        ),
        (
            {
                "state": "gone",
                "outcome": "",
                "happened_at": timezone.now() + timedelta(days=9),
                "logged_at": timezone.now(),
            },
            "contact_state_is_known",
        ),
        ({"purposes": []}, "contact_has_a_purpose"),
        ({"purposes": ["advertising"]}, "contact_purposes_are_known"),
        ({"visibility": "all"}, "contact_note_is_for_us_or_for_the_catchment"),
        (
            {"changed_at": timezone.now() + timedelta(days=2)},
            "contact_corrected_after_a_day_with_a_reason",
        ),
    ],
)
def test_the_database_refuses_what_does_not_agree_whoever_tries(make_contact, wrong, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make_contact(**wrong)


@pytest.mark.parametrize("to", [Contact.State.PLANNED, Contact.State.CANCELLED])
def test_the_database_does_not_let_a_held_contact_become_a_plan_again(make_contact, to):
    contact = make_contact()

    with pytest.raises(IntegrityError, match="no transition from held"), transaction.atomic():
        Contact.objects.filter(pk=contact.pk).update(state=to)


def test_a_double_click_logs_once(logged):
    at = timezone.now() - timedelta(minutes=5)
    logged(happened_at=at)

    with pytest.raises(ValidationError, match="allerede logget"):
        logged(happened_at=at)

    assert Contact.objects.count() == 1


def test_two_channels_at_the_same_time_are_two_contacts(logged):
    at = timezone.now() - timedelta(minutes=5)
    logged(happened_at=at)
    logged(happened_at=at, channel=Contact.Channel.EMAIL)

    assert Contact.objects.count() == 2


def test_a_person_of_another_company_is_refused(logged):
    other = Company.objects.create(cvr="99000027", name="Vallø Mosteri ApS")

    with pytest.raises(ValidationError):
        logged(person=Person.objects.create(company=other, name="Hans Holm"))

    assert not Contact.objects.exists()


def test_a_follow_up_is_done_once(logged, koege):
    contact = logged(next_step=NextStep("Ring igen", timezone.localdate(), koege.caseworker))
    first, second = FollowUp.objects.get(contact=contact), FollowUp.objects.get(contact=contact)

    first.finish()

    with pytest.raises(AlreadyDone):
        second.finish()
    assert FollowUp.objects.get().done_at == first.done_at


def test_what_is_to_be_done_is_not_in_the_name_administrators_see(logged, koege):
    contact = logged(
        next_step=NextStep(
            "Hør om den opsigelse, de ikke vil have ud", timezone.localdate(), koege.caseworker
        )
    )

    assert "opsigelse" not in str(contact.follow_ups.get())


def test_a_neighbour_sees_the_contact_but_has_no_note(logged, koege, roskilde, aarhus):
    contact = logged()

    assert list(Contact.objects.visible_to(roskilde.jobcentre)) == [contact]
    assert contact.note_for(koege.jobcentre) == "Vil gerne se to til aftenholdet."
    assert contact.note_for(roskilde.jobcentre) is None
    assert not Contact.objects.visible_to(aarhus.jobcentre).exists()


@pytest.mark.parametrize(
    ("visibility", "readers"), [("own", {"koege"}), ("catchment", {"koege", "roskilde"})]
)
@pytest.mark.parametrize("reader", ["koege", "roskilde", "aarhus"])
@pytest.mark.parametrize("state", Contact.State)
def test_a_note_is_read_by_those_its_author_shows_it_to(
    logged, koege, roskilde, aarhus, visibility, readers, reader, state
):
    jobcentre = {"koege": koege, "roskilde": roskilde, "aarhus": aarhus}[reader].jobcentre
    contact = logged(note="Direktøren selv", visibility=visibility)
    contact.state = state

    assert (contact.note_for(jobcentre) == "Direktøren selv") == (reader in readers)
    assert contact.note_for(jobcentre) in ("Direktøren selv", None)

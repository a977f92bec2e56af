"""What becomes of a vacancy that is sent or changed: held, published by its verified sender, or waiting."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from employers.companies.models import Person
from employers.vacancies.arrival import is_verified, like_it, settle
from employers.vacancies.models import LabourConflict, State, Vacancy, Verification
from jobcenter.accounts.models import Membership
from jobcenter.accounts.workflow import TransitionRefused

SENDER = "mette.bruun@strandmarken.example"


@pytest.fixture
def verified(company, koege):
    return Verification.objects.create(
        company=company,
        person=company.people.get(),
        jobcentre=koege.jobcentre,
        by=koege.caseworker,
        how="Ringede til hovednummeret.",
    )


def test_an_unknown_senders_vacancy_waits(make_vacancy):
    assert settle(make_vacancy(), email=SENDER).state == State.SUBMITTED


def test_a_verified_senders_vacancy_is_published_at_once(make_vacancy, verified):
    settled = settle(make_vacancy(), email=SENDER.upper())

    assert list(Vacancy.objects.public()) == [settled]
    assert settled.log.last().by is None


def test_typing_the_number_of_a_verified_company_publishes_nothing(make_vacancy, verified):
    assert settle(make_vacancy(), email="fremmed@example.com").state == State.SUBMITTED


def test_a_verification_that_is_ended_counts_no_more(make_vacancy, verified, koege):
    verified.ended_at, verified.ended_by = timezone.now(), koege.caseworker
    verified.save()

    assert settle(make_vacancy(), email=SENDER).state == State.SUBMITTED


def test_a_confirmed_user_speaks_for_the_company_an_unconfirmed_does_not(company, employer):
    assert is_verified(company, email=employer.email)

    Membership.objects.filter(user=employer).update(confirmed_at=None)

    assert not is_verified(company, email=employer.email)


def test_nobody_speaks_for_a_company_without_users(company):
    assert not is_verified(company, email=SENDER)


@pytest.mark.parametrize("field", ["title", "text"])
def test_words_hold_it_whoever_sends_it(make_vacancy, verified, field):
    settled = settle(make_vacancy(**{field: "Ung medarbejder søges"}), email=SENDER)

    assert (settled.state, settled.held_for) == (State.HELD, "words")
    assert [one.words for one in settled.unlawful_preferences] == ["Ung medarbejder"]


def test_changing_the_words_sets_it_free(make_vacancy, verified):
    held = settle(make_vacancy(text="Ung medarbejder søges"), email=SENDER)
    held.change(by=None, organisation=None, text="Medarbejder søges")

    assert settle(held, email=SENDER).state == State.PUBLISHED


def test_changing_it_for_other_such_words_holds_it_still(make_vacancy):
    held = settle(make_vacancy(text="Ung medarbejder søges"), email=SENDER)
    held.change(by=None, organisation=None, text="Mandlig medarbejder søges")

    assert settle(held, email=SENDER).state == State.HELD


def test_what_was_sent_back_waits_again_when_it_is_changed(make_vacancy, koege):
    by = {"by": koege.caseworker, "organisation": koege.jobcentre.organisation}
    returned = make_vacancy().send_back(reason="Skriv timetallet.", **by)
    returned.change(by=None, organisation=None, title="Operatør")

    assert settle(returned, email=SENDER).state == State.SUBMITTED


def test_a_published_vacancy_is_not_changed(make_vacancy):
    published = make_vacancy(state=State.PUBLISHED)

    with pytest.raises(TransitionRefused):
        published.change(by=None, organisation=None, title="Noget andet")
    assert settle(published, email=SENDER).title == "Procesoperatør"


def test_a_conflict_or_a_deadline_that_has_passed_keeps_it_waiting(make_vacancy, verified, koege):
    late = make_vacancy(apply_by=timezone.localdate() - timedelta(days=1))
    assert settle(late, email=SENDER).state == State.SUBMITTED

    LabourConflict.objects.create(
        company=late.company,
        jobcentre=koege.jobcentre,
        registered_by=koege.caseworker,
        starts_on=timezone.localdate(),
        source="Varsel fra 3F",
    )
    assert settle(make_vacancy(), email=SENDER).state == State.SUBMITTED


def test_a_caseworker_publishes_such_words_only_with_a_reason(make_vacancy, koege):
    by = {"by": koege.caseworker, "organisation": koege.jobcentre.organisation}
    waiting = make_vacancy(text="Ung medarbejder søges")

    with pytest.raises(TransitionRefused):
        waiting.publish(**by)
    assert waiting.publish(reason="Rollen er en ung mand i et teaterstykke.", **by).state == State.PUBLISHED


def test_near_duplicates_are_those_open_at_the_same_workplace(make_vacancy):
    text = "Du kører ekstruderingslinjer sammen med tre kolleger på treholdsskift og passer maskinerne."
    open_one = make_vacancy(text=text, state=State.PUBLISHED)
    closed = make_vacancy(text=text, state=State.CLOSED, outcome="withdrawn", closed_at=timezone.now())
    new = make_vacancy(text=text)

    assert like_it(new) == [open_one]
    assert closed not in like_it(new)


def test_a_person_is_verified_once_and_somebody_says_how(verified, company, koege):
    fields = {
        "company": company,
        "jobcentre": koege.jobcentre,
        "by": koege.caseworker,
        "person": verified.person,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Verification.objects.create(how="Igen", **fields)
    other = Person.objects.create(company=company, name="Ny Person", email="ny@strandmarken.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        Verification.objects.create(how="", **{**fields, "person": other})

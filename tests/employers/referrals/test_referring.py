"""Putting forward, accepting, answering, hiring and what ends in vain; two at once on the real database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from employers.enquiries.models import Enquiry
from employers.enquiries.vacancy_life import close_with_their_vacancies
from employers.referrals import referring
from employers.referrals.figures import counts
from employers.referrals.load import load_credit
from employers.referrals.models import Candidate, CitizensAnswer, Referral, State
from employers.vacancies.models import LabourConflict, Vacancy
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.notifications.models import Mail


def who(centre):
    return {"by": centre.caseworker, "organisation": centre.jobcentre.organisation}


@pytest.fixture
def refer(vacancy, koege):
    def put_forward(candidate):
        return referring.refer(
            vacancy=vacancy,
            candidate=candidate,
            person=vacancy.company.people.get(),
            deadline=timezone.localdate() + timedelta(days=7),
            by=koege.caseworker,
            jobcentre=koege.jobcentre,
        )

    return put_forward


def mails_to(address):
    return [mail.subject for mail in Mail.objects.filter(to=address).order_by("pk")]


def test_ones_own_candidate_goes_to_the_employer_at_once(refer, make_candidate):
    referral = refer(make_candidate())

    mail = Mail.objects.get()
    assert (referral.state, mail.to) == (State.SENT, "mette.bruun@strandmarken.example")
    assert f"{referral.link}ansat/" in mail.body
    assert [row.to_state for row in referral.log.all()] == [State.PROPOSED, State.SENT]


def test_anothers_candidate_waits_for_its_jobcentre_and_then_goes_to_the_employer(
    refer, make_candidate, roskilde, koege
):
    referral = refer(make_candidate(roskilde))

    assert referral.state == State.PROPOSED
    assert len(mails_to(roskilde.caseworker.email)) == 1
    assert mails_to("mette.bruun@strandmarken.example") == []

    referring.accept(referral, **who(roskilde))

    assert Referral.objects.get().state == State.SENT
    assert len(mails_to("mette.bruun@strandmarken.example")) == 1
    assert len(mails_to(koege.caseworker.email)) == 1


def test_declining_needs_a_reason_and_is_told(refer, make_candidate, roskilde, koege):
    referral = refer(make_candidate(roskilde))

    with pytest.raises(TransitionRefused):
        referring.decline(referral, reason=" ", **who(roskilde))
    referring.decline(referral, reason="Er allerede i samtale et andet sted.", **who(roskilde))

    assert "Er allerede i samtale" in Mail.objects.get(to=koege.caseworker.email).body


def test_nobody_is_put_forward_without_a_basis_in_a_conflict_or_twice(refer, make_candidate, vacancy, koege):
    with pytest.raises(TransitionRefused, match="grundlag"):
        refer(make_candidate(basis="", shown_since=None))
    candidate = make_candidate()
    refer(candidate)
    with pytest.raises(TransitionRefused, match="allerede"):
        refer(candidate)
    LabourConflict.objects.create(
        company=vacancy.company,
        jobcentre=koege.jobcentre,
        registered_by=koege.caseworker,
        starts_on=timezone.localdate(),
        source="Varsel fra forbundet",
    )
    with pytest.raises(TransitionRefused, match="Varsel fra forbundet"):
        refer(make_candidate())


def test_hiring_closes_what_else_was_open_and_tells_whom_it_concerns(
    make_referral, make_candidate, make_vacancy, vacancy, roskilde
):
    candidate = make_candidate()
    hired = make_referral(candidate=candidate)
    elsewhere = make_referral(
        candidate=candidate,
        vacancy=make_vacancy(title="Truckfører", state=Vacancy.State.PUBLISHED),
    )
    rival = make_referral(candidate=make_candidate(roskilde))

    referring.answer(hired, answer=State.HIRED)

    vacancy.refresh_from_db()
    candidate.refresh_from_db()
    assert (vacancy.state, vacancy.positions_filled) == (Vacancy.State.CLOSED, 1)
    assert candidate.state == Candidate.State.HIRED
    rival.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (rival.state, rival.why_obsolete) == (State.OBSOLETE, "other_hired")
    assert (elsewhere.state, elsewhere.why_obsolete) == (State.OBSOLETE, "hired_elsewhere")
    assert len(mails_to(roskilde.caseworker.email)) == 1


def test_with_positions_left_the_other_candidates_go_on(make_referral, make_vacancy, make_candidate):
    two = make_vacancy(positions=2, state=Vacancy.State.PUBLISHED)
    first = make_referral(vacancy=two)
    second = make_referral(vacancy=two)

    referring.answer(first, answer=State.HIRED)

    second.refresh_from_db()
    two.refresh_from_db()
    assert (second.state, two.positions_left) == (State.SENT, 1)


def test_the_enquiry_ends_with_the_vacancy_that_a_hire_has_filled(make_enquiry, make_referral, vacancy):
    enquiry = make_enquiry(vacancy=vacancy)
    other = make_enquiry()
    referring.answer(make_referral(), answer=State.HIRED)

    assert [close_with_their_vacancies(), close_with_their_vacancies()] == [1, 0]

    enquiry.refresh_from_db()
    other.refresh_from_db()
    assert enquiry.state == Enquiry.State.CLOSED
    assert other.state != Enquiry.State.CLOSED


def test_withdrawal_ends_open_referrals_at_once(make_referral, make_candidate, koege):
    candidate = make_candidate()
    referral = make_referral(candidate=candidate)

    referring.withdraw(candidate, **who(koege))

    referral.refresh_from_db()
    assert (referral.state, referral.why_obsolete) == (State.OBSOLETE, "withdrawn")
    assert not Candidate.objects.active().exists()


def test_what_is_in_vain_ends_by_itself_and_only_once(make_referral, make_vacancy, make_candidate, vacancy):
    today = timezone.localdate()
    late = make_referral(created_on=today - timedelta(days=9), deadline=today - timedelta(days=1))
    make_referral(deadline=today)
    called = make_referral(
        state=State.INTERVIEW, created_on=today - timedelta(days=9), deadline=today - timedelta(days=1)
    )
    without = make_referral(candidate=make_candidate(basis="", shown_since=None))

    assert referring.end_those_in_vain(on=today) == 2
    assert referring.end_those_in_vain(on=today) == 0

    late.refresh_from_db()
    without.refresh_from_db()
    called.refresh_from_db()
    assert (late.why_obsolete, without.why_obsolete) == ("deadline", "withdrawn")
    assert called.state == State.INTERVIEW


def test_a_labour_conflict_ends_open_referrals(make_referral, vacancy, koege):
    referral = make_referral()
    LabourConflict.objects.create(
        company=vacancy.company,
        jobcentre=koege.jobcentre,
        registered_by=koege.caseworker,
        starts_on=timezone.localdate(),
        source="Varsel fra forbundet",
    )

    referring.end_those_in_vain(on=timezone.localdate())

    referral.refresh_from_db()
    assert referral.why_obsolete == "conflict"


def test_the_citizens_jobcentre_answers_once_to_did_not_come(make_referral, koege):
    referral = make_referral()
    with pytest.raises(TransitionRefused):
        referring.add_citizens_answer(referral, text="Toget var aflyst.", by=koege.caseworker)
    referring.answer(referral, answer=State.DID_NOT_COME)

    referring.add_citizens_answer(referral, text="Toget var aflyst.", by=koege.caseworker)

    with pytest.raises(TransitionRefused):
        referring.add_citizens_answer(referral, text="Igen", by=koege.caseworker)
    assert CitizensAnswer.objects.get().text == "Toget var aflyst."


def test_a_hire_across_the_border_counts_for_both_and_once(make_referral, make_candidate, koege, roskilde):
    load_credit()
    make_referral(candidate=make_candidate(roskilde), state=State.HIRED)
    today = timezone.localdate()

    told = counts(first=today, last=today)

    assert told.of_jobcentre == {koege.jobcentre.pk: 1, roskilde.jobcentre.pk: 1}
    assert told.national == 1

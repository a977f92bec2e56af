"""What the database itself holds about candidates and referrals."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from employers.referrals.models import Candidate, Referral, State
from jobcenter.accounts.workflow import TransitionRefused


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"basis": ""}, "shown_outside_on_a_basis"),
        ({"shown_since": None}, "shown_outside_on_a_basis"),
        ({"fewest_hours": 40}, "fewest_hours_first"),
        ({"most_hours": 49}, "hours_1_to_48"),
        ({"reach_km": 500}, "reach_5_to_200"),
        ({"skills": ["young"]}, "skills_of_the_list"),
        ({"state": "withdrawn", "ended_at": None}, "ended_has_time"),
    ],
)
def test_a_candidate_that_does_not_hold_together_is_refused(make_candidate, fields, named):
    with pytest.raises(IntegrityError, match=named), transaction.atomic():
        make_candidate(**fields)


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"deadline": timezone.localdate() - timedelta(days=2)}, "deadline_not_before"),
        ({"sent_at": None}, "with_the_employer_was_sent"),
        ({"state": "not_suitable", "reason": ""}, "not_suitable_has_a_reason"),
        ({"reason": "hours"}, "not_suitable_has_a_reason"),
        ({"state": "obsolete", "why_obsolete": ""}, "obsolete_says_why"),
        ({"state": "hired", "ended_at": None}, "ended_has_time"),
    ],
)
def test_a_referral_that_does_not_hold_together_is_refused(make_referral, fields, named):
    with pytest.raises(IntegrityError, match=named), transaction.atomic():
        make_referral(**fields)


def test_a_candidate_is_put_forward_once_at_a_time_and_hired_once(make_referral, make_candidate):
    candidate = make_candidate()
    make_referral(candidate=candidate, state=State.HIRED)
    make_referral(candidate=candidate)

    for state in (State.SENT, State.HIRED):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_referral(candidate=candidate, state=state)


def test_a_step_outside_the_table_is_refused_by_the_database(make_referral):
    referral = make_referral()
    Referral.objects.filter(pk=referral.pk).update(state=State.INTERVIEW)

    with pytest.raises(IntegrityError, match="no transition"), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(state=State.PROPOSED, sent_at=None)


def test_others_candidates_are_offered_to_ones_own_vacancy_from_the_catchment_on_a_basis(
    make_candidate, koege, roskilde, aarhus
):
    today = timezone.localdate()
    own = make_candidate(basis="", shown_since=None)
    shown = make_candidate(roskilde)
    make_candidate(roskilde, basis="", shown_since=None)
    make_candidate(roskilde, shown_since=today + timedelta(days=1))
    make_candidate(roskilde, state=Candidate.State.WITHDRAWN)
    make_candidate(aarhus)

    def offered(centre):
        return set(
            Candidate.objects.offered_to(
                jobcentre=centre.jobcentre, responsible=koege.jobcentre, on=today
            ).values_list("pk", flat=True)
        )

    assert offered(koege) == {own.pk, shown.pk}
    assert shown.pk in offered(roskilde)
    assert own.pk not in offered(roskilde)


def test_the_second_of_two_who_change_a_candidate_is_told(make_candidate, koege):
    candidate = make_candidate()
    who = {"by": koege.caseworker, "organisation": koege.jobcentre.organisation}
    candidate.change({"reach_km": 50}, seen=1, **who)

    with pytest.raises(TransitionRefused, match="ændret"):
        candidate.change({"reach_km": 10}, seen=1, **who)

    candidate.refresh_from_db()
    assert (candidate.reach_km, candidate.version) == (50, 2)


def test_that_somebody_did_not_come_is_for_their_own_jobcentre_alone(
    make_referral, make_candidate, koege, roskilde
):
    referral = make_referral(candidate=make_candidate(roskilde), state=State.DID_NOT_COME)

    assert referral.state_shown_to(roskilde.jobcentre) == "udeblev, siger arbejdsgiveren"
    assert "udeblev" not in referral.state_shown_to(koege.jobcentre)

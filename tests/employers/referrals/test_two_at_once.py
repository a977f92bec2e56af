"""Two at the same second on the real database: nothing is lost, nothing doubled, and the second is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from employers.referrals import referring
from employers.referrals.models import Candidate, Referral, State
from employers.vacancies.models import Vacancy
from employers.vacancies.outcomes import FoundThrough, Outcome
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.notifications.models import Mail
from tests.side_by_side import Beside, wait_until_somebody_is_locked_out

pytestmark = pytest.mark.django_db(transaction=True)

EMPLOYER = "mette.bruun@strandmarken.example"


def who(centre):
    return {"by": centre.caseworker, "organisation": centre.jobcentre.organisation}


def at_once(first, second):
    """The first step is taken and not yet saved when the second begins and comes to wait for it."""
    with transaction.atomic():
        first()
        beside = Beside(second)
        wait_until_somebody_is_locked_out()
    return beside


def states(*referrals):
    return [Referral.objects.get(pk=one.pk).state for one in referrals]


@pytest.fixture
def put_forward(vacancy):
    def put(candidate, centre, of=None):
        return referring.refer(
            vacancy=of or vacancy,
            candidate=candidate,
            person=vacancy.company.people.get(),
            deadline=timezone.localdate() + timedelta(days=7),
            by=centre.caseworker,
            jobcentre=centre.jobcentre,
        )

    return put


def test_two_hires_for_the_last_position(make_referral, vacancy):
    first, second = make_referral(), make_referral()

    beside = at_once(
        lambda: referring.answer(first, answer=State.HIRED),
        lambda: referring.answer(second, answer=State.HIRED),
    )

    with pytest.raises(TransitionRefused, match="den sidste plads blev besat med en anden"):
        beside.outcome()
    assert states(first, second) == [State.HIRED, State.OBSOLETE]
    vacancy.refresh_from_db()
    assert (vacancy.positions_filled, vacancy.fillings.count()) == (1, 1)
    assert Candidate.objects.filter(state=Candidate.State.HIRED).count() == 1


def test_two_hires_for_the_last_two_positions(make_referral, make_vacancy):
    vacancy = make_vacancy(positions=2, state=Vacancy.State.PUBLISHED, published_at=timezone.now())
    first, second, third = (make_referral(vacancy=vacancy) for _ in "abc")

    at_once(
        lambda: referring.answer(first, answer=State.HIRED),
        lambda: referring.answer(second, answer=State.HIRED),
    ).outcome()

    assert states(first, second, third) == [State.HIRED, State.HIRED, State.OBSOLETE]
    vacancy.refresh_from_db()
    assert (vacancy.positions_filled, vacancy.state) == (2, Vacancy.State.CLOSED)


def test_two_employers_hire_the_same_candidate(make_referral, make_vacancy, make_candidate, vacancy):
    candidate = make_candidate()
    other = make_vacancy(title="Truckfører", state=Vacancy.State.PUBLISHED, published_at=timezone.now())
    first = make_referral(candidate=candidate)
    second = make_referral(candidate=candidate, vacancy=other)

    beside = at_once(
        lambda: referring.answer(first, answer=State.HIRED),
        lambda: referring.answer(second, answer=State.HIRED),
    )

    with pytest.raises(TransitionRefused, match="kandidaten blev ansat et andet sted"):
        beside.outcome()
    assert states(first, second) == [State.HIRED, State.OBSOLETE]
    other.refresh_from_db()
    assert (other.positions_filled, other.state) == (0, Vacancy.State.PUBLISHED)


def test_a_hire_while_the_caseworker_says_the_vacancy_is_filled(make_referral, vacancy, koege):
    referral = make_referral()

    beside = at_once(
        lambda: vacancy.close(
            outcome=Outcome.FILLED_AS_WANTED, found_through=FoundThrough.COLLEAGUE, **who(koege)
        ),
        lambda: referring.answer(referral, answer=State.HIRED),
    )

    with pytest.raises(TransitionRefused):
        beside.outcome()
    assert states(referral) == [State.SENT]
    assert Candidate.objects.get().state == Candidate.State.ACTIVE
    assert vacancy.fillings.count() == 1


def test_two_jobcentres_put_the_same_candidate_forward(make_candidate, put_forward, koege, roskilde):
    candidate = make_candidate(roskilde)

    beside = at_once(lambda: put_forward(candidate, koege), lambda: put_forward(candidate, roskilde))

    with pytest.raises(TransitionRefused, match=f"{koege.caseworker} har allerede henvist kandidaten"):
        beside.outcome()
    assert Referral.objects.count() == 1
    assert Mail.objects.count() == 1


def test_withdrawn_while_it_is_accepted(make_referral, make_candidate, roskilde):
    """The acceptance came first: what it sent to the employer ends at once, and the employer is told."""
    candidate = make_candidate(roskilde)
    referral = make_referral(candidate=candidate, state=State.PROPOSED)

    at_once(
        lambda: referring.accept(referral, **who(roskilde)),
        lambda: referring.withdraw(candidate, **who(roskilde)),
    ).outcome()

    assert states(referral) == [State.OBSOLETE]
    assert Mail.objects.filter(to=EMPLOYER).count() == 2


def test_accepted_while_it_is_withdrawn(make_referral, make_candidate, roskilde):
    """The withdrawal came first: nothing goes to the employer."""
    candidate = make_candidate(roskilde)
    referral = make_referral(candidate=candidate, state=State.PROPOSED)

    beside = at_once(
        lambda: referring.withdraw(candidate, **who(roskilde)),
        lambda: referring.accept(referral, **who(roskilde)),
    )

    with pytest.raises(TransitionRefused, match="ikke længere til rådighed"):
        beside.outcome()
    assert states(referral) == [State.OBSOLETE]
    assert not Mail.objects.filter(to=EMPLOYER).exists()


def test_answered_while_it_is_withdrawn(make_referral, make_candidate, koege):
    candidate = make_candidate()
    referral = make_referral(candidate=candidate)

    beside = at_once(
        lambda: referring.withdraw(candidate, **who(koege)),
        lambda: referring.answer(referral, answer=State.INTERVIEW),
    )

    with pytest.raises(TransitionRefused):
        beside.outcome()
    assert states(referral) == [State.OBSOLETE]


def test_two_colleagues_accept_the_same(make_referral, make_candidate, roskilde):
    referral = make_referral(candidate=make_candidate(roskilde), state=State.PROPOSED)

    beside = at_once(
        lambda: referring.accept(referral, **who(roskilde)),
        lambda: referring.accept(Referral.objects.get(pk=referral.pk), **who(roskilde)),
    )

    with pytest.raises(TransitionRefused, match="allerede ændret"):
        beside.outcome()
    assert Mail.objects.filter(to=EMPLOYER).count() == 1

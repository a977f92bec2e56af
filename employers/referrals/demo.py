"""Candidates around Køge and their referrals to the demonstration's vacancies. Everything is invented."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from employers.companies.models import Person
from employers.referrals.load import load_credit
from employers.referrals.models import (
    OPEN,
    Candidate,
    CandidateLog,
    CreditRule,
    Referral,
    ReferralLog,
    Skill,
    State,
)
from employers.referrals.references import ALPHABET
from employers.vacancies.demo_employers import Employer, employers
from employers.vacancies.models import Vacancy
from employers.vacancies.outcomes import FoundThrough, Outcome
from jobcenter.accounts.models import User
from jobcenter.runtime.demo import Demo

ORDER = 62

AT_HOME = "0259"
IN_EACH = 6
HOURS = ((30, 37), (37, 37), (20, 30), (15, 37))


def load(world: Demo) -> None:
    if not CreditRule.objects.exists():
        load_credit()
    places: dict[int, Employer] = {}
    for employer in employers(world):
        places.setdefault(employer.workplace.municipality_id, employer)
    vacancies = list(
        Vacancy.objects.public(on=world.today)
        .filter(workplace__municipality__code=AT_HOME)
        .exclude(pk__in=Vacancy.objects.in_conflict(on=world.today))
        .select_related("company", "jobcentre", "occupation")
        .order_by("pk")
    )
    if not vacancies:
        return
    made = [
        _candidate(world, employer, vacancies[(place + number) % len(vacancies)], number)
        for place, employer in enumerate(places.values())
        for number in range(IN_EACH)
    ]
    Candidate.objects.bulk_create(made)
    CandidateLog.objects.bulk_create(
        CandidateLog(
            subject=one,
            from_state="",
            to_state=one.state,
            by=one.owner,
            organisation_id=one.jobcentre.organisation_id,
            at=one.created_at,
        )
        for one in made
    )
    referred = _refer(world, made, vacancies)
    world.tell(f"{len(made)} candidates as references, {referred} of them put forward")


def _candidate(world: Demo, employer: Employer, vacancy: Vacancy, number: int) -> Candidate:
    fewest, most = world.random.choice(HOURS)
    is_shown = number % IN_EACH != IN_EACH - 1
    since = world.today - timedelta(days=world.random.randint(5, 60))
    return Candidate(
        reference=f"K-{''.join(world.random.choices(ALPHABET, k=6))}",
        jobcentre=employer.jobcentre,
        owner=employer.caseworker,
        occupation=vacancy.occupation,
        skills=sorted(world.random.sample(Skill.values, world.random.randint(0, 3))),
        municipality=employer.workplace.municipality,
        reach_km=world.random.choice((15, 25, 35, 50)),
        fewest_hours=Decimal(fewest),
        most_hours=Decimal(most),
        from_day=world.today + timedelta(days=world.random.randint(0, 40)),
        basis=world.random.choice(Candidate.Basis.values) if is_shown else "",
        shown_since=since if is_shown else None,
        created_at=world.now - timedelta(days=70),
    )


def _refer(world: Demo, made: list[Candidate], vacancies: list[Vacancy]) -> int:
    """From Køge and its neighbours to Køge's vacancies: some wait, some are answered."""
    people = {person.company_id: person for person in Person.objects.exclude(email="").order_by("-pk")}
    near = [
        one
        for one in made
        if one.basis and one.municipality.code in (AT_HOME, "0253", "0265", "0269", "0350")
    ]
    asked, judged = (State.SENT, State.PROPOSED, State.INTERVIEW), (State.NOT_SUITABLE, State.DID_NOT_COME)
    states = (*asked, State.HIRED, *judged)
    asks = {one.jobcentre_id: one.owner for one in reversed(made)}
    referred = 0
    for number, candidate in enumerate(near, 1):
        vacancy = vacancies[number % len(vacancies)]
        if vacancy.company_id not in people:
            continue
        state = states[number % len(states)]
        if state == State.PROPOSED and candidate.jobcentre_id == vacancy.jobcentre_id:
            # One's own candidates go to the employer at once.
            state = State.SENT
        if state == State.HIRED and vacancy.positions_left < 2:
            # Whoever tries the demonstration still finds the vacancy open.
            state = State.INTERVIEW
        by = asks.get(vacancy.jobcentre_id, candidate.owner)
        _referral(world, candidate, vacancy, people[vacancy.company_id], state, by)
        referred += 1
    return referred


def _referral(
    world: Demo, candidate: Candidate, vacancy: Vacancy, person: Person, state: State, asked_by: User
) -> None:
    begun = world.now - timedelta(days=3)
    said: dict[str, Any] = {} if state == State.PROPOSED else {"sent_at": begun + timedelta(hours=2)}
    if state not in OPEN:
        said["ended_at"] = world.now - timedelta(days=1)
    if state == State.NOT_SUITABLE:
        said["reason"] = world.random.choice(Referral.NotSuitable.values)
    referral = Referral.objects.create(
        vacancy=vacancy,
        candidate=candidate,
        candidates_jobcentre=candidate.jobcentre,
        vacancys_jobcentre=vacancy.jobcentre,
        person=person,
        referred_by=asked_by,
        state=state,
        deadline=world.today + timedelta(days=4),
        created_on=begun.date(),
        created_at=begun,
        **said,
    )
    if state == State.HIRED:
        _hire(candidate, vacancy)
    by = {"by": candidate.owner, "organisation": candidate.jobcentre.organisation}
    ReferralLog.objects.create(
        subject=referral,
        from_state="",
        to_state=State.PROPOSED,
        at=begun,
        by=asked_by,
        organisation=vacancy.jobcentre.organisation,
    )
    if state != State.PROPOSED:
        ReferralLog.objects.create(
            subject=referral, from_state=State.PROPOSED, to_state=State.SENT, at=said["sent_at"], **by
        )
    if state not in (State.PROPOSED, State.SENT):
        ReferralLog.objects.create(
            subject=referral,
            from_state=State.SENT,
            to_state=state,
            at=world.now - timedelta(days=1),
            organisation=vacancy.company.organisation,
        )


def _hire(candidate: Candidate, vacancy: Vacancy) -> None:
    """What a hire changes of the two: one position is filled, and the candidate is no longer shown."""
    organisation = vacancy.company.organisation
    vacancy.fill(
        number=1,
        outcome=Outcome.FILLED_AS_WANTED,
        found_through=FoundThrough.JOBCENTRE,
        by=None,
        organisation=organisation,
    )
    candidate.move(Candidate.State.HIRED, by=None, organisation=organisation, ended_at=timezone.now())

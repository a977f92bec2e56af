"""Keeping a candidate, putting them forward, and what ends it: answers, hires, withdrawals, deadlines.

Locks are taken in one order, so that two at once wait for each other and never both for the other: the
vacancy, the candidate, then referrals by their keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.companies.models import Person
from employers.referrals import letters
from employers.referrals.models import OPEN, WITH_EMPLOYER, Candidate, CitizensAnswer, Referral, State
from employers.referrals.models.referral import WhyObsolete
from employers.vacancies.models import Vacancy
from employers.vacancies.models.vacancy import RUNNING
from employers.vacancies.outcomes import FoundThrough, Outcome
from jobcenter.accounts.models import Organisation, User
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.centres.models import Jobcentre

BATCH = 200


@transaction.atomic
def keep(values: dict[str, Any], *, by: User, jobcentre: Jobcentre) -> Candidate:
    """A new candidate of the jobcentre, owned by whoever writes it down; with the first step of its log."""
    made = Candidate.objects.create(jobcentre=jobcentre, owner=by, **values)
    made.log.create(from_state="", to_state=made.state, by=by, organisation=jobcentre.organisation)
    return made


@transaction.atomic
def refer(
    *,
    vacancy: Vacancy,
    candidate: Candidate,
    person: Person,
    deadline: date,
    by: User,
    jobcentre: Jobcentre,
) -> Referral:
    """Put a candidate forward. One's own goes to the employer at once, another's waits for its jobcentre.

    Raises TransitionRefused for a vacancy that nobody is being hired for, in a labour conflict, for a
    candidate who is not active, and where the candidate is already put forward.
    """
    vacancy = Vacancy.objects.select_for_update(of=("self",)).get(pk=vacancy.pk)
    candidate = _locked_candidate(candidate)
    _refuse_in_vain(vacancy, candidate)
    _refuse_twice(vacancy, candidate)
    referral = Referral.objects.create(
        vacancy=vacancy,
        candidate=candidate,
        candidates_jobcentre=candidate.jobcentre,
        vacancys_jobcentre=vacancy.jobcentre,
        person=person,
        referred_by=by,
        deadline=deadline,
    )
    referral.log.create(from_state="", to_state=State.PROPOSED, by=by, organisation=jobcentre.organisation)
    if candidate.jobcentre_id == jobcentre.pk:
        return _send(referral, by=by, organisation=jobcentre.organisation)
    letters.ask_owner(referral)
    return referral


@dataclass(frozen=True)
class Fate:
    """What became of one of several: the referral, or why there is none."""

    candidate: Candidate
    referral: Referral | None
    refusal: TransitionRefused | None = None


def refer_several(
    candidates: Iterable[Candidate],
    *,
    vacancy: Vacancy,
    person: Person,
    deadline: date,
    by: User,
    jobcentre: Jobcentre,
) -> list[Fate]:
    """Put several forward for one vacancy. Each is a step of its own: one that is refused stops no other."""
    what: dict[str, Any] = {
        "vacancy": vacancy,
        "person": person,
        "deadline": deadline,
        "by": by,
        "jobcentre": jobcentre,
    }
    return [_fate(one, partial(refer, candidate=one, **what)) for one in candidates]


def accept_several(referrals: Iterable[Referral], *, by: User, organisation: Organisation) -> list[Fate]:
    """Say yes to several, each a step of its own."""
    return [_fate(one.candidate, partial(accept, one, by=by, organisation=organisation)) for one in referrals]


def _fate(candidate: Candidate, step: Callable[[], Referral]) -> Fate:
    try:
        return Fate(candidate, step())
    except TransitionRefused as refusal:
        return Fate(candidate, None, refusal)


@transaction.atomic
def accept(referral: Referral, *, by: User, organisation: Organisation) -> Referral:
    """The candidate's jobcentre says yes: the employer is asked. Raises TransitionRefused as `refer` does."""
    vacancy = Vacancy.objects.select_for_update(of=("self",)).get(pk=referral.vacancy_id)
    _refuse_in_vain(vacancy, _locked_candidate(referral.candidate))
    sent = _send(referral, by=by, organisation=organisation)
    letters.tell_referrer(sent, comment="")
    return sent


@transaction.atomic
def decline(referral: Referral, *, reason: str, by: User, organisation: Organisation) -> Referral:
    """The candidate's jobcentre says no. Raises TransitionRefused without a reason."""
    if not reason.strip():
        raise TransitionRefused(_("Write why it is declined."))
    declined = referral.move(
        State.DECLINED, by=by, organisation=organisation, comment=reason.strip(), ended_at=timezone.now()
    )
    letters.tell_referrer(declined, comment=reason.strip())
    return declined


@transaction.atomic
def answer(referral: Referral, *, answer: str, reason: str = "", by: User | None = None) -> Referral:
    """What the employer answers; `by` None: by the mailed link. Raises TransitionRefused when too late."""
    said = State(answer)
    if said == State.HIRED:
        return hire(referral, by=by)
    changes: dict[str, Any] = {} if said == State.INTERVIEW else {"ended_at": timezone.now()}
    if said == State.NOT_SUITABLE:
        changes["reason"] = Referral.NotSuitable(reason)
    organisation = referral.vacancy.company.organisation
    moved = referral.move(said, by=by, organisation=organisation, **changes)
    letters.tell_owners_of_answer(moved)
    return moved


@transaction.atomic
def hire(referral: Referral, *, by: User | None) -> Referral:
    """The candidate gets a position. What cannot come to anything any more is closed, and its people told.

    Of two for the last position the second is refused: the vacancy is locked first. Raises TransitionRefused,
    also in a labour conflict.
    """
    vacancy = Vacancy.objects.select_for_update(of=("self",)).get(pk=referral.vacancy_id)
    candidate = _locked_candidate(referral.candidate)
    of_candidate = Q(candidate=candidate)
    others = Referral.objects.filter(of_candidate | Q(vacancy=vacancy), state__in=OPEN)
    locked = list(others.select_for_update(of=("self",)).order_by("pk"))
    now = next((one for one in locked if one.pk == referral.pk), None)
    if now is None or now.state not in WITH_EMPLOYER:
        raise _too_late(referral)
    _refuse_in_conflict(vacancy)
    organisation = vacancy.company.organisation
    vacancy.fill(
        number=1,
        outcome=Outcome.FILLED_AS_WANTED,
        found_through=FoundThrough.JOBCENTRE,
        by=by,
        organisation=organisation,
    )
    ended_at = timezone.now()
    candidate.move(Candidate.State.HIRED, by=by, organisation=organisation, ended_at=ended_at)
    hired = now.move(State.HIRED, by=by, organisation=organisation, ended_at=ended_at)
    letters.tell_owners_of_answer(hired)
    is_full = vacancy.state == Vacancy.State.CLOSED
    for other in locked:
        if other.pk == hired.pk:
            continue
        if other.candidate_id == candidate.pk:
            _close(other, WhyObsolete.HIRED_ELSEWHERE)
        elif is_full:
            _close(other, WhyObsolete.OTHER_HIRED)
    return hired


@transaction.atomic
def withdraw(candidate: Candidate, *, by: User, organisation: Organisation) -> Candidate:
    """Take a candidate away: it is shown to nobody from now on. Raises TransitionRefused if it has ended."""
    locked = _locked_candidate(candidate)
    withdrawn = locked.move(
        Candidate.State.WITHDRAWN, by=by, organisation=organisation, ended_at=timezone.now()
    )
    open_ones = Referral.objects.filter(candidate=withdrawn, state__in=OPEN)
    for referral in open_ones.select_for_update(of=("self",)).order_by("pk"):
        _close(referral, WhyObsolete.CANDIDATE_WITHDRAWN)
    return withdrawn


@transaction.atomic
def add_citizens_answer(referral: Referral, *, text: str, by: User) -> CitizensAnswer:
    """Keep what the citizen's jobcentre says to "did not come", once. Raises TransitionRefused otherwise."""
    now = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    if now.state != State.DID_NOT_COME or CitizensAnswer.objects.filter(referral=now).exists():
        raise TransitionRefused(_("There is nothing to answer, or it was answered before."))
    return CitizensAnswer.objects.create(referral=now, text=text.strip(), by=by)


@transaction.atomic
def end_those_in_vain(*, on: date) -> int:
    """Close those whose deadline has passed, whose vacancy or candidate is gone, or in a labour conflict.

    A batch in one transaction; rows that somebody else holds are found the next minute. How many.
    """
    found = list(
        Referral.objects.in_vain(on=on)
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("vacancy", "candidate")
        .order_by("pk")[:BATCH]
    )
    for referral in found:
        _close(referral, _why(referral, on=on))
    return len(found)


def _why(referral: Referral, *, on: date) -> WhyObsolete:
    if referral.vacancy.state == Vacancy.State.CLOSED:
        return WhyObsolete.VACANCY_CLOSED
    if referral.candidate.state == Candidate.State.HIRED:
        return WhyObsolete.HIRED_ELSEWHERE
    if referral.candidate.state == Candidate.State.WITHDRAWN or not referral.candidate.basis:
        return WhyObsolete.CANDIDATE_WITHDRAWN
    if referral.vacancy.conflict(on=on):
        return WhyObsolete.CONFLICT
    return WhyObsolete.DEADLINE


def _close(referral: Referral, why: WhyObsolete) -> None:
    was_sent = referral.state in WITH_EMPLOYER
    closed = referral.move(
        State.OBSOLETE, by=None, organisation=None, why_obsolete=why, ended_at=timezone.now()
    )
    letters.tell_obsolete(closed, was_sent=was_sent)


def _send(referral: Referral, *, by: User, organisation: Organisation) -> Referral:
    sent = referral.move(State.SENT, by=by, organisation=organisation, sent_at=timezone.now())
    letters.ask_employer(sent)
    return sent


def _locked_candidate(candidate: Candidate) -> Candidate:
    return Candidate.objects.select_for_update(of=("self",)).get(pk=candidate.pk)


def _refuse_in_vain(vacancy: Vacancy, candidate: Candidate) -> None:
    if vacancy.state not in RUNNING:
        raise TransitionRefused(_("Nobody is being hired for this vacancy now."))
    _refuse_in_conflict(vacancy)
    if candidate.state != Candidate.State.ACTIVE:
        raise TransitionRefused(_("The candidate is no longer available."))
    if not candidate.is_shown_outside(on=timezone.localdate()):
        raise TransitionRefused(_("There is no basis for showing the candidate outside the jobcentre."))


def _refuse_in_conflict(vacancy: Vacancy) -> None:
    if conflict := vacancy.conflict():
        raise TransitionRefused(
            _("A labour conflict covers this work, so nobody is put forward. Source: %(source)s"),
            params={"source": conflict.source},
        )


def _refuse_twice(vacancy: Vacancy, candidate: Candidate) -> None:
    """Both are locked: whoever came first is known, and by whom they were put forward."""
    other = Referral.objects.open().filter(vacancy=vacancy, candidate=candidate).first()
    if other:
        raise TransitionRefused(
            _("%(name)s has already put the candidate forward for this vacancy: %(state)s."),
            params={"name": other.referred_by, "state": other.get_state_display()},
        )


def _too_late(referral: Referral) -> TransitionRefused:
    now = Referral.objects.get(pk=referral.pk)
    if now.state == State.OBSOLETE:
        return TransitionRefused(
            _("It is too late: %(why)s."), params={"why": WhyObsolete(now.why_obsolete).label}
        )
    return TransitionRefused(
        _("This was already changed to “%(state)s”, so the step was not taken."),
        params={"state": now.get_state_display()},
    )

"""Keeping every open enquiry with somebody who is there: absence, return, people who left, closed offices.

Beat asks every minute, and each call does a bounded batch. Nothing is remembered between calls: what is to
be done is seen from the rows, so doing it again changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.enquiries import assigning, ownership_letters
from employers.enquiries.assigning import Change
from employers.enquiries.models import Assignment, Enquiry, EnquiryLog
from employers.enquiries.models.assignment import Occasion, Rule
from employers.enquiries.ownership import Choice, NobodyOwns, choose_owner, route
from jobcenter.accounts.models import Membership, Role, User
from jobcenter.centres.models import Absence, DefaultOwner, Jobcentre
from jobcenter.centres.presence import present_among, stand_in_for
from jobcenter.centres.routing import NobodyAnswers

BATCH = 200

WHY = {
    Occasion.ABSENCE: _("A colleague is away, and you stand in. What you do not take up goes back to them."),
    Occasion.RETURN: _("Welcome back. Nobody has taken these up while you were away."),
    Occasion.LEFT: _("A colleague who had these no longer works in the jobcentre."),
    Occasion.CLOSED: _("The jobcentre that had these is closed, and yours answers for them now."),
}
"""What the new owner is told, by occasion."""


def keep(*, at: datetime) -> int:
    """One batch of each. Returns how many enquiries went to somebody else."""
    return leave_closed(at=at) + replace_those_gone(at=at) + hand_over(at=at) + hand_back(at=at)


@transaction.atomic
def hand_over(*, at: datetime, jobcentre: Jobcentre | None = None, limit: int = BATCH) -> int:
    """Open work of those who are away goes to the substitute, else to whose turn it is among those there.

    Where nobody else is there it stays where it is.
    """
    today = timezone.localdate(at)
    away = Absence.objects.valid(today).filter(jobcentre=OuterRef("jobcentre"), user=OuterRef("owner"))
    changes = []
    for enquiry in _locked(_open(jobcentre).filter(Exists(away)), limit):
        choice = _instead_of(enquiry, on=today)
        if choice and choice.owner.pk != enquiry.owner_id:
            changes.append(Change(enquiry, choice, stands_in_for=_whose_work(enquiry)))
    return _carry_out(changes, Occasion.ABSENCE, at=at)


@transaction.atomic
def hand_back(*, at: datetime, jobcentre: Jobcentre | None = None, limit: int = BATCH) -> int:
    """Those who are back get their open work again, but only what nobody has taken up meanwhile."""
    today = timezone.localdate(at)
    still_away = Absence.objects.valid(today).filter(
        jobcentre=OuterRef("jobcentre"), user=OuterRef("for_whom")
    )
    waiting = (
        _open(jobcentre)
        .exclude(for_whom=None)
        .filter(~Exists(still_away), Exists(_works_there("for_whom")), ~Exists(_taken_up()))
    )
    found = _locked(waiting, limit)
    people = User.objects.in_bulk([one.for_whom for one in found])
    changes = [
        Change(one, _kept_choice(one, Choice(one.jobcentre, people[one.for_whom], Rule.PERSON)))
        for one in found
    ]
    return _carry_out(changes, Occasion.RETURN, at=at)


@transaction.atomic
def replace_those_gone(*, at: datetime, limit: int = BATCH) -> int:
    """An owner who no longer works in the jobcentre is replaced by its rule."""
    today = timezone.localdate(at)
    default = DefaultOwner.objects.valid(today).filter(
        user=OuterRef("owner"), jobcentre=OuterRef("jobcentre")
    )
    changes = []
    for enquiry in _locked(_open().exclude(Exists(_works_there("owner")) | Exists(default)), limit):
        choice = _chosen(enquiry, on=today)
        if choice and (choice.owner.pk, choice.jobcentre.pk) != (enquiry.owner_id, enquiry.jobcentre_id):
            changes.append(Change(enquiry, choice))
    return _carry_out(changes, Occasion.LEFT, at=at)


@transaction.atomic
def leave_closed(*, at: datetime, limit: int = BATCH) -> int:
    """What lies with a jobcentre that is closed goes to whoever answers for the workplace now."""
    today = timezone.localdate(at)
    closed = Q(jobcentre__valid_to__lte=today)
    changes = []
    for enquiry in _locked(_open().filter(closed), limit):
        choice = _chosen(enquiry, on=today)
        if choice and choice.jobcentre.pk != enquiry.jobcentre_id:
            changes.append(Change(enquiry, choice))
    number = _carry_out(changes, Occasion.CLOSED, at=at)
    for change in changes:
        ownership_letters.tell_moved(change.enquiry)
    return number


def _open(jobcentre: Jobcentre | None = None) -> Any:
    """Open enquiries with what their latest assignment says: whose work it is, and why the jobcentre's."""
    latest = Assignment.objects.filter(enquiry=OuterRef("pk")).order_by("-pk")
    enquiries = Enquiry.objects.open()
    if jobcentre:
        enquiries = enquiries.filter(jobcentre=jobcentre)
    return enquiries.annotate(
        for_whom=Subquery(latest.values("stands_in_for")[:1]),
        assigned_at=Subquery(latest.values("at")[:1]),
        by_municipality=Subquery(latest.values("is_by_municipality")[:1]),
    )


def _locked(enquiries: Any, limit: int) -> list[Any]:
    """The first of them, locked; one that somebody is changing now is left for the next time."""
    return list(
        enquiries.select_related(
            "company__industry", "workplace__municipality", "jobcentre", "owner", "person", "vacancy"
        )
        .select_for_update(of=("self",), skip_locked=True)
        .order_by("pk")[:limit]
    )


def _works_there(person: str) -> QuerySet[Membership]:
    """Memberships by which the person of that field works in the enquiry's jobcentre."""
    return Membership.objects.filter(
        user=OuterRef(person),
        user__is_active=True,
        organisation=OuterRef("jobcentre__organisation"),
        role__in=(Role.CASEWORKER, Role.MANAGER),
    )


def _taken_up() -> QuerySet[EnquiryLog]:
    """Steps somebody took with the enquiry since it was handed over."""
    return EnquiryLog.objects.filter(subject=OuterRef("pk"), at__gte=OuterRef("assigned_at")).exclude(by=None)


def _whose_work(enquiry: Any) -> User:
    """Who gets it back: the owner; or whoever they stand in for, as long as they have not taken it up."""
    for_whom, since = enquiry.for_whom, enquiry.assigned_at
    if for_whom and not enquiry.log.filter(at__gte=since).exclude(by=None).exists():
        return User.objects.get(pk=for_whom)
    owner: User = enquiry.owner
    return owner


def _instead_of(enquiry: Enquiry, *, on: date) -> Choice | None:
    """Who owns it while the owner is away: somebody who is there, or None.

    A confidential one goes to nobody who does not know of it already: without a substitute to the manager.
    """
    jobcentre = enquiry.jobcentre
    there = stand_in_for(enquiry.owner, jobcentre=jobcentre, on=on)
    if there:
        return _kept_choice(enquiry, Choice(jobcentre, there, Rule.SUBSTITUTE))
    if enquiry.is_confidential:
        manager = present_among(jobcentre.managers(), jobcentre=jobcentre, on=on).first()
        return _kept_choice(enquiry, Choice(jobcentre, manager, Rule.MANAGER)) if manager else None
    try:
        choice = choose_owner(jobcentre=jobcentre, kind=enquiry.kind, company=enquiry.company, on=on)
    except NobodyOwns:
        return None
    is_there = present_among(User.objects.filter(pk=choice.owner.pk), jobcentre=jobcentre, on=on).exists()
    return _kept_choice(enquiry, choice) if is_there else None


def _chosen(enquiry: Enquiry, *, on: date) -> Choice | None:
    """By the rules, as if it came today; in its own jobcentre as long as that is open."""
    try:
        if enquiry.jobcentre.valid_to is None or enquiry.jobcentre.valid_to > on:
            return _kept_choice(
                enquiry,
                choose_owner(jobcentre=enquiry.jobcentre, kind=enquiry.kind, company=enquiry.company, on=on),
            )
    except NobodyOwns:
        pass
    try:
        return route(
            municipality=enquiry.workplace.municipality, kind=enquiry.kind, company=enquiry.company, on=on
        )
    except (NobodyAnswers, NobodyOwns):
        return None


def _kept_choice(enquiry: Any, choice: Choice) -> Choice:
    """Why it is this jobcentre is as before."""
    known = enquiry.by_municipality
    return replace(choice, is_by_municipality=known if known is not None else True)


def _carry_out(changes: Sequence[Change], occasion: Occasion, *, at: datetime) -> int:
    """Assign them, and tell each new owner once about all of theirs."""
    if not changes:
        return 0
    assigning.assign(changes, occasion=occasion, at=at)
    theirs: dict[int, list[Change]] = defaultdict(list)
    for change in changes:
        theirs[change.choice.owner.pk].append(change)
    for each in theirs.values():
        ownership_letters.send_handed_over(
            each[0].choice.owner, [one.enquiry for one in each], why=str(WHY[occasion])
        )
    return len(changes)

"""Who is there in a jobcentre on a day, who stands in for whom, and whose turn it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from jobcenter.accounts.models import User
from jobcenter.centres.models import Absence, Jobcentre, Team, Turn


def present_among(people: QuerySet[User], *, jobcentre: Jobcentre, on: date) -> QuerySet[User]:
    """Those of them who are not away from the jobcentre on the day."""
    away = Absence.objects.valid(on).filter(jobcentre=jobcentre, user=OuterRef("pk"))
    return people.filter(~Exists(away))


def present_staff(jobcentre: Jobcentre, *, on: date) -> QuerySet[User]:
    """The caseworkers who are there, by id."""
    return present_among(jobcentre.staff(), jobcentre=jobcentre, on=on)


def stand_in_for(user: User, *, jobcentre: Jobcentre, on: date) -> User | None:
    """The person, if they are there; else their substitute, or the substitute's. None when nobody is.

    Somebody who no longer works in the jobcentre has nobody either.
    """
    people = {one.pk: one for one in jobcentre.staff() | jobcentre.managers()}
    substitutes = dict(
        Absence.objects.valid(on).filter(jobcentre=jobcentre).values_list("user", "substitute")
    )
    seen: set[int] = set()
    pk: int | None = user.pk
    while pk is not None and pk not in seen:
        if pk not in substitutes:
            return people.get(pk)
        seen.add(pk)
        pk = substitutes[pk]
    return None


def next_in_turn(people: QuerySet[User], *, jobcentre: Jobcentre, team: Team | None = None) -> User | None:
    """The one after whoever was last, by id and round again; from now on they were last. None among nobody.

    Locks the turn until the transaction ends: two at the same moment get two people. Needs a transaction.
    """
    Turn.objects.get_or_create(jobcentre=jobcentre, team=team)
    turn = Turn.objects.select_for_update().get(jobcentre=jobcentre, team=team)
    chosen = after(turn.last_id, list(people))
    if chosen:
        turn.last = chosen
        turn.save(update_fields=["last"])
    return chosen


def after(last: int | None, people: Sequence[User]) -> User | None:
    """The first with a higher id than the last one's, else the lowest; `people` are in order of id."""
    later = [person for person in people if last is not None and person.pk > last]
    return next(iter(later or people), None)

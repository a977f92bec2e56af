"""Writing down who is in a team and what it takes, as of a day; what was before stays readable."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction

from jobcenter.accounts.models import User
from jobcenter.centres.models import Authority, Jobcentre, Team, TeamAuthority, TeamMember
from jobcenter.classifications.models import Industry
from jobcenter.geography.models import DatedQuerySet


@transaction.atomic
def man_team(
    *,
    jobcentre: Jobcentre,
    name: str,
    members: Collection[User],
    kinds: Collection[str],
    industries: Collection[Industry],
    on: date,
    authority: str = Authority.MUNICIPAL,
    team: Team | None = None,
) -> Team:
    """Make a team, or change one from the date: who leaves leaves that day, who comes comes that day.

    And so it is with whom it works for.
    """
    if team is None:
        team = Team.objects.create(jobcentre=jobcentre, name=name, kinds=list(kinds), valid_from=on)
    else:
        team = Team.objects.select_for_update().get(pk=team.pk)
        team.name, team.kinds = name, list(kinds)
        team.save(update_fields=["name", "kinds"])
    team.industries.set(industries)
    _work_for(team, authority, on=on)
    chosen = {member.pk for member in members}
    now = TeamMember.objects.valid(on).filter(team=team)
    known = set(now.values_list("user", flat=True))
    _end(now.exclude(user__in=chosen), on=on)
    TeamMember.objects.bulk_create(
        TeamMember(team=team, user_id=pk, valid_from=on) for pk in sorted(chosen - known)
    )
    return team


@transaction.atomic
def end_team(team: Team, *, on: date) -> None:
    """From the date it takes nothing. One made that very day is deleted."""
    if team.valid_from >= on:
        team.delete()
        return
    Team.objects.filter(pk=team.pk).update(valid_to=on)
    _end(TeamMember.objects.valid(on).filter(team=team), on=on)
    _end(TeamAuthority.objects.valid(on).filter(team=team), on=on)


def _work_for(team: Team, authority: str, *, on: date) -> None:
    now = TeamAuthority.objects.valid(on).filter(team=team)
    if now.filter(authority=authority).exists():
        return
    _end(now, on=on)
    TeamAuthority.objects.create(team=team, authority=authority, valid_from=on)


def _end(rows: DatedQuerySet[Any], *, on: date) -> None:
    rows.filter(valid_from__gte=on).delete()
    rows.update(valid_to=on)

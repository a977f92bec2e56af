"""Writing down who is in a team and what it takes, as of a day; what was before stays readable."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction

from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre, Team, TeamMember
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
    team: Team | None = None,
) -> Team:
    """Make a team, or change one from the date: who leaves leaves that day, who comes comes that day."""
    if team is None:
        team = Team.objects.create(jobcentre=jobcentre, name=name, kinds=list(kinds), valid_from=on)
    else:
        team = Team.objects.select_for_update().get(pk=team.pk)
        team.name, team.kinds = name, list(kinds)
        team.save(update_fields=["name", "kinds"])
    team.industries.set(industries)
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


def _end(members: DatedQuerySet[TeamMember], *, on: date) -> None:
    members.filter(valid_from__gte=on).delete()
    members.update(valid_to=on)

"""Whom the people of a jobcentre work for: the state, the municipality or an unemployment fund.

It decides nothing: the teams of a jobcentre share one queue and one contact log, whoever employs them.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import Q

from jobcenter.centres.models import Authority, Jobcentre, TeamAuthority, TeamMember


def authorities_of(jobcentre: Jobcentre, *, on: date) -> dict[int, list[Authority]]:
    """By a person's id, where the teams work for several authorities; else nobody, since it says nothing.

    Two queries.
    """
    teams = dict(
        TeamAuthority.objects.valid(on)
        .filter(team__jobcentre=jobcentre)
        .filter(Q(team__valid_to=None) | Q(team__valid_to__gt=on), team__valid_from__lte=on)
        .values_list("team", "authority")
    )
    if len(set(teams.values())) < 2:
        return {}
    found: dict[int, set[Authority]] = defaultdict(set)
    members = TeamMember.objects.valid(on).filter(team__in=teams)
    for user, team in members.values_list("user", "team"):
        found[user].add(Authority(teams[team]))
    return {user: sorted(theirs) for user, theirs in found.items()}

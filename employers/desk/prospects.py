"""What the jobcentre can bring to a company: the outlook for the work it offers, and who fits it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from employers.referrals.proposing import Proposal, propose_each
from employers.vacancies.models import Vacancy
from employers.vacancies.outlook import Prospect, prospect_of
from jobcenter.centres.models import Jobcentre
from jobcenter.classifications.models import Outlook

VACANCIES_SHOWN = 2
PROPOSALS_SHOWN = 4


@dataclass(frozen=True)
class Fitting:
    """The best of those who fit a vacancy, and how many there are."""

    vacancy: Vacancy
    proposals: list[Proposal]
    number: int


def outlooks_for(vacancies: Sequence[Vacancy], *, on: date) -> list[Prospect]:
    """The published outlooks for the occupations where the work is, recruitment problems first. One query."""
    occupations = {vacancy.occupation_id for vacancy in vacancies}
    groups = {vacancy.occupation.parent_id for vacancy in vacancies}
    still = Q(area__areamunicipality__valid_to=None) | Q(area__areamunicipality__valid_to__gt=on)
    found = Outlook.objects.filter(
        still,
        occupation__in=occupations | groups - {None},
        area__areamunicipality__municipality__in={one.workplace.municipality_id for one in vacancies},
        area__areamunicipality__valid_from__lte=on,
    ).exclude(category=Outlook.Category.NOT_ASSESSED)
    rows = found.select_related("area", "occupation").distinct()
    prospects = [prospect_of(row) for row in rows.order_by("occupation__sort_key", "area__sort_key")]
    return sorted(prospects, key=lambda prospect: not prospect.is_hard)


def fitting_for(vacancies: Sequence[Vacancy], *, jobcentre: Jobcentre, on: date) -> list[Fitting]:
    """Who fits the newest of the vacancies that people can apply for. As many queries for two as for one."""
    wanted = [one for one in vacancies if one.state == Vacancy.State.PUBLISHED and one.apply_by >= on][
        :VACANCIES_SHOWN
    ]
    if not wanted:
        return []
    found = propose_each(wanted, jobcentre=jobcentre, on=on)
    return [
        Fitting(vacancy, found[vacancy.pk][:PROPOSALS_SHOWN], len(found[vacancy.pk])) for vacancy in wanted
    ]

"""Which candidates a jobcentre may propose for a vacancy, the best first, with the reasons in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from employers.referrals.matching import Candidate as Offered
from employers.referrals.matching import Ground, Match, Position, Reason, rank
from employers.referrals.models import Candidate, Referral, Skill
from employers.referrals.skills import mentioned
from employers.vacancies.distance import Place, kilometres_between
from employers.vacancies.models import Vacancy
from jobcenter.centres.models import Jobcentre
from jobcenter.classifications.models import Industry
from jobcenter.geography.models import Municipality, Postcode
from jobcenter.pages.words import number

MOST = 50
"""So many are shown: whoever wants others asks for other work in the advertisement."""


@dataclass(frozen=True)
class Proposal:
    """A candidate with the words of each ground, and the open referral to the vacancy if there is one."""

    candidate: Candidate
    match: Match
    referral: Referral | None
    is_own: bool

    @property
    def words(self) -> list[str]:
        return [in_words(reason) for reason in self.match.reasons if in_words(reason)]

    @property
    def percent(self) -> int:
        """Points of the most that can be had: 1 400 are all."""
        return self.match.points // 14


def propose(*, vacancy: Vacancy, jobcentre: Jobcentre, on: date) -> list[Proposal]:
    """The jobcentre's own and, for its own vacancies, those of the labour catchment. None in a conflict.

    As many queries however many candidates there are.
    """
    return propose_each([vacancy], jobcentre=jobcentre, on=on)[vacancy.pk]


def propose_each(
    vacancies: Sequence[Vacancy], *, jobcentre: Jobcentre, on: date
) -> dict[int, list[Proposal]]:
    """The same for several vacancies, by their primary keys: as many queries as for one of each industry."""
    pks = [vacancy.pk for vacancy in vacancies]
    offered = _offered_to(vacancies, jobcentre=jobcentre, on=on)
    covered = set(Vacancy.objects.in_conflict(on=on).filter(pk__in=pks).values_list("pk", flat=True))
    referrals: dict[int, dict[int, Referral]] = {pk: {} for pk in pks}
    for referral in Referral.objects.open().filter(vacancy__in=pks).select_related("vacancy"):
        referrals[referral.vacancy_id][referral.candidate_id] = referral
    places = places_of(vacancies)
    found: dict[int, list[Proposal]] = {}
    for vacancy in vacancies:
        known = offered[vacancy.pk]
        is_ours = vacancy.jobcentre_id == jobcentre.pk
        eligible = [one for one in known.values() if is_ours or one.jobcentre_id == jobcentre.pk]
        ranked = rank(position_of(vacancy), [_offered(one, places[vacancy.pk]) for one in eligible])[:MOST]
        found[vacancy.pk] = [
            Proposal(
                candidate=(candidate := known[match.reference]),
                match=match,
                referral=referrals[vacancy.pk].get(candidate.pk),
                is_own=candidate.jobcentre_id == jobcentre.pk,
            )
            for match in ([] if vacancy.pk in covered else ranked)
        ]
    return found


def _offered_to(
    vacancies: Sequence[Vacancy], *, jobcentre: Jobcentre, on: date
) -> dict[int, dict[str, Candidate]]:
    """By vacancy, the candidates that could be put forward for it as one's own, by reference.

    What an agreement shares may depend on the industry of the company, and on nothing else of a vacancy.
    """
    pks = [vacancy.pk for vacancy in vacancies]
    industries = dict(Vacancy.objects.filter(pk__in=pks).values_list("pk", "company__industry"))
    known = Industry.objects.select_related("parent__parent__parent__parent").in_bulk(
        {pk for pk in industries.values() if pk}
    )
    read = {}
    for pk in set(industries.values()):
        offered = Candidate.objects.offered_to(
            jobcentre=jobcentre, responsible=jobcentre, on=on, industry=known.get(pk)
        )
        rows = offered.select_related("occupation", "municipality", "jobcentre", "owner")
        read[pk] = {one.reference: one for one in rows}
    return {vacancy.pk: read[industries[vacancy.pk]] for vacancy in vacancies}


def position_of(vacancy: Vacancy) -> Position:
    return Position(
        occupation=vacancy.occupation.code,
        skills=mentioned(f"{vacancy.title}\n{vacancy.text}"),
        hours=float(vacancy.hours),
        starts_on=vacancy.starts_on,
    )


def places_of(vacancies: Sequence[Vacancy]) -> dict[int, Place]:
    """Where the postcode of each is; where that has no point, where its municipality is. One query."""
    codes = {vacancy.workplace.postcode for vacancy in vacancies}
    spots = {spot.code: spot for spot in Postcode.objects.filter(code__in=codes).exclude(latitude=None)}
    return {
        vacancy.pk: _place(vacancy.workplace.municipality, spots.get(vacancy.workplace.postcode))
        for vacancy in vacancies
    }


def _place(municipality: Municipality, spot: Postcode | None) -> Place:
    if spot is None or spot.latitude is None or spot.longitude is None:
        return Place(municipality.name, municipality.latitude, municipality.longitude, municipality.pk)
    return Place(spot.name, spot.latitude, spot.longitude, municipality.pk)


def _offered(candidate: Candidate, place: Place) -> Offered:
    home = candidate.municipality
    return Offered(
        reference=candidate.reference,
        occupation=candidate.occupation.code,
        skills=frozenset(candidate.skills),
        kilometres=round(kilometres_between(place, home.latitude, home.longitude)),
        reach=candidate.reach_km,
        fewest_hours=float(candidate.fewest_hours),
        most_hours=float(candidate.most_hours),
        from_day=candidate.from_day,
    )


def in_words(reason: Reason) -> str:
    """A reason as a caseworker reads it; empty where there is nothing to say."""
    match reason.ground:
        case Ground.OCCUPATION:
            return _occupation_in_words(int(reason.number))
        case Ground.SKILLS:
            return _skills_in_words(reason)
        case Ground.TRAVEL:
            return _("%(number)s km from home") % {"number": _number(reason.number)}
        case Ground.HOURS if reason.number:
            return _("%(number)s hours a week from what is wanted") % {"number": _number(reason.number)}
        case Ground.START if reason.number:
            days = int(reason.number)
            said = ngettext(
                "can begin %(days)d day after the start", "can begin %(days)d days after the start", days
            )
            return said % {"days": days}
        case Ground.HOURS:
            return _("the hours fit")
    return _("can begin in time")


def _skills_in_words(reason: Reason) -> str:
    names = ", ".join(sorted(str(Skill(skill).label) for skill in reason.skills))
    if not names:
        return _("none of the skills asked for") if reason.of else ""
    if reason.number == reason.of:
        return _("asked for: %(skills)s") % {"skills": names}
    said = _("%(number)d of the %(of)d skills asked for: %(skills)s")
    return said % {"number": reason.number, "of": reason.of, "skills": names}


def _occupation_in_words(digits: int) -> str:
    if digits == 6:
        return _("the same occupation")
    if digits == 4:
        return _("the same kind of work")
    if digits >= 2:
        return _("work that is alike")
    return _("other work at the same level") if digits else _("other work")


def _number(value: float) -> str:
    return number(value, language=get_language() or "da")

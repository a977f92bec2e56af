"""Which candidates a jobcentre may propose for a vacancy, the best first, with the reasons in words."""

from __future__ import annotations

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
from jobcenter.geography.models import Postcode
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
    if vacancy.conflict(on=on):
        return []
    offered = Candidate.objects.offered_to(jobcentre=jobcentre, responsible=vacancy.jobcentre, on=on)
    known = {
        one.reference: one
        for one in offered.select_related("occupation", "municipality", "jobcentre", "owner")
    }
    place = place_of(vacancy)
    ranked = rank(position_of(vacancy), [_offered(one, place) for one in known.values()])[:MOST]
    open_ones = {
        referral.candidate_id: referral
        for referral in Referral.objects.open().filter(vacancy=vacancy).select_related("vacancy")
    }
    return [
        Proposal(
            candidate=(candidate := known[match.reference]),
            match=match,
            referral=open_ones.get(candidate.pk),
            is_own=candidate.jobcentre_id == jobcentre.pk,
        )
        for match in ranked
    ]


def position_of(vacancy: Vacancy) -> Position:
    return Position(
        occupation=vacancy.occupation.code,
        skills=mentioned(f"{vacancy.title}\n{vacancy.text}"),
        hours=float(vacancy.hours),
        starts_on=vacancy.starts_on,
    )


def place_of(vacancy: Vacancy) -> Place:
    """Where its postcode is; where that has no point, where its municipality is."""
    workplace = vacancy.workplace
    municipality = workplace.municipality
    spot = Postcode.objects.filter(code=workplace.postcode).exclude(latitude=None).first()
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
            names = ", ".join(sorted(str(Skill(skill).label) for skill in reason.skills))
            return _("asked for: %(skills)s") % {"skills": names} if names else ""
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

"""What the lists of candidates and referrals hold as files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from employers.referrals.models import Candidate, Referral
from jobcenter.centres.models import Jobcentre
from jobcenter.pages.sheets import Column

CANDIDATES: list[Column[Candidate]] = [
    Column(_("Reference"), lambda candidate: candidate.reference),
    Column(_("Occupation"), lambda candidate: candidate.occupation.title),
    Column(_("Lives in"), lambda candidate: candidate.municipality),
    Column(_("Travels up to (km)"), lambda candidate: candidate.reach_km),
    Column(_("Fewest hours a week"), lambda candidate: candidate.fewest_hours),
    Column(_("Most hours a week"), lambda candidate: candidate.most_hours),
    Column(_("Can begin from"), lambda candidate: candidate.from_day),
    Column(_("Shown outside since"), lambda candidate: candidate.shown_since),
    Column(_("Owner"), lambda candidate: candidate.owner),
]


def referrals_as_seen_by(reader: Jobcentre) -> list[Column[Referral]]:
    """How somebody was judged is for the candidate's jobcentre alone; others see only that it ended.

    And of a candidate who is not shown outside any more, not the reference.
    """

    def reference(referral: Referral) -> str:
        is_own = referral.candidates_jobcentre_id == reader.pk
        return "" if referral.is_hidden and not is_own else referral.candidate.reference

    return [
        Column(_("Candidate"), reference),
        Column(_("The candidate's jobcentre"), lambda referral: referral.candidates_jobcentre),
        Column(_("Vacancy"), lambda referral: referral.vacancy.title),
        Column(_("Company"), lambda referral: referral.vacancy.company),
        Column(_("The vacancy's jobcentre"), lambda referral: referral.vacancys_jobcentre),
        Column(_("State"), lambda referral: referral.state_shown_to(reader)),
        Column(_("Why"), lambda referral: referral.reason_shown_to(reader)),
        Column(_("Answer by"), lambda referral: referral.deadline),
    ]

"""Candidates, their referral to vacancies, and for whom a hire counts."""

from employers.referrals.models.candidate import Basis, Candidate, CandidateLog, CandidateQuerySet, Skill
from employers.referrals.models.credit import CreditRule
from employers.referrals.models.referral import (
    ANSWERS,
    OPEN,
    TRANSITIONS,
    WITH_EMPLOYER,
    CitizensAnswer,
    NotSuitable,
    Referral,
    ReferralLog,
    ReferralQuerySet,
    State,
)

__all__ = [
    "ANSWERS",
    "OPEN",
    "TRANSITIONS",
    "WITH_EMPLOYER",
    "Basis",
    "Candidate",
    "CandidateLog",
    "CandidateQuerySet",
    "CitizensAnswer",
    "CreditRule",
    "NotSuitable",
    "Referral",
    "ReferralLog",
    "ReferralQuerySet",
    "Skill",
    "State",
]

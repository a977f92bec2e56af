"""Candidates that have ended, and referrals that led to nothing. Hires are kept, to be counted."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from employers.referrals.models import Candidate, Referral
from employers.referrals.models.referral import State
from jobcenter.retention.kinds import Kind


def _ended_in_vain(before: datetime) -> QuerySet[Referral]:
    return Referral.objects.filter(ended_at__lt=before).exclude(state=State.HIRED)


def _ended(before: datetime) -> QuerySet[Candidate]:
    """Those whom no referral refers to: these go first."""
    referred = Referral.objects.filter(candidate=OuterRef("pk"))
    return Candidate.objects.filter(~Exists(referred), ended_at__lt=before)


KINDS = [
    Kind("referrals.referral", _("Referrals that led to no hire"), _ended_in_vain),
    Kind("referrals.candidate", _("Candidates that have ended"), _ended),
]

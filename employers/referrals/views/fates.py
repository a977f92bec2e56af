"""Telling what became of each of several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.contrib import messages
from django.utils.translation import gettext as _

from employers.referrals.models import Referral, State
from employers.referrals.referring import Fate
from jobcenter.accounts.scope import StaffRequest


def tell_fates(request: StaffRequest, fates: Iterable[Fate]) -> None:
    """Who was asked about whom in one sentence each, and why somebody was not, as a warning for each."""
    asked: defaultdict[str, list[str]] = defaultdict(list)
    for fate in fates:
        if fate.referral:
            asked[_who(fate.referral)].append(fate.candidate.reference)
        for sentence in fate.refusal.messages if fate.refusal else []:
            messages.warning(request, f"{fate.candidate.reference}: {sentence}")
    for said, references in asked.items():
        messages.success(request, f"{', '.join(references)}: {said}")


def _who(referral: Referral) -> str:
    if referral.state == State.SENT:
        return _("The employer has been asked.")
    return _("%(jobcentre)s has been asked.") % {"jobcentre": referral.candidates_jobcentre}

"""Candidates and referrals for tests: in any state, with what the database demands of each."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from employers.referrals.models import OPEN, Candidate, Referral, State


def candidate_of(centre: Any, **fields: Any) -> Candidate:
    """A candidate of a jobcentre, who may be shown outside since last week."""
    today = timezone.localdate()
    values: dict[str, Any] = {
        "jobcentre": centre.jobcentre,
        "owner": centre.caseworker,
        "municipality": centre.municipality,
        "skills": ["machines", "forklift"],
        "reach_km": 30,
        "fewest_hours": Decimal(30),
        "most_hours": Decimal(37),
        "from_day": today + timedelta(days=7),
        "basis": Candidate.Basis.CONSENT,
        "shown_since": today - timedelta(days=7),
        **fields,
    }
    if values.get("state", "active") != "active":
        values.setdefault("ended_at", timezone.now())
    return Candidate.objects.create(**values)


def complete(**fields: Any) -> Referral:
    """A referral that was made yesterday and is to be answered within a week."""
    state = fields.get("state", State.PROPOSED)
    now = timezone.now()
    values: dict[str, Any] = {
        "candidates_jobcentre": fields["candidate"].jobcentre,
        "vacancys_jobcentre": fields["vacancy"].jobcentre,
        "person": fields["vacancy"].company.people.order_by("pk").first(),
        "referred_by": fields["candidate"].owner,
        "created_on": timezone.localdate() - timedelta(days=1),
        "created_at": now - timedelta(days=1),
        "deadline": timezone.localdate() + timedelta(days=7),
        **({"sent_at": now} if state not in (State.PROPOSED, State.DECLINED, State.OBSOLETE) else {}),
        **({"ended_at": now} if state not in OPEN else {}),
        **({"reason": "hours"} if state == State.NOT_SUITABLE else {}),
        **({"why_obsolete": "deadline"} if state == State.OBSOLETE else {}),
        **fields,
    }
    return Referral.objects.create(**values)

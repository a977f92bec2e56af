"""Campaigns for tests: shared by two jobcentres that have accepted, with the companies they are given."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from employers.campaigns.models import Campaign, Share, Target
from employers.companies.models import Company


def campaign_of(
    centre: Any, partner: Any, *companies: Company, is_running: bool = True, share: Any = None, **fields: Any
) -> Campaign:
    """About recruitment, begun a week ago. The companies are in the maker's share, or in `share`'s."""
    now, today = timezone.now(), timezone.localdate()
    values = {
        "organisation": centre.jobcentre.organisation,
        "made_by": centre.caseworker,
        "name": "Flere til lageret",
        "purpose": "recruitment",
        "starts_on": today - timedelta(days=7),
        "ends_on": today + timedelta(days=30),
        "state": "running" if is_running else "draft",
        "started_at": now if is_running else None,
        **fields,
    }
    campaign = Campaign.objects.create(**values)
    shares = {
        one.jobcentre.pk: Share.objects.create(
            campaign=campaign,
            jobcentre=one.jobcentre,
            answer="accepted",
            answered_by=one.caseworker,
            answered_at=now,
        )
        for one in (centre, partner)
    }
    whose = shares[(share or centre).jobcentre.pk]
    for company in companies:
        Target.objects.create(campaign=campaign, company=company, share=whose)
    return campaign

"""Placements for tests: in any state, with what the database demands of each."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from employers.placements.load import load_law
from employers.placements.models import Answer, Kind, Placement, RuleVersion, Sector, State


def make_law() -> RuleVersion:
    """Load the law, and return the version in force today."""
    load_law()
    return RuleVersion.objects.valid(timezone.localdate()).get()


def complete(**fields: Any) -> Placement:
    """A placement that starts in twenty days and lasts three months, with what its state demands."""
    state = fields.get("state", State.APPLIED)
    starts_on: date = fields.get("starts_on") or timezone.localdate() + timedelta(days=20)
    values: dict[str, Any] = {
        "kind": Kind.WAGE_SUBSIDY,
        "state": state,
        "label": "Lagermedhjælper",
        "tasks": "Pluk og pak på lageret sammen med tre kolleger.",
        "group": "unemployment",
        "sector": Sector.PRIVATE,
        "hours": Decimal(37),
        "starts_on": starts_on,
        "ends_on": starts_on + timedelta(days=89),
        "workplace_staff": [Decimal("31.4")] * 4,
        "company_last_month": Decimal("31.4"),
        "company_average": Decimal("30.8"),
        "is_new_post": True,
        "representative_name": "Birgit Toft",
        "representative_email": "birgit.toft@strandmarken.example",
        "applied_at": timezone.now(),
        **(_granted() if state in (State.GRANTED, State.ENDED) else {}),
        **({"decided_at": timezone.now()} if state == State.REFUSED else {}),
        **fields,
    }
    values.setdefault("workplace", values["company"].workplaces.order_by("pk").first())
    values.setdefault("person", values["company"].people.order_by("pk").first())
    return Placement.objects.create(**values)


def _granted() -> dict[str, Any]:
    return {
        "round": 1,
        "asked_at": timezone.now(),
        "answer": Answer.CONFIRMED,
        "answered_at": timezone.now(),
        "rule": RuleVersion.objects.order_by("-version").first(),
        "ratio_met": True,
        "increase_met": True,
        "duration_met": True,
        "vitas": "LT-2026-01234",
        "decided_on_figures": "31,4 fuldtidsansatte giver plads til 6.",
        "decided_at": timezone.now(),
    }

"""Placements of the company at Køge, and the law they are counted by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from employers.placements.models import Exemption, Placement, RuleVersion
from tests.making_placements import complete, make_law


@pytest.fixture
def law(db: None) -> RuleVersion:
    """The law as it is loaded."""
    return make_law()


@pytest.fixture
def make_placement(company, koege, law) -> Callable[..., Placement]:
    """Makes placements in any state, whole enough for the database; by default one that waits."""

    def make(**fields: Any) -> Placement:
        return complete(
            **{"company": company, "jobcentre": koege.jobcentre, "owner": koege.caseworker, **fields}
        )

    return make


@pytest.fixture
def pensioner(law) -> Exemption:
    return Exemption.objects.get(code="pensioner")


@pytest.fixture
def soon() -> date:
    return timezone.localdate() + timedelta(days=20)

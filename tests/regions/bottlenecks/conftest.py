from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from employers.vacancies.models import Vacancy
from jobcenter.accounts.models import Role, User
from jobcenter.classifications.models import Occupation
from regions.bottlenecks.models import Category, Line, Report
from tests.conftest import make_user
from tests.regions.making import make_line, make_occupation, make_report

MARCH = datetime(2026, 3, 10, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Drafts:
    """Drafts of two areas for the first half of 2026, with three occupations.

    drivers: problems in Sjælland, none in Midtjylland. nurses: problems in both. cooks: too few answers in
    Sjælland, and nobody has recruited in Midtjylland.
    """

    report: Report
    elsewhere: Report
    drivers: Line
    nurses: Line
    cooks: Line
    drivers_elsewhere: Line


@pytest.fixture
def drafts(sjaelland, midtjylland, bottleneck_rule) -> Drafts:
    own, other = make_report(sjaelland.area), make_report(midtjylland.area)
    drivers, nurses, cooks = (
        make_occupation(code, title)
        for code, title in (("8344", "Truckfører"), ("2221", "Sygeplejerske"), ("5120", "Kok"))
    )
    short, fine, unknown = Category.PROBLEMS, Category.NO_PROBLEMS, Category.NOT_ASSESSED
    make_line(other, nurses, failed=40, attempts=97, category=short)
    return Drafts(
        report=own,
        elsewhere=other,
        drivers=make_line(own, drivers, failed=27, attempts=61, category=short),
        nurses=make_line(own, nurses, failed=30, attempts=58, category=short),
        cooks=make_line(own, cooks, failed=1, attempts=3, category=unknown),
        drivers_elsewhere=make_line(other, drivers, failed=4, attempts=120, category=fine),
    )


@pytest.fixture
def colleague(sjaelland) -> User:
    """Another officer of the same area."""
    return make_user("Jens Colding", sjaelland.office.organisation, Role.AREA_OFFICER, is_staff=True)


@pytest.fixture
def close(make_vacancy: Callable[..., Vacancy]) -> Callable[..., None]:
    """Makes closed vacancies, published thirty days before: so many with each outcome."""

    def make(*, at: datetime = MARCH, **outcomes: Any) -> None:
        fields = {name: outcomes.pop(name) for name in ("occupation", "workplace") if name in outcomes}
        for outcome, count in outcomes.items():
            for _ in range(count):
                make_vacancy(
                    state="closed",
                    outcome=outcome,
                    published_at=at - timedelta(days=30),
                    closed_at=at,
                    **fields,
                )

    return make


@pytest.fixture
def make_parents() -> Callable[[Occupation], Occupation]:
    """Makes the groups above an occupation, and gives the nearest."""

    def make(occupation: Occupation) -> Occupation:
        above = None
        for digits in range(1, occupation.level):
            code = occupation.code[:digits]
            above, _made = Occupation.objects.get_or_create(
                code=code,
                defaults={
                    "level": digits,
                    "parent": above,
                    "title_da": f"Gruppe {code}",
                    "sort_key": code,
                    "valid_from": occupation.valid_from,
                },
            )
        assert above
        return above

    return make

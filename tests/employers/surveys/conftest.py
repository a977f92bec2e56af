"""A week with vacancies that closed without an answer, and a plan that asks about them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from employers.companies.models import Company, Person, Workplace
from employers.enquiries.models import Enquiry
from employers.surveys.drawing import carry_out, promise
from employers.surveys.models import Draw, Plan
from employers.vacancies.models import Outcome, State, Vacancy
from tests.conftest import Centre

MONDAY = date(2026, 10, 5)
"""Of the week that is drawn from."""

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
CLOSED = datetime(2026, 10, 7, 1, 5, tzinfo=COPENHAGEN)
DRAWN = datetime(2026, 10, 19, 4, 10, tzinfo=COPENHAGEN)
"""A week after the week's end."""


@pytest.fixture
def plan(db: None) -> Plan:
    return Plan.objects.create(
        valid_from=date(2026, 1, 1), percent=50, all_up_to=3, waits_days=7, open_days=21, reason="test"
    )


@pytest.fixture
def make_company(koege: Centre) -> Callable[[], Company]:
    """Makes companies at Køge, each with one person who has an address."""

    def make() -> Company:
        number = Company.objects.count()
        company = Company.objects.create(cvr=f"{88000000 + number}", name=f"Firma {number} ApS")
        Workplace.objects.create(
            company=company, address=f"Vej {number}", postcode="4600", municipality=koege.municipality
        )
        Person.objects.create(company=company, name="Ulla Uden", email=f"ulla{number}@firma.example")
        return company

    return make


@pytest.fixture
def unanswered(
    make_company: Callable[[], Company],
    make_vacancy: Callable[..., Vacancy],
    make_enquiry: Callable[..., Enquiry],
) -> Callable[..., Vacancy]:
    """Makes vacancies that closed by themselves in the week; each of its own company unless one is given."""

    def make(company: Company | None = None, language: str = "da", **fields: Any) -> Vacancy:
        closed_at = fields.pop("closed_at", CLOSED)
        vacancy = make_vacancy(
            company=company or make_company(),
            **{
                "state": State.CLOSED,
                "outcome": Outcome.UNKNOWN,
                "published_at": closed_at - timedelta(days=30),
                "closed_at": closed_at,
                "apply_by": closed_at.date() - timedelta(days=1),
                **fields,
            },
        )
        make_enquiry(vacancy=vacancy, company=vacancy.company, language=language)
        return vacancy

    return make


@pytest.fixture
def draw_week(plan: Plan) -> Callable[..., Draw]:
    """Draws the week as beat and worker do, at a time of that year whatever the time is."""

    def draw(week: date = MONDAY, at: datetime = DRAWN) -> Draw:
        promise(on=week + timedelta(days=7), weeks=1)
        drawn = Draw.objects.get(week=week)
        with time_machine.travel(at, tick=False):
            carry_out(drawn.pk)
        drawn.refresh_from_db()
        return drawn

    return draw

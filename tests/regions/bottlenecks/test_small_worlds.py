"""Small invented countries in the database: what must hold of the rows, whatever has happened in them."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import permutations, product

import pytest
from django.db.models import F

from employers.companies.models import Workplace
from employers.vacancies.models import Outcome, Vacancy
from jobcenter.classifications.models import Occupation
from jobcenter.geography.models import AreaMunicipality, Municipality
from regions.bottlenecks.figures.computing import compute
from regions.bottlenecks.models import Category, Indicators, Place, StockDelivery, StockFigure
from regions.measures.periods import parse
from tests.regions.bottlenecks.making import tree_of

HALF_YEARS = ("2025H02", "2026H01")
MONTHS = [
    datetime(2025, 8, 3, tzinfo=UTC),
    datetime(2026, 3, 10, tzinfo=UTC),
    datetime(2026, 5, 1, tzinfo=UTC),
]
LEAVES = ("2221", "2222", "8142")
ATTEMPTS = ("attempts", "failed", "other_profile", "lower", "upper", "sure", "category")
"""What rests on answers alone, and on those of the cell alone."""
SUMS = ("attempts", "failed", "other_profile", "withdrawn", "unknown", "positions", "observed", "still_open")

Cell = tuple[str, str, str, str]
"""Half-year, occupation, kind of place and its code."""


@pytest.fixture
def workplaces(company, koege, sjaelland, midtjylland) -> Sequence[Workplace]:
    """In three municipalities of two areas."""
    others = [
        Workplace.objects.create(
            company=company,
            address=f"Torvet {code}",
            postcode="4000",
            municipality=Municipality.objects.get(code=code),
        )
        for code in ("0265", "0751")
    ]
    return [company.workplaces.earliest("pk"), *others]


@pytest.fixture
def occupations(db) -> Sequence[Occupation]:
    return [tree_of(code, f"Fag {code}") for code in LEAVES]


@pytest.fixture
def happen(make_vacancy, workplaces, occupations, bottleneck_rule) -> Callable[..., Vacancy]:
    """A vacancy that closed, anywhere and anyhow unless told otherwise."""

    def make(drawn: random.Random, **told) -> Vacancy:
        closed_at = told.pop("at", None) or drawn.choice(MONTHS)
        values = {
            "outcome": drawn.choice(Outcome.values),
            "workplace": drawn.choice(workplaces),
            "occupation": drawn.choice(occupations),
            "positions": drawn.randint(1, 4),
            **told,
        }
        published_at = closed_at - timedelta(days=drawn.randint(1, 90))
        return make_vacancy(state="closed", published_at=published_at, closed_at=closed_at, **values)

    return make


@pytest.fixture(params=[1, 2])
def world(request, happen, workplaces, occupations) -> random.Random:
    """Forty vacancies and the registers' figures, drawn by a seed. Gives what draws on."""
    drawn = random.Random(request.param)
    for _number in range(40):
        happen(drawn)
    delivery = StockDelivery.objects.create(
        source="Registret",
        data_date=date(2026, 7, 15),
        file_name="register.csv",
        content=b"",
        digest="",
        added=1,
        changed=0,
        removed=0,
        unchanged=0,
    )
    StockFigure.objects.bulk_create(
        StockFigure(
            delivery=delivery,
            period=period,
            occupation=occupation,
            municipality=workplace.municipality,
            employed=drawn.randint(50, 900),
            unemployed=drawn.choice([None, drawn.randint(0, 60)]),
            hires=drawn.randint(0, 90),
            candidates=drawn.randint(0, 9),
        )
        for period in HALF_YEARS
        for occupation in occupations
        for workplace in workplaces
    )
    return drawn


def rows(*columns: str) -> dict[Cell, tuple]:
    """The columns of every row by its cell; all of them without any."""
    named = columns or [
        field.name
        for field in Indicators._meta.fields
        if field.name not in ("id", "computed_at", "period", "occupation", "place", "code")
    ]
    found = Indicators.objects.values_list("period", "occupation__code", "place", "code", *named)
    return {row[:4]: row[4:] for row in found}


def compute_all() -> None:
    for period in HALF_YEARS:
        compute(parse(period))


def test_no_row_contradicts_the_sums_of_its_parts(world):
    compute_all()
    area_of = dict(AreaMunicipality.objects.values_list("municipality__code", "area__code"))
    sums: dict[Cell, Counter[str]] = defaultdict(Counter)
    for (period, occupation, place, code), numbers in rows(*SUMS).items():
        if place == Place.MUNICIPALITY and len(occupation) == 4:
            above = ((Place.MUNICIPALITY, code), (Place.AREA, area_of[code]), (Place.COUNTRY, ""))
            for digits, (kind, at) in product(range(1, 5), above):
                sums[period, occupation[:digits], kind, at].update(dict(zip(SUMS, numbers, strict=True)))

    for cell, numbers in rows(*SUMS).items():
        if cell[2] != Place.CATCHMENT:
            assert numbers == tuple(sums[cell][name] for name in SUMS)
    assert sums.keys() == {cell for cell in rows(*SUMS) if cell[2] != Place.CATCHMENT}


def test_every_vacancy_that_closed_is_counted_once_however_many_positions_it_had(world):
    compute_all()

    of_country = Indicators.objects.of(Place.COUNTRY).filter(occupation__level=4)
    assert sum(one.closed for one in of_country) == Vacancy.objects.count() == 40


def test_half_years_can_be_computed_in_any_order_and_as_often_as_one_likes(world):
    compute_all()
    expected = rows()

    for order in permutations([*HALF_YEARS, HALF_YEARS[0]]):
        Indicators.objects.all().delete()
        for period in order:
            compute(parse(period))
        assert rows() == expected


@pytest.mark.parametrize(
    "irrelevant",
    [
        {"outcome": Outcome.WITHDRAWN},
        {"outcome": Outcome.UNKNOWN},
        {"at": datetime(2026, 7, 3, tzinfo=UTC)},
    ],
    ids=["withdrawn", "without an answer", "another half-year"],
)
def test_what_says_nothing_of_an_attempt_changes_no_claim(world, happen, irrelevant):
    compute_all()
    before = rows(*ATTEMPTS)

    for _number in range(10):
        happen(world, **irrelevant)
    compute_all()

    after = rows(*ATTEMPTS)
    assert {cell: after[cell] for cell in before} == before
    for cell in after.keys() - before.keys():
        assert after[cell][0] == 0


def test_other_occupations_and_other_places_change_no_row_of_theirs(world, happen, workplaces, occupations):
    compute_all()
    before = rows(*ATTEMPTS, *SUMS, "median_days", "employed")

    for _number in range(10):
        happen(world, workplace=workplaces[2], occupation=occupations[2], at=MONTHS[2])
    compute_all()

    after = rows(*ATTEMPTS, *SUMS, "median_days", "employed")
    moved = {cell for cell in after if after[cell] != before.get(cell)}
    assert moved
    assert {cell[0] for cell in moved} == {"2026H01"}
    assert {cell[1] for cell in moved} <= {"8", "81", "814", "8142"}
    assert not {cell for cell in moved if cell[3] in ("0259", "0265", "sjaelland")}


def test_an_answer_that_is_taken_away_leaves_it_unknown_and_never_in_vain(world):
    Vacancy.objects.filter(outcome=Outcome.NOT_FILLED).update(outcome=Outcome.UNKNOWN)
    compute_all()

    failed = Indicators.objects.of(Place.COUNTRY).filter(occupation__level=4)
    assert all(one.failed == one.other_profile for one in failed)
    closed = Vacancy.objects.filter(outcome=Outcome.UNKNOWN).count()
    assert sum(one.unknown for one in failed) == closed > 0


HARDNESS = {
    Category.NO_PROBLEMS: 0,
    Category.GOOD: 0,
    Category.LESS_GOOD: 0,
    Category.NOT_ASSESSED: 1,
    Category.PROBLEMS: 2,
    Category.SHORTAGE: 2,
    Category.PARADOX: 2,
}


def test_with_every_attempt_that_fails_a_category_moves_towards_problems_and_never_back(
    happen, occupations, workplaces
):
    """Sixteen that got whom they wanted, and one by one they did not."""
    drawn = random.Random(1)
    for _number in range(16):
        happen(
            drawn,
            outcome=Outcome.FILLED_AS_WANTED,
            occupation=occupations[0],
            workplace=workplaces[0],
            at=MONTHS[1],
        )
    said = []
    for pk in Vacancy.objects.order_by("pk").values_list("pk", flat=True):
        compute(parse("2026H01"))
        said.append(HARDNESS[Category(rows("category")["2026H01", "2221", Place.AREA, "sjaelland"][0])])
        Vacancy.objects.filter(pk=pk).update(outcome=Outcome.NOT_FILLED)

    assert said == sorted(said)
    assert set(said) == {0, 1, 2}


def test_with_more_unemployed_a_shortage_becomes_a_paradox_and_never_the_other_way(world):
    Vacancy.objects.update(outcome=Outcome.NOT_FILLED)
    StockFigure.objects.update(unemployed=0, employed=1000)
    short = set()
    for _step in range(5):
        compute(parse("2026H01"))
        stands = {cell for cell, (category,) in rows("category").items() if category == Category.SHORTAGE}
        assert not short or stands <= short
        short = stands or short
        StockFigure.objects.update(unemployed=F("unemployed") + 15)

    assert {category for (category,) in rows("category").values()} <= {
        Category.PARADOX,
        Category.NOT_ASSESSED,
    }

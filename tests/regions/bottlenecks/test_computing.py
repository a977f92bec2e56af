"""What is known of occupations everywhere: from vacancies and registers to every place above them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from jobcenter.centres.models import Serves
from jobcenter.classifications.models import Occupation
from jobcenter.geography.models import Municipality
from regions.bottlenecks.figures.computing import compute
from regions.bottlenecks.figures.counting import the_map
from regions.bottlenecks.models import Category, Indicators, Place, StockDelivery, StockFigure
from regions.measures.periods import parse
from tests.queries import asked
from tests.regions.bottlenecks.conftest import MARCH

HALF_YEAR = parse("2026H01")


@pytest.fixture(autouse=True)
def _rule(bottleneck_rule):
    """The rule in force."""


@pytest.fixture
def register(occupation):
    """Makes the figures of a half-year's register, of one occupation in Køge unless told otherwise."""

    def make(*, code: str = "0259", of: Occupation = occupation, period: str = "2026H01", **persons) -> None:
        delivery = StockDelivery.objects.create(
            source="Jobcentrenes register",
            data_date=date(2026, 7, 15),
            file_name="register.csv",
            content=b"",
            digest="",
            added=1,
            changed=0,
            removed=0,
            unchanged=0,
        )
        StockFigure.objects.create(
            delivery=delivery,
            period=period,
            occupation=of,
            municipality=Municipality.objects.get(code=code),
            **persons,
        )

    return make


def known(*, of: Occupation, place: Place = Place.AREA, code: str = "sjaelland") -> Indicators:
    return Indicators.objects.of(place, code).get(occupation=of)


def test_answers_are_counted_by_occupation_and_its_first_four_digits(close, occupation, sjaelland):
    six_digits = Occupation.objects.create(
        code=f"{occupation.code}10",
        level=5,
        parent=occupation,
        title_da="Ekstruderoperatør",
        sort_key="ekstruderoperatør",
        valid_from=occupation.valid_from,
    )
    close(filled_as_wanted=2, not_filled=1)
    close(occupation=six_digits, filled_other_profile=1, withdrawn=3, unknown=2)

    compute(HALF_YEAR)

    found = known(of=occupation)
    assert (found.attempts, found.failed, found.other_profile) == (4, 2, 1)
    assert (found.withdrawn, found.unknown, found.closed) == (3, 2, 9)
    assert found.answered == pytest.approx(7 / 9)


def test_a_municipality_its_area_and_the_country_tell_of_the_same_vacancies(close, occupation, sjaelland):
    close(not_filled=6)

    compute(HALF_YEAR)

    for place, code in ((Place.MUNICIPALITY, "0259"), (Place.AREA, "sjaelland"), (Place.COUNTRY, "")):
        assert known(of=occupation, place=place, code=code).attempts == 6


def test_an_occupations_group_tells_of_all_in_it(close, occupation, make_parents, sjaelland):
    group = make_parents(occupation)
    close(not_filled=6)

    compute(HALF_YEAR)

    assert known(of=group).attempts == 6


def hiding(*, of: Occupation, place: Place, code: str) -> tuple[bool, bool]:
    found = known(of=of, place=place, code=code)
    return found.hides_answers, found.hides_persons


def test_few_answers_are_hidden_with_those_they_could_be_found_from(close, occupation, roskilde, sjaelland):
    close(not_filled=3)

    compute(HALF_YEAR)

    for place in (Place.MUNICIPALITY, Place.CATCHMENT):
        for code in ("0259", "0265"):
            assert hiding(of=occupation, place=place, code=code) == (True, False)
    assert known(of=occupation, place=Place.MUNICIPALITY, code="0265").attempts == 0
    assert hiding(of=occupation, place=Place.AREA, code="sjaelland") == (False, False)


def test_answers_enough_are_hidden_from_nobody(close, occupation, sjaelland):
    close(not_filled=5)

    compute(HALF_YEAR)

    assert not Indicators.objects.filter(hides_answers=True).exists()


@pytest.mark.parametrize(
    ("persons", "is_hidden"),
    [
        ({"employed": 300, "unemployed": 5}, False),
        ({"employed": 300, "unemployed": 0}, False),
        ({"employed": 300, "unemployed": 4}, True),
        ({"employed": 300, "unemployed": 30, "candidates": 1}, True),
        ({"employed": 300, "unemployed": 30, "hires": 2}, True),
        ({"employed": 13, "unemployed": 6}, True),
        ({"employed": 14, "unemployed": 6}, False),
    ],
)
def test_few_persons_are_hidden_and_so_is_a_share_of_fewer_than_twenty(
    register, occupation, sjaelland, persons, is_hidden
):
    register(**persons)

    compute(HALF_YEAR)

    assert hiding(of=occupation, place=Place.MUNICIPALITY, code="0259") == (False, is_hidden)


def test_it_is_known_how_many_municipalities_one_jobcentre_serves(koege, roskilde, aarhus):
    assert the_map(HALF_YEAR).served_by_one == 1

    Serves.objects.filter(municipality=aarhus.municipality).update(jobcentre=roskilde.jobcentre)

    assert the_map(HALF_YEAR).served_by_one == 2


def test_low_unemployment_beside_problems_is_a_shortage_and_high_a_paradox(
    close, register, occupation, sjaelland
):
    close(not_filled=6)
    register(employed=990, unemployed=10, hires=90, candidates=4)
    compute(HALF_YEAR)
    assert known(of=occupation).category == Category.SHORTAGE

    StockFigure.objects.update(unemployed=110)
    compute(HALF_YEAR)
    assert known(of=occupation).category == Category.PARADOX


def test_without_figures_of_the_registers_only_what_employers_say_is_said(close, occupation, sjaelland):
    close(not_filled=6)

    compute(HALF_YEAR)

    found = known(of=occupation)
    assert found.category == Category.PROBLEMS
    assert (found.employed, found.unemployed, found.hires, found.candidates) == (None,) * 4


def test_a_figure_that_is_withheld_in_one_place_is_unknown_of_all_it_is_part_of(
    close, register, occupation, sjaelland
):
    close(not_filled=6)
    register(employed=990, unemployed=10)
    register(code="0265", employed=500, unemployed=None)

    compute(HALF_YEAR)

    assert known(of=occupation, place=Place.MUNICIPALITY, code="0259").unemployed == 10
    assert known(of=occupation).unemployed is None
    assert known(of=occupation).employed == 1490


def test_positions_open_on_the_last_day_are_counted_not_vacancies(make_vacancy, occupation, sjaelland):
    make_vacancy(state="published", positions=4, positions_filled=1, published_at=MARCH)
    make_vacancy(
        state="closed",
        outcome="not_filled",
        positions=2,
        published_at=MARCH,
        closed_at=datetime(2026, 7, 2, tzinfo=UTC),
    )
    make_vacancy(state="published", positions=9, published_at=datetime(2026, 7, 2, tzinfo=UTC))

    compute(HALF_YEAR)

    found = known(of=occupation)
    assert (found.positions, found.attempts) == (5, 0)
    assert (found.observed, found.still_open, found.median_days) == (2, 2, None)


def test_how_long_a_vacancy_is_open_knows_of_those_that_still_are(close, make_vacancy, occupation, sjaelland):
    close(not_filled=3)
    make_vacancy(state="published", published_at=MARCH)

    compute(HALF_YEAR)

    found = known(of=occupation)
    assert (found.observed, found.still_open, found.median_days) == (4, 1, 30.0)


def test_computing_again_puts_the_same_in_its_place_and_leaves_other_half_years_alone(close, sjaelland):
    close(not_filled=6)
    close(not_filled=2, at=datetime(2025, 10, 1, tzinfo=UTC))
    compute(parse("2025H02"))
    compute(HALF_YEAR)
    columns = [field.name for field in Indicators._meta.fields if field.name not in ("id", "computed_at")]
    before = set(Indicators.objects.values_list(*columns))

    assert compute(HALF_YEAR) == Indicators.objects.filter(period="2026H01").count()

    assert set(Indicators.objects.values_list(*columns)) == before


def test_half_years_can_be_computed_in_any_order(close, sjaelland):
    close(not_filled=6)
    close(not_filled=2, at=datetime(2025, 10, 1, tzinfo=UTC))
    columns = [field.name for field in Indicators._meta.fields if field.name not in ("id", "computed_at")]
    compute(HALF_YEAR)
    compute(parse("2025H02"))
    one_way = set(Indicators.objects.values_list(*columns))
    Indicators.objects.all().delete()

    compute(parse("2025H02"))
    compute(HALF_YEAR)

    assert set(Indicators.objects.values_list(*columns)) == one_way


def test_occupations_that_nobody_looks_for_change_nothing_and_cost_no_query(close, occupation, sjaelland):
    close(not_filled=6)
    columns = [field.name for field in Indicators._meta.fields if field.name not in ("id", "computed_at")]
    with_one = asked(lambda: compute(HALF_YEAR))
    before = set(Indicators.objects.values_list(*columns))
    for number in range(5):
        Occupation.objects.create(
            code=f"51{number}0", level=4, title_da="Et fag", sort_key="fag", valid_from=occupation.valid_from
        )

    with_six = asked(lambda: compute(HALF_YEAR))

    assert set(Indicators.objects.values_list(*columns)) == before
    assert with_six.total() == with_one.total()


def test_the_running_half_year_counts_what_is_open_until_now(make_vacancy, occupation, sjaelland):
    now = timezone.now()
    code = f"{now.astimezone().year}H0{1 if now.astimezone().month <= 6 else 2}"
    half_year = parse(code)
    begun = timezone.make_aware(datetime.combine(half_year.starts_on, datetime.min.time()))
    make_vacancy(state="published", published_at=begun + (now - begun) / 2)

    compute(half_year)

    found = known(of=occupation)
    assert (found.observed, found.still_open) == (1, 1)

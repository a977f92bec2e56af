"""Framework conditions from a file: tried line by line, and never the result or its mirror."""

from dataclasses import replace
from datetime import date
from io import StringIO

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from jobcenter.pages.sheets import xlsx
from jobcenter.runtime.csvlines import Unreadable
from regions.comparison.bringing import known_on
from regions.comparison.condition_file import ENOUGH, Known, likeness, ranks, read
from regions.comparison.models import FrameworkCondition

TODAY = date(2026, 11, 26)
HEADER = "jobcenter;år;rammevilkår;værdi"
CODES = [f"{number:04}" for number in range(1, 13)]

KNOWN = Known(
    conditions={"immigrants": (0, 100), "social_housing": (0, 100)},
    measures={"job_after_6_months": "I job efter seks måneder", "gini": "Indkomstforskelle"},
    jobcentres=frozenset(CODES),
    this_year=2026,
    results={("I job efter seks måneder, jobparate", 2025): dict(zip(CODES, range(30, 42), strict=True))},
)


def file_of(*lines: str) -> bytes:
    return "\n".join([HEADER, *lines, ""]).encode()


def test_values_are_read_from_csv_and_from_xlsx_alike():
    as_csv = read(file_of("0001;2025;immigrants;9,4", "2;2025;immigrants;12"), known=KNOWN)
    as_xlsx = read(
        xlsx([HEADER.split(";"), ["0001", 2025, "immigrants", 9.4], ["0002", 2025, "immigrants", 12]]),
        known=KNOWN,
    )

    assert as_csv == as_xlsx
    assert as_csv.values == {("0001", 2025, "immigrants"): 9.4, ("0002", 2025, "immigrants"): 12.0}
    assert not as_csv.problems


@pytest.mark.parametrize(
    "name", ["job_after_6_months", "Gini", "Ledige i pct.", "Kontanthjælp", "gross_income"]
)
def test_a_result_or_its_mirror_is_told_so_by_its_name(name):
    [(line, said)] = read(file_of(f"0001;2025;{name};9,4"), known=KNOWN).problems

    assert line == 2
    assert "et resultat eller spejlbilledet af et" in said


def test_a_column_that_is_a_result_is_told_so():
    with pytest.raises(Unreadable, match="spejlbilledet"):
        read(b"jobcenter;\xc3\xa5r;besk\xc3\xa6ftigelsesfrekvens\n0001;2025;71\n", known=KNOWN)


def test_values_that_follow_a_result_of_the_same_year_are_told_so_under_an_innocent_name():
    values = [f"{code};2025;immigrants;{80 - 2 * number}" for number, code in enumerate(CODES)]

    [(line, said)] = read(file_of(*values), known=KNOWN).problems

    assert line == 0
    assert "I job efter seks måneder, jobparate" in said
    assert "-1,00" in said
    assert not read(file_of(*(value.replace("2025", "2024") for value in values)), known=KNOWN).problems


def test_a_mirror_that_is_bent_is_told_too():
    """Its values go up and down with the result's, though not in proportion."""
    values = [f"{code};2025;immigrants;{(number / 11) ** 8 * 90:.6f}" for number, code in enumerate(CODES)]

    [(line, said)] = read(file_of(*(value.replace(".", ",") for value in values)), known=KNOWN).problems

    assert line == 0
    assert "1,00" in said


def test_a_mirror_brought_a_few_jobcentres_at_a_time_is_told_as_soon_as_it_shows():
    mirror = {(code, 2025, "immigrants"): 80.0 - 2 * number for number, code in enumerate(CODES)}
    of_few = [f"{code};2025;immigrants;{value:.0f}" for (code, _, _), value in list(mirror.items())[9:]]
    of_one_more_year = [*of_few, "0001;2024;immigrants;9"]

    assert not read(file_of(*of_one_more_year), known=KNOWN).problems
    [(line, _said)] = read(file_of(*of_one_more_year), known=replace(KNOWN, stored=mirror)).problems
    assert line == 0


@pytest.mark.parametrize("value", ["9" * 400, f"-{'9' * 400}", f"1{'0' * 13}"])
def test_a_value_without_bounds_is_a_number_all_the_same(value):
    known = replace(KNOWN, conditions={"immigrants": (None, None)})

    [(_line, said)] = read(file_of(f"0001;2025;immigrants;{value}"), known=known).problems

    assert "kan ikke være en værdi" in said


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("0001;2025;vejret;9", "er ikke et defineret rammevilkår"),
        ("9999;2025;immigrants;9", "Der er intet jobcenter med koden 9999"),
        ("0001;2027;immigrants;9", "ikke et år til og med i år"),
        ("0001;2025;immigrants;9.4", "er ikke et tal"),
        ("0001;2025;immigrants;101", "kan ikke være en værdi"),
    ],
)
def test_each_line_that_cannot_be_used_is_told_with_its_reason(line, said):
    [(number, reason)] = read(file_of("0002;2025;immigrants;9", line), known=KNOWN).problems

    assert number == 3
    assert said.casefold() in reason.casefold()


def test_a_value_that_is_there_twice_is_refused():
    [(number, _reason)] = read(file_of(*["0001;2025;immigrants;9"] * 2), known=KNOWN).problems

    assert number == 3


columns = st.lists(
    st.tuples(st.integers(-1000, 1000), st.integers(-1000, 1000)), min_size=ENOUGH, max_size=40
)


@given(columns, st.sampled_from([0.5, 2.0, 64.0]), st.integers(-100, 100))
def test_likeness_is_symmetric_bounded_and_does_not_know_units(pairs, scale, shift):
    one, other = ({str(place): float(pair[side]) for place, pair in enumerate(pairs)} for side in (0, 1))
    moved = {code: scale * value + shift for code, value in one.items()}

    found = likeness(one, other)

    assert -1 <= found <= 1
    assert likeness(other, one) == pytest.approx(found)
    assert likeness(moved, other) == pytest.approx(found, abs=1e-9)


@given(st.lists(st.integers(-5, 5), min_size=1, max_size=30))
def test_ranks_are_those_of_scipy(values):
    """Which is not loaded for them: its statistics take a second of every process's beginning."""
    assert ranks(np.array(values, dtype=float)).tolist() == stats.rankdata(values).tolist()


def test_the_command_shows_the_difference_before_it_brings_the_values_in(tmp_path, make_jobcentres, measures):
    make_jobcentres(2)
    file = tmp_path / "vilkaar.csv"
    file.write_bytes(file_of("9000;2025;immigrants;9,4", "9001;2025;immigrants;12"))

    def bring(*options: str) -> str:
        told = StringIO()
        call_command("bring_conditions", str(file), "--source", "Danmarks Statistik", *options, stdout=told)
        return told.getvalue()

    assert "2 added, 0 changed, 0 unchanged. Nothing is saved yet" in bring()
    assert not FrameworkCondition.objects.filter(condition__code="immigrants").exists()
    assert "2 added" in bring("--save")
    file.write_bytes(file_of("9000;2025;immigrants;9,9", "9001;2025;immigrants;12"))
    assert "9000 2025 immigrants: 9.4 → 9.9" in bring("--save")
    assert "0 added, 0 changed, 2 unchanged" in bring("--save")


def test_a_file_with_one_problem_changes_nothing(tmp_path, make_jobcentres, measures):
    make_jobcentres(1)
    file = tmp_path / "vilkaar.csv"
    file.write_bytes(file_of("9000;2025;immigrants;9,4", "9000;2025;job_after_6_months;40"))

    with pytest.raises(CommandError, match="Nothing was saved"):
        call_command("bring_conditions", str(file), "--source", "test", "--save", stderr=StringIO())
    assert not FrameworkCondition.objects.filter(condition__code="immigrants").exists()


def test_what_a_condition_may_not_be_is_read_from_the_results(make_jobcentres, measures, measure_all):
    jobcentres = make_jobcentres(12)
    measure_all(jobcentres, np.linspace(0.2, 0.5, 12).tolist(), period="2025Y01")

    known = known_on(TODAY)

    assert set(known.conditions) == {"aged_50_or_more", "immigrants", "no_qualification", "social_housing"}
    [((name, year), figures)] = known.results.items()
    assert year == 2025
    assert name.startswith("I job seks måneder")
    assert len(figures) == 12
    assert len(known.stored) == FrameworkCondition.objects.filter(year__lte=2026).count() > 0

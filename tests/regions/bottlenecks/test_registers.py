"""Register figures: a file read and refused in words, and taken in as a whole or not at all."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.db import DatabaseError
from openpyxl import Workbook

from jobcenter.runtime.csvlines import Unreadable
from regions.bottlenecks.models import StockDelivery, StockFigure
from regions.bottlenecks.registers.reading import Known, read
from regions.bottlenecks.registers.receiving import Origin, compare, receive
from regions.measures.periods import parse

HEAD = "halvår;stilling;kommune;beskæftigede;ledige;ansættelser;kandidater\n"
KNOWN = Known(
    occupations={"8142", "2221"},
    municipalities={"0259", "0265"},
    first=parse("2020H01"),
    latest=parse("2026H01"),
)

ORIGIN = Origin(source="Registret", data_date=date(2026, 7, 15), file_name="r.csv", content=b"the file")
KOEGE, ROSKILDE = ("2026H01", "8142", "0259"), ("2026H01", "8142", "0265")


def figures_of(text: str):
    return read((HEAD + text).encode(), known=KNOWN)


def problem_of(text: str) -> str:
    found = figures_of(text)
    assert [problem.line for problem in found.problems] == [2]
    return found.problems[0].text


def test_a_line_tells_of_an_occupation_in_a_municipality_and_a_star_is_not_none():
    found = figures_of("2026H01;8142;0259;1.412;*;38;0\n2026H01;2221;0259;655;4;;..\n")

    assert found.problems == []
    assert found.figures == {
        KOEGE: (1412, None, 38, 0),
        ("2026H01", "2221", "0259"): (655, 4, None, None),
    }


def test_a_spreadsheet_is_read_where_numbers_have_lost_their_noughts():
    book = Workbook()
    for row in (HEAD.strip().split(";"), ["2026h01", 8142, 259, 1412, "*", 38, None]):
        book.active.append(row)
    packed = BytesIO()
    book.save(packed)

    assert read(packed.getvalue(), known=KNOWN).figures == {KOEGE: (1412, None, 38, None)}


def test_english_names_commas_and_any_order_of_the_columns_are_read_too():
    text = "municipality,occupation,period,candidates,hires,unemployed,employed\n0259,8142,2026H01,1,2,3,4\n"

    assert read(text.encode(), known=KNOWN).figures == {KOEGE: (4, 3, 2, 1)}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("2026Q01;8142;0259;1;1;1;1", "„2026Q01“ er ikke et halvår som 2026H01."),
        ("nu;8142;0259;1;1;1;1", "„NU“ er ikke et halvår som 2026H01."),
        ("2026H02;8142;0259;1;1;1;1", "2026H02 er ikke slut endnu"),
        ("2019H02;8142;0259;1;1;1;1", "2019H02 er for gammelt: Der vurderes ingen flaskehalse før 2020H01."),
        ("2026H01;9999;0259;1;1;1;1", "9999"),
        ("2026H01;8142;0411;1;1;1;1", "0411"),
        ("2026H01;8142;0259;mange;1;1;1", "mange"),
        ("2026H01;8142;0259;-3;1;1;1", "-3"),
        ("2026H01;8142;0259;99999999;1;1;1", "99999999"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_in_a_sentence(line, says):
    assert says in problem_of(line)


def test_a_line_that_stands_twice_is_refused():
    found = figures_of("2026H01;8142;0259;1;1;1;1\n2026H01;8142;0259;1;1;1;1\n")

    assert [problem.line for problem in found.problems] == [3]
    assert "linje 2" in found.problems[0].text


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff\xfe", "UTF-8"),
        (b"", "halvår"),
        ("halvår;stilling\n".encode(), "kommune"),
        (HEAD.replace("ledige", "stilling").encode(), "Kolonnen „stilling“ skal være der én gang"),
        (HEAD.encode(), "ingen linje"),
        ((HEAD + "2026H01;8142;0259;1\n").encode(), "Linje 2 har 4 felter"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(content, says):
    with pytest.raises(Unreadable, match=says):
        read(content, known=KNOWN)


@pytest.fixture
def places(occupation, koege, roskilde):
    """The occupation and the municipalities that the figures tell of."""


def test_figures_are_taken_in_with_the_file_they_came_by(places):
    delivery = receive({KOEGE: (400, 9, 38, 6), ROSKILDE: (300, None, 20, 1)}, origin=ORIGIN)

    assert (delivery.added, delivery.changed, delivery.removed, delivery.unchanged) == (2, 0, 0, 0)
    assert bytes(delivery.content) == b"the file"
    told = StockFigure.objects.get(municipality__code="0259")
    assert (told.employed, told.unemployed, told.hires, told.candidates) == (400, 9, 38, 6)
    assert StockFigure.objects.get(municipality__code="0265").unemployed is None


def test_a_later_file_puts_its_half_year_in_the_place_of_what_was_there(places):
    receive({KOEGE: (400, 9, 38, 6), ROSKILDE: (300, 3, 20, 1)}, origin=ORIGIN)
    receive({("2025H02", *KOEGE[1:]): (390, 8, 30, 5)}, origin=ORIGIN)

    later = {KOEGE: (401, 9, 38, 6)}
    found = compare(later)
    delivery = receive(later, origin=ORIGIN, reason="Rettelse")

    assert [(change.municipality, change.before, change.after) for change in found.changes] == [
        ("0259", (400, 9, 38, 6), (401, 9, 38, 6)),
        ("0265", (300, 3, 20, 1), None),
    ]
    assert (delivery.added, delivery.changed, delivery.removed, delivery.unchanged) == (0, 1, 1, 0)
    assert set(StockFigure.objects.values_list("period", "employed")) == {("2026H01", 401), ("2025H02", 390)}


def test_the_same_again_changes_nothing_and_leaves_no_delivery(places):
    receive({KOEGE: (400, 9, 38, 6)}, origin=ORIGIN)

    assert receive({KOEGE: (400, 9, 38, 6)}, origin=ORIGIN) is None
    assert StockDelivery.objects.count() == 1


def test_what_arrived_never_changes(places):
    receive({KOEGE: (400, 9, 38, 6)}, origin=ORIGIN)

    with pytest.raises(DatabaseError):
        StockDelivery.objects.update(content=b"another file")

"""Tables laid out as their owners like it: long and wide, CSV and XLSX, by code and by name, in any unit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from django.utils import translation
from openpyxl import Workbook

from jobcenter.runtime.csvlines import Unreadable
from regions.feeds.layout import Layout, guess
from regions.feeds.reading import Reading, read
from regions.feeds.writing import as_file
from tests.regions.feeds.test_reading import KNOWN as KNOWN_BY_CODE

KNOWN = replace(
    KNOWN_BY_CODE,
    municipality_named={"køge": "0259", "roskilde": "0265"},
    jobcentre_named={"køge": "0259", "jobcenter køge": "0259", "roskilde": "0265"},
    wholes=frozenset({"hele landet", "region sjælland"}),
    today=date(2026, 11, 22),
)

RESULT = {"measure": "job_after_6_months", "group": "ready_for_work"}


def sheet(*rows: list[object]) -> bytes:
    book, content = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


def read_as(layout: Layout, content: bytes) -> Reading:
    with translation.override("en"):
        return read(content, known=KNOWN, layout=layout)


def told(reading: Reading) -> list[tuple[str | None, str, float]]:
    assert reading.problems == []
    return [(one.jobcentre or one.municipality, one.period.code, one.value) for one in reading.figures]


def test_a_wide_table_has_a_column_for_each_period():
    layout = Layout(
        {"Område": "jobcentre", "2026Q01": "value of 2026Q01", "2026Q02": "value of 2026Q02"}, RESULT
    )

    reading = read_as(layout, "Område;2026Q01;2026Q02\nKøge;40,6;41,2\nJobcenter Køge;..;-\n".encode())

    assert told(reading) == [("0259", "2026Q01", 40.6), ("0259", "2026Q02", 41.2)]
    assert reading.missing == 2
    assert {figure.group for figure in reading.figures} == {"ready_for_work"}


def test_or_a_column_for_each_measure():
    layout = Layout(
        {
            "Kommune": "municipality",
            "År": "period",
            "Ledige": "value of unemployed",
            "Beskæftigede": "value of employment_rate",
        }
    )

    reading = read_as(layout, "Kommune\tÅr\tLedige\tBeskæftigede\n259\t2020Y01\t1.144\t76,8\n".encode())

    assert [(figure.measure, figure.value) for figure in reading.figures] == [
        ("unemployed", 1144),
        ("employment_rate", 76.8),
    ]


def test_a_spreadsheet_is_read_by_its_numbers_whatever_they_look_like():
    layout = Layout(
        {"Område": "municipality", "Periode": "period", "Andel": "value"}, {"measure": "employment_rate"}
    )

    reading = read_as(
        layout,
        sheet(
            ["Område", "Periode", "Andel"], ["Køge", "2020Y01", 76.8], [], ["Roskilde", "2020Y01", 80], [265]
        ),
    )

    assert told(replace(reading, problems=[])) == [("0259", "2020Y01", 76.8), ("0265", "2020Y01", 80)]
    assert [problem.line for problem in reading.problems] == [5]


def test_shares_become_per_cents():
    layout = Layout(
        {"Sted": "municipality", "År": "period", "Andel": "value"}, {"measure": "employment_rate"}, factor=100
    )

    assert told(read_as(layout, "Sted;År;Andel\nKøge;2020Y01;0,29\n".encode())) == [("0259", "2020Y01", 29)]


def test_the_sources_own_words_are_translated():
    layout = Layout(
        {"Sted": "jobcentre", "Tid": "period", "Måling": "measure", "Gruppe": "group", "Værdi": "value"},
        words={"measure": {"Andel i job": "job_after_6_months"}, "group": {"Jobparate": "ready_for_work"}},
    )

    (figure,) = read_as(
        layout, "Sted;Tid;Måling;Gruppe;Værdi\nKøge;2026Q01;Andel i job;Jobparate;40\n".encode()
    ).figures

    assert (figure.measure, figure.group) == ("job_after_6_months", "ready_for_work")


def test_regions_and_the_country_are_left_out_and_counted():
    layout = Layout({"Område": "jobcentre", "2026Q01": "value of 2026Q01"}, RESULT)

    reading = read_as(layout, "Område;2026Q01\nHele landet;38\nRegion Sjælland;39\nKøge;40\n".encode())

    assert reading.wholes == 2
    assert told(reading) == [("0259", "2026Q01", 40)]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("Område;2026Q01;2026Q02\nKøge;1;2\n", "The column “2026Q02” is new"),
        ("Sted;2026Q01\nKøge;1\n", "The column “Område” is missing."),
        ("Område;2026Q01\nKøge;1;2\n", "Line 2 has 3 fields, and the first line 2."),
    ],
)
def test_a_table_that_has_changed_its_form_is_told(content, said):
    layout = Layout({"Område": "jobcentre", "2026Q01": "value of 2026Q01"}, RESULT)

    with pytest.raises(Unreadable) as refused:
        read_as(layout, content.encode())

    assert said in str(refused.value)


def test_a_layout_without_a_measure_is_told():
    with pytest.raises(Unreadable, match="“måling” is missing"):
        read_as(Layout({"Sted": "jobcentre", "Tid": "period", "Tal": "value"}), b"Sted;Tid;Tal\n")


def test_a_damaged_spreadsheet_is_told():
    with pytest.raises(Unreadable, match="cannot be read as XLSX"):
        read_as(Layout({}), sheet(["a"])[:200])


def test_what_columns_hold_is_guessed_from_their_names():
    assert guess(["Område", "Periode", "2026q01", "Tæller", "Andet"]).columns == {
        "Område": "municipality",
        "Periode": "period",
        "2026q01": "value of 2026Q01",
        "Tæller": "numerator",
        "Andet": "",
    }


def test_a_file_of_our_own_is_read_back_to_the_same_figures():
    content = "måling;målgruppe;jobcenter;kommune;periode;tæller;nævner;værdi\n" + "\n".join(
        [
            "job_after_6_months;ready_for_work;0259;;2026QMAT03;547;1346;",
            "unemployed;;;0265;2020Y01;;;1144,25",
        ]
    )
    figures = read(content.encode(), known=KNOWN).figures

    assert read(as_file(figures), known=KNOWN).figures == figures

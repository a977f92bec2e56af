"""A list as a file: what comes out is what went in, and nothing of it is a formula."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import RequestFactory
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from jobcenter.pages import sheets
from jobcenter.pages.sheets import Column, harmless

BEGINNINGS = [*"=+-@\t\r\n＝＋－＠﹢﹣﹦﹫⁺⁼−"]
RUN = "=cmd|' /C calc'!A0"

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
COLUMNS = [Column("Navn", lambda row: row[0]), Column("Antal", lambda row: row[1])]


def as_file(kind, rows, columns=COLUMNS):
    response = sheets.asked(RequestFactory().get("/", {"hent": kind}), "Virksomheder", columns, rows)
    return response, b"".join(response)


def read_csv(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def read_xlsx(content):
    return load_workbook(io.BytesIO(content)).active


def test_a_page_that_is_not_asked_for_a_file_is_a_page():
    assert sheets.asked(RequestFactory().get("/"), "Virksomheder", COLUMNS, []) is None
    assert sheets.asked(RequestFactory().get("/?hent=exe"), "Virksomheder", COLUMNS, []) is None


def test_excel_is_told_that_it_is_utf_8_and_finds_the_columns():
    response, content = as_file("csv", [("Ærø Sømænd", 3)])

    assert content.startswith(b"\xef\xbb\xbf")
    assert read_csv(content) == [["Navn", "Antal"], ["Ærø Sømænd", "3"]]
    assert response["Content-Disposition"].startswith('attachment; filename="virksomheder-')


def test_a_list_may_have_more_columns_than_the_alphabet_has_letters():
    wide = [Column(f"Kolonne {place}", lambda row, place=place: row[place]) for place in range(60)]
    _response, content = as_file("xlsx", [tuple(range(60))], wide)

    assert [cell.value for cell in read_xlsx(content)[2]] == list(range(60))


@pytest.mark.parametrize("begins", BEGINNINGS)
def test_a_text_that_begins_like_a_formula_is_only_a_text(begins):
    text = f"{begins}1+1"
    _response, content = as_file("csv", [(text, 1)])

    assert read_csv(content)[1][0] == f"'{text}"


@pytest.mark.parametrize("before", [" ", "\u00a0", "\u200b", "\ufeff", "\x00 ", " \t"])
def test_nor_does_it_help_to_hide_the_sign_behind_what_cannot_be_seen(before):
    assert harmless(before + RUN) == f"'{before}{RUN}"


@given(texts)
def test_no_text_is_a_formula_and_none_is_changed_otherwise(text):
    written = harmless(text)

    assert written in (text, f"'{text}")
    assert not written.lstrip().startswith(tuple("=+-@")) or written.startswith("'")
    assert written[:1] not in ("\t", "\r", "\n", "＝", "＋", "－", "＠")


@given(st.lists(st.tuples(texts, st.integers(-(10**9), 10**9)), max_size=5))
def test_a_workbook_reads_back_as_text_and_numbers_without_a_formula(rows):
    _response, content = as_file("xlsx", rows)
    sheet = read_xlsx(content)

    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)
    assert [line[1] for line in sheet.iter_rows(min_row=2, values_only=True)] == [row[1] for row in rows]


def test_a_workbook_keeps_a_telephone_number_as_it_is_written():
    sheet = read_xlsx(as_file("xlsx", [("+45 56 00 11 00", 1), (RUN, 2)])[1])

    assert sheet["A2"].value == "+45 56 00 11 00"
    assert sheet["A3"].value == RUN
    assert sheet["A3"].data_type == "s"
    assert sheet["A3"].quotePrefix


def test_danish_letters_of_a_name_are_written_out_in_the_name_of_the_file():
    columns = [Column("Navn", lambda row: row)]
    asked = RequestFactory().get("/", {"hent": "csv"})

    file = sheets.asked(asked, "Sjælland: Ny ydelse, jobparate på Ærø, Åbenrå og Øer", columns, [])

    assert (
        'filename="sjaelland-ny-ydelse-jobparate-paa-aeroe-aabenraa-og-oeer-2' in file["Content-Disposition"]
    )


@given(st.floats(1e-300, 1e6), st.integers(0, 6))
def test_no_positive_number_is_rounded_to_nothing(value, decimals):
    assert sheets.rounded(value, decimals) == pytest.approx(value, rel=0.1, abs=0.5 * 10**-decimals)
    assert sheets.rounded(value, decimals) > 0
    assert sheets.rounded(-value, decimals) == -sheets.rounded(value, decimals)


@pytest.mark.parametrize(
    ("value", "told"), [(0.0000234, "2,3E-05"), (0.00066, "0,00066"), (0.04567, "0,0457"), (0.0, "0,0")]
)
def test_a_small_number_is_written_with_its_digits_and_as_excel_reads_it(value, told):
    columns = [Column("p", lambda row: sheets.rounded(row, 4))]

    assert read_csv(as_file("csv", [value], columns)[1])[1] == [told]
    assert read_xlsx(as_file("xlsx", [value], columns)[1])["A2"].value == sheets.rounded(value, 4)


def test_numbers_days_and_times_stay_what_they_are():
    at = datetime(2026, 11, 23, 11, 30, 59, tzinfo=UTC)
    columns = [Column(name, lambda row, place=place: row[place]) for place, name in enumerate("abcde")]
    row = (-5, Decimal("26.3"), date(2026, 11, 23), at, None)

    with override("da"):
        written = read_csv(as_file("csv", [row], columns)[1])[1]
        assert written == ["-5", "26,3", "2026-11-23", "2026-11-23 12:30", ""]
    with override("en"):
        assert read_csv(as_file("csv", [row], columns)[1])[1][1] == "26.3"
    sheet = read_xlsx(as_file("xlsx", [row], columns)[1])
    assert [cell.value for cell in sheet[2]] == [
        -5,
        26.3,
        datetime(2026, 11, 23),  # noqa: DTZ001
        datetime(2026, 11, 23, 12, 30),  # noqa: DTZ001
        None,
    ]

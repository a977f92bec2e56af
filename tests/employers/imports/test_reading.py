"""A list as people have it: any separator, any letters, any of the usual names of columns."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from employers.imports import reading
from employers.imports.reading import Unreadable, read

LINE = {"cvr": "99000019", "person": "Søren Ærø", "phone": "56 00 11 00"}


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("letters", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_csv_is_read_however_it_was_saved(separator, letters, end):
    text = end.join(
        separator.join(cells)
        for cells in (
            ["CVR-nr.", "Kontaktperson", "Tlf."],
            ["99000019", "Søren Ærø", "56 00 11 00"],
            ["", "", ""],
        )
    )
    assert read(text.encode(letters), name="x.csv") == [(2, LINE)]


def test_a_workbook_is_read_with_numbers_as_people_write_them():
    book = Workbook()
    for row in (
        ["CVR nummer", "Navn", "Telefon", "Bemærkning"],
        [99000019, "Søren Ærø", "'+45 56001100", "x"],
    ):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)

    assert read(file.getvalue(), name="x.xlsx") == [(2, {**LINE, "phone": "+45 56001100"})]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "tom"),
        (b"Farve;Form\nrund;blaa\n", "CVR-nummeret eller virksomheden"),
        (b"CVR;CVR-nr\n1;2\n", "to gange"),
        (b"CVR;Navn\n", "ingen linje"),
        (b"CVR\n" + b"99000019\n" * 1001, "mere end 1.000 linjer"),
        (b"a" * (reading.LARGEST + 1), "2 MB"),
        (b"PK\x03\x04 and then nothing", "XLSX"),
        (b"CVR\n\x00\x01\x02", "hverken CSV eller XLSX"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_why(content, why):
    with pytest.raises(Unreadable, match=why):
        read(content, name="x")


def test_a_packed_file_that_is_far_larger_than_it_looks_is_not_unpacked():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * (reading.LARGEST_UNPACKED + 1))

    with pytest.raises(Unreadable, match="pakkes ud"):
        read(file.getvalue(), name="x.xlsx")

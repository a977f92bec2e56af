from datetime import date

import pytest

from jobcenter.runtime.csvlines import (
    Line,
    Period,
    Reading,
    Refusal,
    Unreadable,
    digits,
    filled,
    number,
    period,
    read,
    whole_number,
)


def towns(text: str | bytes) -> Reading[tuple[str, str]]:
    """Reads lines of code and name."""
    return read(
        text if isinstance(text, bytes) else text.encode(),
        lambda row: (digits(row, "code", count=4), filled(row, "name")),
        columns=("code", "name"),
        key=lambda town: town[0],
    )


def test_good_lines_are_numbered_as_an_editor_numbers_them():
    reading = towns("code,name\n4600,Køge\n\n4000,Roskilde\n")

    assert reading.lines == [Line(2, ("4600", "Køge")), Line(4, ("4000", "Roskilde"))]
    assert reading.refusals == []


def test_a_bad_line_is_refused_with_its_reason_and_the_others_are_kept():
    reading = towns("code,name\n4600,Køge\n46,Herfølge\n4000,\n4100,Ringsted\n")

    assert [line.value[1] for line in reading.lines] == ["Køge", "Ringsted"]
    assert reading.refusals == [
        Refusal(3, "code must have 4 digits, not “46”"),
        Refusal(4, "name is empty"),
    ]


def test_the_second_line_with_the_same_key_is_refused_and_names_the_first():
    reading = towns("code,name\n4600,Køge\n4600,Kjøge\n")

    assert [line.value for line in reading.lines] == [("4600", "Køge")]
    assert [str(refusal) for refusal in reading.refusals] == ["line 3: it repeats line 2"]


@pytest.mark.parametrize("line", ["4600", "4600,Køge,Sjælland"])
def test_a_line_with_another_number_of_fields_is_refused(line):
    assert towns(f"code,name\n{line}\n").refusals == [
        Refusal(2, "it has another number of fields than the first line")
    ]


def test_a_missing_column_is_named():
    with pytest.raises(Unreadable, match=r"^The column name is missing\.$"):
        towns("code,navn\n4600,Køge\n")


def test_an_empty_file_lacks_its_columns():
    with pytest.raises(Unreadable, match="The column code is missing"):
        towns("")


def test_a_column_that_is_there_twice_is_named():
    with pytest.raises(Unreadable, match="The column name is there more than once"):
        towns("code,name,name\n4600,Køge,Kjøge\n")


def test_semicolons_where_commas_are_needed_are_told():
    with pytest.raises(Unreadable, match="separated by semicolons"):
        towns("code;name\n4600;Køge\n")


def test_a_character_that_is_none_is_told_with_its_line():
    with pytest.raises(Unreadable, match="Line 2 holds a character that is none"):
        towns("code,name\n4600,K\0ge\n")


def test_another_encoding_is_told_by_the_first_byte_that_cannot_be_read():
    with pytest.raises(Unreadable, match="not UTF-8: byte 17 "):
        towns("code,name\n4600,Køge\n".encode("iso-8859-1"))


def test_a_quotation_that_never_ends_is_told_with_its_line():
    with pytest.raises(Unreadable, match="Line 3 is not comma-separated text"):
        towns('code,name\n4600,Køge\n4000,"Roskilde\n')


def test_a_byte_order_mark_is_not_part_of_the_first_column():
    assert len(towns("\ufeffcode,name\n4600,Køge\n").lines) == 1


def test_a_further_step_may_refuse_a_line_too():
    def known(town: tuple[str, str]) -> str:
        if town[1] != "Køge":
            raise ValueError("nobody knows it")
        return town[1]

    reading = towns("code,name\n46,Kø\n4600,Køge\n4000,Roskilde\n").then(known)

    assert reading.lines == [Line(3, "Køge")]
    assert [refusal.line for refusal in reading.refusals] == [2, 4]


@pytest.mark.parametrize("text", ["55,5", "", "north", "nan", "58", "5_5", "٥٥"])
def test_what_is_no_number_between_the_limits_is_refused(text):
    with pytest.raises(ValueError, match="latitude"):
        number({"latitude": text}, "latitude", lowest=54, highest=57.8)


@pytest.mark.parametrize("text", ["3.0", "-1", "²", "4000000"])
def test_what_is_no_whole_number_between_the_limits_is_refused(text):
    with pytest.raises(ValueError, match="population"):
        whole_number({"population": text}, "population", lowest=1, highest=2_000_000)


def test_digits_of_another_script_are_refused():
    with pytest.raises(ValueError, match="4 digits"):
        digits({"code": "٤٦٠٠"}, "code", count=4)


def test_a_period_may_be_open_but_not_end_before_it_begins():
    assert period({"valid_from": "2007-01-01", "valid_to": ""}) == Period(date(2007, 1, 1), None)
    with pytest.raises(ValueError, match="valid_to must be after valid_from"):
        period({"valid_from": "2022-01-01", "valid_to": "2022-01-01"})
    with pytest.raises(ValueError, match="must be a date such as"):
        period({"valid_from": "1.1.2007", "valid_to": ""})

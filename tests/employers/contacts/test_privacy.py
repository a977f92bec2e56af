import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from jobcenter.pages.privacy import cpr_numbers, without_cpr


@pytest.mark.parametrize(
    "text",
    [
        "Ansøgeren er 010190-1234.",
        "cpr 0101901234",
        "010190 1234",
        "010190 - 1234",
        "010190–1234",
        "290200-1234",  # a leap day
        "311299-0000",  # fails the check digit, as numbers given out since 2007 may
        "se: 010190-1234, og ring",
    ],
)
def test_a_number_with_a_valid_date_is_found(text):
    assert len(cpr_numbers(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ring 56 67 67 67 efter kl. 14",
        "CVR 39057164",
        "320190-1234",  # no 32nd
        "011390-1234",  # no 13th month
        "290201-1234",  # 2001 and 1901 have no leap day
        "P-nummer 1012345678",  # a workplace's number begins like a date
        "9010190-12345",
        "EAN 5790001012345",
        "010190-123",
        "ordre A010190-1234B",
    ],
)
def test_other_numbers_are_left_alone(text):
    assert cpr_numbers(text) == []


def test_it_is_told_where_the_number_stands_without_repeating_it():
    text = "Hun er 010190-1234 og han 020285-4321"

    first, second = cpr_numbers(text)

    assert text[first.start : first.end] == "010190-1234"
    assert (first.shown, second.shown) == ("010190-xxxx", "020285-xxxx")


def test_the_error_points_at_the_number_and_keeps_its_secret():
    with pytest.raises(ValidationError) as refused:
        without_cpr("Ring til 010190-1234")

    assert "010190-xxxx" in refused.value.messages[0]
    assert "1234" not in refused.value.messages[0]


def test_a_text_without_a_number_passes():
    without_cpr("Vil se to til montageholdet den 01-01-90 kl. 12.34")


@given(
    before=st.text(st.characters(codec="latin-1", exclude_categories=["Nd", "L", "Pd", "Pc"]), max_size=20)
)
def test_whatever_stands_before_it_hides_no_number(before):
    assert [found.shown for found in cpr_numbers(f"{before} 150678-1111")] == ["150678-xxxx"]

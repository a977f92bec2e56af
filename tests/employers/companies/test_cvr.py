import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from employers.companies.cvr import checked, p_number_shown, shown

BM = "10172748"
"""The ministry's own number, which passes the check."""


def said(typed: str, language: str = "da") -> str:
    with translation.override(language), pytest.raises(ValidationError) as refused:
        checked(typed)
    (sentence,) = refused.value.messages
    return sentence


@pytest.mark.parametrize(
    "typed",
    [
        "10172748",
        "10 17 27 48",
        " 1017 2748 ",
        "10.17.27.48",
        "DK10172748",
        "dk-10 17 27 48",
        "10\N{NO-BREAK SPACE}17\N{NO-BREAK SPACE}27\N{NO-BREAK SPACE}48",
    ],
)
def test_a_number_may_be_typed_as_people_write_it(typed):
    assert checked(typed) == BM


@pytest.mark.parametrize("typed", ["24256791", "10172784", "10000000", "44912038"])
def test_a_number_whose_check_digit_does_not_fit_is_refused_with_what_to_look_for(typed):
    assert (
        said(typed) == "Det CVR-nummer findes ikke: cifrene passer ikke sammen. Se efter, om to er byttet om."
    )


@pytest.mark.parametrize(("typed", "count"), [("1017274", 7), ("101727480", 9), ("1", 1)])
def test_too_few_or_too_many_digits_are_counted(typed, count):
    assert said(typed) == f"Et CVR-nummer har 8 cifre; I skrev {count}"
    assert said(typed, "en") == f"A CVR number has 8 digits; you wrote {count}"


@pytest.mark.parametrize(
    "typed", ["Strandmarkens", "1017274A", "١٠١٧٢٧٤٨", "10172748;--", "", "\x0010172748"]
)
def test_anything_but_digits_is_refused(typed):
    assert said(typed) == "Et CVR-nummer består kun af cifre: 8 i alt"


def test_a_number_with_a_leading_zero_was_never_given_out():
    assert "findes ikke" in said("00000000")


def test_numbers_are_shown_as_they_are_read_aloud():
    assert shown("44912038") == "44 91 20 38"
    assert p_number_shown("1027554318") == "1 027 554 318"

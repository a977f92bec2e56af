from datetime import date

import pytest

from jobcenter.geography.models import Postcode
from jobcenter.geography.places import UnknownPostcode, municipalities_at

TODAY = date(2026, 11, 22)


def test_a_postcode_of_one_municipality_gives_that_one(koege, roskilde):
    assert municipalities_at("4600", on=TODAY) == [koege.municipality]


def test_the_municipality_with_most_of_the_land_comes_first(koege, roskilde, aarhus):
    place = Postcode.objects.get(code="4000")
    place.municipalities.set([aarhus.municipality, koege.municipality, roskilde.municipality])

    assert municipalities_at("4000", on=TODAY) == [
        roskilde.municipality,
        aarhus.municipality,
        koege.municipality,
    ]


def test_the_main_municipality_is_named_once_though_the_list_repeats_or_forgets_it(koege):
    Postcode.objects.create(
        code="4601",
        name="Køge",
        sort_key="koege",
        municipality=koege.municipality,
        valid_from=date(2007, 1, 1),
    )

    assert municipalities_at("4601", on=TODAY) == [koege.municipality]


def test_an_unknown_postcode_is_an_error_of_its_own(koege):
    with pytest.raises(UnknownPostcode, match="9999"):
        municipalities_at("9999", on=TODAY)


def test_a_postcode_that_has_been_given_up_is_unknown(koege):
    Postcode.objects.filter(code="4600").update(valid_to=TODAY)

    with pytest.raises(UnknownPostcode):
        municipalities_at("4600", on=TODAY)

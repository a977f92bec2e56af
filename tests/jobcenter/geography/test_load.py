from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import time_machine
from django.db import IntegrityError, transaction

from jobcenter.geography import load
from jobcenter.geography.models import (
    Area,
    AreaMunicipality,
    Catchment,
    CatchmentRule,
    CatchmentVersion,
    Municipality,
    Outline,
    Postcode,
)
from jobcenter.geography.reading import DIVISIONS
from jobcenter.runtime.csvlines import Unreadable

pytestmark = pytest.mark.django_db


@pytest.fixture
def denmark(db):
    """All of the room's reference data."""
    load.load_areas()
    load.load_municipalities()
    load.load_outlines()
    load.load_postcodes()
    load.load_catchments()


@pytest.fixture
def municipalities(db):
    load.load_areas()
    load.load_municipalities()


def with_lines(folder: Path, original: Path, change) -> Path:
    """A copy of a file whose lines `change` may alter; the first line stays where it is."""
    head, *lines = original.read_text().splitlines()
    copy = folder / original.name
    copy.write_text("\n".join([head, *change(lines)]) + "\n")
    return copy


def test_denmark_has_four_eight_and_five_areas_one_after_the_other(denmark):
    today = date(2026, 11, 22)

    assert Counter(Area.objects.values_list("division", flat=True)) == {
        Area.Division.EMPLOYMENT_REGIONS: 4,
        Area.Division.LABOUR_MARKET_COUNCILS: 8,
        Area.Division.REGIONS: 5,
    }
    assert [Area.objects.valid(date(year, 1, 1)).count() for year in (2007, 2014, 2015, 2024, 2025)] == [
        4,
        4,
        8,
        8,
        5,
    ]
    assert [area.name for area in Area.objects.valid(today)] == [
        "Hovedstaden",
        "Midtjylland",
        "Nordjylland",
        "Sjælland",
        "Syddanmark",
    ]


def test_the_divisions_of_the_file_are_those_of_the_table():
    assert set(DIVISIONS) == set(Area.Division.values)


def test_every_municipality_is_in_one_area_of_each_division(denmark):
    assert Municipality.objects.count() == 98
    for division in Area.Division.values:
        of_division = AreaMunicipality.objects.filter(division=division)
        assert of_division.values("municipality").distinct().count() == of_division.count() == 98
    sizes = Counter(
        AreaMunicipality.objects.filter(division=Area.Division.REGIONS).values_list("area__code", flat=True)
    )
    assert sizes == {
        "hovedstaden": 29,
        "sjaelland": 17,
        "syddanmark": 22,
        "midtjylland": 19,
        "nordjylland": 11,
    }


def test_koege_is_found_with_its_names_place_and_people(denmark):
    koege = Municipality.objects.get(code="0259")

    assert (koege.name, koege.official_name) == ("Køge", "Køge Kommune")
    assert (koege.population, koege.population_year) == (62_458, 2023)
    assert {area.name for area in koege.areas.all()} == {
        "Beskæftigelsesregion Hovedstaden & Sjælland",
        "RAR Sjælland",
        "Sjælland",
    }


def test_municipalities_come_in_danish_order(denmark):
    names = [municipality.name for municipality in Municipality.objects.all()]

    assert names[0] == "Albertslund"
    assert names[-4:] == ["Ærø", "Aabenraa", "Aalborg", "Aarhus"]


def test_every_municipality_has_an_outline_that_begins_and_ends(denmark):
    paths = list(Outline.objects.values_list("path", flat=True))

    assert len(paths) == 98
    assert all(path.startswith("M") and path.endswith("Z") for path in paths)


def test_there_are_1124_postcodes_of_which_35_have_no_place(denmark):
    assert Postcode.objects.count() == 1124
    assert Postcode.objects.filter(latitude=None, longitude=None).count() == 35
    assert Postcode.objects.filter(latitude=None).exclude(longitude=None).count() == 0


def test_a_postcode_may_lie_in_several_municipalities_and_belongs_first_to_the_largest(denmark):
    koege = Postcode.objects.get(code="4600")

    assert koege.municipality.name == "Køge"
    assert [one.name for one in koege.municipalities.all()] == ["Holbæk", "Køge", "Stevns"]
    assert not Postcode.objects.exclude(municipalities__in=Municipality.objects.all()).exists()


def test_the_catchment_of_koege_reaches_its_neighbours_but_not_aarhus(denmark):
    koege = Municipality.objects.get(code="0259")
    shared = {
        one.name for one in Municipality.objects.in_catchment_of(Municipality.objects.filter(pk=koege.pk))
    }

    assert shared >= {"Køge", "Solrød", "Greve", "Stevns", "Faxe", "Roskilde"}
    assert not shared & {"Aarhus", "Odense", "Bornholm", "Slagelse"}


def test_bornholm_shares_its_labour_supply_with_nobody(denmark):
    bornholm = Municipality.objects.filter(code="0400")

    assert list(Municipality.objects.in_catchment_of(bornholm)) == list(bornholm)


def test_the_capital_shares_one_labour_supply_but_for_bornholm(denmark):
    capital = set(Municipality.objects.in_area(Area.objects.get(code="hovedstaden")))
    members = Catchment.objects.in_force().members().filter(centre__code="0101")

    assert {one.name for one in capital - {row.municipality for row in members}} == {"Bornholm"}
    assert len(capital) == 29
    ishoej = Municipality.objects.filter(code="0183")
    shared = {one.name for one in Municipality.objects.in_catchment_of(ishoej)}
    assert shared >= {"Ballerup", "Helsingør", "København"}, "by Copenhagen's, though not by each other's"


def test_a_second_load_finds_everything_unchanged(denmark):
    tables = [
        *load.load_areas(),
        *load.load_municipalities(),
        *load.load_outlines(),
        *load.load_postcodes(),
        *load.load_catchments(),
    ]

    assert [(table.added, table.changed, table.removed, table.refusals) for table in tables] == [
        (0, 0, 0, [])
    ] * 8
    assert {table.table: table.unchanged for table in tables} == {
        "geography.Area": 17,
        "geography.Municipality": 98,
        "geography.AreaMunicipality": 3 * 98,
        "geography.Outline": 98,
        "geography.Postcode": 1124,
        "geography.Postcode_municipalities": 1436,
        "geography.CatchmentRule": 1,
        "geography.Catchment": Catchment.objects.count(),
    }


def test_the_number_of_queries_does_not_follow_the_number_of_rows(
    municipalities, django_assert_max_num_queries
):
    with django_assert_max_num_queries(20):
        load.load_postcodes()


def test_a_changed_name_is_brought_up_to_date_and_keeps_its_row(municipalities, tmp_path):
    before = Municipality.objects.get(code="0259")
    renamed = with_lines(
        tmp_path, load.MUNICIPALITIES, lambda lines: [line.replace(",Køge,", ",Æge,") for line in lines]
    )

    merged, _areas = load.load_municipalities(renamed)

    after = Municipality.objects.get(code="0259")
    assert (merged.added, merged.changed, merged.unchanged) == (0, 1, 97)
    assert (after.pk, after.name) == (before.pk, "Æge")
    assert after.sort_key > Municipality.objects.get(code="0791").sort_key


def test_a_refused_line_is_told_with_its_number_and_keeps_what_was_there(municipalities, tmp_path):
    broken = with_lines(
        tmp_path, load.MUNICIPALITIES, lambda lines: [line.replace("55.4561", "5.4561") for line in lines]
    )

    merged, _areas = load.load_municipalities(broken)

    assert [str(refusal) for refusal in merged.refusals] == [
        "line 29: latitude must lie between 54.5 and 57.8, not 5.4561"
    ]
    assert merged.unchanged == 97
    assert Municipality.objects.get(code="0259").areas.count() == 3


def test_a_municipality_that_moves_to_another_area_is_moved_and_not_doubled(municipalities, tmp_path):
    moved = with_lines(
        tmp_path,
        load.MUNICIPALITIES,
        lambda lines: [
            line.replace(",sjaelland,", ",hovedstaden,") if line[:4] == "0259" else line for line in lines
        ],
    )

    _municipalities, memberships = load.load_municipalities(moved)

    assert (memberships.added, memberships.changed) == (0, 1)
    assert (
        AreaMunicipality.objects.get(municipality__code="0259", division=Area.Division.REGIONS).area.code
        == "hovedstaden"
    )


def test_an_unknown_area_is_refused_and_the_municipality_is_loaded(municipalities, tmp_path):
    file = with_lines(
        tmp_path,
        load.MUNICIPALITIES,
        lambda lines: [
            line.replace(",sjaelland,", ",atlantis,") if line[:4] == "0259" else line for line in lines
        ],
    )

    merged, memberships = load.load_municipalities(file)

    assert merged.unchanged == 98
    assert [refusal.reason for refusal in memberships.refusals] == ["there is no area “atlantis”"]


def test_a_postcode_in_an_unknown_municipality_is_refused_and_the_others_are_loaded(municipalities, tmp_path):
    file = with_lines(
        tmp_path,
        load.POSTCODES,
        lambda lines: [*lines, "9998,Christiansø,0411,55.3,15.1", "9999,Ingenby,,55.3,12.1"],
    )

    postcodes, _lies_in = load.load_postcodes(file)

    assert postcodes.added == 1124
    assert [(refusal.line, refusal.reason) for refusal in postcodes.refusals] == [
        (1127, "municipalities is empty"),
        (1126, "there is no municipality 0411"),
    ]
    assert not Postcode.objects.filter(code__in=("9998", "9999")).exists()


def test_a_postcode_that_has_left_a_municipality_no_longer_lies_in_it(municipalities, tmp_path):
    load.load_postcodes()
    file = with_lines(
        tmp_path,
        load.POSTCODES,
        lambda lines: [line.replace("0259 0316 0336", "0259 0336") for line in lines],
    )

    _postcodes, lies_in = load.load_postcodes(file)

    assert lies_in.removed == 1
    assert [one.name for one in Postcode.objects.get(code="4600").municipalities.all()] == ["Køge", "Stevns"]


def test_an_outline_with_anything_but_moves_and_lines_is_refused(municipalities, tmp_path):
    file = with_lines(tmp_path, load.OUTLINES, lambda lines: ['0259,"M0,0L1,1Z<script>"', *lines[1:]])

    (outlines,) = load.load_outlines(file)

    assert outlines.refusals[0].line == 2
    assert not Outline.objects.filter(path__contains="<").exists()


RULES = "valid_from,valid_to,link_share,self_containment,half_distance_km,exponent,source\n"


def test_the_rule_of_the_catchments_is_the_one_in_force_today(municipalities, tmp_path):
    file = tmp_path / "rules.csv"
    file.write_text(f"{RULES}2007-01-01,2030-01-01,0.10,0.65,12,2.5,One\n2030-01-01,,0.15,0.65,12,2.5,Two\n")

    load.load_catchments(file)
    first = CatchmentVersion.objects.get()
    with time_machine.travel("2030-01-01 12:00"):
        load.load_catchments(file)

    second = CatchmentVersion.objects.in_force().get()
    helsingoer = {"centre__code": "0101", "municipality__code": "0217"}
    assert (first.link_share, second.link_share) == (0.10, 0.15)
    assert not second.rows.members().filter(**helsingoer).exists()
    assert first.rows.members().filter(**helsingoer).exists(), "the old one is still to be read"


def test_without_a_rule_in_force_the_catchments_stay_as_they_were(municipalities, tmp_path):
    load.load_catchments()
    before = Catchment.objects.count()
    CatchmentRule.objects.all().delete()
    file = tmp_path / "rules.csv"
    file.write_text(f"{RULES}2007-01-01,2008-01-01,0.10,0.65,12,2.5,One\n")

    with pytest.raises(Unreadable, match="No rule of labour catchments is in force"):
        load.load_catchments(file)

    assert Catchment.objects.count() == before > 98


def test_a_rule_that_cannot_be_is_refused_with_its_line(municipalities, tmp_path):
    file = tmp_path / "rules.csv"
    file.write_text(f"{RULES}2007-01-01,,0.10,0.65,12,2.5,One\n2030-01-01,,1.5,0.65,12,2.5,Two\n")

    rules, _catchments = load.load_catchments(file)

    assert [str(one) for one in rules.refusals] == [
        "line 3: link_share must lie between 0.01 and 0.99, not 1.5"
    ]


def test_the_database_refuses_a_municipality_in_two_areas_of_one_division(municipalities):
    sjaelland = AreaMunicipality.objects.get(municipality__code="0259", division=Area.Division.REGIONS)
    other = Area.objects.get(code="hovedstaden")

    with (
        pytest.raises(IntegrityError, match="areamunicipality_one_area_at_a_time_regions_2025"),
        transaction.atomic(),
    ):
        AreaMunicipality.objects.create(
            area=other,
            municipality=sjaelland.municipality,
            division=other.division,
            valid_from=date(2026, 1, 1),
        )
    # The same municipality in an area of an earlier division, at another time, is what happened.
    assert sjaelland.municipality.areas.count() == 3


def test_the_database_refuses_a_municipality_that_ends_before_it_begins(municipalities):
    koege = Municipality.objects.get(code="0259")
    koege.valid_to = koege.valid_from

    with (
        pytest.raises(IntegrityError, match="geography_municipality_valid_to_after_valid_from"),
        transaction.atomic(),
    ):
        koege.save()

"""Versions of the labour catchments: found from what is known, in force one after the other."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from jobcenter.geography.finding import NoRule, find_catchments
from jobcenter.geography.models import (
    Catchment,
    CatchmentRule,
    CatchmentVersion,
    Commuters,
    CommutingMatrix,
    Correction,
    Municipality,
)
from jobcenter.geography.tasks import find_catchments as nightly
from tests.conftest import LONG_AGO
from tests.making_catchments import make_rule

pytestmark = pytest.mark.django_db

Cause = CatchmentVersion.Cause


def place(code, name, *, east=0.0, population=10_000):
    """A municipality, so many degrees of longitude east of the town."""
    return Municipality.objects.create(
        code=code,
        name=name,
        official_name=f"{name} Kommune",
        sort_key=name.lower(),
        latitude=55.5,
        longitude=12.0 + east,
        population=population,
        population_year=2023,
        valid_from=LONG_AGO,
    )


@pytest.fixture
def town(db):
    make_rule()
    return place("0101", "By", population=90_000)


@pytest.fixture
def suburb(town):
    """About 6 km from the town."""
    return place("0102", "Forstad", east=0.1)


@pytest.fixture
def island(town):
    """About 250 km from both."""
    return place("0103", "Ø", east=4)


@pytest.fixture
def matrix(town, suburb, island):
    """Of the suburb's thousand, 400 work in the town, 90 on the island, and ten abroad."""
    matrix = CommutingMatrix.objects.create(
        year=2024, source="Danmarks Statistik", file_name="p.csv", imported_at=timezone.now()
    )
    for residence, workplace, employed in (
        (town, town, 900),
        (town, suburb, 100),
        (suburb, suburb, 500),
        (suburb, town, 400),
        (suburb, island, 90),
        (suburb, None, 10),
        (island, island, 60),
        (island, town, 3),
    ):
        Commuters.objects.create(matrix=matrix, residence=residence, workplace=workplace, employed=employed)
    return matrix


def catchment_of(centre):
    return {
        row.municipality.name: (row.ground, row.share)
        for row in Catchment.objects.in_force().filter(centre=centre).select_related("municipality")
    }


def sharing(municipality):
    found = Municipality.objects.in_catchment_of(Municipality.objects.filter(pk=municipality.pk))
    return sorted(one.name for one in found)


def test_without_a_matrix_catchments_are_estimated_and_said_to_be(town, suburb, island):
    version = find_catchments(cause=Cause.REFERENCE)

    assert (version.basis, version.matrix, version.is_estimated) == ("gravity", None, True)
    assert version.year == 2023, "the year of the population"
    assert catchment_of(town)["Forstad"][0] == "linked"
    assert sharing(suburb) == ["By", "Forstad"]
    assert sharing(island) == ["Ø"]
    assert not Catchment.objects.exclude(commuters=None).exists(), "an estimate has no numbers"


def test_a_matrix_is_used_where_there_is_one(matrix, town, suburb, island):
    version = find_catchments(cause=Cause.MATRIX)

    assert (version.basis, version.matrix, version.year) == ("commuting", matrix, 2024)
    assert catchment_of(town) == {"By": ("centre", 0.9), "Forstad": ("linked", 0.4)}
    row = Catchment.objects.get(version=version, centre=town, municipality=suburb)
    assert (row.commuters, row.share) == (400, 0.4), "of a thousand, ten of them abroad"
    assert catchment_of(suburb)["By"] == ("linked", 0.1), "exactly the limit"


def test_who_falls_short_is_told_with_how_much_but_shares_nothing(matrix, suburb, island):
    find_catchments(cause=Cause.MATRIX)

    assert catchment_of(island) == {"Ø": ("centre", 0.9524), "Forstad": ("too_few", 0.09)}
    assert sharing(island) == ["Ø"]


def test_how_many_stay_within_stands_on_the_row_of_the_centre(matrix, town):
    find_catchments(cause=Cause.MATRIX)

    rows = Catchment.objects.in_force().filter(centre=town).order_by("-share")
    # Town and suburb together: of 2,000 employed residents 90 work on the island and ten abroad.
    assert [row.self_containment for row in rows] == [0.95, None]


def test_the_latest_year_is_used_and_of_a_year_the_last_import(matrix, town, suburb):
    older = CommutingMatrix.objects.create(
        year=2023, source="Danmarks Statistik", file_name="o.csv", imported_at=timezone.now()
    )
    Commuters.objects.create(matrix=older, residence=town, workplace=suburb, employed=1)

    assert find_catchments(cause=Cause.MATRIX).matrix == matrix


def test_the_same_figures_make_no_new_version(matrix, town, suburb):
    first = find_catchments(cause=Cause.MATRIX)

    assert find_catchments(cause=Cause.REFERENCE) is None
    assert CatchmentVersion.objects.get() == first


def test_a_new_version_is_read_everywhere_and_the_old_one_stays_to_be_read(matrix, town, suburb):
    first = find_catchments(cause=Cause.MATRIX)
    town.population += 1
    town.save()
    assert find_catchments(cause=Cause.REFERENCE) is None, "commuting does not ask for the population"
    Commuters.objects.filter(matrix=matrix, residence=suburb, workplace=town).update(employed=40)
    Commuters.objects.filter(matrix=matrix, residence=town, workplace=suburb).delete()

    second = find_catchments(cause=Cause.MATRIX)

    assert CatchmentVersion.objects.in_force().get() == second
    assert sharing(town) == ["By"]
    assert first.rows.members().filter(centre=town).count() == 2


def test_a_municipality_that_is_no_more_has_no_catchment(town, suburb):
    suburb.valid_to = date(2020, 1, 1)
    suburb.save()

    find_catchments(cause=Cause.REFERENCE)

    assert not Catchment.objects.filter(municipality=suburb).exists()


def test_without_a_rule_nothing_is_found(db):
    with pytest.raises(NoRule):
        find_catchments(cause=Cause.REFERENCE)


def test_a_rule_that_begins_on_a_day_is_in_use_after_that_night(matrix, town, suburb):
    find_catchments(cause=Cause.MATRIX)
    CatchmentRule.objects.update(valid_to=date(2030, 1, 1))
    make_rule(link_share=0.5, valid_from=date(2030, 1, 1))

    with time_machine.travel("2029-12-31 00:20", tick=True):
        nightly()
    assert sharing(town) == ["By", "Forstad"]
    with time_machine.travel("2030-01-01 00:20", tick=True):
        nightly()

    assert CatchmentVersion.objects.in_force().get().link_share == 0.5
    assert sharing(town) == ["By"]


def test_a_correction_includes_and_another_excludes(matrix, town, suburb, island, national):
    Correction.objects.create(
        centre=town, municipality=island, effect="include", reason="Ny bro", made_by=national
    )
    Correction.objects.create(
        centre=town, municipality=suburb, effect="exclude", reason="Færgen er nedlagt", made_by=national
    )

    find_catchments(cause=Cause.CORRECTION, by=national)

    assert catchment_of(town) == {
        "By": ("centre", 0.9),
        "Forstad": ("excluded", 0.4),
        "Ø": ("included", 0.0476),
    }
    assert sharing(town) == ["By", "Forstad", "Ø"], "the suburb still by its own catchment"
    assert sharing(island) == ["By", "Ø"]


def test_a_correction_outlives_new_figures(matrix, town, island, national):
    correction = Correction.objects.create(
        centre=town, municipality=island, effect="include", reason="Ny bro", made_by=national
    )
    Commuters.objects.filter(residence=island, workplace=town).delete()

    find_catchments(cause=Cause.MATRIX)

    row = Catchment.objects.in_force().get(centre=town, municipality=island)
    assert (row.ground, row.correction, row.commuters) == ("included", correction, 0)


def test_a_correction_of_a_municipality_that_is_no_more_disturbs_nothing(matrix, town, island, national):
    Correction.objects.create(
        centre=town, municipality=island, effect="include", reason="Ny bro", made_by=national
    )
    island.valid_to = date(2020, 1, 1)
    island.save()

    find_catchments(cause=Cause.MATRIX)

    assert set(catchment_of(town)) == {"By", "Forstad"}


def test_to_ask_who_shares_labour_is_one_query(matrix, town, django_assert_num_queries):
    find_catchments(cause=Cause.MATRIX)

    with django_assert_num_queries(1):
        sharing(town)


def test_what_a_version_says_cannot_be_changed(matrix, town):
    version = find_catchments(cause=Cause.MATRIX)

    for rows in (Catchment.objects.filter(version=version), CatchmentVersion.objects.all()):
        with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
            rows.update(**({"share": 1} if rows.model is Catchment else {"year": 2001}))


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"reason": ""}, "correction_has_a_reason"),
        ({"ended_at": timezone.now()}, "correction_ended_by_somebody_for_a_reason"),
        ({"end_reason": "Nu er den væk"}, "correction_ended_by_somebody_for_a_reason"),
        ({"municipality": "town"}, "correction_not_of_the_centre_itself"),
    ],
)
def test_the_database_refuses_a_correction_that_tells_too_little(town, island, national, fields, constraint):
    values = {"municipality": island, **fields}
    if values["municipality"] == "town":
        values["municipality"] = town

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Correction.objects.create(
            **{"centre": town, "effect": "include", "reason": "Ny bro", "made_by": national, **values}
        )


def test_the_database_refuses_a_second_correction_of_the_same_pair(town, island, national):
    first = {"centre": town, "municipality": island, "reason": "Ny bro", "made_by": national}
    Correction.objects.create(effect="include", **first)

    with pytest.raises(IntegrityError, match="correction_one_open_of_a_pair"), transaction.atomic():
        Correction.objects.create(effect="exclude", **first)

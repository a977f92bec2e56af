"""What can be done about a line: who sees which people near by, and what is never told of few."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from jobcenter.classifications.models import Occupation
from jobcenter.geography.models import Municipality
from regions.bottlenecks.actions.remedies import remedies_of
from regions.bottlenecks.models import Category, Indicators, Place
from tests.queries import asked
from tests.regions.making import make_occupation
from tests.regions.reading import text_of


@pytest.fixture
def know():
    """Says what is known of an occupation in a municipality in the first half of 2026."""

    def make(of: Occupation, code: str, *, place: Place = Place.MUNICIPALITY, **figures) -> Indicators:
        return Indicators.objects.create(
            period="2026H01",
            occupation=of,
            place=place,
            code=code,
            computed_at=timezone.now(),
            **{"category": Category.NOT_ASSESSED, "employed": 200, **figures},
        )

    return make


@pytest.fixture
def _near(koege, roskilde, aarhus):
    """Roskilde is 22 km from Køge; Aarhus is moved from the other side of the sea to 40 km off."""
    for centre, latitude in ((koege, 55.40), (roskilde, 55.60), (aarhus, 55.76)):
        Municipality.objects.filter(pk=centre.municipality.pk).update(latitude=latitude, longitude=12.1)


def found(line) -> list[tuple[str, int, str, int]]:
    known = remedies_of(line)
    return [
        (one.municipality.name, one.unemployed, one.nearest.name, round(one.km)) for one in known.neighbours
    ]


@pytest.mark.usefixtures("_near")
def test_people_in_other_municipalities_stand_beside_the_nearest_open_positions(drafts, know):
    know(drafts.drivers.occupation, "0259", unemployed=0, positions=4)
    know(drafts.drivers.occupation, "0265", unemployed=24, positions=3)
    know(drafts.drivers.occupation, "0751", unemployed=60, positions=0)

    assert found(drafts.drivers) == [("Roskilde", 24, "Køge", 22), ("Aarhus", 60, "Roskilde", 18)][::-1]


@pytest.mark.usefixtures("_near")
def test_whoever_lives_where_people_are_short_is_not_to_spare(drafts, know):
    know(drafts.drivers.occupation, "0259", unemployed=0, positions=4)
    know(drafts.drivers.occupation, "0265", unemployed=24, positions=3, category=Category.SHORTAGE)
    know(drafts.drivers.occupation, "0751", unemployed=60, positions=0, category=Category.LESS_GOOD)

    assert [name for name, *_rest in found(drafts.drivers)] == ["Aarhus"]


@pytest.mark.usefixtures("_near")
def test_how_many_travel_it_is_told_where_it_is_kept(drafts, know):
    know(drafts.drivers.occupation, "0259", unemployed=0, positions=4)
    know(drafts.drivers.occupation, "0265", unemployed=24, positions=0)

    (one,) = remedies_of(drafts.drivers).neighbours

    assert (one.commuting, one.is_estimated) == (0.2, True)


@pytest.mark.usefixtures("_near")
def test_what_others_may_not_read_of_a_municipality_is_not_told(drafts, know):
    know(drafts.drivers.occupation, "0259", unemployed=0, positions=4)
    know(drafts.drivers.occupation, "0265", unemployed=24, positions=0, hides_persons=True)
    know(drafts.drivers.occupation, "0751", unemployed=60, positions=0)

    assert [name for name, *_rest in found(drafts.drivers)] == ["Aarhus"]


@pytest.mark.usefixtures("_near")
def test_a_handful_of_people_are_no_surplus(drafts, know):
    know(drafts.drivers.occupation, "0259", unemployed=0, positions=4)
    know(drafts.drivers.occupation, "0265", unemployed=4, positions=0)

    assert found(drafts.drivers) == []


@pytest.mark.usefixtures("_near")
def test_another_half_year_and_another_occupation_are_not_looked_at(drafts, know):
    know(drafts.drivers.occupation, "0259", unemployed=0, positions=4)
    know(drafts.nurses.occupation, "0265", unemployed=24, positions=0)
    Indicators.objects.filter(pk=know(drafts.drivers.occupation, "0751", unemployed=60).pk).update(
        period="2025H02"
    )

    assert found(drafts.drivers) == []


def test_a_line_without_recruitment_problems_has_nothing_to_be_done(drafts):
    assert remedies_of(drafts.cooks) is None
    assert remedies_of(drafts.drivers_elsewhere) is None


def test_people_are_trained_from_the_nearest_occupations_with_people_to_spare(drafts, know, make_parents):
    make_parents(drafts.drivers.occupation)
    near, far, short, few = (
        make_occupation(code, title)
        for code, title in (
            ("8343", "Kranfører"),
            ("8111", "Minearbejder"),
            ("8342", "Entreprenørmaskinfører"),
            ("8341", "Landbrugsmaskinfører"),
        )
    )
    for occupation, unemployed in ((near, 30), (far, 90), (few, 12), (drafts.drivers.occupation, 40)):
        know(occupation, "sjaelland", place=Place.AREA, unemployed=unemployed, positions=2)
    know(short, "sjaelland", place=Place.AREA, unemployed=80, positions=2, category=Category.SHORTAGE)
    know(near, "midtjylland", place=Place.AREA, unemployed=300, positions=2)

    told = remedies_of(drafts.drivers).trainings

    assert [(one.occupation.title, one.path.unemployed, one.path.shared) for one in told] == [
        ("Kranfører", 30, "834"),
        ("Minearbejder", 90, "8"),
    ]
    assert str(told[0].in_common) == "Gruppe 834"


@pytest.mark.usefixtures("_near")
def test_the_page_of_a_line_says_it_in_words(client, sjaelland, drafts, know, make_parents):
    make_parents(drafts.drivers.occupation)
    know(drafts.drivers.occupation, "0259", unemployed=0, positions=1)
    know(drafts.drivers.occupation, "0265", unemployed=24, positions=0)
    crane = make_occupation("8343", "Kranfører")
    know(crane, "sjaelland", place=Place.AREA, unemployed=30, positions=2)
    client.force_login(sjaelland.officer)

    said = text_of(client.get(reverse("bottlenecks:reports"), {"line": drafts.drivers.pk}))

    assert "Roskilde Sjælland 24 0 Køge 1 åben plads 22 km" in said
    assert "20 % af de beskæftigede i Roskilde arbejder i Køge anslået" in said
    assert "Kranfører DISCO 8343 · har tre cifre til fælles: 834, Gruppe 834" in said
    assert "30 ledige" in said


@pytest.mark.usefixtures("_near")
def test_more_places_and_occupations_ask_nothing_more(drafts, know, make_parents):
    make_parents(drafts.drivers.occupation)
    know(drafts.drivers.occupation, "0259", unemployed=0, positions=4)
    know(drafts.drivers.occupation, "0265", unemployed=24, positions=0)
    know(make_occupation("8343", "Kranfører"), "sjaelland", place=Place.AREA, unemployed=30)
    few = asked(lambda: remedies_of(drafts.drivers))
    know(drafts.drivers.occupation, "0751", unemployed=60, positions=0)
    know(make_occupation("8342", "Maskinfører"), "sjaelland", place=Place.AREA, unemployed=30)

    assert asked(lambda: remedies_of(drafts.drivers)).total() == few.total() == 5

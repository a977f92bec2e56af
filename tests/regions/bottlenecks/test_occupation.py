"""One occupation everywhere: what its page says, of where, and what it does not tell."""

from __future__ import annotations

import pytest
from django.urls import reverse

from jobcenter.geography.models import Outline
from regions.bottlenecks.models import Category, Place
from regions.bottlenecks.monitoring import occupation_map
from tests.queries import asked
from tests.regions.bottlenecks.making import PERIOD, know, tree_of
from tests.regions.making import outline
from tests.regions.reading import text_of

SQUARE = "M0,0L10,0L10,10L0,10Z"


def square(left: int) -> str:
    return f"M{left},0L{left + 40},0L{left + 40},40L{left},40Z"


@pytest.fixture(autouse=True)
def _rule(bottleneck_rule):
    """The rule in force."""


@pytest.fixture
def nurses(db):
    return tree_of("2221", "Sygeplejerske")


@pytest.fixture
def known(nurses, sjaelland, midtjylland):
    """Short in Sjælland and nowhere else; Køge's answers are few, and Roskilde's cover them."""
    know(nurses, Place.COUNTRY, attempts=300, failed=90)
    know(nurses, Place.AREA, "sjaelland", attempts=88, failed=27)
    know(nurses, Place.AREA, "midtjylland", attempts=60, failed=2, category=Category.GOOD)
    for code in ("0259", "0265"):
        know(
            nurses,
            Place.MUNICIPALITY,
            code,
            attempts=3,
            failed=2,
            category=Category.NOT_ASSESSED,
            hides_answers=True,
            hides_persons=True,
        )
    return nurses


def address(of, **chosen):
    query = "&".join(f"{name}={value}" for name, value in chosen.items())
    return f"{reverse('bottlenecks:occupation', args=[of.code])}?{query}"


def test_a_sentence_says_where_it_is_hard_to_fill(client, known, sjaelland):
    client.force_login(sjaelland.officer)

    text = text_of(client.get(address(known)))

    assert "Sygeplejerske: Arbejdsgiverne har rekrutteringsproblemer i et af to områder: Sjælland." in text
    assert "I hele landet var 90 af 300 forsøg forgæves" in text
    assert "overvågning, ikke den offentliggjorte vurdering" in text


def test_it_says_in_how_many_areas_it_was_hard_the_half_year_before(client, known, sjaelland):
    know(known, Place.COUNTRY, period="2025H02")
    know(known, Place.AREA, "sjaelland", period="2025H02", category=Category.NO_PROBLEMS)
    client.force_login(sjaelland.officer)

    assert "Halvåret før var det nul områder." in text_of(client.get(address(known)))


def test_the_own_place_is_opened_first(client, known, sjaelland, koege, national):
    for user, name in (
        (sjaelland.officer, "Sjælland"),
        (koege.caseworker, "Køge"),
        (national, "Hele landet"),
    ):
        client.force_login(user)
        assert f"{name}</h2>" in client.get(address(known)).content.decode()


def test_every_indicator_of_the_chosen_place_stands_with_what_it_rests_on(client, known, sjaelland):
    client.force_login(sjaelland.officer)

    text = text_of(client.get(address(known)))

    for said in (
        "27 af 88 forsøg",
        "12 ledige ved siden af 900 beskæftigede",
        "9 åbne pladser",
        "30 kandidater",
    ):
        assert said in text
    assert "44 stillinger, heraf 3 stadig ledige" in text


def test_small_numbers_are_told_to_the_jobcentre_there_alone(client, known, koege, roskilde, sjaelland):
    own = address(known, place="kommune-0259", by="kommune")

    client.force_login(koege.caseworker)
    page = text_of(client.get(own))
    assert "2 af 3 forsøg" in page
    client.force_login(roskilde.caseworker)
    neighbour = text_of(client.get(own))
    client.force_login(sjaelland.officer)
    officer = text_of(client.get(own))

    for text in (neighbour, officer):
        assert "2 af 3 forsøg" not in text
        assert "skjult: små tal" in text
        assert "læses kun af stedets eget jobcenter" in text


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_file_tells_no_more_than_the_page(client, known, koege, roskilde, kind):
    client.force_login(roskilde.caseworker)

    answer = client.get(address(known, hent=kind))

    assert answer.status_code == 200
    if kind == "csv":
        lines = b"".join(answer.streaming_content).decode().splitlines()
        of_koege = next(line for line in lines if '"kommune";"0259"' in line)
        assert of_koege.count("skjult: små tal") == 3
        assert '"3"' not in of_koege
        of_roskilde = next(line for line in lines if '"kommune";"0265"' in line)
        assert '"2";"vist"' in of_roskilde
        assert next(line for line in lines if '"arbejdskraftopland";"0259"' in line).count("mangler") == 2


def test_the_cube_tells_what_is_hidden_from_what_is_not_known_and_from_zero(client, known, roskilde):
    know(known, Place.CATCHMENT, "0259", attempts=0, failed=0, category=Category.NOT_ASSESSED)
    client.force_login(roskilde.caseworker)

    cube = client.get(address(known, hent="json")).json()

    places, numbers = (cube["dimension"][name]["category"]["index"] for name in ("place", "number"))

    def cell(place, number):
        at = places.index(place) * len(numbers) + numbers.index(number)
        return cube["value"][at], cube["status"].get(str(at))

    assert cell("kommune-0259", "attempts") == cell("kommune-0259", "rate") == (None, "suppressed")
    assert cell("kommune-0265", "attempts") == (3, None)
    assert cell("opland-0259", "attempts") == (0, None)
    assert cell("opland-0265", "attempts") == (None, "missing")
    assert cell("omraade-sjaelland", "unemployment")[0] == round(12 / 912, 4)


def test_too_few_answers_lead_to_the_nearest_group_with_enough(client, known, koege):
    group = known.parent
    know(group, Place.MUNICIPALITY, "0259", attempts=14, failed=9)
    client.force_login(koege.caseworker)

    text = text_of(client.get(address(known, place="kommune-0259")))

    assert "Køge: For få svar om stillingen selv." in text
    assert "222 Gruppe 222 (14 svar)" in text


def test_relatives_up_and_down_are_told_as_they_are_assessed_there(client, known, sjaelland):
    know(known.parent, Place.AREA, "sjaelland", category=Category.PARADOX)
    client.force_login(sjaelland.officer)

    below = text_of(client.get(address(known)))
    above = text_of(client.get(address(known.parent)))

    assert "Gruppe 222 DISCO 222 Paradoks" in below
    assert "Består af Sygeplejerske DISCO 2221 Mangel" in above


def test_the_map_says_in_words_what_it_shows(client, known, koege, roskilde, sjaelland):
    for number, centre in enumerate((koege, roskilde)):
        Outline.objects.create(
            municipality=centre.municipality, path=SQUARE.replace("10", str(10 + 10 * number))
        )
    client.force_login(koege.caseworker)

    page = client.get(address(known, place="kommune-0259", by="kommune")).content.decode()

    assert 'aria-label="Køge: ikke vurderet, 3 svar"' in page
    assert 'aria-label="Roskilde: skjult: små tal"' in page
    assert "∗ Skjult: små tal" in page


def test_an_area_is_drawn_as_one_and_named_in_its_midst(client, known, koege, roskilde, sjaelland):
    for number, centre in enumerate((koege, roskilde)):
        outline(centre.municipality, at=(100.0 * number, 0))
    client.force_login(sjaelland.officer)

    page = client.get(address(known, by="omraade"))

    [place] = page.context["map"].places
    assert place.said == "Sjælland: mangel på arbejdskraft, 88 svar"
    assert place.path.count("M") == 2
    [label] = page.context["map"].labels
    assert (label.name, label.figure) == ("Sjælland", "■")


def test_of_several_outlines_the_one_in_their_midst_is_named():
    far, left, middle = (square(at) for at in (900, 0, 60))

    assert occupation_map.heart([far, left, middle]) == middle


def test_history_ends_with_the_chosen_half_year(client, known, sjaelland):
    know(known, Place.COUNTRY, period="2025H02")
    know(known, Place.AREA, "sjaelland", period="2025H02", attempts=70, failed=9)
    client.force_login(sjaelland.officer)

    now, then = (text_of(client.get(address(known, period=period))) for period in (PERIOD, "2025H02"))

    assert "9 af 70" in now
    assert "27 af 88" not in then


@pytest.mark.parametrize(
    "query", ["period=2019H01", "period=x", "place=kommune-9999", "place=x", "by=stjerner", "period="]
)
def test_what_is_not_there_is_not_found(client, known, koege, query):
    client.force_login(koege.caseworker)

    assert client.get(f"/flaskehalse/stillinger/2221/?{query}").status_code == 404


@pytest.mark.parametrize("code", ["9999", "x", "222110"])
def test_an_occupation_that_is_not_monitored_is_not_found(client, known, koege, code):
    client.force_login(koege.caseworker)

    assert client.get(f"/flaskehalse/stillinger/{code}/").status_code == 404


def test_before_anything_is_computed_the_page_says_so(client, nurses, koege):
    client.force_login(koege.caseworker)

    assert "Der er ikke beregnet noget endnu." in text_of(client.get(address(nurses)))


def test_an_employer_has_no_monitoring(client, known, employer):
    client.force_login(employer)

    assert client.get(address(known)).status_code == 403


def test_the_page_asks_no_more_with_more_places_half_years_and_relatives(client, known, sjaelland):
    client.force_login(sjaelland.officer)
    client.get(address(known))
    few = asked(lambda: client.get(address(known)))
    for period in ("2025H01", "2025H02"):
        know(known, Place.COUNTRY, period=period)
        know(known, Place.AREA, "sjaelland", period=period)
    for code in ("0259", "0265"):
        know(known, Place.CATCHMENT, code)
    for code in ("2222", "2223"):
        know(tree_of(code, f"Stilling {code}"), Place.AREA, "sjaelland")

    assert asked(lambda: client.get(address(known))).total() == few.total()

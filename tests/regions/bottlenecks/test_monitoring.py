"""The monitoring by place: one place's occupations, the matrix, and the Beveridge plot."""

from __future__ import annotations

import pytest
from django.urls import reverse

from regions.bottlenecks.models import Category, Place
from regions.bottlenecks.monitoring import beveridge
from regions.bottlenecks.monitoring.beveridge import Move
from regions.bottlenecks.monitoring.places import Spot
from tests.queries import asked
from tests.regions.bottlenecks.making import know, tree_of
from tests.regions.reading import text_of

SJAELLAND = "omraade-sjaelland"


@pytest.fixture(autouse=True)
def _rule(bottleneck_rule):
    """The rule in force."""


@pytest.fixture
def known(sjaelland, midtjylland):
    """Nurses short in Sjælland alone and newly so, cooks easy there; few answers about both in Køge."""
    nurses, cooks = tree_of("2221", "Sygeplejerske"), tree_of("5120", "Kok")
    for occupation in (nurses, cooks, nurses.parent, cooks.parent):
        know(occupation, Place.COUNTRY, attempts=300, failed=90)
    know(nurses, Place.AREA, "sjaelland", attempts=88, failed=40)
    know(nurses, Place.AREA, "sjaelland", attempts=70, failed=3, period="2025H02", category=Category.GOOD)
    know(nurses, Place.AREA, "midtjylland", attempts=60, failed=2, category=Category.GOOD, unemployed=40)
    know(cooks, Place.AREA, "sjaelland", attempts=96, failed=2, category=Category.LESS_GOOD, unemployed=80)
    few = {"attempts": 3, "failed": 2, "category": Category.NOT_ASSESSED}
    know(nurses, Place.MUNICIPALITY, "0259", **few, hides_answers=True, hides_persons=True)
    know(cooks, Place.MUNICIPALITY, "0259", attempts=24, failed=15, hides_persons=True)
    return nurses


def at(key, query=""):
    return f"{reverse('bottlenecks:place', args=[key])}{query}"


def matrix(query=""):
    return f"{reverse('bottlenecks:monitoring')}{query}"


def plot(query=""):
    return f"{reverse('bottlenecks:beveridge')}{query}"


def titles(page):
    return [row.occupation.title for row in page.context["page"]]


# --- one place ---------------------------------------------------------------------------------------


def test_a_place_says_what_is_hard_to_fill_and_what_is_new(client, known, sjaelland):
    client.force_login(sjaelland.officer)

    text = text_of(client.get(at(SJAELLAND)))

    assert "Sjælland: Arbejdsgiverne har rekrutteringsproblemer i et af de to fag, der kan vurderes." in text
    assert "Flest svar: Sygeplejerske. Nyt siden halvåret før: Sygeplejerske." in text


def test_the_reader_is_led_to_the_own_place_with_the_rest_of_what_is_chosen(
    client, known, sjaelland, koege, national
):
    for user, key in ((sjaelland.officer, SJAELLAND), (koege.manager, "kommune-0259"), (national, "landet")):
        client.force_login(user)
        answer = client.get(reverse("bottlenecks:places"), {"digits": "2"})
        assert answer.url == at(key, "?digits=2")


def test_another_place_is_chosen_by_the_form(client, known, koege):
    client.force_login(koege.caseworker)

    answer = client.get(reverse("bottlenecks:places"), {"place": "opland-0265", "sort": "rate"})

    assert answer.url == at("opland-0265", "?sort=rate")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Kok", "Sygeplejerske"]),
        ("?sort=rate", ["Sygeplejerske", "Kok"]),
        ("?sort=unemployment", ["Sygeplejerske", "Kok"]),
        ("?sort=title", ["Kok", "Sygeplejerske"]),
        ("?group=2", ["Sygeplejerske"]),
        ("?category=less_good", ["Kok"]),
        ("?category=paradox", []),
        ("?digits=3", []),
    ],
)
def test_occupations_are_filtered_and_sorted_as_the_address_says(client, known, sjaelland, query, found):
    client.force_login(sjaelland.officer)

    assert titles(client.get(at(SJAELLAND, query))) == found


def test_what_is_hidden_comes_last_whatever_it_is_sorted_by(client, known, sjaelland):
    client.force_login(sjaelland.officer)

    for order in ("rate", "unemployment", "tightness", "answers"):
        assert titles(client.get(at("kommune-0259", f"?sort={order}")))[-1] == "Sygeplejerske"


def test_an_occupation_is_opened_with_its_history(client, known, sjaelland):
    client.force_login(sjaelland.officer)

    text = text_of(client.get(at(SJAELLAND, "?occupation=2221")))

    assert "Sygeplejerske i Sjælland" in text
    assert "3 af 70" in text
    assert "40 af 88 forsøg" in text


def test_a_jobcentre_reads_its_own_municipality_in_full_and_the_next_does_not(client, known, koege, roskilde):
    client.force_login(koege.caseworker)
    own = text_of(client.get(at("kommune-0259")))
    client.force_login(roskilde.caseworker)
    other = text_of(client.get(at("kommune-0259")))
    file = b"".join(client.get(at("kommune-0259", "?hent=csv")).streaming_content).decode()

    assert "jeres egen kommune, alle tal" in own
    assert "2 af 3" in own
    assert "2 af 3" not in other
    assert "skjult" in other
    nurses = next(line for line in file.splitlines() if "Sygeplejerske" in line)
    assert nurses.count("skjult: små tal") == 3
    assert '"3"' not in nurses


def test_a_category_without_persons_says_what_employers_say(client, known, roskilde):
    client.force_login(roskilde.caseworker)

    page = client.get(at("kommune-0259"))

    [cooks] = [row for row in page.context["page"] if row.occupation.title == "Kok"]
    assert cooks.seen.category == Category.PROBLEMS


@pytest.mark.parametrize(
    "query",
    ["?period=2019H01", "?digits=5", "?group=x", "?category=x", "?sort=x", "?occupation=9999"],
)
def test_what_is_not_there_is_not_found(client, known, sjaelland, query):
    client.force_login(sjaelland.officer)

    assert client.get(at(SJAELLAND, query)).status_code == 404


def test_a_place_that_is_not_there_is_not_found(client, known, sjaelland):
    client.force_login(sjaelland.officer)

    assert client.get(at("kommune-9999")).status_code == 404


# --- the matrix --------------------------------------------------------------------------------------


def test_the_matrix_counts_where_it_is_hard_and_leads_to_each_cell(client, known, sjaelland):
    client.force_login(sjaelland.officer)

    page = client.get(matrix("?digits=4"))
    text = text_of(page)

    assert "et eller flere steder her i et af to fag" in text
    assert "Flest steder: Sygeplejerske, i et af to." in text
    assert "/flaskehalse/stillinger/2221/?period=2026H01&amp;place=omraade-sjaelland#place" in (
        page.content.decode()
    )


def test_the_matrix_of_municipalities_hides_what_is_small_from_others(client, known, koege, sjaelland):
    address = matrix(f"?digits=4&by=kommune&place={SJAELLAND}")

    client.force_login(koege.caseworker)
    own = text_of(client.get(address))
    client.force_login(sjaelland.officer)
    others = text_of(client.get(address))

    assert "Ikke vurderet 3 svar , Køge" in own
    assert "Felter med små tal er skjult" in others
    assert "3 svar" not in others


def test_the_matrix_takes_as_many_queries_whatever_it_shows(client, known, sjaelland):
    address = matrix(f"?digits=4&by=kommune&place={SJAELLAND}")
    client.force_login(sjaelland.officer)
    client.get(address)
    few = asked(lambda: client.get(address))
    for code in ("2222", "2223", "5131"):
        occupation = tree_of(code, f"Fag {code}")
        for municipality in ("0259", "0265"):
            know(occupation, Place.MUNICIPALITY, municipality)

    many = asked(lambda: client.get(address))

    assert many.total() == few.total()
    assert sum(times for sql, times in many.items() if 'FROM "bottlenecks_indicators"' in sql) == 3


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
@pytest.mark.parametrize(
    "address",
    [
        "/flaskehalse/overvaagning/?digits=4&by=kommune",
        "/flaskehalse/steder/omraade-sjaelland/?digits=4",
        "/flaskehalse/steder/omraade-sjaelland/?category=paradox",
    ],
)
def test_the_pages_are_files_too(client, known, sjaelland, address, kind):
    client.force_login(sjaelland.officer)

    answer = client.get(f"{address}&hent={kind}")

    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith(f'.{kind}"')


def test_the_whole_country_is_shown_by_its_areas(client, known, national):
    client.force_login(national)

    page = client.get(matrix("?digits=4&place=landet&by=kommune"))

    assert [spot.name for spot in page.context["shown"].spots] == ["Midtjylland", "Sjælland"]


# --- the Beveridge plot ------------------------------------------------------------------------------


def curve_of(*rates):
    """Unemployed and positions beside a thousand employed, half-year after half-year."""
    spot, occupation = Spot(Place.AREA, "sjaelland", "Sjælland"), tree_of("7", "Håndværk")
    for number, (unemployed, positions) in enumerate(rates):
        period = f"{2024 + number // 2}H0{1 + number % 2}"
        know(
            occupation,
            Place.AREA,
            "sjaelland",
            period=period,
            employed=1000,
            unemployed=unemployed,
            positions=positions,
        )
    [curve] = beveridge.read([spot], group="7", own=())
    return curve


@pytest.mark.parametrize(
    ("rates", "move"),
    [
        (((60, 20), (40, 30)), Move.TIGHTER),
        (((40, 30), (60, 20)), Move.SLACKER),
        (((40, 20), (60, 30)), Move.OUT),
        (((60, 30), (40, 20)), Move.IN),
        (((40, 20), (40, 20)), None),
        (((40, 20),), None),
        (((40, 20), (19, 30)), None),
    ],
)
def test_the_way_from_the_first_half_year_to_the_last_says_how_the_market_moved(db, rates, move):
    assert curve_of(*rates).move == move


def test_fewer_than_twenty_unemployed_are_not_drawn(db):
    curve = curve_of((20, 10), (19, 10))

    assert [point.period for point in curve.drawn] == ["2024H01"]


def test_every_point_lies_within_the_axes(db):
    data = beveridge.as_chart(
        [curve_of((60, 20), (44, 31))], x_name="u", y_name="v", describe="", language="da"
    )

    [series] = data["series"]
    assert [point["name"] for point in series["points"]] == ["1. halvår 2024", "2. halvår 2024"]
    for point in series["points"]:
        assert data["x_min"] <= point["x"] <= data["x_max"]
        assert data["y_min"] <= point["y"] <= data["y_max"]
    assert 3 <= len(data["x_ticks"]) <= 9


def test_the_page_says_how_the_market_moved_beside_the_country(client, sjaelland):
    group = tree_of("7", "Håndværk")
    for period, unemployed, positions in (("2025H02", 90, 20), ("2026H01", 60, 30)):
        known = {"period": period, "employed": 2000, "unemployed": unemployed, "positions": positions}
        know(group, Place.AREA, "sjaelland", **known)
        know(group, Place.COUNTRY, **known)
    client.force_login(sjaelland.officer)

    text = text_of(client.get(plot()))

    assert "Sjælland, Håndværk: Siden 2. halvår 2025 er ledigheden gået fra 4,3" in text
    assert "Markedet er blevet strammere." in text
    assert "Hele landet" in text


def test_hidden_persons_are_neither_drawn_nor_told(client, sjaelland, roskilde):
    group = tree_of("7", "Håndværk")
    know(group, Place.COUNTRY)
    know(group, Place.MUNICIPALITY, "0259", employed=4711, unemployed=61, hides_persons=True)
    client.force_login(roskilde.caseworker)

    page = client.get(plot("?place=kommune-0259"))
    file = b"".join(client.get(plot("?place=kommune-0259&hent=csv")).streaming_content).decode()

    assert "4.711" not in text_of(page)
    assert "4711" not in page.content.decode()
    assert page.context["shown"].drawn == []
    assert "4711" not in file
    assert "skjult: små tal" in file


@pytest.mark.parametrize("name", ["monitoring", "beveridge", "places"])
def test_before_anything_is_computed_the_pages_say_so(client, koege, name):
    client.force_login(koege.caseworker)

    assert "Der er ikke beregnet noget endnu." in text_of(client.get(reverse(f"bottlenecks:{name}")))

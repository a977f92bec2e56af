"""The public search: words, place, choices and their numbers, whatever is typed."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django.asserts import assertContains, assertNotContains

from employers.companies.models import Company, Workplace
from employers.vacancies.distance import find_place, kilometres_to
from employers.vacancies.models import Vacancy
from employers.vacancies.search import Wish, count, find
from jobcenter.geography.models import Postcode
from tests.queries import assert_same_queries

SEARCH = "/stillinger/"
NOW = timezone.now


@pytest.fixture
def publish(make_vacancy):
    """Publishes vacancies at the company's workplace."""

    def publish(title="Procesoperatør", **fields):
        return make_vacancy(title=title, state=Vacancy.State.PUBLISHED, **fields)

    return publish


@pytest.fixture
def at_roskilde(company, roskilde):
    Postcode.objects.filter(code="4000").update(latitude=55.64, longitude=12.08)
    return Workplace.objects.create(
        company=company, address="Havnevej 3", postcode="4000", municipality=roskilde.municipality
    )


@pytest.fixture
def at_aarhus(company, aarhus):
    Postcode.objects.filter(code="8000").update(latitude=56.15, longitude=10.21)
    return Workplace.objects.create(
        company=company, address="Åboulevarden 1", postcode="8000", municipality=aarhus.municipality
    )


def titles(**wish):
    return [one.of.title for one in find(Wish(**wish), at=NOW())]


def test_only_what_is_published_and_still_open_is_found(client, publish, make_vacancy):
    today = timezone.localdate()
    publish("Åben stilling")
    publish("Sidste dag i dag", apply_by=today)
    publish("Udløbet i går", apply_by=today - timedelta(days=1))
    make_vacancy(title="Venter på en medarbejder")
    make_vacancy(
        title="Lukket stilling",
        state=Vacancy.State.CLOSED,
        outcome="withdrawn",
        closed_at=timezone.now(),
        published_at=timezone.now() - timedelta(days=3),
    )

    page = client.get(SEARCH)

    assertContains(page, "2 stillinger")
    for shown in ("Åben stilling", "Sidste dag i dag"):
        assertContains(page, shown)
    for hidden in ("Udløbet i går", "Venter på en medarbejder", "Lukket stilling"):
        assertNotContains(page, hidden)


@pytest.mark.parametrize(
    "typed",
    [
        "procesoperatør",
        "PROCESOPERATØREN",
        "procesop",
        "ekstruderingslinje",
        "kolleger ekstrudering",
        "strandmarken",
        "operatør køge",
        "og procesoperatør",
        "plast",
    ],
)
def test_words_find_titles_texts_occupations_companies_and_places(publish, typed):
    publish()

    assert titles(text=typed) == ["Procesoperatør"]


@pytest.mark.parametrize("typed", ["tømrer", "operatør aarhus", "procesoperatør tømrer"])
def test_words_that_do_not_fit_find_nothing(publish, typed):
    publish()

    assert titles(text=typed) == []


def test_a_word_in_the_title_counts_more_than_one_in_the_text(publish):
    publish("Kok", text="Du arbejder sammen med en smed.", published_at=timezone.now())
    publish("Smed", text="Du svejser.", published_at=timezone.now() - timedelta(days=9))

    assert titles(text="smed") == ["Smed", "Kok"]
    assert titles() == ["Kok", "Smed"], "without words the newest comes first"


@pytest.mark.parametrize(
    "typed",
    [
        "'",
        "a'b",
        "&",
        "| !",
        "<->",
        ":*",
        "a:b",
        "\\",
        "%",
        "_",
        "((",
        '"',
        "-- ;",
        "og",
        "☃",
        "a" * 199,
        "\x00",
    ],
)
def test_nothing_that_is_typed_is_an_error(client, publish, typed):
    publish()

    assert client.get(SEARCH, {"hvad": typed, "hvor": typed}).status_code == 200


class Anything(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(st.text(max_size=60))
    def test_whatever_is_typed_is_answered(self, text):
        wish = Wish(text=text.replace("\x00", ""))

        assert list(find(wish, at=NOW())) == []
        assert count(wish, at=NOW()).vacancies == 0


def test_a_place_and_a_distance_leave_out_what_lies_farther_away(publish, company, at_roskilde, at_aarhus):
    publish("I Køge", workplace=company.workplaces.get(postcode="4600"))
    publish("I Roskilde", workplace=at_roskilde)
    publish("I Aarhus", workplace=at_aarhus)
    koege = find_place("4600", on=timezone.localdate())

    assert titles(place=koege, reach="5") == ["I Køge"]
    assert set(titles(place=koege, reach="25")) == {"I Køge", "I Roskilde"}
    assert len(titles(place=koege)) == 3


def test_the_distance_is_that_of_a_map(publish, at_roskilde, at_aarhus):
    publish("I Aarhus", workplace=at_aarhus)
    publish("I Roskilde", workplace=at_roskilde)
    place = find_place("Køge", on=timezone.localdate())
    found = list(find(Wish(place=place), at=NOW()))
    km = kilometres_to(place, found)

    # From 55.5, 12.1 to 55.64, 12.08 and to 56.15, 10.21 along a great circle.
    assert {one.of.title: round(km[one.pk], 1) for one in found} == {"I Roskilde": 15.6, "I Aarhus": 138.4}


def test_a_workplace_whose_postcode_has_no_point_lies_where_its_municipality_does(publish, koege):
    Postcode.objects.filter(code="4600").update(latitude=None, longitude=None)
    publish()

    assert titles(place=find_place("Køge", on=timezone.localdate()), reach="5") == ["Procesoperatør"]


@pytest.mark.parametrize("typed", ["4600", "4600 Køge", "Køge", "  køge ", "KØGE", "kø"])
def test_a_place_as_people_write_it(koege, typed):
    assert find_place(typed, on=timezone.localdate()).latitude == 55.5


@pytest.mark.parametrize("typed", ["", "0000", "9999", "Ingensteder", "46", "%", "'"])
def test_a_place_nobody_knows(koege, typed):
    assert find_place(typed, on=timezone.localdate()) is None


def test_an_unknown_place_is_said_and_everything_else_still_found(client, publish):
    publish()

    page = client.get(SEARCH, {"hvad": "operatør", "hvor": "Ingensteder"})

    assertContains(page, "Vi kender ikke det sted")
    assertContains(page, "1 stilling")


def test_the_choices_narrow_and_their_numbers_tell_what_each_would_give(publish, occupation):
    now = timezone.now()
    publish("Fuld tid", hours=Decimal(37), positions=3)
    publish("Deltid", hours=Decimal(20), published_at=now - timedelta(days=3))
    publish("Deltid, gammel", hours=Decimal("34.5"), published_at=now - timedelta(days=20))

    assert titles(hours=["fuld"]) == ["Fuld tid"]
    assert titles(newer_than_days=7) == ["Fuld tid", "Deltid"]
    assert len(titles(hours=["fuld", "deltid"])) == 3
    assert titles(fields=["5"]) == []

    numbers = count(Wish(hours=["deltid"]), at=NOW())
    assert (numbers.vacancies, numbers.positions) == (2, 2)
    assert numbers.hours == {"fuld": 1, "deltid": 2}, "counted without what is chosen in its own group"
    assert (numbers.newer, numbers.fields["8"]) == ({1: 0, 7: 1}, 2)


def test_a_choice_can_be_given_up_by_its_chip(client, publish):
    publish()

    page = client.get(f"{SEARCH}?hvad=operat%C3%B8r&tid=fuld&nyt=7&side=1")

    assertContains(page, 'href="?hvad=operat%C3%B8r&amp;nyt=7&amp;km=25"')
    assertContains(page, 'href="?hvad=operat%C3%B8r&amp;km=25"')


@pytest.mark.parametrize(
    "asked", ["tid=x", "fag=99", "nyt=0", "nyt=abc", "km=7", "km=-1", "side=x", "side=999"]
)
def test_a_choice_that_does_not_exist_asks_for_nothing(client, publish, asked):
    publish()

    assertContains(client.get(f"{SEARCH}?{asked}"), "1 stilling")


def test_the_list_has_pages(client, publish):
    for number in range(11):
        publish(f"Stilling {number}")

    first, second = client.get(SEARCH), client.get(f"{SEARCH}?side=2")

    assert first.content.count(b"<article") == 10
    assert second.content.count(b"<article") == 1
    assertContains(first, "11 stillinger")


def test_the_list_asks_as_much_with_one_vacancy_as_with_three(client, publish, koege):
    def publish_elsewhere():
        number = Company.objects.count()
        company = Company.objects.create(cvr=f"9900{number:04}", name=f"Virksomhed {number}")
        place = Workplace.objects.create(
            company=company, address="Vej 1", postcode="4600", municipality=koege.municipality
        )
        publish(company=company, workplace=place)

    assert_same_queries(
        open_page=lambda: client.get(f"{SEARCH}?hvad=operatør&hvor=4600&tid=fuld"), add_row=publish_elsewhere
    )


def test_words_in_a_vacancy_are_shown_and_not_run(client, publish):
    publish("<script>alert(1)</script>", text="<img src=x onerror=alert(2)>")

    page = client.get(SEARCH)

    assertContains(page, "&lt;script&gt;alert(1)&lt;/script&gt;")
    assertNotContains(page, "<img src=x")

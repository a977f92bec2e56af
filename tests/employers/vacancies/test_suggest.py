"""Finding an occupation while typing: in Danish or English, with or without æ, ø and å, whole or in part."""

from datetime import date

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.asserts import assertContains, assertNotContains

from employers.vacancies.suggest import MOST, bare, danish, rank, suggest
from jobcenter.classifications.models import EverydayTitle, Occupation
from tests.queries import asked

TODAY = date(2026, 11, 19)


def codes(text):
    return [one.code for one in suggest(text, on=TODAY).occupations]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("kok", "512000"),
        ("KØKKEN", "343400"),
        ("koekken", "343400"),
        ("tømrer", "7115"),
        ("toemrer", "7115"),
        ("tomrer", "7115"),
        ("tømrer byggeri", "711510"),
        ("operatør plast", "8142"),
        ("plast operatør", "8142"),
        ("5120", "512000"),
        ("7115", "7115"),
        ("814", "8142"),
        ("cook", "5120"),
        ("lagermedarbejder", "4321"),
        ("fiskehandel", "7511"),
    ],
)
def test_the_best_comes_first(occupations, typed, first):
    assert codes(typed)[0] == first


def test_where_group_and_occupation_have_one_title_the_six_digits_stand_alone(occupations):
    assert codes("kok") == ["512000"]
    assert set(codes("tømrer")) == {"7115", "711510"}


def test_a_suggestion_finds_itself_again(occupations):
    for occupation in occupations.values():
        found = suggest(f"{occupation.title_da} ({occupation.code})", on=TODAY)
        assert occupation in found.occupations


def test_a_compound_nobody_has_a_title_for_finds_its_longest_known_part(occupations):
    found = suggest("procesoperatør", on=TODAY)

    assert found.resembling
    assert {one.code for one in found.occupations} == {"8142", "814220", "7223"}


@pytest.mark.parametrize("typed", ["", "   ", "xyzzyx", "()", "%", "_", "medarbejder", "\x00", "a" * 300])
def test_what_fits_nothing_finds_nothing(occupations, typed):
    assert codes(typed) == []


def test_never_more_than_twelve(occupations):
    for number in range(20):
        Occupation.objects.create(
            code=f"81{number:02}",
            level=4,
            title_da=f"Betjening af maskine {number}",
            sort_key=f"b{number:02}",
            valid_from=date(2010, 1, 1),
        )

    assert len(codes("betjening")) == MOST


def test_an_occupation_of_another_time_is_not_offered(occupations):
    Occupation.objects.filter(code="7511").update(valid_to=TODAY)

    assert codes("slagter") == []


def test_main_groups_are_not_offered(occupations):
    assert "5" not in codes("service")


TITLE = {"title": "Tømrer- og snedkerarbejde, byggeri", "code": "711510"}


@given(st.text(max_size=40), st.sampled_from([danish, bare]))
def test_whatever_is_typed_has_a_rank_or_none(text, spelling):
    assert rank(text, spelling=spelling, **TITLE) in (None, 0, 1, 2, 3, 4)


@given(st.text(alphabet="abcæøå -", max_size=12))
def test_a_word_that_does_not_fit_spoils_all_others(text):
    assert rank(f"{text} xyzzyx", spelling=danish, **TITLE) is None


def test_the_piece_of_page_has_the_choices_and_keeps_the_one_taken(client, occupations):
    page = client.get("/stillinger/fag/", {"occupation": "operatør", "code": "8142"})

    assertContains(page, "3 fag passer; vælg det bedste:")
    assertContains(page, 'value="8142" checked')
    assertNotContains(page, "<html")


def test_the_piece_of_page_says_when_nothing_fits(client, occupations):
    assertContains(client.get("/stillinger/fag/", {"occupation": "xyzzyx"}), "Intet fag hedder det")
    assertContains(client.get("/stillinger/fag/", {"occupation": "procesoperatør"}), "Disse ligner:")
    assert "fag" not in client.get("/stillinger/fag/").content.decode().split("role=")[1]


def test_a_suggestion_takes_one_query(client, occupations):
    timezone.activate("Europe/Copenhagen")
    queries = asked(lambda: client.get("/stillinger/fag/", {"occupation": "operatør"}))

    assert sum(number for sql, number in queries.items() if "classifications_occupation" in sql) == 1


def called(title, occupation):
    EverydayTitle.objects.create(
        title=title, occupation=occupation, source_kind="everyday", source="test", as_of=TODAY
    )


def test_what_people_call_the_job_comes_before_the_classifications_own_words(occupations):
    called("gastronom", occupations["5120"])
    called("lagermand", occupations["4321"])

    assert codes("gastronom") == ["5120"]
    assert codes("GASTRO")[0] == "5120"
    assert codes("lagermand")[0] == "4321"


def test_a_title_that_is_several_occupations_offers_them_all(occupations):
    called("sosu", occupations["532110"])
    called("sosu", occupations["4321"])
    called("sosunnet", occupations["7115"])

    assert set(codes("sosu")) == {"532110", "4321"}, "a title that is it goes before one that begins so"

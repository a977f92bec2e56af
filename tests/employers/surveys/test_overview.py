"""How the survey goes: of an area or the country, each draw anew from its seed, and as a file."""

from __future__ import annotations

import csv
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from employers.companies.models import Workplace
from employers.surveys.answering import answer
from employers.surveys.models import Draw, Survey
from employers.vacancies.models import Outcome
from tests.employers.surveys.conftest import CLOSED, DRAWN, MONDAY
from tests.queries import assert_same_queries

ADDRESS = "/rekrutteringsundersoegelse/?fra=2026-10-01&til=2026-10-31"
EMPLOYER = {"by": None, "organisation": None}


def text_of(page):
    return " ".join(page.text.split())


@pytest.fixture
def officer(client, sjaelland):
    client.force_login(sjaelland.officer)
    return client


@pytest.fixture
def asked(unanswered, draw_week):
    """Three were asked: one answered, one told the jobcentre instead, one was silent until the end."""
    for _number in range(3):
        unanswered()
    draw_week()
    Survey.objects.update(sent_at=DRAWN)
    first, second, _third = Survey.objects.order_by("pk")
    answer(first, outcome=Outcome.NOT_FILLED, filled=0, lacking="experience", at=DRAWN)
    second.vacancy.tell_outcome(outcome=Outcome.FILLED_AS_WANTED, **EMPLOYER)
    Survey.objects.update(open_until=timezone.localdate() - timedelta(days=1), asked_on=MONDAY)
    return first


def row_of(page):
    """The numbers of the only draw: asked, answered, told, waits, silent, withdrawn."""
    [week] = page.context["weeks"]
    return week.asked, week.answered, week.told, week.waits, week.silent, week.withdrawn


def test_the_share_of_answers_and_what_became_of_the_week(officer, asked):
    page = officer.get(ADDRESS)

    for words in (
        "Af 3 stillinger, der lukkede, ved vi, hvordan det gik med 2: 67 %.",
        "33 % af dem har svaret",
        "3 af 3 virksomheder",
    ):
        assert words in text_of(page)
    assert row_of(page) == (3, 1, 1, 0, 1, 0)


def test_a_draw_is_drawn_anew_from_its_seed(officer, asked):
    page = officer.get(ADDRESS)

    assertContains(page, Draw.objects.get().seed)
    assertContains(page, "trukket igen lige nu: de samme")


def test_a_survey_nobody_drew_is_seen(officer, asked, unanswered):
    stranger = unanswered()
    Survey.objects.create(
        draw=asked.draw,
        vacancy=stranger,
        company=stranger.company,
        asked_on=DRAWN.date(),
        open_until=DRAWN.date(),
    )

    assertContains(officer.get(ADDRESS), "trukket igen lige nu: ikke de samme")


def test_an_area_reads_its_own_and_the_country_all(client, asked, midtjylland, national):
    client.force_login(midtjylland.officer)
    elsewhere = client.get(ADDRESS)
    assertContains(elsewhere, "Ingen stilling lukkede her i perioden.")
    assert row_of(elsewhere) == (0, 0, 0, 0, 0, 0)

    client.force_login(national)
    assertContains(client.get(ADDRESS), "Af 3 stillinger")


def test_no_company_and_no_answer_of_one_is_shown(officer, asked):
    page = officer.get(ADDRESS)

    for words in (asked.company.name, asked.vacancy.title, "erfaring"):
        assertNotContains(page, words)


def test_the_file_has_a_line_for_each_occupation_and_municipality(officer, asked, roskilde):
    moved = Survey.objects.order_by("pk").last().vacancy
    moved.workplace = Workplace.objects.create(
        company=moved.company, address="Havnen", postcode="4000", municipality=roskilde.municipality
    )
    moved.save()

    file = officer.get(f"{ADDRESS}&hent=csv")

    lines = list(csv.reader(b"".join(file.streaming_content).decode("utf-8-sig").splitlines(), delimiter=";"))
    assert [line[2:] for line in lines[1:]] == [
        ["Køge", "2", "1", "1", "2", "0", "1,0"],
        ["Roskilde", "1", "0", "0", "1", "1", "0,0"],
    ]


def test_a_period_without_draws(officer, plan):
    assertContains(officer.get(ADDRESS), "Ingen uge er trukket endnu.")


def test_more_draws_and_more_answers_cost_no_more_queries(officer, plan, unanswered, draw_week):
    weeks = iter(range(4))

    def draw_another():
        later = timedelta(days=7 * next(weeks))
        unanswered(closed_at=CLOSED + later)
        draw_week(MONDAY + later, at=DRAWN + later)

    assert_same_queries(open_page=lambda: officer.get(ADDRESS), add_row=draw_another)

"""The survey, answered from the mail on a telephone by keyboard alone; and how it goes, for the area."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from employers.surveys import drawing
from employers.surveys.models import Draw, Plan, Survey
from employers.vacancies.models import Outcome, State, Vacancy
from jobcenter.notifications.models import Mail
from jobcenter.notifications.telling import bundle
from regions.bottlenecks.figures.computing import compute
from regions.bottlenecks.load import load_rules
from regions.bottlenecks.models import Indicators, Place
from regions.measures.periods import parse


@pytest.fixture
def mailed(make_vacancy, make_enquiry):
    """A vacancy of last month closed without an answer, was drawn, and the mail has left. Gives the mail."""
    today = timezone.localdate()
    Plan.objects.create(
        valid_from=today - timedelta(days=60), percent=50, all_up_to=40, waits_days=7, open_days=21
    )
    week = drawing.monday(today) - timedelta(days=21)
    closed_at = timezone.now() - (today - week)
    vacancy = make_vacancy(
        state=State.CLOSED,
        outcome=Outcome.UNKNOWN,
        positions=3,
        published_at=closed_at - timedelta(days=30),
        closed_at=closed_at,
    )
    make_enquiry(vacancy=vacancy)
    for draw in drawing.promise(on=today):
        drawing.carry_out(draw.pk)
    bundle(now=timezone.localtime().replace(hour=9))
    drawing.follow_mails(at=timezone.now())
    return Mail.objects.get(kind="digest")


def counted() -> tuple[int, int, int]:
    """Attempts, those that failed, and vacancies without an answer: what the indicators know of Køge."""
    closed_at = timezone.localtime(Vacancy.objects.get().closed_at)
    compute(parse(f"{closed_at.year}H0{1 if closed_at.month <= 6 else 2}"))
    known = Indicators.objects.of(Place.MUNICIPALITY, "0259").get(occupation=Vacancy.objects.get().occupation)
    return known.attempts, known.failed, known.unknown


@pytest.mark.parametrize("page", [390], indirect=True)
def test_the_survey_is_answered_from_the_mail_on_a_telephone_and_counts_once(page, mailed, axe, see):
    load_rules()
    assert counted() == (0, 0, 1)
    [link] = re.findall(r"https?://\S+/rekruttering/\S+", mailed.body)
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hvordan gik det med „Procesoperatør“?")
    axe(page)
    see(page, "undersoegelse-1-spoergsmaal")
    send = page.get_by_role("button", name="Send svaret")
    assert send.bounding_box()["y"] + send.bounding_box()["height"] <= 844

    # Sent too soon: what was typed stays, and the page says what is missing.
    page.locator("#id_filled").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Vælg et af de tre svar")
    expect(page.locator("#id_filled")).to_have_value("2")
    axe(page)
    see(page, "undersoegelse-2-mangler")

    page.locator("#id_outcome_0").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#id_outcome_1")).to_be_checked()
    page.keyboard.press("Tab")
    expect(page.locator("#id_filled")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#id_lacking_1")).to_be_checked()
    page.keyboard.press("Tab")
    expect(send).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tak for jeres svar")
    expect(page.get_by_role("main")).to_contain_text("Besatte stillinger: 2")
    axe(page)
    see(page, "undersoegelse-3-tak")

    vacancy, survey = Vacancy.objects.get(), Survey.objects.get()
    assert (vacancy.outcome, vacancy.positions_filled) == (Outcome.NOT_FILLED, 2)
    assert (survey.outcome, survey.filled, survey.lacking) == ("filled_other_profile", 2, "qualifications")
    assert counted() == (1, 1, 0)
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tak for jeres svar")
    assert counted() == (1, 1, 0)


def test_an_area_sees_how_the_survey_goes(page, mailed, sjaelland, sign_in, axe, see):
    sign_in(page, sjaelland.officer)
    page.goto("/rekrutteringsundersoegelse/")

    expect(page.get_by_role("main")).to_contain_text("trukket igen lige nu: de samme")
    expect(page.get_by_role("main")).to_contain_text(Draw.objects.get(surveys__isnull=False).seed)
    axe(page)
    see(page, "undersoegelse-4-omraadet")

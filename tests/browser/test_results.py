"""A jobcentre's results, opened to what they were computed from, answered by its manager, and printed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from regions.comparison import replying
from regions.comparison.load import load_conditions
from regions.comparison.models import Result
from regions.feeds.figures import Figure
from regions.feeds.receiving import Origin, receive
from regions.measures import load as definitions
from regions.measures.models import Measure, TargetGroup
from regions.measures.periods import parse
from regions.oversight import load as flag_rules
from regions.oversight.models import RuleParameters
from tests.regions.making import (
    A_YEAR_AGO,
    AS_EXPECTED,
    FAR_UNDER,
    NOW,
    UNDER,
    give_conditions,
    make_comparison,
    make_flag,
    review,
)

A4_WIDTH = 718
"""Pixels of the paper, 210 mm at 96 to the inch, less a margin of a centimetre at each side."""

WEIGHTS = {"intercept": 0.28, "population": 0.0124, "long_commute": -0.031, "jobs_per_resident": 0.0442}


@pytest.fixture
def compared(db, sjaelland, koege, roskilde, aarhus):
    """Køge far under in the latest period, its figure delivered, and what was expected of it explained."""
    for reference in (*definitions.REFERENCES, *flag_rules.REFERENCES):
        reference.load()
    load_conditions()
    measure = Measure.objects.get(code="job_after_6_months")
    group = TargetGroup.objects.get(code="ready_for_work")
    give_conditions([koege.jobcentre, roskilde.jobcentre, aarhus.jobcentre])
    figure = Figure(
        line=2,
        measure=measure.code,
        group=group.code,
        municipality=None,
        jobcentre=koege.jobcentre.code,
        period=parse(NOW),
        value=100 * FAR_UNDER.actual / FAR_UNDER.base,
        numerator=FAR_UNDER.actual,
        denominator=FAR_UNDER.base,
    )
    receive(
        [figure],
        origin=Origin(
            source="Opdigtet", data_date=date(2026, 11, 12), file_name="kvartaler.csv", content=b"kvartaler"
        ),
    )
    for period, said in ((A_YEAR_AGO, UNDER), (NOW, FAR_UNDER)):
        results = {koege.jobcentre: said, roskilde.jobcentre: AS_EXPECTED, aarhus.jobcentre: AS_EXPECTED}
        make_comparison(
            measure,
            group,
            results,
            period=period,
            coefficients=WEIGHTS,
            definition_version=measure.version,
            weakness="too_few_units",
        )
    return measure


def test_a_number_opens_to_what_it_was_computed_from(page, sign_in, compared, koege, axe, see):
    sign_in(page, koege.manager)
    page.goto(reverse("dashboard:jobcentre", args=[koege.jobcentre.pk]))

    page.get_by_role("link", name="75: hvad det er beregnet af").click()

    expect(page.get_by_role("region", name="Kort sagt")).to_contain_text("354 af 1.346, mod 471 forventet")
    expect(page.get_by_role("region", name="Hvor tallet kommer fra")).to_contain_text("kvartaler.csv")
    axe(page)
    see(page, "resultat")


def test_a_managers_own_page_waits_for_an_answer_and_takes_a_comment(
    page, sign_in, compared, koege, sjaelland, axe, see
):
    group = TargetGroup.objects.get(code="ready_for_work")
    flag = make_flag(koege.jobcentre, measure=compared, group=group, rule=RuleParameters.objects.get())
    who = {"by": sjaelland.officer, "organisation": sjaelland.office.organisation}
    due_on = timezone.localdate() + timedelta(days=14)
    review(flag, **who).send_to_hearing(reason="Forklar faldet", due_on=due_on, **who)
    sign_in(page, koege.manager)
    page.goto(reverse("dashboard:jobcentre", args=[koege.jobcentre.pk]))
    expect(page.get_by_role("region", name="Partshøringer, der skal besvares")).to_contain_text("Svar senest")
    page.get_by_role("link", name="75: hvad det er beregnet af").click()

    page.get_by_role("textbox", name="Jobcentrets kommentar").fill(
        "Tre sagsbehandlere var væk i foråret; de er tilbage nu."
    )
    page.get_by_role("button", name="Gem kommentaren").click()

    expect(page.locator("#kommentar")).to_contain_text("de er tilbage nu")
    axe(page)
    see(page, "resultat-kommentar")
    page.goto(reverse("dashboard:jobcentre", args=[koege.jobcentre.pk]))
    expect(page.get_by_role("region", name="Resultater", exact=True)).to_contain_text("de er tilbage nu")
    axe(page)
    see(page, "mit-jobcenter")


CUT_OFF = """
    [...document.querySelectorAll(".ei-main *")]
        .filter(each => each.checkVisibility() && each.getBoundingClientRect().right > innerWidth + 1)
        .map(each => `${each.className}: ${each.textContent.slice(0, 40)}`)
"""
"""What lies outside the paper, in words."""


@pytest.mark.parametrize("name", ["area", "jobcentre", "over_time", "result"])
def test_the_pages_fit_on_paper_as_material_for_a_dialogue(
    page, sign_in, compared, koege, sjaelland, see, name
):
    """A4 upright: nothing is cut off at the right, and what only a screen can use is left out."""
    here = [koege.jobcentre.pk, compared.code, "ready_for_work", NOW]
    arguments = {"area": [], "jobcentre": here[:1], "over_time": here[:2], "result": here}[name]
    result = Result.objects.get(jobcentre=koege.jobcentre, comparison__period=NOW)
    replying.reply(
        to=result, text="Tre sagsbehandlere var væk i foråret; de er tilbage nu.", by=koege.manager
    )
    sign_in(page, sjaelland.officer)
    page.set_viewport_size({"width": A4_WIDTH, "height": 1000})
    page.emulate_media(media="print")

    page.goto(reverse(f"dashboard:{name}", args=arguments))

    expect(page.get_by_text("de er tilbage nu").first).to_be_visible()
    expect(page.get_by_role("navigation", name="Sidemenu")).to_be_hidden()
    expect(page.get_by_role("link", name="JSON-stat")).to_be_hidden()
    see(page, f"papir-{name}")
    assert page.evaluate(CUT_OFF) == []

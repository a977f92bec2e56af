"""A jobcentre's figures over time, as the people who answer for them read and print them."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from regions.feeds.figures import Figure
from regions.feeds.receiving import Origin, receive
from regions.measures import load as definitions
from regions.measures.models import Measure, TargetGroup
from regions.measures.periods import parse
from regions.oversight import load as flag_rules
from tests.regions.making import A_YEAR_AGO, AS_EXPECTED, FAR_UNDER, UNDER, make_comparison

QUARTERS = [f"{year}Q{quarter:02d}" for year in range(2023, 2027) for quarter in (1, 2, 3, 4)][:15]
SHARES = [0.36, 0.34, 0.37, 0.35, 0.36, 0.33, 0.36, 0.35, 0.27, 0.28, 0.26, 0.27, 0.25, 0.28, 0.26]
"""Two good years, and a drop that has lasted since."""


@pytest.fixture
def fallen(db, sjaelland, koege, roskilde):
    for reference in (*definitions.REFERENCES, *flag_rules.REFERENCES):
        reference.load()
    measure = Measure.objects.get(code="job_after_6_months")
    group = TargetGroup.objects.get(code="ready_for_work")
    receive(
        [
            Figure(
                line=number + 2,
                measure=measure.code,
                group=group.code,
                municipality=None,
                jobcentre=koege.jobcentre.code,
                period=parse(period),
                value=100 * round(340 * share) / 340,
                numerator=round(340 * share),
                denominator=340,
            )
            for number, (period, share) in enumerate(zip(QUARTERS, SHARES, strict=True))
        ],
        origin=Origin(
            source="Opdigtet", data_date=date(2026, 11, 12), file_name="kvartaler.csv", content=b"kvartaler"
        ),
    )
    for period, said in ((A_YEAR_AGO, UNDER), ("2026QMAT03", FAR_UNDER)):
        make_comparison(
            measure, group, {koege.jobcentre: said, roskilde.jobcentre: AS_EXPECTED}, period=period
        )
    return measure


def test_a_managers_own_results_lead_to_a_measure_over_time(page, sign_in, fallen, koege, axe, see):
    sign_in(page, koege.manager)

    page.goto(reverse("dashboard:jobcentre", args=[koege.jobcentre.pk]))
    expect(page.get_by_role("img", name="over 15 perioder: gennemsnit 31,2").locator("svg")).to_be_visible()
    axe(page)
    see(page, "jobcentret")
    page.get_by_role("link", name=fallen.title_da).first.click()

    expect(page.get_by_role("img", name="over 15 perioder: gennemsnit 31,2").locator("svg")).to_be_visible()
    expect(
        page.get_by_role("img", name="Faktisk i pct. af forventet, periode for periode").locator("svg")
    ).to_be_visible()
    expect(page.get_by_role("region", name="Kort sagt")).to_contain_text(
        "Under den nedre grænse: 3. kvt. 2026, 1. kvt. 2026, 3. kvt. 2025 (til det værre)"
    )
    axe(page)
    see(page, "over-tid")


def test_the_national_authority_reads_the_country(page, sign_in, fallen, national, midtjylland, axe, see):
    sign_in(page, national)

    page.goto(reverse("dashboard:country"))

    expect(page.get_by_role("region", name="Kort sagt")).to_contain_text(
        "1 af 3 jobcentre klarer sig klart dårligere, end vilkårene tilsiger"
    )
    axe(page)
    see(page, "landet")
    page.get_by_role("row", name="Køge").get_by_role("link", name="Køge", exact=True).click()
    expect(page.get_by_role("heading", name=fallen.title_da)).to_be_visible()

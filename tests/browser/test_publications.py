"""From a draft to what anyone reads, and its correction: at both widths."""

from __future__ import annotations

import gzip

import pytest
from django.urls import reverse
from playwright.sync_api import Response, expect

from regions.comparison import load
from regions.comparison.models import Comparison, Result
from regions.measures import load as definitions
from regions.measures.models import Measure, TargetGroup
from tests.regions.making import (
    AS_EXPECTED,
    FAR_OVER,
    FAR_UNDER,
    TOO_FEW,
    Said,
    make_comparison,
    make_jobcentres,
)
from tests.regions.publications.making import publish_quarter


@pytest.fixture
def compared(db, sjaelland, midtjylland, koege, roskilde, aarhus):
    """Two measures, one of them with a jobcentre too small to be told of."""
    for reference in definitions.REFERENCES:
        reference.load()
    load.load_conditions()
    group = TargetGroup.objects.get(code="ready_for_work")
    for code, said in {
        "job_after_6_months": (FAR_UNDER, AS_EXPECTED, FAR_OVER),
        "back_within_12_months": (Said(3, 640, 44.0, -3.6), AS_EXPECTED, TOO_FEW),
    }.items():
        measure = Measure.objects.get(code=code)
        results = dict(zip([one.jobcentre for one in (koege, roskilde, aarhus)], said, strict=True))
        make_comparison(measure, group, results, definition_version=measure.version, digest=code)
    return Comparison.objects.get(measure__code="job_after_6_months")


def test_an_analyst_publishes_a_quarter_corrects_it_and_anyone_reads_it(
    page, sign_in, compared, koege, national, axe, see
):
    sign_in(page, national)
    page.goto(reverse("publications:issues"))
    page.get_by_role("button", name="Dan kladden").click()
    expect(page.get_by_role("heading", name="Kontrollér kladden")).to_be_visible()
    axe(page)
    see(page, "udgivelse-kontrol")

    page.get_by_role("button", name="Offentliggør som").click()
    expect(page.get_by_role("alert")).to_contain_text("Skriv, hvorfor")
    page.get_by_label("Hvorfor sammenligningen kan offentliggøres").fill("Gennemgået måling for måling.")
    page.get_by_role("button", name="Offentliggør som").click()
    expect(page.get_by_role("heading", name="Udgave 1", exact=True)).to_be_visible()
    axe(page)
    see(page, "udgivelse-offentliggjort")

    Result.objects.filter(comparison=compared, jobcentre=koege.jobcentre).update(actual=398, z_adjusted=-2.8)
    Comparison.objects.filter(pk=compared.pk).update(digest="anew")
    page.goto(reverse("publications:issues"))
    page.get_by_label("Hvad der var forkert").fill("Køge havde ikke talt de sidste to uger med.")
    page.get_by_role("button", name="Dan kladden").click()
    expect(page.get_by_text("354 af 1.346 → 398 af 1.346")).to_be_visible()
    axe(page)
    see(page, "udgivelse-rettelse")
    page.get_by_label("Hvorfor sammenligningen kan offentliggøres").fill("Kontrolleret.")
    page.get_by_role("button", name="Offentliggør som").click()
    expect(page.get_by_role("heading", name="Udgave 2", exact=True)).to_be_visible()
    page.goto(reverse("publications:issues"))
    expect(page.get_by_role("row", name="Udgave 2")).to_contain_text("retter udgave 1")
    axe(page)
    see(page, "udgivelse-alle")

    page.context.clear_cookies()
    page.goto(reverse("publications:latest"))
    expect(page.get_by_role("heading", name="Jobcentrenes resultater sammenlignet")).to_be_visible()
    page.get_by_label("Måling og målgruppe").select_option("job_after_6_months.ready_for_work")
    page.get_by_role("button", name="Vis", exact=True).click()
    table = page.get_by_role("region", name="Tabel: jobcentrene efter navn")
    expect(table.get_by_role("row", name="Køge")).to_contain_text("398")
    expect(page.get_by_role("img", name="Tragtdiagram").locator("svg")).to_be_visible()
    axe(page)
    see(page, "udgave")

    page.get_by_role("link", name="Læs, hvad der stod").click()
    expect(page.get_by_text("Denne udgave er rettet")).to_be_visible()
    axe(page)
    see(page, "udgave-rettet")


def test_anyone_chooses_a_jobcentre_and_reads_the_method(page, sign_in, compared, national, axe, see):
    sign_in(page, national)
    page.goto(reverse("publications:issues"))
    page.get_by_role("button", name="Dan kladden").click()
    expect(page.get_by_role("heading", name="Kontrollér kladden")).to_be_visible()
    page.get_by_label("Hvorfor sammenligningen kan offentliggøres").fill("Gennemgået.")
    page.get_by_role("button", name="Offentliggør som").click()
    expect(page.get_by_role("heading", name="Udgave 1", exact=True)).to_be_visible()
    page.context.clear_cookies()

    page.goto(f"{reverse('publications:latest')}?maal=back_within_12_months.ready_for_work")
    table = page.get_by_role("region", name="Tabel: jobcentrene efter navn")
    expect(table.get_by_role("row", name="Køge")).to_contain_text("skjult")
    axe(page)
    see(page, "udgave-skjult")

    table.get_by_role("link", name="Køge").click()
    expect(page.get_by_role("heading", name="Hvem der sammenlignes med Køge")).to_be_visible()
    axe(page)
    see(page, "udgave-jobcenter")
    page.get_by_role("link", name="Sådan sammenlignes jobcentrene").click()
    expect(page.get_by_role("heading", name="Ligestillede")).to_be_visible()
    axe(page)
    see(page, "udgave-metode")


def test_a_manager_sees_who_is_compared_with_whom(page, sign_in, compared, koege, axe, see):
    sign_in(page, koege.manager)
    page.goto(reverse("dashboard:jobcentre", args=[koege.jobcentre.pk]))

    see(page, "jobcenter-leder-til")
    page.get_by_role("link", name="Hvem der sammenlignes med hvem").click()

    expect(page.get_by_role("heading", name="Hvem der sammenlignes med Køge")).to_be_visible()
    axe(page)
    see(page, "hvem-sammenlignes")


REQUESTS, BYTES = 15, 800_000
"""As much as a page with a chart may ask for."""


def size_as_sent(answer: Response) -> int:
    """The portal's own pages are sent as they are; scripts, styles and fonts are kept compressed."""
    body = answer.body()
    return len(body) if answer.request.resource_type == "document" else len(gzip.compress(body))


def test_the_whole_country_is_light_to_read(page, compared, national):
    """As many jobcentres as Denmark has, with their chart."""
    Result.objects.bulk_create(
        Result(comparison=compared, jobcentre=one, actual=400, base=1000, expected=400.0, z_adjusted=0.1)
        for one in make_jobcentres(91)
    )
    Comparison.objects.filter(pk=compared.pk).update(digest="all")
    publish_quarter("2026Q03", by=national)
    answers: list[Response] = []

    def keep(answer: Response) -> None:
        answers.append(answer)

    page.on("response", keep)

    page.goto(f"{reverse('publications:latest')}?maal=job_after_6_months.ready_for_work")
    expect(page.get_by_role("img", name="Tragtdiagram").locator("svg")).to_be_visible()

    fonts = [answer.url for answer in answers if answer.request.resource_type == "font"]
    assert fonts
    assert all(address.endswith(".woff2") for address in fonts)
    assert len(answers) <= REQUESTS
    assert sum(map(size_as_sent, answers)) <= BYTES

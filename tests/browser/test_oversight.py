"""Review as area staff do it: on the dashboard and in the administration pages, at both widths."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from jobcenter.classifications.models import Outlook
from jobcenter.notifications.models import Mail
from regions.bottlenecks import load as bottleneck_rules
from regions.bottlenecks.models import Category
from regions.measures import load as definitions
from regions.measures.models import Measure, TargetGroup
from regions.oversight import load as flag_rules
from regions.oversight.flagging import flag as raise_flags
from regions.oversight.models import Flag, Question, RuleParameters
from tests.regions.making import (
    A_YEAR_AGO,
    AS_EXPECTED,
    FAR_OVER,
    FAR_UNDER,
    UNDER,
    Said,
    make_comparison,
    make_flag,
    make_line,
    make_occupation,
    make_report,
    outline,
    review,
)

POINTS_DOWN = """shapes => shapes.map(shape => {
  const box = shape.getBoundingClientRect(), length = shape.getTotalLength(), to = shape.getScreenCTM(),
    at = part => shape.getPointAtLength(length * part).matrixTransform(to);
  const heights = [...Array(90).keys()].map(place => at(place / 90).y);
  return heights.reduce((sum, y) => sum + y) / 90 < (box.top + box.bottom) / 2;
})"""
"""Whether most of a triangle's outline lies in its upper half."""

REASON = "Vi beder jer forklare faldet siden sidste år."


@pytest.fixture
def references(db):
    for reference in (*definitions.REFERENCES, *flag_rules.REFERENCES, *bottleneck_rules.REFERENCES):
        reference.load()


@pytest.fixture
def compared(references, sjaelland, midtjylland, koege, roskilde, aarhus):
    """Køge far under for two years, Roskilde under, Aarhus far over; and where they lie."""
    measure, group = (
        Measure.objects.get(code="job_after_6_months"),
        TargetGroup.objects.get(code="ready_for_work"),
    )
    for period, said in ((A_YEAR_AGO, AS_EXPECTED), ("2026QMAT03", UNDER)):
        make_comparison(
            measure,
            group,
            {koege.jobcentre: FAR_UNDER, roskilde.jobcentre: said, aarhus.jobcentre: FAR_OVER},
            period=period,
        )
    for number, centre in enumerate((koege, roskilde, aarhus)):
        outline(centre.municipality, at=(40.0 * number, 0))
    return measure, group


@pytest.fixture
def flag(compared, koege):
    measure, group = compared
    return make_flag(koege.jobcentre, measure=measure, group=group, rule=RuleParameters.objects.get())


@pytest.fixture
def report(references, sjaelland, midtjylland):
    drivers, cooks = make_occupation("8344", "Truckfører"), make_occupation("5120", "Kok")
    own, other = make_report(sjaelland.area), make_report(midtjylland.area)
    make_line(own, drivers, failed=27, attempts=61, category=Category.PROBLEMS)
    make_line(own, cooks, failed=1, attempts=3, category=Category.NOT_ASSESSED)
    make_line(other, drivers, failed=4, attempts=120, category=Category.NO_PROBLEMS)
    return own


def drawn(page, name):
    """The chart is there, and not the sentence that stands in for it without script."""
    expect(page.get_by_role("img", name=name).locator("svg")).to_be_visible()


def test_the_area_is_a_sentence_a_map_a_funnel_and_a_table(page, sign_in, flag, sjaelland, axe, see):
    sign_in(page, sjaelland.officer)

    page.goto(reverse("dashboard:area"))

    expect(page.get_by_role("region", name="Hvad billedet siger")).to_contain_text(
        "Køge når færre, end vilkårene tilsiger: 354 mod forventet 471."
    )
    drawn(page, "Tragtdiagram")
    signs = page.get_by_role("img", name="Tragtdiagram").locator("path[fill='#b00000']")
    assert signs.evaluate_all(POINTS_DOWN) == [True, True], "the point that lies below, and its legend"
    axe(page)
    see(page, "omraadet")
    page.get_by_role("link", name="Køge: 75 pct. af forventet, klart under").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jobcenter Køge")
    axe(page)
    see(page, "jobcenter")


def begin_and_check(page, see):
    """The review is begun, and its data check saved without remarks."""
    page.get_by_label("Begynd gennemgangen").check()
    page.get_by_role("button", name="Afgør som Hanne Vestergaard").click()
    see(page, "flag-datakontrol")
    for question in Question:
        page.get_by_label(str(question.label), exact=True).select_option("fine")
        expect(page.get_by_label(f"Bemærkning: {question.label}")).to_be_visible()
    page.get_by_label("Gem datakontrollen").check()
    page.get_by_role("button", name="Afgør som Hanne Vestergaard").click()
    expect(page.get_by_role("region", name="Datakontrol")).to_contain_text("ja, uden bemærkninger")


def test_a_flag_on_the_law_holds_the_share_against_what_is_required(
    page, sign_in, references, koege, sjaelland, axe, see
):
    timely = Measure.objects.get(code="timely_interviews")
    group = TargetGroup.objects.get(code="ready_for_work")
    for period, kept in (("2025Q04", 830), ("2026Q01", 790), ("2026Q02", 700), ("2026Q03", 610)):
        make_comparison(timely, group, {koege.jobcentre: Said(kept, 1000, 700.0, -1.0)}, period=period)
    [flag] = raise_flags(timely, target_group=group)
    sign_in(page, sjaelland.officer)

    page.goto(flag.get_absolute_url())

    drawn(page, "Andelen over for det, loven kræver")
    page.get_by_text("Tallene som tabel").click()
    expect(page.get_by_role("row", name="3. kvt. 2026")).to_contain_text("80 %")
    axe(page)
    see(page, "flag-lovkrav")


def test_the_officer_asks_the_jobcentre_and_the_manager_answers(
    page, sign_in, flag, sjaelland, koege, axe, see
):
    sign_in(page, sjaelland.officer)
    page.goto(reverse("oversight:flags"))
    axe(page)
    see(page, "flag-indbakke")
    page.get_by_role("main").get_by_role("link", name="Køge").click()
    drawn(page, "Faktisk i pct. af forventet")
    axe(page)

    begin_and_check(page, see)
    axe(page)
    see(page, "flag-kontrolleret")
    page.get_by_role("button", name="Afgør som Hanne Vestergaard").click()
    expect(page.get_by_role("alert")).to_contain_text("Vælg, hvad der skal ske.")
    axe(page)
    page.get_by_label("Send i høring").check()
    page.get_by_label("Begrundelse").fill(REASON)
    page.get_by_role("button", name="Afgør som Hanne Vestergaard").click()
    expect(page.get_by_role("main")).to_contain_text("Din afgørelse står i historikken.")
    assert [mail.to for mail in Mail.objects.all()] == [koege.manager.email]

    sign_in(page, koege.manager)
    page.goto(flag.get_absolute_url())
    axe(page)
    page.get_by_role("textbox", name="Jeres svar").fill("Vi genkender billedet.")
    file = page.get_by_label("Filer")
    file.set_input_files({"name": "bemanding.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90\x00"})
    see(page, "flag-svar")
    page.get_by_role("button", name="Send svaret").click()
    expect(page.get_by_role("alert")).to_contain_text("„bemanding.pdf“ kan ikke modtages")
    expect(page.get_by_role("textbox", name="Jeres svar")).to_have_value("Vi genkender billedet.")
    axe(page)
    see(page, "flag-svar-fejl")
    file.set_input_files(
        {"name": "bemanding.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF\n"}
    )
    page.get_by_role("button", name="Send svaret").click()
    expect(page.get_by_role("main")).to_contain_text("Vi genkender billedet.")
    with page.expect_download() as saved:
        page.get_by_role("link", name="bemanding.pdf").click()
    assert saved.value.suggested_filename == "bemanding.pdf"
    axe(page)
    see(page, "flag-hoert")
    flag.refresh_from_db()
    assert flag.hearing_answer == "Vi genkender billedet."


def test_the_rule_stands_in_words_beside_how_it_has_held(page, sign_in, flag, sjaelland, axe, see):
    sign_in(page, sjaelland.officer)
    page.goto(reverse("oversight:flags"))
    page.get_by_role("link", name="Bør følges", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Intet venter på en afgørelse.")
    page.get_by_role("link", name="For få data").click()
    axe(page)
    see(page, "flag-for-faa-data")
    page.get_by_role("link", name="Reglen i ord").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Reglen for flag")
    expect(page.get_by_role("region", name="Resultatproblem")).to_contain_text("3,09")
    axe(page)
    see(page, "flag-regel")


def test_the_same_decision_is_taken_in_the_administration_pages(page, sign_in, flag, sjaelland, koege, see):
    sign_in(page, sjaelland.officer)
    page.goto(reverse("admin:oversight_flag_changelist"))
    page.get_by_role("link", name="Jobcenter Køge").click()
    review(Flag.objects.get(pk=flag.pk), by=sjaelland.officer, organisation=sjaelland.office.organisation)
    page.reload()
    drawing = page.get_by_role("img", name="Faktisk i pct. af forventet").bounding_box()
    assert drawing
    assert drawing["width"] > 240
    assert 0.5 < drawing["height"] / drawing["width"] < 0.65

    page.get_by_label("Send i høring").check()
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.get_by_text("Skriv begrundelsen")).to_be_visible()
    flag.refresh_from_db()
    assert flag.state == Flag.State.UNDER_REVIEW

    page.get_by_label("Begrundelse").fill(REASON)
    see(page, "admin-flag")
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.get_by_text("blev ændret")).to_be_visible()
    flag.refresh_from_db()
    assert flag.state == Flag.State.HEARING
    assert flag.log.last().comment == REASON
    assert [mail.to for mail in Mail.objects.all()] == [koege.manager.email]


def test_a_line_is_reviewed_and_the_report_published(page, sign_in, report, sjaelland, axe, see):
    sign_in(page, sjaelland.officer)
    page.goto(reverse("bottlenecks:reports"))
    axe(page)
    page.get_by_role("link", name="Problemer 61 svar").click()
    drawn(page, "Forgæves rekruttering")
    axe(page)

    page.get_by_label("Kategori").select_option(label="Ingen rekrutteringsproblemer")
    page.get_by_role("button", name="Gem linjen").click()
    expect(page.get_by_role("alert")).to_contain_text("Skriv, hvorfor kategorien ændres.")
    axe(page)
    page.get_by_label("Gennemgang: bemærkning").fill("To lagre er lukket.")
    page.get_by_role("button", name="Gem linjen").click()
    expect(page.get_by_role("main")).to_contain_text("Reglen foreslog „rekrutteringsproblemer“.")
    see(page, "flaskehalse")

    page.get_by_role("link", name="Offentliggør rapporten").click()
    axe(page)
    page.get_by_label("Hvorfor resten kan godkendes").fill("Ingen har indvendinger.")
    page.get_by_role("button", name="Godkend resten").click()
    page.get_by_label("Hvorfor rapporten kan offentliggøres").fill("Gennemgået med jobcentrene.")
    page.get_by_role("button", name="Offentliggør som Hanne Vestergaard").click()
    expect(page.get_by_role("main")).to_contain_text("Rapporten er offentliggjort.")
    axe(page)
    see(page, "flaskehalse-rapport")
    assert Outlook.objects.get(occupation__code="8344").category == Category.NO_PROBLEMS

    page.goto(reverse("bottlenecks:published"))
    expect(page.get_by_role("main")).to_contain_text("Sjælland: 1. halvår 2026, offentliggjort")
    axe(page)
    see(page, "flaskehalse-offentlig")


def test_the_report_is_published_in_the_administration_pages(page, sign_in, report, sjaelland, see):
    sign_in(page, sjaelland.officer)
    page.goto(reverse("admin:bottlenecks_report_changelist"))
    page.get_by_role("link", name="Sjælland").first.click()

    page.get_by_label("Offentliggør nu").check()
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.get_by_text("Skriv, hvorfor rapporten kan offentliggøres")).to_be_visible()
    assert not Outlook.objects.exists()

    page.get_by_label("Hvorfor resten kan godkendes").fill("Ingen har indvendinger.")
    page.get_by_label("Hvorfor rapporten kan offentliggøres").fill("Gennemgået med jobcentrene.")
    see(page, "admin-rapport")
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.get_by_text("blev ændret")).to_be_visible()
    assert Outlook.objects.count() == 2
    assert [step.comment for step in report.log.order_by("at", "pk")] == [
        "Ingen har indvendinger.",
        "Gennemgået med jobcentrene.",
    ]


def test_measures_say_what_is_assessed(page, sign_in, references, koege, axe, see):
    sign_in(page, koege.caseworker)
    page.goto(reverse("dashboard:measures"))
    axe(page)
    page.get_by_role("link", name="Arbejdspladser i kommunen").click()

    expect(page.get_by_role("region", name="Kort sagt")).to_contain_text("Illustration, ikke vurdering")
    axe(page)

"""The whole way: from a file of figures to an intervention closed with its effect, by everybody in it.

The officer and the jobcentre's manager sit at a window each, and some of it is done in the administration
pages. Every period is counted back from today. What lies between the two files takes years: the
intervention is moved back to where the first ended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

import numpy as np
import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from jobcenter.centres.models import Jobcentre
from jobcenter.notifications.models import Mail
from regions.bottlenecks import load as bottleneck_rules
from regions.comparison import load as framework
from regions.comparison.models import Recomputation
from regions.dashboard.recomputation import carry_out_here, follow
from regions.interventions.models import Intervention, Meeting
from regions.measures import load as definitions
from regions.measures.models import Delivery, Measure, Measurement, TargetGroup
from regions.measures.periods import Frequency, Period, latest_ended
from regions.oversight import load as flag_rules
from regions.oversight.models import Flag, Question
from tests.regions.making import give_conditions, make_jobcentres

OTHERS = 39
HEADER = "måling;målgruppe;jobcenter;periode;tæller;nævner"
LATEST = latest_ended(Frequency.FOUR_QUARTERS, on=timezone.localdate() - timedelta(days=60))
YEARS = [Period(Frequency.FOUR_QUARTERS, LATEST.last - 12 * back) for back in range(6)][::-1]
"""Four quarters each, that share no month; the last has been mature for weeks."""

BEFORE, AFTER = YEARS[:4], YEARS[4:]
FAR_UNDER, AS_EXPECTED = (196, 205, 199, 204), (350, 354)
"""Of a thousand spells in Køge, how many ended in a job, in each of them."""
ANSWER = "To stillinger har stået ledige; vi vil gerne have hjælp."


@dataclass(frozen=True)
class Case:
    """Two windows, and what is looked at on the way."""

    officer: Page
    manager: Page
    look: Callable[[Page, str], None]
    see: Callable[[Page, str], Path]
    folder: Path

    def file_of(self, periods: Sequence[Period], *, own: Sequence[int]) -> Path:
        """As the officer has it from the jobcentre."""
        path = self.folder / f"resultater-{periods[-1].code}.csv"
        lines = [
            f"job_after_6_months;ready_for_work;0259;{period.code};{count};1000"
            for period, count in zip(periods, own, strict=True)
        ]
        path.write_text("\r\n".join([HEADER, *lines, ""]), encoding="utf-8")
        return path


@pytest.fixture
def case(page, another_window, sign_in, sjaelland, koege, axe, see, tmp_path) -> Case:
    for reference in (*definitions.REFERENCES, *flag_rules.REFERENCES, *bottleneck_rules.REFERENCES):
        reference.load()
    framework.load_conditions()
    make_jobcentres(OTHERS)
    give_conditions([koege.jobcentre], seed=2)
    sign_in(page, sjaelland.officer)

    def look(window: Page, name: str) -> None:
        axe(window)
        see(window, name)

    return Case(officer=page, manager=another_window(koege.manager), look=look, see=see, folder=tmp_path)


def test_from_a_file_to_an_intervention_closed_with_its_effect(case, sjaelland, koege):
    figures_arrive(case, BEFORE, own=FAR_UNDER)
    the_officer_recomputes(case)
    flag = a_flag_is_proposed_checked_and_heard(case, koege)
    the_manager_answers(case, flag)
    the_officer_confirms_in_the_administration_pages(case, flag)
    whole = an_intervention_begins_from_the_flag(case, flag)
    they_talk_and_agree_on_the_notes(case, whole)
    they_sign_an_agreement(case, whole)
    a_consultant_helps(case, whole)
    years_pass(whole)
    figures_arrive(case, AFTER, own=AS_EXPECTED)
    what_changed_is_compared_without_being_asked_for()
    the_officer_follows_up(case, whole)
    it_is_closed_in_the_administration_pages(case, whole)
    both_see_the_effect(case, whole)


def the_others_have_delivered(periods: Iterable[Period]) -> None:
    """Of every thousand spells around 350 ended in a job."""
    delivery = Delivery.objects.create(
        source="Opdigtet", data_date=timezone.localdate(), file_name="andre.csv", digest="0" * 64
    )
    measure = Measure.objects.get(code="job_after_6_months")
    group = TargetGroup.objects.get(code="ready_for_work")
    others = list(Jobcentre.objects.filter(code__startswith="9").order_by("code"))
    for period in periods:
        drawn = (
            np.random.default_rng(YEARS.index(period))
            .normal(350, 8, size=OTHERS)
            .round()
            .astype(int)
            .tolist()
        )
        Measurement.objects.bulk_create(
            Measurement(
                measure=measure,
                target_group=group,
                jobcentre=jobcentre,
                period=period.code,
                starts_on=period.starts_on,
                ends_on=period.ends_on,
                numerator=count,
                denominator=1000,
                value=count / 10,
                delivery=delivery,
            )
            for jobcentre, count in zip(others, map(int, drawn), strict=True)
        )


def figures_arrive(case: Case, periods: list[Period], *, own: Sequence[int]) -> None:
    the_others_have_delivered(periods)
    page, known = case.officer, Measurement.objects.count()
    page.goto(reverse("feeds:deliveries"))
    page.get_by_role("main").get_by_role("link", name="Levér en fil").click()
    page.get_by_label("Kilde").fill("Jobindsats, y60b15")
    page.get_by_label("Datadato").fill(timezone.localdate().isoformat())
    page.get_by_label("Fil (CSV eller XLSX)").set_input_files(case.file_of(periods, own=own))
    page.get_by_role("button", name="Se, hvad den ændrer").click()
    count = len(periods)
    expect(page.get_by_role("region", name="Hvad filen ændrer")).to_contain_text(f"{count} nye tal")
    assert Measurement.objects.count() == known, "nothing counts before it is let through"
    page.get_by_role("button", name="Gem tallene").click()
    expect(page.get_by_text(f"Gemt: {count} nye tal, 0 ændrede.")).to_be_visible()


def the_officer_recomputes(case: Case) -> None:
    page = case.officer
    page.goto(reverse("feeds:deliveries"))
    page.get_by_role("button", name="Genberegn").click()
    expect(page.get_by_role("heading", name="Beregner")).to_be_visible()
    carry_out_here(Recomputation.objects.latest("pk"))
    expect(page.get_by_role("heading", name="Færdig")).to_be_visible()


def what_changed_is_compared_without_being_asked_for() -> None:
    begun = follow()
    assert begun
    carry_out_here(begun)


def a_flag_is_proposed_checked_and_heard(case: Case, koege) -> Flag:
    page = case.officer
    flag = Flag.objects.get(jobcentre=koege.jobcentre)
    assert (flag.state, flag.severity, flag.period) == ("proposed", "serious", BEFORE[-1].code)
    page.goto(reverse("oversight:flags"))
    page.get_by_role("main").get_by_role("link", name="Køge").click()
    page.get_by_label("Begynd gennemgangen").check()
    page.get_by_role("button", name="Afgør som").click()
    for question in Question:
        page.get_by_label(str(question.label), exact=True).select_option("fine")
    page.get_by_label("Gem datakontrollen").check()
    page.get_by_role("button", name="Afgør som").click()
    page.get_by_label("Send i høring").check()
    page.get_by_role("button", name="Afgør som").click()
    expect(page.get_by_role("alert").first).to_contain_text("Skriv begrundelsen")
    page.get_by_label("Begrundelse").fill("Vi beder jer forklare to år under det forventede.")
    page.get_by_role("button", name="Afgør som").click()
    expect(page.get_by_role("main")).to_contain_text("Din afgørelse står i historikken.")
    assert Mail.objects.filter(to=koege.manager.email).exists()
    return flag


def the_manager_answers(case: Case, flag: Flag) -> None:
    page = case.manager
    page.goto(flag.get_absolute_url())
    page.get_by_role("textbox", name="Jeres svar").fill(ANSWER)
    page.get_by_role("button", name="Send svaret").click()
    expect(page.get_by_role("main")).to_contain_text(ANSWER)


def the_officer_confirms_in_the_administration_pages(case: Case, flag: Flag) -> None:
    page = case.officer
    page.goto(reverse("admin:oversight_flag_change", args=[flag.pk]))
    page.get_by_label("Bekræft").check()
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.get_by_text("Skriv begrundelsen")).to_be_visible()
    page.get_by_label("Begrundelse").fill("Jobcentret genkender billedet.")
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.get_by_text("blev ændret")).to_be_visible()
    flag.refresh_from_db()
    assert flag.state == "confirmed"


def an_intervention_begins_from_the_flag(case: Case, flag: Flag) -> Intervention:
    page = case.officer
    page.goto(flag.get_absolute_url())
    page.get_by_role("link", name="Dialog, aftale og bistand").click()
    page.get_by_label("Begrundelse").fill("Vi vil se på det sammen.")
    page.get_by_role("button", name="Indled en indsats").click()
    expect(page.get_by_role("main")).to_contain_text("Indsatsen er indledt")
    case.look(page, "vejen-1-indledt")
    case.manager.goto(flag.get_absolute_url())
    case.manager.get_by_role("link", name="Dialog, aftale og bistand").click()
    expect(case.manager.get_by_role("main")).to_contain_text("Vi vil se på det sammen.")
    return Intervention.objects.get()


def take(page: Page, step: str) -> None:
    page.get_by_role("button", name=step).click()
    expect(page.get_by_role("main")).to_contain_text("Det står i historikken")


def they_talk_and_agree_on_the_notes(case: Case, whole: Intervention) -> None:
    page = case.officer
    page.get_by_role("link", name="Planlæg et møde").click()
    soon = timezone.localtime().replace(hour=10, minute=0) + timedelta(days=3)
    page.get_by_label("Tidspunkt").fill(soon.strftime("%Y-%m-%dT%H:%M"))
    page.get_by_label("Hvem er med").fill("Jobcenterchef, områdets konsulent")
    take(page, "Planlæg et møde")
    page.get_by_role("link", name="Dialogmateriale").click()
    expect(page.get_by_role("region", name="Dagsorden")).to_contain_text("204 af 1.000, hvor")
    expect(page.get_by_role("img").locator("svg")).to_be_visible()
    case.look(page, "vejen-1b-materiale")
    Meeting.objects.update(starts_at=timezone.now() - timedelta(days=1))
    page.goto(whole.get_absolute_url())
    page.get_by_role("region", name="Dialog").get_by_role("link", name="Skriv referatet").click()
    page.get_by_label("Referat").fill("Enige om billedet; to stillinger skal besættes.")
    take(page, "Skriv referatet")

    case.manager.goto(whole.get_absolute_url())
    case.manager.get_by_role("region", name="Dialog").get_by_role("link", name="Godkend").click()
    take(case.manager, "Godkend referatet")
    expect(case.manager.get_by_role("region", name="Dialog")).to_contain_text("referatet er godkendt")


def they_sign_an_agreement(case: Case, whole: Intervention) -> None:
    page = case.officer
    page.goto(whole.get_absolute_url())
    page.get_by_role("link", name="Skriv udkast til en aftale").click()
    page.get_by_label("Hvad der aftales").fill("Flere i job efter et afsluttet forløb.")
    expect(page.get_by_role("textbox", name="Fra", exact=True).first).to_have_value("20,4")
    page.get_by_role("textbox", name="Til", exact=True).first.fill("33")
    page.get_by_label("Senest i perioden").first.select_option(index=4)
    page.get_by_role("button", name="Gem udkastet").click()
    page.get_by_role("link", name="Underskriv og fremlæg").click()
    take(page, "Underskriv og fremlæg")

    window = case.manager
    window.goto(whole.get_absolute_url())
    window.get_by_role("main").get_by_role("link", name="Underskriv for jobcentret").click()
    case.look(window, "vejen-2-underskriv")
    take(window, "Underskriv for jobcentret")
    expect(window.get_by_role("region", name="Aftale")).to_contain_text("Version 1, underskrevet af begge")


def a_consultant_helps(case: Case, whole: Intervention) -> None:
    page = case.officer
    page.goto(whole.get_absolute_url())
    page.get_by_role("link", name="Tilbyd konsulentbistand").click()
    page.get_by_label("Hvad konsulenten hjælper med").fill("Gennemgang af arbejdsgangene.")
    page.get_by_label("Planlagte timer").fill("40")
    take(page, "Tilbyd konsulentbistand")

    case.manager.goto(whole.get_absolute_url())
    case.manager.get_by_role("link", name="Tag imod tilbuddet").click()
    take(case.manager, "Tag imod tilbuddet")

    page.reload()
    page.get_by_role("link", name="Skriv rapporten").click()
    page.get_by_label("Brugte timer").fill("36")
    page.get_by_label("Rapport", exact=True).fill("Samtalerne er lagt om.")
    take(page, "Skriv rapporten")
    expect(page.get_by_role("region", name="Konsulentbistand")).to_contain_text("36 af 40 timer brugt")


def years_pass(whole: Intervention) -> None:
    """It began on the first day of the years that the second file is about."""
    began = timezone.make_aware(datetime.combine(AFTER[0].starts_on, time(9)))
    Intervention.objects.filter(pk=whole.pk).update(began_at=began)


def the_officer_follows_up(case: Case, whole: Intervention) -> None:
    page = case.officer
    page.goto(whole.get_absolute_url())
    page.get_by_role("link", name="Følg op nu").click()
    page.get_by_label("Hvad du ser").fill("Målet er nået to år i træk.")
    take(page, "Følg op nu")
    followed = page.get_by_role("region", name="Opfølgning", exact=True)
    expect(followed.get_by_role("row").nth(1)).to_contain_text("35,4")


def it_is_closed_in_the_administration_pages(case: Case, whole: Intervention) -> None:
    page = case.officer
    page.goto(reverse("admin:interventions_intervention_changelist"))
    page.get_by_role("link", name="Jobcenter Køge").click()
    page.get_by_label("Afslut som løst").check()
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.get_by_text("Skriv begrundelsen")).to_be_visible()
    whole.refresh_from_db()
    assert whole.state == "open", "nothing is decided without a reason"
    page.get_by_label("Begrundelse").fill("Resultatet er tilbage, hvor det skal være.")
    case.see(page, "vejen-3-administration")
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.get_by_text("blev ændret")).to_be_visible()
    whole.refresh_from_db()
    assert (whole.state, whole.evidence["holds"]) == ("resolved", True)


def both_see_the_effect(case: Case, whole: Intervention) -> None:
    for window, name in ((case.officer, "vejen-4-effekt"), (case.manager, "vejen-5-effekt-leder")):
        window.goto(whole.get_absolute_url())
        effect = window.get_by_role("region", name="Effekt")
        expect(effect).to_contain_text("Fra 20,4 % til 35,4 %")
        expect(effect).to_contain_text("bedre, end tilfældet plejer at gøre")
        case.look(window, name)

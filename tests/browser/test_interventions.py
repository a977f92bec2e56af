"""An intervention as the officer and the manager see it, at both widths."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from regions.interventions import acting, agreeing, opening
from regions.interventions.models import Action, Assistance, Meeting, Target
from regions.measures import load as definitions
from regions.measures.models import Measure, TargetGroup
from regions.oversight import load as flag_rules
from regions.oversight.models import RuleParameters
from tests.regions.making import FAR_UNDER, confirm, make_comparison, make_flag

WHY = "Vi vil se på det sammen."


@pytest.fixture
def flag(db, sjaelland, koege, roskilde):
    for reference in (*definitions.REFERENCES, *flag_rules.REFERENCES):
        reference.load()
    measure = Measure.objects.get(code="job_after_6_months")
    group = TargetGroup.objects.get(code="ready_for_work")
    make_comparison(measure, group, {koege.jobcentre: FAR_UNDER, roskilde.jobcentre: FAR_UNDER})
    raised = make_flag(koege.jobcentre, measure=measure, group=group, rule=RuleParameters.objects.get())
    return confirm(raised, by=sjaelland.officer, organisation=sjaelland.office.organisation)


def test_from_a_confirmed_flag_to_a_signed_agreement(page, sign_in, flag, sjaelland, koege, axe, see):
    sign_in(page, sjaelland.officer)
    page.goto(reverse("interventions:board"))
    axe(page)
    page.get_by_role("link", name="Indled en indsats Køge").click()
    page.get_by_role("button", name="Indled en indsats").click()
    expect(page.get_by_role("alert")).to_contain_text("Skriv begrundelsen")
    axe(page)
    page.get_by_label("Begrundelse").fill(WHY)
    page.get_by_role("button", name="Indled en indsats").click()
    expect(page.get_by_role("main")).to_contain_text("Indsatsen er indledt")

    page.get_by_role("link", name="Skriv udkast til en aftale").click()
    axe(page)
    page.get_by_label("Hvad der aftales").fill("Flere i job efter et afsluttet forløb.")
    page.get_by_role("textbox", name="Fra", exact=True).first.fill("26,3")
    page.get_by_role("textbox", name="Til", exact=True).first.fill("33")
    page.get_by_label("Senest i perioden").first.select_option(index=4)
    page.get_by_label("Slet").last.check()
    see(page, "indsats-udkast")
    page.get_by_role("button", name="Gem udkastet").click()
    page.get_by_role("link", name="Underskriv og fremlæg").click()
    axe(page)
    page.get_by_role("button", name="Underskriv og fremlæg").click()

    sign_in(page, koege.manager)
    page.goto(reverse("interventions:board"))
    axe(page)
    see(page, "indsatser-leder")
    page.get_by_role("main").get_by_role("link", name="Køge").click()
    page.get_by_role("link", name="Underskriv for jobcentret").click()
    axe(page)
    see(page, "indsats-underskriv")
    page.get_by_role("button", name="Underskriv for jobcentret").click()
    expect(page.get_by_role("main")).to_contain_text("Underskrevet af begge")
    axe(page)


def test_an_intervention_with_everything_in_it(page, sign_in, flag, sjaelland, koege, axe, see):
    officer, manager = sjaelland.officer.memberships.get(), koege.manager.memberships.get()
    now = timezone.now()
    today = timezone.localdate()
    whole = opening.begin(flags=[flag], by=officer, reason=WHY, at=now - timedelta(days=60))
    meeting = Meeting(
        intervention=whole,
        starts_at=now - timedelta(days=40),
        place="Køge",
        participants="Jobcenterchef, områdets konsulent",
        agenda="Resultatet\nHvad jobcentret selv ser",
    )
    acting.take("plan_meeting", meeting, by=officer)
    acting.take("hold_meeting", meeting, by=officer, notes="Enige om billedet; to stillinger er ledige.")
    acting.take("agree_notes", meeting, by=manager)
    target = Target(
        measure=flag.measure,
        target_group=flag.target_group,
        from_value=26.3,
        to_value=33,
        period="2027QMAT03",
    )
    action = Action(what="Alle forløb gennemgås", who="Faglig leder", due_on=today + timedelta(days=50))
    drafted = agreeing.draft(whole, purpose="Flere i job.", targets=[target], actions=[action], by=officer)
    agreeing.put_forward(drafted, answer_by=today + timedelta(days=5), by=officer)
    agreeing.sign(drafted, seen=1, by=manager)
    offer = Assistance(
        intervention=whole,
        what="Gennemgang af arbejdsgange i virksomhedsteamet",
        hours_planned=40,
        answer_by=today - timedelta(days=3),
        ends_on=today + timedelta(days=90),
    )
    acting.take("offer_assistance", offer, by=officer)

    sign_in(page, sjaelland.officer)
    page.goto(reverse("interventions:board"))
    expect(page.get_by_role("main")).to_contain_text("overskredet")
    axe(page)
    see(page, "indsatser")
    page.get_by_role("main").get_by_role("link", name="Køge").click()
    axe(page)
    see(page, "indsats")

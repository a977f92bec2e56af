"""From a line of a published report to a campaign, a contact, and the number the area office sees."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from employers.campaigns.models import Campaign
from employers.campaigns.running import decline
from regions.bottlenecks import load as bottleneck_rules
from regions.bottlenecks.models import Category, Indicators, Place
from tests.regions.making import make_line, make_report, publish_reviewed


@pytest.fixture
def line(koege, roskilde, sjaelland, occupation, make_vacancy):
    for reference in bottleneck_rules.REFERENCES:
        reference.load()
    make_vacancy(state="published", published_at=timezone.now() - timedelta(days=20))
    for code, unemployed, positions in (("0259", 0, 4), ("0265", 24, 1)):
        Indicators.objects.create(
            period="2026H01",
            occupation=occupation,
            place=Place.MUNICIPALITY,
            code=code,
            category=Category.NOT_ASSESSED,
            unemployed=unemployed,
            positions=positions,
            computed_at=timezone.now(),
        )
    report = make_report(sjaelland.area)
    made = make_line(report, occupation, failed=27, attempts=61, category=Category.SHORTAGE)
    office = sjaelland.office.organisation
    publish_reviewed(report, by=sjaelland.officer, organisation=office, reason="Gennemgået.")
    return made


@pytest.mark.parametrize("page", [1280, 390], indirect=True)
def test_from_a_line_to_a_contact_and_its_number(
    page: Page, sign_in, axe, see, line, koege, sjaelland, make_contact
):
    main = page.get_by_role("main")
    sign_in(page, sjaelland.officer)
    page.goto(f"{reverse('bottlenecks:reports')}?line={line.pk}#line")
    expect(main.get_by_role("heading", name="Hvad kan gøres")).to_be_visible()
    axe(page)
    see(page, "hvad-kan-goeres")
    main.get_by_role("link", name="Begynd en kampagne").click()
    axe(page)
    see(page, "begynd-kampagne")
    main.get_by_role("button", name="Begynd, og spørg jobcentrene").click()
    expect(page.get_by_role("status").first).to_contain_text("jobcentrene er spurgt")
    campaign = Campaign.objects.get()
    target = campaign.targets.get()

    decline(campaign.shares.get(), by=koege.manager, reason="Vi mangler folk i november.")
    page.reload()
    expect(main).to_contain_text("1 virksomhed bliver ikke kontaktet: Jobcenter Køge har takket nej.")
    axe(page)
    see(page, "takket-nej")
    main.get_by_role("button", name="Spørg igen").click()
    expect(page.get_by_role("status").first).to_contain_text("Jobcenter Køge er spurgt igen.")

    sign_in(page, koege.caseworker)
    page.goto(campaign.get_absolute_url())
    axe(page)
    see(page, "spurgt-af-omraadet")
    main.get_by_role("button", name="Vi er med").click()
    expect(main).to_contain_text(target.company.name)
    make_contact(company=target.company, happened_at=timezone.now(), purposes=["bottleneck"])

    sign_in(page, sjaelland.officer)
    page.goto(reverse("bottlenecks:campaign", args=[campaign.pk]))
    expect(main.locator(".ei-kpis").first).to_contain_text("af 1 virksomhed")
    expect(main).not_to_contain_text(target.company.name)
    axe(page)
    see(page, "i-tal")
    page.goto(reverse("bottlenecks:campaigns"))
    expect(main).to_contain_text("1 af 1 er med")
    axe(page)
    see(page, "omraadets-kampagner")
    page.goto(f"{reverse('bottlenecks:reports')}?line={line.pk}#campaigns")
    expect(main).to_contain_text("1 af 1")
    axe(page)
    see(page, "hvad-der-skete-imens")

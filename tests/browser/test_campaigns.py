"""A campaign from the choice of companies to its result, by the jobcentre that makes it and by a partner."""

from __future__ import annotations

from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from employers.campaigns.models import Campaign, Target
from employers.companies.models import Company, Workplace
from employers.contacts.load import load_limits
from employers.contacts.models import Contact

NAMES = (
    *("Bakkens Bogbinderi", "Dalby Plast", "Ejby Stål", "Fjordens Fisk", "Hastrup Lager", "Lellinge Træ"),
    *("Ringsbjerg Is", "Svansbjerg Smede", "Tureby Møbler", "Ølsemagle Glas", "Åshøj Planteskole"),
)


def make_companies(koege, roskilde) -> dict[str, Company]:
    """Most in Køge, every third in Roskilde; one is protected from advertising."""
    made = {}
    for number, name in enumerate(NAMES):
        centre = roskilde if number % 3 == 2 else koege
        made[name] = Company.objects.create(
            cvr=str(99000200 + number), name=f"{name} A/S", advertising_protected=number == 3
        )
        Workplace.objects.create(
            company=made[name],
            address=f"Ringvejen {number + 1}",
            postcode="4600",
            municipality=centre.municipality,
        )
    return made


@pytest.mark.parametrize("page", [1280, 390], indirect=True)
def test_a_campaign_from_the_choice_of_companies_to_its_result(
    page: Page, sign_in, axe, see, koege, roskilde, make_contact
):
    load_limits()
    companies = make_companies(koege, roskilde)
    main = page.get_by_role("main")

    sign_in(page, koege.caseworker)
    page.goto(reverse("desk:companies"))
    main.get_by_label("Aldrig i kontakt (12)").check(force=True)
    main.get_by_role("button", name="Søg").click()
    expect(main.get_by_role("heading", name="Virksomheder i udsnittene")).to_be_visible()
    axe(page)
    see(page, "udsnit")

    page.goto(reverse("campaigns:new"))
    page.locator("#id_om").select_option("recruitment")
    main.get_by_label("Aldrig i kontakt (12)").check(force=True)
    main.get_by_role("button", name="Vis virksomhederne").click()
    expect(main.get_by_role("heading", name="11 virksomheder at nå")).to_be_visible()
    axe(page)
    see(page, "ny-kampagne")
    main.get_by_role("link", name="Næste: hvem tager hvilke").click()
    page.locator("#id_name").fill("Hvem mangler folk til foråret?")
    page.locator("#id_text").fill(
        "Spørg, hvad de mangler til foråret, og hvad der skal til for at ansætte nu."
    )
    main.get_by_label("Jobcenter Roskilde").check(force=True)
    axe(page)
    see(page, "del")
    main.get_by_role("button", name="Forbered kampagnen").click()
    axe(page)
    see(page, "kladde")
    main.get_by_role("button", name="Sæt kampagnen i gang").click()
    campaign = Campaign.objects.get()

    sign_in(page, roskilde.caseworker)
    page.goto(reverse("campaigns:campaigns"))
    axe(page)
    see(page, "kampagner")
    main.get_by_role("link", name="Hvem mangler folk til foråret?").click()
    axe(page)
    see(page, "spurgt")
    main.get_by_role("button", name="Vi er med").click()

    sign_in(page, koege.caseworker)
    page.goto(campaign.get_absolute_url())
    main.get_by_role("link", name="Tag Bakkens Bogbinderi A/S").click()
    axe(page)
    see(page, "tag")
    main.get_by_role("button", name="Jeg tager den").click()
    expect(page.get_by_role("status").first).to_contain_text("Bakkens Bogbinderi A/S er din")

    outcomes = (Contact.Outcome.AGREEMENT, Contact.Outcome.NEED, Contact.Outcome.NO_ANSWER)
    log = partial(make_contact, happened_at=timezone.now())
    for name, outcome in zip(("Dalby Plast", "Hastrup Lager", "Svansbjerg Smede"), outcomes, strict=True):
        log(company=companies[name], outcome=outcome)
    log(company=companies["Ejby Stål"], jobcentre=roskilde.jobcentre, by=roskilde.caseworker)
    Target.objects.filter(company=companies["Hastrup Lager"]).update(
        taken_by=koege.manager, taken_at=timezone.now()
    )
    page.goto(campaign.get_absolute_url())
    expect(main.locator(".ei-kpis")).to_contain_text("af 11 virksomheder")
    axe(page)
    see(page, "kampagne")
    main.get_by_role("button", name="Afslut kampagnen").click()
    expect(page.get_by_role("status").first).to_contain_text("Kampagnen er afsluttet")
    axe(page)
    see(page, "afsluttet")

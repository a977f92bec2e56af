"""The coordination figures, as a caseworker and an area officer read them."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from employers.companies.models import Company, Workplace
from employers.contacts.models import Contact, Purpose
from employers.referrals.load import load_credit
from employers.referrals.models import State
from tests.making_referrals import candidate_of, complete

COMPANIES = 48


def test_from_a_figure_to_what_is_behind_it(
    page: Page, sign_in, axe, see, koege, roskilde, sjaelland, make_vacancy, occupation
):
    load_credit()
    now = timezone.now()
    companies = Company.objects.bulk_create(
        Company(cvr=f"{30_000_000 + number}", name=f"Firma {number:02}", sort_key=f"{number:03}")
        for number in range(COMPANIES)
    )
    Workplace.objects.bulk_create(
        Workplace(
            company=company,
            address="Havnen 1",
            postcode="4600",
            municipality=(koege, roskilde)[number % 2].municipality,
        )
        for number, company in enumerate(companies)
    )
    Contact.objects.bulk_create(
        Contact(
            company=company,
            jobcentre=centre.jobcentre,
            by=centre.caseworker,
            purposes=[Purpose.RECRUITMENT],
            outcome=Contact.Outcome.NEED,
            happened_at=now - timedelta(days=days),
            logged_at=now,
        )
        for company in companies[:28]
        for centre, days in ((koege, 3), (roskilde, 9))
        if centre is koege or company.pk % 3
    )
    complete(
        vacancy=make_vacancy(state="published", published_at=now),
        candidate=candidate_of(roskilde, occupation=occupation),
        state=State.HIRED,
    )
    main = page.get_by_role("main")

    sign_in(page, koege.caseworker)
    page.goto("/samarbejdstal/")
    expect(main).to_contain_text("Kontaktet af to eller flere jobcentre")
    axe(page)
    see(page, "samarbejdstal")
    main.get_by_role("link", name="Aldrig i kontakt med et jobcenter").click()
    expect(main).to_contain_text("virksomheder bag tallet")
    axe(page)
    see(page, "bag-tallet")

    sign_in(page, sjaelland.officer)
    page.goto("/samarbejdstal/")
    axe(page)
    see(page, "samarbejdstal-omraadet")
    main.get_by_role("link", name="Aldrig i kontakt med et jobcenter").click()
    expect(main.get_by_role("row").nth(1)).to_contain_text("Alle tilsammen, hver én gang")
    axe(page)
    see(page, "efter-jobcenter")

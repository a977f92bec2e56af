"""A seeker looks for work by keyboard alone, on a wide screen and on a phone: words, choices, the map."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from employers.companies.models import Company, Workplace
from employers.vacancies.models import Outcome, Source, Vacancy
from jobcenter.centres.models import Jobcentre
from jobcenter.classifications.models import Occupation
from jobcenter.geography.models import Municipality
from tests.browser.watch import wait_for_scripts

JOBS = [
    ("Procesoperatør til emballageproduktion", "Tigermosens Plast ApS", "0259", "4600", 37, "ordinary"),
    ("Betonmontør", "Bøgevang Byggeelementer A/S", "0259", "4600", 37, "ordinary"),
    ("Operatør i tapperi", "Vallø Mosteri ApS", "0336", "4660", 37, "ordinary"),
    ("Maskinoperatør, aftenhold", "Ringborg Metalvarer A/S", "0329", "4100", 37, "ordinary"),
    ("Operatør i pakkeri", "Grøntgården Tåstrupvej A/S", "0253", "2670", 25, "student"),
    ("Lagermedarbejder", "Nordhavns Varelager A/S", "0751", "8000", 37, "ordinary"),
]


@pytest.fixture
def country(transactional_db):
    """The whole country's municipalities, and some vacancies around Køge and one in Aarhus."""
    call_command("load_reference_data")
    now, today = timezone.now(), timezone.localdate()
    operator = Occupation.objects.get(code="8142")
    for number, (title, name, municipality, postcode, hours, terms) in enumerate(JOBS):
        company = Company.objects.create(cvr=f"9900{number:04}", name=name)
        where = Municipality.objects.get(code=municipality)
        workplace = Workplace.objects.create(
            company=company, address=f"Havnevej {number + 1}", postcode=postcode, municipality=where
        )
        Vacancy.objects.create(
            company=company,
            workplace=workplace,
            jobcentre=Jobcentre.objects.filter(serves__municipality=where).first(),
            occupation=operator,
            title=title,
            text="Du kører ekstruderingslinjer sammen med tre kolleger og holder øje med kvaliteten.",
            hours=Decimal(hours),
            terms=terms,
            positions=number % 3 + 1,
            starts_on=today + timedelta(days=30),
            apply_by=today + timedelta(days=12 + number),
            state=Vacancy.State.PUBLISHED,
            published_at=now - timedelta(hours=3 + number),
        )
    Source.objects.create(
        code="jobsiden", name="Jobsiden", covers="Private stillinger på Sjælland", heard_at=now
    )


def test_a_seeker_finds_narrows_and_sees_the_map_by_keyboard(page, country, see, axe):
    page.goto("/stillinger/")
    page.get_by_label("Stilling, fag eller virksomhed").focus()
    page.keyboard.type("operatør")
    page.keyboard.press("Tab")
    page.keyboard.type("4600")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="5 stillinger")).to_be_visible()
    wait_for_scripts(page)
    expect(page.get_by_role("link", name="Procesoperatør til emballageproduktion")).to_be_visible()

    if page.viewport_size["width"] < 992:
        page.locator("summary").first.focus()
        page.keyboard.press("Enter")
    full_time = page.get_by_label("Fuld tid").locator("visible=true")
    full_time.focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name="4 stillinger")).to_be_visible()
    see(page, "09-stillinger")
    axe(page)

    page.get_by_role("link", name="Kort", exact=True).focus()
    page.keyboard.press("Enter")
    koege = page.get_by_role("link", name="Køge: 2 stillinger")
    expect(koege).to_be_visible()
    see(page, "09b-stillinger-kort")
    axe(page)

    koege.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="2 stillinger")).to_be_visible()
    page.get_by_role("link", name="Betonmontør").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Betonmontør")).to_be_visible()


@pytest.mark.parametrize("page", [1280], indirect=True)
def test_the_whole_country_fits_on_the_map_and_a_closed_vacancy_is_gone(page, country, see, watch):
    page.goto("/stillinger/?vis=kort&km=")
    expect(page.get_by_role("link", name="Aarhus: 1 stilling")).to_be_visible()
    see(page, "stillinger-hele-landet")

    vacancy = Vacancy.objects.get(title="Betonmontør")
    vacancy.close(outcome=Outcome.NOT_FILLED, by=None, organisation=vacancy.jobcentre.organisation)
    watch.allow(410)
    answer = page.goto(vacancy.get_absolute_url())
    assert answer
    assert answer.status == 410
    expect(page.get_by_role("heading", name="Stillingen er ikke længere ledig")).to_be_visible()

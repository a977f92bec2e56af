"""The whole life of a vacancy, as its employer, a caseworker and seekers see it, in both languages.

Written with words that may prefer some people, much like one that is open; held; changed; published; paused;
given longer; partly filled; closed; and gone from the search.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext
from playwright.sync_api import expect

from employers.companies.models import RegisterCompany, RegisterWorkplace
from employers.enquiries.models import Draft, Enquiry
from employers.vacancies.models import Outcome, State, Vacancy

TEXT = (
    "Du kører ekstruderingslinjer sammen med tre kolleger på treholdsskift. Du passer på maskinerne og "
    "siger til, når noget er galt. Du får oplæring i to uger. Send en kort ansøgning."
)
TITLE = "Procesoperatør til dagholdet"


@pytest.fixture
def open_already(company, koege, make_vacancy):
    """The register knows the company, and a vacancy of it is open."""
    company.cvr = "99000015"
    company.save()
    workplace = company.workplaces.get()
    registered = RegisterCompany.objects.create(
        cvr=company.cvr, name=company.name, address=workplace.address, postcode="4600", source="test"
    )
    workplace.p_number = "1999900018"
    workplace.save()
    RegisterWorkplace.objects.create(
        p_number=workplace.p_number,
        company=registered,
        name=company.name,
        address=workplace.address,
        postcode="4600",
        municipality=koege.municipality,
    )
    return make_vacancy(title=TITLE, text=TEXT, state=State.PUBLISHED)


@pytest.mark.parametrize(
    ("page", "language"), [(390, "da"), (1280, "en")], indirect=["page"], ids=["da", "en"]
)
def test_the_whole_life_of_a_vacancy(
    page, language, open_already, occupation, koege, sign_in, axe, see, watch, live_server
):
    def in_language():
        page.context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])

    def word(english):
        with translation.override(language):
            return gettext(english)

    def expect_text(english):
        expect(page.get_by_role("main")).to_contain_text(word(english))

    def press(english):
        page.get_by_role("main").get_by_role("button", name=word(english), exact=True).first.click()

    def follow(english):
        page.get_by_role("main").get_by_role("link", name=word(english), exact=True).first.click()

    def look(name):
        if language == "da":  # axe-core finds the same on both
            axe(page)
        see(page, f"liv-{name}-{language}")

    today = timezone.localdate()
    in_language()

    # Written: each step is kept, and the last one shows what is to be thought of.
    page.goto("/henvend/recruit/")
    page.locator("#id_cvr").fill(open_already.company.cvr)
    page.locator("button[name=action][value=look]").first.click()
    page.get_by_role("radio").first.check()
    page.locator("#id_name").fill("Mette Bruun")
    page.locator("#id_email").fill("mette.bruun@strandmarken.example")
    page.locator("button.button-primary[name=action]").click()
    page.locator("#id_title").fill(TITLE)
    page.locator("#id_occupation").fill("plast")
    page.get_by_role("radio", name="8142").first.check()
    page.locator("#id_positions").fill("3")
    page.locator("#id_hours").fill("37")
    page.locator("#id_apply_by").fill((today + timedelta(days=20)).isoformat())
    page.locator("#id_starts_on").fill((today + timedelta(days=40)).isoformat())
    page.locator("#id_text").fill(f"Vi søger en ung medarbejder. {TEXT}")
    page.locator("input[name=terms][value=temporary]").check()
    look("1-stillingen")
    page.locator("button.button-primary[name=action]").click()
    expect(page.locator("#id_ends_on-error, #id_ends_on_error, .form-error-message").first).to_be_visible()
    assert Draft.objects.get().answers["behov"]["title"] == TITLE
    page.locator("#id_ends_on").fill((today + timedelta(days=220)).isoformat())
    page.locator("button.button-primary[name=action]").click()

    expect_text("There is a vacancy much like this one already")
    expect(page.locator("mark").first).to_contain_text("ung")
    look("2-se-og-send")
    follow("See it as seekers will")
    expect_text("Preview: this is how seekers will see it")
    expect_text("Words that may prefer some people to others")
    look("3-forhaandsvisning")
    follow("Back to see and send")
    press("Send to the jobcentre")
    expect_text("Write why it is another vacancy, or go on with the one you have")
    page.locator("#id_why_another").fill("Der er tre mere på dagholdet.")
    press("Send to the jobcentre")

    # Held: nobody can see it, whoever confirms the address.
    enquiry = Enquiry.objects.get()
    page.goto(enquiry.confirmation_link)
    page.get_by_role("main").locator("button[type=submit]").first.click()
    expect_text("It is not shown yet: a caseworker looks at some words in it first.")
    look("4-holdt-tilbage")
    assert Vacancy.objects.get(enquiry=enquiry).state == State.HELD
    sign_in(page, koege.caseworker)
    page.goto(f"/henvendelser/{enquiry.pk}/udgiv/")
    expect(page.locator("mark").first).to_contain_text("ung")
    look("5-sagsbehandler")
    press("Release and publish")
    expect_text("Write why the advertisement may be published with these words.")
    page.locator("#id_back-reason").fill("Skriv, hvad jobbet kræver, i stedet for en alder.")
    press("Send it back to be changed")
    expect_text("The vacancy is with the employer")

    # Changed and published.
    page.context.clear_cookies()
    in_language()
    page.goto(enquiry.link)
    expect(page.get_by_role("main")).to_contain_text("i stedet for en alder")
    follow("Change the vacancy")
    look("6-ret")
    page.locator("#id_text").fill(TEXT)
    press("Save the change")
    expect_text("The change is saved. A caseworker looks at the vacancy.")
    sign_in(page, koege.caseworker)
    page.goto(f"/henvendelser/{enquiry.pk}/udgiv/")
    expect(page.get_by_role("main")).to_contain_text("Der er tre mere på dagholdet.")
    page.locator("form button.button-primary").first.click()
    page.goto(f"/henvendelser/{enquiry.pk}/stilling/")
    look("7-stillingen-hos-sagsbehandler")
    page.context.clear_cookies()
    in_language()
    address = Vacancy.objects.get(enquiry=enquiry).get_absolute_url()
    page.goto("/stillinger/?km=")
    expect(page.get_by_role("main").locator(f'a[href="{address}"]').first).to_be_visible()

    # Paused, shown again, given longer, partly filled.
    page.goto(enquiry.link)
    look("8-offentliggjort")
    follow("Pause it: enough candidates for now")
    look("9-pause")
    press("Pause it: enough candidates for now")
    expect_text("It is paused: nobody can find it until you show it again.")
    page.goto("/stillinger/?km=")
    expect(page.get_by_role("main").locator(f'a[href="{address}"]')).to_have_count(0)
    page.goto(address)
    look("10-jobsoegende-ser-pausen")
    page.goto(enquiry.link)
    follow("Show it again")
    press("Show it again")
    follow("Give people longer to apply")
    page.locator("#id_apply_by").fill((today + timedelta(days=45)).isoformat())
    press("Give people longer to apply")
    expect_text("The start lies before the last day to apply. Change one of them.")
    look("11-forlaeng")
    page.locator("#id_starts_on").fill((today + timedelta(days=60)).isoformat())
    press("Give people longer to apply")
    expect_text("The last day to apply is moved.")
    follow("Some of the positions are filled")
    page.locator("#id_number").fill("1")
    page.locator("#id_outcome_0").check()
    page.locator("#id_found_through_0").check()
    look("12-besat")
    press("Some of the positions are filled")
    expect_text("The filled positions are noted.")
    look("13-delvist-besat")

    # Closed with what came of the rest, and gone.
    follow("Close the vacancy")
    look("14-luk")
    page.locator("button[name=outcome][value=not_filled]").click()
    expect_text("The enquiry is closed.")
    vacancy = Vacancy.objects.get(enquiry=enquiry)
    assert (vacancy.state, vacancy.outcome, vacancy.positions_filled) == (
        State.CLOSED,
        Outcome.NOT_FILLED,
        1,
    )
    page.goto("/stillinger/?km=")
    expect(page.get_by_role("main").locator(f'a[href="{address}"]')).to_have_count(0)
    watch.allow(410)
    page.goto(address)
    expect_text("The vacancy is no longer open")


@pytest.mark.parametrize("page", [1280], indirect=True)
def test_a_conflict_is_registered_and_ends(page, koege, make_vacancy, sign_in, axe, see):
    shown = make_vacancy(title=TITLE, state=State.PUBLISHED)
    sign_in(page, koege.caseworker)
    page.goto(shown.company.get_absolute_url())
    page.get_by_role("link", name="Registrér en arbejdskonflikt").click()
    page.locator("#id_occupations").fill("9999")
    page.locator("#id_starts_on").fill(timezone.localdate().isoformat())
    page.get_by_role("button", name="Registrér konflikten").click()
    expect(page.get_by_role("main")).to_contain_text("Der er intet fag med koden 9999")
    axe(page)
    see(page, "konflikt-ny")
    page.locator("#id_occupations").fill("8142")
    page.locator("#id_source").fill("Varsel fra 3F af 12. november")
    page.get_by_role("button", name="Registrér konflikten").click()
    expect(page.get_by_role("main")).to_contain_text("Konflikten er registreret")
    assert Vacancy.objects.get(pk=shown.pk).state == State.HELD
    axe(page)
    see(page, "konflikter")
    page.get_by_role("link", name="Sidste dag").first.click()
    axe(page)
    see(page, "konflikt-slut")

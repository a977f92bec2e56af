"""A caseworker's day at the desk: what waits, the queue, finding anything, and one company."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from employers.companies.models import Company, Person, Workplace
from employers.contacts.models import FollowUp, Hold, Purpose
from employers.enquiries.models import Enquiry
from employers.vacancies.models import Vacancy
from jobcenter.classifications.models import Outlook
from tests.browser.watch import open_with_scripts
from tests.making_referrals import candidate_of, complete


@pytest.fixture
def neighbours(koege):
    """Companies in Køge, each with somebody to talk to."""
    names = (
        "Hegnsholt Maskiner ApS",
        "Lellinge Plejehjem",
        "Bøgevang Byggeelementer A/S",
        "Cafeteria Havnen",
    )
    made = []
    for number, name in enumerate(names):
        company = Company.objects.create(cvr=f"990000{number + 51}", name=name, from_register=True)
        Workplace.objects.create(
            company=company, address=f"Havnen {number + 1}", postcode="4600", municipality=koege.municipality
        )
        Person.objects.create(company=company, name=f"Anne Toft {number}", email=f"at{number}@toft.example")
        made.append(company)
    return made


@pytest.fixture
def day(make_enquiry, make_vacancy, make_contact, koege, roskilde, company, neighbours, occupation):
    """Something in every box."""
    now, today = timezone.now(), timezone.localdate()
    late, soon, calm, quiet = neighbours
    make_enquiry(company=late, received_at=now - timedelta(days=5), answer_due_at=now - timedelta(hours=3))
    make_enquiry(company=soon, kind="work_trial", message="Vi kan tage en i praktik.")
    make_enquiry(company=quiet, kind="wage_subsidy", message="Løntilskud til en på lageret.")
    for days, about, who in ((-1, "Ring om de to fra mandag", calm), (0, "Send tre profiler", company)):
        contact = make_contact(company=who, happened_at=now - timedelta(days=3 - days))
        FollowUp.objects.create(
            contact=contact,
            company=who,
            jobcentre=koege.jobcentre,
            owner=koege.caseworker,
            due_on=today + timedelta(days=days),
            what=about,
        )
    for hours, who, purpose in ((5, calm, Purpose.RECRUITMENT), (130, soon, Purpose.UPSKILLING)):
        Hold.objects.create(
            workplace=who.workplaces.get(),
            jobcentre=koege.jobcentre,
            by=koege.caseworker,
            purpose=purpose,
            starts_at=now - timedelta(days=1),
            expires_at=now + timedelta(hours=hours),
        )
    wanted = make_vacancy(company=calm, title="Betonmontør", positions=3, state=Vacancy.State.PUBLISHED)
    unmet = make_vacancy(company=late, title="Maskinsmed til dagarbejde", state=Vacancy.State.PUBLISHED)
    for vacancy, who in ((wanted, calm), (unmet, late)):
        make_enquiry(company=who, vacancy=vacancy, answered_at=now, state="answered")
    of_ours, sent = (candidate_of(koege, occupation=occupation) for _number in range(2))
    candidate_of(roskilde, occupation=occupation)
    complete(vacancy=wanted, candidate=of_ours, referred_by=roskilde.caseworker, deadline=today)
    complete(vacancy=wanted, candidate=sent, state="sent")


@pytest.fixture
def enquiry(make_enquiry):
    return make_enquiry(kind=Enquiry.Kind.OTHER, message="Vi vil gerne høre mere om lærlinge.")


def test_my_day_holds_all_that_waits(page, sign_in, axe, see, koege, day):
    sign_in(page, koege.caseworker)
    page.goto(reverse("desk:my_day"))

    expect(page.get_by_role("row").filter(has_text="Hegnsholt Maskiner ApS")).to_contain_text("for sent")
    for heading, row in (
        ("Opfølgninger i dag", "Send tre profiler"),
        ("Henvisninger, der venter", "venter på dit ja eller nej"),
        ("Dine reservationer", "Bøgevang Byggeelementer A/S"),
        ("Stillinger uden kandidat", "Maskinsmed til dagarbejde"),
    ):
        box = page.get_by_role("region", name=heading)
        expect(box.get_by_role("listitem").filter(has_text=row)).to_be_visible()
    axe(page)
    see(page, "day-1-my-day")


def test_anything_is_found_from_anywhere_with_the_keyboard_alone(page, sign_in, axe, see, koege, day):
    sign_in(page, koege.caseworker)
    open_with_scripts(page, reverse("desk:queue"))
    is_wide = page.viewport_size["width"] > 1000
    if not is_wide:
        page.get_by_role("link", name="Søg", exact=True).click()
        page.wait_for_load_state()

    page.keyboard.press("/")
    page.keyboard.type("bøgevng")
    if is_wide:
        hits = page.get_by_role("search")
        expect(hits.get_by_role("link", name="Bøgevang Byggeelementer A/S")).to_be_visible()
        axe(page)
        see(page, "day-2-search-while-typing")
    else:
        page.keyboard.press("Enter")
        page.wait_for_load_state()
        page.get_by_role("searchbox").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Bøgevang Byggeelementer A/S")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Bøgevang Byggeelementer A/S", level=1)).to_be_visible()


def test_the_page_of_the_search_holds_all_kinds(page, sign_in, axe, see, koege, day, neighbours):
    sign_in(page, koege.caseworker)
    page.goto(reverse("search") + "?q=maskin")

    expect(page.get_by_role("region", name="Virksomheder")).to_be_visible()
    expect(page.get_by_role("region", name="Stillinger")).to_contain_text("Maskinsmed")
    axe(page)
    see(page, "day-3-search")


@pytest.mark.parametrize("page", [1280], indirect=True)
def test_escape_closes_what_was_found_under_the_field(page, sign_in, koege, company):
    sign_in(page, koege.caseworker)
    open_with_scripts(page, reverse("desk:queue"))

    page.keyboard.press("/")
    page.keyboard.type("strand")
    found = page.get_by_role("search").get_by_role("link", name=company.name)
    expect(found).to_be_visible()
    page.keyboard.press("Escape")

    expect(found).to_be_hidden()
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_the_search_works_without_scripts(browser, live_server, sign_in, koege, company):
    bare = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    plain = bare.new_page()
    sign_in(plain, koege.caseworker)
    plain.goto(reverse("desk:my_day"))

    plain.get_by_role("searchbox").fill("strand")
    plain.get_by_role("button", name="Søg").click()
    plain.get_by_role("link", name=company.name).click()

    expect(plain.get_by_role("heading", name=company.name)).to_be_visible()
    bare.close()


def test_several_enquiries_are_given_to_a_colleague_and_the_view_is_kept(page, sign_in, axe, see, koege, day):
    taken_up = Enquiry.objects.get(kind=Enquiry.Kind.WORK_TRIAL)
    taken_up.start(by=koege.caseworker, organisation=koege.jobcentre.organisation)
    sign_in(page, koege.caseworker)
    open_with_scripts(page, reverse("desk:queue") + "?state=all")
    page.get_by_text("Gem denne visning").click()
    page.get_by_label("Visningens navn").fill("Alt, vi har")
    page.get_by_label("Del den med jobcentret").check()
    page.get_by_role("button", name="Gem visningen").click()
    expect(page.get_by_role("link", name="Alt, vi har")).to_have_attribute("aria-current", "page")

    page.wait_for_load_state()
    page.get_by_label("Vælg alle på siden").check()
    axe(page)
    see(page, "day-4-queue")
    page.get_by_role("button", name="Giv til en kollega …").click()
    page.get_by_label("Kollega").select_option(label="Lone Friis")
    axe(page)
    see(page, "day-5-give-several")
    page.get_by_role("button", name="Giv til en kollega").click()

    expect(page.get_by_role("status")).to_contain_text("Givet til Lone Friis: 5.")
    expect(page.get_by_role("row").filter(has_text="Lone Friis")).to_have_count(5)
    page.get_by_label("Vælg alle på siden").check()
    page.get_by_role("button", name="Tag dem op").click()

    expect(page.get_by_text("4 af 5 blev gennemført")).to_be_visible()
    axe(page)
    see(page, "day-6-half-success")


def test_follow_ups_are_postponed_together(page, sign_in, axe, see, koege, day):
    sign_in(page, koege.caseworker)
    open_with_scripts(page, reverse("desk:follow_ups"))
    axe(page)
    see(page, "day-7-follow-ups")

    page.get_by_label("Vælg alle på siden").check()
    page.get_by_role("button", name="Udsæt …").click()
    later = timezone.localdate() + timedelta(days=3)
    page.get_by_label("Ny dato").fill(later.isoformat())
    page.get_by_role("button", name="Udsæt").click()

    expect(page.get_by_role("status")).to_contain_text("Udsat: 2.")
    assert set(FollowUp.objects.values_list("due_on", flat=True)) == {later}


def test_a_colleague_is_called_upon_and_finds_it_in_their_day(page, sign_in, axe, see, koege, enquiry):
    sign_in(page, koege.caseworker)
    open_with_scripts(page, reverse("desk:enquiry", args=[enquiry.pk]))
    page.get_by_label("Bemærkning til dine kolleger").fill("@Lone Friis, har vi lovet dem noget?")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status")).to_contain_text("Arbejdsgiveren ser den ikke")
    axe(page)
    see(page, "day-8-remarks")

    sign_in(page, koege.manager)
    page.goto(reverse("desk:my_day"))
    box = page.get_by_role("region", name="Kolleger nævner dig")
    expect(box).to_contain_text("har vi lovet dem noget?")
    axe(page)
    see(page, "day-9-mentioned")
    box.get_by_role("button", name=f"Læs den {enquiry.reference}").click()

    expect(page.get_by_role("heading", name="Mellem kolleger")).to_be_visible()
    page.goto(reverse("desk:my_day"))
    expect(box).to_be_hidden()


def test_a_calendar_address_is_made_and_revoked(page, sign_in, axe, see, koege):
    sign_in(page, koege.caseworker)
    page.goto(reverse("desk:my_calendar"))
    page.get_by_role("button", name="Lav en adresse").click()
    expect(page.get_by_label("Privat adresse")).to_have_value(re.compile(r"/kalender/[\w-]{43}\.ics$"))
    axe(page)
    see(page, "day-10-calendar")

    page.get_by_role("button", name="Tilbagekald adressen").click()

    expect(page.get_by_role("status")).to_contain_text("ingen steder hen")
    expect(page.get_by_text("Du har ingen adresse endnu.")).to_be_visible()


def test_the_companys_page_tells_all_that_has_happened_and_what_can_be_offered(
    page, sign_in, axe, see, koege, roskilde, sjaelland, day, neighbours, make_contact, occupation
):
    company = neighbours[2]
    Outlook.objects.create(
        occupation=occupation,
        area=sjaelland.area,
        category=Outlook.Category.PROBLEMS,
        attempts=40,
        period="2026H01",
        published_at=timezone.now(),
    )
    make_contact(
        company=company,
        jobcentre=roskilde.jobcentre,
        by=roskilde.caseworker,
        happened_at=timezone.now() - timedelta(days=6),
    )
    sign_in(page, koege.caseworker)
    page.goto(company.get_absolute_url())
    line = page.get_by_role("region", name="Tidslinje")
    for told in ("Kandidat henvist", "Reserveret til", "Betonmontør", "Noten bliver hos Jobcenter Roskilde"):
        expect(line.get_by_text(told).first).to_be_visible()
    expect(page.get_by_role("region", name="Kandidater, der passer")).to_contain_text("Roskilde")
    axe(page)
    see(page, "day-11-company")

    line.get_by_role("link", name="Alle").click()
    page.get_by_role("navigation", name="Hvad der vises").get_by_role("link", name="Reservationer").click()
    expect(page.get_by_role("listitem").filter(has_text="Reserveret til")).to_be_visible()
    axe(page)
    see(page, "day-12-timeline")


@pytest.mark.parametrize("page", [1280], indirect=True)
def test_the_shortcuts_are_listed_on_a_question_mark_and_never_fire_in_a_field(
    page, sign_in, axe, see, koege, day
):
    sign_in(page, koege.caseworker)
    open_with_scripts(page, reverse("desk:my_day"))

    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Tastaturgenveje")
    for key, does in (("k", "Log en kontakt"), ("/", "Søg"), ("?", "Vis denne liste")):
        expect(dialog.get_by_role("row").filter(has=page.get_by_text(key, exact=True))).to_contain_text(does)
    axe(page)
    see(page, "day-13-shortcuts")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()

    page.keyboard.press("/")
    page.keyboard.type("k?/")
    expect(page.get_by_role("searchbox")).to_have_value("k?/")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_page_of_a_vacancy_holds_its_steps_and_who_is_put_forward(page, sign_in, axe, see, koege, day):
    wanted = Enquiry.objects.get(vacancy__title="Betonmontør")
    sign_in(page, koege.caseworker)
    page.goto(reverse("desk:vacancy", args=[wanted.pk]))

    expect(page.get_by_role("region", name="Henviste kandidater").get_by_role("listitem")).to_have_count(2)
    axe(page)
    see(page, "day-14-vacancy")

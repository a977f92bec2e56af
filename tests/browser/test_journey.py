"""The main journey on the demonstration data: an employer asks, a caseworker calls, an officer decides.

One story, walked in Danish on a wide screen and on a phone as people would: what they see, what stands in
the database, and what was mailed. Every page on the way is checked for accessibility, and its picture
is kept in docs/tour/ when TOUR=1.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from employers.companies.models import Company
from employers.contacts.models import Contact, FollowUp
from employers.enquiries.models import Enquiry
from employers.vacancies.models import Vacancy
from jobcenter.accounts.models import User
from jobcenter.centres.demo import AREA_OFFICER, CASEWORKER, MANAGER, NEIGHBOUR, SignIn
from jobcenter.classifications.models import Outlook
from jobcenter.notifications.models import Mail
from regions.bottlenecks.models import Report
from regions.comparison.models import Recomputation
from regions.oversight.models import Flag, Question
from tests.browser.watch import wait_for_scripts
from tests.worker import Worker

TITLE = "Procesoperatør til emballagelinjen"
NOTE = "Chefen er bekymret for ordren til marts."
EMPLOYERS = "Strandmarkens Emballage A/S"


@dataclass(frozen=True)
class Walk:
    """A page, and how to be someone on it, to look at it, and to see the mail that was sent."""

    page: Page
    become: Callable[[SignIn], None]
    look: Callable[[str], None]
    worker: Worker

    def press(self, name: str) -> None:
        self.page.get_by_role("main").get_by_role("button", name=name).first.click()

    def follow(self, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role("main").get_by_role("link", name=name).first.click()

    def expect_heading(self, text: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(text)

    def expect_text(self, text: str) -> None:
        expect(self.page.get_by_role("main")).to_contain_text(text)

    def newest_mail(self, kind: str) -> EmailMessage:
        """The newest mail of a kind, as the worker has sent it."""
        promised = Mail.objects.filter(kind=kind).latest("pk")

        def arrived() -> list[EmailMessage]:
            return [mail for mail in self.worker.mails() if mail["Message-ID"] == promised.message_id]

        self.worker.wait_until(lambda: bool(arrived()))
        return arrived()[0]


@pytest.fixture
def walk(page, sign_in, see, axe, worker, settings) -> Walk:
    """The portal as it is after the first `make run`, with a worker beside it."""
    settings.DEMONSTRATION = True
    call_command("load_reference_data")
    call_command("demo", verbosity=0)

    def look(name: str) -> None:
        axe(page)
        see(page, name)

    return Walk(
        page=page,
        become=lambda who: sign_in(page, User.objects.get(email=who.email)),
        look=look,
        worker=worker,
    )


def test_the_journey_from_a_need_to_a_decision(walk):
    enquiry = an_employer_asks(walk)
    a_caseworker_calls_and_publishes(walk, enquiry)
    a_neighbour_sees_that_and_when_but_not_the_note(walk, enquiry.company)
    an_officer_sees_the_area_and_recomputes(walk)
    flag = an_officer_hears_the_jobcentre(walk)
    the_manager_answers_and_the_officer_decides(walk, flag)
    an_officer_publishes_the_bottlenecks(walk)
    the_employer_closes_the_vacancy(walk, enquiry)


def an_employer_asks(walk: Walk) -> Enquiry:
    page, today = walk.page, timezone.localdate()
    page.goto("/")
    walk.expect_heading("Hvad har I brug for?")
    expect(page.locator(".ei-demo")).to_contain_text("opdigtede")
    walk.look("01-forside")
    walk.follow(re.compile("Ansætte medarbejdere"))

    page.locator("#id_cvr").fill("12 34 56 78")
    walk.press("Videre")
    expect(page.locator("#id_cvr")).to_have_value("12 34 56 78")
    walk.look("02b-virksomhed-fejl")

    # A whole number is looked up by itself.
    wait_for_scripts(page)
    page.locator("#id_cvr").fill("99 00 10 11")
    walk.expect_text(EMPLOYERS)
    page.get_by_role("radio", name=re.compile("Tangmosevej")).check()
    walk.expect_text("Jobcenter Køge")
    page.locator("#id_name").fill("Mette Bruun")
    page.locator("#id_email").fill("kontor@strandmarken.example")
    walk.look("02-virksomhed")
    walk.press("Videre")

    page.locator("#id_title").fill(TITLE)
    page.locator("#id_occupation").fill("fremstilling af plast")
    walk.press("Find fag")
    page.get_by_role("radio", name=re.compile("8142")).first.check()
    page.locator("#id_positions").fill("2")
    page.locator("#id_hours").fill("37")
    page.locator("#id_apply_by").fill((today + timedelta(days=21)).isoformat())
    page.locator("#id_starts_on").fill((today + timedelta(days=45)).isoformat())
    page.locator("#id_text").fill("Du kører ekstruderingslinjer sammen med tre kolleger og skifter værktøj.")
    walk.look("03-stillingen")
    walk.press("Videre")
    walk.expect_heading("Er det rigtigt?")
    walk.look("04-se-og-send")
    walk.press("Send til jobcentret")

    walk.expect_heading("Tak")
    enquiry = Enquiry.objects.select_related("vacancy", "jobcentre", "owner", "company").latest("pk")
    assert enquiry.jobcentre.name == "Jobcenter Køge"
    assert enquiry.owner.email == CASEWORKER.email
    assert enquiry.vacancy
    assert (enquiry.vacancy.title, enquiry.vacancy.state) == (TITLE, Vacancy.State.SUBMITTED)
    for told in (enquiry.reference, "Jobcenter Køge", CASEWORKER.name):
        walk.expect_text(told)
    walk.look("05-kvittering")

    receipt = walk.newest_mail("enquiry_receipt")
    assert receipt["To"] == "kontor@strandmarken.example"
    assert enquiry.reference in receipt.get_content()
    assert enquiry.link in receipt.get_content()
    links = re.findall(r"https?://\S+(/bekraeft/\S+)", receipt.get_content())
    page.goto(links[0])
    walk.expect_heading("Bekræft jeres adresse")
    walk.look("05b-bekraeft")
    walk.press("Ja, bekræft min adresse")
    walk.expect_text("Tak. Adressen er bekræftet.")
    return enquiry


def a_caseworker_calls_and_publishes(walk: Walk, enquiry: Enquiry) -> None:
    page = walk.page
    walk.become(CASEWORKER)
    page.goto("/min-dag/")
    walk.expect_heading("Min dag")
    walk.look("06-min-dag")

    page.goto("/henvendelser/")
    walk.expect_text(EMPLOYERS)
    page.goto(f"/henvendelser/{enquiry.pk}/")
    walk.expect_text(TITLE)
    walk.look("07-henvendelse")

    page.goto(enquiry.company.get_absolute_url())
    walk.expect_heading(EMPLOYERS)
    page.goto(f"/kontakter/log/{enquiry.company_id}/")
    page.get_by_role("checkbox", name="Rekruttering").check(force=True)
    page.get_by_role("radio", name="Behov noteret").check(force=True)
    # The company has had more contacts than it wants: an answer to it needs no reason, anything else would.
    page.get_by_role("radio", name="Et svar til virksomheden").check(force=True)
    page.locator("#id_note").fill(NOTE)
    page.locator("#id_next_step").fill("Send to profiler")
    page.locator("#id_next_on").fill((timezone.localdate() + timedelta(days=1)).isoformat())
    walk.look("08-log-kontakt")
    walk.press("Gem kontakt")
    walk.expect_heading(EMPLOYERS)
    walk.expect_text(NOTE)
    walk.look("09-virksomhed")
    contact = Contact.objects.latest("pk")
    assert (contact.by.email, contact.note) == (CASEWORKER.email, NOTE)
    assert FollowUp.objects.get(contact=contact).what == "Send to profiler"

    page.goto(f"/henvendelser/{enquiry.pk}/udgiv/")
    walk.expect_text(TITLE)
    walk.press("Slå op")
    assert Vacancy.objects.get(pk=enquiry.vacancy_id).state == Vacancy.State.PUBLISHED
    page.goto("/stillinger/?hvad=emballagelinjen")
    walk.expect_text(TITLE)
    walk.look("10-stillinger")
    walk.follow(TITLE)
    walk.expect_heading(TITLE)
    walk.look("11-stilling")


def a_neighbour_sees_that_and_when_but_not_the_note(walk: Walk, company: Company) -> None:
    walk.become(NEIGHBOUR)
    walk.page.goto(company.get_absolute_url())
    walk.expect_heading(EMPLOYERS)
    for told in ("Jobcenter Køge", CASEWORKER.name, "ekruttering"):
        walk.expect_text(told)
    expect(walk.page.locator("body")).not_to_contain_text(NOTE)
    walk.look("12-virksomhed-set-fra-roskilde")


def an_officer_sees_the_area_and_recomputes(walk: Walk) -> None:
    walk.become(AREA_OFFICER)
    walk.page.goto("/omraadet/")
    walk.expect_heading("Sjælland")
    walk.expect_text("Slagelse")
    walk.look("13-omraadet")
    before = Recomputation.objects.count()
    walk.press("Genberegn")
    started = Recomputation.objects.latest("pk")
    assert Recomputation.objects.count() == before + 1
    assert started.started_by.email == AREA_OFFICER.email
    expect(walk.page.get_by_role("progressbar")).to_be_visible()
    walk.worker.wait_until(lambda: not started.steps.filter(finished_at=None).exists(), within=60)
    assert not started.steps.exclude(given_up_at=None).exists()
    walk.page.reload()
    walk.expect_text(f"{started.steps.count()} af {started.steps.count()}")
    walk.look("14-genberegning")


def an_officer_hears_the_jobcentre(walk: Walk) -> Flag:
    page = walk.page
    flag = Flag.objects.get(jobcentre__name="Jobcenter Slagelse", state=Flag.State.PROPOSED)
    page.goto("/flag/")
    walk.look("15-flag")
    page.goto(flag.get_absolute_url())
    walk.expect_heading("Jobcenter Slagelse")
    page.get_by_role("radio", name=re.compile("Begynd gennemgangen")).check()
    page.get_by_role("button", name=re.compile("Afgør som")).click()
    for question in Question:
        page.get_by_label(str(question.label), exact=True).select_option("fine")
    page.get_by_role("radio", name=re.compile("Gem datakontrollen")).check()
    page.get_by_role("button", name=re.compile("Afgør som")).click()
    walk.expect_text("ja, uden bemærkninger")

    page.get_by_role("radio", name=re.compile("Send i høring")).check()
    page.get_by_role("button", name=re.compile("Afgør som")).click()
    flag.refresh_from_db()
    assert flag.state == Flag.State.UNDER_REVIEW, "nothing is decided without a reason"
    expect(page.get_by_role("radio", name=re.compile("Send i høring"))).to_be_checked()

    page.locator("#id_reason").fill("Vi beder jer forklare faldet over to år.")
    walk.look("16-flaget")
    page.get_by_role("button", name=re.compile("Afgør som")).click()
    walk.expect_text("Vi beder jer forklare faldet over to år.")
    flag.refresh_from_db()
    assert flag.state == Flag.State.HEARING
    step = flag.log.latest("pk")
    assert (step.by.email, step.comment) == (AREA_OFFICER.email, "Vi beder jer forklare faldet over to år.")
    asked = walk.newest_mail("hearing")
    assert asked["To"] == MANAGER.email
    assert flag.get_absolute_url() in asked.get_content()
    return flag


def the_manager_answers_and_the_officer_decides(walk: Walk, flag: Flag) -> None:
    page = walk.page
    walk.become(MANAGER)
    page.goto(flag.get_absolute_url())
    page.locator("#id_answer").fill("To medarbejdere har været væk; vi tager gerne imod hjælp.")
    walk.look("17-hoering")
    walk.press("Send svaret")
    walk.expect_text("vi tager gerne imod hjælp")
    walk.become(AREA_OFFICER)
    page.goto(flag.get_absolute_url())
    page.get_by_role("radio", name=re.compile("Følg en periode")).check()
    page.locator("#id_reason").fill("Bemandingen er på plads igen; vi ser på det om et kvartal.")
    page.get_by_role("button", name=re.compile("Afgør som")).click()
    walk.expect_text("vi ser på det om et kvartal")
    flag.refresh_from_db()
    assert flag.state == Flag.State.WATCHED
    assert [step.to_state for step in flag.log.all()] == [
        *("under_review", "under_review"),
        *("hearing", "hearing"),
        "watched",
    ]


def an_officer_publishes_the_bottlenecks(walk: Walk) -> None:
    page = walk.page
    page.goto("/flaskehalse/rapporter/")
    walk.expect_heading("Flaskehalse")
    walk.look("18-flaskehalse")
    report = Report.objects.filter(area__code__contains="sjaelland").latest("ends_on")
    page.goto(report.get_absolute_url())
    page.get_by_label("Hvorfor resten kan godkendes").fill("Ingen har indvendinger.")
    page.get_by_role("button", name="Godkend resten").click()
    page.locator("#id_reason").fill("Linjerne er gennemgået med jobcentrene.")
    walk.look("19-rapport")
    page.get_by_role("button", name=re.compile("Offentliggør som")).click()
    walk.expect_text("Linjerne er gennemgået med jobcentrene.")
    report.refresh_from_db()
    assert report.state == Report.State.PUBLISHED
    published = report.log.get(to_state=Report.State.PUBLISHED)
    assert published.comment == "Linjerne er gennemgået med jobcentrene."
    assert Outlook.objects.filter(area=report.area).count() == report.lines.count()
    page.context.clear_cookies()
    page.goto("/flaskehalse/")
    walk.expect_text("Sjælland")
    walk.look("20-offentliggjort")


def the_employer_closes_the_vacancy(walk: Walk, enquiry: Enquiry) -> None:
    page = walk.page
    page.goto(enquiry.link)
    walk.follow("Luk stillingen")
    walk.look("21-luk-stillingen")
    assert Vacancy.objects.get(pk=enquiry.vacancy_id).state == Vacancy.State.PUBLISHED, (
        "looking closes nothing"
    )
    page.locator("button[value=filled_as_wanted]").click()
    walk.expect_text("luk")
    vacancy = Vacancy.objects.get(pk=enquiry.vacancy_id)
    assert (vacancy.state, vacancy.outcome) == (Vacancy.State.CLOSED, Vacancy.Outcome.FILLED_AS_WANTED)

"""A company's own pages as its people use them: access, colleagues, wishes, and mail that can be stopped."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from employers.access.notices import COLLEAGUES
from employers.companies.models import Company
from employers.contacts.models import FollowUp, Purpose
from employers.vacancies.models import Vacancy
from jobcenter.accounts.models import Membership, User
from jobcenter.notifications.models import Mail, Recipient
from jobcenter.notifications.telling import bundle, notify

BENTE = "bente.boel@strandmarken.example"
NIELS = "niels.ny@strandmarken.example"


def link_in(mail: Mail, start: str) -> str:
    """The portal's address in the mail that begins so."""
    return next(line for line in mail.body.splitlines() if start in line)


@pytest.fixture
def lively(company, employer, koege, roskilde, make_enquiry, make_vacancy, make_contact):
    """A company with something on every page."""
    make_enquiry()
    make_vacancy(title="Truckfører, aftenhold", state=Vacancy.State.PUBLISHED)
    now = timezone.now()
    for days, centre, purpose in (
        (1, koege, Purpose.RETENTION),
        (9, roskilde, Purpose.WORK_TRIAL),
        (40, koege, Purpose.RECRUITMENT),
        (90, koege, Purpose.UPSKILLING),
    ):
        contact = make_contact(
            happened_at=now - timedelta(days=days),
            jobcentre=centre.jobcentre,
            by=centre.caseworker,
            purposes=[purpose],
        )
    FollowUp.objects.create(
        contact=contact,
        company=company,
        jobcentre=koege.jobcentre,
        owner=koege.caseworker,
        due_on=timezone.localdate() + timedelta(days=3),
        what="Ring om kurset",
    )


@pytest.mark.parametrize("page", [1280], indirect=True)
def test_an_administrator_says_what_they_want_and_invites_a_colleague(
    page, lively, company, employer, koege, sign_in, axe, see
):
    sign_in(page, employer)
    page.goto(reverse("desk:my_company"))
    expect(page.get_by_role("heading", name=company.name)).to_be_visible()
    axe(page)
    see(page, "min-virksomhed")
    page.get_by_role("link", name="Se alle 4, og hvad der er planlagt").click()
    expect(page.get_by_role("heading", name="Planlagt")).to_be_visible()
    page.get_by_label("Jobcenter").select_option(label="Jobcenter Roskilde")
    page.get_by_role("button", name="Vis", exact=True).click()
    expect(page.get_by_role("row")).to_have_count(2)
    axe(page)
    see(page, "hvem-har-kontaktet-jer")

    page.get_by_role("link", name="Kontaktønsker").click()
    page.get_by_label("Højst så mange kontakter på 4 uger").select_option("2")
    page.get_by_text("E-mail", exact=True).click()
    page.get_by_label("Virksomhedspraktik").check()
    axe(page)
    see(page, "kontaktoensker")
    page.get_by_role("button", name="Gem kontaktønsker").click()
    expect(page.get_by_text("Jeres kontaktønsker er gemt")).to_be_visible()

    page.get_by_role("link", name="Kolleger", exact=True).click()
    page.get_by_label("Din kollegas e-mail").fill(BENTE)
    page.get_by_label("Rekrutteringsansvarlig").check()
    page.get_by_role("button", name="Send invitationen").click()
    expect(page.get_by_text(f"Invitationen er sendt til {BENTE}")).to_be_visible()
    axe(page)
    see(page, "kolleger")

    page.context.clear_cookies()
    page.goto(link_in(Mail.objects.get(to=BENTE), "/invitation/"))
    axe(page)
    see(page, "invitation")
    page.get_by_role("button", name="Sig ja til invitationen").click()
    expect(page.get_by_text("Du handler fra nu af for")).to_be_visible()
    assert Membership.objects.get(user__email=BENTE).may_publish

    sign_in(page, koege.caseworker)
    page.goto(company.get_absolute_url())
    expect(page.get_by_text("Ikke om: virksomhedspraktik")).to_be_visible()
    axe(page)
    see(page, "kontaktoensker-hos-jobcentret")


@pytest.mark.parametrize("page", [390], indirect=True)
def test_a_first_user_asks_is_confirmed_and_stops_mail_with_one_click(page, koege, sign_in, axe, see):
    page.goto(reverse("access:ask"))
    page.get_by_text("Hvis registret ikke kender nummeret").click()
    for label, value in (
        ("CVR-nummer", "99 00 00 15"),
        ("Virksomhed", "Tangmose Træ ApS"),
        ("Arbejdsstedets postnummer", "4600"),
        ("Dit navn", "Niels Ny"),
        ("Din stilling", "Produktionschef"),
        ("Din e-mail på arbejdet", NIELS),
        ("Telefon", "56 00 50 99"),
    ):
        page.get_by_label(label).first.fill(value)
    axe(page)
    see(page, "faa-adgang")
    page.get_by_role("button", name="Bed om adgang").click()
    expect(page.get_by_role("heading", name="Se i din mail")).to_be_visible()
    page.goto(link_in(Mail.objects.get(to=NIELS), "/adgang/"))
    page.get_by_role("button", name="Ja, fortsæt").click()
    expect(page.get_by_text("Du kan nu logge ind for Tangmose Træ ApS")).to_be_visible()
    niels = User.objects.get(email=NIELS)
    sign_in(page, niels)
    page.goto(reverse("desk:my_company"))
    expect(page.get_by_text("har endnu ikke bekræftet")).to_be_visible()
    see(page, "min-virksomhed-ubekraeftet")

    sign_in(page, koege.caseworker)
    page.goto(reverse("desk:my_day"))
    page.get_by_role("link", name="Niels Ny, Tangmose Træ ApS").click()
    axe(page)
    see(page, "foerste-bruger")
    page.get_by_role("button", name="Bekræft", exact=True).click()
    expect(page.get_by_text("Niels Ny handler nu for Tangmose Træ ApS")).to_be_visible()

    sign_in(page, niels)
    page.goto(reverse("desk:my_company"))
    expect(page.get_by_role("heading", name="Hvem har kontaktet jer")).to_be_visible()
    axe(page)
    see(page, "min-virksomhed")
    page.goto(reverse("accounts:notices"))
    axe(page)
    see(page, "e-mail-til-dig")

    today = timezone.localdate()
    with transaction.atomic():
        notify(to=NIELS, kind=COLLEAGUES, key="1", subject="Bente har sagt ja", on=today)
    bundle(now=timezone.localtime().replace(hour=9))
    page.context.clear_cookies()
    page.goto(link_in(Mail.objects.get(kind="digest", to=NIELS), "/stop/"))
    axe(page)
    see(page, "stop-mails")
    page.get_by_role("button", name="Stop mailene").click()
    expect(page.get_by_role("heading", name="Du får ikke flere af disse mails")).to_be_visible()
    assert Recipient.objects.get(email=NIELS).stopped_at
    assert Company.objects.get(cvr="99000015").organisation

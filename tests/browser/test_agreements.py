"""An agreement between jobcentres as their managers meet it: drafted, changed, accepted, in force, ended."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from jobcenter.centres.models import Agreement
from jobcenter.classifications.models import Industry, Occupation
from tests.conftest import agree

PURPOSE = "Vi deler køen for industrien, så en virksomhed kun behøver at spørge ét sted."


def test_an_agreement_is_drafted_changed_accepted_by_all_in_force_and_ended(
    page, sign_in, axe, see, koege, roskilde, aarhus
):
    today = timezone.localdate()
    for code, title in (("C", "Fremstillingsvirksomhed"), ("F", "Bygge- og anlægsvirksomhed")):
        Industry.objects.create(version="nace_2_1", code=code, level=1, title_da=title, valid_from=today)
    Occupation.objects.create(
        code="81", level=2, title_da="Operatørarbejde", sort_key="operatørarbejde", valid_from=today
    )
    sign_in(page, koege.manager)
    page.goto(reverse("desk:agreements"))
    page.get_by_role("link", name="Ny aftale").click()
    page.get_by_label("Hvad hedder aftalen?").fill("Industri på Østsjælland")
    page.get_by_label("Formål").fill(PURPOSE)
    page.get_by_label("Jobcenter Roskilde").check()
    page.get_by_text("Kun nogle brancher").click()
    page.get_by_label("Fremstillingsvirksomhed").check()
    page.get_by_label("Køen af henvendelser").check()
    page.get_by_label("Kandidater, der må vises udenfor").check()
    page.get_by_label("Hvor hurtigt svarer en part").select_option(label="Inden for 4 arbejdstimer")
    axe(page)
    see(page, "aftale-ny")
    page.get_by_role("button", name="Foreslå parterne").click()
    expect(page.get_by_role("status").first).to_contain_text("er foreslået")
    axe(page)
    see(page, "aftale-foreslaaet")

    sign_in(page, roskilde.manager)
    page.goto(reverse("desk:agreements"))
    axe(page)
    see(page, "aftaler-venter")
    page.get_by_role("link", name="Industri på Østsjælland").click()
    page.get_by_text("Afvis med en begrundelse").click()
    page.get_by_label("Hvorfor?").fill("Fire timer er for lidt, når vi er få på arbejde.")
    axe(page)
    see(page, "aftale-afvis")
    page.get_by_role("button", name="Afvis").click()

    sign_in(page, koege.manager)
    page.goto(Agreement.objects.get().get_absolute_url())
    expect(page.get_by_text("Fire timer er for lidt, når vi er få på arbejde.")).to_be_visible()
    page.get_by_role("link", name="Ret udkastet").click()
    page.get_by_label("Hvor hurtigt svarer en part").select_option(label="Inden for 2 arbejdsdage")
    page.get_by_role("button", name="Foreslå parterne").click()

    sign_in(page, roskilde.manager)
    page.goto(Agreement.objects.get().get_absolute_url())
    axe(page)
    see(page, "aftale-accepter")
    page.get_by_role("button", name="Acceptér").click()
    expect(page.get_by_role("status").first).to_contain_text("Alle har accepteret")
    axe(page)
    see(page, "aftale-gaelder")
    page.get_by_text("Opsig den med en begrundelse").click()
    page.get_by_label("Hvorfor?").fill("Vi får vores egen virksomhedsservice.")
    page.get_by_role("button", name="Opsig aftalen").click()
    expect(page.get_by_role("status").first).to_contain_text("Aftalen er opsagt")
    axe(page)
    see(page, "aftale-opsagt")
    page.goto(reverse("desk:agreements"))
    axe(page)
    see(page, "aftaler")


def test_a_partner_reads_the_queue_and_offers_help_unasked(
    page, sign_in, axe, see, koege, roskilde, make_enquiry
):
    agree(
        name="Køen på Østsjælland",
        purpose=PURPOSE,
        jobcentres=[koege.jobcentre, roskilde.jobcentre],
        valid_from=timezone.localdate(),
        shared=[Agreement.Shared.QUEUE],
    )
    enquiry = make_enquiry()
    sign_in(page, roskilde.caseworker)
    page.goto(reverse("desk:helps"))
    page.get_by_role("link", name="Parternes kø").click()
    axe(page)
    see(page, "parternes-koe")
    page.get_by_role("link", name="Åbn").click()
    page.get_by_label("Hvad kan I hjælpe med?").fill("Vi har to, der kan begynde på mandag.")
    axe(page)
    see(page, "parternes-henvendelse")
    page.get_by_role("button", name="Tilbyd hjælp").click()
    expect(page.get_by_role("heading", name="I har tilbudt Jobcenter Køge hjælp")).to_be_visible()
    axe(page)
    see(page, "tilbudt")

    sign_in(page, koege.caseworker)
    page.goto(reverse("desk:enquiry", args=[enquiry.pk]))
    expect(page.get_by_text("Vi har to, der kan begynde på mandag.")).to_be_visible()
    axe(page)

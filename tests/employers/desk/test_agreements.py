"""Agreements on the pages: drafted, read, accepted or refused, changed and ended; and who may do what."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from jobcenter.centres.models import Acceptance, Agreement
from tests.conftest import agree
from tests.queries import assert_same_queries

State = Agreement.State


def day(days=0):
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def said(koege, roskilde):
    return {
        "name": "Østsjælland",
        "purpose": "Fælles rekruttering",
        "partners": [roskilde.jobcentre.pk],
        "lead_office": koege.jobcentre.pk,
        "valid_from": day(),
        "valid_to": "",
        "shared": ["queue"],
        "answer_hours": "8",
        "notice_days": "30",
    }


@pytest.fixture
def drafted(client, koege, said):
    client.force_login(koege.manager)
    client.post(reverse("desk:new_agreement"), said, follow=True)
    return Agreement.objects.get()


def do(client, step, agreement, **data):
    return client.post(reverse(f"desk:{step}_agreement", args=[agreement.pk]), data, follow=True)


def state_of(agreement):
    return Agreement.objects.get(pk=agreement.pk).state


def test_it_is_drafted_waits_for_the_partner_is_read_and_accepted(client, koege, roskilde, drafted):
    assertContains(client.get(reverse("desk:agreements")), "venter på de andre")

    client.force_login(roskilde.manager)
    waits = client.get(reverse("desk:agreements"))
    assertContains(waits, "venter på jer")
    assertContains(waits, '<span>Aftaler</span><span class="ei-count">1</span>')
    page = client.get(drafted.get_absolute_url())
    for words in (
        "Fælles rekruttering",
        "inden for 1 arbejdsdag",
        "Køen af henvendelser: Parterne ser",
        "30 dages varsel",
    ):
        assertContains(page, words)
    page = do(client, "accept", drafted, version=1)

    assertContains(page, "Alle har accepteret. Aftalen gælder")
    assert state_of(drafted) == State.ACCEPTED
    assertContains(client.get(reverse("desk:agreements")), "Gælder nu")


def test_whoever_accepts_a_text_that_was_changed_is_told_and_shown_what_has_changed(
    client, koege, roskilde, aarhus, drafted, said
):
    three = {**said, "partners": [roskilde.jobcentre.pk], "farther": [aarhus.jobcentre.pk]}
    do(client, "change", drafted, **three, version=1)
    client.force_login(roskilde.manager)
    do(client, "accept", drafted, version=2)
    client.force_login(koege.manager)
    do(client, "change", drafted, **{**three, "purpose": "Kun kandidater", "version": 2})

    client.force_login(roskilde.manager)
    page = do(client, "accept", drafted, version=2)

    assertContains(page, "Teksten er ændret, efter du åbnede den")
    assertContains(page, "Ændret, siden jeres jobcenter accepterede")
    assertContains(page, '<del class="ei-del">Fælles rekruttering</del>', html=True)
    assertContains(page, '<ins class="ei-ins">Kun kandidater</ins>', html=True)
    assert not Acceptance.objects.filter(wording__number=3, jobcentre=roskilde.jobcentre).exists()


def test_a_refusal_needs_a_reason_and_the_drafter_reads_it(client, koege, roskilde, drafted):
    client.force_login(roskilde.manager)
    assertContains(
        do(client, "refuse", drafted, version=1, reason=""), "Skriv hvorfor: de andre parter læser"
    )
    do(client, "refuse", drafted, version=1, reason="Varslet er for kort.")

    client.force_login(koege.manager)
    assertContains(client.get(drafted.get_absolute_url()), "Varslet er for kort.")
    assertContains(client.get(reverse("desk:agreements")), "afvist")


def test_the_second_who_changes_a_draft_keeps_what_was_typed_and_sees_what_was_saved(client, drafted, said):
    do(client, "change", drafted, **{**said, "purpose": "Den første", "version": 1})

    page = do(client, "change", drafted, **{**said, "purpose": "Den anden", "version": 1})

    assertContains(page, "Gemt i mellemtiden")
    assertContains(page, "Den første")
    assertContains(page, "Den anden</textarea>")
    assert Agreement.objects.get().purpose == "Den første"


def test_any_partner_ends_it_with_a_reason_and_sees_until_when(client, koege, roskilde):
    agreed = agree(
        name="Østsjælland",
        purpose="Fælles rekruttering",
        jobcentres=[koege.jobcentre, roskilde.jobcentre],
        valid_from=day(-10),
    )
    client.force_login(roskilde.manager)
    assertContains(client.get(agreed.get_absolute_url()), "Opsig aftalen")

    page = do(client, "end", agreed, reason="Vi har for få folk.")

    assertContains(page, "Aftalen er opsagt.")
    assertContains(page, "opsagt, gælder til")
    assertContains(page, "Vi har for få folk.")
    assert Agreement.objects.get().valid_to == day(30)


def test_a_caseworker_reads_it_and_takes_no_step(client, roskilde, drafted):
    client.force_login(roskilde.caseworker)

    page = client.get(drafted.get_absolute_url())

    assertContains(page, "En leder i jeres jobcenter accepterer eller afviser den.")
    assertNotContains(page, reverse("desk:accept_agreement", args=[drafted.pk]))
    assert client.post(reverse("desk:accept_agreement", args=[drafted.pk])).status_code == 403


def test_what_belongs_to_others_is_not_there(client, aarhus, drafted):
    client.force_login(aarhus.manager)

    assertNotContains(client.get(reverse("desk:agreements")), "Østsjælland")
    assert client.get(drafted.get_absolute_url()).status_code == 404
    for step in ("accept", "refuse", "change", "withdraw", "end"):
        assert client.post(reverse(f"desk:{step}_agreement", args=[drafted.pk])).status_code == 404


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"partners": []}, "Vælg mindst ét andet jobcenter"),
        ({"valid_to": "2020-01-01"}, "Den sidste dato skal ligge efter den første."),
        ({"purpose": ""}, "Skriv, hvad parterne hjælper hinanden med"),
        ({"lead_office": ""}, "Vælg, hvilken part der koordinerer samarbejdet"),
    ],
)
def test_what_is_wrong_with_a_draft_is_said(client, koege, said, fields, sentence):
    client.force_login(koege.manager)

    assertContains(client.post(reverse("desk:new_agreement"), {**said, **fields}), sentence)
    assert not Agreement.objects.exists()


def test_the_lead_office_is_one_of_the_partners(client, koege, aarhus, said):
    client.force_login(koege.manager)

    page = client.post(reverse("desk:new_agreement"), {**said, "lead_office": aarhus.jobcentre.pk})

    assertContains(page, "Det koordinerende jobcenter skal være en af parterne.")


def test_the_list_of_agreements_costs_the_same_however_long(client, koege, roskilde):
    client.force_login(koege.manager)

    assert_same_queries(
        open_page=lambda: client.get(reverse("desk:agreements")),
        add_row=lambda: agree(
            name="Aftale",
            purpose="x",
            jobcentres=[koege.jobcentre, roskilde.jobcentre],
            valid_from=day(),
        ),
    )

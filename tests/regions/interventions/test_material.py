"""What a meeting is prepared from: the flag's frozen figures, or the jobcentre's results as they are."""

from __future__ import annotations

import pytest
from django.urls import reverse

from regions.interventions import acting, material
from regions.interventions.opening import take_up
from regions.oversight.facts import Required
from tests.regions.making import AS_EXPECTED, FAR_UNDER, TOO_FEW, evidence, make_comparison
from tests.regions.reading import text_of


@pytest.fixture
def compared(koege, roskilde, result_measure, group):
    def tell(said):
        make_comparison(result_measure, group, {koege.jobcentre: said, roskilde.jobcentre: AS_EXPECTED})

    return tell


@pytest.fixture
def wished(asked, officer):
    return take_up(asked, by=officer, reason="Det gør vi gerne.")


def page_of(client, whole, person):
    client.force_login(person)
    return text_of(client.get(reverse("interventions:material", args=[whole.pk])))


def test_from_a_flag_it_tells_the_frozen_figures_and_not_todays(client, begun, compared, officer):
    compared(AS_EXPECTED)

    page = page_of(client, begun, officer.user)

    assert "354 af 1.346" in page
    assert "204 af 573" not in page
    assert "Roskilde" in page
    assert "Det passer." in page, "the jobcentre's answer to the hearing"


def test_a_flag_on_the_law_is_held_against_what_is_required(begun):
    law = Required(share=0.8, law_reference="Prøveloven § 1", mark="read")
    subject = material.Subject(begun.concerns.get(), evidence=evidence(required=law))

    assert subject.sentence.replace("\N{NO-BREAK SPACE}", " ").endswith(
        ": 354 af 1.346, hvor der kræves 80 %"
    )
    assert subject.chart["limit"]["value"] == 80
    assert not subject.shows_peers


def test_without_a_flag_it_tells_todays_results_among_the_peers(client, wished, compared, officer):
    compared(FAR_UNDER)

    page = page_of(client, wished, officer.user)

    assert "354 af 1.346, hvor 471 kunne forventes" in page
    assert "Roskilde" in page
    assert "Vi vil gerne se på vores samtaler." in page


def test_small_numbers_are_told_to_the_jobcentre_and_not_to_the_office(
    client, wished, compared, officer, manager
):
    compared(TOO_FEW._replace(actual=2, expected=4.0, z=-1.0))

    assert "2 af 18" not in page_of(client, wished, officer.user)
    assert "2 af 18" in page_of(client, wished, manager.user)


def test_the_agenda_is_made_of_what_the_case_holds(begun, plan_meeting, signed, officer, manager):
    first = material.agenda(begun)
    assert "354 af 1.346, hvor 471 kunne forventes" in first
    assert "dets svar på høringen" in first
    assert "Hvad der er prøvet" in first

    meeting = plan_meeting()
    acting.take("hold_meeting", meeting, by=officer, notes="Enige.")
    acting.take("agree_notes", meeting, by=manager)

    later = material.agenda(type(begun).objects.get(pk=begun.pk))
    assert "siden sidste møde" in later
    assert "Hvor langt aftalens mål og handlinger er" in later


def test_the_officer_is_given_the_agenda_to_write_on_in(client, begun, officer):
    client.force_login(officer.user)

    page = client.get(reverse("interventions:step", args=[begun.pk, "plan_meeting"]))

    assert "354 af 1.346, hvor 471 kunne forventes" in page.text

"""Deciding in the administration pages: the same steps, reasons and refusals as on the page."""

from __future__ import annotations

import pytest
from django.urls import reverse

from jobcenter.notifications.models import Notice
from regions.interventions.models import Intervention
from regions.interventions.opening import ask_for_help
from tests.queries import assert_same_queries

LIST = "/admin/interventions/intervention/"
WHY = "Vi har set på det sammen."


def address(whole):
    return reverse("admin:interventions_intervention_change", args=[whole.pk])


def send(client, whole, code, thing=None, *, reason=WHY, **fields):
    data = {"step": f"{code}-{(thing or whole).pk}", "reason": reason}
    return client.post(address(whole), {**data, "log-TOTAL_FORMS": 0, "log-INITIAL_FORMS": 0, **fields})


def last(whole):
    line = whole.log.last()
    return line.thing, line.to_state, line.by, line.comment


@pytest.fixture
def as_officer(client, officer):
    client.force_login(officer.user)
    return client


def test_an_officer_takes_up_a_wish_here_and_the_manager_is_told(as_officer, asked, officer, manager):
    answer = send(as_officer, asked, "take_up")

    asked.refresh_from_db()
    assert answer.status_code == 302
    assert (asked.state, asked.officer) == ("open", officer.user)
    assert last(asked) == ("intervention", "open", officer.user, WHY)
    assert Notice.objects.filter(recipient__email=manager.user.email).exists()


def test_a_part_takes_its_step_here_and_a_follow_up_keeps_the_figures_of_the_day(as_officer, begun, due):
    send(as_officer, begun, "do_follow_up", due)

    due.refresh_from_db()
    assert (due.state, len(due.figures)) == ("done", 1)


@pytest.mark.parametrize("code", ["leave", "escalate", "resolve"])
@pytest.mark.parametrize("reason", ["", "  "])
def test_without_a_reason_nothing_is_decided_here(as_officer, begun, code, reason):
    page = send(as_officer, begun, code, reason=reason)

    begun.refresh_from_db()
    assert page.status_code == 200
    assert "Skriv begrundelsen" in page.text
    assert begun.state == "open"
    assert begun.log.count() == 1


def test_what_the_table_demands_is_demanded_here_and_what_was_written_is_not_lost(as_officer, begun, due):
    unproven = send(as_officer, begun, "resolve")
    assert "tilbage inden for sine grænser" in unproven.text
    assert WHY in unproven.text

    waiting = send(as_officer, begun, "leave")
    assert "Noget venter stadig på nogen" in waiting.text
    begun.refresh_from_db()
    assert (begun.state, begun.effects) == ("open", None)


@pytest.mark.parametrize("code", ["take_up", "sign", "begin", "hold_meeting", "no_such"])
def test_no_step_outside_the_table_is_taken_here(as_officer, begun, code):
    page = send(as_officer, begun, code)

    assert page.status_code == 200
    assert begun.log.count() == 1


def test_nothing_of_the_intervention_itself_is_written_here(as_officer, begun, koege):
    send(as_officer, begun, "escalate", state="resolved", evidence='{"holds": true}', at_own_wish="on")

    begun.refresh_from_db()
    assert (begun.state, begun.at_own_wish, begun.evidence["holds"]) == ("escalated", False, False)


def test_what_has_ended_has_nothing_to_save(as_officer, begun):
    send(as_officer, begun, "leave")

    page = as_officer.get(address(begun)).text

    assert 'name="_save"' not in page
    assert 'name="reason"' not in page
    assert "intet kan siges om effekten" in page
    assert WHY in page


def test_the_evidence_of_the_flag_stands_beside_the_decision(as_officer, begun):
    page = as_officer.get(address(begun)).text

    assert "4 kvartaler til 3. kvt. 2026: 354 / 1.346 · forventet 471" in page
    assert "Afslut uden at være løst" in page


def test_an_intervention_of_another_area_is_not_found_and_not_decided(as_officer, aarhus):
    elsewhere = ask_for_help(
        jobcentre=aarhus.jobcentre, about=[], by=aarhus.manager.memberships.get(), reason=WHY
    )

    assert address(elsewhere) not in as_officer.get(LIST).text
    send(as_officer, elsewhere, "take_up")

    assert Intervention.objects.get(pk=elsewhere.pk).state == "requested"


def test_the_administrator_sees_every_intervention_and_decides_nothing(client, asked, administrator):
    client.force_login(administrator)

    page = client.get(address(asked)).text

    assert address(asked) in client.get(LIST).text
    assert 'name="step"' not in page
    assert send(client, asked, "take_up").status_code == 403
    assert asked.log.count() == 1


def test_nothing_is_added_or_deleted_here(as_officer, asked):
    assert as_officer.get(f"{LIST}add/").status_code == 403
    assert as_officer.get(f"{LIST}{asked.pk}/delete/").status_code == 403


@pytest.mark.parametrize("who", ["caseworker", "manager"])
def test_jobcentres_have_no_administration_pages(client, asked, koege, who):
    client.force_login(getattr(koege, who))

    assert client.get(LIST).status_code == 302
    assert client.get(address(asked)).status_code == 302


def test_the_list_asks_the_same_number_of_queries_however_many_there_are(as_officer, asked, manager):
    assert_same_queries(
        open_page=lambda: as_officer.get(LIST),
        add_row=lambda: ask_for_help(jobcentre=asked.jobcentre, about=[], by=manager, reason=WHY),
    )

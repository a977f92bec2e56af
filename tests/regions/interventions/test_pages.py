"""The board, an intervention and its steps as the officer and the manager meet them."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from regions.interventions import agreeing
from regions.interventions.forms import coming
from regions.interventions.models import Action, Agreement, Intervention, Meeting
from regions.interventions.opening import ask_for_help, begin
from regions.interventions.table import STEPS, Demand
from regions.interventions.waiting import board, waiting_for
from tests.queries import assert_same_queries
from tests.regions.reading import text_of

WHY = "Vi vil se på det sammen."


@pytest.fixture
def as_officer(client, officer):
    client.force_login(officer.user)
    return client


def step(client, whole, code, part=None, **said):
    args = [whole.pk, code, *([part.pk] if part else [])]
    name = "interventions:step_of_part" if part else "interventions:step"
    return client.post(reverse(name, args=args), said)


def test_the_whole_way_from_a_flag_to_its_end_by_both(client, flag, officer, manager, result_measure, group):
    soon = timezone.localtime() + timedelta(days=3)
    client.force_login(officer.user)
    first = client.get(reverse("interventions:board"))
    assert "Bekræftede flag, der endnu ikke er fulgt af noget" in text_of(first)
    client.post(reverse("interventions:begin", args=[flag.pk]), {"flags": [flag.pk], "reason": WHY})
    whole = Intervention.objects.get()
    assert (whole.state, whole.officer) == ("open", officer.user)

    step(
        client,
        whole,
        "plan_meeting",
        starts_at=soon.strftime("%Y-%m-%dT%H:%M"),
        place="Køge",
        participants="Jobcenterchef",
        agenda="Resultatet",
    )
    early = step(client, whole, "hold_meeting", part=Meeting.objects.get(), notes="Enige.")
    assert "Mødet er ikke holdt endnu." in text_of(early)
    Meeting.objects.update(starts_at=timezone.now() - timedelta(days=1))
    step(client, whole, "hold_meeting", part=Meeting.objects.get(), notes="Enige om billedet.")
    client.post(
        reverse("interventions:agreement", args=[whole.pk]),
        {
            "purpose": "Flere i job",
            "maal-TOTAL_FORMS": 1,
            "maal-INITIAL_FORMS": 1,
            "maal-0-pair": f"{result_measure.pk}-{group.pk}",
            "maal-0-from_value": "26,3",
            "maal-0-to_value": "33",
            "maal-0-period": coming()[3][0],
            "handling-TOTAL_FORMS": 1,
            "handling-INITIAL_FORMS": 0,
            "handling-0-what": "Alle forløb gennemgås",
            "handling-0-who": "Faglig leder",
            "handling-0-due_on": (soon + timedelta(days=60)).date().isoformat(),
        },
    )
    agreement = Agreement.objects.get()
    assert agreement.targets.get().from_value == 26.3
    step(client, whole, "put_forward", part=agreement, answer_by=soon.date().isoformat())

    client.force_login(manager.user)
    page = text_of(client.get(whole.get_absolute_url()))
    assert "Alle forløb gennemgås" in page
    step(client, whole, "agree_notes", part=Meeting.objects.get())
    step(client, whole, "sign", part=agreement, version=1)
    client.post(reverse("interventions:reply", args=[whole.pk]), {"text": "Vi har manglet to konsulenter."})
    agreement.refresh_from_db()
    assert agreement.state == "signed"

    client.force_login(officer.user)
    assert "Vi har manglet to konsulenter." in text_of(client.get(whole.get_absolute_url()))
    refused = step(client, whole, "resolve", reason=WHY)
    assert "to perioder i træk" in text_of(refused)
    [due] = whole.follow_ups.all()
    unfinished = step(client, whole, "leave", reason="Målingen er udgået.")
    assert "Noget venter stadig på nogen" in text_of(unfinished)
    step(client, whole, "do_follow_up", part=due, reason="Endnu ingen nye tal.")
    step(client, whole, "leave", reason="Målingen er udgået.")
    whole.refresh_from_db()
    assert whole.state == "not_resolved"
    ended = text_of(client.get(whole.get_absolute_url()))
    assert "intet kan siges om effekten" in ended
    assert "Målingen er udgået." in ended


@pytest.fixture
def write_draft(as_officer, begun, result_measure, group):
    """Saves the form of the agreement, with one target and what else is written in it."""

    def write(written):
        said = {
            "purpose": "Flere i job",
            "maal-TOTAL_FORMS": 1,
            "maal-INITIAL_FORMS": 1,
            "maal-0-pair": f"{result_measure.pk}-{group.pk}",
            "maal-0-from_value": "26,3",
            "maal-0-to_value": "33",
            "maal-0-period": coming()[3][0],
            "handling-TOTAL_FORMS": 1,
            "handling-INITIAL_FORMS": 0,
        }
        return as_officer.post(reverse("interventions:agreement", args=[begun.pk]), said | written)

    return write


def test_what_does_not_hold_in_a_line_is_said_above_all_and_nothing_is_saved(write_draft):
    page = text_of(write_draft({"purpose": "", "maal-0-to_value": "", "handling-0-what": "Ring til alle"}))

    for said in (
        "Noget i målene eller handlingerne skal rettes.",
        "Skriv, hvad der aftales",
        "Skriv, hvor det skal være",
        "Skriv, hvem der gør det, efter funktion",
    ):
        assert said in page
    assert not Agreement.objects.exists()


def test_a_draft_is_written_anew_without_the_lines_that_are_crossed_out(write_draft, draft, begun):
    drafted = draft()

    crossed_out = {"handling-INITIAL_FORMS": 1, "handling-0-DELETE": "on", "maal-0-DELETE": "on"}
    saved = write_draft(crossed_out | {"more": "1"})

    assertRedirects(saved, reverse("interventions:agreement", args=[begun.pk]))
    drafted.refresh_from_db()
    assert drafted.purpose == "Flere i job"
    assert not drafted.targets.exists()
    assert not drafted.actions.exists()


def test_a_jobcentre_asks_for_help_without_a_flag_and_the_office_answers(client, manager, officer):
    client.force_login(manager.user)
    address = reverse("interventions:ask_for_help")
    assert "Skriv, hvad I vil have hjælp til" in text_of(client.post(address, {"reason": " "}))
    client.post(address, {"reason": "Vi vil gerne se på samtalerne."})
    whole = Intervention.objects.get()

    client.force_login(officer.user)
    assert "Svar på jobcentrets ønske" in text_of(client.get(reverse("interventions:board")))
    step(client, whole, "take_up", reason="Det gør vi gerne.")

    whole.refresh_from_db()
    assert (whole.state, whole.at_own_wish, whole.flags.count()) == ("open", True, 0)


@pytest.mark.parametrize(
    "code",
    [
        step.code
        for step in STEPS
        if step.thing == "intervention" and step.start == "open" and Demand.REASON in step.demands
    ],
)
def test_no_form_decides_without_a_reason(code, as_officer, begun):
    page = step(as_officer, begun, code, reason="  ")

    begun.refresh_from_db()
    assert begun.state == "open"
    assert "Skriv begrundelsen" in text_of(page)


def test_a_step_that_has_been_taken_meanwhile_is_said_and_not_taken_again(
    as_officer, begun, plan_meeting, officer
):
    meeting = plan_meeting()
    step(as_officer, begun, "cancel_meeting", part=meeting, reason=WHY)

    again = as_officer.get(
        reverse("interventions:step_of_part", args=[begun.pk, "cancel_meeting", meeting.pk]), follow=True
    )

    assert "aflyst" in text_of(again)
    assert meeting.log.count() == 2


@pytest.mark.parametrize("code", ["begin", "draft_agreement", "sign", "no_such", "agree_notes"])
def test_what_is_no_step_of_the_officers_has_no_page(code, as_officer, begun):
    assert as_officer.get(reverse("interventions:step", args=[begun.pk, code])).status_code == 404


def test_a_draft_is_the_offices_own_until_it_is_put_forward(client, draft, manager):
    agreement = draft()
    client.force_login(manager.user)

    assert "Alle forløb gennemgås" not in text_of(client.get(agreement.intervention.get_absolute_url()))


def test_what_has_passed_is_overdue_on_the_board(as_officer, begun, due):
    type(due).objects.update(due_on=timezone.localdate() - timedelta(days=1))

    page = text_of(as_officer.get(reverse("interventions:board")))

    assert "overskredet" in page
    assert "Følg op" in page
    assert "Følg op" in text_of(as_officer.get(reverse("interventions:board") + "?state=overdue"))


def test_what_has_its_day_to_come_is_not_among_the_overdue(as_officer, begun, due):
    page = text_of(as_officer.get(reverse("interventions:board") + "?state=overdue"))

    assert "Der er ikke noget overskredet." in page
    assert "Følg op" not in page


def test_a_follow_up_to_come_waits_for_nobody_until_its_day(begun, due):
    [line] = board(Intervention.objects.all())
    assert not line.waits_for("area_officer")

    type(due).objects.update(due_on=timezone.localdate())

    [line] = board(Intervention.objects.all())
    assert line.waits_for("area_officer")
    assert not line.is_overdue


def test_the_board_asks_the_same_number_of_queries_however_many_there_are(client, officer, manager, asked):
    client.force_login(officer.user)
    assert_same_queries(
        open_page=lambda: client.get(reverse("interventions:board")),
        add_row=lambda: ask_for_help(jobcentre=asked.jobcentre, about=[], by=manager, reason=WHY),
    )


def test_a_confirmed_flag_leads_to_where_an_intervention_begins_and_then_to_it(
    client, as_officer, flag, officer
):
    address = reverse("interventions:of_flag", args=[flag.pk])
    assertContains(as_officer.get(flag.get_absolute_url()), address)
    assertRedirects(as_officer.get(address), reverse("interventions:begin", args=[flag.pk]))

    whole = begin(flags=[flag], by=officer, reason=WHY)

    assertRedirects(as_officer.get(address), whole.get_absolute_url())


def test_a_manager_is_told_that_nothing_came_of_a_flag_yet(client, flag, manager):
    client.force_login(manager.user)

    page = client.get(reverse("interventions:of_flag", args=[flag.pk]), follow=True)

    assert "endnu ikke indledt noget" in text_of(page)


def test_the_national_authority_reads_the_flag_and_is_led_to_no_intervention(client, flag, national):
    client.force_login(national)

    page = client.get(flag.get_absolute_url())

    assertContains(page, flag.measure)
    assertNotContains(page, reverse("interventions:of_flag", args=[flag.pk]))


def test_the_jobcentres_page_tells_of_its_interventions_those_who_may_read_them(
    client, as_officer, begun, koege
):
    address = reverse("dashboard:jobcentre", args=[koege.jobcentre.pk])
    assertContains(as_officer.get(address), begun.get_absolute_url())

    client.force_login(koege.caseworker)

    assertNotContains(client.get(address), begun.get_absolute_url())


def test_the_case_is_a_document_for_the_journal_with_what_was_frozen(
    as_officer, signed, offer, due, officer, result_measure
):
    whole = signed.intervention
    begun = as_officer.get(reverse("interventions:archive", args=[whole.pk]))
    with ZipFile(BytesIO(begun.content)) as file:
        told = file.read("sag.html").decode()
        kept = json.loads(file.read("grundlag.json"))

    assert begun["Content-Disposition"] == f'attachment; filename="indsats-{whole.pk}.zip"'
    for said in ("Jobcenter Køge", "354", "Flere i job efter et afsluttet forløb.", "underskrevet af begge"):
        assert said in told
    assert kept["flags"][0]["comparisons"] == 510
    assert kept["wordings"][0]["targets"][0]["measure"] == result_measure.code
    assert kept["effects"] is None


def test_the_document_of_a_manager_holds_no_draft_of_the_offices(client, draft, manager):
    agreement = draft()
    client.force_login(manager.user)

    packed = client.get(reverse("interventions:archive", args=[agreement.intervention_id]))

    with ZipFile(BytesIO(packed.content)) as file:
        assert "Alle forløb gennemgås" not in file.read("sag.html").decode()


def test_an_action_waits_on_the_board_until_it_is_said_to_be_done(client, signed, manager):
    whole = signed.intervention
    client.force_login(manager.user)
    assert "Alle forløb gennemgås" in text_of(client.get(reverse("interventions:board")))

    client.post(reverse("interventions:action_done", args=[whole.pk]), {"what": "Alle forløb gennemgås"})

    assert "Alle forløb gennemgås" not in text_of(client.get(reverse("interventions:board")))
    page = text_of(client.get(whole.get_absolute_url()))
    assert "siger Lone Friis, Jobcenter Køge" in page
    assert "Udført: Alle forløb gennemgås" in page


def test_an_action_whose_day_has_passed_stands_with_the_officer_as_overdue(
    as_officer, draft, officer, manager
):
    today = timezone.localdate()
    late = Action(what="Alle forløb gennemgås", who="Faglig leder", due_on=today - timedelta(days=1))
    answer_by = today + timedelta(days=14)
    proposed = agreeing.put_forward(draft(actions=[late], targets=[]), answer_by=answer_by, by=officer)
    signed = agreeing.sign(proposed, seen=proposed.version, by=manager)
    overdue = reverse("interventions:board") + "?state=overdue"

    assert waiting_for(officer) == waiting_for(manager) == 1
    assert "Alle forløb gennemgås" in text_of(as_officer.get(overdue))

    agreeing.say_done(signed, what="Alle forløb gennemgås", by=manager)

    assert waiting_for(manager) is None
    assert "Alle forløb gennemgås" not in text_of(as_officer.get(overdue))


def test_where_nothing_is_agreed_nothing_is_done(as_officer, begun):
    address = reverse("interventions:action_done", args=[begun.pk])

    assert as_officer.post(address, {"what": "Alle forløb gennemgås"}).status_code == 404

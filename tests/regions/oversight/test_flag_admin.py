"""Deciding in the administration pages: the same rows, mail and refusals as on the flag's page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jobcenter.notifications.models import Mail
from regions.oversight.models import Flag, HearingFile
from tests.pages import without_tokens
from tests.regions.making import review
from tests.regions.oversight.test_decisions import REASON, decide

LIST = "/admin/oversight/flag/"


def address(flag):
    return reverse("admin:oversight_flag_change", args=[flag.pk])


def send(client, flag, **fields):
    data = {
        "decision": "hearing",
        "reason": REASON,
        "due_on": (timezone.localdate() + timedelta(days=14)).isoformat(),
        "seen": flag.state,
        "log-TOTAL_FORMS": 0,
        "log-INITIAL_FORMS": 0,
        **fields,
    }
    return client.post(address(flag), data)


@pytest.fixture
def officer(client, sjaelland):
    client.force_login(sjaelland.officer)
    return client


def stored(flag):
    flag = Flag.objects.get(pk=flag.pk)
    return {
        "flag": (
            flag.state,
            flag.decided_at is not None,
            flag.hearing_due_on,
            flag.heard_at,
            flag.hearing_answer,
        ),
        "log": [
            (step.from_state, step.to_state, step.by, step.organisation, step.comment)
            for step in flag.log.all()
        ],
    }


def mail_without_address():
    return [
        (mail.to, mail.subject, mail.kind, mail.body.split("/flag/")[0])
        for mail in Mail.objects.order_by("pk")
    ]


@pytest.mark.parametrize("decision", ["hearing", "watch", "dismiss"])
def test_a_decision_here_gives_the_same_rows_and_mail_as_on_the_page(officer, make_flag, sjaelland, decision):
    by = {"by": sjaelland.officer, "organisation": sjaelland.office.organisation}
    here, there = review(make_flag(), **by), review(make_flag(period="2025QMAT03"), **by)

    answer = send(officer, here, decision=decision)
    mail_here = mail_without_address()
    Mail.objects.all().delete()
    decide(officer, there, decision=decision)

    assert answer.status_code == 302
    assert stored(here) == stored(there)
    assert mail_here == mail_without_address()
    assert len(mail_here) == (1 if decision == "hearing" else 0)


@pytest.mark.parametrize("decision", ["hearing", "watch", "dismiss"])
@pytest.mark.parametrize("reason", ["", "  "])
def test_without_a_reason_there_is_an_error_and_nothing_is_saved(officer, reviewed, decision, reason):
    before = stored(reviewed)

    page = send(officer, reviewed, decision=decision, reason=reason)

    assert page.status_code == 200
    assert "Skriv begrundelsen" in page.text
    assert stored(reviewed) == before
    assert not Mail.objects.exists()


def test_a_hearing_needs_a_day_in_the_future_here_too(officer, reviewed):
    before = stored(reviewed)

    page = send(officer, reviewed, due_on="2020-01-01")

    assert "Jobcentret skal have en frist, der ligger i fremtiden." in page.text
    assert stored(reviewed) == before


def test_the_second_officer_is_told_here_too(officer, flag, colleague, sjaelland):
    Flag.objects.get(pk=flag.pk).watch(
        by=colleague, organisation=sjaelland.office.organisation, reason="Først"
    )

    page = send(officer, flag, decision="dismiss", seen="proposed")

    assert page.status_code == 200
    assert "En anden har ændret sagen til „følges“" in page.text
    assert [step[-1] for step in stored(flag)["log"]] == ["Først"]


def test_what_a_colleague_has_closed_is_not_decided_again(officer, flag, colleague, sjaelland):
    Flag.objects.get(pk=flag.pk).dismiss(
        by=colleague, organisation=sjaelland.office.organisation, reason="Først"
    )

    page = send(officer, flag, decision="hearing", seen="proposed")

    assert page.status_code == 200
    assert "En anden har ændret sagen til „afvist“" in page.text
    assert [step[-1] for step in stored(flag)["log"]] == ["Først"]
    assert not Mail.objects.exists()


def test_a_closed_flag_has_nothing_to_save(officer, flag, sjaelland):
    flag.dismiss(by=sjaelland.officer, organisation=sjaelland.office.organisation, reason="Dataefterslæb")

    page = officer.get(address(flag)).text

    assert 'name="_save"' not in page
    assert 'name="reason"' not in page
    assert "Dataefterslæb" in page


def test_the_officer_sees_the_flags_of_the_own_area_only(officer, make_flag, aarhus):
    own, elsewhere = make_flag(), make_flag(jobcentre=aarhus.jobcentre)

    page = officer.get(LIST).text

    assert address(own) in page
    assert address(elsewhere) not in page
    assert "Jobcenter Aarhus" not in page


def test_a_flag_of_another_area_is_not_found_and_not_decided(officer, make_flag, aarhus):
    elsewhere = make_flag(jobcentre=aarhus.jobcentre)

    page = officer.get(address(elsewhere), follow=True)
    send(officer, elsewhere, decision="dismiss")

    assert "354" not in without_tokens(page)
    assert stored(elsewhere)["log"] == []


def test_the_evidence_is_the_frozen_sentence_chart_and_peers_and_the_answers_files(officer, reviewed, koege):
    reviewed.send_to_hearing(
        reason=REASON,
        due_on=timezone.localdate() + timedelta(days=14),
        by=reviewed.officer,
        organisation=reviewed.log.first().organisation,
    )
    reviewed.answer("Ja", by=koege.manager, organisation=koege.jobcentre.organisation)
    kept = HearingFile.objects.create(
        flag=reviewed, name="noter.txt", kind="text", size=2, digest="0", content=b"ok", at=reviewed.heard_at
    )

    page = officer.get(address(reviewed)).text

    for shown in ("117 personer færre", "<svg", "Jobcenter Roskilde: 35,6", "ja, uden bemærkninger"):
        assert shown in page
    assert f'href="{reverse("oversight:file", args=[reviewed.pk, kept.pk])}"' in page


def test_the_evidence_can_be_read_and_not_written(officer, flag):
    page = officer.get(address(flag)).text

    assert "4 kvartaler til 3. kvt. 2026: 354 / 1.346 · forventet 471" in page
    assert "Personer nok at vurdere ud fra: 1.346 (mindst 20)" in page
    send(officer, flag, decision="watch", evidence="{}", severity="watch", state="confirmed")
    changed = Flag.objects.get(pk=flag.pk)
    assert (changed.evidence, changed.severity, changed.state) == (flag.evidence, "serious", "watched")


def test_the_administrator_sees_every_flag_and_decides_nothing(client, make_flag, aarhus, administrator):
    own, elsewhere = make_flag(), make_flag(jobcentre=aarhus.jobcentre)
    client.force_login(administrator)

    listed, page = client.get(LIST).text, client.get(address(own)).text
    answer = send(client, own, decision="dismiss")

    assert address(own) in listed
    assert address(elsewhere) in listed
    assert 'name="decision"' not in page
    assert 'name="_save"' not in page
    assert answer.status_code == 403
    assert stored(own)["log"] == []


def test_nothing_is_added_or_deleted_here(officer, flag):
    assert officer.get(f"{LIST}add/").status_code == 403
    assert officer.get(reverse("admin:oversight_flag_delete", args=[flag.pk])).status_code == 403
    assert officer.post(LIST, {"action": "delete_selected", "_selected_action": [flag.pk]}).status_code in (
        200,
        302,
    )
    assert Flag.objects.filter(pk=flag.pk).exists()


@pytest.mark.parametrize("who", ["caseworker", "manager"])
def test_jobcentres_have_no_administration_pages(client, flag, koege, who):
    client.force_login(getattr(koege, who))

    assert client.get(LIST).status_code == 302
    assert client.get(address(flag)).status_code == 302


def test_the_rule_can_be_read_by_the_administrator_and_changed_by_nobody(
    client, flag_rule, administrator, sjaelland
):
    url = reverse("admin:oversight_ruleparameters_change", args=[flag_rule.pk])
    client.force_login(administrator)
    assert 'name="_save"' not in client.get(url).text
    assert client.post(url, {"serious_z": "99"}).status_code == 403

    client.force_login(sjaelland.officer)
    assert client.get(url).status_code == 403

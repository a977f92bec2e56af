"""A named person decides, with a reason; the jobcentre is heard before anything is confirmed."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from jobcenter.accounts.models import Membership
from jobcenter.notifications.models import Mail
from jobcenter.pages import words
from regions.oversight import deciding
from regions.oversight.models import Flag, FlagLog
from tests.regions.making import review
from tests.regions.reading import text_of

REASON = "Vi beder jer forklare faldet siden 4. kvartal."


def decide(client, flag, **fields):
    data = {
        "decision": "hearing",
        "reason": REASON,
        "due_on": (timezone.localdate() + timedelta(days=14)).isoformat(),
        "seen": flag.state,
        **fields,
    }
    return client.post(reverse("oversight:decide", args=[flag.pk]), data, follow=True)


def untouched(flag):
    before, steps = flag.state, FlagLog.objects.filter(subject=flag).exclude(to_state="under_review")
    flag.refresh_from_db()
    return (
        flag.state == before and flag.decided_at is None and not steps.exists() and not Mail.objects.exists()
    )


@pytest.fixture
def officer(client, sjaelland):
    client.force_login(sjaelland.officer)
    return client


# --- deciding ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decision", "state"),
    [("dismiss", Flag.State.DISMISSED), ("watch", Flag.State.WATCHED), ("hearing", Flag.State.HEARING)],
)
def test_each_decision_is_stored_with_who_for_whom_why_and_when(
    officer, reviewed, sjaelland, decision, state
):
    page = decide(officer, reviewed, decision=decision)

    flag = Flag.objects.get(pk=reviewed.pk)
    step = flag.log.last()
    assert flag.state == state
    assert (step.from_state, step.to_state) == (Flag.State.UNDER_REVIEW, state)
    assert (step.by, step.organisation) == (sjaelland.officer, sjaelland.office.organisation)
    assert step.comment == REASON
    assert timezone.now() - step.at < timedelta(minutes=1)
    assert "Din afgørelse står i historikken." in text_of(page)
    assert f": „{REASON}“" in text_of(page)


@pytest.mark.parametrize("decision", ["dismiss", "watch", "hearing"])
@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_without_a_reason_nothing_is_decided(officer, reviewed, decision, reason):
    page = decide(officer, reviewed, decision=decision, reason=reason)

    assert page.status_code == 200
    assert "Skriv begrundelsen" in text_of(page)
    assert untouched(reviewed)


def test_what_was_written_is_kept_when_something_else_is_missing(officer, flag):
    page = decide(officer, flag, decision="")

    assert "Vælg, hvad der skal ske." in text_of(page)
    assert REASON in page.text
    assert untouched(flag)


@pytest.mark.parametrize(
    ("due_on", "told"),
    [
        ("", "Skriv, hvornår jobcentret senest skal svare."),
        ("2020-01-01", "Jobcentret skal have en frist, der ligger i fremtiden."),
        ("i morgen", ""),
    ],
)
def test_a_hearing_needs_a_day_in_the_future(officer, reviewed, due_on, told):
    page = decide(officer, reviewed, due_on=due_on)

    assert told in text_of(page)
    assert "form-error" in page.text
    assert untouched(reviewed)


def test_a_day_that_has_passed_does_not_matter_where_nobody_is_heard(officer, flag):
    decide(officer, flag, decision="watch", due_on="2020-01-01")

    flag.refresh_from_db()
    assert flag.state == Flag.State.WATCHED
    assert flag.hearing_due_on is None


def test_nothing_is_confirmed_before_the_jobcentre_has_been_heard(officer, flag):
    page = decide(officer, flag, decision="confirm")

    assert page.status_code == 200
    assert untouched(flag)


def test_what_has_been_watched_can_be_reviewed_or_dismissed_and_not_watched_again(officer, flag):
    decide(officer, flag, decision="watch")
    flag.refresh_from_db()

    assert deciding.possible(flag) == [deciding.Decision.REVIEW, deciding.Decision.DISMISS]
    assert 'value="watch"' not in officer.get(flag.get_absolute_url()).text


def test_what_is_dismissed_is_closed(officer, flag):
    decide(officer, flag, decision="dismiss")
    flag.refresh_from_db()

    assert deciding.possible(flag) == []
    assert "Din afgørelse" not in text_of(officer.get(flag.get_absolute_url()))


# --- two officers ------------------------------------------------------------------------------------


def test_the_second_officer_is_told_that_somebody_was_first(officer, reviewed, colleague, sjaelland):
    """The colleague has sent it to hearing while the page was open."""
    flag = reviewed
    deciding.decide(
        flag=Flag.objects.get(pk=flag.pk),
        decision="hearing",
        reason="Først",
        due_on=timezone.localdate() + timedelta(days=10),
        by=colleague,
        organisation=sjaelland.office.organisation,
    )

    page = decide(officer, flag, decision="dismiss", reason="Også mig", seen="under_review")

    assert "En anden har ændret sagen til „i høring“, siden du åbnede den." in text_of(page)
    assert "Også mig" in page.text
    assert [step.comment for step in flag.log.all() if step.comment] == ["Først"]


def test_having_been_told_the_second_officer_may_still_decide(officer, flag, colleague, sjaelland):
    Flag.objects.get(pk=flag.pk).watch(
        by=colleague, organisation=sjaelland.office.organisation, reason="Først"
    )
    page = decide(officer, flag, decision="dismiss", reason="Også mig", seen="proposed")
    assert 'name="seen" value="watched"' in page.text

    decide(officer, flag, decision="dismiss", reason="Også mig", seen="watched")

    assert [step.comment for step in flag.log.all()] == ["Først", "Også mig"]


def test_what_a_colleague_has_closed_is_not_decided_again(officer, flag, colleague, sjaelland):
    Flag.objects.get(pk=flag.pk).dismiss(
        by=colleague, organisation=sjaelland.office.organisation, reason="Først"
    )

    page = decide(officer, flag, decision="hearing", seen="proposed")

    assert "En anden har allerede afgjort sagen: den er afvist. Din afgørelse blev ikke gemt." in text_of(
        page
    )
    assert [step.comment for step in flag.log.all()] == ["Først"]
    assert not Mail.objects.exists()


def test_a_form_sent_twice_decides_once(officer, reviewed):
    decide(officer, reviewed, decision="hearing")
    decide(officer, reviewed, decision="hearing", seen="under_review")

    assert reviewed.log.filter(to_state="hearing").count() == 1
    assert Mail.objects.count() == 1


# --- the hearing -------------------------------------------------------------------------------------


def test_the_manager_is_asked_by_mail_with_the_reason_and_the_day(officer, reviewed, koege):
    flag = reviewed
    due_on = timezone.localdate() + timedelta(days=14)

    decide(officer, flag)

    [mail] = Mail.objects.all()
    flag.refresh_from_db()
    assert mail.to == koege.manager.email
    assert mail.subject == "Jobcenter Køge bliver hørt"
    assert REASON in mail.body
    assert f"{due_on.day}. " in mail.body
    assert flag.get_absolute_url() in mail.body
    assert flag.hearing_due_on == due_on


def test_every_manager_is_asked_and_nobody_else(officer, reviewed, koege, roskilde):
    from tests.conftest import make_user

    other = make_user("Bo Stedfortræder", koege.jobcentre.organisation, "manager")

    decide(officer, reviewed)

    assert {mail.to for mail in Mail.objects.all()} == {koege.manager.email, other.email}


def test_a_jobcentre_without_a_manager_cannot_be_heard(officer, reviewed, koege):
    Membership.objects.filter(user=koege.manager).delete()

    page = decide(officer, reviewed)

    assert "Jobcenter Køge har ingen leder, der kan høres" in text_of(page)
    assert untouched(reviewed)


def test_watching_and_dismissing_ask_nobody(officer, make_flag):
    decide(officer, make_flag(), decision="watch")
    decide(officer, make_flag(period="2025QMAT03"), decision="dismiss")

    assert not Mail.objects.exists()


@pytest.fixture
def hearing(reviewed, sjaelland):
    flag = reviewed
    deciding.decide(
        flag=flag,
        decision="hearing",
        reason=REASON,
        due_on=timezone.localdate() + timedelta(days=14),
        by=sjaelland.officer,
        organisation=sjaelland.office.organisation,
    )
    Mail.objects.all().delete()
    return flag


def answer(client, flag, text):
    return client.post(reverse("oversight:answer", args=[flag.pk]), {"answer": text}, follow=True)


def test_the_manager_answers_and_the_officer_who_asked_is_told(client, hearing, koege, sjaelland):
    client.force_login(koege.manager)

    page = answer(client, hearing, "Vi genkender billedet.")

    hearing.refresh_from_db()
    [mail] = Mail.objects.all()
    assert hearing.hearing_answer == "Vi genkender billedet."
    assert hearing.state == Flag.State.HEARING
    assert "Jeres svar er sendt til områdets kontor." in text_of(page)
    assert mail.to == sjaelland.officer.email
    assert mail.subject == "Jobcenter Køge har svaret på høringen"
    assert "Vi genkender" not in mail.body


def test_the_answer_stands_in_the_history_with_the_name(client, hearing, koege, sjaelland):
    client.force_login(koege.manager)
    answer(client, hearing, "Vi genkender billedet.")
    client.force_login(sjaelland.officer)

    text = text_of(client.get(hearing.get_absolute_url()))

    assert "Lone Friis, Jobcenter Køge Svar på høringen: „Vi genkender billedet.“" in text
    assert "Svar modtaget" in text


def test_an_answer_is_given_once(client, hearing, koege):
    client.force_login(koege.manager)
    answer(client, hearing, "Det første svar.")

    page = answer(client, hearing, "Et andet svar.")

    hearing.refresh_from_db()
    assert hearing.hearing_answer == "Det første svar."
    assert "Høringen er slut eller allerede besvaret." in text_of(page)
    assert Mail.objects.count() == 1


def test_an_empty_answer_is_no_answer(client, hearing, koege):
    client.force_login(koege.manager)

    page = answer(client, hearing, "  ")

    hearing.refresh_from_db()
    assert "Skriv jobcentrets svar." in text_of(page)
    assert hearing.heard_at is None


def test_there_is_nothing_to_answer_before_a_hearing(client, flag, koege):
    client.force_login(koege.manager)

    page = answer(client, flag, "Vi har ikke fået et spørgsmål.")

    flag.refresh_from_db()
    assert "Høringen er slut eller allerede besvaret." in text_of(page)
    assert flag.hearing_answer == ""
    assert not flag.log.exists()


def test_who_was_heard_watched_and_is_heard_again_can_answer_again(client, hearing, koege, sjaelland):
    by = {"by": sjaelland.officer, "organisation": sjaelland.office.organisation}
    client.force_login(koege.manager)
    answer(client, hearing, "Det første svar.")
    hearing.refresh_from_db()
    hearing.watch(reason="Vi følger det", **by)
    review(hearing, **by).send_to_hearing(
        reason="Igen", due_on=timezone.localdate() + timedelta(days=9), **by
    )

    answer(client, hearing, "Det andet svar.")

    hearing.refresh_from_db()
    assert hearing.hearing_answer == "Det andet svar."
    assert [step.comment for step in hearing.log.all() if step.comment] == [
        REASON,
        "Det første svar.",
        "Vi følger det",
        "Igen",
        "Det andet svar.",
    ]


# --- after the hearing ----------------------------------------------------------------------------------


def said(flag):
    """Who did what, and why, in the order it happened."""
    return [
        (step.by and step.by.name, step.from_state, step.to_state, step.comment) for step in flag.log.all()
    ]


def let_time_pass(hearing, *, days):
    """As if it had been asked so many days before the last day to answer, which was yesterday."""
    Flag.objects.filter(pk=hearing.pk).update(hearing_due_on=timezone.localdate() - timedelta(days=days))
    hearing.refresh_from_db()


def test_before_the_answer_or_its_last_day_nothing_is_confirmed(officer, hearing):
    page = decide(officer, hearing, decision="confirm", seen="hearing")

    hearing.refresh_from_db()
    assert page.status_code == 200
    assert hearing.state == Flag.State.HEARING
    assert deciding.Decision.CONFIRM not in deciding.possible(hearing)


def test_on_its_last_day_the_jobcentre_still_has_time(hearing, sjaelland):
    let_time_pass(hearing, days=0)

    with pytest.raises(ValidationError, match="Vent på jobcentrets svar"):
        hearing.confirm(by=sjaelland.officer, organisation=sjaelland.office.organisation, reason="Nu")


def test_after_the_answer_the_officer_confirms_with_a_reason(officer, hearing, koege):
    hearing.answer("Det passer.", by=koege.manager, organisation=koege.jobcentre.organisation)

    page = decide(officer, hearing, decision="confirm", reason="De genkender billedet.", seen="hearing")

    hearing.refresh_from_db()
    assert hearing.state == Flag.State.CONFIRMED
    assert hearing.decided_at is not None
    assert said(hearing)[-1] == ("Hanne Vestergaard", "hearing", "confirmed", "De genkender billedet.")
    assert "Bekræftet: „De genkender billedet.“" in text_of(page)
    assert deciding.possible(hearing) == []


def test_silence_is_written_down_and_is_no_answer(client, hearing, sjaelland):
    let_time_pass(hearing, days=1)

    assert hearing.record_silence(on=timezone.localdate())

    hearing.refresh_from_db()
    assert (hearing.heard_at, hearing.hearing_answer) == (None, "")
    assert hearing.unanswered_on == timezone.localdate()
    assert said(hearing)[-1] == (None, "hearing", "hearing", "")
    client.force_login(sjaelland.officer)
    assert "Systemet Intet svar inden fristen" in text_of(client.get(hearing.get_absolute_url()))


def test_the_list_says_that_no_answer_came_and_when_to_decide(client, hearing, sjaelland):
    let_time_pass(hearing, days=1)
    hearing.record_silence(on=timezone.localdate())
    client.force_login(sjaelland.officer)

    text = text_of(client.get(reverse("oversight:flags")))

    decide_by = words.day_short(hearing.due_on, today=timezone.localdate(), language="da")
    assert f"der kom intet svar, afgør senest {decide_by}" in text


def test_silence_is_written_once_and_not_before_its_time(hearing):
    assert not hearing.record_silence(on=timezone.localdate())
    let_time_pass(hearing, days=1)

    assert hearing.record_silence(on=timezone.localdate())
    assert not hearing.record_silence(on=timezone.localdate())
    assert hearing.log.filter(from_state="hearing").count() == 1


def test_confirming_after_the_last_day_says_first_that_nobody_answered(officer, hearing):
    let_time_pass(hearing, days=1)

    decide(officer, hearing, decision="confirm", reason="Tallene står.", seen="hearing")

    hearing.refresh_from_db()
    assert hearing.unanswered_on == timezone.localdate()
    assert [step[1:] for step in said(hearing)[-2:]] == [
        ("hearing", "hearing", ""),
        ("hearing", "confirmed", "Tallene står."),
    ]


def test_an_answer_after_the_last_day_is_kept_beside_the_silence(client, hearing, koege):
    let_time_pass(hearing, days=1)
    hearing.record_silence(on=timezone.localdate())
    client.force_login(koege.manager)

    answer(client, hearing, "Undskyld, her er vores svar.")

    hearing.refresh_from_db()
    assert hearing.hearing_answer == "Undskyld, her er vores svar."
    assert hearing.is_answered_late


def test_an_answer_after_the_decision_is_kept_and_changes_nothing(client, officer, hearing, koege):
    let_time_pass(hearing, days=1)
    decide(officer, hearing, decision="confirm", reason="Tallene står.", seen="hearing")
    client.force_login(koege.manager)

    answer(client, hearing, "Her er vores svar.")

    hearing.refresh_from_db()
    assert hearing.state == Flag.State.CONFIRMED
    assert said(hearing)[-1] == ("Lone Friis", "confirmed", "confirmed", "Her er vores svar.")


def test_the_database_refuses_a_confirmation_of_somebody_who_was_not_heard(hearing):
    with pytest.raises(IntegrityError, match="flag_confirmed_after_a_hearing"):
        Flag.objects.filter(pk=hearing.pk).update(state=Flag.State.CONFIRMED, decided_at=timezone.now())


def test_the_database_refuses_silence_before_the_last_day(hearing):
    with pytest.raises(IntegrityError, match="flag_silence_after_the_deadline"):
        Flag.objects.filter(pk=hearing.pk).update(unanswered_on=hearing.hearing_due_on)


# --- what the database itself refuses ----------------------------------------------------------------


@pytest.mark.parametrize("step", ["dismiss", "watch"])
def test_the_model_refuses_a_decision_without_a_reason(flag, sjaelland, step):
    with pytest.raises(ValidationError, match="begrundelsen"):
        getattr(flag, step)(by=sjaelland.officer, organisation=sjaelland.office.organisation, reason=" ")


@pytest.mark.parametrize("state", ["hearing", "dismissed", "watched"])
def test_the_database_refuses_a_logged_decision_without_a_reason(flag, sjaelland, state):
    with pytest.raises(IntegrityError, match="flaglog_decision_by_a_person_with_a_reason"):
        FlagLog.objects.create(
            subject=flag,
            from_state="under_review",
            to_state=state,
            by=sjaelland.officer,
            organisation=sjaelland.office.organisation,
        )


def test_the_database_refuses_a_step_that_is_not_in_the_table(flag):
    with pytest.raises(IntegrityError, match="no transition from proposed to confirmed"):
        Flag.objects.filter(pk=flag.pk).update(state=Flag.State.CONFIRMED, decided_at=timezone.now())


@pytest.mark.parametrize(
    "change",
    [
        {"evidence": {"periods": []}},
        {"period": "2020QMAT03"},
        {"severity": Flag.Severity.WATCH},
        {"target_group": None},
    ],
)
def test_the_evidence_of_a_flag_cannot_be_changed(flag, change):
    with pytest.raises(DatabaseError, match="evidence_is_frozen"):
        Flag.objects.filter(pk=flag.pk).update(**change)


def test_not_even_past_the_portal(flag):
    with pytest.raises(DatabaseError, match="evidence_is_frozen"), connection.cursor() as cursor:
        cursor.execute("UPDATE oversight_flag SET evidence = '{}' WHERE id = %s", [flag.pk])


def test_what_stands_in_the_history_is_neither_changed_nor_removed(officer, flag):
    decide(officer, flag, decision="watch")

    for tampering in (
        lambda: FlagLog.objects.update(comment="Noget andet"),
        lambda: FlagLog.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="never_changed"), transaction.atomic():
            tampering()
    assert flag.log.get().comment == REASON

"""Employer and caseworker write to each other; the clock, and the mails with the link."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from employers.enquiries.clock import DENMARK
from employers.enquiries.conversing import MOST_IN_A_ROW, ask, reply
from employers.enquiries.models import AnswerTime, Attachment, Enquiry, Kind, Message, State
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.notifications.models import Mail

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=DENMARK)


@pytest.fixture
def by(koege):
    return {"by": koege.caseworker, "organisation": koege.jobcentre.organisation}


@pytest.fixture
def enquiry(make_enquiry):
    return make_enquiry(kind=Kind.OTHER, message="Hvem taler vi med?")


@pytest.fixture
def answered(enquiry, by):
    reply(enquiry, text="Med mig.", **by)
    return Enquiry.objects.get(pk=enquiry.pk)


def write(client, enquiry, **typed):
    return client.post(reverse("enquiries:write", args=[enquiry.token]), typed, follow=True)


def test_both_see_what_was_written_in_order(client, koege, enquiry, by):
    write(client, enquiry, text="Vi glemte at skrive: det haster.")
    reply(enquiry, text="Jeg ringer i dag.", **by)
    write(client, enquiry, text="Tak. Efter klokken to?")

    client.force_login(koege.caseworker)
    for page in (client.get(enquiry.link), client.get(reverse("desk:enquiry", args=[enquiry.pk]))):
        text = page.content.decode()
        order = [text.index(part) for part in ("det haster", "Jeg ringer i dag", "Efter klokken to")]
        assert order == sorted(order)


def test_the_first_answer_stops_the_clock_and_writing_more_before_it_does_not_start_another(
    client, enquiry, by
):
    due = enquiry.answer_due_at
    write(client, enquiry, text="En ting mere")
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.answer_due_at, enquiry.reply_due_at) == (State.RECEIVED, due, None)

    reply(enquiry, text="Svar", **by)
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.is_waiting) == (State.ANSWERED, False)


@time_machine.travel(MONDAY, tick=False)
def test_a_question_after_the_answer_waits_visibly_for_a_reply(client, koege, answered):
    first = answered.answered_at

    page = write(client, answered, text="Gælder det også i weekenden?")

    answered.refresh_from_db()
    assert (answered.state, answered.answered_at) == (State.QUESTION, first)
    assert answered.reply_due_at == datetime(2026, 11, 25, 12, tzinfo=DENMARK)
    assertContains(page, "Afventer svar: Karim svarer senest onsdag 25. november")
    client.force_login(koege.caseworker)
    assertContains(client.get(reverse("desk:queue")), answered.company.name)
    day = client.get(reverse("desk:my_day")).context["day"]
    assert [one.enquiry for one in day.waiting] == [answered]
    assertContains(client.get(reverse("desk:enquiry", args=[answered.pk])), "Virksomheden har skrevet igen")


def test_a_reply_that_is_late_is_admitted(client, answered):
    ask(answered, text="Og hvad så?")
    Enquiry.objects.update(reply_due_at=timezone.now() - timedelta(hours=1))

    page = client.get(answered.link)

    assertContains(page, "Karim Holst i Jobcenter Køge svarer på det, I skrev.")
    assertContains(page, "Fristen er overskredet, og det beklager vi")


def test_its_time_is_the_one_promised_for_its_kind(koege, answered):
    AnswerTime.objects.create(
        jobcentre=koege.jobcentre, kind=Kind.OTHER, working_days=1, valid_from=MONDAY.date()
    )
    with time_machine.travel(MONDAY, tick=False):
        ask(answered, text="Og hvad så?")
        ask(answered, text="Hallo?")

    answered.refresh_from_db()
    assert answered.reply_due_at == datetime(2026, 11, 24, 12, tzinfo=DENMARK)


def test_a_reply_ends_the_waiting_and_keeps_the_first_time(answered, by):
    first = answered.answered_at
    ask(answered, text="Og hvad så?")

    reply(Enquiry.objects.get(pk=answered.pk), text="Så gør vi det.", **by)

    answered.refresh_from_db()
    assert (answered.state, answered.reply_due_at, answered.answered_at) == (State.ANSWERED, None, first)


def test_those_that_wait_for_a_reply_stand_by_their_own_time(make_enquiry, koege, answered):
    ask(answered, text="Og hvad så?")
    fresh = make_enquiry(answer_due_at=timezone.now() + timedelta(days=30))
    late = make_enquiry(
        received_at=timezone.now() - timedelta(days=3), answer_due_at=timezone.now() - timedelta(days=1)
    )

    assert list(Enquiry.objects.visible_to(koege.jobcentre).waiting()) == [late, answered, fresh]


def test_the_owner_is_mailed_a_link_and_the_employer_the_answer(client, koege, enquiry, by, settings):
    write(client, enquiry, text="Hemmelig plan")
    mail = Mail.objects.get(kind="enquiry_question")
    assert mail.to == koege.caseworker.email
    assert f"{settings.PUBLIC_URL}/henvendelser/{enquiry.pk}/" in mail.body
    assert "Hemmelig plan" not in mail.body

    reply(enquiry, text="Svaret er ja.", **by)
    answer = Mail.objects.get(kind="enquiry_answer")
    assert (answer.to, "Svaret er ja." in answer.body) == (enquiry.person.email, True)


def test_the_mail_about_a_confidential_one_names_nobody(client, make_enquiry):
    secret = make_enquiry(kind=Kind.DISMISSALS, message="Vi lukker")
    write(client, secret, text="Nu er det i avisen")

    mail = Mail.objects.get(kind="enquiry_question")
    told = mail.subject + mail.body
    assert secret.company.name not in told
    assert "fskedigelser" not in told
    assert secret.reference in told


def test_once_it_is_closed_nobody_writes_any_more(client, enquiry, by):
    enquiry.close(comment="Dublet", **by)

    page = write(client, enquiry, text="Hov, en ting til")

    assertContains(page, "Henvendelsen er lukket. Send en ny")
    assertContains(page, "Hov, en ting til")
    assertNotContains(page, "Send beskeden")
    assert not Message.objects.exists()


def test_one_that_waits_for_a_reply_can_be_closed(answered, by):
    ask(answered, text="Og hvad så?")

    Enquiry.objects.get(pk=answered.pk).close(comment="Talt i telefon", **by)

    answered.refresh_from_db()
    assert (answered.state, answered.reply_due_at) == (State.CLOSED, None)


def test_whoever_has_the_link_cannot_write_without_end(client, enquiry, by):
    for number in range(MOST_IN_A_ROW):
        ask(enquiry, text=f"Besked {number}")

    page = write(client, enquiry, text="Og en til")

    assertContains(page, "I har skrevet mange gange")
    assertContains(page, "Og en til")
    assert Message.objects.count() == MOST_IN_A_ROW
    reply(enquiry, text="Svar", **by)
    ask(enquiry, text="Tak")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Skriv, hvad I vil sige"),
        ("   ", "Skriv, hvad I vil sige"),
        ("x" * 5001, "Der er plads til 5000 tegn. Teksten har 5001"),
        ("Ring til Mette, 010180-1234", "Det ligner et CPR-nummer: 010180-xxxx"),
    ],
)
def test_a_fault_is_told_and_what_was_typed_stays(client, enquiry, text, sentence):
    page = write(client, enquiry, text=text)

    assertContains(page, sentence)
    if text.strip():
        assertContains(page, text)
    assert not Message.objects.exists()
    assert not Mail.objects.exists()


@pytest.mark.parametrize("text", ['<script>alert("x")</script>', "مرحبا", "👩🏽‍🔧 søges \u202ebagfra"])
def test_odd_text_is_shown_as_it_is_to_both(client, koege, enquiry, text):
    page = write(client, enquiry, text=text)
    client.force_login(koege.caseworker)
    desk = client.get(reverse("desk:enquiry", args=[enquiry.pk]))

    assert Message.objects.get().text == text
    for shown in (page, desk):
        assertNotContains(shown, "<script>alert")
        assertContains(shown, text.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;"))


def test_an_altered_link_writes_nothing(client, enquiry):
    token = enquiry.token[:-2] + ("xy" if enquiry.token[-2:] != "xy" else "zz")

    page = client.post(reverse("enquiries:write", args=[token]), {"text": "Hej"})

    assert page.status_code == 404
    assert not Message.objects.exists()


def test_whoever_answers_second_loses_nothing(client, koege, answered):
    client.force_login(koege.caseworker)

    page = client.post(reverse("desk:answer", args=[answered.pk]), {"text": "Mit svar"})

    assertContains(page, "Mit svar")
    assert Message.objects.count() == 1


def test_the_database_holds_state_and_time_together_and_messages_as_they_were(answered, by):
    with pytest.raises(IntegrityError), transaction.atomic():
        Enquiry.objects.update(reply_due_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        answered.messages.create(text="", is_from_employer=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        answered.messages.create(text="Hvem skrev?")
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        Message.objects.update(text="Noget andet")


def test_nothing_is_half_kept_when_something_fails_on_the_way(enquiry, by, settings):
    settings.VIRUS_SCANNER = "tests.employers.enquiries.test_attachments.no_such_scanner"

    with pytest.raises(ImportError):
        reply(enquiry, text="Se planen", files=[SimpleUploadedFile("a.txt", b"hej")], **by)

    enquiry.refresh_from_db()
    assert enquiry.state == State.RECEIVED
    assert not any(table.objects.exists() for table in (Message, Attachment, Mail))
    assert not [path for path in settings.ATTACHMENT_FOLDER.rglob("*") if path.is_file()]


def test_closed_enquiries_refuse_in_words(enquiry, by):
    enquiry.close(comment="x", **by)
    with pytest.raises(TransitionRefused, match="lukket"):
        ask(enquiry, text="Hej")


def test_the_conversation_in_english(client, answered):
    client.cookies["django_language"] = "en"

    page = client.get(answered.link)

    assertContains(page, "Answer from Karim Holst")
    assertContains(page, "Send the message")

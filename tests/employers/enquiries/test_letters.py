"""The mails, as they are read, in both languages."""

import re
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.utils import timezone

from employers.enquiries import letters
from employers.enquiries.clock import DENMARK
from employers.enquiries.models import Kind
from jobcenter.notifications.models import Mail

pytestmark = pytest.mark.django_db

THURSDAY = datetime(2026, 11, 19, 10, 51, tzinfo=DENMARK)

TO_CONFIRM = """\
Først: Bekræft, at det er dig. Åbn dette link, og tryk på knappen. Stillingen offentliggøres ikke før:
https://enindgang.example/bekraeft/…/
Linket gælder i 14 dage. Har I ikke skrevet til os, skal I ikke gøre noget."""

REST_OF_RECEIPT = """\
I har svar senest: mandag 23. november kl. 12
Jeres reference: 4K7Q-92FD
Ansvarligt jobcenter: Jobcenter Køge, fordi arbejdsstedet, Tangmosevej 88, ligger i Køge Kommune
Jeres kontaktperson: Karim Holst, virksomhedskonsulent
Telefon: 56 00 11 00
E-mail: karim.holst@example.dk

Ingen andre ringer til jer om den.


Det har I bedt om

Strandmarkens Emballage A/S, Tangmosevej 88, 4600 Køge
Procesoperatør
Fag: Betjening af maskiner til plast (8142)
Ansættelsesvilkår: Fast job
Antal stillinger: 2
Timer om ugen: 37,5
Start: mandag 4. januar 2027
Ansøg senest: fredag 11. december 2026

Du kører ekstruderingslinjer sammen med tre kolleger.


Jeres private link, hvor I kan følge sagen og lukke stillingen, når den er besat:
https://enindgang.example/h/…/

Linket virker uden konto. Del det kun med kolleger.


Jobcenter Køge, det vil sige kommunen, er dataansvarlig for dit navn, din e-mail og telefon og for det, \
der blev skrevet. De bruges til at svare dig; du kan bede om at se dem, få dem rettet eller slettet.
Hvad vi gemmer, hvor længe og hvorfor: https://enindgang.example/data/

Venlig hilsen
Jobcenter Køge
Én Indgang, jobcentrenes indgang for virksomheder"""


@pytest.fixture
def enquiry(make_enquiry, make_vacancy, settings):
    settings.PUBLIC_URL = "https://enindgang.example"
    day = THURSDAY.date()
    return make_enquiry(
        reference="4K7Q-92FD",
        received_at=THURSDAY,
        answer_due_at=datetime(2026, 11, 23, 12, tzinfo=DENMARK),
        vacancy=make_vacancy(
            positions=2, hours=Decimal("37.5"), starts_on=day + timedelta(46), apply_by=day + timedelta(22)
        ),
    )


def link_left_out(body: str) -> str:
    return re.sub(r"(https://enindgang.example/(?:h|bekraeft)/)\S+", r"\1…/", body)


@time_machine.travel(THURSDAY, tick=False)
def test_the_receipt_in_danish(enquiry):
    letters.send_receipt(enquiry)

    mail = Mail.objects.get()
    assert mail.subject == "4K7Q-92FD: I har svar senest mandag 23. november kl.\N{NO-BREAK SPACE}12"
    body = link_left_out(mail.body.replace("\N{NO-BREAK SPACE}", " "))
    greeting, received, first, rest = (part.strip("\n") for part in body.split("\n\n", 3))
    assert greeting == "Kære Mette Bruun"
    assert received == (
        "Vi har modtaget jeres henvendelse torsdag 19. november 2026 kl. 10.51. "
        "Karim Holst i Jobcenter Køge svarer jer."
    )
    assert first == TO_CONFIRM
    assert rest == REST_OF_RECEIPT


@time_machine.travel(THURSDAY, tick=False)
def test_the_receipt_in_english(enquiry):
    enquiry.language = "en"

    letters.send_receipt(enquiry)

    mail = Mail.objects.get()
    assert (mail.language, mail.subject) == (
        "en",
        "4K7Q-92FD: you have an answer by Monday 23 November at 12:00",
    )
    for said in (
        "Dear Mette Bruun",
        "We received your enquiry on Thursday 19 November 2026 at 10:51.",
        "Karim Holst at Jobcenter Køge answers you.",
        "Responsible jobcentre: Jobcenter Køge, because the workplace, Tangmosevej 88, is in Køge Kommune",
        "Hours a week: 37.5",
        "Start: Monday 4 January 2027",
        "Kind regards",
    ):
        assert said in mail.body


def test_an_answer_in_both_languages(enquiry, koege):
    for language, greeting in (
        ("da", "svarer på jeres henvendelse 4K7Q-92FD"),
        ("en", "answers your enquiry"),
    ):
        enquiry.language = language
        letters.send_answer(enquiry, by=koege.caseworker, text="Vi har tre, der passer: A & B <C>.")
        mail = Mail.objects.filter(language=language).get()
        assert greeting in mail.body
        assert "Vi har tre, der passer: A & B <C>." in mail.body, "a mail is text: nothing in it is escaped"
        assert "56 00 11 00" in mail.body


@pytest.mark.parametrize(("language", "greeting"), [("da", "Her er det:"), ("en", "Here it is:")])
def test_the_link_once_more(enquiry, language, greeting):
    enquiry.language = language

    letters.send_link(enquiry)

    assert greeting in Mail.objects.get().body
    assert "Procesoperatør" not in Mail.objects.get().body


def test_another_kind_carries_its_message(make_enquiry):
    enquiry = make_enquiry(kind=Kind.WORK_TRIAL, message="Vi kan tage to i praktik.\nFra mandag.")

    letters.send_receipt(enquiry)

    body = Mail.objects.get().body
    assert "Tilbyde virksomhedspraktik\n\nVi kan tage to i praktik.\nFra mandag." in body
    assert "lukke stillingen" not in body


def test_what_an_employer_types_cannot_become_a_header(make_draft, client):
    draft = make_draft(title="Smed\r\nBcc: alle@example.dk", name="Mette\nBruun")

    client.post(f"/henvend/{draft.pk}/send/")

    mail = Mail.objects.get()
    sent = EmailMessage(subject=mail.subject, body=mail.body, to=[mail.to]).message()
    assert sent["Bcc"] is None
    assert "Kære Mette Bruun\n" in mail.body


def test_a_draft_is_mailed_without_anything_that_was_typed(make_draft):
    draft = make_draft()

    letters.send_draft(draft, to="mette@tigermosen.example")

    body = Mail.objects.get().body
    assert f"/henvend/{draft.pk}/" in body
    for typed in ("Mette Bruun", "Procesoperatør", "99000015", "Tigermosen 7"):
        assert typed not in body
    assert timezone.localtime(draft.kept_until).strftime("%-d. ") in body

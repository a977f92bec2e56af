"""Files: judged by content, kept outside the checkout, scanned, and given out only to be saved."""

from __future__ import annotations

import io
import socket
import struct
import threading
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from employers.enquiries import scanning
from employers.enquiries.attaching import MOST_AT_ONCE, MOST_IN_ALL, forget_orphans
from employers.enquiries.conversing import ask
from employers.enquiries.filetypes import Fault, Unfit, clean_name, judge, recognise
from employers.enquiries.models import Attachment, Kind, Message
from employers.enquiries.scanning import Unclear, Verdict, ask_clamd
from jobcenter.settings import ATTACHMENT_FOLDER

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000000000500"
    "01a5f645400000000049454e44ae426082"
)
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffdb004300") + bytes(64) + b"\xff\xd9"
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + bytes(80)
ODT_SAYS = "application/vnd.oasis.opendocument.text"


def archive(**parts: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as written:
        for name, text in parts.items():
            written.writestr(name, text)
    return kept.getvalue()


DOCX = archive(**{"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"})
XLSX = archive(**{"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<w/>"})
DOCM = archive(
    **{"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>", "word/vbaProject.bin": "macro"}
)
ODT = archive(**{"mimetype": ODT_SAYS, "content.xml": "<office/>"})
ZIP = archive(**{"a.txt": "hej"})
FIT = {
    "plan.pdf": ("pdf", PDF),
    "foto.PNG": ("png", PNG),
    "foto.jpg": ("jpeg", JPEG),
    "brev.docx": ("docx", DOCX),
    "vagter.xlsx": ("xlsx", XLSX),
    "brev.odt": ("odt", ODT),
    "note.txt": ("text", "Blåbærgrød".encode()),
    "gammel.txt": ("text", "Blåbærgrød".encode("cp1252")),
    "uden endelse": ("text", b"hej"),
}


@pytest.mark.parametrize("name", FIT)
def test_what_is_received(name):
    kind, content = FIT[name]

    assert judge(name, io.BytesIO(content)) == kind


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("tom.pdf", b"", Fault.EMPTY),
        ("virus.exe", EXE, Fault.UNKNOWN),
        ("faktura.pdf", EXE, Fault.UNKNOWN),
        ("faktura.pdf", b"hej, jeg er tekst", Fault.OTHER_NAME),
        ("foto.png", JPEG, Fault.OTHER_NAME),
        ("foto.jpg", PDF, Fault.OTHER_NAME),
        ("note.txt", PDF, Fault.OTHER_NAME),
        ("brev.docx", XLSX, Fault.OTHER_NAME),
        ("brev.docx", ZIP, Fault.UNKNOWN),
        ("brev.docx", DOCM, Fault.MACROS),
        ("brev.docx", b"PK\x03\x04 ikke et arkiv", Fault.UNKNOWN),
        ("side.txt", b"<html><script>alert(1)</script></html>", Fault.UNKNOWN),
        ("billede.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", Fault.UNKNOWN),
        ("kommando.txt", b"#!/bin/sh\nrm -rf /", Fault.UNKNOWN),
        ("side.html", b"bare tekst", Fault.OTHER_NAME),
        ("note.txt", b"nul\x00byte", Fault.UNKNOWN),
        ("polyglot.pdf", b"GIF89a" + PDF, Fault.OTHER_NAME),
    ],
)
def test_what_is_not_received_and_why(name, content, fault):
    with pytest.raises(Unfit) as refused:
        judge(name, io.BytesIO(content))

    assert refused.value.fault == fault


def test_an_archive_that_unpacks_to_something_enormous_is_not_unpacked():
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr("mimetype", "x" * 50_000_000)
        written.writestr("content.xml", "x")

    with pytest.raises(Unfit):
        recognise(kept)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\mette\\plan.TXT", "plan.txt"),
        ("faktura\u202eslx.txt", "fakturaslx.txt"),
        ("a\r\nContent-Type: b.txt", "aContent-Type_ b.txt"),
        ('"; rm -rf *.txt', "__ rm -rf _.txt"),
        (".txt", "fil.txt"),
        ("uden endelse", "uden endelse.txt"),
        ("æøå 😀.txt", "æøå 😀.txt"),
    ],
)
def test_names_are_made_safe(name, clean):
    assert clean_name(name, kind="text") == clean


def test_an_endless_name_keeps_its_ending():
    name = clean_name("x" * 500 + ".txt", kind="text")

    assert (len(name), name[-4:]) == (100, ".txt")


# --- with a message ---------------------------------------------------------------------------------------


@pytest.fixture
def enquiry(make_enquiry):
    return make_enquiry(kind=Kind.OTHER, message="Hvem taler vi med?")


def upload(name: str, content: bytes, mime: str = "application/x-anything") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type=mime)


def write(client, enquiry, *files: SimpleUploadedFile):
    data = {"text": "Se vedlagte", "attachments": list(files)}
    return client.post(reverse("enquiries:write", args=[enquiry.token]), data, follow=True)


def files_on_disk(settings) -> list[Path]:
    return [path for path in settings.ATTACHMENT_FOLDER.rglob("*") if path.is_file()]


def test_the_folder_lies_outside_the_checkout():
    assert not ATTACHMENT_FOLDER.is_relative_to(django_settings.BASE_DIR)


@pytest.mark.django_db
def test_both_can_fetch_what_was_sent_and_nobody_can_have_it_shown(client, koege, enquiry, settings):
    page = write(client, enquiry, upload("plan.pdf", PDF, "text/html"), upload("foto.png", PNG))

    assertContains(page, "plan.pdf")
    kept = Attachment.objects.get(name="plan.pdf")
    assert (kept.kind, kept.size, kept.state) == ("pdf", len(PDF), "unscanned")
    assert kept.path.stat().st_mode & 0o077 == 0
    by_link = client.get(reverse("enquiries:file", args=[enquiry.token, kept.pk]))
    client.force_login(koege.caseworker)
    by_desk = client.get(reverse("desk:file", args=[enquiry.pk, kept.pk]))
    for answer in (by_link, by_desk):
        assert answer.content == PDF
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["Content-Disposition"] == 'attachment; filename="plan.pdf"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.django_db
def test_a_caseworker_sends_files_too(client, koege, enquiry):
    client.force_login(koege.caseworker)
    data = {"text": "Her er skemaet", "attachments": [upload("skema.docx", DOCX)]}

    client.post(reverse("desk:answer", args=[enquiry.pk]), data)

    message = Message.objects.get()
    assert (message.by, message.attachments.get().name) == (koege.caseworker, "skema.docx")
    assertContains(client.get(enquiry.link), "skema.docx")


@pytest.mark.django_db
def test_a_file_of_another_enquiry_is_not_found(client, koege, roskilde, enquiry, make_enquiry):
    other = make_enquiry(kind=Kind.OTHER, message="Noget andet")
    kept = ask(enquiry, text="Se", files=[upload("a.txt", b"hej")]).attachments.get()

    assert client.get(reverse("enquiries:file", args=[other.token, kept.pk])).status_code == 404
    client.force_login(roskilde.caseworker)
    assert client.get(reverse("desk:file", args=[enquiry.pk, kept.pk])).status_code == 404
    client.force_login(koege.caseworker)
    assert client.get(reverse("desk:file", args=[other.pk, kept.pk])).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("faktura.pdf", EXE, "„faktura.pdf“ kan ikke modtages"),
        ("faktura.pdf", b"bare tekst", "„faktura.pdf“ er ikke det, navnet siger"),
        ("brev.docx", DOCM, "„brev.docx“ indeholder makroer"),
        ("tom.txt", b"", "„tom.txt“ er tom"),
        ("stor.txt", b"x" * (10 * 1024 * 1024 + 1), "„stor.txt“ er større end 10 MB"),
        ("<script>.exe", EXE, "kan ikke modtages"),
    ],
)
def test_one_unfit_file_and_nothing_is_kept(client, enquiry, settings, name, content, sentence):
    page = write(client, enquiry, upload("god.pdf", PDF), upload(name, content))

    assertContains(page, sentence)
    assertContains(page, "Se vedlagte")
    assert "<script>.exe" not in page.content.decode()
    assert not any(table.objects.exists() for table in (Message, Attachment))
    assert not files_on_disk(settings)


@pytest.mark.django_db
def test_too_many_at_once_and_too_many_in_all(client, enquiry, settings):
    six = [upload(f"{number}.txt", b"hej") for number in range(MOST_AT_ONCE + 1)]
    assertContains(write(client, enquiry, *six), "Vælg højst 5 filer ad gangen")

    for _time in range(MOST_IN_ALL // MOST_AT_ONCE):
        write(client, enquiry, *[upload(f"{number}.txt", b"hej") for number in range(MOST_AT_ONCE)])
    page = write(client, enquiry, upload("en til.txt", b"hej"))

    assertContains(page, "Der er plads til 20 filer i en henvendelse, og der er allerede 20")
    assert Attachment.objects.count() == len(files_on_disk(settings)) == MOST_IN_ALL
    assert Message.objects.count() == 4


@pytest.mark.django_db
def test_contents_that_no_row_knows_are_removed_after_a_day(enquiry, settings):
    kept = ask(enquiry, text="Se", files=[upload("a.txt", b"hej")]).attachments.get()
    orphan = settings.ATTACHMENT_FOLDER / "ab" / ("ab" * 16)
    orphan.parent.mkdir(parents=True, exist_ok=True)
    orphan.write_bytes(b"forladt")

    assert forget_orphans() == 0, "it may belong to a transaction that is not done"
    assert forget_orphans(now=timezone.now() + timedelta(days=2)) == 1

    assert files_on_disk(settings) == [kept.path]


@pytest.mark.django_db
@pytest.mark.parametrize("size", [0, 10 * 1024 * 1024 + 1])
def test_the_database_refuses_sizes_that_are_none(enquiry, size):
    kept = ask(enquiry, text="Se", files=[upload("a.txt", b"hej")]).attachments.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.filter(pk=kept.pk).update(size=size)


# --- the scanner ------------------------------------------------------------------------------------------


def dislikes_viruses(path: Path) -> Verdict:
    """A scanner of an installation's own, named by its dotted path."""
    is_clean = b"EICAR" not in path.read_bytes()
    return Verdict(is_clean=is_clean, said="OK" if is_clean else "Eicar FOUND")


@pytest.mark.django_db
@pytest.mark.parametrize(("content", "state"), [(b"hej", "clean"), (b"EICAR-lignende", "infected")])
def test_nobody_can_fetch_a_file_before_the_scanner_has_looked(client, enquiry, settings, content, state):
    settings.VIRUS_SCANNER = f"{__name__}.dislikes_viruses"
    page = write(client, enquiry, upload("a.txt", content))
    kept = Attachment.objects.get()
    address = reverse("enquiries:file", args=[enquiry.token, kept.pk])
    assert kept.state == "waiting"
    assertContains(page, "undersøges for virus")
    assert client.get(address).status_code == 404

    scanning.scan(kept.pk)

    kept.refresh_from_db()
    assert kept.state == state
    assert client.get(address).status_code == (200 if state == "clean" else 404)


@pytest.mark.django_db(transaction=True)
def test_an_infected_file_leaves_the_disk(enquiry, settings):
    settings.VIRUS_SCANNER = f"{__name__}.dislikes_viruses"
    kept = ask(enquiry, text="Se", files=[upload("a.txt", b"EICAR")]).attachments.get()

    scanning.scan(kept.pk)

    assert not kept.path.exists()
    assert Attachment.objects.get().verdict == "Eicar FOUND"


class Clamd(threading.Thread):
    """A daemon that speaks clamd's INSTREAM on a port of this machine, for one question."""

    def __init__(self, answer: bytes) -> None:
        super().__init__(daemon=True)
        self.answer = answer
        self.received = b""
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.settimeout(20)
        self.address = f"clamd://127.0.0.1:{self.listener.getsockname()[1]}"

    def run(self) -> None:
        connection, _address = self.listener.accept()
        with connection, connection.makefile("rb") as sent:
            assert sent.read(10) == b"zINSTREAM\0"
            while (length := struct.unpack("!L", sent.read(4))[0]) > 0:
                self.received += sent.read(length)
            connection.sendall(self.answer)
        self.listener.close()


@pytest.fixture
def a_file(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"x" * 200_000)
    return path


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (b"stream: OK\0", Verdict(True, "OK")),
        (b"stream: Eicar-Test-Signature FOUND\0", Verdict(False, "Eicar-Test-Signature FOUND")),
    ],
)
def test_clamd_is_sent_the_whole_file_and_understood(a_file, answer, verdict):
    daemon = Clamd(answer)
    daemon.start()

    assert ask_clamd(daemon.address, a_file) == verdict
    daemon.join(timeout=20)
    assert daemon.received == a_file.read_bytes()


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b""])
def test_an_answer_that_is_no_verdict_is_none(a_file, answer):
    daemon = Clamd(answer)
    daemon.start()

    with pytest.raises(Unclear):
        ask_clamd(daemon.address, a_file)
    daemon.join(timeout=20)


@pytest.mark.django_db
def test_while_the_scanner_is_away_the_file_waits_and_is_looked_at_again(client, enquiry, settings, caplog):
    gone = socket.create_server(("127.0.0.1", 0))
    port = gone.getsockname()[1]
    gone.close()
    settings.VIRUS_SCANNER = f"clamd://127.0.0.1:{port}"
    kept = ask(enquiry, text="Se", files=[upload("a.txt", b"hej")]).attachments.get()

    scanning.scan(kept.pk)

    kept.refresh_from_db()
    assert (kept.state, kept.attempts, kept.finished_at) == ("waiting", 1, None)
    assert kept.due_at > timezone.now()
    assert "failed in attempt 1" in caplog.text
    Attachment.objects.update(given_up_at=timezone.now())
    assertContains(client.get(enquiry.link), "kunne ikke undersøges for virus")

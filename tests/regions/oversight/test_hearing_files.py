"""Files with an answer: judged by their content, kept unchanged, handed out to those of the case."""

from __future__ import annotations

import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from employers.enquiries.scanning import Verdict
from regions.oversight import retaining
from regions.oversight.models import Flag, HearingFile
from tests.regions.reading import text_of

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
TEXT = "Vi har manglet to konsulenter siden maj."


@pytest.fixture
def hearing(reviewed: Flag, sjaelland) -> Flag:
    return reviewed.send_to_hearing(
        reason="Hvad ser I?",
        due_on=timezone.localdate() + timedelta(days=14),
        by=sjaelland.officer,
        organisation=sjaelland.office.organisation,
    )


@pytest.fixture
def answer(client, hearing, koege):
    """Answers as the manager, with files by name."""

    def send(**files: bytes):
        client.force_login(koege.manager)
        sent = [SimpleUploadedFile(name.replace("_", "."), content) for name, content in files.items()]
        return client.post(
            reverse("oversight:answer", args=[hearing.pk]), {"answer": TEXT, "attachments": sent}
        )

    return send


def finds_a_virus(path: Path) -> Verdict:
    return Verdict(is_clean=b"EOF" not in path.read_bytes(), said="Eicar FOUND")


def is_away(path: Path) -> Verdict:
    raise ConnectionRefusedError


def test_files_come_with_the_answer_and_can_be_saved_by_the_office(client, answer, hearing, sjaelland):
    assert answer(bemanding_pdf=PDF, noter_txt=b"To er tilbage.").status_code == 302

    client.force_login(sjaelland.officer)
    page = text_of(client.get(hearing.get_absolute_url()))
    assert "bemanding.pdf" in page
    assert "noter.txt" in page
    kept = hearing.files.get(name="bemanding.pdf")
    got = client.get(reverse("oversight:file", args=[hearing.pk, kept.pk]))
    assert got.content == PDF
    assert got["Content-Type"] == "application/octet-stream"
    assert got["Content-Disposition"] == 'attachment; filename="bemanding.pdf"'
    assert got["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in got["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("billede.pdf", b"MZ\x90\x00\x03\x00", "kan ikke modtages"),
        ("side.pdf", b"<html><script>alert(1)</script>", "kan ikke modtages"),
        ("tom.pdf", b"", "er tom"),
        ("regneark.xlsx", PDF, "er ikke det, navnet siger"),
        ("stor.pdf", PDF + b" " * (10 * 1024 * 1024), "er større end 10 MB"),
    ],
)
def test_what_is_refused_is_named_and_nothing_typed_is_lost(client, hearing, koege, name, content, told):
    client.force_login(koege.manager)

    page = client.post(
        reverse("oversight:answer", args=[hearing.pk]),
        {"answer": TEXT, "attachments": [SimpleUploadedFile(name, content)]},
    )

    shown = text_of(page)
    assert told in shown
    assert name in shown or not content
    assert TEXT in page.content.decode()
    hearing.refresh_from_db()
    assert hearing.heard_at is None
    assert not HearingFile.objects.exists()


@pytest.mark.parametrize(
    ("scanner", "told"),
    [(finds_a_virus, "indeholder virus"), (is_away, "kunne ikke kontrolleres for virus")],
)
def test_no_file_is_kept_that_the_scanner_has_not_passed(answer, hearing, settings, scanner, told):
    settings.VIRUS_SCANNER = f"{__name__}.{scanner.__name__}"

    page = answer(bemanding_pdf=PDF)

    assert told in text_of(page)
    assert TEXT in page.content.decode()
    hearing.refresh_from_db()
    assert hearing.heard_at is None
    assert not HearingFile.objects.exists()


def test_the_files_go_to_the_journal_as_they_came(client, answer, hearing, sjaelland):
    answer(bemanding_pdf=PDF)
    client.force_login(sjaelland.officer)

    archive = client.get(reverse("oversight:archive", args=[hearing.pk]))

    with zipfile.ZipFile(BytesIO(archive.content)) as case:
        assert case.read("bilag/1-bemanding.pdf") == PDF
        assert hearing.files.get().digest in case.read("sag.html").decode()


def test_a_later_hearing_does_not_show_the_files_of_an_earlier_one(client, answer, hearing, sjaelland):
    answer(bemanding_pdf=PDF)
    by = {"by": sjaelland.officer, "organisation": sjaelland.office.organisation}
    hearing.refresh_from_db()
    hearing.watch(reason="Vi ser tiden an.", **by)
    client.force_login(sjaelland.officer)
    assert "bemanding.pdf" in text_of(client.get(hearing.get_absolute_url()))

    Flag.objects.get(pk=hearing.pk).review(**by)
    again = Flag.objects.get(pk=hearing.pk)
    again.check_data(
        dict.fromkeys(["complete", "mature", "same_definition", "conditions", "one_event"], ("fine", "")),
        **by,
    )
    again.send_to_hearing(reason="Igen", due_on=timezone.localdate() + timedelta(days=14), **by)

    assert "bemanding.pdf" not in text_of(client.get(hearing.get_absolute_url()))
    assert hearing.files.exists()


def test_files_are_never_changed_and_go_when_the_decision_is_old(answer, hearing, sjaelland):
    answer(bemanding_pdf=PDF)
    with pytest.raises(DatabaseError), transaction.atomic():
        HearingFile.objects.update(content=b"andet")
    with pytest.raises(DatabaseError), transaction.atomic():
        HearingFile.objects.all().delete()
    [kind] = retaining.KINDS
    later = timezone.now() + timedelta(days=1)
    assert not kind.rows(later).exists(), "while it is not decided nothing goes"
    hearing.refresh_from_db()
    hearing.dismiss(reason="Forklaret.", by=sjaelland.officer, organisation=sjaelland.office.organisation)

    assert not kind.rows(timezone.now() - timedelta(days=1)).exists()
    assert kind.remove(kind.rows(later)) == 1
    assert not HearingFile.objects.exists()
    hearing.refresh_from_db()
    assert hearing.hearing_answer == TEXT

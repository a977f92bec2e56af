"""Receiving files: judged, stored under a key outside the checkout, and given out only as a download."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.enquiries.filetypes import Fault, Unfit, clean_name, judge
from employers.enquiries.models import Attachment, Message
from employers.enquiries.models.conversation import LARGEST
from employers.enquiries.scanning import scanner
from jobcenter.pages.downloads import handed_out
from jobcenter.runtime.work import look_now

MOST_AT_ONCE = 5
MOST_IN_ALL = 20
KEPT_WITHOUT_A_ROW = timedelta(days=1)

SENTENCES = {
    Fault.EMPTY: _("“%(name)s” is empty."),
    Fault.UNKNOWN: _(
        "“%(name)s” cannot be received. Send PDF, PNG, JPEG, Word (docx), Excel (xlsx), "
        "OpenDocument (odt) or plain text."
    ),
    Fault.MACROS: _("“%(name)s” holds macros or programs. Save it without them, or as PDF."),
    Fault.OTHER_NAME: _("“%(name)s” is not what its name says: the content is of another kind."),
}


def checked(file: UploadedFile) -> UploadedFile:
    """Whether it may be received. Raises ValidationError with a sentence that names the file."""
    name = str(file.name or "")
    if (file.size or 0) > LARGEST:
        raise ValidationError(_("“%(name)s” is larger than 10 MB."), params={"name": name})
    try:
        judge(name, cast("BinaryIO", file))
    except Unfit as unfit:
        raise ValidationError(SENTENCES[unfit.fault], params={"name": name}) from None
    return file


def attach(message: Message, files: Sequence[UploadedFile]) -> list[Path]:
    """Keep the files of a message; they wait for the scanner. Returns where they were written.

    The caller removes those again if its transaction does not hold. Raises ValidationError for a file
    that is not fit, and when the enquiry would have more than MOST_IN_ALL.
    """
    kept = Attachment.objects.filter(message__enquiry=message.enquiry_id).count()
    if files and kept + len(files) > MOST_IN_ALL:
        raise ValidationError(
            _("There is room for %(most)d files in one enquiry, and there are %(kept)d already."),
            params={"most": MOST_IN_ALL, "kept": kept},
        )
    written: list[Path] = []
    try:
        for file in files:
            written.append(_attach_one(message, checked(file)))
    except BaseException:
        remove(written)
        raise
    return written


def remove(written: Sequence[Path]) -> None:
    for path in written:
        path.unlink(missing_ok=True)


def download(attachment: Attachment) -> HttpResponse:
    return handed_out(attachment.path.read_bytes(), name=attachment.name)


def forget_orphans(*, now: datetime | None = None) -> int:
    """Remove contents that no row knows: a transaction failed after they were written. Returns how many."""
    folder = Path(settings.ATTACHMENT_FOLDER)
    before = ((now or timezone.now()) - KEPT_WITHOUT_A_ROW).timestamp()
    old = [path for path in folder.glob("??/*") if path.stat().st_mtime < before]
    known = {
        key.hex
        for key in Attachment.objects.exclude(state=Attachment.State.INFECTED).values_list("key", flat=True)
    }
    orphans = [path for path in old if path.name not in known]
    remove(orphans)
    return len(orphans)


def _attach_one(message: Message, file: UploadedFile) -> Path:
    kind = judge(str(file.name or ""), cast("BinaryIO", file))
    has_scanner = scanner() is not None
    row = Attachment(
        message=message,
        name=clean_name(str(file.name or ""), kind=kind),
        kind=kind,
        size=file.size or 0,
        state=Attachment.State.WAITING if has_scanner else Attachment.State.UNSCANNED,
        finished_at=None if has_scanner else timezone.now(),
    )
    path = row.path
    row.digest = _write(file, path)
    try:
        row.save()
    except BaseException:
        remove([path])
        raise
    if has_scanner:
        look_now("enquiries.scan", row.pk)
    return path


def _write(file: UploadedFile, path: Path) -> str:
    """Write the content whole or not at all; returns its SHA-256."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = hashlib.sha256()
    half = path.with_suffix(".half")
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
            for chunk in file.chunks():
                digest.update(chunk)
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
        half.rename(path)
    finally:
        half.unlink(missing_ok=True)
    return digest.hexdigest()

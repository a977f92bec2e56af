"""Files that come with an answer: looked through before anything is kept, and kept as they are."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO, cast

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from employers.enquiries.filetypes import clean_name, judge
from employers.enquiries.scanning import Unclear, scanner
from regions.oversight.models import Flag, HearingFile


def look_through(files: Sequence[UploadedFile]) -> None:
    """Raise ValidationError where the virus scanner finds something, or cannot be asked.

    Where the installation has no scanner nothing is looked for.
    """
    look = scanner()
    if not look:
        return
    for file in files:
        with NamedTemporaryFile() as copy:
            for chunk in file.chunks():
                copy.write(chunk)
            copy.flush()
            try:
                verdict = look(Path(copy.name))
            except (OSError, Unclear):
                raise ValidationError(
                    _(
                        "The files could not be checked for viruses just now. "
                        "Send the answer without them, or later."
                    )
                ) from None
        if not verdict.is_clean:
            raise ValidationError(
                _("“%(name)s” holds a virus and was not received."), params={"name": file.name or ""}
            )


def keep(flag: Flag, files: Sequence[UploadedFile], *, at: datetime) -> list[HearingFile]:
    """Keep the files of an answer that was given at a time. They have been judged by the form."""
    return HearingFile.objects.bulk_create(_kept(flag, file, at=at) for file in files)


def _kept(flag: Flag, file: UploadedFile, *, at: datetime) -> HearingFile:
    name = str(file.name or "")
    kind = judge(name, cast("BinaryIO", file))
    file.seek(0)
    content = file.read()
    return HearingFile(
        flag=flag,
        name=clean_name(name, kind=kind),
        kind=kind,
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        content=content,
        at=at,
    )

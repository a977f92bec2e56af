"""A case as it goes to the journal, and to whoever asks for access to documents, in one file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from jobcenter.pages import drawn
from regions.oversight import telling
from regions.oversight.evidence import Evidence
from regions.oversight.models import Flag

AT = (1980, 1, 1, 0, 0, 0)
"""The time every part carries, so that the same case makes the same file."""


def archive(flag: Flag) -> bytes:
    """A ZIP of the case as a document to read and print, its frozen evidence as stored, and its files."""
    files = {
        f"bilag/{number}-{kept.name}": bytes(kept.content)
        for number, kept in enumerate(flag.files.all(), start=1)
    }
    return pack({"sag.html": document(flag), "grundlag.json": as_stored(flag.evidence), **files})


def as_stored(evidence: Any) -> str:
    return json.dumps(evidence, ensure_ascii=False, indent=2, sort_keys=True)


def pack(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP of the parts, by their names."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as file:
        for name, content in parts.items():
            part = ZipInfo(name, date_time=AT)
            part.compress_type = ZIP_DEFLATED
            file.writestr(part, content)
    return packed.getvalue()


def document(flag: Flag) -> str:
    """The case from the signal to the decision, in one HTML file that needs no other."""
    evidence = Evidence.from_json(flag.evidence)
    return render_to_string(
        "regions/oversight/journal.html",
        {
            "flag": flag,
            "evidence": evidence,
            "chart": mark_safe(drawn.periods(evidence.chart)),
            "reasons": telling.reasons(evidence),
            "data_check": flag.data_check,
            "files": flag.files.defer("content"),
            "log": flag.log.select_related("by", "organisation"),
        },
    )

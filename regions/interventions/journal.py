"""An intervention as it goes to the journal, to the national authority, and to whoever asks for access."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string

from regions.interventions.showing import Case
from regions.oversight.journal import as_stored, pack


def archive(case: Case) -> bytes:
    """A ZIP of the case as a document to read and print, and of what was frozen on the way, as stored."""
    return pack({"sag.html": document(case), "grundlag.json": as_stored(frozen(case))})


def document(case: Case) -> str:
    """From how it began to how it ended, in one HTML file that needs no other."""
    return render_to_string("regions/interventions/journal.html", {"intervention": case.whole, "case": case})


def frozen(case: Case) -> dict[str, Any]:
    """Everything that was kept as it was known then."""
    return {
        "flags": [flag.evidence for flag, _evidence in case.flags],
        "wordings": [signed.wording.kept for signed in case.wordings],
        "follow_ups": [shown.part.figures for shown in case.follow_ups if shown.part.figures],
        "evidence": case.whole.evidence,
        "effects": case.whole.effects,
    }

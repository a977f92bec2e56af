"""When kinds of enquiry are offered, by kind and first day. See data/kinds.csv for the sources."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from employers.enquiries.models import Kind, Offer
from jobcenter.runtime.csvlines import filled, period, read
from jobcenter.runtime.merging import Merged, merge
from jobcenter.runtime.reference import Reference

KINDS = Path(__file__).parent / "data/kinds.csv"
COLUMNS = ("kind", "valid_from", "valid_to", "law", "source")


def load_offers(file: Path = KINDS) -> list[Merged[Any]]:
    lines = read(file.read_bytes(), offer, columns=COLUMNS, key=lambda row: (row.kind, row.valid_from))
    return [
        merge(
            lines, into=Offer.objects.all(), by=["kind", "valid_from"], fields=("valid_to", "law", "source")
        )
    ]


def offer(row: Mapping[str, str]) -> Offer:
    kind = filled(row, "kind")
    if kind not in Kind:
        raise ValueError(f"there is no kind “{kind}”")
    when = period(row)
    return Offer(
        kind=kind,
        valid_from=when.valid_from,
        valid_to=when.valid_to,
        law=filled(row, "law"),
        source=row["source"].strip(),
    )


REFERENCES = [Reference("enquiries.offers", files=[KINDS], load=load_offers)]

"""Denmark's municipalities in figures, from two files of Statistics Denmark that come with the portal. Pure.

They are facts about the labour market, shown beside a jobcentre's results and never held against it.
`data/SOURCES.md` says where the files come from.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from jobcenter.runtime.csvlines import Reading, digits, filled, number, read, whole_number
from regions.feeds.figures import Figure
from regions.measures.periods import parse

DATA = Path(__file__).parent / "data"
PANEL = DATA / "municipality_panel.csv"
COMMUTING = DATA / "commuting_distance_2022.csv"

WHOLE_COUNTRY = "0000"

PANEL_MEASURES = {
    "population": "population",
    "unemployed": "unemployed",
    "social_assistance_recipients": "social_assistance",
    "employment_rate_pct": "employment_rate",
    "avg_earned_income_dkk": "earned_income",
    "gini": "gini",
}
"""Column of the panel → code of the measure."""

FAR = ("km_30_40", "km_40_50", "km_over_50")
"""Bands of more than 30 km between home and work."""


def read_panel(content: bytes) -> Reading[list[Figure]]:
    """A line for each municipality and year. Raises Unreadable when it is not the file it should be."""
    return read(
        content,
        _of_a_year,
        columns=["municipality_code", "year", *PANEL_MEASURES],
        key=lambda figures: (figures[0].municipality, figures[0].period),
    )


def read_commuting(content: bytes) -> Reading[list[Figure]]:
    """Two lines for each municipality: counted by residence, and by workplace. Raises Unreadable as above."""
    return read(
        content,
        _of_a_place,
        columns=["municipality_code", "year", "counted_by", "employed_total", "not_calculated", *FAR],
        key=lambda figures: (figures[0].measure, figures[0].municipality),
    )


def _of_a_year(row: Mapping[str, str]) -> list[Figure]:
    year = whole_number(row, "year", lowest=2007, highest=2100)
    return [
        Figure(
            line=0,
            measure=measure,
            group=None,
            municipality=digits(row, "municipality_code", count=4),
            jobcentre=None,
            period=parse(f"{year}Y01"),
            value=number(row, column, lowest=0, highest=10_000_000),
        )
        for column, measure in PANEL_MEASURES.items()
        if row[column].strip()
    ]


def _of_a_place(row: Mapping[str, str]) -> list[Figure]:
    code = digits(row, "municipality_code", count=4)
    period = parse(f"{whole_number(row, 'year', lowest=2007, highest=2100)}Y01")
    employed = whole_number(row, "employed_total", lowest=1, highest=10_000_000)
    counted_by = filled(row, "counted_by")
    if counted_by == "workplace":
        return [Figure(0, "jobs", None, code, None, period, float(employed))]
    if counted_by != "residence":
        raise ValueError(f"nobody is counted by “{counted_by}”")
    far = sum(whole_number(row, band, lowest=0, highest=employed) for band in FAR)
    known = employed - whole_number(row, "not_calculated", lowest=0, highest=employed - 1)
    return [
        Figure(0, "employed_residents", None, code, None, period, float(employed)),
        Figure(0, "long_commute", None, code, None, period, 100 * far / known, far, known),
    ]

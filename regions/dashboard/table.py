"""The table of the area page as a file that spreadsheets open rightly."""

from __future__ import annotations

import csv
from io import StringIO

from regions.dashboard.picture import Picture
from regions.measures.suppression import State

HEADINGS = (
    "måling",
    "målgruppe",
    "periode",
    "jobcenter",
    "navn",
    "faktisk",
    "grundlag",
    "forventet",
    "z",
    "z_justeret",
    "p_justeret",
    "status",
    "definition",
    "datadato",
)

STATUS = {State.SHOWN: "vist", State.ZERO: "nul", State.SUPPRESSED: "skjult", State.MISSING: "mangler"}

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet would take a text for that begins so."""


def write(picture: Picture) -> str:
    """Semicolons and decimal commas, as Danish spreadsheets expect them; numbers with four decimals.

    Every line says what it is of, which version of the definition it follows and how old its data are, so
    that it can be read without the others. A number that is hidden is empty, and the column “status” says so.
    """
    comparison = picture.comparison
    file = StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for row in picture.rows:
        result, figures = row.result, row.figures
        scores = (result.z, result.z_adjusted, result.p_adjusted)
        writer.writerow(
            [
                cell(comparison.measure.code),
                cell(comparison.target_group.code),
                cell(comparison.period),
                cell(result.jobcentre.code),
                cell(result.jobcentre.name),
                whole(figures.actual),
                whole(figures.base),
                decimal(figures.expected),
                *("" if figures.is_hidden else decimal(score) for score in scores),
                STATUS[figures.state],
                comparison.definition_version,
                comparison.data_date.isoformat(),
            ]
        )
    return file.getvalue()


def cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def whole(value: int | None) -> int | str:
    return "" if value is None else value


def decimal(value: float | None) -> str:
    """With a decimal comma; empty where there is none."""
    return "" if value is None else f"{value:.4f}".replace(".", ",")

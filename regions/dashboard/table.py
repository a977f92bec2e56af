"""The table of the area page as a file that spreadsheets open rightly."""

from __future__ import annotations

import csv
from io import StringIO

from regions.dashboard.picture import Picture

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
    "definition",
    "datadato",
)

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet would take a text for that begins so."""


def write(picture: Picture) -> str:
    """Semicolons and decimal commas, as Danish spreadsheets expect them; numbers with four decimals.

    Every line says what it is of, which version of the definition it follows and how old its data are, so
    that it can be read without the others.
    """
    comparison = picture.comparison
    file = StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for result in (row.result for row in picture.rows):
        writer.writerow(
            [
                cell(comparison.measure.code),
                cell(comparison.target_group.code),
                cell(comparison.period),
                cell(result.jobcentre.code),
                cell(result.jobcentre.name),
                result.actual,
                result.base,
                *map(decimal, (result.expected, result.z, result.z_adjusted, result.p_adjusted)),
                comparison.definition_version,
                comparison.data_date.isoformat(),
            ]
        )
    return file.getvalue()


def cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def decimal(value: float | None) -> str:
    """With a decimal comma; empty where there is none."""
    return "" if value is None else f"{value:.4f}".replace(".", ",")

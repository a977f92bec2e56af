"""What the illustration is made of: two results of all municipalities for every year, and three conditions.

The files are those the portal's facts come from (`regions/feeds/data/SOURCES.md`). Both results are counted
out of all residents, since the panel does not say how many are of working age.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jobcenter.runtime.csvlines import filled, read
from regions.comparison.arrays import FloatArray
from regions.feeds.panel import COMMUTING, PANEL, WHOLE_COUNTRY, read_commuting, read_panel

YEARS = tuple(range(2007, 2021))


class Topic(StrEnum):
    """A result, by the word in the page's address. Of both, more is worse."""

    UNEMPLOYED = "ledige"
    SOCIAL_ASSISTANCE = "kontanthjaelp"

    @property
    def heading(self) -> str:
        return str(TITLES[self])


TITLES: Mapping[Topic, str | Promise] = {
    Topic.UNEMPLOYED: _("Gross unemployed (full-time persons) per resident"),
    Topic.SOCIAL_ASSISTANCE: _("Persons with social assistance per resident"),
}
MEASURES = {Topic.UNEMPLOYED: "unemployed", Topic.SOCIAL_ASSISTANCE: "social_assistance"}
"""Codes of the figures in the panel."""

CONDITIONS: Sequence[str | Promise] = (
    _("Population (logarithm)"),
    _("Share of residents who commute more than 30 km"),
    _("Jobs for each employed resident"),
)


@dataclass(frozen=True, eq=False)
class Panel:
    """codes, names: of the municipalities, by code. actual: shape (years, topics, municipalities).

    residents: shape (years, municipalities). conditions: shape (years, municipalities, 3): how people travel
    is known of 2022 only, and stands for every year.
    """

    codes: Sequence[str]
    names: Sequence[str]
    actual: FloatArray
    residents: FloatArray
    conditions: FloatArray


def read_files() -> Panel:
    """Both files as they come with the portal. A figure that is not there is a KeyError: none is guessed."""
    content = PANEL.read_bytes()
    figures = {
        (figure.measure, figure.municipality, figure.period.starts_on.year): figure.value
        for line in read_panel(content).lines
        for figure in line.value
    }
    travel = {
        (figure.measure, figure.municipality): figure.value
        for line in read_commuting(COMMUTING.read_bytes()).lines
        for figure in line.value
    }
    names = _names(content)
    codes = sorted(names.keys() - {WHOLE_COUNTRY})

    def of_all(measure: str) -> FloatArray:
        return np.array([[figures[measure, code, year] for code in codes] for year in YEARS])

    residents = of_all("population")
    far = np.array([travel["long_commute", code] / 100 for code in codes])
    jobs = np.array([travel["jobs", code] / travel["employed_residents", code] for code in codes])
    size = np.array([[log(count) for count in of_year] for of_year in residents.tolist()])
    return Panel(
        codes=codes,
        names=[names[code] for code in codes],
        actual=np.stack([of_all(MEASURES[topic]) for topic in Topic], axis=1),
        residents=residents,
        conditions=np.stack(
            [size, np.broadcast_to(far, size.shape), np.broadcast_to(jobs, size.shape)], axis=-1
        ),
    )


def _names(content: bytes) -> dict[str, str]:
    """Of each municipality by its code."""
    reading = read(
        content,
        lambda row: (filled(row, "municipality_code"), filled(row, "municipality_name"), row["year"]),
        columns=["municipality_code", "municipality_name", "year"],
        key=lambda value: (value[0], value[2]),
    )
    return {line.value[0]: line.value[1] for line in reading.lines}

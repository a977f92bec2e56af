"""What is shown of one municipality: its own catchment, the others it belongs to, and whom it shares with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from jobcenter.geography.models import Catchment, CatchmentVersion, Municipality


@dataclass(frozen=True)
class Other:
    """Another centre: what the version says of the municipality there, and who else belongs to it."""

    row: Catchment
    others: Sequence[Municipality]


@dataclass(frozen=True)
class Picture:
    """A municipality in a version.

    own: the rows of its own catchment, those that belong first. others: catchments of other centres, those it
    belongs to first. sharing: all with whom it has a catchment in common, by name, without itself.
    """

    municipality: Municipality
    version: CatchmentVersion
    own: Sequence[Catchment]
    others: Sequence[Other]
    sharing: Sequence[Municipality]

    @property
    def members(self) -> list[Catchment]:
        """Who belongs to its catchment, without itself."""
        return [row for row in self.own if row.belongs and row.municipality_id != self.municipality.pk]

    @property
    def centres(self) -> list[Catchment]:
        """What is said of it in the catchments it belongs to."""
        return [other.row for other in self.others if other.row.belongs]

    @property
    def at_home(self) -> Catchment | None:
        """The row of the municipality itself; none where it did not exist at the time."""
        return next((row for row in self.own if row.municipality_id == self.municipality.pk), None)


def picture_of(municipality: Municipality, *, version: CatchmentVersion) -> Picture:
    """Read a version for a municipality. One query."""
    belongs_to = version.rows.members().filter(municipality=municipality).values("centre")
    rows = (
        version.rows.filter(Q(municipality=municipality) | Q(centre__in=belongs_to) | Q(centre=municipality))
        .select_related("centre", "municipality", "correction__made_by")
        .order_by("-belongs", "-share", "municipality__sort_key")
    )
    by_centre: defaultdict[int, list[Catchment]] = defaultdict(list)
    for row in rows:
        by_centre[row.centre_id].append(row)
    own = by_centre.pop(municipality.pk, [])
    own.sort(key=lambda row: row.municipality_id != municipality.pk)
    others = [_other(rows, municipality) for rows in by_centre.values()]
    sharing = {
        row.municipality_id: row.municipality
        for rows in (own, *by_centre.values())
        for row in rows
        if row.belongs and row.municipality_id != municipality.pk and _holds(rows, municipality)
    }
    return Picture(
        municipality=municipality,
        version=version,
        own=own,
        others=sorted(others, key=lambda other: (not other.row.belongs, -other.row.share)),
        sharing=sorted(sharing.values(), key=lambda one: one.sort_key),
    )


def _holds(rows: Sequence[Catchment], municipality: Municipality) -> bool:
    return any(row.belongs and row.municipality_id == municipality.pk for row in rows)


def _other(rows: Sequence[Catchment], municipality: Municipality) -> Other:
    row = next(row for row in rows if row.municipality_id == municipality.pk)
    itself = {municipality.pk, row.centre_id}
    others = [other.municipality for other in rows if other.belongs and other.municipality_id not in itself]
    return Other(row=row, others=sorted(others, key=lambda one: one.sort_key))

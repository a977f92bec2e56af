"""A cube of figures as JSON-stat 2.0, which Statistics Denmark and Eurostat publish in too. Pure.

Three states are kept apart: a zero is the value 0; a figure that is hidden, and one that is not there, are
both null, and `status` says which.

Source: JSON-stat 2.0, https://json-stat.org/full/.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Any, Literal

SUPPRESSED = "suppressed"
MISSING = "missing"

Key = tuple[str, ...]


@dataclass(frozen=True)
class Dimension:
    """A side of the cube. categories: code → label, in their order. units: code → unit, where told."""

    id: str
    label: str
    categories: Mapping[str, str]
    role: Literal["time", "geo", "metric", ""] = ""
    units: Mapping[str, str] = field(default_factory=dict)


def dataset(
    *,
    label: str,
    source: str,
    updated: date | None,
    dimensions: Sequence[Dimension],
    values: Mapping[Key, float | None],
    suppressed: frozenset[Key] = frozenset(),
    notes: Sequence[str] = (),
) -> dict[str, Any]:
    """The cube. The last dimension changes fastest.

    values: by one code of each dimension; what is not there, or None, is missing, unless it is suppressed.
    Raises ValueError on a code that no dimension has, and on a suppressed figure that is told.
    """
    keys = list(product(*(dimension.categories for dimension in dimensions)))
    unknown = (values.keys() | suppressed) - set(keys)
    if unknown:
        raise ValueError(f"no dimension has all of {min(unknown)}")
    told = [values.get(key) for key in keys]
    if any(key in suppressed and value is not None for key, value in zip(keys, told, strict=True)):
        raise ValueError("a suppressed figure is not told")
    roles: dict[str, list[str]] = {}
    for dimension in dimensions:
        if dimension.role:
            roles.setdefault(dimension.role, []).append(dimension.id)
    return {
        "version": "2.0",
        "class": "dataset",
        "label": label,
        "source": source,
        **({"updated": updated.isoformat()} if updated else {}),
        "id": [dimension.id for dimension in dimensions],
        "size": [len(dimension.categories) for dimension in dimensions],
        "role": roles,
        "dimension": {dimension.id: _described(dimension) for dimension in dimensions},
        "value": told,
        "status": {
            str(place): SUPPRESSED if key in suppressed else MISSING
            for place, (key, value) in enumerate(zip(keys, told, strict=True))
            if value is None
        },
        **({"note": list(notes)} if notes else {}),
    }


def _described(dimension: Dimension) -> dict[str, Any]:
    category: dict[str, Any] = {
        "index": list(dimension.categories),
        "label": dict(dimension.categories),
    }
    if dimension.units:
        category["unit"] = {code: {"base": unit} for code, unit in dimension.units.items()}
    return {"label": dimension.label, "category": category}

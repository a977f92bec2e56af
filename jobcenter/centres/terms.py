"""What a cooperation agreement says, as a text that is put forward, accepted and compared. Pure.

A partner accepts one wording, so each is kept as it was; what has changed since is found by comparing two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass(frozen=True)
class Terms:
    """One wording. Jobcentres, industries and occupations by name, days in ISO form; `valid_to` may be "".

    shared: the codes of what the partners let each other see. answer_hours: working hours.
    """

    name: str
    purpose: str
    partners: tuple[str, ...]
    lead_office: str
    valid_from: str
    valid_to: str
    industries: tuple[str, ...]
    occupations: tuple[str, ...]
    shared: tuple[str, ...]
    answer_hours: int
    notice_days: int

    def as_json(self) -> dict[str, Any]:
        return {
            key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Terms:
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in kept.items()
        }
        return cls(**values)


def changed(before: Terms, after: Terms) -> list[str]:
    """The names of what is not the same in both, in the order a document has them."""
    return [one.name for one in fields(Terms) if getattr(before, one.name) != getattr(after, one.name)]

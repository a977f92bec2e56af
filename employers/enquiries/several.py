"""Boxes of which several are ticked: a draft keeps them in one text, as it keeps everything else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

BETWEEN = ","


def typed_of(posted: QueryDict, *, several: frozenset[str] = frozenset({"also"})) -> dict[str, str]:
    """What was posted, by field; the ticked boxes of a field together, with a comma between them."""
    return {
        name: BETWEEN.join(str(part) for part in posted.getlist(name) if part)
        if name in several
        else str(posted[name])
        for name in posted
    }


def ticked(text: Any) -> list[str]:
    return [part for part in str(text or "").split(BETWEEN) if part]


class Several(forms.CheckboxSelectMultiple):
    """Reads what `typed_of` has written."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        return ticked(data.get(name))

    def format_value(self, value: Any) -> list[str]:
        return ticked(value) if isinstance(value, str) else super().format_value(value)

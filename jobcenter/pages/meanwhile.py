"""Two who edit one thing: the second to save sees both texts side by side, and loses nothing.

Every form that edits carries the version it was opened with, as a hidden field `version`. Whoever keeps the
change counts it up under a lock, and raises ChangedMeanwhile when the form has seen an older one. The view
then shows the form once more: `opened_anew` makes it ready to be saved over the newest version, and
`components/meanwhile.html` shows `differences`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jobcenter.pages import words

Kept = TypeVar("Kept")


class ChangedMeanwhile(Exception, Generic[Kept]):
    """Somebody else has saved since the form was opened; `now` is what they saved."""

    def __init__(self, now: Kept) -> None:
        super().__init__(str(now))
        self.now = now


@dataclass(frozen=True)
class Difference:
    label: str
    theirs: str
    ours: str


def opened_anew(typed: QueryDict, *, version: int) -> QueryDict:
    """What was typed, as if the form had been opened with the newest version."""
    typed = typed.copy()
    typed["version"] = str(version)
    return typed


def differences(form: forms.Form, *, kept: Mapping[str, Any]) -> list[Difference]:
    """Field by field where what is kept now, and what was typed in the bound form, are not the same.

    kept: the form's values for what is kept.
    """
    form.full_clean()
    pairs = (
        (form[name], value, form.cleaned_data.get(name, form[name].data)) for name, value in kept.items()
    )
    told = (
        Difference(str(bound.label), in_words(bound, kept), in_words(bound, typed))
        for bound, kept, typed in pairs
    )
    return [one for one in told if one.theirs != one.ours]


def in_words(bound: BoundField, value: Any) -> str:
    """A field's value as people read it; of several, one after the other."""
    if isinstance(value, list | tuple):
        return ", ".join(in_words(bound, one) for one in value) or _("none")
    if isinstance(value, datetime):
        at = timezone.localtime(value)
        return words.short_time(at, today=timezone.localdate(), language=get_language() or "da")
    if isinstance(value, date):
        return words.day_with_year(value, language=get_language() or "da")
    choices = {str(key): str(label) for key, label in getattr(bound.field, "choices", ())}
    said = choices.get(str(value if value is not None else ""), "") if choices else str(value or "")
    return said or words.NOTHING

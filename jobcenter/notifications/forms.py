"""What to be told, and how: one row of choices for each kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jobcenter.notifications.kinds import Kind
from jobcenter.notifications.models import How


class ChoicesForm(forms.Form):
    def __init__(self, data: Any = None, *, kinds: Sequence[Kind], now: Mapping[str, How]) -> None:
        super().__init__(data)
        for kind in kinds:
            self.fields[kind.code] = forms.ChoiceField(
                label=str(kind.name),
                help_text=str(kind.hint),
                choices=[(way.value, str(way.label).capitalize()) for way in kind.ways],
                initial=now[kind.code].value,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose how you will be told")},
            )

    def chosen(self) -> dict[str, How]:
        return {code: How(value) for code, value in self.cleaned_data.items()}

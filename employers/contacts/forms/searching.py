"""Which company somebody wants to see or to write of."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy


class SearchForm(forms.Form):
    """Which company: by a part of its name, or by its CVR number."""

    q = forms.CharField(
        label=gettext_lazy("Company"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("A part of the name, or the CVR number"),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, in_dialog: bool = False) -> None:
        super().__init__(data)
        if in_dialog:
            self.fields["q"].widget.attrs["autofocus"] = True

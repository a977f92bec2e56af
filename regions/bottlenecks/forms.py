"""Reviewing a line, and publishing a report."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regions.bottlenecks.models import Category, Line


class LineForm(forms.ModelForm):
    """Accept or change one line. `seen` is the category the page showed: the second saver is told."""

    seen = forms.ChoiceField(choices=Category, widget=forms.HiddenInput)

    class Meta:
        model = Line
        fields = ["category", "comment"]
        labels = {"comment": _("Review: remark")}
        help_texts = {"comment": _("To be filled in when the category is changed")}
        widgets = {"comment": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *arguments: Any, instance: Line, **named: Any) -> None:
        self.stored = instance.category
        super().__init__(*arguments, instance=instance, initial={"seen": instance.category}, **named)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("seen") and cleaned["seen"] != self.stored:
            self.add_error(
                "category",
                _("Somebody else has changed this line to “%(category)s” since you opened it.")
                % {"category": Category(self.stored).label},
            )
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = self.stored
        return cleaned


class PublishForm(forms.Form):
    reason = forms.CharField(
        label=_("Why the report can be published"),
        help_text=_("It stands in the history. A published report never changes."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Write why the report can be published: it stands in the history.")},
    )

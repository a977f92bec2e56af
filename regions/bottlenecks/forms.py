"""Reviewing a line, and publishing a report."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jobcenter.pages.privacy import without_cpr
from regions.bottlenecks.models import Category, Line


def said(line: Line) -> str:
    """A short digest of what is said of the line: another one when somebody has said something else."""
    return hashlib.sha256(f"{line.category}\n{line.comment}".encode()).hexdigest()[:16]


class LineForm(forms.ModelForm):
    """Accept or change one line. `seen` is what it said when opened: the second saver sees both texts."""

    comment = forms.CharField(
        label=_("Review: remark"),
        help_text=_("To be filled in when the category is changed"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 30}),
        max_length=1000,
        validators=[without_cpr],
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=16)

    class Meta:
        model = Line
        fields = ["category", "comment"]

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        category: Any = self.fields["category"]
        category.choices = [(one.value, str(one.label).capitalize()) for one in Category]
        # Kept before what was sent is written onto the instance.
        self.stored_category, self.stored_comment = self.instance.category, self.instance.comment
        self.stored = self.initial["seen"] = said(self.instance)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if (
            "category" in cleaned
            and cleaned["category"] != self.instance.proposed
            and not cleaned.get("comment")
        ):
            self.add_error("comment", _("Say why the category is changed."))
        if cleaned.get("seen") != self.stored:
            # Shown again, the form is about what is there now: saving it once more replaces that.
            sent = {name: self.data[name] for name in self.data}
            self.data = {**sent, self.add_prefix("seen"): self.stored}
            self.add_error(None, self._what_stands())
        return cleaned

    def _what_stands(self) -> str:
        category = Category(self.stored_category).label
        if self.stored_comment:
            return _(
                "The line has changed since you opened it: it now says “%(category)s” with the remark "
                "“%(comment)s”. Your own text stands below; save again to put it in its place."
            ) % {"category": category, "comment": self.stored_comment}
        return _(
            "The line has changed since you opened it: it now says “%(category)s”, without a remark. "
            "Your own text stands below; save again to put it in its place."
        ) % {"category": category}


class PublishForm(forms.Form):
    reason = forms.CharField(
        label=_("Why the report can be published"),
        help_text=_("It stands in the history. A published report never changes."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        validators=[without_cpr],
        error_messages={"required": _("Write why the report can be published: it stands in the history.")},
    )

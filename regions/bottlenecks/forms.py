"""Reviewing lines, publishing a report and correcting a published one; and bringing register figures."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from jobcenter.accounts.models import User
from jobcenter.pages.privacy import without_cpr
from regions.bottlenecks.models import Category, Line
from regions.bottlenecks.registers.receiving import Origin
from regions.bottlenecks.reports.correcting import Basis
from regions.feeds.fields import DataDateField, TableField


def said(line: Line) -> str:
    """A short digest of what is said of the line: another one when somebody has said something else."""
    return hashlib.sha256(f"{line.category}\n{line.comment}".encode()).hexdigest()[:16]


class LineForm(forms.ModelForm):
    """Accept or change one line. `seen` is what it said when opened: the second saver sees both texts.

    accept: let stand what is proposed, whatever category was chosen; a remark may go with it.
    """

    comment = forms.CharField(
        label=_("Review: remark"),
        help_text=_("To be filled in when the category is changed"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 30}),
        max_length=1000,
        validators=[without_cpr],
    )
    accept = forms.BooleanField(label=_("Accept as proposed"), required=False)
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
        if cleaned.get("accept"):
            cleaned["category"] = self.instance.proposed
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


class ReasonField(forms.CharField):
    """Why something is done to a report; others read it, so a CPR number is refused.

    missing: what is said where it is left out.
    """

    def __init__(
        self, *, label: Any, help_text: Any, missing: Any, rows: int = 2, max_length: int = 1000
    ) -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            widget=forms.Textarea(attrs={"rows": rows}),
            max_length=max_length,
            validators=[without_cpr],
            error_messages={"required": missing},
        )


class PublishForm(forms.Form):
    reason = ReasonField(
        label=_("Why the report can be published"),
        help_text=_("It stands in the history. A published report never changes."),
        missing=_("Write why the report can be published: it stands in the history."),
        rows=3,
        max_length=2000,
    )


class AcceptTheRestForm(forms.Form):
    accepting = ReasonField(
        label=_("Why the rest can be accepted"),
        help_text=_("It stands in the history, with your name."),
        missing=_("Write why the rest can be accepted: it stands in the history."),
    )


class GiveUpForm(forms.Form):
    giving_up = ReasonField(
        label=_("Why the correction is given up"),
        help_text=_("It stands in the history, with your name."),
        missing=_("Write why the correction is given up: it stands in the history."),
    )


class CorrectForm(forms.Form):
    correction = ReasonField(
        label=_("What was wrong"),
        help_text=_("It stands in the new issue, for all to read."),
        missing=_("Write what was wrong: it stands in the new issue."),
        rows=3,
    )
    basis = forms.ChoiceField(
        label=_("Which figures the new issue rests on"),
        choices=Basis.choices,
        initial=Basis.AS_PUBLISHED,
        widget=forms.RadioSelect,
    )


class RegisterForm(forms.Form):
    """Bringing a file of register figures. The decision about it is any delivery's (`feeds.forms`)."""

    file = TableField(
        megabytes=8,
        missing=_("Choose the file with the register figures."),
        too_large=_("The file is larger than 8 MB. Divide it by half-year."),
    )
    """Every occupation in every municipality in three half-years takes less than half of it."""

    source = forms.CharField(
        label=_("Source"),
        help_text=_("Whose figures they are, for example “Danmarks Statistik, RAS”."),
        max_length=200,
        validators=[without_cpr],
        error_messages={"required": _("Write whose figures they are.")},
    )
    data_date = DataDateField()

    def origin(self, *, by: User) -> Origin:
        """After the form is valid."""
        file = self.cleaned_data["file"]
        return Origin(
            source=self.cleaned_data["source"],
            data_date=self.cleaned_data["data_date"],
            file_name=file.name,
            content=file.read(),
            by=by,
        )

    def say_how_many_cannot_be_used(self, count: int) -> None:
        self.add_error(
            "file",
            ngettext(
                "A line in the file cannot be used, so nothing was saved. It stands below.",
                "%(count)s lines in the file cannot be used, so nothing was saved. They stand below.",
                count,
            )
            % {"count": count},
        )

"""Choosing a quarter, and delivering a file of spells: for which days, read as it arrives."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from jobcenter.runtime.csvlines import Unreadable
from regions.measures.models import TargetGroup
from regions.measures.periods import parse
from regions.timeliness.lines import Reading, Window, read
from regions.timeliness.receiving import digest_of

LARGEST = 20 * 1024 * 1024
"""Bytes: the spells of a large jobcentre's year. More than that comes by `manage.py deliver_spells`."""


class QuarterForm(forms.Form):
    """A quarter out of those that are told of; the latest when the address names none of them."""

    period = forms.ChoiceField(label=gettext_lazy("Quarter"))

    def __init__(self, *arguments: Any, quarters: Sequence[str], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.quarters = quarters
        language = get_language() or "da"
        choices = [(code, parse(code).in_words(language=language)) for code in quarters]
        self.fields["period"].choices = choices  # type: ignore[attr-defined]

    def chosen(self) -> str | None:
        """None while nothing is told at all."""
        if self.is_bound and self.is_valid():
            return str(self.cleaned_data["period"])
        return self.quarters[0] if self.quarters else None


class UploadForm(forms.Form):
    """After it is valid, `reading` holds the spells; when the file has problems, it holds those."""

    file = forms.FileField(
        label=gettext_lazy("File (CSV)"),
        help_text=gettext_lazy(
            "Out of the case system, at most 20 MB. Nothing is saved before you have seen it."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        max_length=200,
        error_messages={
            "required": gettext_lazy("Choose the file with the spells."),
            "empty": gettext_lazy("The file is empty."),
            "max_length": gettext_lazy("The file's name is too long: at most 200 letters."),
        },
    )
    first = forms.DateField(
        label=gettext_lazy("Tells of the days from"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Write the first day the file tells of."),
            "invalid": gettext_lazy("Write the first day as a date."),
        },
    )
    last = forms.DateField(
        label=gettext_lazy("to and with"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Write the last day the file tells of."),
            "invalid": gettext_lazy("Write the last day as a date."),
        },
    )
    field_order = ["first", "last", "file"]

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.reading = Reading()
        self.content = b""

    @property
    def digest(self) -> str:
        return digest_of(self.content)

    @property
    def window(self) -> Window:
        return Window(self.cleaned_data["first"], self.cleaned_data["last"])

    def clean_last(self) -> date:
        last: date = self.cleaned_data["last"]
        if last >= timezone.localdate():
            raise forms.ValidationError(_("The last day must be over."))
        return last

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        first, last, file = said.get("first"), said.get("last"), said.get("file")
        if first and last and last < first:
            self.add_error("last", _("The last day must not be before the first."))
        elif first and last and file:
            self._read(file, Window(first, last))
        return said

    def _read(self, file: UploadedFile, window: Window) -> None:
        if (file.size or 0) > LARGEST:
            self.add_error("file", _("The file is larger than 20 MB."))
            return
        self.content = file.read()
        try:
            self.reading = read(self.content, window=window, groups=target_groups())
        except Unreadable as error:
            self.add_error("file", str(error))
        if count := len(self.reading.problems):
            self.add_error(
                "file",
                ngettext(
                    "A line in the file cannot be used, so nothing was kept. It stands below.",
                    "%(count)s lines in the file cannot be used, so nothing was kept. They stand below.",
                    count,
                )
                % {"count": count},
            )


def target_groups() -> frozenset[str]:
    return frozenset(TargetGroup.objects.values_list("code", flat=True))

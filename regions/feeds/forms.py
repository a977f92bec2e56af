"""Delivering a file: whose figures, as of when, and the file itself, read as it arrives."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from jobcenter.pages import words
from jobcenter.pages.privacy import without_cpr
from jobcenter.runtime.csvlines import Unreadable
from regions.feeds.reading import Known, Reading, read
from regions.feeds.receiving import compare, digest_of
from regions.measures.models import Delivery

LARGEST = 2 * 1024 * 1024
"""Bytes. Every figure of a year for all jobcentres takes less than a tenth of it."""


class UploadForm(forms.Form):
    """After it is valid, `reading` holds the figures; when the file has problems, it holds those."""

    file = forms.FileField(
        label=gettext_lazy("File (CSV)"),
        help_text=gettext_lazy(
            "Saved as “CSV UTF-8”, at most 2 MB. First you see what it changes; then you save."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        max_length=200,
        error_messages={
            "required": gettext_lazy("Choose the file with the figures."),
            "empty": gettext_lazy("The file is empty."),
            "max_length": gettext_lazy("The file's name is too long: at most 200 letters."),
        },
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        help_text=gettext_lazy("Whose figures they are, for example “Jobindsats, y60b15”."),
        max_length=200,
        validators=[without_cpr],
        error_messages={"required": gettext_lazy("Write whose figures they are.")},
    )
    data_date = forms.DateField(
        label=gettext_lazy("Data date"),
        help_text=gettext_lazy("The day the figures were drawn."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Write the day the figures were drawn."),
            "invalid": gettext_lazy("Write the data date as a date."),
        },
    )

    def __init__(self, *arguments: Any, known: Known, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.known = known
        self.reading = Reading()
        self.content = b""

    @property
    def digest(self) -> str:
        return digest_of(self.content)

    def clean_data_date(self) -> Any:
        data_date = self.cleaned_data["data_date"]
        if data_date > timezone.localdate():
            raise forms.ValidationError(_("The data date cannot be in the future."))
        return data_date

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("The file is larger than 2 MB."))
        self.content = file.read()
        try:
            self.reading = read(self.content, known=self.known)
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from None
        if count := len(self.reading.problems):
            raise forms.ValidationError(
                ngettext(
                    "A line in the file cannot be used, so nothing was saved. It stands below.",
                    "%(count)s lines in the file cannot be used, so nothing was saved. They stand below.",
                    count,
                )
                % {"count": count}
            )
        if compare(self.reading.figures).is_empty:
            raise forms.ValidationError(already_there(self.digest, figures=len(self.reading.figures)))
        return file


def already_there(digest: str, *, figures: int) -> str:
    """What is said of a file that changes nothing: the same one again, or another with the same figures."""
    earlier = Delivery.objects.filter(digest=digest).first()
    if earlier is None:
        return ngettext(
            "The file changes nothing: its %(count)s figure is there already.",
            "The file changes nothing: all its %(count)s figures are there already.",
            figures,
        ) % {"count": figures}
    received = timezone.localtime(earlier.received_at)
    return _("This file was received already, %(when)s, and all its figures are there.") % {
        "when": words.day_time(received, today=timezone.localdate(), language=get_language() or "da")
    }

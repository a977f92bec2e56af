"""Fields of forms with which a file of figures is brought, whichever room it is for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

MEGABYTE = 1024 * 1024


class TableField(forms.FileField):
    """A table, CSV or XLSX, of at most so many megabytes.

    missing: what is said where no file is chosen. too_large: what is said of a larger one.
    """

    def __init__(self, *, megabytes: int, missing: str | Promise, too_large: str | Promise) -> None:
        said: Any = {
            "required": missing,
            "empty": _("The file is empty."),
            "max_length": _("The file's name is too long: at most 200 letters."),
            "too_large": too_large,
        }
        super().__init__(
            label=_("File (CSV or XLSX)"),
            help_text=format_lazy(
                _("At most {most} MB. First you see what it changes; then you decide whether it counts."),
                most=megabytes,
            ),
            widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv,.xlsx"}),
            max_length=200,
            error_messages=said,
        )
        self.largest = megabytes * MEGABYTE

    def clean(self, data: Any, initial: Any = None) -> UploadedFile:
        file: UploadedFile = super().clean(data, initial)
        if (file.size or 0) > self.largest:
            raise forms.ValidationError(self.error_messages["too_large"], code="too_large")
        return file


class DataDateField(forms.DateField):
    """The day the figures of a file were drawn."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Data date"),
            help_text=_("The day the figures were drawn."),
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            error_messages={
                "required": _("Write the day the figures were drawn."),
                "invalid": _("Write the data date as a date."),
            },
        )

    def clean(self, value: Any) -> date:
        day: date = super().clean(value)
        if day > timezone.localdate():
            raise forms.ValidationError(_("The data date cannot be in the future."), code="future")
        return day

"""Bringing a file of framework conditions. The decision about it is any delivery's (`feeds.forms`)."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jobcenter.pages.privacy import without_cpr

LARGEST = 2 * 1024 * 1024
"""Bytes. Ten conditions of all jobcentres for ten years take less than a fifth of it."""


class ConditionFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File (CSV or XLSX)"),
        help_text=gettext_lazy(
            "At most 2 MB. First you see what it changes; then you decide whether it counts."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv,.xlsx"}),
        max_length=200,
        error_messages={
            "required": gettext_lazy("Choose the file with the framework conditions."),
            "empty": gettext_lazy("The file is empty."),
            "max_length": gettext_lazy("The file's name is too long: at most 200 letters."),
        },
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        help_text=gettext_lazy("Whose figures they are, for example “Danmarks Statistik, HFUDD11”."),
        max_length=200,
        validators=[without_cpr],
        error_messages={"required": gettext_lazy("Write whose figures they are.")},
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("The file is larger than 2 MB."))
        return file

    def say_how_many_cannot_be_used(self, count: int) -> None:
        self.add_error(
            "file",
            ngettext(
                "Something in the file cannot be used, so nothing was saved. It stands below.",
                "%(count)s things in the file cannot be used, so nothing was saved. They stand below.",
                count,
            )
            % {"count": count},
        )

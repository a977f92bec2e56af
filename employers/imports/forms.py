"""The file of a list, and which of its lines to look at."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from employers.imports.models import Fate
from employers.imports.reading import LARGEST
from jobcenter.pages.fields import capitalised


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File (CSV or XLSX)"),
        help_text=gettext_lazy("At most 1,000 lines and 2 MB. First you see what becomes of each line."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
        max_length=200,
        error_messages={
            "required": gettext_lazy("Choose the file with the list."),
            "empty": gettext_lazy("The file is empty."),
            "max_length": gettext_lazy("The file's name is too long: at most 200 letters."),
        },
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise ValidationError(_("The file is larger than 2 MB."))
        return file


class FateForm(forms.Form):
    """Which lines; what is not understood is as if it was not said."""

    skaebne = forms.ChoiceField(label=gettext_lazy("Lines"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        choices = [("", _("All")), *capitalised(Fate.choices)]
        self.fields["skaebne"].choices = choices  # type: ignore[attr-defined]

    @property
    def fate(self) -> str:
        return self.cleaned_data["skaebne"] if self.is_valid() else ""

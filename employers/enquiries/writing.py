"""The form in which employer and jobcentre write to each other: a text, and files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from employers.enquiries.attaching import MOST_AT_ONCE, checked
from jobcenter.pages.fields import TOO_LONG
from jobcenter.pages.privacy import without_cpr


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Some files, each judged by its content. Cleaned, it is a list; none is the empty list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if len(files) > MOST_AT_ONCE:
            raise forms.ValidationError(
                _("Choose at most %(most)d files at a time."), params={"most": MOST_AT_ONCE}
            )
        faults: list[forms.ValidationError] = []
        for file in files:
            try:
                checked(file)
            except forms.ValidationError as fault:
                faults.append(fault)
        if faults:
            raise forms.ValidationError(faults)
        return files


def files_field() -> FilesField:
    return FilesField(
        label=_("Files"),
        required=False,
        help_text=_(
            "PDF, PNG, JPEG, Word, Excel, OpenDocument or plain text; at most 5 files of 10 MB each. "
            "No CPR numbers, and nothing about anybody's health."
        ),
        widget=FilesInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.docx,.xlsx,.odt,.txt"}),
    )


class WriteForm(forms.Form):
    """What the employer writes."""

    text = forms.CharField(
        label=_("Write to your contact"),
        max_length=5000,
        validators=[without_cpr],
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what you want to say."), "max_length": TOO_LONG},
    )
    attachments = files_field()

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["text"].widget.attrs.pop("maxlength", None)

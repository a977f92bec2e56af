"""Bringing a file, and deciding about what has arrived."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from jobcenter.accounts.models import User
from jobcenter.geography.models import Area
from jobcenter.pages import words
from jobcenter.pages.privacy import without_cpr
from regions.feeds.models import Arrival, Setup, Source
from regions.feeds.receiving import Origin
from regions.measures.models import Delivery

LARGEST = 2 * 1024 * 1024
"""Bytes. Every figure of a year for all jobcentres takes less than a tenth of it."""


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File (CSV or XLSX)"),
        help_text=gettext_lazy(
            "At most 2 MB. First you see what it changes; then you decide whether it counts."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv,.xlsx"}),
        max_length=200,
        error_messages={
            "required": gettext_lazy("Choose the file with the figures."),
            "empty": gettext_lazy("The file is empty."),
            "max_length": gettext_lazy("The file's name is too long: at most 200 letters."),
        },
    )
    known_source = forms.ModelChoiceField(
        Source.objects.none(),
        label=gettext_lazy("Read as"),
        required=False,
        empty_label=gettext_lazy("the portal's own form"),
        help_text=gettext_lazy(
            "A source whose columns have been explained before, or the portal's own form."
        ),
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        help_text=gettext_lazy("Whose figures they are, for example “Jobindsats, y60b15”."),
        max_length=200,
        required=False,
        validators=[without_cpr],
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

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        today = timezone.localdate()
        brought = Source.objects.filter(setups__in=Setup.objects.valid(today).filter(address=""))
        self.fields["known_source"].queryset = brought  # type: ignore[attr-defined]

    def clean_data_date(self) -> Any:
        data_date = self.cleaned_data["data_date"]
        if data_date > timezone.localdate():
            raise forms.ValidationError(_("The data date cannot be in the future."))
        return data_date

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("The file is larger than 2 MB."))
        return file

    def clean(self) -> dict[str, Any] | None:
        if not self.cleaned_data.get("known_source") and not self.cleaned_data.get("source"):
            self.add_error("source", _("Write whose figures they are."))
        return super().clean()

    def origin(self, *, by: User, area: Area) -> Origin:
        """What was brought. Only after it is valid."""
        known: Source | None = self.cleaned_data["known_source"]
        return Origin(
            source=known.name if known else self.cleaned_data["source"],
            data_date=self.cleaned_data["data_date"],
            file_name=self.cleaned_data["file"].name,
            content=self.cleaned_data["file"].read(),
            by=by,
            area=area,
            setup=known.setup if known else None,
        )

    def say_why_not(self, arrival: Arrival) -> None:
        """At the file: why it cannot be used, or that it changes nothing."""
        if arrival.state == Arrival.State.UNCHANGED:
            self.add_error("file", already_there(arrival))
        elif arrival.said:
            self.add_error("file", arrival.said)
        else:
            self.add_error(
                "file",
                ngettext(
                    "A line in the file cannot be used, so nothing was saved. It stands below.",
                    "%(count)s lines in the file cannot be used, so nothing was saved. They stand below.",
                    arrival.refused,
                )
                % {"count": arrival.refused},
            )


class DecisionForm(forms.Form):
    """Letting a delivery count, or putting it aside. `shown`: the difference that was on the page."""

    shown = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[without_cpr],
    )

    def __init__(self, *arguments: Any, needs_reason: bool, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if needs_reason:
            self.fields["reason"].required = True
            self.fields["reason"].error_messages["required"] = _("Write why.")


def already_there(arrival: Arrival) -> str:
    """What is said of a file that changes nothing: the same one again, or another with the same figures."""
    earlier = Delivery.objects.filter(digest=arrival.digest).first()
    if earlier is None:
        return ngettext(
            "The file changes nothing: its %(count)s figure is there already.",
            "The file changes nothing: all its %(count)s figures are there already.",
            arrival.unchanged,
        ) % {"count": arrival.unchanged}
    received = timezone.localtime(earlier.received_at)
    return _("This file was received already, %(when)s, and all its figures are there.") % {
        "when": words.day_time(received, today=timezone.localdate(), language=get_language() or "da")
    }

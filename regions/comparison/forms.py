"""Bringing a file of framework conditions. The decision about it is any delivery's (`feeds.forms`)."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy, ngettext

from jobcenter.pages.privacy import without_cpr
from regions.feeds.fields import TableField


class ConditionFileForm(forms.Form):
    file = TableField(
        megabytes=2,
        missing=gettext_lazy("Choose the file with the framework conditions."),
        too_large=gettext_lazy("The file is larger than 2 MB."),
    )
    """Ten conditions of all jobcentres for ten years take less than a fifth of it."""

    source = forms.CharField(
        label=gettext_lazy("Source"),
        help_text=gettext_lazy("Whose figures they are, for example “Danmarks Statistik, HFUDD11”."),
        max_length=200,
        validators=[without_cpr],
        error_messages={"required": gettext_lazy("Write whose figures they are.")},
    )

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

"""The officer's decision and the jobcentre's answer: alike on the page and in the administration pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import Organisation, User
from jobcenter.pages.fields import Labelled
from regions.oversight.models import Flag

DAYS_TO_ANSWER = 14
"""What a jobcentre is given to answer a hearing, unless the officer says otherwise."""


def proposed_deadline() -> Any:
    return timezone.localdate() + timedelta(days=DAYS_TO_ANSWER)


class DecisionForm(forms.Form):
    """Dismiss, watch, or hear the jobcentre; each needs a reason."""

    decision = forms.ChoiceField(
        label=_("What is to happen?"),
        choices=[
            ("hearing", Labelled(_("Send to hearing"), hint=_("the jobcentre is asked before anything is decided"))),
            ("watch", Labelled(_("Watch one more period"), hint=_("the flag stands, nothing is done"))),
            ("dismiss", Labelled(_("Dismiss"), hint=_("data or model explain it"))),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is to happen.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Must be filled in. The jobcentre can read it, and it stands in the journal."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        error_messages={"required": _("Write the reason: the jobcentre can read it, and it stands in the journal.")},
    )
    due_on = forms.DateField(
        label=_("The jobcentre answers by"),
        help_text=_("Only for a hearing."),
        required=False,
        initial=proposed_deadline,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("decision") == "hearing" and "due_on" not in self.errors:
            due_on = cleaned.get("due_on")
            if not due_on:
                self.add_error("due_on", _("Say by when the jobcentre is to answer."))
            elif due_on <= timezone.localdate():
                self.add_error("due_on", _("The jobcentre needs a day in the future to answer by."))
        return cleaned

    def decide(self, flag: Flag, *, by: User, organisation: Organisation) -> Flag:
        """Carry out what was chosen. Raises TransitionRefused when somebody else was first."""
        chosen, reason = self.cleaned_data["decision"], self.cleaned_data["reason"]
        match chosen:
            case "hearing":
                return flag.send_to_hearing(
                    by=by, organisation=organisation, reason=reason, due_on=self.cleaned_data["due_on"]
                )
            case "watch":
                return flag.watch(by=by, organisation=organisation, reason=reason)
            case _:
                return flag.dismiss(by=by, organisation=organisation, reason=reason)


class AnswerForm(forms.Form):
    """What the jobcentre says in a hearing."""

    answer = forms.CharField(
        label=_("Your answer"),
        help_text=_("The area office reads it before anything is decided. It cannot be changed afterwards."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=5000,
        error_messages={"required": _("Write the jobcentre's answer.")},
    )

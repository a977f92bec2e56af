"""The officer's decision and the jobcentre's answer: alike on the page and in the administration pages."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jobcenter.pages.fields import DateInput, Labelled
from jobcenter.pages.privacy import without_cpr
from regions.oversight.deciding import Decision, nobody_to_ask, possible
from regions.oversight.models import Flag

DAYS_TO_ANSWER = 14
"""What a jobcentre is given to answer a hearing, unless the officer says otherwise."""

MEANS: dict[str, str | Promise] = {
    Decision.CONFIRM: _("there is a problem, and something is to be done about it"),
    Decision.HEARING: _("the jobcentre is asked before anything is decided"),
    Decision.WATCH: _("the flag stands, nothing is done"),
    Decision.DISMISS: _("data or model explain it"),
}


def proposed_deadline() -> date:
    return timezone.localdate() + timedelta(days=DAYS_TO_ANSWER)


class DecisionForm(forms.Form):
    """Dismiss, watch, or hear the jobcentre, as far as the flag's state allows; each needs a reason.

    `seen` is the state the form was opened in: who decides after somebody else has is told.
    """

    decision = forms.ChoiceField(
        label=_("What is to happen?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is to happen.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Must be filled in. The jobcentre can read it, and it stands in the journal."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
        validators=[without_cpr],
        error_messages={
            "required": _("Write the reason: the jobcentre can read it, and it stands in the journal.")
        },
    )
    due_on = forms.DateField(
        label=_("The jobcentre answers by"),
        help_text=_("Only for a hearing."),
        required=False,
        initial=proposed_deadline,
        widget=DateInput,
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=12)

    def __init__(self, *arguments: Any, flag: Flag, **named: Any) -> None:
        self.flag = flag
        super().__init__(*arguments, **named)
        self.fields["seen"].initial = flag.state
        self.fields["decision"].choices = [  # type: ignore[attr-defined]
            (decision.value, Labelled(str(decision.label), hint=str(MEANS[decision])))
            for decision in possible(flag)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("seen") != self.flag.state:
            # Shown again, the form is about what is there now.
            sent = {name: self.data[name] for name in self.data}
            self.data = {**sent, self.add_prefix("seen"): self.flag.state}
            self.add_error(
                None,
                _(
                    "Somebody else has changed this to “%(state)s” since you opened it. "
                    "Look at the history first."
                )
                % {"state": self.flag.get_state_display()},
            )
        if cleaned.get("decision") == Decision.HEARING:
            self._clean_hearing(cleaned)
        return cleaned

    def _clean_hearing(self, cleaned: dict[str, Any]) -> None:
        if "due_on" not in self.errors:
            due_on = cleaned.get("due_on")
            if not due_on:
                self.add_error("due_on", _("Say by when the jobcentre is to answer."))
            elif due_on <= timezone.localdate():
                self.add_error("due_on", _("The jobcentre needs a day in the future to answer by."))
        if not self.flag.jobcentre.managers().exists():
            self.add_error("decision", nobody_to_ask(self.flag))


class AnswerForm(forms.Form):
    """What the jobcentre says in a hearing."""

    answer = forms.CharField(
        label=_("Your answer"),
        help_text=_("The area office reads it before anything is decided. It cannot be changed afterwards."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=5000,
        validators=[without_cpr],
        error_messages={"required": _("Write the jobcentre's answer.")},
    )

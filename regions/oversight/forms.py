"""The officer's decision and the jobcentre's answer: alike on the page and in the administration pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from employers.enquiries.writing import files_field
from jobcenter.pages.fields import DateInput, Labelled
from jobcenter.pages.privacy import without_cpr
from regions.oversight.deciding import Decision, asks_for_reason, nobody_to_ask, possible
from regions.oversight.models import Finding, Flag, Question

MEANS: dict[str, str | Promise] = {
    Decision.REVIEW: _("it is yours from now on, and the data are checked"),
    Decision.CHECK: _("what you found, before the jobcentre is asked"),
    Decision.CONFIRM: _("there is a problem, and something is to be done about it"),
    Decision.HEARING: _("the jobcentre is asked before anything is decided"),
    Decision.WATCH: _("the flag stands, nothing is done"),
    Decision.DISMISS: _("data or model explain it"),
}


class DecisionForm(forms.Form):
    """The steps the flag's state allows, with what each demands; and the data check while it is reviewed.

    `seen` is the state the form was opened in: who decides after somebody else has is told.
    """

    decision = forms.ChoiceField(
        label=_("What is to happen?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is to happen.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Must be filled in where something is decided. The jobcentre can read it."),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        max_length=4000,
        validators=[without_cpr],
    )
    due_on = forms.DateField(
        label=_("The jobcentre answers by"),
        help_text=_("Only for a hearing."),
        required=False,
        widget=DateInput,
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=12)

    def __init__(self, *arguments: Any, flag: Flag, **named: Any) -> None:
        self.flag = flag
        super().__init__(*arguments, **named)
        self.fields["seen"].initial = flag.state
        self.fields["due_on"].initial = timezone.localdate() + timedelta(days=flag.rule.days_to_answer)
        self.fields["decision"].choices = [  # type: ignore[attr-defined]
            (decision.value, Labelled(str(decision.label), hint=str(MEANS[decision])))
            for decision in possible(flag)
        ]
        self.asks = [question for question in Question if Decision.CHECK in possible(flag)]
        for question in self.asks:
            self.fields[f"finding_{question}"] = forms.ChoiceField(
                label=question.label, choices=[("", "–"), *Finding.choices], required=False
            )
            self.fields[f"remark_{question}"] = forms.CharField(
                label=_("Remark"),
                required=False,
                max_length=500,
                validators=[without_cpr],
                # Five of them stand on a page: who hears it is told which one it is.
                widget=forms.TextInput(
                    attrs={"aria-label": format_lazy("{}: {}", _("Remark"), question.label)}
                ),
            )

    @property
    def data_check(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of each question: what was found, and the remark."""
        return [(self[f"finding_{question}"], self[f"remark_{question}"]) for question in self.asks]

    @property
    def findings(self) -> dict[str, tuple[str, str]]:
        """What a valid form says of each question."""
        said = self.cleaned_data
        return {
            question.value: (said[f"finding_{question}"], said[f"remark_{question}"])
            for question in self.asks
        }

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
        decision = cleaned.get("decision")
        lacks_reason = not cleaned.get("reason") and "reason" not in self.errors
        if decision and lacks_reason and asks_for_reason(decision, flag=self.flag):
            self.add_error(
                "reason", _("Write the reason: the jobcentre can read it, and it stands in the journal.")
            )
        if decision == Decision.HEARING:
            self._clean_hearing(cleaned)
        if decision == Decision.CHECK:
            self._clean_findings(cleaned)
        return cleaned

    def _clean_findings(self, cleaned: dict[str, Any]) -> None:
        for question in self.asks:
            finding, remark = (cleaned.get(f"{part}_{question}") for part in ("finding", "remark"))
            if not finding and f"finding_{question}" not in self.errors:
                self.add_error(f"finding_{question}", _("Answer every question of the data check."))
            elif finding != Finding.FINE and not remark and f"remark_{question}" not in self.errors:
                self.add_error(f"remark_{question}", _("Write a remark where the answer is not a plain yes."))

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
    attachments = files_field()

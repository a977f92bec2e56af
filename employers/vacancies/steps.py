"""What an employer, or a caseworker for them, may do with a vacancy: one form and one step of its life each.

The guards stand in the model; here is what is asked, what is said, and when a step is offered at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from employers.vacancies.models import FoundThrough, Outcome, State, Vacancy
from employers.vacancies.outcomes import FILLED
from jobcenter.accounts.models import Organisation, User
from jobcenter.pages.fields import DateInput, capitalised

ANSWERS = {
    Outcome.FILLED_AS_WANTED: _("Somebody with the profile you were looking for got the job."),
    Outcome.FILLED_OTHER_PROFILE: _("You hired somebody with other skills than you asked for."),
    Outcome.NOT_FILLED: _("You looked in vain: nobody suitable could be found."),
    Outcome.WITHDRAWN: _("You no longer need anybody, or have put it off."),
}
"""What an employer may answer, and what each answer means."""

FOUND_THROUGH = capitalised(FoundThrough.choices)
HELD_FROM_START = (State.SUBMITTED, State.HELD, State.RETURNED)


class StepForm(forms.Form):
    """A form about one vacancy; without fields it is one button."""

    def __init__(self, data: Any = None, *, vacancy: Vacancy, prefix: str | None = None) -> None:
        super().__init__(data, prefix=prefix)
        self.vacancy = vacancy
        self.ask()

    def ask(self) -> None:
        """Fit the fields to the vacancy."""


class ExtendForm(StepForm):
    """A later last day to apply, and the start, which must not be before it."""

    apply_by = forms.DateField(
        label=_("New last day to apply"),
        widget=DateInput,
        error_messages={
            "required": _("Write the new last day to apply"),
            "invalid": _("Write the last day to apply as a date that exists"),
        },
    )
    starts_on = forms.DateField(
        label=_("Start"),
        help_text=_("The first day at work."),
        widget=DateInput,
        error_messages={
            "required": _("Write the day of the start"),
            "invalid": _("Write the start as a date that exists"),
        },
    )

    def ask(self) -> None:
        self.initial = {"apply_by": self.vacancy.apply_by, "starts_on": self.vacancy.starts_on}

    def clean_apply_by(self) -> date:
        apply_by: date = self.cleaned_data["apply_by"]
        if apply_by <= self.vacancy.apply_by:
            raise forms.ValidationError(_("The new day must be later than the old one."))
        if apply_by < timezone.localdate():
            raise forms.ValidationError(
                _("The last day to apply lies in the past. Write today or a later day.")
            )
        return apply_by

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        apply_by, starts_on = cleaned.get("apply_by"), cleaned.get("starts_on")
        if apply_by and starts_on and starts_on < apply_by:
            self.add_error("starts_on", _("The start lies before the last day to apply. Change one of them."))
        return cleaned


class FillForm(StepForm):
    """How many of the positions are filled, with whom, and who found them."""

    number = forms.IntegerField(
        label=_("How many are filled now?"),
        min_value=1,
        error_messages={
            "required": _("Write how many positions are filled"),
            "invalid": _("Write the number of positions as a whole number"),
            "min_value": _("There must be at least 1 position"),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    outcome = forms.ChoiceField(
        label=_("With whom?"),
        choices=capitalised((one.value, one.label) for one in FILLED),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose with whom"),
            "invalid_choice": _("Choose one of the answers on the list"),
        },
    )
    found_through = forms.ChoiceField(
        label=_("Who got the job?"),
        choices=FOUND_THROUGH,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose who got the job"),
            "invalid_choice": _("Choose one of the answers on the list"),
        },
    )

    def clean_number(self) -> int:
        number: int = self.cleaned_data["number"]
        if number > self.vacancy.positions_left:
            raise forms.ValidationError(
                _("There are only %(left)d positions left.") % {"left": self.vacancy.positions_left}
            )
        return number


class CloseForm(StepForm):
    """What came of it, and who got the job where somebody did."""

    outcome = forms.ChoiceField(
        label=_("What came of it?"),
        choices=capitalised((one.value, one.label) for one in ANSWERS),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the four answers."),
            "invalid_choice": _("Choose one of the four answers."),
        },
    )
    found_through = forms.ChoiceField(
        label=_("Who got the job?"),
        help_text=_("Only if it is filled."),
        choices=[("", _("Not said")), *FOUND_THROUGH],
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of the answers on the list")},
    )

    def clean(self) -> dict[str, Any]:
        """Nobody got a job that was not filled."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("outcome") not in FILLED:
            cleaned["found_through"] = ""
        return cleaned


@dataclass(frozen=True)
class Step:
    """slug: in the address. says: what it leads to. fits: whether it is offered. done: what is said after."""

    slug: str
    name: str | Promise
    says: str | Promise
    done: str | Promise
    fits: Callable[[Vacancy], bool]
    take: Callable[..., Vacancy]
    form: type[StepForm] = StepForm

    def act(
        self, vacancy: Vacancy, form: StepForm, *, by: User | None, organisation: Organisation | None
    ) -> Vacancy:
        """Take the step. Raises TransitionRefused when somebody was there first."""
        return self.take(vacancy, by=by, organisation=organisation, **form.cleaned_data)


STEPS = {
    step.slug: step
    for step in (
        Step(
            "pause",
            _("Pause it: enough candidates for now"),
            _("It is not shown to anyone until you resume it. Nothing else changes."),
            _("The vacancy is paused."),
            lambda vacancy: vacancy.state == State.PUBLISHED,
            Vacancy.pause,
        ),
        Step(
            "genoptag",
            _("Show it again"),
            _("It is in the public search again at once."),
            _("The vacancy is shown again."),
            lambda vacancy: vacancy.state == State.PAUSED,
            Vacancy.resume,
        ),
        Step(
            "forlaeng",
            _("Give people longer to apply"),
            _("Those who follow it see the new day at once."),
            _("The last day to apply is moved."),
            lambda vacancy: vacancy.state != State.CLOSED,
            Vacancy.extend,
            ExtendForm,
        ),
        Step(
            "besat",
            _("Some of the positions are filled"),
            _("The others stay open. When the last is filled, the vacancy closes by itself."),
            _("The filled positions are noted."),
            lambda vacancy: (
                bool(vacancy.published_at) and vacancy.state != State.CLOSED and vacancy.positions_left > 1
            ),
            Vacancy.fill,
            FillForm,
        ),
        Step(
            "luk",
            _("Close the vacancy"),
            _("It is no longer shown to anyone. The answer tells which occupations lack people."),
            _("Thank you. The vacancy is closed, and is no longer shown to anyone."),
            lambda vacancy: vacancy.state != State.CLOSED,
            Vacancy.close,
            CloseForm,
        ),
        Step(
            "udfald",
            _("Tell what came of it"),
            _("The vacancy closed by itself when the last day to apply was over, and nobody has said."),
            _("Thank you. What came of it is noted."),
            lambda vacancy: vacancy.outcome == Outcome.UNKNOWN,
            Vacancy.tell_outcome,
            CloseForm,
        ),
    )
}


def possible(vacancy: Vacancy) -> list[Step]:
    """The steps that fit the vacancy now, in the order of its life."""
    return [step for step in STEPS.values() if step.fits(vacancy)]


def may_be_changed(vacancy: Vacancy) -> bool:
    """Whether its text is still the employer's to change: before it was published."""
    return vacancy.state in HELD_FROM_START and vacancy.published_at is None

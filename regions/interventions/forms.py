"""What a step asks for: the fields it needs, and a reason where the table demands one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from jobcenter.accounts.models import Membership
from jobcenter.centres.models import Jobcentre
from jobcenter.pages.fields import DateInput, DateTimeInput
from jobcenter.pages.privacy import without_cpr
from regions.comparison.models import Result
from regions.interventions import agreeing, closing, material
from regions.interventions.models import Action, Agreement, Intervention, Part, Target
from regions.interventions.opening import About
from regions.interventions.table import Demand, Step
from regions.measures.periods import Frequency, Period, latest_ended
from regions.oversight.models import Flag, FlagQuerySet

DAYS_TO_ANSWER = 14
"""What the other side is given to answer, unless the officer says otherwise."""

FIELDS: Mapping[str, tuple[str, ...]] = {
    "plan_meeting": ("starts_at", "place", "participants", "agenda"),
    "move_meeting": ("starts_at",),
    "hold_meeting": ("notes",),
    "rewrite_notes": ("notes",),
    "put_forward": ("answer_by",),
    "sign": ("version",),
    "offer_assistance": ("what_help", "hours_planned", "answer_by", "ends_on"),
    "finish_assistance": ("hours_used", "report"),
    "plan_follow_up": ("due_on", "what"),
}
"""Beside the reason. A step that is not here asks for nothing more."""


def text(label: Any, *, required: Any, limit: int, rows: int = 4, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=limit,
        validators=[without_cpr],
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": required},
    )


def line(label: Any, *, required: Any, limit: int, hint: Any = "", is_optional: bool = False) -> Any:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=limit,
        required=not is_optional,
        validators=[without_cpr],
        error_messages={"required": required},
    )


def day(label: Any, *, required: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DateInput, error_messages={"required": required})


def in_days(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


class StepForm(forms.Form):
    """Any step of the table but those with a page of their own; only its own fields are left in it."""

    starts_at = forms.DateTimeField(
        label=gettext_lazy("Time"),
        widget=DateTimeInput,
        error_messages={"required": gettext_lazy("Say when the meeting is")},
    )
    place = line(gettext_lazy("Place, or how"), required="", limit=200, is_optional=True)
    participants = line(
        gettext_lazy("Who takes part"),
        hint=gettext_lazy("By role, not by name: jobcentre manager, the area's consultant …"),
        required=gettext_lazy("Say who takes part, by role"),
        limit=400,
    )
    agenda = text(
        gettext_lazy("Agenda"),
        hint=gettext_lazy("One thing a line, proposed from the case. Printed with the jobcentre's results."),
        required=gettext_lazy("Write what is to be talked about"),
        limit=5000,
        rows=6,
    )
    notes = text(
        gettext_lazy("Notes"),
        hint=gettext_lazy(
            "What both saw, and what comes next. The jobcentre agrees, or says what it sees otherwise."
        ),
        required=gettext_lazy("Write what was said"),
        limit=10000,
        rows=8,
    )
    what_help = text(
        gettext_lazy("What the consultant helps with"),
        required=gettext_lazy("Write what the consultant helps with"),
        limit=3000,
    )
    hours_planned = forms.IntegerField(
        label=gettext_lazy("Hours planned"),
        min_value=1,
        max_value=2000,
        error_messages={"required": gettext_lazy("Say how many hours are planned")},
    )
    answer_by = day(
        gettext_lazy("The jobcentre answers by"),
        required=gettext_lazy("Say by when the jobcentre is to answer"),
    )
    ends_on = day(gettext_lazy("Report by"), required=gettext_lazy("Say when the report is there"))
    hours_used = forms.IntegerField(
        label=gettext_lazy("Hours used"),
        min_value=0,
        max_value=5000,
        error_messages={"required": gettext_lazy("Say how many hours were used")},
    )
    report = text(
        gettext_lazy("Report"),
        hint=gettext_lazy("What was found, what was changed, and what the jobcentre goes on with."),
        required=gettext_lazy("Write the report"),
        limit=10000,
        rows=8,
    )
    due_on = day(gettext_lazy("Day"), required=gettext_lazy("Say the day"))
    what = line(
        gettext_lazy("What is looked at"),
        required=gettext_lazy("Say what is looked at"),
        limit=300,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    reason = text(
        gettext_lazy("Reason"),
        hint=gettext_lazy("The other side reads it, and it stands in the journal."),
        required=gettext_lazy("Write the reason: the other side reads it, and it stands in the journal."),
        limit=4000,
        rows=5,
    )

    def __init__(self, data: Any = None, *, step: Step, thing: Intervention | Part) -> None:
        self.step, self.thing = step, thing
        super().__init__(data, initial=self._proposed())
        wanted = [*FIELDS.get(step.code, ()), *(["reason"] if Demand.REASON in step.demands else [])]
        self.fields = {name: self.fields[name] for name in wanted}
        if step.code == "do_follow_up":
            self.fields["reason"].label = _("What you see")
        if step.code == "object_to_notes":
            self.fields["reason"].label = _("What you see otherwise")

    def _proposed(self) -> dict[str, Any]:
        """What most would write: two weeks to answer, a report in three months, an agenda from the case."""
        proposed: dict[str, Any] = {
            "answer_by": in_days(DAYS_TO_ANSWER),
            "ends_on": in_days(90),
            "due_on": in_days(90),
        }
        if self.step.code == "plan_meeting":
            proposed["agenda"] = material.agenda(self.thing.intervention)
        for name in ("version", "notes", "starts_at"):
            if hasattr(self.thing, name):
                proposed[name] = getattr(self.thing, name)
        return proposed

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        today = timezone.localdate()
        if cleaned.get("starts_at") and cleaned["starts_at"] <= timezone.now():
            self.add_error("starts_at", _("A meeting is planned for a time to come."))
        if cleaned.get("answer_by") and cleaned["answer_by"] <= today:
            self.add_error("answer_by", _("The jobcentre needs a day in the future to answer by."))
        if cleaned.get("due_on") and cleaned["due_on"] < today:
            self.add_error("due_on", _("A follow-up is planned for a day to come."))
        answer, end = cleaned.get("answer_by"), cleaned.get("ends_on")
        if answer and end and end < answer:
            self.add_error("ends_on", _("The report comes after the answer."))
        if self.step.code == "hold_meeting" and self.thing.day and self.thing.day > today:
            self.add_error(None, _("The meeting has not been held yet."))
        return cleaned


class BeginForm(forms.Form):
    """From one or more confirmed flags of a jobcentre."""

    flags = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Which flags is it about?"),
        queryset=Flag.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose a flag at least")},
    )
    reason = text(
        gettext_lazy("Reason"),
        hint=gettext_lazy("The jobcentre reads it, and it stands in the journal."),
        required=gettext_lazy("Write the reason: the other side reads it, and it stands in the journal."),
        limit=4000,
    )

    def __init__(self, data: Any = None, *, flags: FlagQuerySet, chosen: Flag) -> None:
        super().__init__(data, initial={"flags": [chosen.pk]})
        self.fields["flags"].queryset = flags  # type: ignore[attr-defined]
        self.fields["flags"].label_from_instance = (  # type: ignore[attr-defined]
            lambda flag: f"{flag.measure}, {flag.target_group}"
        )


class HelpForm(forms.Form):
    """A jobcentre's wish: about measures it chooses, or about none in particular."""

    about = forms.MultipleChoiceField(
        label=gettext_lazy("About which results?"),
        help_text=gettext_lazy("Choose nothing if it is about something else."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = text(
        gettext_lazy("What do you want help with?"),
        required=gettext_lazy("Write what you want help with"),
        limit=4000,
        rows=6,
    )

    def __init__(self, data: Any = None, *, jobcentre: Jobcentre) -> None:
        super().__init__(data)
        self.pairs = by_key(compared(jobcentre))
        self.fields["about"].choices = [  # type: ignore[attr-defined]
            (key, f"{measure}, {group}") for key, (measure, group) in self.pairs.items()
        ]

    @property
    def chosen(self) -> list[About]:
        return [self.pairs[key] for key in self.cleaned_data["about"]]


class ReplyForm(forms.Form):
    """What the jobcentre has to say, at any time."""

    text = text(
        gettext_lazy("What the jobcentre has to say"),
        hint=gettext_lazy("It stands in the case and cannot be changed afterwards."),
        required=gettext_lazy("Write what the jobcentre has to say"),
        limit=5000,
    )


class TargetForm(forms.Form):
    """A line of the agreement: a measure, and where it goes by when."""

    pair = forms.ChoiceField(
        label=gettext_lazy("Measure and target group"),
        error_messages={"required": gettext_lazy("Choose a measure")},
    )
    from_value = forms.FloatField(
        label=gettext_lazy("From"),
        localize=True,
        error_messages={"required": gettext_lazy("Write where it is now")},
    )
    to_value = forms.FloatField(
        label=gettext_lazy("To"),
        localize=True,
        error_messages={"required": gettext_lazy("Write where it is to be")},
    )
    period = forms.ChoiceField(
        label=gettext_lazy("By the period"),
        error_messages={"required": gettext_lazy("Choose by when")},
    )

    def __init__(self, *arguments: Any, pairs: Mapping[str, About], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.pairs = pairs
        self.fields["pair"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *((key, f"{measure}, {group}") for key, (measure, group) in pairs.items()),
        ]
        self.fields["period"].choices = [("", _("Choose")), *coming()]  # type: ignore[attr-defined]

    def target(self) -> Target:
        """What is written, not saved."""
        measure, group = self.pairs[self.cleaned_data["pair"]]
        return Target(
            measure=measure,
            target_group=group,
            from_value=self.cleaned_data["from_value"],
            to_value=self.cleaned_data["to_value"],
            period=self.cleaned_data["period"],
        )


class ActionForm(forms.Form):
    """A line of the agreement: what somebody does, and by when."""

    what = line(gettext_lazy("What"), required=gettext_lazy("Write what is done"), limit=400)
    who = line(gettext_lazy("Who, by role"), required=gettext_lazy("Write who does it, by role"), limit=200)
    due_on = day(pgettext_lazy("a deadline", "By"), required=gettext_lazy("Say by when"))

    def action(self) -> Action:
        return Action(**{name: self.cleaned_data[name] for name in ("what", "who", "due_on")})


class EachOnce(forms.BaseFormSet):
    """No measure has two targets for one period."""

    def clean(self) -> None:
        seen: set[tuple[str, str]] = set()
        for form in self.forms:
            said = getattr(form, "cleaned_data", {})
            if not said.get("pair") or said.get("DELETE"):
                continue
            key = (said["pair"], said.get("period", ""))
            if key in seen:
                form.add_error("period", _("This measure has a target for that period already."))
            seen.add(key)


Targets = forms.formset_factory(TargetForm, formset=EachOnce, extra=1, max_num=12, can_delete=True)
Actions = forms.formset_factory(ActionForm, extra=1, max_num=20, can_delete=True)


class AgreementForm(forms.Form):
    """The draft of an agreement, whole: its purpose, with the lines of its targets and of its actions.

    It holds when every line does. drafted: the draft that is written anew; None where there is none yet.
    """

    purpose = text(
        gettext_lazy("What is agreed"),
        hint=gettext_lazy("In a few sentences: what is to be better, and how."),
        required=gettext_lazy("Write what is agreed"),
        limit=5000,
    )

    def __init__(self, data: Any = None, *, whole: Intervention, drafted: Agreement | None) -> None:
        super().__init__(data, initial={"purpose": drafted.purpose} if drafted else None)
        self.whole, self.drafted = whole, drafted
        self.targets = Targets(
            data,
            prefix="maal",
            initial=initial_targets(drafted) if drafted else proposed_targets(whole),
            form_kwargs={"pairs": by_key([*compared(whole.jobcentre), *concerned(whole)])},
        )
        self.actions = Actions(data, prefix="handling", initial=initial_actions(drafted) if drafted else None)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not (self.targets.is_valid() and self.actions.is_valid()):
            self.add_error(None, _("Something in the targets or actions must be put right."))
        return cleaned

    def save(self, *, by: Membership) -> Agreement:
        """Raises TransitionRefused as `agreeing.draft` and `agreeing.write` do, one of which it calls."""
        written: dict[str, Any] = {
            "purpose": self.cleaned_data["purpose"],
            "targets": [form.target() for form in self.targets if is_kept(form)],
            "actions": [form.action() for form in self.actions if is_kept(form)],
            "by": by,
        }
        if self.drafted:
            return agreeing.write(self.drafted, **written)
        return agreeing.draft(self.whole, **written)


def is_kept(form: forms.Form) -> bool:
    """A line that somebody has written in, and not crossed out."""
    return bool(form.cleaned_data) and not form.cleaned_data.get("DELETE")


def by_key(about: Iterable[About]) -> dict[str, About]:
    """Each once, under what a form knows it by."""
    return {f"{measure.pk}-{group.pk}": (measure, group) for measure, group in about}


def concerned(whole: Intervention) -> list[About]:
    """The measures and target groups the intervention is about."""
    return [(one.measure, one.target_group) for one in whole.concerns.all()]


def compared(jobcentre: Jobcentre) -> list[About]:
    """The measures and target groups the jobcentre has results on."""
    results = (
        Result.objects.filter(jobcentre=jobcentre)
        .select_related("comparison__measure", "comparison__target_group")
        .order_by("comparison__measure__code", "comparison__target_group__code")
    )
    return list(
        dict.fromkeys((result.comparison.measure, result.comparison.target_group) for result in results)
    )


def coming() -> Sequence[tuple[str, str]]:
    """The next two years of quarters, as four quarters to each: what results are told for."""
    language = get_language() or "da"
    last = latest_ended(Frequency.FOUR_QUARTERS, on=timezone.localdate()).last
    periods = [Period(Frequency.FOUR_QUARTERS, last + 3 * step) for step in range(1, 9)]
    return [(period.code, period.in_words(language=language)) for period in periods]


def proposed_targets(whole: Intervention) -> list[dict[str, Any]]:
    """A line for each measure it is about, from where it is now."""
    values = {(one["measure"], one["group"]): one["value"] for one in closing.figures(whole)}
    return [
        {
            "pair": f"{one.measure_id}-{one.target_group_id}",
            "from_value": _rounded(values.get((one.measure.code, one.target_group.code))),
        }
        for one in whole.concerns.all()
    ]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def initial_targets(agreement: Agreement) -> list[dict[str, Any]]:
    return [
        {
            "pair": f"{target.measure_id}-{target.target_group_id}",
            "from_value": target.from_value,
            "to_value": target.to_value,
            "period": target.period,
        }
        for target in agreement.targets.all()
    ]


def initial_actions(agreement: Agreement) -> list[dict[str, Any]]:
    return [
        {"what": action.what, "who": action.who, "due_on": action.due_on}
        for action in agreement.actions.all()
    ]

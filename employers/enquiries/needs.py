"""The second step where nobody is to be recruited: a short form of its own for each kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, ClassVar, cast

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.enquiries.kinds import WORDS
from employers.enquiries.models import OF_KIND, Details, Kind
from employers.enquiries.models.details import InclusiveDetails, RetentionDetails, WageSubsidyDetails
from employers.vacancies.fields import Line, hours_field
from employers.vacancies.models.vacancy import AHEAD
from jobcenter.pages.fields import TOO_LONG, DateInput, Labelled
from jobcenter.pages.health import health_words
from jobcenter.pages.privacy import without_cpr

Text = Any
"""A sentence, or one that is looked up when it is read."""

YEARS_BACK = timedelta(days=3653)
"""Nobody asks for help with what began longer ago: an earlier date is a slip of the hand."""


def labelled(name: Text, *, hint: Text = "") -> Labelled:
    """A choice in words, which are looked up in the language of whoever reads them."""
    return Labelled(cast("str", name), hint=cast("str", hint))


def whole_number(label: Text, *, most: int, required: Text, hint: Text = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=hint,
        min_value=1,
        max_value=most,
        error_messages={
            "required": required,
            "invalid": _("Write a whole number, for example 2"),
            "min_value": _("Write at least 1"),
            "max_value": _("Write at most %(limit_value)d"),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def day(label: Text, *, required: Text | None, hint: Text = "") -> forms.DateField:
    """`required` None: it may be left out."""
    messages: dict[str, Text] = {"invalid": _("Write a date that exists")}
    if required:
        messages["required"] = required
    return forms.DateField(
        label=label,
        help_text=hint,
        required=bool(required),
        widget=DateInput,
        error_messages=messages,
    )


def choice(
    label: Text, choices: list[tuple[str, Any]], *, required: Text, hint: Text = ""
) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": required, "invalid_choice": _("Choose one of the answers")},
    )


def line(label: Text, *, most: int, required: Text | None, hint: Text = "") -> Line:
    messages: dict[str, Text] = {"max_length": TOO_LONG}
    if required:
        messages["required"] = required
    return Line(
        label=label,
        help_text=hint,
        required=bool(required),
        max_length=most,
        validators=[without_cpr],
        error_messages=messages,
    )


class MessageForm(forms.Form):
    """What is needed, in the employer's own words; a kind with more to ask adds its fields to it."""

    WIDTHS: ClassVar[dict[str, str]] = {}
    """How wide the short fields are; the others take the whole column."""

    message = forms.CharField(
        max_length=5000,
        validators=[without_cpr],
        error_messages={"required": _("Write what you need"), "max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def __init__(self, data: Any = None, *, kind: str, **named: Any) -> None:
        super().__init__(data, **named)
        self.kind = kind
        field = self.fields["message"]
        field.label, field.help_text = str(WORDS[kind].label), str(WORDS[kind].hint)
        for one in self.fields.values():
            one.widget.attrs.pop("maxlength", None)
        if len(self.fields) > 1:
            field.widget.attrs["rows"] = 5

    @property
    def rows(self) -> Iterator[tuple[BoundField, str]]:
        """Every field with its width."""
        for bound in self:
            yield bound, self.WIDTHS.get(bound.name, "xl")

    def details(self) -> Details | None:
        """What was answered beside the message, not saved yet; None where nothing else is asked."""
        table = OF_KIND.get(self.kind)
        if not table:
            return None
        return table(**{name: value for name, value in self.cleaned_data.items() if name != "message"})

    def health_words(self) -> list[str]:
        """Words about health in what was typed: not refused, but the employer is asked to look again."""
        texts = (str(value) for value in self.cleaned_data.values() if isinstance(value, str))
        return health_words(" ".join(texts))

    # --- judging -----------------------------------------------------------------------------------------

    def clean_starts_on(self) -> date:
        return self._ahead("starts_on")

    def _ahead(self, name: str) -> date:
        """From today until two years from now."""
        typed: date = self.cleaned_data[name]
        if typed < timezone.localdate():
            raise forms.ValidationError(_("The date lies in the past. Write today or a later day."))
        if typed > timezone.localdate() + AHEAD:
            raise forms.ValidationError(_("The date lies more than two years ahead. Check the year."))
        return typed


class WageSubsidyForm(MessageForm):
    WIDTHS = {"positions": "xxs", "hours": "xxs", "starts_on": "s"}

    positions = whole_number(
        _("How many positions?"), most=50, required=_("Write how many positions there are")
    )
    hours = hours_field(help_text=_("For each person, for example 37 or 32.5."))
    starts_on = day(_("When could it start?"), required=_("Write when it could start"))
    person_is_known = choice(
        _("Do you already know whom you want to hire?"),
        [
            (
                "yes",
                labelled(_("Yes"), hint=_("Leave out the name and the CPR number; we call you.")),
            ),
            ("no", labelled(_("No"), hint=_("We suggest candidates."))),
        ],
        required=_("Choose whether you know the person already"),
    )
    sector = choice(
        _("Is the workplace private or public?"),
        [
            (WageSubsidyDetails.Sector.PRIVATE.value, _("Private")),
            (
                WageSubsidyDetails.Sector.PUBLIC.value,
                labelled(_("Public"), hint=_("State, region, municipality, or mostly paid by them.")),
            ),
        ],
        required=_("Choose whether the workplace is private or public"),
        hint=_("The conditions differ."),
    )

    def clean_person_is_known(self) -> bool:
        return str(self.cleaned_data["person_is_known"]) == "yes"


class WorkTrialForm(MessageForm):
    WIDTHS = {"weeks": "xxs", "hours": "xxs", "starts_on": "s", "mentor": "l"}

    weeks = whole_number(
        _("How many weeks?"),
        most=26,
        required=_("Write how many weeks"),
        hint=_("Often 4 to 13. The jobcentre decides how long it may be for the person."),
    )
    hours = hours_field(help_text=_("For example 37 or 20."))
    starts_on = day(_("From when?"), required=_("Write when it could start"))
    mentor = line(
        _("Who looks after the person?"),
        most=120,
        required=None,
        hint=_("Name or job title of a colleague, if you know it."),
    )


class InclusiveForm(MessageForm):
    WIDTHS = {"hours": "xxs"}

    field_order = ("scheme", "message", "hours")
    scheme = choice(
        _("What do you have in mind?"),
        [
            (
                InclusiveDetails.Scheme.FLEXJOB.value,
                labelled(_("Flexjob"), hint=_("Few hours, or tasks that are adapted, for a longer time.")),
            ),
            (
                InclusiveDetails.Scheme.PROTECTED.value,
                labelled(_("Protected job"), hint=_("For a person on early retirement pension.")),
            ),
            (
                InclusiveDetails.Scheme.PARTNERSHIP.value,
                labelled(_("Partnership"), hint=_("An agreement with the jobcentre about several people.")),
            ),
            (
                InclusiveDetails.Scheme.UNSURE.value,
                labelled(_("We do not know yet"), hint=_("The caseworker helps you choose.")),
            ),
        ],
        required=_("Choose what you have in mind"),
    )
    hours = hours_field(help_text=_("How many hours of work there are for one person, for example 12."))


class RetentionForm(MessageForm):
    WIDTHS = {"job": "l", "since": "s"}

    field_order = ("need", "job", "message", "since")
    need = choice(
        _("What do you need most?"),
        [
            (
                RetentionDetails.Need.KEEP.value,
                labelled(_("Keep an employee"), hint=_("For example after a long time away.")),
            ),
            (
                RetentionDetails.Need.MENTOR.value,
                labelled(_("A mentor"), hint=_("For an employee who needs a hand to settle in.")),
            ),
            (
                RetentionDetails.Need.UPSKILL.value,
                labelled(_("Upskilling"), hint=_("New demands, a course, or an apprenticeship for adults.")),
            ),
        ],
        required=_("Choose what you need most"),
    )
    job = line(
        _("Which job is it?"),
        most=120,
        required=_("Write which job it is"),
        hint=_("The job, not the person: for example “machine operator”."),
    )
    since = day(_("Since when?"), required=None, hint=_("If something has changed from a certain day."))

    def clean_since(self) -> date | None:
        typed: date | None = self.cleaned_data["since"]
        if typed and typed > timezone.localdate():
            raise forms.ValidationError(_("The date lies ahead. Write when it changed, or leave it out."))
        if typed and typed < timezone.localdate() - YEARS_BACK:
            raise forms.ValidationError(_("The date lies more than ten years back. Check the year."))
        return typed


class DismissalsForm(MessageForm):
    WIDTHS = {"affected": "xxs", "ends_on": "s", "contact": "l"}

    field_order = ("affected", "message", "ends_on", "contact")
    affected = whole_number(
        _("How many lose their job?"), most=20_000, required=_("Write how many lose their job")
    )
    ends_on = day(
        _("When do the first ones stop?"),
        required=_("Write when the first ones stop"),
        hint=_("A day you expect is enough."),
    )
    contact = line(
        _("Whom can we talk to about it?"),
        most=200,
        required=None,
        hint=_("If it is not the contact person: name and telephone, for example of a shop steward."),
    )

    def clean_ends_on(self) -> date:
        return self._ahead("ends_on")


class JobRotationForm(MessageForm):
    WIDTHS = {"employees": "xxs", "substitutes": "xxs", "starts_on": "s", "ends_on": "s"}

    employees = whole_number(
        _("How many employees go on training?"), most=500, required=_("Write how many employees")
    )
    substitutes = whole_number(
        _("How many substitutes do you need?"), most=500, required=_("Write how many substitutes")
    )
    starts_on = day(_("When does the training begin?"), required=_("Write when the training begins"))
    ends_on = day(_("When does it end?"), required=_("Write when the training ends"))

    def clean_ends_on(self) -> date:
        return self._ahead("ends_on")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        begins, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", _("The training ends before it begins. Correct one of the dates."))
        return cleaned


FORMS: dict[str, type[MessageForm]] = {
    Kind.WAGE_SUBSIDY: WageSubsidyForm,
    Kind.WORK_TRIAL: WorkTrialForm,
    Kind.INCLUSIVE: InclusiveForm,
    Kind.RETENTION: RetentionForm,
    Kind.DISMISSALS: DismissalsForm,
    Kind.JOB_ROTATION: JobRotationForm,
    Kind.OTHER: MessageForm,
}
"""Recruiting has the form of a vacancy instead."""

"""The application for a wage subsidy or a work trial, with its arithmetic: the longest form of the room."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from babel.dates import format_date
from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from employers.placements import conditions
from employers.placements.applying import Application
from employers.placements.conditions import Case, Findings
from employers.placements.deciding import asks_for_priority
from employers.placements.models import (
    Group,
    Kind,
    Placement,
    PriorityAccess,
    Sector,
)
from employers.placements.references import without_initials
from employers.vacancies.fields import Decimals, Line, OccupationForm, hours_field
from jobcenter.pages.fields import TOO_LONG, DateInput, capitalised
from jobcenter.pages.privacy import without_cpr

AHEAD = timedelta(days=365)
"""No start lies further ahead: the staff figures would say nothing about it."""

MOST_STAFF = Decimal("99999.99")
LOCALES = {"da": "da_DK", "en": "en_GB"}


def staff_field(label: str, *, required: bool = True) -> Decimals:
    return Decimals(
        label=label,
        required=required,
        min_value=Decimal(0),
        max_value=MOST_STAFF,
        decimal_places=2,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Write the number of ordinary staff, for example 31.4"),
            "invalid": _("Write the staff as a number, for example 31.4"),
            "min_value": _("There cannot be fewer than 0 staff"),
            "max_value": _("That is more staff than any workplace has"),
            "max_decimal_places": _("Write the staff with at most two decimals"),
        },
    )


class ApplicationForm(OccupationForm):
    """What an employer, or a caseworker for them, applies with. `findings` is its arithmetic.

    Not everything need be typed for the arithmetic: dates, hours and the staff of the workplace are enough.
    """

    field_order = ["label"]

    label = Line(
        label=gettext_lazy("The work in a few words"),
        help_text=gettext_lazy(
            "As a job title. It tells your applications apart; write no name, initials or CPR number."
        ),
        max_length=80,
        validators=[without_cpr, without_initials],
        error_messages={
            "required": gettext_lazy("Write what the work is in a few words"),
            "max_length": TOO_LONG,
        },
    )
    tasks = forms.CharField(
        label=gettext_lazy("Tasks, and who looks after the person"),
        max_length=2000,
        validators=[without_cpr],
        error_messages={
            "required": gettext_lazy("Write which tasks there are"),
            "max_length": TOO_LONG,
        },
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    sector = forms.ChoiceField(
        label=gettext_lazy("You are a"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose private or public employer")},
    )
    group = forms.ChoiceField(
        label=gettext_lazy("What does the person live on?"),
        help_text=gettext_lazy("It decides how long it may last. The jobcentre knows if you do not."),
        required=False,
    )
    starts_on = forms.DateField(
        label=gettext_lazy("First day"),
        widget=DateInput,
        error_messages={
            "required": gettext_lazy("Write the first day"),
            "invalid": gettext_lazy("Write the first day as a date that exists"),
        },
    )
    ends_on = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=DateInput,
        error_messages={
            "required": gettext_lazy("Write the last day"),
            "invalid": gettext_lazy("Write the last day as a date that exists"),
        },
    )
    hours = hours_field(
        gettext_lazy("Hours a week"), help_text=gettext_lazy("From 1 to 48, for example 37 or 32.5.")
    )
    elsewhere = forms.IntegerField(
        label=gettext_lazy("Others in a scheme at the workplace"),
        help_text=gettext_lazy(
            "People with a wage subsidy, in a work trial or in community work there whom no jobcentre has "
            "granted here. Write 0 if there are none."
        ),
        initial=0,
        min_value=0,
        max_value=999,
        error_messages={
            "required": gettext_lazy("Write 0 if there are none"),
            "invalid": gettext_lazy("Write the number as a whole number"),
            "min_value": gettext_lazy("There cannot be fewer than 0"),
            "max_value": gettext_lazy("Write at most 999"),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    is_new_post = forms.BooleanField(
        label=gettext_lazy(
            "The post replaces nobody who was dismissed or left within the last three months, and the person "
            "was not last employed by us"
        ),
        required=False,
    )
    situation = forms.ChoiceField(
        label=gettext_lazy("Has anybody asked for priority access to the post because of a disability?"),
        help_text=gettext_lazy("Write nothing about the disability."),
        required=False,
        widget=forms.RadioSelect,
    )
    interview_on = forms.DateField(
        label=gettext_lazy("The applicant was offered an interview on"),
        required=False,
        widget=DateInput,
        error_messages={"invalid": gettext_lazy("Write the day of the interview as a date that exists")},
    )
    priority_reason = forms.CharField(
        label=gettext_lazy("Why the applicant does not get the post"),
        required=False,
        max_length=2000,
        validators=[without_cpr],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": TOO_LONG},
    )
    explanation = forms.CharField(
        label=gettext_lazy("Your explanation"),
        help_text=gettext_lazy(
            "Only when a condition above is not met: say why you apply all the same, for example that it is "
            "met on the first day."
        ),
        required=False,
        max_length=2000,
        validators=[without_cpr],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": TOO_LONG},
    )
    representative_name = Line(
        label=gettext_lazy("The employees' representative"),
        help_text=gettext_lazy(
            "The shop steward of the trade at the workplace; where there is none, a representative of the "
            "employees."
        ),
        required=False,
        max_length=120,
        validators=[without_cpr],
    )
    representative_email = forms.EmailField(
        label=gettext_lazy("The representative's e-mail"),
        help_text=gettext_lazy("We ask them to confirm. Leave both empty if you have no employees."),
        required=False,
        max_length=254,
        error_messages={"invalid": gettext_lazy("Write an e-mail address such as navn@virksomhed.dk")},
    )

    def __init__(self, *arguments: Any, placement: Placement, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.placement = placement
        self.fields["occupation"].required = False
        self.is_subsidy = placement.kind == Kind.WAGE_SUBSIDY
        self.rule = conditions.rule_on(self.today)
        self.staff_names = [f"staff_{number}" for number in range(self.rule.months)]
        self.fields["sector"].choices = capitalised(Sector.choices)  # type: ignore[attr-defined]
        self.fields["group"].choices = [("", _("We do not know")), *capitalised(Group.choices)]  # type: ignore[attr-defined]
        self.fields["situation"].choices = capitalised(PriorityAccess.Situation.choices)  # type: ignore[attr-defined]
        for name, month in zip(self.staff_names, self.months(self.rule.months), strict=True):
            self.fields[name] = staff_field(month)
        if self.is_subsidy:
            for name, label in self._company_labels().items():
                self.fields[name] = staff_field(label)
        else:
            for name in ("is_new_post", "situation", "interview_on", "priority_reason"):
                del self.fields[name]
        for name in ("label", "occupation", "tasks", "explanation", "priority_reason"):
            if name in self.fields:
                # The limits are judged here, with sentences that a browser's own could not say.
                self.fields[name].widget.attrs.pop("maxlength", None)

    def months(self, number: int) -> list[str]:
        """The names of the latest whole months, the oldest first: “juli 2026”."""
        locale = LOCALES["en" if (get_language() or "da").startswith("en") else "da"]
        first = self.today.year * 12 + self.today.month - 1 - number
        found = []
        for count in range(first, first + number):
            year, month = divmod(count, 12)
            found.append(format_date(date(year, month + 1, 1), "MMMM y", locale=locale))
        return found

    def _company_labels(self) -> dict[str, str]:
        return {
            "company_last_month": _("All of the company, %(month)s") % {"month": self.months(1)[0]},
            "company_average": _("All of the company, average of the last %(months)d months")
            % {"months": self.rule.increase_months},
        }

    @property
    def staff_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.staff_names]

    def clean_starts_on(self) -> date:
        starts_on: date = self.cleaned_data["starts_on"]
        if starts_on < self.today:
            raise forms.ValidationError(_("The first day lies in the past. Write today or a later day."))
        if starts_on > self.today + AHEAD:
            raise forms.ValidationError(_("The first day lies more than a year ahead. Check the year."))
        return starts_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day lies before the first. Change one of them."))
        if self.is_subsidy:
            self._clean_subsidy(cleaned)
        self._clean_representative(cleaned)
        if self.findings and self.findings.unmet() and not cleaned.get("explanation"):
            self.add_error(
                "explanation",
                _("A condition is not met. Say why you apply all the same, or change what is not met."),
            )
        return cleaned

    def _clean_subsidy(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("is_new_post"):
            self.add_error(
                "is_new_post",
                _("A wage subsidy is given for a new post only. Tick it if that is so, or talk to us first."),
            )
        if not asks_for_priority(kind=self.placement.kind, sector=cleaned.get("sector", "")):
            return
        situation = cleaned.get("situation")
        if not situation:
            self.add_error("situation", _("A public employer answers this before the post is filled."))
        if situation == PriorityAccess.Situation.NOT_HIRED:
            if not cleaned.get("interview_on") and "interview_on" not in self.errors:
                self.add_error("interview_on", _("Write the day the applicant was offered an interview"))
            if not cleaned.get("priority_reason") and "priority_reason" not in self.errors:
                self.add_error("priority_reason", _("Give the reason in writing: the law asks for it"))

    def _clean_representative(self, cleaned: dict[str, Any]) -> None:
        name, email = cleaned.get("representative_name"), cleaned.get("representative_email")
        if name and not email and "representative_email" not in self.errors:
            self.add_error("representative_email", _("Write where we can ask the representative"))
        if email and not name and "representative_name" not in self.errors:
            self.add_error("representative_name", _("Write the name of the representative"))
        if email and email.casefold() == self.placement.person.email.casefold():
            self.add_error(
                "representative_email",
                _("This is your own address. The employees' representative is asked, not the employer."),
            )
        has_staff = any(cleaned.get(staff) for staff in self.staff_names)
        if (
            has_staff
            and not name
            and not email
            and not {"representative_name", "representative_email"} & set(self.errors)
        ):
            self.add_error("representative_name", _("Name the employees' representative: you have employees"))

    @cached_property
    def findings(self) -> Findings | None:
        """The arithmetic of what is typed; None until dates, hours and the workplace's staff are there."""
        cleaned = getattr(self, "cleaned_data", {})
        staff = [cleaned.get(name) for name in self.staff_names]
        starts_on, ends_on, hours = (cleaned.get(name) for name in ("starts_on", "ends_on", "hours"))
        if not (starts_on and ends_on and hours) or ends_on < starts_on or None in staff:
            return None
        return conditions.look(
            Case(
                workplace=self.placement.workplace,
                kind=self.placement.kind,
                sector=cleaned.get("sector", ""),
                group=cleaned.get("group", ""),
                starts_on=starts_on,
                ends_on=ends_on,
                hours=hours,
                staff=[number for number in staff if number is not None],
                company_last_month=cleaned.get("company_last_month"),
                company_average=cleaned.get("company_average"),
                elsewhere=cleaned.get("elsewhere") or 0,
                placement=self.placement.pk,
            )
        )

    def application(self) -> Application:
        """What a valid form applies for."""
        cleaned = self.cleaned_data
        names = ("label", "tasks", "sector", "group", "starts_on", "ends_on", "hours", "elsewhere")
        said = {name: cleaned[name] for name in (*names, "explanation")}
        said |= {
            "occupation": cleaned["occupation"] or None,
            "workplace_staff": [cleaned[name] for name in self.staff_names],
            "company_last_month": cleaned.get("company_last_month"),
            "company_average": cleaned.get("company_average"),
            "is_new_post": cleaned.get("is_new_post", False),
        }
        return Application(
            said=said,
            representative_name=cleaned["representative_name"],
            representative_email=cleaned["representative_email"],
            was_warned=bool(self.findings and self.findings.unmet()),
            priority=self._priority(),
        )

    def _priority(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if not asks_for_priority(kind=self.placement.kind, sector=cleaned["sector"]):
            return {}
        situation = cleaned["situation"]
        if situation != PriorityAccess.Situation.NOT_HIRED:
            return {"situation": situation}
        return {
            "situation": situation,
            "interview_on": cleaned["interview_on"],
            "reason": cleaned["priority_reason"],
        }

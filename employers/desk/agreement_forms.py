"""A cooperation agreement as a manager writes it down, and the reason for refusing or ending one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from employers.desk.agreement_words import HOURS_OF_A_DAY, SHARED, working_time
from employers.vacancies.fields import Line
from jobcenter.centres.agreeing import Proposal
from jobcenter.centres.models import Agreement, Jobcentre, Shared
from jobcenter.classifications.models import Industry, Occupation
from jobcenter.pages.fields import TOO_LONG, DateInput, Labelled
from jobcenter.pages.privacy import without_cpr

HOURS = (2, 4, HOURS_OF_A_DAY, 2 * HOURS_OF_A_DAY, 3 * HOURS_OF_A_DAY, 5 * HOURS_OF_A_DAY)
NOTICE = (14, 30, 90, 180)
OCCUPATION_LEVEL = 2
"""The 43 sub-major groups: what the partners name when they speak of a trade."""


class AgreementForm(forms.Form):
    """Partners, period, purpose, what it is about, what is shared, and how soon a partner answers.

    `version` goes with it where a draft is changed: of two who change it the second is told.
    """

    name = Line(
        label=_("What is the agreement called?"),
        max_length=120,
        error_messages={
            "required": _("Write what the agreement is called"),
            "max_length": TOO_LONG,
        },
    )
    purpose = forms.CharField(
        label=_("Purpose"),
        help_text=_("What the partners help each other with. All partners read it."),
        max_length=2000,
        validators=[without_cpr],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what the partners help each other with")},
    )
    partners = forms.ModelMultipleChoiceField(
        label=_("Partners in your labour catchment"),
        help_text=_("Your own jobcentre is always one."),
        required=False,
        queryset=Jobcentre.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    farther = forms.ModelMultipleChoiceField(
        label=_("Partners in the rest of the country"),
        required=False,
        queryset=Jobcentre.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    lead_office = forms.ModelChoiceField(
        label=_("Lead office"),
        help_text=_("The partner that calls the others together and answers for the text."),
        queryset=Jobcentre.objects.none(),
        error_messages={"required": _("Choose which of the partners leads the cooperation")},
    )
    valid_from = forms.DateField(
        label=_("From"),
        widget=DateInput(),
        error_messages={"required": _("Write the first day of the agreement")},
    )
    valid_to = forms.DateField(
        label=_("Until"),
        help_text=_("The first day it is no longer in force. Leave it empty if it has no end."),
        required=False,
        widget=DateInput(),
    )
    industries = forms.ModelMultipleChoiceField(
        label=_("About which industries?"),
        help_text=_("Choose nothing if it is about all industries."),
        required=False,
        queryset=Industry.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    occupations = forms.ModelMultipleChoiceField(
        label=_("About which occupations?"),
        help_text=_("Choose nothing if it is about all occupations."),
        required=False,
        queryset=Occupation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    shared = forms.MultipleChoiceField(
        label=_("What do the partners let each other see?"),
        help_text=_("Confidential enquiries are never shared."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    answer_hours = forms.TypedChoiceField(
        label=_("How soon does a partner answer when it is asked for help?"), coerce=int, initial=8
    )
    notice_days = forms.TypedChoiceField(
        label=_("With what notice may a partner end it?"), coerce=int, initial=30
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, jobcentre: Jobcentre, agreement: Agreement | None = None) -> None:
        super().__init__(data, initial=_said(agreement) if agreement else None)
        today = timezone.localdate()
        self.jobcentre = jobcentre
        everybody = Jobcentre.objects.valid(today)
        near = set(Jobcentre.objects.sharing_labour_with(jobcentre, on=today).values_list("pk", flat=True))
        self._choose_among("partners", everybody.filter(pk__in=near).exclude(pk=jobcentre.pk))
        self._choose_among("farther", everybody.exclude(pk__in=near).exclude(pk=jobcentre.pk))
        self._choose_among("lead_office", everybody)
        self._choose_among("industries", _sections())
        self._choose_among("occupations", Occupation.objects.valid(today).filter(level=OCCUPATION_LEVEL))
        self.fields["shared"].choices = [  # type: ignore[attr-defined]
            (code.value, Labelled(capfirst(str(code.label)), SHARED[code]())) for code in Shared
        ]
        self.fields["answer_hours"].choices = [(one, capfirst(working_time(one))) for one in HOURS]  # type: ignore[attr-defined]
        self.fields["notice_days"].choices = [(one, _days(one)) for one in NOTICE]  # type: ignore[attr-defined]
        if agreement:
            self.initial["farther"] = [pk for pk in self.initial["partners"] if pk not in near]
        else:
            self.initial = {"valid_from": today, "lead_office": jobcentre}

    def _choose_among(self, name: str, rows: QuerySet[Any]) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        chosen = [self.jobcentre, *cleaned.get("partners", ()), *cleaned.get("farther", ())]
        if len(chosen) < 2 and not {"partners", "farther"} & set(self.errors):
            self.add_error("partners", _("Choose at least one other jobcentre"))
        lead = cleaned.get("lead_office")
        if lead and lead not in chosen:
            self.add_error("lead_office", _("The lead office must be one of the partners."))
        first, last = cleaned.get("valid_from"), cleaned.get("valid_to")
        if first and last and last <= first:
            self.add_error("valid_to", _("The last date must be after the first."))
        return cleaned

    @property
    def proposal(self) -> Proposal:
        """What is proposed, once the form is valid."""
        said = dict(self.cleaned_data)
        said.pop("version")
        partners = [self.jobcentre, *said.pop("partners"), *said.pop("farther")]
        return Proposal(partners=partners, **said)


class ReasonForm(forms.Form):
    """Why a draft is refused, or an agreement ended; and which wording one has read."""

    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("The other partners read it."),
        max_length=1000,
        validators=[without_cpr],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why: the other partners read it.")},
    )


class ReadForm(forms.Form):
    """Which wording somebody has read before they take a step."""

    version = forms.IntegerField(min_value=1, max_value=1_000_000)


def _days(number: int) -> str:
    return str(_("%(number)d days") % {"number": number})


def _sections() -> QuerySet[Industry]:
    return Industry.objects.filter(version=Industry.Version.NACE_2_1, level=1).order_by("code")


def _said(agreement: Agreement) -> dict[str, Any]:
    partners = agreement.partners.all()
    pks = [one.jobcentre_id for one in partners]
    return {
        "name": agreement.name,
        "purpose": agreement.purpose,
        "partners": pks,
        "lead_office": next((one.jobcentre_id for one in partners if one.is_lead), None),
        "valid_from": agreement.valid_from,
        "valid_to": agreement.valid_to,
        "industries": [one.pk for one in agreement.industries.all()],
        "occupations": [one.pk for one in agreement.occupations.all()],
        "shared": agreement.shared,
        "answer_hours": agreement.answer_hours,
        "notice_days": agreement.notice_days,
        "version": agreement.version,
    }

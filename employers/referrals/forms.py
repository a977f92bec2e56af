"""What is said of a candidate, a referral, and an employer's answer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db import models
from django.db.models import Count, F, Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from employers.companies.models import Company, Person
from employers.referrals.models import (
    OPEN,
    WITH_EMPLOYER,
    Basis,
    Candidate,
    CandidateQuerySet,
    NotSuitable,
    Referral,
    ReferralQuerySet,
    Skill,
    State,
)
from employers.vacancies.fields import OccupationForm, hours_field
from employers.vacancies.models import Vacancy
from jobcenter.centres.models import Jobcentre
from jobcenter.geography.models import Municipality
from jobcenter.pages.fields import DateInput, capitalised
from jobcenter.pages.privacy import without_cpr

USUAL_DAYS = 7
LONGEST = timedelta(days=60)
AHEAD = timedelta(days=365)


class CandidateForm(OccupationForm):
    """Everything is chosen or a number: there is no field in which something could be written of a person."""

    skills = forms.MultipleChoiceField(
        label=gettext_lazy("Skills"), required=False, widget=forms.CheckboxSelectMultiple
    )
    municipality = forms.ModelChoiceField(
        label=gettext_lazy("Lives in"),
        queryset=Municipality.objects.none(),
        error_messages={"required": gettext_lazy("Choose the municipality")},
    )
    reach_km = forms.IntegerField(
        label=gettext_lazy("Travels up to (km)"),
        min_value=5,
        max_value=200,
        initial=30,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Write how far the candidate travels"),
            "invalid": gettext_lazy("Write the kilometres as a whole number"),
            "min_value": gettext_lazy("Between 5 and 200 kilometres."),
            "max_value": gettext_lazy("Between 5 and 200 kilometres."),
        },
    )
    fewest_hours = hours_field(gettext_lazy("Fewest hours a week"))
    most_hours = hours_field(gettext_lazy("Most hours a week"))
    from_day = forms.DateField(
        label=gettext_lazy("Can begin from"),
        widget=DateInput,
        error_messages={
            "required": gettext_lazy("Write the day from which the candidate can begin"),
            "invalid": gettext_lazy("Write the day as a date that exists"),
        },
    )
    basis = forms.ChoiceField(
        label=gettext_lazy("Basis for showing the candidate to employers and other jobcentres"),
        help_text=gettext_lazy("Without a basis the candidate is for your own jobcentre only."),
        required=False,
    )
    shown_since = forms.DateField(
        label=gettext_lazy("Shown outside since"),
        required=False,
        widget=DateInput,
        error_messages={"invalid": gettext_lazy("Write the day as a date that exists")},
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["skills"].choices = capitalised(Skill.choices)  # type: ignore[attr-defined]
        self.fields["basis"].choices = [("", _("No basis")), *capitalised(Basis.choices)]  # type: ignore[attr-defined]
        self.fields["municipality"].queryset = Municipality.objects.valid(self.today)  # type: ignore[attr-defined]

    def clean_from_day(self) -> date:
        day: date = self.cleaned_data["from_day"]
        if day > self.today + AHEAD:
            raise forms.ValidationError(_("The day lies more than a year ahead. Check the year."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        fewest, most = cleaned.get("fewest_hours"), cleaned.get("most_hours")
        if fewest and most and fewest > most:
            self.add_error("most_hours", _("The fewest hours cannot be more than the most."))
        if cleaned.get("basis"):
            cleaned["shown_since"] = cleaned.get("shown_since") or self.today
        elif cleaned.get("shown_since"):
            self.add_error("basis", _("Choose the basis, or leave the day empty."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """What a candidate is made or changed with."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("code", "version")}


def initial_of(candidate: Candidate) -> dict[str, Any]:
    """What the form is opened with."""
    names = (
        "skills",
        "reach_km",
        "fewest_hours",
        "most_hours",
        "from_day",
        "basis",
        "shown_since",
        "version",
    )
    return {
        **{name: getattr(candidate, name) for name in names},
        "occupation": candidate.occupation.title,
        "code": candidate.occupation.code,
        "municipality": candidate.municipality_id,
    }


class ReferForm(forms.Form):
    """Who is to answer, and by when."""

    person = forms.ModelChoiceField(
        label=gettext_lazy("Who answers at the company?"),
        queryset=Person.objects.none(),
        error_messages={"required": gettext_lazy("Choose who is to answer")},
    )
    deadline = forms.DateField(
        label=gettext_lazy("Answer by"),
        widget=DateInput,
        error_messages={
            "required": gettext_lazy("Write the day by which there is to be an answer"),
            "invalid": gettext_lazy("Write the day as a date that exists"),
        },
    )

    def __init__(self, *arguments: Any, company: Company, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.today = timezone.localdate()
        self.fields["person"].queryset = company.people.exclude(email="")  # type: ignore[attr-defined]
        self.fields["deadline"].initial = self.today + timedelta(days=USUAL_DAYS)

    def clean_deadline(self) -> date:
        day: date = self.cleaned_data["deadline"]
        if not self.today <= day <= self.today + LONGEST:
            raise forms.ValidationError(_("The deadline lies today or later, and within 60 days."))
        return day


class SeveralForm(ReferForm):
    """Which of those that fit, who is to answer about all of them, and by when."""

    candidates = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Candidates"),
        queryset=Candidate.objects.none(),
        error_messages={"required": gettext_lazy("Choose at least one candidate")},
    )

    def __init__(self, *arguments: Any, offered: CandidateQuerySet, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["candidates"].queryset = offered.select_related("jobcentre")  # type: ignore[attr-defined]

    @property
    def ticked(self) -> set[int]:
        """The candidates that are ticked when the form is shown again."""
        if not isinstance(self.data, QueryDict):
            return set()
        return {int(pk) for pk in self.data.getlist("candidates") if pk.isdecimal()}


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=300,
        validators=[without_cpr],
        error_messages={"required": gettext_lazy("Write why it is declined.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class CitizensAnswerForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("The citizen's side of it"),
        help_text=gettext_lazy("Only your jobcentre sees it. No names, CPR numbers or health."),
        max_length=1000,
        validators=[without_cpr],
        error_messages={"required": gettext_lazy("Write the answer.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WhyForm(forms.Form):
    """Why a candidate is not suitable: from the list, and nothing else."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why?"),
        choices=capitalised(NotSuitable.choices),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose why the candidate is not suitable.")},
    )


class OfVacancyForm(forms.Form):
    """For which of the company's vacancies; the value stands in the address, and nonsense asks for all."""

    stilling = forms.ChoiceField(label=gettext_lazy("Vacancy"), required=False)

    def __init__(self, data: Any, *, company: Company) -> None:
        super().__init__(data)
        vacancies = Vacancy.objects.filter(company=company, referrals__sent_at__isnull=False).distinct()
        self.fields["stilling"].choices = [  # type: ignore[attr-defined]
            ("", _("All")),
            *((str(pk), title) for pk, title in vacancies.order_by("-pk").values_list("pk", "title")),
        ]

    def chosen(self, referrals: ReferralQuerySet) -> ReferralQuerySet:
        self.is_valid()
        vacancy = self.cleaned_data.get("stilling")
        return referrals.filter(vacancy=vacancy) if vacancy else referrals


class Which(models.TextChoices):
    """The three heaps of a jobcentre's referrals, as they stand in the address."""

    WAITING = "venter", gettext_lazy("Wait for a yes or no")
    WITH_EMPLOYER = "hos-arbejdsgiver", gettext_lazy("With the employer")
    ENDED = "afsluttet", gettext_lazy("Ended")


class ReferralsForm(forms.Form):
    """Which referrals; the values stand in the address, and nonsense asks for those that wait."""

    WHOSE = (
        ("", gettext_lazy("All")),
        ("kandidater", gettext_lazy("Your candidates")),
        ("stillinger", gettext_lazy("Your vacancies")),
        ("graense", gettext_lazy("Across a border")),
    )

    vis = forms.ChoiceField(choices=Which, required=False, widget=forms.HiddenInput)
    hvis = forms.ChoiceField(label=gettext_lazy("Whose"), choices=WHOSE, required=False)
    q = forms.CharField(
        label=gettext_lazy("Reference, vacancy or company"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: Any, *, jobcentre: Jobcentre) -> None:
        super().__init__(data)
        self.jobcentre = jobcentre
        self.is_valid()

    @property
    def which(self) -> Which:
        return Which(self.cleaned_data.get("vis") or Which.WAITING)

    def narrowed(self) -> ReferralQuerySet:
        """The jobcentre's referrals as far as the other two fields narrow them, of every heap."""
        found = Referral.objects.visible_to(self.jobcentre)
        match self.cleaned_data.get("hvis"):
            case "kandidater":
                found = found.filter(candidates_jobcentre=self.jobcentre)
            case "stillinger":
                found = found.filter(vacancys_jobcentre=self.jobcentre)
            case "graense":
                found = found.exclude(candidates_jobcentre=F("vacancys_jobcentre"))
        return found.mentioning(self.cleaned_data.get("q", ""), reader=self.jobcentre)

    def chosen(self) -> ReferralQuerySet:
        match self.which:
            case Which.WITH_EMPLOYER:
                return self.narrowed().filter(state__in=WITH_EMPLOYER).order_by("deadline", "pk")
            case Which.ENDED:
                return self.narrowed().ended().order_by("-ended_at", "-pk")
        return self.narrowed().filter(state=State.PROPOSED).order_by("deadline", "pk")

    def counts(self) -> dict[str, int]:
        """How many are in each heap. One query."""
        return self.narrowed().aggregate(
            **{
                Which.WAITING.name: Count("pk", filter=Q(state=State.PROPOSED)),
                Which.WITH_EMPLOYER.name: Count("pk", filter=Q(state__in=WITH_EMPLOYER)),
                Which.ENDED.name: Count("pk", filter=~Q(state__in=OPEN)),
            }
        )

"""What is said of a placement beside its application: the decision, the end, the outcome; and the list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from employers.companies.finding import find
from employers.companies.models import Company, Person, Workplace
from employers.placements.models import (
    Condition,
    Effect,
    Ending,
    Exemption,
    Group,
    Kind,
    Placement,
    State,
)
from employers.vacancies.fields import Line
from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre
from jobcenter.pages.fields import TOO_LONG, DateInput, Labelled, capitalised
from jobcenter.pages.privacy import without_cpr

MOST_COMPANIES = 200
"""So many companies that fit a name: whoever means another one writes more of it."""


class StartForm(forms.Form):
    """What a caseworker begins an application with."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        widget=forms.RadioSelect,
        choices=capitalised(Kind.choices),
        error_messages={"required": gettext_lazy("Choose wage subsidy or work trial")},
    )
    workplace = forms.ModelChoiceField(
        label=gettext_lazy("Workplace"),
        queryset=Workplace.objects.none(),
        empty_label=None,
        error_messages={"required": gettext_lazy("Choose the workplace")},
    )
    person = forms.ModelChoiceField(
        label=gettext_lazy("Contact person at the company"),
        queryset=Person.objects.none(),
        empty_label=None,
        error_messages={"required": gettext_lazy("Choose the contact person")},
    )

    def __init__(self, *arguments: Any, company: Company, jobcentre: Jobcentre, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["workplace"].queryset = company.workplaces.all()  # type: ignore[attr-defined]
        self.fields["person"].queryset = company.people.known()  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """What the employees' representative objects to."""

    text = forms.CharField(
        label=gettext_lazy("What do you object to?"),
        help_text=gettext_lazy("Only for an objection. The jobcentre reads it before it decides."),
        required=False,
        max_length=2000,
        validators=[without_cpr],
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, *arguments: Any, answer: str = "", **named: Any) -> None:
        super().__init__(*arguments, **named)
        if answer == Placement.Answer.OBJECTED:
            self.fields["text"].required = True
            self.fields["text"].error_messages["required"] = _("Write what you object to")


def reason_field(label: Any, *, help_text: Any, missing: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=2000,
        validators=[without_cpr],
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": missing, "max_length": TOO_LONG},
    )


class DecisionForm(forms.Form):
    """A caseworker's decision. For each condition that is not met an exemption can be cited."""

    GRANT, REFUSE = "grant", "refuse"

    decision = forms.ChoiceField(
        label=gettext_lazy("What do you decide?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what you decide")},
    )
    reason = reason_field(
        gettext_lazy("Reason"),
        help_text=gettext_lazy("Must be filled in. The employer can read it."),
        missing=gettext_lazy("Write the reason: the employer can read it."),
    )
    vitas = forms.CharField(
        label=gettext_lazy("Reference in VITAS"),
        help_text=gettext_lazy(
            "Of the agreement there, which is the one that counts: 4 to 20 letters, digits and hyphens."
        ),
        required=False,
        max_length=40,
        validators=[
            without_cpr,
            RegexValidator(
                r"^\s*[A-Za-z0-9][A-Za-z0-9-]{3,19}\s*$",
                gettext_lazy("Write 4 to 20 letters, digits and hyphens, as the reference stands in VITAS"),
            ),
        ],
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    group = forms.ChoiceField(
        label=gettext_lazy("The person's benefit"),
        help_text=gettext_lazy("It decides how long it may last."),
        required=False,
    )

    def __init__(self, *arguments: Any, placement: Placement, **named: Any) -> None:
        named.setdefault("initial", {"group": placement.group})
        super().__init__(*arguments, **named)
        self.fields["decision"].choices = [  # type: ignore[attr-defined]
            (self.GRANT, Labelled(_("Grant it"), hint=_("the conditions are met, or an exemption is cited"))),
            (self.REFUSE, Labelled(_("Refuse it"))),
        ]
        self.fields["group"].choices = [("", _("Choose")), *capitalised(Group.choices)]  # type: ignore[attr-defined]
        exemptions = Exemption.objects.valid(placement.starts_on or timezone.localdate())
        self.exemptions = {exemption.code: exemption for exemption in exemptions}
        self.exemption_names: list[str] = []
        for condition in Condition:
            choices = [(one.code, str(one)) for one in self.exemptions.values() if one.condition == condition]
            if choices:
                name = f"exemption_{condition}"
                self.exemption_names.append(name)
                self.fields[name] = forms.ChoiceField(
                    label=str(condition.label).capitalize(),
                    required=False,
                    choices=[("", _("No exemption")), *choices],
                )

    @property
    def exemption_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.exemption_names]

    @property
    def cited(self) -> Mapping[Condition, Exemption]:
        return {
            Condition(name.removeprefix("exemption_")): self.exemptions[code]
            for name in self.exemption_names
            if (code := self.cleaned_data.get(name))
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("decision") == self.GRANT:
            if not cleaned.get("vitas") and "vitas" not in self.errors:
                self.add_error("vitas", _("Write the reference of the agreement in VITAS"))
            if not cleaned.get("group"):
                self.add_error("group", _("Choose what the person lives on"))
        return cleaned


class BackForm(forms.Form):
    reason = reason_field(
        gettext_lazy("What is to be put right?"),
        help_text=gettext_lazy("The employer gets it by mail with a link to the form."),
        missing=gettext_lazy("Write what is to be put right"),
    )


class AskForm(forms.Form):
    """Whom to ask for the employees."""

    name = Line(
        label=gettext_lazy("Name"),
        max_length=120,
        validators=[without_cpr],
        error_messages={"required": gettext_lazy("Write the name of the representative")},
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        error_messages={
            "required": gettext_lazy("Write where we can ask the representative"),
            "invalid": gettext_lazy("Write an e-mail address such as navn@virksomhed.dk"),
        },
    )


class NegotiationForm(forms.Form):
    on = forms.DateField(
        label=gettext_lazy("Negotiated on"),
        widget=DateInput,
        error_messages={
            "required": gettext_lazy("Write the day"),
            "invalid": gettext_lazy("Write the day as a date that exists"),
        },
    )
    minutes = reason_field(
        gettext_lazy("What was negotiated"),
        help_text=gettext_lazy("Which aids and schemes you told of. Nothing about the disability."),
        missing=gettext_lazy("Write what was negotiated."),
    )

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("That day has not come yet."))
        return on


class ExtensionForm(forms.Form):
    ends_on = forms.DateField(
        label=gettext_lazy("New last day"),
        widget=DateInput,
        error_messages={
            "required": gettext_lazy("Write the new last day"),
            "invalid": gettext_lazy("Write the new last day as a date that exists"),
        },
    )
    reason = reason_field(
        gettext_lazy("Why it is extended"),
        help_text=gettext_lazy("The employer can read it."),
        missing=gettext_lazy("Write why it is extended."),
    )


class EndForm(forms.Form):
    ended_on = forms.DateField(
        label=gettext_lazy("Real last day"),
        widget=DateInput,
        error_messages={
            "required": gettext_lazy("Write the real last day"),
            "invalid": gettext_lazy("Write the real last day as a date that exists"),
        },
    )
    ending = forms.ChoiceField(
        label=gettext_lazy("How it ended"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how it ended")},
    )
    reason = reason_field(
        gettext_lazy("Why"),
        help_text=gettext_lazy("The employer can read it. Write nothing about the person's health."),
        missing=gettext_lazy("Write why it ends."),
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        said = (Ending.HIRED, Ending.EMPLOYER, Ending.CITIZEN, Ending.JOBCENTRE)
        self.fields["ending"].choices = capitalised((one.value, one.label) for one in said)  # type: ignore[attr-defined]

    def clean_ended_on(self) -> date:
        ended_on: date = self.cleaned_data["ended_on"]
        if ended_on > timezone.localdate():
            raise forms.ValidationError(_("That day has not come yet. End it when it has."))
        return ended_on


class WithdrawalForm(forms.Form):
    reason = reason_field(
        gettext_lazy("Why it is withdrawn"),
        help_text=gettext_lazy("The employer can read it."),
        missing=gettext_lazy("Write why it is withdrawn."),
    )


class EffectForm(forms.Form):
    outcome = forms.ChoiceField(
        label=gettext_lazy("What came of it?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what came of it")},
    )
    text = forms.CharField(
        label=gettext_lazy("In your own words"),
        help_text=gettext_lazy("What went well, and what we should know. No names."),
        required=False,
        max_length=1000,
        validators=[without_cpr],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["outcome"].choices = capitalised(Effect.Outcome.choices)  # type: ignore[attr-defined]


class ListForm(forms.Form):
    """The list's filters, as they stand in the address."""

    STATES = [
        ("waiting", gettext_lazy("Waiting for a decision")),
        ("coming", gettext_lazy("Granted, not begun")),
        ("running", gettext_lazy("Running")),
        ("over", gettext_lazy("Ended")),
        ("draft", gettext_lazy("Being filled in")),
        ("no", gettext_lazy("Refused or withdrawn")),
        ("all", gettext_lazy("All")),
    ]

    tilstand = forms.ChoiceField(label=gettext_lazy("State"), required=False, choices=STATES)
    slags = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    ejer = forms.ChoiceField(label=gettext_lazy("Owner"), required=False)
    hos = Line(label=gettext_lazy("Company or reference"), required=False, max_length=100)

    def __init__(self, data: Any) -> None:
        super().__init__({"tilstand": "waiting", **{name: data.get(name) for name in data}})
        self.fields["slags"].choices = [("", _("Both")), *capitalised(Kind.choices)]  # type: ignore[attr-defined]
        self.fields["ejer"].choices = [("", _("Everybody's")), ("mig", _("Mine"))]  # type: ignore[attr-defined]

    def chosen(self, rows: Any, *, user: User) -> Any:
        """The rows that are asked for; a value that does not exist asks for nothing."""
        self.full_clean()
        asked, today = self.cleaned_data, timezone.localdate()
        match asked.get("tilstand", "all"):
            case "waiting":
                rows = rows.filter(state=State.APPLIED)
            case "coming":
                rows = rows.filter(state=State.GRANTED, starts_on__gt=today)
            case "running":
                rows = rows.filter(state=State.GRANTED, starts_on__lte=today)
            case "over":
                rows = rows.filter(state=State.ENDED)
            case "draft":
                rows = rows.filter(state=State.DRAFT)
            case "no":
                rows = rows.filter(state__in=[State.REFUSED, State.WITHDRAWN])
        if asked.get("slags"):
            rows = rows.filter(kind=asked["slags"])
        if asked.get("ejer"):
            rows = rows.filter(owner=user)
        if words := asked.get("hos"):
            matching = find(Company.objects.all(), words, most=MOST_COMPANIES)
            rows = rows.filter(company__in=matching) | rows.filter(reference__iexact=words)
        if asked.get("tilstand") in ("over", "no", "all"):
            return rows.order_by("-starts_on", "-pk")
        return rows.order_by("starts_on", "pk")

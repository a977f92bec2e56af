"""Asking for access, inviting a colleague, and what is decided about either."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from employers.access.asking import Asked
from employers.companies.cvr import checked
from employers.companies.register import RegisterAway, Registered, lookup
from jobcenter.accounts.models import Standing
from jobcenter.centres.models import Jobcentre
from jobcenter.centres.routing import NobodyAnswers, responsible_jobcentre
from jobcenter.geography.places import UnknownPostcode, municipalities_at
from jobcenter.pages.fields import Labelled
from jobcenter.pages.privacy import without_cpr

STANDINGS = {
    Standing.ADMINISTRATOR: gettext_lazy(
        "Invites colleagues, changes what you wish from the jobcentres, and publishes vacancies."
    ),
    Standing.RECRUITER: gettext_lazy("Publishes vacancies, and sees everything about the company."),
    Standing.COLLEAGUE: gettext_lazy("Sees everything about the company, and writes to the jobcentre."),
}
"""What each standing may do, in words."""


def standings() -> list[tuple[str, Labelled]]:
    return [
        (standing.value, Labelled(str(standing.label).capitalize(), hint=str(meaning)))
        for standing, meaning in STANDINGS.items()
    ]


class AskForm(forms.Form):
    """Who asks, and for which company. Its name and place are asked for only where the register has none."""

    cvr = forms.CharField(
        label=gettext_lazy("CVR number"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write the company's CVR number")},
    )
    company = forms.CharField(
        label=gettext_lazy("Company"),
        required=False,
        max_length=200,
        validators=[without_cpr],
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    postcode = forms.CharField(
        label=gettext_lazy("Postcode of the workplace"),
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"}),
    )
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=120,
        validators=[without_cpr],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Write your name")},
    )
    title = forms.CharField(
        label=gettext_lazy("Your job title"),
        max_length=120,
        validators=[without_cpr],
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
        error_messages={"required": gettext_lazy("Write your job title in the company")},
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail at work"),
        help_text=gettext_lazy("An address at the company's own domain is confirmed soonest."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": gettext_lazy("Write your e-mail"),
            "invalid": gettext_lazy("Write a whole e-mail address, such as name@company.dk"),
        },
    )
    phone = forms.CharField(
        label=gettext_lazy("Telephone"),
        max_length=30,
        validators=[without_cpr],
        help_text=gettext_lazy("The jobcentre may call to make sure that it is you."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        error_messages={"required": gettext_lazy("Write a telephone number")},
    )

    registered: Registered | None = None
    jobcentre: Jobcentre

    def clean_cvr(self) -> str:
        cvr = checked(self.cleaned_data["cvr"])
        try:
            self.registered = lookup(cvr)
        except RegisterAway:
            self.registered = None  # then the company is typed in, as one the register does not have
        if self.registered and not self.registered.is_active:
            raise ValidationError(_("The register says that this company has ceased."))
        return cvr

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "cvr" in cleaned and not self.errors:
            self._find_jobcentre(cleaned)
        return cleaned

    def _find_jobcentre(self, cleaned: dict[str, Any]) -> None:
        """From the main workplace of the register, else from the postcode that is typed."""
        today = timezone.localdate()
        places = self.registered.workplaces if self.registered else ()
        try:
            if places:
                municipality = places[0].municipality
            else:
                if not self._has_company(cleaned):
                    return
                municipality = municipalities_at(cleaned["postcode"], on=today)[0]
            self.jobcentre = responsible_jobcentre(municipality=municipality, on=today)
        except UnknownPostcode:
            self.add_error("postcode", _("There is no such postcode"))
        except NobodyAnswers:
            self.add_error("postcode", _("No jobcentre answers for that place. Write to us instead."))

    def _has_company(self, cleaned: dict[str, Any]) -> bool:
        if not self.registered and not cleaned["company"]:
            self.add_error("company", _("The register does not know the number. Write the company's name"))
        if not cleaned["postcode"]:
            self.add_error("postcode", _("Write the postcode of the workplace"))
        return not self.errors

    def asked(self) -> Asked:
        values, registered = self.cleaned_data, self.registered
        return Asked(
            cvr=values["cvr"],
            company=registered.name if registered else values["company"],
            postcode=registered.postcode if registered else values["postcode"],
            name=values["name"],
            title=values["title"],
            email=values["email"],
            phone=values["phone"],
        )


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("Your colleague's e-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Write your colleague's e-mail"),
            "invalid": gettext_lazy("Write a whole e-mail address, such as name@company.dk"),
        },
    )
    standing = forms.ChoiceField(
        label=gettext_lazy("What they may do"),
        widget=forms.RadioSelect,
        initial=Standing.COLLEAGUE,
        error_messages={"required": gettext_lazy("Choose what they may do")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["standing"].choices = standings()  # type: ignore[attr-defined]


class StandingForm(forms.Form):
    standing = forms.ChoiceField(label=gettext_lazy("What they may do"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, now: str) -> None:
        super().__init__(data, initial={"standing": now})
        self.fields["standing"].choices = standings()  # type: ignore[attr-defined]


class RefuseForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why not"),
        help_text=gettext_lazy("The person reads it in the mail."),
        max_length=1000,
        validators=[without_cpr],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write why, so that the person can be told")},
    )

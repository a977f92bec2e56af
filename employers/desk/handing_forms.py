"""Giving an enquiry away, moving it, asking partners about it, and what a partner answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.enquiries.asking import agreements_of, of_other_workplaces
from employers.enquiries.models import Enquiry
from jobcenter.accounts.models import User
from jobcenter.centres.models import Agreement, Jobcentre
from jobcenter.pages.fields import Labelled
from jobcenter.pages.privacy import without_cpr

WORKPLACES = "workplaces"
OFFER, DECLINE = "offer", "decline"


class GiveForm(forms.Form):
    """Which colleague gets it."""

    to = forms.ModelChoiceField(
        label=_("Colleague"),
        queryset=User.objects.none(),
        empty_label=_("Choose"),
        error_messages={
            "required": _("Choose a colleague"),
            "invalid_choice": _("Choose a colleague of the jobcentre."),
        },
    )
    prefix = "give"

    def __init__(self, data: Any = None, *, enquiry: Enquiry) -> None:
        super().__init__(data)
        colleagues = enquiry.jobcentre.staff() | enquiry.jobcentre.managers()
        self.fields["to"].queryset = (  # type: ignore[attr-defined]
            colleagues.exclude(pk=enquiry.owner_id).order_by("name", "pk")
        )


class MoveForm(forms.Form):
    """To which jobcentre, and why: the employer reads it."""

    to = forms.ModelChoiceField(
        label=_("Jobcentre"),
        queryset=Jobcentre.objects.none(),
        empty_label=_("Choose"),
        error_messages={
            "required": _("Choose the jobcentre that becomes responsible"),
            "invalid_choice": _("Choose one of the other jobcentres"),
        },
    )
    reason = forms.CharField(
        label=_("Why the responsibility is moved"),
        help_text=_("The employer reads it, in the mail and on the private page."),
        max_length=1000,
        validators=[without_cpr],
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write why the responsibility is moved: the employer reads it.")},
    )

    def __init__(self, data: Any = None, *, enquiry: Enquiry) -> None:
        super().__init__(data)
        others = Jobcentre.objects.valid(timezone.localdate()).exclude(pk=enquiry.jobcentre_id)
        self.fields["to"].queryset = others  # type: ignore[attr-defined]


class AskForm(forms.Form):
    """Whom to ask, and what."""

    whom = forms.ChoiceField(
        label=_("Whom do you ask?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whom you ask"), "invalid_choice": _("Choose whom you ask")},
    )
    question = forms.CharField(
        label=_("What do you ask?"),
        help_text=_(
            "The partners read this, which company it is, the kind of enquiry and, if it is about a "
            "vacancy, the job. They do not see the employer's message or contact person."
        ),
        max_length=2000,
        validators=[without_cpr],
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what you ask the partners.")},
    )

    def __init__(self, data: Any = None, *, enquiry: Enquiry) -> None:
        super().__init__(data)
        self.agreements = {str(one.pk): one for one in _agreements(enquiry)}
        choices: list[tuple[str, Any]] = [
            (pk, Labelled(one.name, hint=_names(one, enquiry))) for pk, one in self.agreements.items()
        ]
        others = of_other_workplaces(enquiry, on=timezone.localdate())
        if others:
            names = ", ".join(one.name for one in others)
            label = str(_("The jobcentres of the other workplaces"))
            choices.append((WORKPLACES, Labelled(label, hint=names)))
        self.fields["whom"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["whom"].initial = choices[0][0]

    @property
    def agreement(self) -> Agreement | None:
        """The chosen agreement; None: the jobcentres of the other workplaces."""
        return self.agreements.get(self.cleaned_data["whom"])


class HelpForm(forms.Form):
    """A partner's answer. What one can help with is needed for an offer only."""

    text = forms.CharField(
        label=_("What can you help with?"),
        help_text=_("For example candidates, a visit, or somebody who knows the trade."),
        required=False,
        max_length=2000,
        validators=[without_cpr],
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, data: Any = None, *, is_offer: bool = False) -> None:
        super().__init__(data)
        self.is_offer = is_offer

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"]).strip()
        if self.is_offer and not text:
            raise forms.ValidationError(_("Write what you can help with."))
        return text


def _agreements(enquiry: Enquiry) -> list[Agreement]:
    today = timezone.localdate()
    return list(
        agreements_of(enquiry.jobcentre, on=today)
        .prefetch_related("partners__jobcentre")
        .order_by("name", "pk")
    )


def _names(agreement: Agreement, enquiry: Enquiry) -> str:
    partners = (one.jobcentre for one in agreement.partners.all())
    return ", ".join(sorted(one.name for one in partners if one.pk != enquiry.jobcentre_id))

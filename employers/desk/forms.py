"""Filters of the queue, and what a caseworker writes about an enquiry."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from employers.companies.models import Company
from employers.contacts.models import ContactQuerySet, Purpose
from employers.contacts.privacy import without_cpr
from employers.enquiries.confiding import may_be_added
from employers.enquiries.kinds import WORDS
from employers.enquiries.models import Enquiry, EnquiryQuerySet, Kind, State
from employers.enquiries.writing import files_field
from employers.vacancies.models import Vacancy
from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre
from jobcenter.pages.fields import DateInput

DAYS = range(1, 11)
A_YEAR = timedelta(days=366)
WAITING, UNPUBLISHED, ALL = "waiting", "unpublished", "all"
EVERYBODY, MINE = "all", "mine"


class QueueForm(forms.Form):
    """Which enquiries; the values stand in the address. What is not understood is as if it was not said."""

    state = forms.ChoiceField(label=_("State"), required=False)
    owner = forms.ChoiceField(label=_("Owner"), required=False)
    kind = forms.ChoiceField(label=_("What about"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        states = [(value, _capital(label)) for value, label in State.choices]
        choices: dict[str, list[tuple[str, Any]]] = {
            "state": [
                (WAITING, _("Waiting for an answer")),
                *states,
                (UNPUBLISHED, _("Vacancy waits to be published")),
                (ALL, _("All")),
            ],
            "owner": [(EVERYBODY, _("Everybody")), (MINE, _("Mine"))],
            "kind": [("", _("Everything")), *((value, _capital(label)) for value, label in Kind.choices)],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    def chosen(self, enquiries: EnquiryQuerySet, *, user: User) -> EnquiryQuerySet:
        """Those that wait by the clock, the others by when they came."""
        self.is_valid()
        state = self.cleaned_data.get("state") or WAITING
        if self.cleaned_data.get("owner") == MINE:
            enquiries = enquiries.filter(owner=user)
        if kind := self.cleaned_data.get("kind"):
            enquiries = enquiries.filter(kind=kind)
        if state == WAITING:
            return enquiries.waiting()
        if state == UNPUBLISHED:
            enquiries = enquiries.filter(vacancy__state=Vacancy.State.SUBMITTED)
        elif state != ALL:
            enquiries = enquiries.filter(state=state)
        return enquiries.order_by("-received_at", "-pk")


class WhoForm(forms.Form):
    """Which contacts an employer looks at; the values stand in the address, and nonsense asks for all."""

    PERIODS = [("", _("All")), ("28", _("The last 4 weeks")), ("365", _("The last 12 months"))]

    fra = forms.ChoiceField(label=_("Jobcentre"), required=False)
    om = forms.ChoiceField(label=_("What about"), required=False)
    dage = forms.ChoiceField(label=_("Period"), required=False, choices=PERIODS)

    def __init__(self, data: Any, *, company: Company) -> None:
        super().__init__(data)
        jobcentres = Jobcentre.objects.filter(contacts__company=company).distinct().order_by("sort_key")
        self.fields["fra"].choices = [  # type: ignore[attr-defined]
            ("", _("All")),
            *((str(jobcentre.pk), jobcentre.name) for jobcentre in jobcentres),
        ]
        self.fields["om"].choices = [  # type: ignore[attr-defined]
            ("", _("Everything")),
            *((value, _capital(label)) for value, label in Purpose.choices),
        ]

    def chosen(self, contacts: ContactQuerySet, *, at: datetime) -> ContactQuerySet:
        self.is_valid()
        asked = self.cleaned_data
        if jobcentre := asked.get("fra"):
            contacts = contacts.filter(jobcentre=jobcentre)
        if topic := asked.get("om"):
            contacts = contacts.filter(purpose=topic)
        if days := asked.get("dage"):
            contacts = contacts.filter(happened_at__gte=at - timedelta(days=int(days)))
        return contacts

    @property
    def is_narrowed(self) -> bool:
        self.is_valid()
        return any(self.cleaned_data.values())


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=_("Your answer to the employer"),
        max_length=5000,
        validators=[without_cpr],
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Write the answer")},
    )
    attachments = files_field()


class CloseForm(forms.Form):
    comment = forms.CharField(
        label=_("Why it is closed"),
        max_length=1000,
        validators=[without_cpr],
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write why it is closed")},
    )


class ConfirmForm(forms.Form):
    """The caseworker's word for it that the company has sent the enquiry."""

    reason = forms.CharField(
        label=_("How do you know that the company has sent it?"),
        max_length=1000,
        validators=[without_cpr],
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write how you know that the company has sent it.")},
    )
    prefix = "confirm"


class ReleaseForm(forms.Form):
    reason = forms.CharField(
        label=_("Why may more people see it?"),
        max_length=1000,
        validators=[without_cpr],
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write why the enquiry may be seen by more people.")},
    )
    prefix = "release"


class HandlerForm(forms.Form):
    """Which colleague is let in to a confidential enquiry."""

    user = forms.ModelChoiceField(
        label=_("Colleague"),
        queryset=User.objects.none(),
        empty_label=_("Choose"),
        error_messages={
            "required": _("Choose a colleague"),
            "invalid_choice": _("Choose a colleague of the jobcentre who does not work on it yet."),
        },
    )
    prefix = "handler"

    def __init__(self, *arguments: Any, enquiry: Enquiry, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["user"].queryset = may_be_added(enquiry)  # type: ignore[attr-defined]


class AnswerTimeForm(forms.Form):
    """Which kind, how many working days, and from when. Without a number: as everything else."""

    kind = forms.ChoiceField(label=_("What about"), error_messages={"required": _("Choose what it is about")})
    working_days = forms.TypedChoiceField(
        label=_("Answer within"),
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": _("An answer is promised within 1 to 10 working days.")},
    )
    valid_from = forms.DateField(
        label=_("From"),
        widget=DateInput,
        help_text=_("Enquiries that come in from this day. What was promised before is not moved."),
        error_messages={
            "required": _("Write from which day it is promised"),
            "invalid": _("Write a date that exists"),
        },
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        kinds = [("", _("Choose")), *((kind, words.name) for kind, words in WORDS.items())]
        days = [
            (n, ngettext("%(number)d working day", "%(number)d working days", n) % {"number": n})
            for n in DAYS
        ]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["working_days"].choices = [("", _("As everything else")), *days]  # type: ignore[attr-defined]

    def clean_valid_from(self) -> date:
        typed: date = self.cleaned_data["valid_from"]
        if typed < timezone.localdate():
            raise forms.ValidationError(_("A promise cannot begin in the past. Write today or a later day."))
        if typed > timezone.localdate() + A_YEAR:
            raise forms.ValidationError(_("The date lies more than a year ahead. Check the year."))
        return typed


def _capital(label: Any) -> str:
    text = str(label)
    return text[:1].upper() + text[1:]

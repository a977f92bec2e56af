"""Filters of the queue, and what a caseworker writes about an enquiry."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from employers.contacts.privacy import without_cpr
from employers.enquiries.models import EnquiryQuerySet, Kind, State
from employers.vacancies.models import Vacancy
from jobcenter.accounts.models import User

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


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=_("Your answer to the employer"),
        max_length=5000,
        validators=[without_cpr],
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Write the answer")},
    )


class CloseForm(forms.Form):
    comment = forms.CharField(
        label=_("Why it is closed"),
        max_length=1000,
        validators=[without_cpr],
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write why it is closed")},
    )


def _capital(label: Any) -> str:
    text = str(label)
    return text[:1].upper() + text[1:]

"""What to open for a company from a contact with it, where, and with whom."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from employers.companies.models import Person, Workplace
from employers.contacts.models import Contact
from employers.desk.opening import APPLICATIONS, usual
from employers.enquiries.kinds import offered
from jobcenter.pages.fields import Labelled


class OpenForm(forms.Form):
    what = forms.ChoiceField(
        label=gettext_lazy("What do they need?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what they need")},
    )
    workplace = forms.ModelChoiceField(
        label=gettext_lazy("Workplace"), queryset=Workplace.objects.none(), empty_label=None
    )
    person = forms.ModelChoiceField(
        label=gettext_lazy("Contact person at the company"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=gettext_lazy("Somebody new"),
        help_text=gettext_lazy("The receipt is sent to this person."),
    )

    def __init__(self, data: Any = None, *, contact: Contact, on: Any) -> None:
        company = contact.company
        super().__init__(
            data,
            initial={"what": usual(contact), "workplace": contact.workplace_id, "person": contact.person_id},
        )
        self.fields["what"].choices = [  # type: ignore[attr-defined]
            (kind, Labelled(capfirst(str(words.name)), hint=str(words.text), icon=words.icon))
            for kind, words in offered(on=on).items()
        ]
        self.fields["workplace"].queryset = company.workplaces.open()  # type: ignore[attr-defined]
        self.fields["person"].queryset = company.people.known().order_by("name", "pk")  # type: ignore[attr-defined]

    @property
    def is_application(self) -> bool:
        return self.cleaned_data.get("what") in APPLICATIONS

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("what") in APPLICATIONS and not cleaned.get("person") and "person" not in self.errors:
            self.add_error("person", _("Choose the contact person: the form is theirs to follow."))
        return cleaned

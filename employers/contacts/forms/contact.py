"""The quick log: a contact in a few fields, filled in under twenty seconds; and what is changed of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from employers.companies.models import Company, Person, Workplace
from employers.contacts.coordination import Asked, Occasion
from employers.contacts.models import Contact, Purpose
from employers.contacts.recording import NextStep
from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre
from jobcenter.pages.fields import DateInput, Labelled, capitalised
from jobcenter.pages.privacy import without_cpr
from jobcenter.pages.templatetags.ei import short_time

NEW_PERSON = "new"
CLOCKS_DIFFER = timedelta(minutes=5)
"""How far a person's own clock may be ahead of ours when they write that it happened now."""
A_YEAR = timedelta(days=366)
A_WEEK = timedelta(days=7)
"""So far ahead a next step is proposed."""
AS_WRITTEN = ("channel", "direction", "purposes", "outcome", "note", "happened_at")
CHANNEL_ICONS = {
    Contact.Channel.PHONE: "headset",
    Contact.Channel.EMAIL: "email",
    Contact.Channel.VISIT: "car",
    Contact.Channel.VIDEO: "videocam",
    Contact.Channel.EVENT: "groups",
}


class ContactForm(forms.Form):
    """What is said of a contact, planned or logged."""

    workplace = forms.ChoiceField(label=gettext_lazy("Workplace"), required=False)
    person = forms.ChoiceField(label=gettext_lazy("Person"), required=False)
    new_person = forms.CharField(
        label=gettext_lazy("Name of the new person"), required=False, max_length=120, validators=[without_cpr]
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("Channel"), widget=forms.RadioSelect, initial=Contact.Channel.PHONE
    )
    direction = forms.ChoiceField(
        label=gettext_lazy("Who made contact?"), widget=forms.RadioSelect, initial=Contact.Direction.OUT
    )
    purposes = forms.MultipleChoiceField(
        label=gettext_lazy("Purposes"),
        help_text=gettext_lazy("The first in the row is the main one. Digits choose, arrows move."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose what the contact is about")},
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome"),
        help_text=gettext_lazy("A digit chooses and goes on to the note."),
        widget=forms.RadioSelect,
        required=False,
    )
    occasion = forms.ChoiceField(
        label=gettext_lazy("What was it?"),
        help_text=gettext_lazy("An answer, a running placement and what the law demands need no reason."),
        widget=forms.RadioSelect,
        required=False,
        initial=Contact.Occasion.OWN,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why you contacted them all the same"),
        help_text=gettext_lazy("Whoever has reserved the company is told, and reads the reason."),
        required=False,
        max_length=300,
        validators=[without_cpr],
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=4000,
        validators=[without_cpr],
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    visibility = forms.ChoiceField(
        label=gettext_lazy("Who may read the note"),
        widget=forms.RadioSelect,
        required=False,
        initial=Contact.Visibility.OWN,
    )
    happened_at = forms.DateTimeField(
        label=gettext_lazy("Time"),
        help_text=gettext_lazy("A time in the future is a plan, and has no outcome yet."),
        error_messages={
            "required": gettext_lazy("Write when the contact takes or took place"),
            "invalid": gettext_lazy("Write a date and a time"),
        },
    )

    kept_with: Person | None = None
    """Whom the contact that is changed is with: still offered, although erased since."""

    def __init__(
        self,
        data: Any = None,
        *,
        company: Company,
        initial: dict[str, Any] | None = None,
    ) -> None:
        now = timezone.localtime().replace(second=0, microsecond=0)
        if data is not None and "occasion" not in data:
            # It is asked for only where something speaks against the contact.
            data = data.copy()
            data["occasion"] = (initial or {}).get("occasion", Contact.Occasion.OWN)
        super().__init__(data, initial={"happened_at": now, **(initial or {})})
        self.people: dict[str, Person] = {
            str(person.pk): person
            for person in company.people.all()
            if not person.is_erased or person == self.kept_with
        }
        self.workplaces = {str(one.pk): one for one in company.workplaces.open()}
        if len(self.workplaces) > 1:
            self.fields["workplace"].choices = [  # type: ignore[attr-defined]
                ("", _("The whole company")),
                *((key, str(one)) for key, one in self.workplaces.items()),
            ]
        else:
            del self.fields["workplace"]
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            ("", _("Nobody in particular")),
            *((key, person.name) for key, person in self.people.items()),
            (NEW_PERSON, _("New person …")),
        ]
        # Whoever is like the new person is shown a moment after somebody has typed.
        self.fields["new_person"].widget.attrs |= {
            "hx-get": reverse("desk:people_like", args=[company.pk]),
            "hx-trigger": "input changed delay:400ms",
            "hx-target": "#log-known",
            "hx-swap": "innerHTML",
        }
        self.fields["channel"].choices = [  # type: ignore[attr-defined]
            (value, Labelled(capfirst(str(label)), icon=CHANNEL_ICONS[Contact.Channel(value)]))
            for value, label in Contact.Channel.choices
        ]
        self.fields["direction"].choices = capitalised(Contact.Direction.choices)  # type: ignore[attr-defined]
        self.fields["purposes"].choices = capitalised(Purpose.choices)  # type: ignore[attr-defined]
        self.fields["visibility"].choices = capitalised(Contact.Visibility.choices)  # type: ignore[attr-defined]
        for name in ("purposes", "happened_at"):
            self.fields[name].widget.attrs |= {
                "hx-post": reverse("contacts:advice", args=[company.pk]),
                "hx-trigger": "change",
                "hx-target": "#log-advice",
                "hx-swap": "innerHTML",
            }
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]
            *capitalised(Contact.Outcome.choices),
            ("", _("None yet: it is planned")),
        ]
        self.fields["occasion"].choices = capitalised(Contact.Occasion.choices)  # type: ignore[attr-defined]

    @property
    def place(self) -> Workplace | None:
        """The one that is chosen, or the only one there is."""
        if "workplace" not in self.fields:
            return next(iter(self.workplaces.values()), None)
        return self.workplaces.get(self["workplace"].value() or "")

    @property
    def when(self) -> datetime:
        """When one would contact them: now, or as far ahead as is written so far. In local time."""
        now = timezone.localtime()
        ahead = getattr(self, "cleaned_data", {}).get("happened_at")
        return max(now, timezone.localtime(ahead)) if ahead else now

    def asked(self) -> Asked:
        """The contact as far as it is filled in now, whether the rest is right or not."""
        channel, occasion = (self[name].value() for name in ("channel", "occasion"))
        place = self.place
        return Asked(
            at=self.when,
            purposes=[one for one in self["purposes"].value() or [] if one in Purpose.values],
            workplace=place.pk if place else None,
            channel=channel if channel in Contact.Channel.values else "",
            occasion=Occasion(occasion) if occasion in Contact.Occasion.values else Occasion.OWN,
        )

    def take_focus(self) -> None:
        """The dialog is filled after it has opened, so the focus is told where to go: to what is wrong."""
        wrong = next((name for name in self.fields if name in self.errors), "purposes")
        for name, each in self.fields.items():
            each.widget.attrs.pop("autofocus", None)
            if name == wrong:
                each.widget.attrs["autofocus"] = True

    def clean_happened_at(self) -> datetime:
        """When it took place or is to, within a year. A clock a little ahead is taken for now."""
        happened_at: datetime = self.cleaned_data["happened_at"]
        now = timezone.now()
        if happened_at > now + A_YEAR:
            raise ValidationError(_("The time is more than a year ahead. Is the year right?"))
        if happened_at < now - A_YEAR:
            raise ValidationError(_("The time is more than a year ago. Is the year right?"))
        return happened_at if happened_at > now + CLOCKS_DIFFER else min(happened_at, now)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_nameless = not cleaned.get("new_person") and "new_person" not in self.errors
        if cleaned.get("person") == NEW_PERSON and is_nameless:
            self.add_error("new_person", _("Write the name of the new person"))
        self._check_outcome(cleaned)
        return cleaned

    def _check_outcome(self, cleaned: dict[str, Any]) -> None:
        """The chosen time decides: what is ahead has no outcome, what has taken place has one."""
        if not (happened_at := cleaned.get("happened_at")) or "outcome" in self.errors:
            return
        is_ahead = happened_at > timezone.now()
        if is_ahead and cleaned.get("outcome"):
            self.add_error(
                "outcome",
                _("The time is ahead, so there is no outcome yet. Leave it out, or correct the time."),
            )
        if not is_ahead and not cleaned.get("outcome"):
            self.add_error("outcome", _("Choose under “%(label)s”") % {"label": self["outcome"].label})

    @property
    def somebody_new(self) -> str:
        """The name of somebody the company has not got yet; "" where one of its people is chosen."""
        values = self.cleaned_data
        return "" if values["person"] in self.people else values["new_person"]

    def values(self) -> dict[str, Any]:
        """The fields of a contact as they are filled in."""
        values = self.cleaned_data
        return {
            **{name: values[name] for name in AS_WRITTEN},
            "occasion": values["occasion"] or Contact.Occasion.OWN,
            "visibility": values["visibility"] or Contact.Visibility.OWN,
            "workplace": self.place,
            "person": self.people.get(values["person"]),
        }


class LogForm(ContactForm):
    """The quick log: a contact and the next step."""

    next_step = forms.CharField(
        label=gettext_lazy("Next step"),
        required=False,
        max_length=200,
        validators=[without_cpr],
        help_text=gettext_lazy("It will be on My day."),
    )
    next_on = forms.DateField(
        label=gettext_lazy("Date of the next step"),
        required=False,
        error_messages={"invalid": gettext_lazy("Write a date")},
    )
    next_by = forms.ModelChoiceField(
        label=gettext_lazy("Who does it"), queryset=User.objects.none(), required=False, empty_label=None
    )

    def __init__(
        self, data: Any = None, *, company: Company, jobcentre: Jobcentre, user: User, in_dialog: bool = False
    ) -> None:
        in_a_week = timezone.localdate() + A_WEEK
        super().__init__(data, company=company, initial={"next_by": user.pk, "next_on": in_a_week})
        self.user = user
        self.fields["next_by"].queryset = User.objects.filter(  # type: ignore[attr-defined]
            memberships__organisation=jobcentre.organisation_id, is_active=True
        ).order_by("name", "pk")
        if in_dialog:
            self.take_focus()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        what, when = cleaned.get("next_step"), cleaned.get("next_on")
        if what and not when and "next_on" not in self.errors:
            self.add_error("next_on", _("Choose a date for the next step"))
        if when and not what and "next_on" in self.changed_data and "next_step" not in self.errors:
            self.add_error("next_step", _("Write what the next step is"))
        if when and when < timezone.localdate():
            self.add_error("next_on", _("The date of the next step has passed. Choose today or later."))
        return cleaned

    def next(self) -> NextStep | None:
        values = self.cleaned_data
        if not values["next_step"]:
            return None
        return NextStep(values["next_step"], values["next_on"], values["next_by"] or self.user)

    def contact(self) -> dict[str, Any]:
        """What `recording.record` asks for, beside company, jobcentre and person who logs."""
        return {
            **self.values(),
            "new_person": self.somebody_new,
            "reason": self.cleaned_data["reason"],
            "next_step": self.next(),
        }


class ChangeForm(LogForm):
    """A contact that is kept, opened in the version it has. The next step is asked for with a plan alone."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    because = forms.CharField(
        label=gettext_lazy("Why you correct it"),
        help_text=gettext_lazy("Your jobcentre reads it beside what is changed."),
        required=False,
        max_length=300,
        validators=[without_cpr],
    )

    def __init__(
        self, data: Any = None, *, contact: Contact, jobcentre: Jobcentre, user: User, at: datetime
    ) -> None:
        self.now = contact
        self.kept_with = contact.person
        super().__init__(data, company=contact.company, jobcentre=jobcentre, user=user)
        self.initial.update(as_logged(contact), version=contact.version)
        if contact.state == Contact.State.HELD and not (data and data.get("next_step")):
            for name in ("next_step", "next_on", "next_by"):
                del self.fields[name]
        self.is_correction = contact.state == Contact.State.HELD and contact.is_corrected_from <= at
        if not self.is_correction:
            del self.fields["because"]

    def clean_happened_at(self) -> datetime:
        happened_at = super().clean_happened_at()
        if self.now.state == Contact.State.HELD and happened_at > self.now.logged_at:
            raise ValidationError(
                _("It took place before it was logged, %(when)s.") % {"when": short_time(self.now.logged_at)}
            )
        return happened_at

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.is_correction and not cleaned.get("because") and "because" not in self.errors:
            self.add_error("because", _("Write why you correct it."))
        return cleaned

    def changes(self) -> dict[str, Any]:
        """What `changing.change` asks for, beside the contact and who changes it."""
        values = self.cleaned_data
        return {
            "values": self.values(),
            "new_person": self.somebody_new,
            "seen": values["version"],
            "because": values.get("because", ""),
            "reason": values["reason"],
            "next_step": self.next() if "next_step" in self.fields else None,
        }


def as_logged(contact: Contact) -> dict[str, Any]:
    """The form's values for what is kept of a contact."""
    return {
        "workplace": str(contact.workplace_id or ""),
        "person": str(contact.person_id or ""),
        "happened_at": timezone.localtime(contact.happened_at).replace(second=0, microsecond=0),
        **{name: getattr(contact, name) for name in ("channel", "direction", "purposes", "outcome")},
        **{name: getattr(contact, name) for name in ("occasion", "note", "visibility")},
    }


class CancelForm(forms.Form):
    """That a plan comes to nothing."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    because = forms.CharField(
        label=gettext_lazy("Why it is cancelled"), required=False, max_length=300, validators=[without_cpr]
    )


class PostponeForm(forms.Form):
    """A new day for a follow-up."""

    to = forms.DateField(
        label=gettext_lazy("New date"),
        widget=DateInput,
        error_messages={
            "required": gettext_lazy("Choose the new date"),
            "invalid": gettext_lazy("Write a date that exists"),
        },
    )

    def clean_to(self) -> date:
        day: date = self.cleaned_data["to"]
        today = timezone.localdate()
        if day < today:
            raise ValidationError(_("The day has passed. Choose today or later."))
        if day > today + A_YEAR:
            raise ValidationError(_("The day is more than a year ahead. Is the year right?"))
        return day

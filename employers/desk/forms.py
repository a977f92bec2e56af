"""Filters of the queue, and what a caseworker writes about an enquiry."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from employers.companies.models import Company, Workplace
from employers.contacts.models import ContactQuerySet, Purpose
from employers.enquiries.confiding import may_be_added
from employers.enquiries.kinds import WORDS
from employers.enquiries.models import Enquiry
from employers.enquiries.writing import files_field
from employers.vacancies.fields import Line
from employers.vacancies.models import LabourConflict
from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre
from jobcenter.classifications.models import Occupation
from jobcenter.pages.fields import TOO_LONG, DateInput
from jobcenter.pages.privacy import without_cpr

DAYS = range(1, 11)
A_YEAR = timedelta(days=366)


class GlobalSearchForm(forms.Form):
    """One field for everything; what stands in the address."""

    q = forms.CharField(
        label=_("Search for anything"),
        help_text=_(
            "A company, CVR or P-number, a person at a company, a vacancy, a reference, an agreement or a "
            "jobcentre."
        ),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


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
            contacts = contacts.filter(purposes__contains=[topic])
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


class RemarkForm(forms.Form):
    text = forms.CharField(
        label=_("Remark to your colleagues"),
        help_text=_(
            "Write @ and a name, such as @Karim, to call upon somebody: it stands in their day until they "
            "have read it. The employer sees nothing of it."
        ),
        max_length=2000,
        validators=[without_cpr],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the remark")},
    )
    prefix = "remark"


class CloseForm(forms.Form):
    comment = forms.CharField(
        label=_("Why it is closed"),
        max_length=1000,
        validators=[without_cpr],
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write why it is closed")},
    )


class PublishForm(forms.Form):
    """Why words that may be unlawful are lawful here; asked for where there are such words."""

    reason = forms.CharField(
        label=_("Why may it be published with these words?"),
        help_text=_("For example: the law on serving alcohol asks for the age."),
        max_length=1000,
        validators=[without_cpr],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why the advertisement may be published with these words.")},
    )

    def __init__(self, data: Any = None, *, needs_a_reason: bool) -> None:
        super().__init__(data)
        if not needs_a_reason:
            del self.fields["reason"]


class SendBackForm(forms.Form):
    reason = forms.CharField(
        label=_("What is the employer to change?"),
        max_length=1000,
        validators=[without_cpr],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what the employer is to change.")},
    )
    prefix = "back"


class VerifyForm(forms.Form):
    how = forms.CharField(
        label=_("How have you made sure that this person speaks for the company?"),
        max_length=300,
        validators=[without_cpr],
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write how it was made sure.")},
    )
    prefix = "verify"


class ConflictForm(forms.Form):
    """A labour conflict at a company. Nothing chosen covers everything."""

    workplaces = forms.ModelMultipleChoiceField(
        label=_("Workplaces"),
        help_text=_("Choose none if it is about all of the company's."),
        queryset=Workplace.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose among the company's workplaces")},
    )
    occupations = Line(
        label=_("Occupations covered"),
        help_text=_("DISCO codes, such as 8142, 7223. Write none if all work is covered."),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    starts_on = forms.DateField(
        label=_("First day"),
        widget=DateInput,
        error_messages={
            "required": _("Write the first day of the conflict"),
            "invalid": _("Write the first day as a date that exists"),
        },
    )
    ends_on = forms.DateField(
        label=_("Last day"),
        help_text=_("Leave it out while nobody knows."),
        required=False,
        widget=DateInput,
        error_messages={"invalid": _("Write the last day as a date that exists")},
    )
    source = Line(
        label=_("Source"),
        help_text=_("Where it is known from, such as the notice of a union, with its date."),
        max_length=300,
        validators=[without_cpr],
        error_messages={"required": _("Write where it is known from."), "max_length": TOO_LONG},
    )

    def __init__(self, data: Any = None, *, company: Company) -> None:
        super().__init__(data)
        self.fields["workplaces"].queryset = company.workplaces.all()  # type: ignore[attr-defined]
        for name in ("occupations", "source"):
            self.fields[name].widget.attrs.pop("maxlength", None)

    def clean_occupations(self) -> list[Occupation]:
        codes = self.cleaned_data["occupations"].replace(",", " ").split()
        known = {
            one.code: one for one in Occupation.objects.valid(timezone.localdate()).filter(code__in=codes)
        }
        unknown = [code for code in codes if code not in known]
        if unknown:
            raise forms.ValidationError(
                _("There is no occupation with the code %(code)s.") % {"code": unknown[0]}
            )
        return list(known.values())

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("A conflict cannot be over before it begins."))
        return cleaned


class ConflictEndForm(forms.Form):
    ends_on = forms.DateField(
        label=_("Last day"),
        widget=DateInput,
        error_messages={
            "required": _("Write the last day of the conflict"),
            "invalid": _("Write the last day as a date that exists"),
        },
    )

    def __init__(self, data: Any = None, *, conflict: LabourConflict) -> None:
        super().__init__(data, prefix=f"conflict-{conflict.pk}")
        self.conflict = conflict

    def clean_ends_on(self) -> date:
        ends_on: date = self.cleaned_data["ends_on"]
        if ends_on < self.conflict.starts_on:
            raise forms.ValidationError(_("A conflict cannot be over before it begins."))
        return ends_on


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

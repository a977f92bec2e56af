"""The first step of an enquiry: who they are and where, with what the register knows."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from employers.companies.countries import HOME, foreign_countries
from employers.companies.cvr import checked, is_a_name, p_number_shown
from employers.companies.register import RegisterAway, Registered, RegisteredWorkplace, lookup, named
from employers.enquiries.asked import Contact, Identity, Place
from employers.enquiries.kinds import WORDS
from employers.enquiries.several import Several
from employers.vacancies.fields import Line
from jobcenter.centres.routing import NobodyAnswers, responsible_jobcentre
from jobcenter.geography.models import Municipality
from jobcenter.geography.places import UnknownPostcode, municipalities_at
from jobcenter.pages.fields import TOO_LONG, Labelled
from jobcenter.pages.privacy import without_cpr

ALL = "alle"
"""The choice of every workplace at once."""

ELSEWHERE = "andet"
"""The choice of a workplace that is not in the register."""

LOOKED_AT = ("cvr", "postcode", "municipality")
"""Fields that are judged as soon as they are filled in, since other fields follow from them."""


MOST_SUGGESTED = 6
"""So many companies are offered for a name: more cannot be chosen among."""

PHONE_IN_DIGITS = _("Write the telephone number in digits, for example 56 00 12 34")


class CompanyForm(forms.Form):
    """The first step. Which fields there are follows from what the register says about the company.

    Bound or not, it looks the company up, so that a page shows what it found before anything is judged.
    The field `cvr` takes a number, or a name: then `choice` is the company chosen among those it fits.
    """

    cvr = Line(
        label=_("The company's name or CVR number"),
        help_text=_("Industry and workplaces come from the CVR register."),
        max_length=120,
        error_messages={
            "required": _("Write the company's name or CVR number"),
            "max_length": TOO_LONG,
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    choice = forms.CharField(max_length=8, required=False, widget=forms.HiddenInput)
    no_cvr = forms.BooleanField(
        label=_("The company has no CVR number: it is from another country"),
        required=False,
    )
    country = forms.ChoiceField(
        label=_("Country"),
        error_messages={
            "required": _("Choose the country the company is from"),
            "invalid_choice": _("Choose one of the countries"),
        },
    )
    foreign_number = Line(
        label=_("Its number in that country's register"),
        help_text=_("For example HRB 12345 in Germany, or 556677-8899 in Sweden."),
        max_length=40,
        error_messages={
            "required": _("Write the number the company has in its own country's register"),
            "max_length": TOO_LONG,
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    company_name = Line(
        label=_("The company's name"),
        max_length=200,
        validators=[without_cpr],
        error_messages={"required": _("Write the company's name"), "max_length": TOO_LONG},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    workplace = forms.ChoiceField(
        help_text=_("The workplace decides which jobcentre is responsible."),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the workplace"),
            "invalid_choice": _("Choose one of the company's workplaces, or “Another place”"),
        },
    )
    also = forms.MultipleChoiceField(
        label=_("Which other workplaces does it concern?"),
        help_text=_(
            "You ask once, and hear from one: the jobcentre of the workplace you chose above. "
            "It asks the other jobcentres."
        ),
        required=False,
        widget=Several,
        error_messages={"invalid_choice": _("Choose among the company's workplaces")},
    )
    address = Line(
        label=_("The workplace's address"),
        help_text=_("Street and number."),
        max_length=200,
        validators=[without_cpr],
        error_messages={
            "required": _("Write the workplace's street and number"),
            "max_length": TOO_LONG,
        },
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    postcode = Line(
        label=_("Postcode"),
        max_length=4,
        error_messages={
            "required": _("Write the workplace's postcode"),
            "max_length": _("A Danish postcode has 4 digits"),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"}),
    )
    municipality = forms.ChoiceField(
        label=_("Municipality"),
        help_text=_("The postcode lies in more than one. Which is the workplace in?"),
        error_messages={
            "required": _("Choose the municipality the workplace is in"),
            "invalid_choice": _("Choose one of the municipalities the postcode lies in"),
        },
    )
    name = Line(
        label=_("Contact person"),
        max_length=120,
        validators=[without_cpr],
        error_messages={
            "required": _("Write the name of your contact person"),
            "max_length": TOO_LONG,
        },
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("We send the receipt to it."),
        max_length=254,
        error_messages={
            "required": _("Write your e-mail address"),
            "invalid": _("Put the e-mail address right, so that it has the form name@company.dk"),
            "max_length": TOO_LONG,
        },
    )
    phone = Line(
        label=_("Telephone"),
        required=False,
        max_length=30,
        validators=[RegexValidator(r"^\+?[\d ()-]{8,30}$", PHONE_IN_DIGITS), without_cpr],
        error_messages={"max_length": PHONE_IN_DIGITS},
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )

    not_typed: tuple[str, ...] = ("choice",)
    """Fields that have a value without anybody having typed it."""

    def __init__(self, data: Any = None, *, kind: str, **named: Any) -> None:
        super().__init__(data, **named)
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)
        self._ask_where_it_is_registered()
        self._offer_workplaces(WORDS[kind].where)
        self._ask_for_address()

    def _ask_where_it_is_registered(self) -> None:
        """By its CVR number, or by country and number."""
        if self.is_foreign:
            del self.fields["cvr"], self.fields["choice"]
            self.fields["country"].choices = [("", _("Choose")), *foreign_countries()]  # type: ignore[attr-defined]
        else:
            del self.fields["country"], self.fields["foreign_number"]

    def _offer_workplaces(self, question: str | LazyText) -> None:
        if not (self.registered and self.registered.workplaces):
            del self.fields["workplace"], self.fields["also"]
            return
        self._offer_several(self.registered)
        field = self.fields["workplace"]
        field.label = str(question)
        if len(self.registered.workplaces) == 1 and not self._typed("workplace"):
            self._choose(self.registered.workplaces[0].p_number)
        field.choices = [  # type: ignore[attr-defined]
            *(
                (place.p_number, _labelled(place, company=self.registered.name))
                for place in self.registered.workplaces
            ),
            (ELSEWHERE, _("Another place")),
        ]

    def _offer_several(self, registered: Registered) -> None:
        """A company with more than one workplace may ask for several of them, or all, at once."""
        places = registered.workplaces
        if len(places) < 2:
            del self.fields["also"]
            return
        each = [(place.p_number, _labelled(place, company=registered.name)) for place in places]
        every = ngettext("All %(number)d workplaces", "All %(number)d workplaces", len(places))
        self.fields["also"].choices = [  # type: ignore[attr-defined]
            *([(ALL, every % {"number": len(places)})] if len(places) > 2 else []),
            *each,
        ]

    def _choose(self, workplace: str) -> None:
        """The only workplace there is, as long as nobody has said that it is another place."""
        self.not_typed = ("choice", "workplace")
        if self.is_bound:
            self.data = {**dict(self.data.items()), "workplace": workplace}
        else:
            self.initial = {**self.initial, "workplace": workplace}

    def _ask_for_address(self) -> None:
        """Leave out what is not asked, so that nothing can be wrong with it."""
        if not (self.is_unknown or self.is_foreign):
            del self.fields["company_name"]
        if self.asks_for_address and len(self.municipalities) > 1:
            self.fields["municipality"].choices = [  # type: ignore[attr-defined]
                ("", _("Choose")),
                *((one.code, one.name) for one in self.municipalities),
            ]
        else:
            del self.fields["municipality"]
        if not self.asks_for_address:
            del self.fields["address"], self.fields["postcode"]

    # --- what follows from what is typed, judged or not -----------------------------------------------

    @property
    def is_foreign(self) -> bool:
        return self._typed("no_cvr") not in ("", "False")

    @cached_property
    def suggestions(self) -> list[Registered]:
        """Companies whose name fits what is typed, where that is no number."""
        typed = self._typed("cvr")
        return suggested(typed) if not self.is_foreign else []

    @cached_property
    def number(self) -> str | None:
        """The CVR number, if what is typed can be one, or that of the company that is chosen by its name."""
        typed = self._typed("cvr")
        if self.is_foreign:
            return None
        if is_a_name(typed):
            chosen = self._typed("choice")
            return chosen if chosen in [company.cvr for company in self.suggestions] else None
        try:
            return checked(typed)
        except forms.ValidationError:
            return None

    @cached_property
    def _found(self) -> tuple[Registered | None, bool]:
        """What the register says of the number, and whether it is away."""
        try:
            return (lookup(self.number) if self.number else None), False
        except RegisterAway:
            return None, True

    @property
    def registered(self) -> Registered | None:
        return self._found[0]

    @property
    def register_is_away(self) -> bool:
        return self._found[1]

    @property
    def is_unknown(self) -> bool:
        """There is a CVR number, but nothing from the register about it: the rest is typed by hand."""
        return bool(self.number) and not self.registered

    @property
    def asks_for_address(self) -> bool:
        if self.registered and self.registered.workplaces:
            return self._typed("workplace") == ELSEWHERE
        return self.number is not None or self.is_foreign

    @cached_property
    def municipalities(self) -> list[Municipality]:
        """Those the typed postcode lies in, the one with most of its land first."""
        try:
            return municipalities_at(self._typed("postcode"), on=timezone.localdate())
        except UnknownPostcode:
            return []

    @property
    def municipality_of_workplace(self) -> Municipality | None:
        """Where the workplace is, as far as it is told yet."""
        if not self.asks_for_address:
            return self._workplace.municipality if self._workplace else None
        if len(self.municipalities) == 1:
            return self.municipalities[0]
        chosen = self._typed("municipality")
        return next((one for one in self.municipalities if one.code == chosen), None)

    @property
    def _workplace(self) -> RegisteredWorkplace | None:
        chosen = self._typed("workplace")
        places = self.registered.workplaces if self.registered else []
        return next((place for place in places if place.p_number == chosen), None)

    def _typed(self, name: str) -> str:
        """What is typed in a field, asked for now or not."""
        typed = self.data if self.is_bound else self.initial
        return str(typed.get(name) or "").replace("\0", "").strip()

    # --- judging -----------------------------------------------------------------------------------------

    def clean_cvr(self) -> str:
        typed: str = self.cleaned_data["cvr"]
        if not is_a_name(typed):
            return checked(typed)
        if self.number:
            return self.number
        if self.suggestions:
            raise forms.ValidationError(_("Choose the company in the list"))
        raise forms.ValidationError(
            _("No company in the register is called that. Try another part of the name, or the CVR number.")
        )

    def clean_foreign_number(self) -> str:
        """As registers write them: in capitals, with one space between."""
        return " ".join(str(self.cleaned_data["foreign_number"]).upper().split())

    def clean_postcode(self) -> str:
        typed: str = self.cleaned_data["postcode"]
        if not self.municipalities:
            raise forms.ValidationError(
                _("There is no such postcode. Write the four digits, for example 4600.")
            )
        return typed

    def clean_email(self) -> str:
        """In lower case: it is how we know a person again."""
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        municipality = self.municipality_of_workplace
        if municipality:
            try:
                responsible_jobcentre(municipality=municipality, on=timezone.localdate())
            except NobodyAnswers:
                self.add_error(
                    "postcode" if self.asks_for_address else "workplace",
                    _(
                        "No jobcentre answers for %(municipality)s at the moment. Choose another workplace, "
                        "or write to us under “Help and contact”."
                    )
                    % {"municipality": municipality.official_name},
                )
        return cleaned

    # --- what it says, when it holds -----------------------------------------------------------------------

    def company(self) -> str:
        """The company's name: the register's, else the one that was typed."""
        return self.registered.name if self.registered else str(self.cleaned_data["company_name"])

    def identity(self) -> Identity:
        """What the company is known by: its CVR number, or its country and its number there."""
        if self.is_foreign:
            return Identity(
                country=self.cleaned_data["country"], foreign_number=self.cleaned_data["foreign_number"]
            )
        return Identity(cvr=self.cleaned_data["cvr"], country=HOME)

    def place(self) -> Place:
        municipality = self.municipality_of_workplace
        if not municipality:
            raise ValueError("the form holds, so the municipality is known")
        chosen = None if self.asks_for_address else self._workplace
        return Place(
            registered=chosen,
            address=chosen.address if chosen else self.cleaned_data["address"],
            postcode=chosen.postcode if chosen else self.cleaned_data["postcode"],
            municipality=municipality,
        )

    def others(self) -> tuple[RegisteredWorkplace, ...]:
        """The other workplaces it concerns: those that were ticked beside the one it mainly is at."""
        ticked = set(self.cleaned_data.get("also") or ())
        places = self.registered.workplaces if self.registered else []
        return tuple(
            place
            for place in places
            if (ALL in ticked or place.p_number in ticked) and place != self._workplace
        )

    def contact(self) -> Contact:
        return Contact(
            name=self.cleaned_data["name"], email=self.cleaned_data["email"], phone=self.cleaned_data["phone"]
        )


def only_look(form: forms.Form) -> None:
    """Forget what is missing: the employer only wants to see what follows from what is typed so far."""
    for name in list(form.errors):
        is_to_choose = name == "cvr" and isinstance(form, CompanyForm) and bool(form.suggestions)
        if name not in LOOKED_AT or not form[name].value() or is_to_choose:
            del form.errors[name]


def suggested(typed: str) -> list[Registered]:
    """Companies of the register whose name fits what is typed; none for a number, or a single letter."""
    return list(named(typed, most=MOST_SUGGESTED)) if is_a_name(typed) and len(typed) > 1 else []


def is_only_a_number(form: forms.Form) -> bool:
    """Whether nothing but the number or name is filled in, from which the rest of the step follows."""
    return isinstance(form, CompanyForm) and all(
        bool(form[name].value()) == (name == "cvr") for name in form.fields if name not in form.not_typed
    )


def _labelled(place: RegisteredWorkplace, *, company: str) -> Labelled:
    """“Lageret, Industriholmen 14, 4652 Hårlev” and under it P-number and staff.

    A workplace that is called what the company is called goes by its address alone.
    """
    hint = [_("P-number %(number)s") % {"number": p_number_shown(place.p_number)}]
    if place.employees:
        hint.append(
            ngettext("%(number)d employee", "%(number)d employees", place.employees)
            % {"number": place.employees}
        )
    where = f"{place.address}, {place.postcode} {place.town or place.municipality.name}"
    return Labelled(
        f"{place.name}, {where}" if place.name not in ("", company) else where, hint=" · ".join(hint)
    )

"""What becomes of one line of a list: the company it means, the place, and the contact person.

What the register says is looked up and never overwritten by a list; of what people have written, only empty
fields of a person are filled in, and a name and a telephone number of the same e-mail address changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from import_export import resources
from import_export.results import RowResult

from employers.companies.adoption import adopt_company, adopt_workplace
from employers.companies.countries import HOME, foreign_countries
from employers.companies.cvr import checked
from employers.companies.following import locked
from employers.companies.models import Company, Former, Person, Workplace
from employers.companies.names import folded
from employers.companies.register import RegisterAway, lookup
from employers.companies.resembling import companies_like, people_like, plain_number
from employers.imports.models import Fate
from employers.imports.reading import LONGEST_CELL
from jobcenter.centres.models import Jobcentre
from jobcenter.geography.places import UnknownPostcode, municipalities_at
from jobcenter.pages.privacy import cpr_numbers

ABOUT_PERSON = ("person", "email", "phone")


@dataclass(frozen=True)
class Judgement:
    """A line's fate, where it went wrong, and what to say of it."""

    fate: Fate
    said: str = ""
    column: str = ""
    company: Company | None = None
    person: Person | None = None


class Refused(Exception):
    """The line is not used; nothing of it is."""

    def __init__(self, column: str, said: str, fate: Fate = Fate.REFUSED) -> None:
        super().__init__(said)
        self.judgement = Judgement(fate=fate, said=said[:400], column=column)


def judge(values: Mapping[str, str], *, jobcentre: Jobcentre) -> Judgement:
    """Do what the line says, or nothing of it when it is refused. The caller's transaction decides.

    A line that was done once is unchanged the next time.
    """
    try:
        with transaction.atomic():
            return _judged(values, jobcentre)
    except Refused as refused:
        return refused.judgement


def without_numbers(values: Mapping[str, str]) -> dict[str, str]:
    """The line as it may be kept: a cell with a CPR number in it is emptied."""
    return {column: "" if cpr_numbers(cell) else cell[:LONGEST_CELL] for column, cell in values.items()}


def _judged(values: Mapping[str, str], jobcentre: Jobcentre) -> Judgement:
    for column, cell in values.items():
        if cpr_numbers(cell):
            raise Refused(column, _("There is a CPR number in the line. It is not kept."))
        if len(cell) > LONGEST_CELL:
            raise Refused(column, _("The text is longer than 200 letters."))
    company, is_new = _company(values, jobcentre)
    is_new |= _place(company, values)
    if not Company.objects.visible_to(jobcentre).filter(pk=company.pk).exists():
        raise Refused(
            "company",
            _("The company has no workplace in your catchment. Ask the jobcentre that answers for it."),
        )
    if not any(values.get(name) for name in ABOUT_PERSON):
        return Judgement(Fate.NEW if is_new else Fate.UNCHANGED, company=company)
    judged = _person(company, values)
    if is_new and judged.fate == Fate.UNCHANGED:
        return Judgement(Fate.NEW, company=company, person=judged.person)
    return judged


def _company(values: Mapping[str, str], jobcentre: Jobcentre) -> tuple[Company, bool]:
    """By its number, else the only one with just that name; and whether it is new."""
    if cvr := values.get("cvr"):
        return _danish(cvr, values)
    if number := values.get("number"):
        return _foreign(number, values, jobcentre)
    name = values.get("company", "")
    if not name:
        raise Refused("cvr", _("Neither the company's number nor its name is there."))
    same = list(Company.objects.visible_to(jobcentre).filter(name_key=folded(name))[:2])
    if len(same) != 1:
        raise Refused("cvr", _("Write the CVR number: no one company of your catchment has just this name."))
    return locked(same[0]), False


def _checked(cvr: str) -> str:
    try:
        return checked(cvr)
    except ValidationError as wrong:
        raise Refused("cvr", wrong.messages[0]) from None


def _danish(cvr: str, values: Mapping[str, str]) -> tuple[Company, bool]:
    """As we know it, else as the register has it, else by the name in the list."""
    plain = plain_number(cvr)
    if known := Company.objects.filter(cvr=plain).first() or Former.objects.company(cvr=plain):
        return locked(known), False
    cvr = _checked(cvr)
    try:
        registered = lookup(cvr)
    except RegisterAway:
        raise Refused("cvr", _("The register does not answer just now. Try the line again later.")) from None
    if registered:
        company = adopt_company(registered)
        for place in registered.workplaces:
            adopt_workplace(company, place)
        return company, True
    if not values.get("company"):
        raise Refused("cvr", _("The register has no company with this number, and the name is missing."))
    return Company.objects.create(cvr=cvr, name=values["company"]), True


def _foreign(number: str, values: Mapping[str, str], jobcentre: Jobcentre) -> tuple[Company, bool]:
    country = _country(values.get("country", ""))
    alike = companies_like(number=number, reader=jobcentre)
    for one in alike:
        if one.by_number and one.company is None:
            asked = ", ".join(str(jobcentre) for jobcentre in one.ask)
            raise Refused("number", _("The company is outside your catchment: ask %(who)s.") % {"who": asked})
        if one.by_number and one.company and one.company.country == country:
            return locked(one.company), False
    number = " ".join(number.upper().split())
    if merged := Former.objects.company(country=country, foreign_number=number):
        return locked(merged), False
    if not values.get("company"):
        raise Refused("company", _("The company's name is missing."))
    company, is_new = Company.objects.get_or_create(
        country=country, foreign_number=number, defaults={"name": values["company"]}
    )
    return company, is_new


def _country(said: str) -> str:
    """By its two letters or its name."""
    names = dict(foreign_countries())
    code = said.upper()
    found = code if code in names else next((one for one, name in names.items() if name.upper() == code), "")
    if not found or found == HOME:
        raise Refused("country", _("Write the country, for example DE or Tyskland."))
    return found


def _place(company: Company, values: Mapping[str, str]) -> bool:
    """The workplace the line names; whether it is new. None is made for a company that has one there."""
    address, postcode = values.get("address", ""), values.get("postcode", "")
    if not postcode:
        return False
    try:
        municipality = municipalities_at(postcode, on=timezone.localdate())[0]
    except UnknownPostcode:
        raise Refused("postcode", _("There is no such postcode.")) from None
    there = company.workplaces.filter(address__iexact=address, postcode=postcode)
    if company.from_register or there.exists():
        return False
    if not address:
        raise Refused("address", _("The street and number are missing."))
    Workplace.objects.create(company=company, address=address, postcode=postcode, municipality=municipality)
    return True


class PersonLines(resources.ModelResource):
    """A contact person of a line, found again by the address, else by the very name."""

    class Meta:
        model = Person
        fields = ("name", "email", "phone")
        import_id_fields = ()
        skip_unchanged = True
        report_skipped = True
        skip_html_diff = True
        store_instance = True
        clean_model_instances = True

    def __init__(self, company: Company) -> None:
        super().__init__()
        self.company = company

    def get_instance(self, instance_loader: Any, row: dict[str, Any]) -> Person | None:
        people = self.company.people
        if email := row.get("email"):
            if same := people.filter(email__iexact=email).first():
                return same
            named = people.filter(email="", name__iexact=row.get("name", ""))
        else:
            named = people.filter(name__iexact=row.get("name", ""))
        return named.first()

    def init_instance(self, row: dict[str, Any] | None = None) -> Person:
        return Person(company=self.company)


def _person(company: Company, values: Mapping[str, str]) -> Judgement:
    names = {"person": "name", "email": "email", "phone": "phone"}
    row = {names[column]: values[column] for column in ABOUT_PERSON if values.get(column)}
    lines = PersonLines(company)
    if not lines.get_instance(None, row):
        if "name" not in row:
            raise Refused("person", _("The contact person's name is missing."))
        if alike := people_like(company, name=row["name"], phone=row.get("phone", "")):
            raise Refused(
                "person",
                _("Resembles %(name)s, who is there already. Nothing is done.") % {"name": alike[0].name},
                Fate.DUPLICATE,
            )
    result = lines.import_row(row, None, row_number=1)
    if result.import_type in (RowResult.IMPORT_TYPE_INVALID, RowResult.IMPORT_TYPE_ERROR):
        raise Refused(*_wrong(result))
    if result.import_type == RowResult.IMPORT_TYPE_NEW:
        return Judgement(Fate.NEW, company=company, person=result.instance)
    changed = [
        str(Person._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        for name in row
        if getattr(result.original, name) != getattr(result.instance, name)
    ]
    fate = Fate.CHANGED if changed else Fate.UNCHANGED
    return Judgement(fate, ", ".join(changed), company=company, person=result.instance)


def _wrong(result: RowResult) -> tuple[str, str]:
    """The column and the sentence of what the model refused."""
    columns = {"name": "person", "email": "email", "phone": "phone"}
    if result.validation_error is not None and hasattr(result.validation_error, "error_dict"):
        name, errors = next(iter(result.validation_error.error_dict.items()))
        return columns.get(name, ""), errors[0].messages[0]
    if result.validation_error is not None:
        return "", result.validation_error.messages[0]
    raise result.errors[0].error

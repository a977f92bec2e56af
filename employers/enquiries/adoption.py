"""The company, workplace and person of an enquiry: those we know already, or new ones.

Whoever writes to us is not signed in. So what the register says is brought up to date, but nothing that
we know is changed by what somebody types: it is only added to. Each function belongs in the transaction
in which the enquiry is received.
"""

from __future__ import annotations

from employers.companies.adoption import adopt_company, adopt_workplace, merged_meanwhile
from employers.companies.following import locked
from employers.companies.models import Company, Former, Person, Workplace
from employers.enquiries.asked import Asked, Contact, Place


def company_of(asked: Asked) -> Company:
    """As the register has it; else the one we know by its number, or a new one with the typed name."""
    if asked.registered:
        return adopt_company(asked.registered)
    known_by = asked.identity
    if now := Former.objects.company(
        cvr=known_by.cvr, country=known_by.country, foreign_number=known_by.foreign_number
    ):
        return locked(now)
    company, is_new = Company.objects.get_or_create(
        cvr=known_by.cvr,
        country=known_by.country,
        foreign_number=known_by.foreign_number,
        defaults={"name": asked.company},
    )
    return locked(merged_meanwhile(company) if is_new else company)


def workplace_of(place: Place, *, company: Company) -> Workplace:
    """As the register has it; one that was typed in is known again by its address and postcode."""
    if place.registered:
        return adopt_workplace(company, place.registered)
    workplace, _is_new = Workplace.objects.get_or_create(
        company=company,
        p_number=None,
        address=place.address,
        postcode=place.postcode,
        defaults={"municipality": place.municipality},
    )
    return workplace


def person_of(contact: Contact, *, company: Company) -> Person:
    """The person of an e-mail address in the company, as we know them; a new one as they were typed."""
    person, _is_new = Person.objects.get_or_create(
        company=company, email=contact.email, defaults={"name": contact.name, "phone": contact.phone}
    )
    return person

"""Companies and people that may be the one somebody is about to type: by number, name, e-mail, telephone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from rapidfuzz.distance import OSA

from employers.companies.finding import find
from employers.companies.models import Company, Former, Person, Workplace
from employers.companies.names import folded
from jobcenter.centres.models import Jobcentre, Serves

MOST_SHOWN = 6
SLIPS = 2
"""So many letters may differ in a person's name that is the same: “Mette Brun” is “Mette Bruun”."""
SHORTEST_PHONE = 8

_NOT_OF_A_NUMBER = re.compile(r"[^0-9A-Z]")


@dataclass(frozen=True)
class Known:
    """A company that is known already, as far as the asker may see it.

    company: None outside the asker's labour catchments: then only that it exists is said, and `ask`, the
    jobcentres that answer for its workplaces. by_number: it has the very number that was typed.
    """

    name: str
    number: str
    company: Company | None
    ask: Sequence[Jobcentre] = ()
    by_number: bool = False


def companies_like(*, name: str = "", number: str = "", reader: Jobcentre) -> list[Known]:
    """Companies with the number, however it is written, and those of a similar name; whoever knows them.

    The number's own come first, also by a number that was merged away.
    """
    same = _with_number(number)
    alike = find(Company.objects.all(), name, most=MOST_SHOWN) if name.strip() else []
    found = [*same, *(one for one in alike if one not in same)][:MOST_SHOWN]
    pks = [one.pk for one in found]
    seen = set(Company.objects.visible_to(reader).filter(pk__in=pks).values_list("pk", flat=True))
    asked = _who_to_ask([pk for pk in pks if pk not in seen])
    return [
        Known(
            name=one.name,
            number=one.number,
            company=one if one.pk in seen else None,
            ask=asked.get(one.pk, []),
            by_number=one in same,
        )
        for one in found
    ]


def people_like(
    company: Company, *, name: str = "", email: str = "", phone: str = "", but: Person | None = None
) -> list[Person]:
    """People of the company with the address or telephone number, or a name that may be the same."""
    words = folded(name)
    digits = _digits(phone)
    found = []
    for person in company.people.exclude(pk=but.pk) if but else company.people.all():
        same_email = bool(email.strip()) and person.email.lower() == email.strip().lower()
        same_phone = len(digits) >= SHORTEST_PHONE and _digits(person.phone) == digits
        if same_email or same_phone or _is_alike(words, folded(person.name)):
            found.append(person)
    return found[:MOST_SHOWN]


def plain_number(number: str) -> str:
    """A number without what people write in it: “HRB 12-345” is HRB12345, “CVR 99 00 00 19” is 99000019."""
    return _NOT_OF_A_NUMBER.sub("", number.upper()).removeprefix("CVR").removeprefix("DK")


def _with_number(number: str) -> list[Company]:
    plain = plain_number(number)
    if not plain:
        return []
    merged = Former.objects.filter(Q(cvr=plain) | Q(foreign_number=number.strip())).values("now")
    at_place = Workplace.objects.filter(p_number=plain).values("company")
    danish = Company.objects.filter(Q(cvr=plain) | Q(pk__in=merged) | Q(pk__in=at_place))
    abroad = Company.objects.filter(cvr=None)
    return [*danish, *(one for one in abroad if plain_number(one.foreign_number) == plain)]


def _who_to_ask(pks: Sequence[int]) -> dict[int, list[Jobcentre]]:
    """The jobcentres that answer for the companies' open workplaces. Two queries."""
    places = Company.objects.filter(pk__in=pks, workplaces__closed_on=None).values_list(
        "pk", "workplaces__municipality"
    )
    municipalities = {place for _pk, place in places if place}
    serving = Serves.objects.valid(timezone.localdate()).filter(municipality__in=municipalities)
    by_municipality = {one.municipality_id: one.jobcentre for one in serving.select_related("jobcentre")}
    asked: dict[int, list[Jobcentre]] = {}
    for pk, place in places:
        jobcentre = by_municipality.get(place)
        if jobcentre and jobcentre not in asked.setdefault(pk, []):
            asked[pk].append(jobcentre)
    return asked


def _is_alike(words: str, other: str) -> bool:
    """The same words in any order with few slips; or one name that is the beginning of the other."""
    if not words or not other:
        return False
    one, two = " ".join(sorted(words.split())), " ".join(sorted(other.split()))
    return OSA.distance(one, two, score_cutoff=SLIPS) <= SLIPS or other.startswith(f"{words} ")


def _digits(phone: str) -> str:
    """The last eight digits: with or without +45."""
    return "".join(digit for digit in phone if digit.isdigit())[-SHORTEST_PHONE:]

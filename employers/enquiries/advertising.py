"""The vacancy of a draft, before it is sent: as seekers will see it, and what is to be thought of first."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from employers.companies.models import Company, Workplace
from employers.enquiries.asked import Asked
from employers.vacancies.arrival import COMPARED
from employers.vacancies.duplicates import resembling
from employers.vacancies.models import State, Vacancy
from jobcenter.centres.models import Jobcentre
from jobcenter.geography.models import Postcode


def as_seekers_see_it(asked: Asked, *, at: datetime, jobcentre: Jobcentre | None = None) -> Vacancy:
    """The vacancy as it would stand if it were published now; nothing is saved.

    Raises ValueError where nobody is to be recruited.
    """
    if asked.vacancy is None:
        raise ValueError("nobody is to be recruited")
    company = Company(name=asked.company, **asdict(asked.identity))
    town = Postcode.objects.filter(code=asked.place.postcode).values_list("name", flat=True).first() or ""
    vacancy = Vacancy(
        company=company,
        workplace=Workplace(
            company=company,
            address=asked.place.address,
            postcode=asked.place.postcode,
            town=town,
            municipality=asked.place.municipality,
        ),
        published_at=at,
        **{name: value for name, value in asked.vacancy.items() if name != "code"},
    )
    if jobcentre:
        vacancy.jobcentre = jobcentre
    return vacancy


def known_duplicates(asked: Asked) -> list[Vacancy]:
    """Vacancies that are shown to everyone, of the same workplace, and much like this one.

    Only those: whoever fills in the form has not shown who they are, so that what waits is not told.
    """
    if asked.vacancy is None:
        return []
    place = asked.place
    if place.registered:
        at_workplace = Vacancy.objects.filter(workplace__p_number=place.registered.p_number)
    else:
        at_workplace = Vacancy.objects.filter(
            company__cvr=asked.identity.cvr,
            company__country=asked.identity.country,
            company__foreign_number=asked.identity.foreign_number,
            workplace__address=place.address,
            workplace__postcode=place.postcode,
        )
    shown = at_workplace.filter(state__in=(State.PUBLISHED, State.PAUSED)).select_related("workplace")
    newest = shown.order_by("-created_at", "-pk")[:COMPARED]
    near = resembling(title=asked.vacancy["title"], text=asked.vacancy["text"], among=newest)
    return [one.other for one in near]

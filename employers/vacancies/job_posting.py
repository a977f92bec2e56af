"""A vacancy as search engines read it: schema.org's JobPosting as JSON-LD.

Source: https://schema.org/JobPosting. Pure: a vacancy with its relations in, plain values out.
"""

from __future__ import annotations

import json
from datetime import datetime, time
from typing import Any

from django.utils import timezone
from django.utils.html import escape, linebreaks
from django.utils.safestring import SafeString, mark_safe

from employers.vacancies.models import ExternalVacancy, Terms, Vacancy
from employers.vacancies.search import FULL_TIME

UNSAFE_IN_SCRIPT = {ord(letter): f"\\u{ord(letter):04X}" for letter in "<>&\u2028\u2029"}
"""What could end a script element or a line of it; JSON reads the escape as the letter itself."""


EMPLOYMENT = {
    Terms.TEMPORARY: "TEMPORARY",
    Terms.APPRENTICESHIP: "INTERN",
}
"""schema.org's words for terms that are not about hours."""


def job_posting(vacancy: Vacancy | ExternalVacancy, *, address: str) -> dict[str, Any]:
    """The JobPosting of a published vacancy. `address`: the page's own, absolute."""
    if isinstance(vacancy, Vacancy):
        employer, positions = vacancy.company.name, vacancy.positions_left
    else:
        employer, positions = vacancy.employer, vacancy.positions
    optional = {
        "workHours": f"{vacancy.hours:g} hours a week" if vacancy.hours else None,
        "jobStartDate": vacancy.starts_on.isoformat() if vacancy.starts_on else None,
    }
    return {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "url": address,
        "identifier": _identifier(vacancy),
        "title": vacancy.title,
        "description": linebreaks(escape(vacancy.text)),
        "datePosted": vacancy.published_at and timezone.localdate(vacancy.published_at).isoformat(),
        "validThrough": _end_of(vacancy).isoformat(),
        "employmentType": _employment(vacancy),
        **{name: value for name, value in optional.items() if value},
        "totalJobOpenings": positions,
        "occupationalCategory": f"{vacancy.occupation.code[:4]} {vacancy.occupation.title_da}",
        "hiringOrganization": {"@type": "Organization", "name": employer},
        "directApply": False,
        "jobLocation": {"@type": "Place", "address": _place(vacancy)},
    }


def _identifier(vacancy: Vacancy | ExternalVacancy) -> dict[str, str]:
    if isinstance(vacancy, Vacancy):
        return {"@type": "PropertyValue", "name": "Én Indgang", "value": str(vacancy.pk)}
    return {"@type": "PropertyValue", "name": vacancy.source.name, "value": vacancy.external_id}


def _employment(vacancy: Vacancy | ExternalVacancy) -> list[str]:
    found = []
    if vacancy.hours:
        found.append("FULL_TIME" if vacancy.hours >= FULL_TIME else "PART_TIME")
    if vacancy.terms in EMPLOYMENT:
        found.append(EMPLOYMENT[Terms(vacancy.terms)])
    return found or ["OTHER"]


def _place(vacancy: Vacancy | ExternalVacancy) -> dict[str, str]:
    where = vacancy.workplace if isinstance(vacancy, Vacancy) else vacancy
    parts = {
        "streetAddress": where.address,
        "postalCode": where.postcode,
        "addressLocality": where.town or where.municipality.name,
        "addressRegion": where.municipality.name,
        "addressCountry": "DK",
    }
    return {"@type": "PostalAddress", **{name: value for name, value in parts.items() if value}}


def as_script(posting: dict[str, Any]) -> SafeString:
    """The posting as it may stand inside a script element, whatever an employer has written."""
    return mark_safe(json.dumps(posting, ensure_ascii=False).translate(UNSAFE_IN_SCRIPT))


def _end_of(vacancy: Vacancy | ExternalVacancy) -> datetime:
    return timezone.make_aware(datetime.combine(vacancy.apply_by, time(23, 59, 59)))

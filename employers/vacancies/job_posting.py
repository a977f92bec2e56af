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

from employers.vacancies.models import Vacancy
from employers.vacancies.search import FULL_TIME

UNSAFE_IN_SCRIPT = {ord(letter): f"\\u{ord(letter):04X}" for letter in "<>&\u2028\u2029"}
"""What could end a script element or a line of it; JSON reads the escape as the letter itself."""


def job_posting(vacancy: Vacancy, *, address: str) -> dict[str, Any]:
    """The JobPosting of a published vacancy. `address`: the page's own, absolute."""
    workplace = vacancy.workplace
    return {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "url": address,
        "identifier": {"@type": "PropertyValue", "name": "Én Indgang", "value": str(vacancy.pk)},
        "title": vacancy.title,
        "description": linebreaks(escape(vacancy.text)),
        "datePosted": vacancy.published_at and timezone.localdate(vacancy.published_at).isoformat(),
        "validThrough": _end_of(vacancy).isoformat(),
        "employmentType": "FULL_TIME" if vacancy.hours >= FULL_TIME else "PART_TIME",
        "workHours": f"{vacancy.hours:g} hours a week",
        "jobStartDate": vacancy.starts_on.isoformat(),
        "totalJobOpenings": vacancy.positions,
        "occupationalCategory": f"{vacancy.occupation.code[:4]} {vacancy.occupation.title_da}",
        "hiringOrganization": {"@type": "Organization", "name": vacancy.company.name},
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": workplace.address,
                "postalCode": workplace.postcode,
                "addressLocality": workplace.municipality.name,
                "addressCountry": "DK",
            },
        },
    }


def as_script(posting: dict[str, Any]) -> SafeString:
    """The posting as it may stand inside a script element, whatever an employer has written."""
    return mark_safe(json.dumps(posting, ensure_ascii=False).translate(UNSAFE_IN_SCRIPT))


def _end_of(vacancy: Vacancy) -> datetime:
    return timezone.make_aware(datetime.combine(vacancy.apply_by, time(23, 59, 59)))

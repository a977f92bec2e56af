"""What is published about the prospects in an occupation where a vacancy is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from employers.vacancies.models import Vacancy
from jobcenter.classifications.models import Outlook
from jobcenter.pages.words import spoken

SENTENCES: Mapping[Outlook.Category, str | Promise] = {
    Outlook.Category.SHORTAGE: _(
        "In %(area)s there are too few people for this occupation (%(occupation)s): employers look in "
        "vain, and hardly anybody is unemployed."
    ),
    Outlook.Category.PARADOX: _(
        "In %(area)s employers look in vain for people for this occupation (%(occupation)s) although many "
        "are unemployed: what they can does not fit."
    ),
    Outlook.Category.GOOD: _(
        "In %(area)s employers usually find people for this occupation (%(occupation)s), though few are "
        "unemployed: many change jobs."
    ),
    Outlook.Category.LESS_GOOD: _(
        "In %(area)s more people look for work in this occupation (%(occupation)s) than employers look for."
    ),
    Outlook.Category.PROBLEMS: _(
        "In %(area)s employers have difficulty finding people for this occupation (%(occupation)s)."
    ),
    Outlook.Category.NO_PROBLEMS: _(
        "In %(area)s employers usually find the people they need for this occupation (%(occupation)s)."
    ),
}


def outlook_for(vacancy: Vacancy, *, on: date) -> Outlook | None:
    """The assessment of the vacancy's occupation, or of the group it is in, in the workplace's area.

    None where nothing is published, or too few have answered to say anything. One query.
    """
    occupation = vacancy.occupation
    here = Q(area__areamunicipality__municipality=vacancy.workplace.municipality_id) & (
        Q(area__areamunicipality__valid_to=None) | Q(area__areamunicipality__valid_to__gt=on)
    )
    return (
        Outlook.objects.filter(
            here,
            occupation__in=[occupation.pk, *([occupation.parent_id] if occupation.parent_id else [])],
            area__areamunicipality__valid_from__lte=on,
        )
        .exclude(category=Outlook.Category.NOT_ASSESSED)
        .select_related("area", "occupation")
        # The vacancy's own occupation before its group, the newest before older ones.
        .order_by(F("occupation__level").desc(), F("published_at").desc())
        .first()
    )


def in_a_sentence(outlook: Outlook) -> str:
    """What the outlook says to somebody who looks for people, in a sentence; empty where it says nothing."""
    sentence = SENTENCES.get(Outlook.Category(outlook.category))
    if not sentence:
        return ""
    return str(sentence) % {"area": outlook.area.name, "occupation": outlook.occupation.title}


def period_in_words(code: str, *, language: str) -> str:
    """“1. halvår 2026” for "2026H01"; a period of another kind as it is written."""
    half_year = re.fullmatch(r"(\d{4})H0([12])", code)
    if not half_year:
        return code
    year, number = half_year[1], half_year[2]
    if spoken(language) == "da":
        return f"{number}. halvår {year}"
    return f"the {'first' if number == '1' else 'second'} half of {year}"

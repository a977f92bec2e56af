"""What is published about the prospects in an occupation where the work is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from employers.vacancies.models import Vacancy
from jobcenter.classifications.models import Occupation, Outlook
from jobcenter.geography.models import Municipality
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


SIGNS: Mapping[str, tuple[str, str | Promise]] = {
    Outlook.Category.SHORTAGE: ("shortage", _("shortage")),
    Outlook.Category.PARADOX: ("paradox", _("paradox")),
    Outlook.Category.PROBLEMS: ("bad", _("recruitment problems")),
    Outlook.Category.GOOD: ("good", _("no recruitment problems")),
    Outlook.Category.NO_PROBLEMS: ("good", _("no recruitment problems")),
    Outlook.Category.LESS_GOOD: ("good", _("enough people")),
}
"""Shape and word of what is published; where nobody has assessed, nothing is shown."""


@dataclass(frozen=True)
class Prospect:
    """A published outlook, and the period it was assessed for in words."""

    outlook: Outlook
    period: str

    @property
    def is_hard(self) -> bool:
        """Whether employers look in vain."""
        return self.outlook.category in Outlook.HARD_TO_FILL

    @property
    def says(self) -> str:
        return in_a_sentence(self.outlook)

    @property
    def shape(self) -> str:
        return SIGNS[self.outlook.category][0]

    @property
    def word(self) -> str | Promise:
        return SIGNS[self.outlook.category][1]


def prospect_of(outlook: Outlook) -> Prospect:
    return Prospect(outlook, period_in_words(outlook.period, language=get_language() or "da"))


def prospect_for(vacancy: Vacancy, *, on: date) -> Prospect | None:
    """Of the vacancy's occupation where its workplace is; None once it is closed. One query."""
    if vacancy.closed_at:
        return None
    return prospect_in(vacancy.occupation, vacancy.workplace.municipality, on=on)


def prospect_in(occupation: Occupation, municipality: Municipality, *, on: date) -> Prospect | None:
    """The assessment of the occupation, or of the group it is in, in the municipality's area.

    None where nothing is published, or too few have answered to say anything. One query.
    """
    here = Q(area__areamunicipality__municipality=municipality) & (
        Q(area__areamunicipality__valid_to=None) | Q(area__areamunicipality__valid_to__gt=on)
    )
    found = (
        Outlook.objects.filter(
            here,
            occupation__in=[occupation.pk, *([occupation.parent_id] if occupation.parent_id else [])],
            area__areamunicipality__valid_from__lte=on,
        )
        .exclude(category=Outlook.Category.NOT_ASSESSED)
        .select_related("area", "occupation")
        # The occupation itself before its group, the newest before older ones.
        .order_by(F("occupation__level").desc(), F("published_at").desc())
        .first()
    )
    return prospect_of(found) if found else None


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

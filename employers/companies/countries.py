"""Countries a company may come from, by ISO 3166-1's two letters, in the language of the page."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale
from django.utils.translation import get_language

from employers.companies.cvr import shown
from jobcenter.geography.ordering import danish_sort_key

HOME = "DK"
"""Companies of Denmark have a CVR number. Greenland and the Faroe Islands have registers of their own."""

NEAR = ("DE", "SE", "NO", "PL", "NL", "GB")
"""Those most foreign employers in Denmark come from; they stand first."""

NO_COUNTRY = frozenset(("EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"))
"""Two letters of Babel's that are no country."""


def country_name(code: str) -> str:
    """The country's name in the language of the page; the code where it is none we know."""
    return _names((get_language() or "da")[:2]).get(code, code)


def number_shown(*, cvr: str | None, country: str, number: str) -> str:
    """What a company is known by, in words: “CVR 44 91 20 38”, or “Tyskland, HRB 12345”."""
    return f"CVR {shown(cvr)}" if cvr else f"{country_name(country)}, {number}"


def foreign_countries() -> list[tuple[str, str]]:
    """Codes and names of all countries but Denmark: the near ones, then the others in alphabetical order."""
    names = _names((get_language() or "da")[:2])
    others = sorted(
        (code for code in names if code not in (HOME, *NEAR)), key=lambda code: danish_sort_key(names[code])
    )
    return [(code, names[code]) for code in (*NEAR, *others)]


@lru_cache(maxsize=4)
def _names(language: str) -> dict[str, str]:
    territories = Locale(language).territories
    return {
        code: name
        for code, name in territories.items()
        if len(code) == 2 and code.isalpha() and code not in NO_COUNTRY
    }

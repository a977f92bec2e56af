"""What must not stand in free text: a civil registration number (CPR) tells who someone is for life.

Source: databeskyttelsesloven (Act 502 of 23 May 2018) § 11, subsection 1, lets an authority process
the number only to identify someone uniquely. A note about a company never needs it.
"""

import re
from datetime import date
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_TEN_DIGITS = re.compile(r"(?<![\w-])(\d{6})(\s?[-–]\s?|\s)?(\d{4})(?![\w-])")
_P_NUMBER = re.compile(r"10[0-3]")
"""How P-numbers begin, which also have ten digits. Only an undivided number is taken for one."""


class Found(NamedTuple):
    """Where the number stands in the text, and how it is shown: without the four last digits."""

    start: int
    end: int
    shown: str


def cpr_numbers(text: str) -> list[Found]:
    """Everything in the text that looks like a CPR number: a valid date ddmmyy and four digits.

    Without a checksum: numbers given out since 2007 need not pass it. An undivided number that may
    be a P-number (a workplace's) is left alone, since a false alarm cannot be overruled.
    """
    return [
        Found(match.start(), match.end(), f"{match[1]}-xxxx")
        for match in _TEN_DIGITS.finditer(text)
        if _is_date(match[1]) and (match[2] or not _P_NUMBER.match(match[1]))
    ]


def without_cpr(text: str) -> None:
    """A validator for free text. Raises ValidationError that names the number by its first six digits."""
    found = cpr_numbers(text)
    if found:
        raise ValidationError(
            _(
                "This looks like a CPR number: %(shown)s. "
                "Take it out: nothing is saved with a CPR number in it."
            ),
            code="cpr",
            params={"shown": found[0].shown},
        )


def _is_date(digits: str) -> bool:
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    try:
        # The century does not matter: 2000–2099 has every leap day that 1900–1999 has.
        date(2000 + year, month, day)
    except ValueError:
        return False
    return True

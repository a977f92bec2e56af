"""CVR numbers as people type them: with spaces, full stops or “DK” in front, or with two digits swapped.

The eighth digit checks the other seven (weights 2, 7, 6, 5, 4, 3, 2, 1; modulus 11). A number that
passes may still belong to nobody. Source: Erhvervsstyrelsen's description of the CVR number.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from stdnum.dk import cvr as standard

_SAID_BEFORE = re.compile(r"^(?:cvr|dk|nr|no|nummer|[\s.:-])+(?=\d)", re.IGNORECASE)


def is_a_name(typed: str) -> bool:
    """Whether somebody has typed a name, and not a number with or without “CVR” or “DK” in front."""
    return any(letter.isalpha() for letter in _SAID_BEFORE.sub("", typed.strip()))


def is_whole(typed: str) -> bool:
    """Whether what is typed can be a CVR number: eight digits that fit together."""
    try:
        checked(typed)
    except ValidationError:
        return False
    return True


def checked(typed: str) -> str:
    """The eight digits of what was typed. Raises ValidationError that says what to put right."""
    digits = str(standard.compact(_SAID_BEFORE.sub("", typed.strip())))
    if not (digits.isascii() and digits.isdigit()):
        raise ValidationError(_("A CVR number has digits only: 8 of them"), code="cvr_digits")
    if len(digits) != 8:
        raise ValidationError(
            ngettext(
                "A CVR number has 8 digits; you wrote %(number)d",
                "A CVR number has 8 digits; you wrote %(number)d",
                len(digits),
            ),
            code="cvr_length",
            params={"number": len(digits)},
        )
    if not standard.is_valid(digits):
        raise ValidationError(
            _("There is no such CVR number: its digits do not fit together. Look for two that are swapped."),
            code="cvr_check",
        )
    return digits


def shown(cvr: str) -> str:
    """“44 91 20 38”: eight digits in pairs, as they are read aloud."""
    return " ".join(cvr[start : start + 2] for start in range(0, len(cvr), 2))


def p_number_shown(p_number: str) -> str:
    """“1 027 554 318”: the first digit, and the others in threes."""
    return " ".join([p_number[:1], *(p_number[start : start + 3] for start in range(1, len(p_number), 3))])

"""References that say nothing about whom they stand for."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from employers.referrals.references import drawn

_INITIALS = re.compile(r"\b(?:[A-ZÆØÅ]\.\s?){2,}|^\s*[A-ZÆØÅ]{2,4}\s*$")


def new_reference() -> str:
    """A placement's, such as `F-7K4Q92`."""
    return f"F-{drawn(6)}"


def new_citizen() -> str:
    """A citizen's, such as `B-7K4Q92`: drawn by lot, so nothing of the person can be read from it."""
    return f"B-{drawn(6)}"


def without_initials(text: str) -> None:
    """A validator for a label. Raises ValidationError where it looks like somebody's initials."""
    if _INITIALS.search(text):
        raise ValidationError(
            _("This looks like initials. Write what the work is, not who the person is."), code="initials"
        )

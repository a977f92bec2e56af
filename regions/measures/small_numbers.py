"""From how many persons a number is told to others than those it is about: the rule of the day."""

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from regions.measures.models import SmallNumberRule
from regions.measures.suppression import Limits, State

WORDS: Mapping[State, str | Promise] = {
    State.SHOWN: _("shown"),
    State.ZERO: _("zero"),
    State.SUPPRESSED: _("hidden: small numbers"),
    State.MISSING: _("missing"),
}
"""What a file says of a number beside it: hidden, missing and zero are not the same."""


def limits_on(day: date) -> Limits:
    """The rule in force on the day; where none is loaded, Statistics Denmark's own. One query."""
    rule = SmallNumberRule.objects.valid(day).values("min_cell", "min_base").first()
    return Limits(**rule) if rule else Limits()

"""From how many persons a number is told to others than those it is about: the rule of the day."""

from datetime import date

from regions.measures.models import SmallNumberRule
from regions.measures.suppression import Limits


def limits_on(day: date) -> Limits:
    """The rule in force on the day; where none is loaded, Statistics Denmark's own. One query."""
    rule = SmallNumberRule.objects.valid(day).first()
    return Limits(min_cell=rule.min_cell, min_base=rule.min_base) if rule else Limits()

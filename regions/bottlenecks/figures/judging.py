"""Severe shortage in a half-year, by the rules in force then: of what indicators or lines say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from regions.bottlenecks.figures.severe import Told, severe, short_areas
from regions.bottlenecks.models import Rule
from regions.measures.periods import Period


@dataclass(frozen=True)
class Severe:
    """codes: of the occupations that are severely short in a half-year, by its rule.

    is_judged_anew: the half-year before had a rule that knew no unemployment, so that this one's cut says
    where labour was short then.
    """

    period: str
    codes: frozenset[str]
    rule: Rule
    is_judged_anew: bool


def judge(
    period: Period,
    *,
    now: Iterable[Told],
    before: Iterable[Told],
    unemployment: Mapping[str, float | None],
) -> Severe | None:
    """now, before: what is said in the half-year and in the one before. unemployment: rate by occupation.

    Two queries. None where no rule was in force.
    """
    rule, rule_before = (Rule.objects.valid(one.ends_on).first() for one in (period, period.previous()))
    if not (rule and rule_before):
        return None
    codes = severe(
        short_areas(now, then=rule.cuts, now=rule.cuts),
        short_areas(before, then=rule_before.cuts, now=rule.cuts),
        unemployment=unemployment,
        cuts=rule.severe_cuts,
    )
    return Severe(period.code, codes, rule, rule_before.unemployment_cut is None)

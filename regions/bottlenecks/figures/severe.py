"""Severe shortage: said of an occupation in the country, from what is said of it in its areas. Pure.

    short in so many of the areas, in this half-year and in the one before
    ∧  at most so many per cent unemployed in the country
    ∧  an education is needed

Source: Arbejdsmarkedsbalancen's older fifth category, “omfattende mangel”: four of the eight areas of
2015–2024, Bornholm left out, 2.5 per cent, and a vocational or higher education. Of which work one is needed
is our own, dated choice (`rules.toml`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from regions.bottlenecks.figures.balance import Balance, Cuts, balance
from regions.bottlenecks.figures.indicators import Recruitment

LEFT_OUT = ("rar-bornholm",)
"""Areas that do not count, by their codes. The source leaves out Bornholm, which was an area of its own in
2015–2024 only; before and since it is part of the capital's area, and counts with it."""

MAY_BE_SHORT = (Balance.SHORTAGE, Balance.PROBLEMS)
"""What is asked for: all else is short by no rule."""


@dataclass(frozen=True, kw_only=True)
class SevereCuts:
    """areas: fewest that are short twice running. unemployment: highest rate, 0 to 1.

    educated: beginnings of the DISCO codes whose work takes a vocational or higher education. Raises
    ValueError on cuts that cannot be.
    """

    areas: int
    unemployment: float
    educated: Sequence[str]

    def __post_init__(self) -> None:
        if self.areas < 1 or not 0 < self.unemployment < 1:
            raise ValueError("at least one area is short, and the cut of unemployment lies between 0 and 1")

    def takes_an_education(self, code: str) -> bool:
        """Whether all work of the code does: of a wider group, where it begins so itself."""
        return code.startswith(tuple(self.educated))


@dataclass(frozen=True)
class Told:
    """What is said of an occupation in an area in a half-year, by their codes, and the unemployment rate."""

    occupation: str
    area: str
    category: Balance
    unemployment: float | None


def short_areas(told: Iterable[Told], *, then: Cuts, now: Cuts) -> dict[str, set[str]]:
    """Codes of the areas in which each occupation is short, without those that do not count.

    then: of the rule by which it was said. now: of the rule that severe shortage is judged by. Where the
    former knew no unemployment, and so said no more than that employers have problems, the latter's cut says
    whether labour was short: else nothing could be said before both half-years have the same rule.
    """
    short: dict[str, set[str]] = defaultdict(set)
    for one in told:
        category = one.category
        if category is Balance.PROBLEMS and then.unemployment is None:
            category = balance(Recruitment.PROBLEMS, unemployment=one.unemployment, turnover=None, cuts=now)
        if category is Balance.SHORTAGE and one.area not in LEFT_OUT:
            short[one.occupation].add(one.area)
    return short


def is_severe(
    code: str,
    *,
    short_now: Collection[str],
    short_before: Collection[str],
    unemployment: float | None,
    cuts: SevereCuts,
) -> bool:
    """Whether an occupation is severely short in the country.

    short_now, short_before: codes of the areas where it is short in this half-year and the one before.
    unemployment: rate in the country; None: not known.
    """
    return (
        cuts.takes_an_education(code)
        and len(set(short_now) & set(short_before)) >= cuts.areas
        and unemployment is not None
        and unemployment <= cuts.unemployment
    )


def severe(
    short_now: Mapping[str, Collection[str]],
    short_before: Mapping[str, Collection[str]],
    *,
    unemployment: Mapping[str, float | None],
    cuts: SevereCuts,
) -> frozenset[str]:
    """Codes of the occupations that are severely short. All by the occupations' codes."""
    return frozenset(
        code
        for code, areas in short_now.items()
        if is_severe(
            code,
            short_now=areas,
            short_before=short_before.get(code, ()),
            unemployment=unemployment.get(code),
            cuts=cuts,
        )
    )

"""What is known of every occupation everywhere in a half-year, computed as a whole and written at once.

Numbers of unit groups in municipalities are summed up the DISCO tree and over the map by two matrix products
(`rolling_up`), and each sum is judged by the rule in force. So a municipality, its catchment, its area and
the country can never tell of different numbers. Which of them are small, and what must be hidden with those,
is found for all at once too (`hiding`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import numpy as np
from django.db import connection, transaction
from django.utils import timezone
from numpy.typing import NDArray

from employers.vacancies.models import Outcome
from jobcenter.classifications.models import UNIT_GROUP, Occupation
from regions.bottlenecks.figures.balance import Cuts, balance, sureness
from regions.bottlenecks.figures.borrowing import shrunk_rates
from regions.bottlenecks.figures.counting import (
    OUTCOMES,
    STOCK,
    Map,
    Numbers,
    counts_of,
    days_open,
    the_map,
)
from regions.bottlenecks.figures.duration import median_days
from regions.bottlenecks.figures.hiding import BoolArray, hidden
from regions.bottlenecks.figures.indicators import Outcomes, assess
from regions.bottlenecks.figures.labour import Stock
from regions.bottlenecks.figures.rolling_up import IntArray, Tree, summed, up_the_tree
from regions.bottlenecks.models import Indicators, Place, Rule
from regions.measures.periods import Period
from regions.measures.small_numbers import limits_on
from regions.measures.suppression import Limits

FIGURES = (
    *("category", "attempts", "failed", "other_profile", "withdrawn", "unknown", "lower", "upper"),
    *("shrunk", "sure", *STOCK, "positions"),
    *("observed", "still_open", "median_days", "median_lower", "median_upper"),
)
HIDES = ("hides_answers", "hides_persons")

Days = tuple[list[float], list[float]]
"""Of the vacancies that were closed until then, and so far of those that were not."""


@transaction.atomic
def compute(period: Period) -> int:
    """Put the half-year's indicators in the place of those that were there; returns how many there are.

    Only what somebody looks for, works as or is unemployed as is there. Raises Rule.DoesNotExist where no
    rule was in force on the half-year's last day.
    """
    cuts = Rule.objects.valid(period.ends_on).get().cuts
    occupations = dict(Occupation.objects.filter(level__lte=UNIT_GROUP).values_list("code", "pk"))
    tree = up_the_tree(sorted(code for code in occupations if len(code) == UNIT_GROUP))
    land = the_map(period)
    # All is read before the copy begins: a connection does one of the two at a time.
    rows = [
        (period.code, occupations[code], *land.places[number], *figures)
        for code, number, figures in _rows(
            period, tree=tree, land=land, cuts=cuts, limits=limits_on(period.ends_on)
        )
        if code in occupations
    ]
    Indicators.objects.filter(period=period.code).delete()
    _write(rows)
    return len(rows)


def _rows(
    period: Period, *, tree: Tree, land: Map, cuts: Cuts, limits: Limits
) -> Iterator[tuple[str, int, list[object]]]:
    """Code, number of the place, and what is kept of it, for each cell that has anything."""
    leaves = [code for code in tree.codes if len(code) == UNIT_GROUP]
    counts = counts_of(period, leaves=leaves, land=land)
    total = {name: summed(numbers, tree=tree, places=land.member) for name, numbers in counts.items()}
    shrunk = _shrunk(total, tree=tree, land=land)
    times = _times(period, land=land)
    hides = _hides(total, tree=tree, land=land, limits=limits)
    known = np.any([*(total[name] > 0 for name in (*OUTCOMES, "positions", *STOCK)), *hides], axis=0)
    for level, code in enumerate(tree.codes):
        for place in range(len(land.places)):
            cell = level, place
            durations = times.get((code, place), ([], []))
            if known[cell] or any(durations):
                figures = _figures(total, cell, shrunk=shrunk[cell], times=durations, cuts=cuts)
                yield code, place, [*(bool(hide[cell]) for hide in hides), *figures]


def _failed(total: Numbers) -> IntArray:
    failed: IntArray = total[Outcome.FILLED_OTHER_PROFILE] + total[Outcome.NOT_FILLED]
    return failed


def _shrunk(total: Numbers, *, tree: Tree, land: Map) -> NDArray[np.float64]:
    """Rates drawn to the country's, level by level and kind of place by kind; NaN where there is none."""
    failed = _failed(total)
    attempts = failed + total[Outcome.FILLED_AS_WANTED]
    digits = np.array([len(code) for code in tree.codes])
    kinds = np.array([kind for kind, _code in land.places])
    rates = np.full(failed.shape, np.nan)
    for level in np.unique(digits):
        for kind in (Place.MUNICIPALITY, Place.AREA):
            cells = np.ix_(digits == level, kinds == kind)
            rates[cells] = shrunk_rates(failed=failed[cells], attempts=attempts[cells])
    return rates


def _hides(total: Numbers, *, tree: Tree, land: Map, limits: Limits) -> tuple[BoolArray, BoolArray]:
    """Whether others may not read of the answers, and of the persons, in the order of HIDES.

    Few answers are fewer attempts than `min_cell`. Few persons are as few unemployed, employed, hires or
    candidates, and a labour force of fewer than `min_base`, of which no share is told.
    """
    kinds = [kind for kind, _code in land.places]
    can_hide = np.isin(kinds, (Place.MUNICIPALITY, Place.CATCHMENT))
    alone = kinds.count(Place.MUNICIPALITY)
    sums = {row: np.flatnonzero(land.member[row]).tolist() for row in range(alone, len(kinds))}
    attempts = total[Outcome.FILLED_AS_WANTED] + _failed(total)
    force = total["employed"] + total["unemployed"]

    def few(numbers: IntArray, least: int) -> BoolArray:
        return (numbers > 0) & (numbers < least)

    few_persons = few(force, limits.min_base) | np.any(
        [few(total[name], limits.min_cell) for name in STOCK], axis=0
    )

    def hide(small: BoolArray, sizes: IntArray) -> BoolArray:
        return hidden(
            small, sizes=sizes, tree=tree, sums=sums, can_hide=can_hide, known_to_one=land.served_by_one
        )

    return hide(few(attempts, limits.min_cell), attempts), hide(few_persons, force)


def _times(period: Period, *, land: Map) -> Mapping[tuple[str, int], Days]:
    """How long vacancies are open, by code and number of the place."""
    column = {pk: number for number, pk in enumerate(land.municipalities)}
    places = [np.flatnonzero(land.member[:, number]).tolist() for number in range(len(column))]
    times: dict[tuple[str, int], Days] = defaultdict(lambda: ([], []))
    for leaf, municipality, days, still in days_open(period):
        if municipality in column:
            for place in places[column[municipality]]:
                for digits in range(1, len(leaf) + 1):
                    times[leaf[:digits], place][still].append(days)
    return times


def _figures(
    total: Numbers,
    cell: tuple[int, int],
    *,
    shrunk: float,
    times: Days,
    cuts: Cuts,
) -> list[object]:
    """One cell's figures, in the order of FIGURES."""
    outcomes = Outcomes(**{name: int(total[name][cell]) for name in OUTCOMES})
    persons = {name: None if total[f"{name} unknown"][cell] else int(total[name][cell]) for name in STOCK}
    stock = Stock(**persons, positions=int(total["positions"][cell]))
    said = assess(outcomes=outcomes, cut=cuts.failed, least_attempts=cuts.least_attempts)
    category = balance(
        said.recruitment, unemployment=stock.unemployment_rate, turnover=stock.turnover, cuts=cuts
    )
    median = median_days(closed_after=times[0], open_for=times[1])
    return [
        category.value,
        outcomes.attempts,
        outcomes.failed,
        outcomes.filled_other_profile,
        outcomes.withdrawn,
        outcomes.unknown,
        *((said.interval.lower, said.interval.upper) if said.interval else (None, None)),
        None if np.isnan(shrunk) else float(shrunk),
        sureness(outcomes, cuts=cuts),
        *(persons[name] for name in STOCK),
        stock.positions,
        median.observed,
        median.open,
        median.days,
        median.lower,
        median.upper,
    ]


def _write(rows: Iterable[tuple[object, ...]]) -> None:
    """By COPY: period, occupation, place, code, what is hidden and the figures of each."""
    columns = ("computed_at", "period", "occupation_id", "place", "code", *HIDES, *FIGURES)
    computed_at = timezone.now()
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY bottlenecks_indicators ({', '.join(columns)}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row((computed_at, *row))

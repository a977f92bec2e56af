"""Issues of different quarters hold mostly the same months: what one hides is not found from the others."""

from __future__ import annotations

import pytest

from regions.comparison.models import Result
from regions.measures.periods import parse
from regions.measures.suppression import Limits, State
from regions.publications.earlier import Earlier, Number
from regions.publications.freezing import draw_up, shown
from regions.publications.models import FrozenResult
from tests.queries import asked
from tests.regions.making import Said, make_comparison
from tests.regions.publications.conftest import TODAY
from tests.regions.publications.making import publish_quarter

KOEGE, ROSKILDE, AARHUS = 1, 2, 3


def one(jobcentre: int, period: str, actual: int | None, base: int | None = None) -> Number:
    return Number(frozenset({jobcentre}), parse(period), actual, base if actual is not None else None)


def states(figures: dict[int, tuple[int, int]], *, earlier: Earlier, period: str = "2026QMAT01"):
    results = [Result(jobcentre_id=key, actual=actual, base=base) for key, (actual, base) in figures.items()]
    told, total = shown(results, period=parse(period), limits=Limits(), earlier=earlier)
    return {key: cell.state for key, cell in told.items()}, total.state


MANY = {KOEGE: (22, 300), ROSKILDE: (40, 200), AARHUS: (90, 400)}


def test_a_quarter_of_few_that_two_windows_tell_apart_hides_the_second():
    """Nobody in the first quarter of 2025, 20 in the year, 22 in the four quarters a quarter later."""
    earlier = Earlier(
        numbers=[one(KOEGE, "2025Q01", 0, 70), one(KOEGE, "2025QMAT04", 20, 290)],
    )

    told, total = states(MANY, earlier=earlier)

    assert told == {KOEGE: State.SUPPRESSED, ROSKILDE: State.SUPPRESSED, AARHUS: State.SHOWN}
    assert total == State.SHOWN


def test_the_few_who_are_left_are_found_in_the_same_way():
    """Not those counted but the others: 230 of 232, and nobody was left out in the quarter before."""
    earlier = Earlier(
        numbers=[one(KOEGE, "2025Q01", 70, 70), one(KOEGE, "2025QMAT04", 200, 220)],
    )

    told, _total = states({**MANY, KOEGE: (230, 252)}, earlier=earlier)

    assert told[KOEGE] == State.SUPPRESSED


def test_windows_of_many_are_told_one_after_the_other():
    earlier = Earlier(numbers=[one(KOEGE, "2025QMAT04", 20, 290), one(KOEGE, "2025QMAT03", 19, 280)])

    told, total = states(MANY, earlier=earlier)

    assert set(told.values()) == {total} == {State.SHOWN}


def test_the_total_is_hidden_where_one_of_the_two_it_leaves_is_known_from_its_quarters():
    """Køge has 2 and is hidden, Roskilde with it; but Roskilde's four quarters were told one by one."""
    quarters = ("2025Q02", "2025Q03", "2025Q04", "2026Q01")
    figures = {**MANY, KOEGE: (2, 300)}

    told, total = states(figures, earlier=Earlier())
    assert (told[ROSKILDE], total) == (State.SUPPRESSED, State.SHOWN)

    earlier = Earlier(numbers=[one(ROSKILDE, quarter, 10, 50) for quarter in quarters])
    told, total = states(figures, earlier=earlier)
    assert (told[KOEGE], total) == (State.SUPPRESSED, State.SUPPRESSED)


@pytest.fixture
def told_by_quarter(koege, roskilde, aarhus, result_measure, group, national):
    """Three quarters that were published one by one, before there were four to take together."""

    def compared(period: str, **actual: int) -> None:
        results = {
            centre.jobcentre: Said(actual[name], 400, 50.0, -0.1)
            for name, centre in (("koege", koege), ("roskilde", roskilde), ("aarhus", aarhus))
        }
        version = result_measure.version
        make_comparison(
            result_measure, group, results, period=period, definition_version=version, digest=period
        )

    for quarter in ("2025Q01", "2025Q02", "2025Q03"):
        compared(quarter, koege=10, roskilde=20, aarhus=30)
        publish_quarter(quarter, by=national, on=TODAY)
    compared("2025QMAT04", koege=32, roskilde=90, aarhus=100)


def test_what_is_left_of_a_year_after_three_quarters_is_hidden_when_it_is_few(told_by_quarter):
    """Køge's fourth quarter would be 2."""
    draft = draw_up(quarter=parse("2025Q04"), on=TODAY)

    results = FrozenResult.objects.filter(comparison__publication=draft).select_related("participant")
    assert {one.participant.short_name: one.state for one in results} == {
        "Køge": "suppressed",
        "Roskilde": "suppressed",
        "Aarhus": "shown",
    }


def test_as_much_is_asked_however_much_has_been_told(told_by_quarter):
    queries = asked(lambda: draw_up(quarter=parse("2025Q04"), on=TODAY))

    assert sum(times for query, times in queries.items() if "regexp_replace" in query) == 1

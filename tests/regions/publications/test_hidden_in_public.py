"""No subtraction reveals a hidden number: within an issue, nor between an issue and its correction."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from regions.comparison.models import Result
from regions.measures.periods import parse
from regions.measures.suppression import Cell, Limits, State
from regions.publications.freezing import Before, shown
from regions.publications.models import FrozenResult

LIMITS = Limits()
PERIOD = parse("2026QMAT03")

cells = st.integers(0, 60).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base)))
tables = st.lists(cells, min_size=2, max_size=12)


def results_of(table) -> list[Result]:
    return [
        Result(jobcentre_id=place, actual=actual, base=base) for place, (actual, base) in enumerate(table)
    ]


def told_of(told, total) -> Before:
    return Before(
        hides_total=total.numerator is None,
        jobcentres={place for place, one in told.items() if one.state is State.SUPPRESSED},
    )


@given(tables)
def test_small_numbers_are_hidden_and_never_alone_beside_the_total(table):
    told, total = shown(results_of(table), period=PERIOD, limits=LIMITS)

    small = {place for place, cell in enumerate(table) if Cell(*cell).is_small(LIMITS)}
    hidden = told_of(told, total).jobcentres
    assert small <= hidden
    if total.numerator is not None:
        assert len(hidden) != 1


@given(tables, st.data())
def test_an_issue_and_its_correction_reveal_nothing_together(table, data):
    """Any figures may be corrected. Whoever lays one issue beside the next subtracts what each shows from
    its total: what is left is a sum of at least two hidden ones in each, and of the same ones."""
    corrected = data.draw(st.lists(cells, min_size=len(table), max_size=len(table)))
    once = told_of(*shown(results_of(table), period=PERIOD, limits=LIMITS))

    told, total = shown(results_of(corrected), period=PERIOD, limits=LIMITS, before=once)
    twice = told_of(told, total)

    assert once.jobcentres <= twice.jobcentres
    if not twice.hides_total:
        assert twice.jobcentres == once.jobcentres
        assert not once.hides_total
        assert len(twice.jobcentres) != 1


def test_what_an_issue_hid_stays_hidden_when_it_is_no_longer_small(
    compared, recomputed, koege, aarhus, issue
):
    """Køge is hidden, and Roskilde, the smallest, with it. Were Roskilde told in the correction, the first
    issue's total would tell of Køge."""
    recomputed(koege.jobcentre, actual=3)
    issue()
    recomputed(koege.jobcentre, actual=30)
    recomputed(aarhus.jobcentre, actual=550)

    again = issue("Køge var talt forkert.")

    told = {
        one.participant.short_name: one.state
        for one in FrozenResult.objects.filter(comparison__publication=again).select_related("participant")
    }
    assert told == {"Køge": "suppressed", "Roskilde": "suppressed", "Aarhus": "shown"}


def test_what_is_hidden_is_not_in_the_database_of_published_figures_at_all(
    compared, recomputed, koege, issue
):
    recomputed(koege.jobcentre, actual=3, expected=30.0)

    published = issue()

    of_koege = FrozenResult.objects.filter(
        comparison__publication=published, participant__jobcentre=koege.jobcentre
    )
    assert of_koege.values_list("actual", "base", "share", "expected", "ratio", "z_adjusted").get() == (
        None,
        *[None] * 5,
    )


def test_zero_hidden_and_missing_are_three_things(
    compared, recomputed, make_jobcentres, koege, roskilde, issue
):
    zero, _none = make_jobcentres(2)
    Result.objects.create(comparison=compared, jobcentre=zero, actual=0, base=40)
    recomputed(koege.jobcentre, actual=2)
    recomputed(roskilde.jobcentre, actual=3)

    told = {
        one.participant.short_name: one.state
        for one in FrozenResult.objects.filter(comparison__publication=issue()).select_related("participant")
    }

    assert (told["Nr. 0"], told["Nr. 1"], told["Køge"]) == ("zero", "missing", "suppressed")

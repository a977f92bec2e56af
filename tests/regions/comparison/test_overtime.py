"""Which of a jobcentre's figures are held beside each other, and when no limits are drawn."""

import pytest

from regions.comparison.overtime import MOST, NotDrawn, read
from regions.comparison.process import Rule
from regions.measures.suppression import Limits
from tests.queries import asked


@pytest.fixture
def tell(koege, measure_all):
    """Stores the shares of Køge in periods."""

    def store(shares, **fields):
        for period, share in shares.items():
            measure_all([koege.jobcentre], [share], period=period, **fields)

    return store


@pytest.fixture
def of_koege(koege, result_measure, group):
    """Køge's series."""

    def found():
        series = read(jobcentre=koege.jobcentre, subjects=[(result_measure, group)], limits=Limits())
        return series.get((result_measure.pk, group.pk))

    return found


def quarters(count, share=0.3):
    """So many quarters that end with the third of 2026, alternating a little."""
    last = 2026 * 4 + 2
    return {
        f"{quarter // 4}Q{quarter % 4 + 1:02d}": share + 0.01 * (quarter % 2)
        for quarter in range(last - count + 1, last + 1)
    }


def rolling(count):
    return {period.replace("Q", "QMAT"): share for period, share in quarters(count).items()}


def test_quarters_are_looked_at_though_rolling_figures_were_delivered_too(tell, of_koege):
    tell(rolling(20))
    tell(quarters(12))

    series = of_koege()

    assert [measurement.period for measurement in series.measurements] == list(quarters(12))
    assert not series.is_rolling
    assert series.process
    assert series.process.is_firm


def test_rolling_figures_alone_are_thinned_to_those_that_share_no_month(tell, of_koege):
    tell(rolling(9))

    series = of_koege()

    assert [measurement.period for measurement in series.measurements] == [
        "2024QMAT03",
        "2025QMAT03",
        "2026QMAT03",
    ]
    assert (series.process, series.not_drawn) == (None, NotDrawn.ROLLING)


def test_few_figures_set_no_limits(tell, of_koege):
    tell(quarters(7))

    assert (of_koege().process, of_koege().not_drawn) == (None, NotDrawn.FEW)


def test_a_figure_on_too_small_a_base_is_left_out(tell, of_koege):
    tell(quarters(12))
    tell({"2023Q03": 0.5}, base=10)

    series = of_koege()

    assert (len(series.measurements), series.left_out) == (12, 1)


def test_the_latest_are_shown_and_no_more_than_fit(tell, of_koege):
    tell(quarters(MOST + 6))

    series = of_koege()

    assert len(series.measurements) == MOST
    assert series.measurements[-1].period == "2026Q03"


def test_the_latest_figure_is_worse_when_it_falls_out_to_the_bad_side(tell, of_koege):
    tell(quarters(12) | {"2026Q03": 0.1})

    [run] = of_koege().now

    assert run.rule is Rule.OUTSIDE_LIMITS
    assert of_koege().is_worse_now


def test_others_figures_are_not_mixed_in(tell, measure_all, roskilde, of_koege):
    tell(quarters(12))
    measure_all([roskilde.jobcentre], [0.9], period="2023Q03")

    assert len(of_koege().measurements) == 12


def test_small_numbers_are_left_out_for_others_and_not_for_the_jobcentre_itself(
    tell, of_koege, koege, result_measure, group
):
    tell(quarters(12))
    tell({"2023Q03": 0.04}, base=100)

    [own] = read(
        jobcentre=koege.jobcentre, subjects=[(result_measure, group)], limits=Limits(), is_own=True
    ).values()

    assert (len(of_koege().measurements), of_koege().hidden) == (12, 1)
    assert (len(own.measurements), own.hidden) == (13, 0)


def test_several_measures_take_one_query_as_one_does(tell, koege, measures, group):
    tell(quarters(12))
    subjects = [(measure, group) for measure in measures.values()]

    assert asked(lambda: read(jobcentre=koege.jobcentre, subjects=subjects, limits=Limits())).total() == 1


def test_nothing_asked_for_is_nothing_found(koege):
    assert read(jobcentre=koege.jobcentre, subjects=[], limits=Limits()) == {}

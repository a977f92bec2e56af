"""The labour market balance: its table, its limits and what may be relied on whatever the figures."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from regions.bottlenecks.figures.balance import Balance, Cuts, balance, sureness
from regions.bottlenecks.figures.indicators import Outcomes, Recruitment, assess

CUTS = Cuts(failed=0.20, least_attempts=5, unemployment=0.03, turnover=0.08)

LOW, HIGH = 0.01, 0.06
SLOW, FAST = 0.02, 0.12

rates = st.none() | st.floats(0, 1)


def said(problems: Recruitment, unemployment: float | None, turnover: float | None) -> Balance:
    return balance(problems, unemployment=unemployment, turnover=turnover, cuts=CUTS)


@pytest.mark.parametrize(
    ("problems", "unemployment", "turnover", "expected"),
    [
        (Recruitment.PROBLEMS, LOW, FAST, Balance.SHORTAGE),
        (Recruitment.PROBLEMS, LOW, SLOW, Balance.SHORTAGE),
        (Recruitment.PROBLEMS, LOW, None, Balance.SHORTAGE),
        (Recruitment.PROBLEMS, HIGH, FAST, Balance.PARADOX),
        (Recruitment.PROBLEMS, HIGH, None, Balance.PARADOX),
        (Recruitment.NO_PROBLEMS, LOW, FAST, Balance.GOOD),
        (Recruitment.NO_PROBLEMS, HIGH, SLOW, Balance.LESS_GOOD),
        (Recruitment.NO_PROBLEMS, LOW, SLOW, Balance.NOT_ASSESSED),
        (Recruitment.NO_PROBLEMS, HIGH, FAST, Balance.NOT_ASSESSED),
        (Recruitment.NO_PROBLEMS, LOW, None, Balance.NO_PROBLEMS),
        (Recruitment.NO_PROBLEMS, None, FAST, Balance.NO_PROBLEMS),
        (Recruitment.PROBLEMS, None, FAST, Balance.PROBLEMS),
        (Recruitment.NOT_ASSESSED, LOW, FAST, Balance.NOT_ASSESSED),
    ],
)
def test_the_published_table(problems, unemployment, turnover, expected):
    assert said(problems, unemployment, turnover) is expected


def test_the_cuts_themselves_are_low_unemployment_and_high_turnover():
    assert said(Recruitment.PROBLEMS, CUTS.unemployment, None) is Balance.SHORTAGE
    assert said(Recruitment.NO_PROBLEMS, CUTS.unemployment, CUTS.turnover) is Balance.GOOD


@given(st.integers(0, 60), st.integers(0, 60), rates, rates)
def test_another_failed_attempt_never_turns_problems_into_none(failed, attempts, unemployment, turnover):
    """With as many attempts, from none over not assessed to problems, and never back."""
    order = [Recruitment.NO_PROBLEMS, Recruitment.NOT_ASSESSED, Recruitment.PROBLEMS]
    failed = min(failed, attempts)
    more = min(failed + 1, attempts)

    fewer, further = (
        assess(
            outcomes=Outcomes(not_filled=number, filled_as_wanted=attempts - number),
            cut=CUTS.failed,
            least_attempts=CUTS.least_attempts,
        ).recruitment
        for number in (failed, more)
    )

    assert order.index(fewer) <= order.index(further)
    if said(fewer, unemployment, turnover) in (Balance.SHORTAGE, Balance.PARADOX):
        assert said(further, unemployment, turnover) is said(fewer, unemployment, turnover)


@given(st.sampled_from(Recruitment), st.floats(0, 1), st.floats(0, 1), rates)
def test_more_unemployed_never_make_labour_shorter(problems, one, other, turnover):
    fewer, more = sorted((one, other))

    if said(problems, more, turnover) in (Balance.SHORTAGE, Balance.GOOD):
        assert said(problems, fewer, turnover) is said(problems, more, turnover)


@given(st.sampled_from(Recruitment), rates, st.floats(0, 1), st.floats(0, 1))
def test_more_turnover_never_worsens_the_prospects(problems, unemployment, one, other):
    slower, faster = sorted((one, other))

    if said(problems, unemployment, slower) is Balance.GOOD:
        assert said(problems, unemployment, faster) is Balance.GOOD
    if said(problems, unemployment, faster) is Balance.LESS_GOOD:
        assert said(problems, unemployment, slower) is Balance.LESS_GOOD


def test_with_many_clear_answers_nearly_every_resample_says_the_same():
    assert sureness(Outcomes(not_filled=60, filled_as_wanted=40), cuts=CUTS) > 0.999


def test_at_the_edge_of_a_claim_it_stays_in_about_half_of_the_resamples():
    """Three of five in vain are the fewest that say so; 68 per cent of resamples have as many."""
    assert sureness(Outcomes(not_filled=3, filled_as_wanted=2), cuts=CUTS) == pytest.approx(0.68256)


def test_where_nobody_answered_nothing_is_sure_or_unsure():
    assert sureness(Outcomes(withdrawn=3, unknown=9), cuts=CUTS) is None


@given(st.integers(0, 30), st.integers(0, 30))
def test_sureness_is_the_sum_over_every_number_that_a_resample_can_have(failed, wanted):
    attempts = failed + wanted
    if not attempts:
        return

    def said(number):
        resample = Outcomes(not_filled=number, filled_as_wanted=attempts - number)
        return assess(outcomes=resample, cut=CUTS.failed, least_attempts=CUTS.least_attempts).recruitment

    same = [number for number in range(attempts + 1) if said(number) is said(failed)]
    outcomes = Outcomes(not_filled=failed, filled_as_wanted=wanted)

    assert sureness(outcomes, cuts=CUTS) == pytest.approx(
        stats.binom.pmf(same, attempts, failed / attempts).sum()
    )


@given(st.integers(0, 40), st.integers(0, 40))
def test_sureness_is_a_share(failed, wanted):
    sure = sureness(Outcomes(not_filled=failed, filled_as_wanted=wanted), cuts=CUTS)

    assert sure is None if failed + wanted == 0 else 0 < sure <= 1


@pytest.mark.parametrize(
    "wrong", [{"failed": 0}, {"failed": 1}, {"least_attempts": 0}, {"unemployment": 0}, {"turnover": 0}]
)
def test_a_cut_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match="cut"):
        Cuts(**wrong)


def test_every_combination_has_one_answer():
    for problems, unemployment, turnover in itertools.product(
        Recruitment, (None, LOW, HIGH), (None, SLOW, FAST)
    ):
        assert said(problems, unemployment, turnover) in Balance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regions.bottlenecks.figures.indicators import Assessment, Hesitation, Outcomes, Recruitment, assess

CUT = 0.20


def answered(
    *, wanted: int = 0, other: int = 0, nobody: int = 0, withdrawn: int = 0, unknown: int = 0
) -> Outcomes:
    return Outcomes(
        filled_as_wanted=wanted,
        filled_other_profile=other,
        not_filled=nobody,
        withdrawn=withdrawn,
        unknown=unknown,
    )


def assessed(outcomes: Outcomes, *, cut: float = CUT, least_attempts: int = 5) -> Assessment:
    return assess(outcomes=outcomes, cut=cut, least_attempts=least_attempts)


def test_hiring_nobody_and_hiring_another_profile_both_count_as_in_vain():
    """27 of 88: the interval is the one Wilson gives, 22.0 to 41.0 per cent."""
    said = assessed(answered(wanted=61, other=12, nobody=15))

    assert (said.failed, said.attempts) == (27, 88)
    assert said.rate == pytest.approx(27 / 88)
    assert said.interval.lower == pytest.approx(0.220, abs=5e-4)
    assert said.interval.upper == pytest.approx(0.410, abs=5e-4)


def test_more_in_vain_than_the_cut_beyond_doubt_are_problems():
    said = assessed(answered(wanted=61, other=12, nobody=15))

    assert said.recruitment is Recruitment.PROBLEMS
    assert said.hesitation is None


def test_fewer_in_vain_than_the_cut_beyond_doubt_are_no_problems():
    said = assessed(answered(wanted=95, other=3, nobody=2))

    assert said.recruitment is Recruitment.NO_PROBLEMS
    assert said.hesitation is None


def test_a_rate_above_the_cut_that_may_be_chance_is_not_assessed():
    """Six of twenty, 30 per cent; but 15 would fit with it too."""
    said = assessed(answered(wanted=14, nobody=6))

    assert said.rate > CUT
    assert said.recruitment is Recruitment.NOT_ASSESSED
    assert said.hesitation is Hesitation.EITHER_SIDE


def test_a_rate_below_the_cut_that_may_be_chance_is_not_assessed_either():
    said = assessed(answered(wanted=17, nobody=3))

    assert said.rate < CUT
    assert said.recruitment is Recruitment.NOT_ASSESSED
    assert said.hesitation is Hesitation.EITHER_SIDE


def test_a_withdrawn_vacancy_is_no_attempt_and_an_unknown_end_tells_nothing():
    plain = assessed(answered(wanted=61, other=12, nobody=15))

    assert assessed(answered(wanted=61, other=12, nobody=15, withdrawn=400, unknown=400)) == plain


def test_under_the_fewest_attempts_nothing_is_said_though_all_were_in_vain():
    said = assessed(answered(nobody=4))

    assert said.rate == 1
    assert said.recruitment is Recruitment.NOT_ASSESSED
    assert said.hesitation is Hesitation.TOO_FEW_ATTEMPTS


def test_withdrawn_vacancies_do_not_help_to_reach_the_fewest_attempts():
    assert assessed(answered(nobody=4, withdrawn=100)).hesitation is Hesitation.TOO_FEW_ATTEMPTS


def test_the_fewest_attempts_are_the_callers_choice():
    outcomes = answered(nobody=9)

    assert assessed(outcomes, least_attempts=9).recruitment is Recruitment.PROBLEMS
    assert assessed(outcomes, least_attempts=10).recruitment is Recruitment.NOT_ASSESSED


def test_without_an_attempt_there_is_no_rate_and_no_interval():
    said = assessed(answered(withdrawn=3), least_attempts=1)

    assert (said.attempts, said.rate, said.interval) == (0, None, None)
    assert said.hesitation is Hesitation.TOO_FEW_ATTEMPTS


def test_the_fewest_answers_that_say_anything_are_those_the_docstring_names():
    assert assessed(answered(wanted=2, nobody=3)).recruitment is Recruitment.PROBLEMS
    assert assessed(answered(wanted=3, nobody=2)).recruitment is Recruitment.NOT_ASSESSED
    assert assessed(answered(wanted=16)).recruitment is Recruitment.NO_PROBLEMS
    assert assessed(answered(wanted=15)).recruitment is Recruitment.NOT_ASSESSED


def test_the_cut_is_the_callers_choice():
    outcomes = answered(wanted=61, other=12, nobody=15)

    assert assessed(outcomes, cut=0.23).recruitment is Recruitment.NOT_ASSESSED
    assert assessed(outcomes, cut=0.45).recruitment is Recruitment.NO_PROBLEMS


counts = st.builds(
    answered, wanted=st.integers(0, 300), other=st.integers(0, 300), nobody=st.integers(0, 300)
)
cuts = st.floats(0.01, 0.99)


@given(counts, cuts)
def test_problems_are_only_said_where_the_rate_reaches_the_cut_and_their_absence_where_it_does_not(
    outcomes, cut
):
    said = assessed(outcomes, cut=cut)

    if said.recruitment is Recruitment.PROBLEMS:
        assert said.rate >= cut
    if said.recruitment is Recruitment.NO_PROBLEMS:
        assert said.rate < cut


@given(counts, cuts)
def test_nothing_is_claimed_with_a_hesitation_and_nothing_left_unsaid_without_one(outcomes, cut):
    said = assessed(outcomes, cut=cut)

    assert (said.recruitment is Recruitment.NOT_ASSESSED) == (said.hesitation is not None)


@given(counts, cuts)
def test_one_more_failure_never_makes_problems_go_away(outcomes, cut):
    order = [Recruitment.NO_PROBLEMS, Recruitment.NOT_ASSESSED, Recruitment.PROBLEMS]
    worse = answered(
        wanted=outcomes.filled_as_wanted,
        other=outcomes.filled_other_profile,
        nobody=outcomes.not_filled + 1,
    )

    before, after = assessed(outcomes, cut=cut), assessed(worse, cut=cut)

    if before.hesitation is not Hesitation.TOO_FEW_ATTEMPTS:
        assert order.index(after.recruitment) >= order.index(before.recruitment)


@pytest.mark.parametrize(("cut", "least_attempts"), [(0.0, 5), (1.0, 5), (0.2, 0)])
def test_a_cut_and_a_number_of_attempts_that_cannot_be_are_refused(cut: float, least_attempts: int):
    with pytest.raises(ValueError, match="cut"):
        assessed(answered(nobody=9), cut=cut, least_attempts=least_attempts)


@pytest.mark.parametrize("outcome", ["wanted", "other", "nobody", "withdrawn", "unknown"])
def test_a_negative_number_of_vacancies_is_refused(outcome: str):
    with pytest.raises(ValueError, match="negative"):
        answered(**{outcome: -1})

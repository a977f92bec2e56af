"""What an intervention is closed with, read from figures: the effect, and whether the measure is back."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from jobcenter.accounts.workflow import TransitionRefused
from regions.comparison.models import Result
from regions.interventions import closing, measuring, opening
from regions.interventions.effect import Kept, Verdict
from regions.interventions.effect_chart import draw
from regions.interventions.measuring import Effect, one_after_another
from regions.interventions.showing import own_limits, requirement, sentence
from regions.measures.periods import parse
from regions.oversight import load as flag_rules
from tests.regions.interventions.conftest import REASON
from tests.regions.making import AS_EXPECTED, FAR_UNDER, Said, make_comparison

BEFORE = ["2023Q01", "2023Q02", "2023Q03", "2023Q04", "2024Q01", "2024Q02", "2024Q03", "2024Q04"]
AFTER = ["2025Q02", "2025Q03", "2025Q04", "2026Q01"]
BEGAN = datetime(2025, 2, 10, 9, tzinfo=UTC)


@pytest.fixture
def begun(flag, officer):
    """In the middle of a quarter, which is neither before nor after."""
    return opening.begin(flags=[flag], by=officer, reason=REASON, at=BEGAN)


@pytest.fixture
def peers(make_jobcentres):
    return make_jobcentres(7)


@pytest.fixture
def measured(koege, peers, measure_all, result_measure, group):
    """Køge at 26 per cent, its peers at 35; afterwards Køge at what is said."""

    def tell(after: float, *, said=AS_EXPECTED):
        for number, period in enumerate([*BEFORE, "2025Q01", *AFTER]):
            own = after if period in AFTER else 0.26
            wave = 0.002 * (number % 3)
            measure_all([koege.jobcentre, *peers], [own + wave, *[0.35 + wave] * 7], period=period)
        for period in ("2024Q04", *AFTER):
            make_comparison(
                result_measure,
                group,
                {koege.jobcentre: said, **dict.fromkeys(peers, AS_EXPECTED)},
                period=period,
            )

    return tell


def test_a_measure_that_has_come_back_is_closed_as_resolved_with_its_effect(begun, measured, officer):
    measured(0.34)

    closed = closing.resolve(begun, by=officer, reason="Resultatet er tilbage.")

    [kept] = closed.effects
    effect = Effect.from_json(kept)
    assert (effect.before, effect.after, effect.compared) == (8, 4, 4)
    assert "2025Q01" not in [count.period for count in effect.own]
    assert effect.against_peers == effect.against_itself == Verdict.BETTER
    assert "bedre, end tilfældet plejer" in sentence(effect)
    assert "ikke faste" in own_limits(effect)
    assert closed.evidence["holds"]
    assert [one["period"] for one in closed.evidence["seen"]] == ["2025Q04", "2026Q01"]


def test_a_measure_that_stands_still_is_not_resolved_and_its_effect_says_so(begun, measured, officer):
    measured(0.26, said=FAR_UNDER)
    with pytest.raises(TransitionRefused):
        closing.resolve(begun, by=officer, reason=REASON)

    closed = closing.leave(begun, by=officer, reason="Bemandingen er ikke på plads.")

    effect = Effect.from_json(closed.effects[0])
    assert effect.against_peers == effect.against_itself == Verdict.CHANCE
    assert "ikke kan skelnes fra tilfældigheder" in sentence(effect)


def test_one_period_back_is_not_two_in_a_row(begun, koege, peers, measured, result_measure, group, officer):
    measured(0.34)
    Result.objects.filter(jobcentre=koege.jobcentre, comparison__period="2025Q04").update(z_adjusted=-2.4)

    assert not measuring.back_inside(begun)["holds"]


def test_periods_before_it_began_are_no_evidence(flag, measured, officer):
    measured(0.34)
    late = opening.begin(flags=[flag], by=officer, reason=REASON, at=datetime(2026, 2, 1, 9, tzinfo=UTC))

    assert not measuring.back_inside(late)["holds"]


@pytest.fixture
def begun_at_midnight(flag, officer):
    """Half an hour into the first day of 2025 here, while it is still 2024 in UTC."""
    at = datetime(2024, 12, 31, 23, 30, tzinfo=UTC)
    return opening.begin(flags=[flag], by=officer, reason=REASON, at=at)


def test_it_begins_on_the_day_it_is_here(begun_at_midnight, asked):
    assert begun_at_midnight.began_on == date(2025, 1, 1)
    assert asked.began_on is None


def test_the_quarter_that_ended_half_an_hour_earlier_lies_before_it(begun_at_midnight, measured):
    measured(0.34)

    [effect] = measuring.effects(begun_at_midnight)

    assert effect.own[effect.before - 1].period == "2024Q04"
    assert (effect.before, effect.after) == (8, 5)


def test_the_quarter_that_ended_half_an_hour_earlier_is_no_evidence(begun_at_midnight, measured):
    measured(0.34)
    Result.objects.filter(comparison__period__gt="2024Q04").delete()

    assert measuring.back_inside(begun_at_midnight) == {"holds": False, "seen": []}


def test_the_shortest_periods_are_chosen_and_rolling_ones_thinned():
    def codes(*given):
        return [period.code for period in one_after_another(map(parse, given))]

    assert codes("2026QMAT03", "2026Q03", "2026Q02") == ["2026Q02", "2026Q03"]
    assert codes("2026QMAT03", "2026QMAT02", "2025QMAT03") == ["2025QMAT03", "2026QMAT03"]
    assert codes() == []


def test_the_chart_draws_the_periods_after_beside_the_limits_of_those_before(begun, measured, result_measure):
    measured(0.34)

    [effect] = measuring.effects(begun)
    chart = draw(effect, measure=result_measure)

    assert [row["kind"] for row in chart["rows"]] == [""] * 8 + ["good"] * 4
    assert chart["mark"]["before"] == 8
    upper, mean, lower = (line["value"] for line in chart["lines"])
    assert lower < mean < upper < 34
    assert chart["y_min"] <= lower
    assert chart["y_max"] >= 34


def test_nothing_is_drawn_without_a_period_on_each_side(begun, result_measure):
    [effect] = measuring.effects(begun)

    assert draw(effect, measure=result_measure) is None


@pytest.fixture
def about_the_law(koege, manager, officer, measures, group, measure_all, peers):
    """Asked for help with interviews in time; afterwards so large a share of them was."""
    timely = measures["timely_interviews"]
    for reference in flag_rules.REFERENCES:
        reference.load()
    asked = opening.ask_for_help(
        jobcentre=koege.jobcentre, about=[(timely, group)], by=manager, reason=REASON, at=BEGAN
    )
    whole = opening.take_up(asked, by=officer, reason=REASON, at=BEGAN)

    def tell(after: int):
        for period in ("2024Q03", "2024Q04", "2025Q02", "2025Q03"):
            own = 620 if period < "2025" else after
            measure_all([koege.jobcentre], [own / 1000], period=period, measure=timely)
            make_comparison(timely, group, {koege.jobcentre: Said(own, 1000, None, None)}, period=period)
        return whole

    return tell


def test_a_requirement_that_is_kept_again_is_resolved_without_anything_to_expect(about_the_law, officer):
    closed = closing.resolve(about_the_law(846), by=officer, reason="Fristerne holdes igen.")

    effect = Effect.from_json(closed.effects[0])
    assert (effect.held_before.kept, effect.held_after.kept) == (Kept.CLEARLY_MISSED, Kept.KEPT)
    assert requirement(effect).replace("\xa0", " ") == (
        "Der kræves 80,0 %. Før: 62,0 % (95 pct.-interval op til 65,0 %), klart ikke overholdt. "
        "Efter: 84,6 % (95 pct.-interval op til 86,7 %), overholdt."
    )


def test_a_requirement_that_chance_alone_may_explain_is_not_kept_yet(about_the_law, officer):
    whole = about_the_law(785)

    with pytest.raises(TransitionRefused):
        closing.resolve(whole, by=officer, reason=REASON)

    [effect] = measuring.effects(whole)
    assert effect.held_after.kept == Kept.MISSED


def test_what_was_frozen_before_requirements_were_told_can_still_be_read(begun):
    kept = measuring.effects(begun)[0].as_json()
    del kept["required"]

    assert requirement(Effect.from_json(kept)) == ""

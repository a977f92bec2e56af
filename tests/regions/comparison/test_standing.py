"""One word, sign and colour for where a result lies: the shape tells the side, the tone good or bad."""

import pytest

from regions.comparison.standing import Side, standing
from regions.measures.direction import Direction

HIGHER, LOWER, NEUTRAL = Direction.HIGHER_BETTER, Direction.LOWER_BETTER, Direction.NEUTRAL


@pytest.mark.parametrize(
    ("z", "side"),
    [
        (-3.10, Side.CLEARLY_UNDER),
        (-3.09, Side.UNDER),
        (-1.96, Side.UNDER),
        (-1.95, Side.EXPECTED),
        (0.0, Side.EXPECTED),
        (1.95, Side.EXPECTED),
        (1.96, Side.OVER),
        (3.09, Side.OVER),
        (3.10, Side.CLEARLY_OVER),
    ],
)
def test_the_side_changes_at_the_limits_of_95_and_99_8_per_cent(z, side):
    for direction in Direction:
        assert standing(z=z, direction=direction).side is side


def test_under_is_worse_where_higher_is_better():
    assert standing(z=-4, direction=HIGHER).is_worse
    assert not standing(z=4, direction=HIGHER).is_worse


def test_over_is_worse_where_lower_is_better():
    assert standing(z=4, direction=LOWER).is_worse
    assert not standing(z=-4, direction=LOWER).is_worse


@pytest.mark.parametrize("z", [-4, -2.5, 2.5, 4])
def test_neither_side_is_worse_on_a_neutral_measure(z):
    said = standing(z=z, direction=NEUTRAL)

    assert not said.is_worse
    assert said.is_notable
    assert said.tone == "info"


def test_where_nothing_could_be_expected_nothing_is_said():
    said = standing(z=None, direction=HIGHER)

    assert said.side is Side.TOO_FEW
    assert not said.is_notable
    assert (said.sign, said.tone, said.mark) == ("too_few", "calm", "")


@pytest.mark.parametrize(
    ("z", "direction", "sign", "mark", "tone"),
    [
        (-4, HIGHER, "bad", "▼", "bad"),
        (-2, HIGHER, "under", "◆", "warn"),
        (0, HIGHER, "expected", "", "calm"),
        (2, HIGHER, "over", "▲", "info"),
        (4, HIGHER, "over", "▲", "info"),
        (4, LOWER, "over", "▲", "bad"),
        (2, LOWER, "under", "◆", "warn"),
        (-2, LOWER, "bad", "▼", "info"),
        (-4, LOWER, "bad", "▼", "info"),
        (-4, NEUTRAL, "bad", "▼", "info"),
        (2, NEUTRAL, "over", "▲", "info"),
    ],
)
def test_the_shape_tells_the_side_and_the_tone_whether_that_is_bad(z, direction, sign, mark, tone):
    said = standing(z=z, direction=direction)

    assert (said.sign, said.mark, said.tone) == (sign, mark, tone)

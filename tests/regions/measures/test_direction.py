import pytest

from regions.measures.direction import Direction


@pytest.mark.parametrize(
    ("direction", "sign"),
    [(Direction.HIGHER_BETTER, -1), (Direction.LOWER_BETTER, 1), (Direction.NEUTRAL, 0)],
)
def test_a_change_for_the_worse_has_a_sign_unless_the_measure_is_neutral(direction: Direction, sign: int):
    assert direction.worse == sign


def test_every_direction_a_measure_can_be_stored_with_is_known_here():
    from regions.measures.models import Measure

    assert {choice.value for choice in Measure.Direction} == {direction.value for direction in Direction}

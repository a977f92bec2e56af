"""Which way a measure is good."""

from enum import StrEnum


class Direction(StrEnum):
    """Whether a higher or a lower figure is better; a neutral measure is shown and never judged."""

    HIGHER_BETTER = "higher_better"
    LOWER_BETTER = "lower_better"
    NEUTRAL = "neutral"

    @property
    def worse(self) -> int:
        """The sign of a change for the worse: −1, +1, or 0 where no change is worse than another."""
        return {Direction.HIGHER_BETTER: -1, Direction.LOWER_BETTER: 1, Direction.NEUTRAL: 0}[self]

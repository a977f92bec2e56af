"""Where a result stands beside what was expected of it: the one word, sign and colour of every page."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from regions.comparison.funnel import ALARM, ALERT
from regions.measures.direction import Direction


class Side(StrEnum):
    """On which side of expected a result lies, and how clearly."""

    CLEARLY_UNDER = "clearly_under"
    UNDER = "under"
    EXPECTED = "expected"
    OVER = "over"
    CLEARLY_OVER = "clearly_over"
    TOO_FEW = "too_few"


WORDS: dict[Side, str | Promise] = {
    Side.CLEARLY_UNDER: _("Clearly under"),
    Side.UNDER: _("Under"),
    Side.EXPECTED: _("As expected"),
    Side.OVER: _("Over"),
    Side.CLEARLY_OVER: _("Clearly over"),
    Side.TOO_FEW: _("Too few data"),
}


@dataclass(frozen=True)
class Standing:
    """A side, and whether it is the bad one on this measure."""

    side: Side
    is_worse: bool

    @property
    def word(self) -> str:
        return str(WORDS[self.side])

    @property
    def is_clear(self) -> bool:
        return self.side in (Side.CLEARLY_UNDER, Side.CLEARLY_OVER)

    @property
    def is_notable(self) -> bool:
        return self.side not in (Side.EXPECTED, Side.TOO_FEW)

    @property
    def is_above(self) -> bool:
        return self.side in (Side.OVER, Side.CLEARLY_OVER)

    @property
    def sign(self) -> str:
        """A shape of `components.SHAPES`: ◆ to be watched, else ▲ or ▼ for the side; ● and ○ for the rest."""
        if not self.is_notable:
            return str(self.side)
        if self.is_worse and not self.is_clear:
            return "under"
        return "over" if self.is_above else "bad"

    @property
    def mark(self) -> str:
        """The same shape as a character, where no drawing can stand; "" for the rest."""
        return {"under": "◆", "over": "▲", "bad": "▼"}.get(self.sign, "")

    @property
    def tone(self) -> str:
        """Red for clearly worse, amber for worse, blue for better, calm for the rest."""
        if not self.is_notable:
            return "calm"
        if not self.is_worse:
            return "info"
        return "bad" if self.is_clear else "warn"


def standing(*, z: float | None, direction: Direction) -> Standing:
    """Read a score that allows for over-dispersion; None where nothing could be expected.

    Outside ±1.96 it is under or over, outside ±3.09 clearly so. Which of them is worse follows from the
    measure's direction; on a neutral measure neither is.
    """
    if z is None:
        return Standing(Side.TOO_FEW, is_worse=False)
    if abs(z) < ALERT:
        return Standing(Side.EXPECTED, is_worse=False)
    if z < 0:
        side = Side.CLEARLY_UNDER if z <= -ALARM else Side.UNDER
    else:
        side = Side.CLEARLY_OVER if z >= ALARM else Side.OVER
    return Standing(side, is_worse=z * direction.worse > 0)

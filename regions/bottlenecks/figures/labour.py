"""How many there are for how many: what registers and open positions say of an occupation in an area. Pure.

    unemployment rate  u = U / (U + E)        tightness   V / U
    vacancy rate       v = V / (V + E)        turnover    hires / E
        U  unemployed     E  employed     V  open positions (not advertisements)

A share is counted from everybody, so it has no interval; but where few are unemployed, one person more
turns the tightness, and it is not told. Source: the usual definitions of labour market statistics; a
Beveridge plot sets v against u.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass

LEAST_UNEMPLOYED = 20
"""Fewer unemployed than this, and no tightness is told."""


@dataclass(frozen=True, kw_only=True)
class Stock:
    """Persons and positions in an occupation and area. None: not known. Raises ValueError on a negative
    number.

    hires: in the period. candidates: persons who can be referred, on the period's last day.
    """

    employed: int | None = None
    unemployed: int | None = None
    positions: int | None = None
    hires: int | None = None
    candidates: int | None = None

    def __post_init__(self) -> None:
        if min((number for number in astuple(self) if number is not None), default=0) < 0:
            raise ValueError("a number of persons or positions is not negative")

    @property
    def unemployment_rate(self) -> float | None:
        """Share of the labour force, 0 to 1; None when it is unknown or empty."""
        return _share(self.unemployed, self.employed)

    @property
    def vacancy_rate(self) -> float | None:
        """Share of all positions that are open, 0 to 1; None when it is unknown or there are none."""
        return _share(self.positions, self.employed)

    @property
    def tightness(self) -> float | None:
        """Open positions for each unemployed; None with fewer than LEAST_UNEMPLOYED of them."""
        if self.unemployed is None or self.unemployed < LEAST_UNEMPLOYED:
            return None
        return _ratio(self.positions, self.unemployed)

    @property
    def turnover(self) -> float | None:
        """Hires in the period for each of the employed; None when it is unknown or nobody is employed."""
        return _ratio(self.hires, self.employed)

    @property
    def candidates_per_position(self) -> float | None:
        """Persons who can be referred for each open position; None without one."""
        return _ratio(self.candidates, self.positions)


def _share(part: int | None, rest: int | None) -> float | None:
    return None if part is None or rest is None else _ratio(part, part + rest)


def _ratio(upper: int | None, lower: int | None) -> float | None:
    return upper / lower if upper is not None and lower else None

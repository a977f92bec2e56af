"""Peers: the units a unit is fairly held beside, because the same was to be expected of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from regions.comparison.arrays import per_unit

FEWEST, MOST = 5, 10
"""Bounds of a peer group: below, one odd peer decides the picture; above, peers stop being alike."""

SAME = 9
"""Decimals to which two distances count as the same: a billionth of a share is rounding, not likeness."""


@dataclass(frozen=True)
class Peers:
    """of: for each unit's code, the codes of its peers, nearest first."""

    of: Mapping[str, tuple[str, ...]]

    def compared_with(self, code: str) -> tuple[str, ...]:
        """The units that have `code` among their peers, in order of code. Nearness need not be mutual."""
        return tuple(sorted(other for other, peers in self.of.items() if code in peers))


def nearest_peers(
    *,
    codes: Sequence[str],
    expected_share: ArrayLike,
    k: int = 7,
    calliper: float | None = None,
    of: str | None = None,
) -> Peers:
    """The k units with the nearest expected share, for each unit.

    codes: a stable name for each unit, none twice; of two units equally near, the one whose code sorts
    first goes first, so the same figures always give the same peers, in whatever order they come.
    expected_share: what the framework conditions let one expect, in [0, 1], shape (units,).
    k: 5 to 10. Where there are fewer other units than that, all of them are peers.
    calliper: how far off a peer may lie, in standard deviations of all expected shares; a unit unlike all
    others then has few peers, or none. Without it the nearest are peers however far off they are.
    of: the one unit whose peers are asked for; all of them without.
    Raises ValueError on another k, on a calliper that is not above 0, on codes that repeat, on a
    missing share, and on an `of` that is none of the codes.
    Source: the ministry's benchmarking, which finds "municipalities with similar framework conditions" by
    their expected share (Jobindsats, table y30r21).
    """
    share = per_unit(expected_share, name="expected_share", units=len(codes))
    if not FEWEST <= k <= MOST:
        raise ValueError(f"k must lie between {FEWEST} and {MOST}")
    if calliper is not None and calliper <= 0:
        raise ValueError("a calliper must be above 0")
    if len(set(codes)) != len(codes):
        raise ValueError("no code may stand for two units")
    reach = np.inf if calliper is None else round(calliper * float(share.std()), SAME)
    in_order = np.argsort(codes)
    by_code = share[in_order]
    names = [codes[place] for place in in_order.tolist()]
    asked = np.arange(len(names)) if of is None else np.array([names.index(of)])
    apart = np.round(np.abs(by_code[asked, np.newaxis] - by_code), SAME)
    apart[np.arange(len(asked)), asked] = np.inf
    # Stable: of two that are equally near, the one that stands first by its code stays first.
    nearest = np.argsort(apart, axis=-1, kind="stable")[:, : min(k, len(codes) - 1)]
    return Peers(
        of={
            names[unit]: tuple(names[other] for other in others if apart[row, other] <= reach)
            for row, (unit, others) in enumerate(zip(asked.tolist(), nearest.tolist(), strict=True))
        }
    )

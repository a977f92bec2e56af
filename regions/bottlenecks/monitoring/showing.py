"""One occupation in one place, opened: its signs, and how it has been, for the pages of the monitoring."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from regions.bottlenecks.figures import over_time
from regions.bottlenecks.models import Rule
from regions.bottlenecks.monitoring.seeing import Seen


def opened(seen: Seen | None, *, history: Sequence[tuple[str, Seen]], rule: Rule) -> dict[str, Any]:
    """What `_opened.html` shows. history: half-years by their codes, the oldest first."""
    return {
        "seen": seen,
        "history": history,
        "rule": rule,
        "signs": list(seen.signs(rule)) if seen else [],
        "intervals": over_time.intervals([(code, one.figures) for code, one in history], cut=rule.cut),
    }

"""The record of flags: how many were confirmed, how early, and how many were false."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.utils import timezone

from regions.comparison.intervals import Interval, wilson
from regions.measures.periods import parse
from regions.oversight.evidence import Evidence
from regions.oversight.models import Flag, Severity
from regions.oversight.way import State


@dataclass(frozen=True, kw_only=True)
class Record:
    """Of the serious flags of the whole country.

    confirmed, dismissed: as decided; who was dismissed was a false alarm. waiting: neither yet.
    months: from the first day of the problem to its confirmation, the middle one; None before there is any.
    """

    confirmed: int
    dismissed: int
    waiting: int
    months: float | None

    @property
    def decided(self) -> int:
        return self.confirmed + self.dismissed

    @property
    def precision(self) -> Interval | None:
        """Wilson's interval of the share that was confirmed, of those decided."""
        return wilson(successes=self.confirmed, trials=self.decided) if self.decided else None


def read() -> Record:
    """Two queries."""
    serious = Flag.objects.filter(severity=Severity.SERIOUS)
    states = Counter(serious.values_list("state", flat=True))
    confirmed = serious.filter(state=State.CONFIRMED).values_list("evidence", "decided_at")
    months = [
        _months(_began(Evidence.from_json(stored)), timezone.localdate(decided_at))
        for stored, decided_at in confirmed
        if decided_at
    ]
    return Record(
        confirmed=states[State.CONFIRMED],
        dismissed=states[State.DISMISSED],
        waiting=states.total() - states[State.CONFIRMED] - states[State.DISMISSED],
        months=median(months) if months else None,
    )


def _began(evidence: Evidence) -> date:
    """The first day of the first of the bad periods in a row; of the latest, where there is no row."""
    return parse(evidence.periods[-max(1, evidence.in_a_row)].period).starts_on


def _months(start: date, end: date) -> int:
    return 12 * (end.year - start.year) + end.month - start.month

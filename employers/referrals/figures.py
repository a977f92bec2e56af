"""How many hires count for a jobcentre, by the dated rules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from employers.referrals.credit import Counts, Hire, count
from employers.referrals.models import CreditRule, Referral, State


def counts(*, first: date, last: date) -> Counts:
    """Of the hires from `first` to `last`, by the day they were told. Two queries."""
    hired = Referral.objects.filter(
        state=State.HIRED, ended_at__date__gte=first, ended_at__date__lte=last
    ).values_list("pk", "ended_at", "candidates_jobcentre", "vacancys_jobcentre")
    rules = [rule.as_rule() for rule in CreditRule.objects.all()]
    return count(_hires(hired), rules) if rules else count([], [])


def _hires(rows: Iterable[tuple[int, object, int, int]]) -> Iterable[Hire]:
    for key, at, citizens, companys in rows:
        yield Hire(key, timezone.localtime(at).date(), citizens, companys)  # type: ignore[arg-type]

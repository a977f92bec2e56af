"""How many hires count for a jobcentre, by the dated rules."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from employers.referrals.credit import Counts, Hire, count
from employers.referrals.models import CreditRule, Referral, State
from jobcenter.centres.models import JobcentreQuerySet


def counts(*, first: date, last: date, of: JobcentreQuerySet | None = None) -> Counts:
    """Of the hires from `first` to `last`, by the day they were told. Two queries.

    of: only hires these jobcentres have a part in. What stands for others is then not all of theirs.
    """
    hired = Referral.objects.filter(state=State.HIRED, ended_at__date__range=(first, last))
    if of is not None:
        hired = hired.filter(Q(candidates_jobcentre__in=of) | Q(vacancys_jobcentre__in=of))
    rows = hired.values_list("pk", "ended_at", "candidates_jobcentre", "vacancys_jobcentre")
    rules = [rule.as_rule() for rule in CreditRule.objects.all()]
    return count([_hire(*row) for row in rows], rules) if rules else count([], [])


def _hire(key: int, at: datetime | None, citizens: int, companys: int) -> Hire:
    assert at, "the database holds that a hire has its time"
    return Hire(key, timezone.localtime(at).date(), citizens, companys)

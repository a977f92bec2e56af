"""The night's work: what is older than its rule allows is removed, part by part, and counted."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from jobcenter.retention.kinds import Kind, kinds
from jobcenter.retention.models import Removed, Rule, Run
from jobcenter.runtime.days import midnight
from jobcenter.runtime.models import LEASE, LeaseLost
from jobcenter.runtime.work import look_now, publish

AT_ONCE = 500
"""So many rows go in one transaction: none holds its locks for long."""


@transaction.atomic
def promise(*, on: date) -> Run:
    """Today's run, once however often it is asked for."""
    run, is_new = Run.objects.get_or_create(day=on)
    if is_new:
        look_now("retention.run", run.pk)
    return run


def sweep() -> None:
    """Look for a run whose message was lost or whose worker died."""
    for pk in Run.objects.waiting().order_by("pk").values_list("pk", flat=True):
        publish("retention.run", pk)


def carry_out(pk: int) -> None:
    """Remove what is due. Broken off anywhere and begun again, it goes on where it was."""
    with Run.objects.claim(pk) as run:
        if run:
            rules = {rule.kind: rule for rule in Rule.objects.valid(run.day)}
            for kind in kinds():
                if kind.code in rules:
                    _remove(kind, rules[kind.code], run)
            with transaction.atomic():
                run.finish()


def _remove(kind: Kind, rule: Rule, run: Run) -> None:
    before = midnight(run.day) - timedelta(days=rule.days)
    while True:
        with transaction.atomic():
            _hold_on_to(run)
            due = kind.rows(before)
            keys = list(due.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
            number = kind.remove(due.model._default_manager.filter(pk__in=keys)) if keys else 0
            told, _is_new = Removed.objects.get_or_create(
                run=run, kind=kind.code, defaults={"number": 0, "days": rule.days}
            )
            Removed.objects.filter(pk=told.pk).update(number=F("number") + number)
        if len(keys) < AT_ONCE:
            return


def _hold_on_to(run: Run) -> None:
    """Prolong the lease. Raises LeaseLost when another worker has claimed the run since."""
    mine = Run.objects.filter(pk=run.pk, attempts=run.attempts, finished_at=None)
    if not mine.update(leased_until=timezone.now() + LEASE):
        raise LeaseLost(f"the run of {run.day} was claimed by another worker")

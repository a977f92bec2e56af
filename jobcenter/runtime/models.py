"""Promised work as rows: claimed with a lease, executed by whoever comes first, never lost."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Self, TypeVar

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=45)
"""A lease plus the sweep's minute stays under the two minutes in which lost work must run again."""

MOST_ATTEMPTS = 10


AnyWork = TypeVar("AnyWork", bound="Work")


class WorkQuerySet(models.QuerySet[AnyWork]):
    def waiting(self, *, at: datetime | None = None) -> Self:
        """Rows that may be claimed: due, not finished, not given up, and not leased to anyone alive."""
        at = at or timezone.now()
        return self.filter(
            Q(leased_until=None) | Q(leased_until__lte=at), due_at__lte=at, finished_at=None, given_up_at=None
        )

    def unfinished(self) -> Self:
        return self.filter(finished_at=None, given_up_at=None)

    @contextmanager
    def claim(self, pk: int, *, lease: timedelta = LEASE) -> Iterator[AnyWork | None]:
        """Lease one row for the block; None when another worker has it or nothing is left to do.

        The block's own facts and `work.finish()` belong in one transaction. An error in the block
        puts the row back with a growing pause, and gives it up after MOST_ATTEMPTS.
        """
        with transaction.atomic():
            work = self.filter(pk=pk).waiting().select_for_update(skip_locked=True).first()
            if work:
                work.attempts += 1
                work.leased_until = timezone.now() + lease
                work.save(update_fields=["attempts", "leased_until"])
        try:
            yield work
        except Exception as error:
            if work:
                log.exception("%s %s failed in attempt %s", type(work).__name__, pk, work.attempts)
                work.put_back(error=f"{type(error).__name__}: {error}")


class Work(models.Model):
    """One unit of promised work, written in the transaction of the fact it belongs to.

    `attempts` doubles as the fencing token: a worker whose lease ran out cannot finish the row
    after another has claimed it.
    """

    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    due_at = models.DateTimeField(_("due"), default=timezone.now)
    leased_until = models.DateTimeField(_("leased until"), null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True, editable=False)
    given_up_at = models.DateTimeField(_("given up"), null=True, blank=True, editable=False)
    error = models.TextField(_("last error"), blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_finished_or_given_up_not_both",
                condition=Q(finished_at=None) | Q(given_up_at=None),
                violation_error_message=_("Work cannot be both finished and given up."),
            ),
        ]

    def finish(self) -> None:
        """Mark as done. Raises LeaseLost when another worker has claimed the row since."""
        now = timezone.now()
        mine = type(self)._default_manager.filter(pk=self.pk, attempts=self.attempts, finished_at=None)
        if not mine.update(finished_at=now, leased_until=None, error=""):
            raise LeaseLost(f"{type(self).__name__} {self.pk} was claimed by another worker")
        self.finished_at = now

    def put_back(self, *, error: str) -> None:
        """Let others try after a growing pause (15 s, 30 s, 60 s … at most an hour), or give up."""
        now = timezone.now()
        mine = type(self)._default_manager.filter(pk=self.pk, attempts=self.attempts, finished_at=None)
        if self.attempts >= MOST_ATTEMPTS:
            mine.update(given_up_at=now, leased_until=None, error=error)
        else:
            pause = min(timedelta(seconds=15 * 2 ** (self.attempts - 1)), timedelta(hours=1))
            mine.update(due_at=now + pause, leased_until=None, error=error)


class LeaseLost(Exception):
    """The lease ran out and another worker has the row; this worker's results must be rolled back."""


class Heartbeat(models.Model):
    """The last sign of life of a part of the installation, such as the worker."""

    name = models.CharField(max_length=32, primary_key=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Loaded(models.Model):
    """What a loader last read, by the digest of its files, so that a second start is quick."""

    name = models.CharField(max_length=64, primary_key=True)
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name

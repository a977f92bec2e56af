"""How long each kind of data is kept, and what every night has removed."""

from __future__ import annotations

from datetime import date
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jobcenter.runtime.models import Work, WorkQuerySet


class RuleQuerySet(models.QuerySet["Rule"]):
    def valid(self, on: date) -> Self:
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=on), valid_from__lte=on)


class Rule(models.Model):
    """A kind of data is kept for so many days, because of a law or for a reason. Loaded, not edited."""

    kind = models.CharField(_("kind"), max_length=40)
    days = models.PositiveIntegerField(_("days"))
    reason_da = models.CharField(_("reason, Danish"), max_length=300)
    reason_en = models.CharField(_("reason, English"), max_length=300)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule of retention")
        verbose_name_plural = _("rules of retention")
        constraints = [
            models.UniqueConstraint(name="retention_rule_once_from_a_day", fields=["kind", "valid_from"]),
            models.UniqueConstraint(
                name="retention_rule_one_without_end", fields=["kind"], condition=Q(valid_to=None)
            ),
            models.CheckConstraint(
                name="retention_rule_ends_after_it_begins",
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
            ),
            models.CheckConstraint(name="retention_rule_a_day_at_least", condition=Q(days__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.days}"

    def reason(self, language: str) -> str:
        return self.reason_en if language == "en" else self.reason_da


class Run(Work):
    """One night's removal, promised once for the day."""

    day = models.DateField(_("day"), unique=True)

    objects = WorkQuerySet["Run"].as_manager()

    class Meta(Work.Meta):
        abstract = False
        verbose_name = _("night of retention")
        verbose_name_plural = _("nights of retention")
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day:%d-%m-%Y}"


class Removed(models.Model):
    """How much of a kind a night removed, and by which rule: numbers alone. Never changed afterwards."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="removed")
    kind = models.CharField(_("kind"), max_length=40)
    number = models.PositiveIntegerField(_("rows"))
    days = models.PositiveIntegerField(_("kept for so many days"))

    class Meta:
        verbose_name = _("what was removed")
        verbose_name_plural = _("what was removed")
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(name="retention_removed_once_a_night_of_a_kind", fields=["run", "kind"])
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.kind}: {self.number}"

"""Framework conditions: what may count in what is expected of a jobcentre, and the files values come by."""

from __future__ import annotations

from hashlib import sha256
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre
from jobcenter.geography.models import Dated, DatedQuerySet
from regions.comparison.condition_file import Difference


class ConditionQuerySet(DatedQuerySet["Condition"]):
    def with_values(self) -> Self:
        """Adds `known`, of how many jobcentres there is a value, and `latest`, the newest year of one."""
        return self.annotate(
            known=Count("values__jobcentre", distinct=True), latest=models.Max("values__year")
        )


class Condition(Dated):
    """A defined thing that no jobcentre can change: it may count in what is expected of one.

    Reviewed before it stands here, in `conditions.toml`. It is never the result or its mirror: employment,
    income and benefits of the same year are results by another name.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    title_da = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    source_da = models.CharField(max_length=200)
    source_en = models.CharField(max_length=200)
    unchangeable_da = models.TextField(_("why no jobcentre can change it"))
    unchangeable_en = models.TextField(_("why no jobcentre can change it, in English"))
    lowest = models.FloatField(_("lowest value there can be"), null=True, blank=True)
    highest = models.FloatField(_("highest value there can be"), null=True, blank=True)
    is_computed = models.BooleanField(_("computed by the portal"), default=False)
    is_fictional = models.BooleanField(_("invented"), default=False)
    reviewed_by = models.CharField(_("reviewed by"), max_length=120)
    reviewed_on = models.DateField(_("reviewed"))

    objects = ConditionQuerySet.as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")
        ordering = ["-is_computed", "code"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="condition_says_why_it_is_none",
                condition=~Q(unchangeable_da="") & ~Q(unchangeable_en="") & ~Q(reviewed_by=""),
                violation_error_message=_(
                    "A framework condition needs a reviewer, and the reason why no jobcentre can change it."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title_en if get_language() == "en" else self.title_da

    @property
    def source(self) -> str:
        return self.source_en if get_language() == "en" else self.source_da

    @property
    def is_share(self) -> bool:
        """Whether it lies between 0 and 1: nobody has one more of it, only a percentage point more."""
        return (self.lowest, self.highest) == (0, 1)

    @property
    def unchangeable(self) -> str:
        return self.unchangeable_en if get_language() == "en" else self.unchangeable_da


class ConditionFileQuerySet(models.QuerySet["ConditionFile"]):
    def waiting(self) -> Self:
        return self.filter(state=ConditionFile.State.WAITING)


class ConditionFile(models.Model):
    """A file of framework conditions as it was brought, and whether it counts.

    It is the evidence: what was brought never changes. Only a file without a problem is kept, and nothing of
    it counts before somebody who has seen what it changes lets it through. told: what it changed then.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("delivery", "waits")
        COUNTED = "counted", pgettext_lazy("delivery", "counts")
        DROPPED = "dropped", pgettext_lazy("delivery", "put aside")

    source = models.CharField(_("source"), max_length=200)
    came_as = models.CharField(_("file"), max_length=200)
    content = models.BinaryField(editable=False)
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.WAITING)
    told = models.JSONField(_("what it changed"), default=dict, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    reason = models.TextField(_("reason"), blank=True)

    objects = ConditionFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of framework conditions")
        verbose_name_plural = _("files of framework conditions")
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="condition_file_decided_by_somebody_when_it_no_longer_waits",
                condition=Q(state="waiting", decided_at=None, decided_by=None)
                | (~Q(state="waiting") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                violation_error_message=_("What no longer waits was decided by somebody at some time."),
            ),
            models.CheckConstraint(
                name="condition_file_put_aside_for_a_reason",
                condition=~Q(state="dropped") | ~Q(reason=""),
                violation_error_message=_("What is put aside is put aside for a reason."),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="condition_file_stays", fields=["content", "came_as", "received_at", "source", "by"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.came_as}"

    def get_absolute_url(self) -> str:
        return reverse("comparison:file", args=[self.pk])

    @property
    def waits(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def digest(self) -> str:
        return sha256(bytes(self.content)).hexdigest()

    @property
    def difference(self) -> Difference:
        """What it changed when it was let through; nothing where it was not."""
        return Difference.from_json(self.told)

    @property
    def sign(self) -> str:
        """The shape that goes with the state's word."""
        return {"waiting": "clock", "counted": "good"}.get(self.state, "fewer")


class FrameworkCondition(models.Model):
    """The value of a condition for a jobcentre in a year. Only what is defined can have one."""

    jobcentre = models.ForeignKey(Jobcentre, on_delete=models.PROTECT, related_name="conditions")
    year = models.PositiveSmallIntegerField(_("year"))
    condition = models.ForeignKey(
        Condition, on_delete=models.PROTECT, to_field="code", db_column="condition", related_name="values"
    )
    value = models.FloatField(_("value"))
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("framework condition")
        verbose_name_plural = _("framework conditions")
        constraints = [
            models.UniqueConstraint(
                fields=["jobcentre", "year", "condition"], name="framework_condition_once"
            ),
            # Neither infinity nor “not a number”, which PostgreSQL takes to be the largest of all.
            models.CheckConstraint(
                name="framework_condition_is_a_number", condition=Q(value__gte=-1e15, value__lte=1e15)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jobcentre} {self.year} {self.condition_id}"

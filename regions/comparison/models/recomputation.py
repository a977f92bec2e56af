"""Bringing results up to date: the request, its steps, and what is kept aside until it is written at once."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import Organisation, User
from jobcenter.runtime.models import Work, WorkQuerySet
from regions.measures.models import Measure


class RecomputationQuerySet(models.QuerySet["Recomputation"]):
    def running(self) -> Self:
        """Those with steps still to do. One that gave up a step has stopped: its next stage never comes."""
        steps = Step.objects.filter(recomputation=models.OuterRef("pk"))
        return self.filter(models.Exists(steps.filter(finished_at=None))).exclude(
            models.Exists(steps.filter(given_up_at__isnull=False))
        )

    def newest_with_progress(self) -> Recomputation | None:
        """The one that was started last, with `total`, `done` and `given_up` counted from its steps alone."""
        newest = self.order_by("-started_at", "-pk")[:1]
        steps = self.filter(pk__in=newest.values("pk")).annotate(
            total=Count("steps"),
            done=Count("steps", filter=~Q(steps__finished_at=None)),
            given_up=Count("steps", filter=~Q(steps__given_up_at=None)),
        )
        return steps.first()


class Recomputation(models.Model):
    """A request to bring results, flags and proposals up to date, carried out step by step.

    night: the day whose nightly one it is, of which there is one; None for what somebody asked for.
    """

    started_at = models.DateTimeField(_("started"), default=timezone.now)
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    night = models.DateField(_("night"), null=True, unique=True, editable=False)

    objects = RecomputationQuerySet.as_manager()

    class Meta:
        verbose_name = _("recomputation")
        verbose_name_plural = _("recomputations")
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.pk}"


class Outcome(models.Model):
    """What the comparisons of a measure in a period came to, until all of the measure is written at once.

    comparisons: rows of `Comparison`. results: rows of `Result` as they are sent to the database, of those
    comparisons that came to something else than before.
    """

    recomputation = models.ForeignKey(Recomputation, on_delete=models.CASCADE, related_name="outcomes")
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="+")
    period = models.CharField(_("period"), max_length=10)
    comparisons = models.JSONField()
    results = models.BinaryField()

    class Meta:
        verbose_name = _("outcome kept aside")
        verbose_name_plural = _("outcomes kept aside")
        constraints = [
            models.UniqueConstraint(fields=["recomputation", "measure", "period"], name="outcome_once"),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.period}"


class StepQuerySet(WorkQuerySet["Step"]):
    def ready(self) -> Self:
        """Waiting steps whose earlier stages are all done, in recomputations that have not stopped."""
        siblings = Step.objects.filter(recomputation=models.OuterRef("recomputation"))
        earlier = siblings.filter(stage__lt=models.OuterRef("stage"), finished_at=None)
        return self.waiting().exclude(
            models.Exists(earlier) | models.Exists(siblings.filter(given_up_at__isnull=False))
        )


class Step(Work):
    """One bounded part of a recomputation: `task` names who does it, `about` what it is about.

    Steps of a stage may run side by side; a stage begins when the one before is done.
    """

    recomputation = models.ForeignKey(Recomputation, on_delete=models.CASCADE, related_name="steps")
    stage = models.PositiveSmallIntegerField(_("stage"))
    task = models.CharField(_("task"), max_length=60)
    about = models.JSONField(_("about"))

    objects = StepQuerySet.as_manager()

    class Meta(Work.Meta):
        abstract = False
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["stage", "pk"]

    def __str__(self) -> str:
        return f"{self.task} {self.about}"

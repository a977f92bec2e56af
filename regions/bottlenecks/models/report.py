"""Bottleneck reports: where employers recruit in vain, reviewed by people and then frozen."""

from __future__ import annotations

from typing import Self

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import Organisation, User
from jobcenter.accounts.workflow import Logged, TransitionRefused, Workflow, only
from jobcenter.classifications.models import Occupation
from jobcenter.geography.models import Area
from regions.bottlenecks.models.figures import Category, Figures


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")


TRANSITIONS = {State.DRAFT: (State.PUBLISHED,), State.PUBLISHED: ()}


class ReportQuerySet(models.QuerySet["Report"]):
    def published(self) -> Self:
        return self.filter(state=State.PUBLISHED)


@pghistory.track()
class Report(Workflow):
    """The bottlenecks of one area in one half-year. A published report never changes."""

    TRANSITIONS = TRANSITIONS
    State = State

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="reports", verbose_name=_("area"))
    period = models.CharField(_("period"), max_length=10)
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    computed_at = models.DateTimeField(_("computed"), default=timezone.now)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("bottleneck report")
        verbose_name_plural = _("bottleneck reports")
        ordering = ["-ends_on", "area"]
        triggers = [only(TRANSITIONS)]
        constraints = [
            models.UniqueConstraint(fields=["area", "period"], name="report_once_for_area_and_period"),
            models.CheckConstraint(
                name="report_published_has_time",
                condition=Q(state="draft", published_at=None)
                | Q(state="published", published_at__isnull=False),
                violation_error_message=_("A published report has the time it was published."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area}, {self.period}"

    def get_absolute_url(self) -> str:
        return reverse("bottlenecks:report", args=[self.pk])

    def mark_published(self, *, by: User, organisation: Organisation, reason: str) -> Report:
        """Freeze the report. Raises TransitionRefused without a reason, or when it is published already."""
        if not reason.strip():
            raise TransitionRefused(_("Write why the report can be published: it stands in the history."))
        return self.move(
            State.PUBLISHED, by=by, organisation=organisation, comment=reason, published_at=timezone.now()
        )


class ReportLog(Logged):
    subject = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="log")

    class Meta(Logged.Meta):
        abstract = False
        verbose_name = _("step of a report")
        verbose_name_plural = _("steps of reports")
        constraints = [
            models.CheckConstraint(
                name="reportlog_by_a_person_with_a_reason",
                condition=Q(by__isnull=False) & ~Q(comment=""),
                violation_error_message=_("A report is published by a named person with a reason."),
            ),
        ]


@pghistory.track()
class Line(Figures):
    """One occupation in the report's area: what was known when it was drafted, and what is said of it."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="lines")
    occupation = models.ForeignKey(
        Occupation, on_delete=models.PROTECT, related_name="+", verbose_name=_("occupation")
    )
    proposed = models.CharField(_("proposed category"), max_length=20, choices=Category)
    category = models.CharField(_("category"), max_length=20, choices=Category)
    comment = models.TextField(_("remark"), blank=True, max_length=1000)

    class Meta(Figures.Meta):
        abstract = False
        verbose_name = _("line of a report")
        verbose_name_plural = _("lines of reports")
        ordering = ["occupation__code"]
        triggers = [
            pgtrigger.Trigger(
                name="frozen_when_published",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF EXISTS (
                        SELECT 1 FROM bottlenecks_report
                        WHERE id = COALESCE(NEW.report_id, OLD.report_id) AND state = 'published'
                    ) THEN
                        RAISE EXCEPTION 'a published report never changes' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN COALESCE(NEW, OLD);
                """,
            ),
        ]
        constraints = [
            *Figures.Meta.constraints,
            models.UniqueConstraint(fields=["report", "occupation"], name="line_once_per_occupation"),
            models.CheckConstraint(
                name="line_changed_category_has_a_remark",
                condition=Q(category=F("proposed")) | ~Q(comment=""),
                violation_error_message=_("Say why the category is changed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occupation}: {self.get_category_display()}"

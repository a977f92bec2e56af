"""Bottleneck reports: where employers recruit in vain, reviewed by people and then frozen.

A report comes in numbered issues. What turns out to be wrong in a published one is put right by the next,
which says so; the published one never changes. A correction begun by mistake is given up, and stays to be
read.
"""

from __future__ import annotations

from typing import Self

import pghistory
import pgtrigger
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from jobcenter.accounts.models import Organisation, User
from jobcenter.accounts.workflow import Logged, TransitionRefused, Workflow, only
from jobcenter.classifications.models import Occupation
from jobcenter.geography.models import Area
from jobcenter.pages.privacy import without_cpr
from regions.bottlenecks.models.figures import Category, Figures


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    GIVEN_UP = "given_up", _("given up")


TRANSITIONS = {State.DRAFT: (State.PUBLISHED, State.GIVEN_UP), State.PUBLISHED: (), State.GIVEN_UP: ()}


class ReportQuerySet(models.QuerySet["Report"]):
    def published(self) -> Self:
        return self.filter(state=State.PUBLISHED)

    def in_force(self) -> Self:
        """Of each area what it says today: the newest issue of the newest half-year that is published."""
        newest = self.published().order_by("area_id", "-ends_on", "-number").distinct("area_id")
        return self.filter(pk__in=newest.values("pk"))

    def knowing_replaced(self) -> Self:
        """Each with `is_replaced`: whether a published issue has taken its place."""
        return self.annotate(is_replaced=Exists(Report.objects.published().filter(corrects=OuterRef("pk"))))

    def standing(self) -> Self:
        """All but the corrections that were given up."""
        return self.exclude(state=State.GIVEN_UP)

    def newest_issues(self) -> Self:
        """Of each area and half-year the issue with the highest number among these."""
        newest = self.standing().order_by("area_id", "period", "-number").distinct("area_id", "period")
        return self.filter(pk__in=newest.values("pk"))


@pghistory.track()
class Report(Workflow):
    """One issue about the bottlenecks of one area in one half-year. A published one never changes.

    number: 1 for the report that is drafted at night, and one more for each correction of it. corrects: the
    published issue that this one takes the place of. A correction given up lets both go: the next one has its
    number. computed_at: when its figures were what was known.
    """

    TRANSITIONS = TRANSITIONS
    State = State

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="reports", verbose_name=_("area"))
    period = models.CharField(_("period"), max_length=10)
    starts_on = models.DateField()
    ends_on = models.DateField()
    number = models.PositiveSmallIntegerField(_("issue"), default=1)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    corrects = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="corrected_by",
        verbose_name=_("corrects"),
    )
    correction = models.TextField(_("what was wrong"), blank=True, max_length=1000, validators=[without_cpr])
    computed_at = models.DateTimeField(_("computed"), default=timezone.now)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    is_replaced: bool
    """Of `knowing_replaced` alone."""

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("bottleneck report")
        verbose_name_plural = _("bottleneck reports")
        ordering = ["-ends_on", "area", "-number"]
        triggers = [
            only(TRANSITIONS),
            pgtrigger.Protect(
                name="changed_as_a_draft_only",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state="draft"),
            ),
            pgtrigger.Trigger(
                name="published_when_reviewed",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("state"),
                condition=pgtrigger.Q(new__state="published"),
                func="""
                    IF EXISTS (
                        SELECT 1 FROM bottlenecks_line
                        WHERE report_id = NEW.id
                              AND accepted_at IS NULL AND comment = '' AND category = proposed
                    ) THEN
                        RAISE EXCEPTION 'lines have not been reviewed' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="corrects_the_issue_before",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__corrects__isnull=False),
                func="""
                    IF NOT EXISTS (
                        SELECT 1 FROM bottlenecks_report
                        WHERE id = NEW.corrects_id AND state = 'published'
                              AND (area_id, period, number) = (NEW.area_id, NEW.period, NEW.number - 1)
                    ) THEN
                        RAISE EXCEPTION 'a correction is of the published issue before'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "period", "number"],
                condition=~Q(state="given_up"),
                name="report_number_once_for_area_and_period",
                violation_error_message=_("The area has an issue with that number already."),
            ),
            models.UniqueConstraint(
                fields=["area", "period"],
                condition=Q(state="draft"),
                name="report_one_draft_for_area_and_period",
                violation_error_message=_("The area has a draft of the half-year already."),
            ),
            models.CheckConstraint(
                name="report_correction_says_what_was_wrong",
                condition=Q(number=1, correction="") | (Q(number__gt=1) & ~Q(correction="")),
                violation_error_message=_("A correction says what was wrong."),
            ),
            models.CheckConstraint(
                name="report_correction_corrects_until_given_up",
                condition=(Q(number=1, corrects=None) & ~Q(state="given_up"))
                | (Q(number__gt=1, corrects__isnull=False) & ~Q(state="given_up"))
                | Q(number__gt=1, corrects=None, state="given_up"),
                violation_error_message=_("A correction is of an issue, until it is given up."),
            ),
            models.CheckConstraint(
                name="report_published_has_time",
                condition=Q(state="published", published_at__isnull=False)
                | (~Q(state="published") & Q(published_at=None)),
                violation_error_message=_("A published report has the time it was published."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area}, {self.period}, {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("bottlenecks:report", args=[self.pk])

    def get_public_url(self) -> str:
        """Where anyone may read it once it is published, for good."""
        return reverse("bottlenecks:issue", args=[self.area.code, self.period, self.number])

    @property
    def is_draft(self) -> bool:
        return bool(self.state == State.DRAFT)

    @property
    def is_published(self) -> bool:
        return bool(self.state == State.PUBLISHED)

    @property
    def is_given_up(self) -> bool:
        return bool(self.state == State.GIVEN_UP)

    @property
    def replaced_by(self) -> Report | None:
        """The published issue that has taken the place of this one. One query."""
        return Report.objects.published().filter(corrects=self).first()

    @transaction.atomic
    def mark_published(self, *, by: User, organisation: Organisation, reason: str) -> Report:
        """Freeze the report, of which every line has been reviewed; nobody drafts or accepts meanwhile.

        Raises TransitionRefused without a reason, while lines are left, or when it is published already.
        """
        if not reason.strip():
            raise TransitionRefused(_("Write why the report can be published: it stands in the history."))
        locked = Report.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if locked.is_draft and (left := locked.lines.not_reviewed().count()):
            raise TransitionRefused(still_to_review(left))
        return self.move(
            State.PUBLISHED, by=by, organisation=organisation, comment=reason, published_at=timezone.now()
        )

    def give_up(self, *, by: User, organisation: Organisation, reason: str) -> Report:
        """Leave a correction that was begun by mistake: it stays to be read, and its issue can be corrected.

        Raises TransitionRefused without a reason, for a first issue, and for what is no draft any more.
        """
        if not reason.strip():
            raise TransitionRefused(_("Write why the correction is given up: it stands in the history."))
        if self.number == 1:
            raise TransitionRefused(_("Only a correction can be given up."))
        return self.move(
            State.GIVEN_UP, by=by, organisation=organisation, comment=reason.strip(), corrects=None
        )


def still_to_review(left: int) -> str:
    """Why a report with so many lines left cannot be published."""
    said = ngettext(
        "%(left)s line has not been reviewed. The report can be published when every line has been.",
        "%(left)s lines have not been reviewed. The report can be published when every line has been.",
        left,
    )
    return said % {"left": left}


class ReportLog(Logged):
    """A correction begun (from no state) or given up, the rest of the lines accepted (draft to draft), a
    publication."""

    subject = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="log")

    class Meta(Logged.Meta):
        abstract = False
        verbose_name = _("step of a report")
        verbose_name_plural = _("steps of reports")
        constraints = [
            models.CheckConstraint(
                name="reportlog_by_a_person_with_a_reason",
                condition=Q(by__isnull=False) & ~Q(comment=""),
                violation_error_message=_("What is done to a report, a named person does with a reason."),
            ),
        ]

    def __str__(self) -> str:
        if not self.from_state:
            return str(_("correction begun"))
        if self.from_state == self.to_state:
            return str(_("the rest accepted"))
        return str(State(self.to_state).label)


class LineQuerySet(models.QuerySet["Line"]):
    def not_reviewed(self) -> Self:
        """Those of which no person has said anything (`Line.is_reviewed`)."""
        return self.filter(accepted_at=None, comment="", category=F("proposed"))


@pghistory.track()
class Line(Figures):
    """One occupation in the report's area: what was known when it was drafted, and what is said of it.

    accepted_by, accepted_at: who looked at the line and let stand what is proposed, and when.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="lines")
    occupation = models.ForeignKey(
        Occupation, on_delete=models.PROTECT, related_name="+", verbose_name=_("occupation")
    )
    proposed = models.CharField(_("proposed category"), max_length=20, choices=Category)
    category = models.CharField(_("category"), max_length=20, choices=Category)
    comment = models.TextField(_("remark"), blank=True, max_length=1000)
    accepted_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("accepted by"),
    )
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)

    objects = LineQuerySet.as_manager()

    class Meta(Figures.Meta):
        abstract = False
        verbose_name = _("line of a report")
        verbose_name_plural = _("lines of reports")
        ordering = ["occupation__code"]
        triggers = [
            pgtrigger.Trigger(
                name="frozen_with_its_report",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("held", "TEXT")],
                func="""
                    SELECT state INTO held FROM bottlenecks_report
                    WHERE id IN (NEW.report_id, OLD.report_id) AND state <> 'draft';
                    IF FOUND THEN
                        RAISE EXCEPTION 'a % report never changes', held USING ERRCODE = 'check_violation';
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
            models.CheckConstraint(
                name="line_accepted_as_proposed_by_a_person",
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False, category=F("proposed")),
                violation_error_message=_("What is accepted is what was proposed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occupation}: {self.get_category_display()}"

    @property
    def is_reviewed(self) -> bool:
        """Whether a person has said something of the line: accepted it, changed it or written a remark."""
        return bool(self.accepted_at or self.comment) or self.category != self.proposed

    def look_at(self, *, by: User) -> None:
        """Note that a person has said what the line says now: as proposed, it is accepted. Saves nothing."""
        is_accepted = self.category == self.proposed
        self.accepted_by, self.accepted_at = (by, timezone.now()) if is_accepted else (None, None)

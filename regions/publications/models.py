"""Published comparisons: what was compared in a quarter, as it was known when it was published.

A draft can be drawn anew as often as the results change. Once published, the database refuses every change
to it, to whoever tries; what turns out to be wrong is put right by a new issue that says so.
"""

from __future__ import annotations

from typing import Self

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import NullIf
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import Role
from jobcenter.accounts.workflow import Logged, Workflow, only
from jobcenter.centres.models import Jobcentre
from jobcenter.pages.privacy import without_cpr
from regions.comparison.standing import Standing, standing
from regions.measures.direction import Direction
from regions.measures.models import Measure, MeasureVersion, TargetGroup
from regions.measures.periods import Period, parse
from regions.measures.suppression import State as Told


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")


TRANSITIONS = {State.DRAFT: (State.PUBLISHED,), State.PUBLISHED: ()}


def frozen_when_published(publication: str) -> pgtrigger.Trigger:
    """Refuses to add, change or remove a row of what is published.

    publication: SQL for the id of the publication that the row `one` belongs to.
    """
    return pgtrigger.Trigger(
        name="frozen_when_published",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("one", "RECORD")],
        func=f"""
            FOR one IN
                SELECT OLD.* WHERE TG_OP <> 'INSERT' UNION ALL SELECT NEW.* WHERE TG_OP <> 'DELETE'
            LOOP
                IF EXISTS (
                    SELECT 1 FROM publications_publication
                    WHERE id = {publication} AND state = 'published'
                ) THEN
                    RAISE EXCEPTION 'a published comparison never changes' USING ERRCODE = 'check_violation';
                END IF;
            END LOOP;
            RETURN COALESCE(NEW, OLD);
        """,
    )


def published_by_the_national_authority() -> pgtrigger.Trigger:
    """Refuses a step that was not taken by somebody in the national role, for their own organisation."""
    return pgtrigger.Trigger(
        name="published_by_the_national_authority",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=f"""
            IF NOT EXISTS (
                SELECT 1 FROM accounts_membership member
                WHERE member.user_id = NEW.by_id AND member.organisation_id = NEW.organisation_id
                    AND member.role = '{Role.NATIONAL}'
            ) THEN
                RAISE EXCEPTION 'a comparison of the country is published by the national authority'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


class PublicationQuerySet(models.QuerySet["Publication"]):
    def published(self) -> Self:
        """The newest first."""
        return self.filter(state=State.PUBLISHED).order_by("-number")

    def newest(self) -> Publication | None:
        """The newest period's, in its latest issue; a correction of an older period does not come before."""
        return self.published().order_by("-ends_on", "-number").first()


@pghistory.track()
class Publication(Workflow):
    """One issue: everything compared in a quarter. `corrects` is the issue it takes the place of.

    areas: codes and names as they were. left_out: what is told to be missing, by measure, and why
    (see `checking.py`). Both are frozen with the figures.
    """

    TRANSITIONS = TRANSITIONS
    State = State

    number = models.PositiveIntegerField(_("number"), null=True, blank=True, unique=True)
    period = models.CharField(_("period"), max_length=10)
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    drawn_at = models.DateTimeField(_("drawn up"), default=timezone.now)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    corrects = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="corrected_by",
        verbose_name=_("corrects"),
    )
    correction = models.TextField(_("what was wrong"), blank=True, max_length=1000, validators=[without_cpr])
    areas = models.JSONField(_("areas"), default=dict, blank=True)
    left_out = models.JSONField(_("what is left out"), default=list, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("published comparison")
        verbose_name_plural = _("published comparisons")
        ordering = ["-ends_on", "-pk"]
        triggers = [
            only(TRANSITIONS),
            pgtrigger.Protect(
                name="never_changed_once_published",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="published"),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="publication_published_has_number_and_time",
                condition=Q(state="draft", published_at=None, number=None)
                | Q(state="published", published_at__isnull=False, number__isnull=False),
                violation_error_message=_("What is published has a number, and the time it was published."),
            ),
            models.CheckConstraint(
                name="publication_correction_says_what_was_wrong",
                condition=Q(corrects=None, correction="") | (Q(corrects__isnull=False) & ~Q(correction="")),
                violation_error_message=_("A correction says what was wrong."),
            ),
            models.UniqueConstraint(
                name="publication_once_for_a_period",
                fields=["period"],
                condition=Q(corrects=None),
                violation_error_message=_("The period is published or drafted already."),
            ),
            models.UniqueConstraint(
                name="publication_one_draft_for_a_period",
                fields=["period"],
                condition=Q(state="draft"),
                violation_error_message=_("The period has a draft already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period}, {self.number or self.get_state_display()}"

    def get_absolute_url(self) -> str:
        """Where anyone reads it; a draft, where it is checked."""
        if self.number is None:
            return reverse("publications:check", args=[self.pk])
        return reverse("publications:issue", args=[self.number])

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT

    @property
    def quarter(self) -> Period:
        return parse(self.period)

    @property
    def newer(self) -> Publication | None:
        """The published issue that has taken the place of this one. One query."""
        return Publication.objects.published().filter(corrects=self).first()


class PublicationLog(Logged):
    subject = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="log")

    class Meta(Logged.Meta):
        abstract = False
        verbose_name = _("step of a published comparison")
        verbose_name_plural = _("steps of published comparisons")
        triggers = [*Logged.Meta.triggers, published_by_the_national_authority()]
        constraints = [
            models.CheckConstraint(
                name="publicationlog_by_a_person_with_a_reason",
                condition=Q(by__isnull=False) & ~Q(comment=""),
                violation_error_message=_("A comparison is published by a named person with a reason."),
            ),
        ]


class Participant(models.Model):
    """A jobcentre as it was called then, and the codes of the areas it lay in."""

    publication = models.ForeignKey(
        Publication, on_delete=models.CASCADE, related_name="participants", db_index=False
    )
    jobcentre = models.ForeignKey(Jobcentre, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("code"), max_length=4)
    name = models.CharField(_("name"), max_length=80)
    sort_key = models.CharField(max_length=120)
    areas = ArrayField(models.CharField(max_length=40), default=list)

    class Meta:
        verbose_name = _("jobcentre in a published comparison")
        verbose_name_plural = _("jobcentres in published comparisons")
        ordering = ["sort_key"]
        triggers = [frozen_when_published("one.publication_id")]
        constraints = [
            models.UniqueConstraint(fields=["publication", "jobcentre"], name="participant_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def short_name(self) -> str:
        """As `Jobcentre.short_name`, of the name it had then."""
        return self.name.removeprefix("Jobcenter ")


class FrozenComparison(models.Model):
    """One measure and target group of an issue, with what its limits are drawn from.

    share: of all in the country together, 0 to 1, at which limits are drawn. actual, base: of the country,
    None where they would tell of somebody. made: comparisons made in the period, which p was adjusted for.
    """

    publication = models.ForeignKey(
        Publication, on_delete=models.CASCADE, related_name="comparisons", db_index=False
    )
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="+")
    target_group = models.ForeignKey(TargetGroup, on_delete=models.PROTECT, related_name="+")
    definition = models.ForeignKey(MeasureVersion, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("code"), max_length=101)
    group_da = models.CharField(max_length=120)
    group_en = models.CharField(max_length=120)
    period = models.CharField(_("period"), max_length=10)
    data_date = models.DateField(_("data date"))
    conditions_year = models.PositiveSmallIntegerField(_("year of the framework conditions"), null=True)
    compared = models.PositiveIntegerField(_("jobcentres of whom something was expected"))
    made = models.PositiveIntegerField(_("comparisons made in the period"))
    actual = models.BigIntegerField(_("actual"), null=True)
    base = models.BigIntegerField(_("base"), null=True)
    share = models.FloatField(_("share at which limits are drawn"))
    theta = models.FloatField("θ")
    phi = models.FloatField("φ")
    tau2 = models.FloatField("τ²")
    r_squared = models.FloatField(_("explained variation"))
    weakness = models.CharField(_("why the model is weak"), max_length=40, blank=True)
    digest = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("comparison as it was published")
        verbose_name_plural = _("comparisons as they were published")
        ordering = ["code"]
        triggers = [frozen_when_published("one.publication_id")]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "measure", "target_group"], name="frozen_comparison_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.definition}, {self.group}"

    @property
    def group(self) -> str:
        return self.group_en if get_language() == "en" else self.group_da

    @property
    def direction(self) -> Direction:
        return Direction(self.definition.direction)

    @property
    def whole_share(self) -> float | None:
        """Of the country, 0 to 1."""
        return self.actual / self.base if self.actual is not None and self.base else None


class FrozenResult(models.Model):
    """One jobcentre in one comparison. What is hidden is not here at all, so that nothing can show it.

    expected: persons. difference: persons more than expected. points: the same in percentage points of all.
    ratio: actual in per cent of expected. z_adjusted: its place in the funnel. peers: ids of jobcentres, the
    nearest first.
    """

    class State(models.TextChoices):
        SHOWN = Told.SHOWN, _("shown")
        ZERO = Told.ZERO, _("zero")
        SUPPRESSED = Told.SUPPRESSED, _("hidden")
        MISSING = Told.MISSING, _("missing")

    # Found by the constraint's own index, which begins with it.
    comparison = models.ForeignKey(
        FrozenComparison, on_delete=models.CASCADE, related_name="results", db_index=False
    )
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="results")
    state = models.CharField(_("state"), max_length=10, choices=State)
    actual = models.BigIntegerField(_("actual"), null=True)
    base = models.BigIntegerField(_("base"), null=True)
    share = models.FloatField(_("share"), null=True)
    expected = models.FloatField(_("expected"), null=True)
    z_adjusted = models.FloatField(_("z, adjusted for over-dispersion"), null=True)
    p_adjusted = models.FloatField(_("p, adjusted for the number of comparisons"), null=True)
    peers = ArrayField(models.BigIntegerField(), default=list)
    difference = models.GeneratedField(
        expression=F("actual") - F("expected"), output_field=models.FloatField(), db_persist=True
    )
    points = models.GeneratedField(
        expression=100 * (F("actual") - F("expected")) / NullIf("base", 0),
        output_field=models.FloatField(),
        db_persist=True,
    )
    ratio = models.GeneratedField(
        expression=100 * F("actual") / NullIf("expected", 0.0),
        output_field=models.FloatField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("result as it was published")
        verbose_name_plural = _("results as they were published")
        triggers = [
            frozen_when_published(
                "(SELECT publication_id FROM publications_frozencomparison WHERE id = one.comparison_id)"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["comparison", "participant"], name="frozen_result_once"),
            models.CheckConstraint(
                name="frozen_result_hidden_or_missing_has_no_numbers",
                condition=Q(state__in=("shown", "zero"), actual__isnull=False, base__isnull=False)
                | Q(
                    state__in=("suppressed", "missing"),
                    actual=None,
                    base=None,
                    share=None,
                    expected=None,
                    z_adjusted=None,
                    p_adjusted=None,
                ),
                violation_error_message=_("Of what is hidden or missing no number is kept."),
            ),
            models.CheckConstraint(
                name="frozen_result_zero_is_nobody",
                condition=~Q(state="zero") | Q(actual=0),
                violation_error_message=_("Zero is nobody."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id}: {self.actual}/{self.base}"

    @property
    def name(self) -> str:
        """What a chart calls it."""
        return self.participant.short_name

    @property
    def is_hidden(self) -> bool:
        return self.state == Told.SUPPRESSED

    @property
    def standing(self) -> Standing:
        """Of a hidden or missing one nothing is known."""
        return standing(z=self.z_adjusted, direction=self.comparison.direction)

"""What is measured, and the measurements: of a municipality or of a jobcentre, in a period."""

from __future__ import annotations

from datetime import date
from typing import Self

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Lead
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre
from jobcenter.geography.models import Dated, DatedQuerySet, Municipality, validity
from regions.measures.periods import Frequency, latest_mature


class Definition(models.Model):
    """What one version of a definition says, under Jobindsats' four headings and in both languages."""

    class Kind(models.TextChoices):
        LABOUR_MARKET = "labour_market", _("labour market")
        TARGET_GROUP = "target_group", _("target group")
        EFFORT = "effort", _("effort")
        RESULT = "result", _("result")
        EFFECT = "effect", _("effect")
        LEGAL_REQUIREMENT = "legal_requirement", _("legal requirement")

    class Direction(models.TextChoices):
        HIGHER_BETTER = "higher_better", _("higher is better")
        LOWER_BETTER = "lower_better", _("lower is better")
        NEUTRAL = "neutral", _("neither is better")

    class Unit(models.TextChoices):
        PERSONS = "persons", _("persons")
        COUNT = "count", pgettext_lazy("unit", "number")
        PER_CENT = "per_cent", _("per cent")
        WEEKS = "weeks", _("weeks")
        KRONER = "kroner", _("kroner")
        INDEX = "index", _("index")

    class PeriodType(models.TextChoices):
        MONTH = Frequency.MONTH, _("month")
        QUARTER = Frequency.QUARTER, _("quarter")
        HALF_YEAR = Frequency.HALF_YEAR, _("half-year")
        YEAR = Frequency.YEAR, _("year")
        FOUR_QUARTERS = Frequency.FOUR_QUARTERS, _("four quarters, rolling")
        TWELVE_MONTHS = Frequency.TWELVE_MONTHS, _("twelve months, rolling")

    version = models.PositiveSmallIntegerField(_("definition version"), default=1)
    valid_from = models.DateField(_("valid from"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    direction = models.CharField(_("direction"), max_length=14, choices=Direction)
    unit = models.CharField(_("unit"), max_length=10, choices=Unit)
    period_type = models.CharField(_("period"), max_length=4, choices=PeriodType)
    mature_after = models.PositiveSmallIntegerField(_("months until mature"), default=0)
    least_base = models.PositiveIntegerField(_("smallest base"), default=20)
    is_fictional = models.BooleanField(_("invented figures"), default=False)
    title_da = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    shows_da = models.TextField()
    shows_en = models.TextField()
    computed_da = models.TextField()
    computed_en = models.TextField()
    split_da = models.TextField()
    split_en = models.TextField()
    source_da = models.CharField(max_length=300)
    source_en = models.CharField(max_length=300)
    numerator_da = models.CharField(max_length=300, blank=True)
    numerator_en = models.CharField(max_length=300, blank=True)
    denominator_da = models.CharField(max_length=300, blank=True)
    denominator_en = models.CharField(max_length=300, blank=True)
    author = models.CharField(_("written by"), max_length=120)
    checker = models.CharField(_("checked by"), max_length=120)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_of_the_labour_market_is_neutral",
                condition=~Q(kind="labour_market") | Q(direction="neutral"),
                violation_error_message=_(
                    "A fact about the labour market is nobody's result: it is neutral."
                ),
            ),
            models.CheckConstraint(
                name="%(class)s_checked_by_somebody_else",
                condition=~Q(author=F("checker")),
                violation_error_message=_("Nobody checks what they wrote themselves."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def said(self, text: str) -> str:
        """One of the texts, in the language of the page."""
        language = "en" if get_language() == "en" else "da"
        return str(getattr(self, f"{text}_{language}"))

    @property
    def title(self) -> str:
        return self.said("title")

    @property
    def shows(self) -> str:
        """What the measure shows."""
        return self.said("shows")

    @property
    def computed(self) -> str:
        """How the measure is computed."""
        return self.said("computed")

    @property
    def split(self) -> str:
        """What the measure can be split by."""
        return self.said("split")

    @property
    def source(self) -> str:
        """Where the data come from."""
        return self.said("source")

    @property
    def numerator(self) -> str:
        """What is counted; "" for an index that counts nothing."""
        return self.said("numerator")

    @property
    def denominator(self) -> str:
        """Out of what; "" for a figure without a base."""
        return self.said("denominator")


class MeasureQuerySet(models.QuerySet["Measure"]):
    def assessable(self) -> Self:
        """Results of a jobcentre's work. Facts about the labour market are never held against anyone."""
        return self.filter(kind__in=Measure.ASSESSED)


class Measure(Definition):
    """One measure, as its reviewed definition file has it now (`regions/measures/definitions/`)."""

    ASSESSED = (
        Definition.Kind.RESULT,
        Definition.Kind.EFFECT,
        Definition.Kind.LEGAL_REQUIREMENT,
    )

    code = models.SlugField(_("code"), max_length=60, unique=True)
    next_review = models.DateField(_("next review"))

    objects = MeasureQuerySet.as_manager()

    class Meta(Definition.Meta):
        abstract = False
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["code"]

    @property
    def is_assessable(self) -> bool:
        return self.kind in self.ASSESSED

    @property
    def is_required(self) -> bool:
        """Whether its results are held against what the law requires, not against what was expected."""
        return self.kind == self.Kind.LEGAL_REQUIREMENT

    @property
    def can_be_flagged(self) -> bool:
        """Only a jobcentre's own result, and only where one way is better than the other."""
        return self.is_assessable and self.direction != self.Direction.NEUTRAL

    def latest_mature(self, *, on: date) -> date:
        """The last day of the latest period whose figures can be used on a day; see `is_mature`."""
        return latest_mature(lag=self.mature_after, on=on)

    def history(self) -> models.QuerySet[MeasureVersion]:
        """The versions, the newest first, each with `valid_to`: the day the next one took over."""
        following = models.Window(Lead("valid_from"), order_by=F("version").asc())
        return self.versions.annotate(valid_to=following).order_by("-version")


class MeasureVersion(Definition):
    """How one version of a measure reads, for as long as a result may name it. It never changes."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="versions")

    class Meta(Definition.Meta):
        abstract = False
        verbose_name = _("version of a measure")
        verbose_name_plural = _("versions of measures")
        ordering = ["measure", "version"]
        constraints = [
            *Definition.Meta.constraints,
            models.UniqueConstraint(fields=["measure", "version"], name="measure_version_once"),
        ]
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete)]


class TargetGroup(models.Model):
    code = models.SlugField(_("code"), max_length=40, unique=True)
    title_da = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title_en if get_language() == "en" else self.title_da


class Delivery(models.Model):
    """Where measurements came from: whose data, as of when, and the digest of the file."""

    source = models.CharField(_("source"), max_length=200)
    data_date = models.DateField(_("data date"))
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    file_name = models.CharField(_("file"), max_length=200)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-received_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.source}, {self.file_name}"


def noted(*, operation: pgtrigger.Operation, rows: str, **tables: str) -> pgtrigger.Trigger:
    """Writes a `Changed` for each measure, target group and period among `rows`, once for a statement."""
    return pgtrigger.Trigger(
        name=f"measurement_{str(operation).lower()}_is_noted",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**tables),
        func=f"""
            INSERT INTO measures_changed (measure_id, target_group_id, period)
            SELECT DISTINCT measure_id, target_group_id, period FROM ({rows}) AS differs
            WHERE jobcentre_id IS NOT NULL AND target_group_id IS NOT NULL;
            RETURN NULL;
        """,
    )


class MonthsBefore(models.Func):
    """A day, so many months earlier."""

    arity = 2
    arg_joiner = " - interval '1 month' * "
    template = "(%(expressions)s)"
    output_field = models.DateField()


class MeasurementQuerySet(models.QuerySet["Measurement"]):
    def mature(self, *, on: date) -> Self:
        """Those that can be used on a day, each by the lag of its own measure: `periods.is_mature` in SQL."""
        return self.filter(ends_on__lt=_not_mature_from(on))

    def held_back(self, *, on: date) -> Self:
        """Those that have arrived and are not mature yet: kept, and used by nothing."""
        return self.filter(ends_on__gte=_not_mature_from(on))


def _not_mature_from(on: date) -> MonthsBefore:
    """The end of a period from which on its figures are not mature: the first of the month, less the lag."""
    return MonthsBefore(Value(on.replace(day=1), models.DateField()), F("measure__mature_after"))


class Measurement(models.Model):
    """One figure of one municipality or one jobcentre in one period.

    `value` is the figure as published. Numerator and denominator are there when it has a base: a rate
    without a base has neither, and nothing about its uncertainty can be said.
    """

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="measurements")
    target_group = models.ForeignKey(TargetGroup, on_delete=models.PROTECT, null=True, related_name="+")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, related_name="measurements"
    )
    # Found by the index of its series, which begins with it.
    jobcentre = models.ForeignKey(
        Jobcentre, on_delete=models.PROTECT, null=True, related_name="measurements", db_index=False
    )
    period = models.CharField(_("period"), max_length=10)
    starts_on = models.DateField()
    ends_on = models.DateField()
    numerator = models.BigIntegerField(_("numerator"), null=True)
    denominator = models.BigIntegerField(_("denominator"), null=True)
    value = models.FloatField(_("value"))
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="measurements")

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        indexes = [
            models.Index(name="measurement_series", fields=["jobcentre", "measure", "target_group"]),
        ]
        triggers = [
            noted(operation=pgtrigger.Insert, rows="TABLE came", new="came"),
            noted(
                operation=pgtrigger.Update,
                rows="(TABLE came EXCEPT TABLE went) UNION ALL (TABLE went EXCEPT TABLE came)",
                old="went",
                new="came",
            ),
            noted(operation=pgtrigger.Delete, rows="TABLE went", old="went"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="measurement_once",
                fields=["measure", "period", "target_group", "jobcentre", "municipality"],
                nulls_distinct=False,
                violation_error_message=_("There is already a figure for this period."),
            ),
            models.CheckConstraint(
                name="measurement_of_a_municipality_or_a_jobcentre",
                condition=Q(municipality=None, jobcentre__isnull=False)
                | Q(municipality__isnull=False, jobcentre=None),
                violation_error_message=_("A figure belongs to one municipality or one jobcentre."),
            ),
            models.CheckConstraint(
                name="measurement_base_is_positive_and_has_a_numerator",
                condition=Q(denominator=None) | Q(denominator__gt=0, numerator__gte=0),
                violation_error_message=_("A base is more than zero and has a numerator."),
            ),
            models.CheckConstraint(
                name="measurement_period_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
            # Neither infinity nor “not a number”, which PostgreSQL takes to be the largest of all.
            models.CheckConstraint(
                name="measurement_value_is_a_number", condition=Q(value__gte=-1e15, value__lte=1e15)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.period}: {self.value}"


class Changed(models.Model):
    """Figures of jobcentres that have come, changed or gone since they were last compared.

    Written by the database itself, in the transaction of the figures, so that nobody who brings figures can
    forget it; taken away by the recomputation that reads them. One may stand here several times.
    """

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="+")
    target_group = models.ForeignKey(TargetGroup, on_delete=models.CASCADE, related_name="+")
    period = models.CharField(_("period"), max_length=10)

    class Meta:
        verbose_name = _("change of figures")
        verbose_name_plural = _("changes of figures")

    def __str__(self) -> str:
        return f"{self.measure_id} {self.target_group_id} {self.period}"


class SmallNumberRule(Dated):
    """From how many persons a number is shown to others than those it is about, in a period."""

    version = models.PositiveSmallIntegerField(_("version"), unique=True)
    min_cell = models.PositiveSmallIntegerField(_("smallest number shown"))
    min_base = models.PositiveSmallIntegerField(_("smallest base of a share"))
    reason = models.TextField(_("why these"))

    objects = DatedQuerySet["SmallNumberRule"].as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("rule of small numbers")
        verbose_name_plural = _("rules of small numbers")
        constraints = [
            *Dated.Meta.constraints,
            ExclusionConstraint(
                name="small_number_rule_one_version_at_a_time",
                expressions=[(validity(), RangeOperators.OVERLAPS)],
                violation_error_message=_("Another version is in force in that period."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}"

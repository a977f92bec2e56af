"""What is measured, and the measurements: of a municipality or of a jobcentre, in a period."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre
from jobcenter.geography.models import Municipality


class MeasureQuerySet(models.QuerySet["Measure"]):
    def assessable(self) -> Self:
        """Results of a jobcentre's work. Facts about the labour market are never held against anyone."""
        return self.filter(
            kind__in=[Measure.Kind.RESULT, Measure.Kind.EFFECT, Measure.Kind.LEGAL_REQUIREMENT]
        )


class Measure(models.Model):
    """One measure, as its reviewed definition file has it (`regions/measures/definitions/`)."""

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
        PER_CENT = "per_cent", _("per cent")
        KRONER = "kroner", _("kroner")
        INDEX = "index", _("index")

    code = models.SlugField(_("code"), max_length=60, unique=True)
    version = models.PositiveSmallIntegerField(_("definition version"), default=1)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    direction = models.CharField(_("direction"), max_length=14, choices=Direction)
    unit = models.CharField(_("unit"), max_length=10, choices=Unit)
    title_da = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    shows_da = models.TextField()
    shows_en = models.TextField()
    computed_da = models.TextField()
    computed_en = models.TextField()
    source_da = models.CharField(max_length=300)
    source_en = models.CharField(max_length=300)
    least_base = models.PositiveIntegerField(_("smallest base"), default=20)
    is_fictional = models.BooleanField(_("invented figures"), default=False)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self.title_en if get_language() == "en" else self.title_da

    @property
    def shows(self) -> str:
        """What the measure shows."""
        return self.shows_en if get_language() == "en" else self.shows_da

    @property
    def computed(self) -> str:
        """How the measure is computed."""
        return self.computed_en if get_language() == "en" else self.computed_da

    @property
    def source(self) -> str:
        return self.source_en if get_language() == "en" else self.source_da

    @property
    def is_assessable(self) -> bool:
        return self.kind in (self.Kind.RESULT, self.Kind.EFFECT, self.Kind.LEGAL_REQUIREMENT)


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
    jobcentre = models.ForeignKey(Jobcentre, on_delete=models.PROTECT, null=True, related_name="measurements")
    period = models.CharField(_("period"), max_length=10)
    starts_on = models.DateField()
    ends_on = models.DateField()
    numerator = models.BigIntegerField(_("numerator"), null=True)
    denominator = models.BigIntegerField(_("denominator"), null=True)
    value = models.FloatField(_("value"))
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="measurements")

    class Meta:
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
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
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.period}: {self.value}"

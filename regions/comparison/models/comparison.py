"""All jobcentres beside each other on a measure, and each one's result there."""

from __future__ import annotations

from typing import Self

from django.db import connection, models
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobcenter.centres.models import Jobcentre
from regions.measures.models import Measure, TargetGroup

PERIODS = """
    WITH RECURSIVE compared AS (
        SELECT min(period) AS period FROM comparison_comparison
        UNION ALL
        SELECT (SELECT min(period) FROM comparison_comparison WHERE period > compared.period)
        FROM compared WHERE compared.period IS NOT NULL
    )
    SELECT period FROM compared WHERE period IS NOT NULL
"""
"""From each the next is looked up in the index: there are few, each of very many comparisons."""


class ComparisonQuerySet(models.QuerySet["Comparison"]):
    def newest(self) -> Self:
        """Of each measure and target group the one that ends last; of two that end together, the longer."""
        subject = ("measure_id", "target_group_id")
        return self.order_by(*subject, "-ends_on", "starts_on").distinct(*subject)

    def made_in(self, period: str) -> int:
        """How often a jobcentre was compared in a period, on all measures: what p was adjusted for."""
        return int(self.filter(period=period).aggregate(made=Sum("compared"))["made"] or 0)


class Comparison(models.Model):
    """All jobcentres beside each other on one measure, target group and period.

    θ is the overall level (1 when actual is held against expected), φ and τ² the variation beyond
    chance. Limits are drawn from them when a page needs them. The digest is of the results' rows: what comes
    to the same is not written again.
    """

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="comparisons")
    target_group = models.ForeignKey(TargetGroup, on_delete=models.PROTECT, related_name="comparisons")
    period = models.CharField(_("period"), max_length=10)
    starts_on = models.DateField()
    ends_on = models.DateField()
    definition_version = models.PositiveSmallIntegerField(_("definition version"))
    data_date = models.DateField(_("data date"))
    compared = models.PositiveIntegerField(_("jobcentres of whom something was expected"), default=0)
    theta = models.FloatField()
    phi = models.FloatField()
    tau2 = models.FloatField()
    r_squared = models.FloatField(_("explained variation"))
    coefficients = models.JSONField(_("coefficients"))
    weakness = models.CharField(_("why the model is weak"), max_length=40, blank=True)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    computed_at = models.DateTimeField(_("computed"), default=timezone.now)

    objects = ComparisonQuerySet.as_manager()

    class Meta:
        verbose_name = _("comparison")
        verbose_name_plural = _("comparisons")
        ordering = ["-ends_on", "measure", "target_group"]
        indexes = [
            models.Index(name="comparison_of_a_period", fields=["period"]),
            models.Index(
                name="comparison_newest_first", fields=["measure", "target_group", "-ends_on", "starts_on"]
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["measure", "target_group", "period"], name="comparison_once"),
        ]

    def __str__(self) -> str:
        return f"{self.measure}, {self.target_group}, {self.period}"

    @staticmethod
    def periods() -> list[str]:
        """The code of every period in which anything has been compared, each once. One query."""
        with connection.cursor() as cursor:
            cursor.execute(PERIODS)
            return [period for (period,) in cursor.fetchall()]


class ResultQuerySet(models.QuerySet["Result"]):
    def named(self) -> Self:
        """What tables and charts tell of each, and what they call its jobcentre: nothing more of either."""
        return self.select_related("jobcentre").only(
            *("comparison", "jobcentre", "actual", "base", "expected", "z", "z_adjusted", "p_adjusted"),
            *("jobcentre__code", "jobcentre__name", "jobcentre__sort_key"),
        )


class Result(models.Model):
    """One jobcentre in one comparison: actual and expected persons, and how far apart beyond chance."""

    # Found by the constraint's own index, which begins with it.
    comparison = models.ForeignKey(
        Comparison, on_delete=models.CASCADE, related_name="results", db_index=False
    )
    jobcentre = models.ForeignKey(Jobcentre, on_delete=models.PROTECT, related_name="results")
    actual = models.BigIntegerField(_("actual"))
    base = models.BigIntegerField(_("base"))
    expected = models.FloatField(_("expected"), null=True)
    z = models.FloatField(null=True)
    z_adjusted = models.FloatField(_("z, adjusted for over-dispersion"), null=True)
    p = models.FloatField(null=True)
    p_adjusted = models.FloatField(_("p, adjusted for the number of comparisons"), null=True)

    objects = ResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        constraints = [
            models.UniqueConstraint(fields=["comparison", "jobcentre"], name="result_once"),
        ]

    def __str__(self) -> str:
        return f"{self.jobcentre}: {self.actual}/{self.base}"

    def get_absolute_url(self) -> str:
        """The page of what it was computed from. Its comparison, measure and target group are needed."""
        one = self.comparison
        return reverse(
            "dashboard:result", args=[self.jobcentre_id, one.measure.code, one.target_group.code, one.period]
        )

    @property
    def name(self) -> str:
        """What a chart calls it."""
        return self.jobcentre.short_name

    @property
    def ratio(self) -> float | None:
        """Actual in per cent of expected; None when the base is too small to expect anything."""
        return 100 * self.actual / self.expected if self.expected else None

    @property
    def difference(self) -> float | None:
        """Persons more than expected."""
        return None if self.expected is None else self.actual - self.expected

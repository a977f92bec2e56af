"""The rule of the bottleneck reports, version by version."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobcenter.geography.models import Dated, DatedQuerySet, validity
from regions.bottlenecks.figures.balance import Cuts
from regions.bottlenecks.figures.severe import SevereCuts


class Rule(Dated):
    """When employers have recruitment problems, and what is low and high beside that (`figures/balance.py`);
    and when an occupation is severely short over areas (`figures/severe.py`).

    A report follows the rule in force on the last day of its half-year. The first version knew no figures of
    the registers: without cuts for unemployment and turnover, what employers say is all that is said.
    """

    version = models.PositiveSmallIntegerField(_("version"), unique=True)
    cut = models.FloatField(_("share of attempts in vain from which there are problems"))
    least_attempts = models.PositiveSmallIntegerField(_("fewest attempts that are assessed"))
    unemployment_cut = models.FloatField(_("unemployment rate up to which it is low"), null=True)
    turnover_cut = models.FloatField(
        _("hires for each of the employed in a half-year, from which turnover is high"), null=True
    )
    severe_areas = models.PositiveSmallIntegerField(_("areas that are short where a shortage is severe"))
    severe_unemployment = models.FloatField(_("highest unemployment rate of a severe shortage"))
    educated = ArrayField(
        models.CharField(max_length=4), verbose_name=_("DISCO codes of work that takes an education")
    )
    reason = models.TextField(_("why these"))

    objects = DatedQuerySet["Rule"].as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("rule of the bottleneck reports")
        verbose_name_plural = _("rules of the bottleneck reports")
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="bottleneck_rule_cut_between_0_and_1",
                condition=Q(cut__gt=0, cut__lt=1, least_attempts__gte=1),
                violation_error_message=_(
                    "The cut lies between 0 and 1, and at least one attempt is needed."
                ),
            ),
            models.CheckConstraint(
                name="bottleneck_rule_cuts_of_the_balance_together",
                condition=Q(unemployment_cut=None, turnover_cut=None)
                | Q(unemployment_cut__gt=0, unemployment_cut__lt=1, turnover_cut__gt=0),
                violation_error_message=_(
                    "The cut of unemployment lies between 0 and 1, and that of turnover above 0."
                ),
            ),
            models.CheckConstraint(
                name="bottleneck_rule_severe_shortage_has_its_cuts",
                condition=Q(severe_areas__gte=1, severe_unemployment__gt=0, severe_unemployment__lt=1),
                violation_error_message=_(
                    "A severe shortage is in at least one area, and its cut of unemployment between 0 and 1."
                ),
            ),
            ExclusionConstraint(
                name="bottleneck_rule_one_version_at_a_time",
                expressions=[(validity(), RangeOperators.OVERLAPS)],
                violation_error_message=_("Another version is in force in that period."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}"

    @property
    def cuts(self) -> Cuts:
        return Cuts(
            failed=self.cut,
            least_attempts=self.least_attempts,
            unemployment=self.unemployment_cut,
            turnover=self.turnover_cut,
        )

    @property
    def severe_cuts(self) -> SevereCuts:
        return SevereCuts(
            areas=self.severe_areas, unemployment=self.severe_unemployment, educated=self.educated
        )

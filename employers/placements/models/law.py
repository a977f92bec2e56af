"""What the law says, with the dates it says it: how staff are counted, durations, rates and exemptions.

`to_check` is what nobody has read in a source yet; where it is not empty, pages say so.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Self

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from employers.placements.arithmetic import Scale
from jobcenter.geography.models import Dated, DatedQuerySet, validity


class Kind(models.TextChoices):
    WAGE_SUBSIDY = "wage_subsidy", _("wage subsidy")
    WORK_TRIAL = "work_trial", _("work trial")


class Sector(models.TextChoices):
    PRIVATE = "private", _("private employer")
    PUBLIC = "public", _("public employer")


class Group(models.TextChoices):
    """What the person lives on: it decides how long a placement may last. No more is known of them here."""

    UNEMPLOYMENT_BENEFIT = "unemployment", _("unemployment benefit")
    GRADUATE = "graduate", _("unemployment benefit, newly graduated")
    READY = "ready", _("cash or education benefit, ready for job or education")
    SUPPORTED = "supported", _("cash or education benefit, needs support first")
    SICKNESS = "sickness", _("sickness benefit, clarification or integration")
    PENSION = "pension", _("disability pension")


class Condition(models.TextChoices):
    RATIO = "ratio", _("ratio at the workplace")
    INCREASE = "increase", _("net increase in the company")
    DURATION = "duration", _("longest duration")
    REPRESENTATIVE = "representative", _("the employees' confirmation")


def _texts(name: str) -> Func:
    """A one-element range over a text's hash: lets an exclusion constraint compare texts."""
    return Func(
        Func(F(name), function="hashtext"),
        Func(F(name), function="hashtext"),
        Value("[]"),
        function="int4range",
    )


class Sourced(Dated):
    """A fact of the law with its paragraph, where it was read, and what is still to be checked."""

    law = models.CharField(_("paragraph of the law"), max_length=200)
    source = models.CharField(_("read in"), max_length=300)
    to_check = models.TextField(_("to be verified"), blank=True)

    class Meta(Dated.Meta):
        abstract = True


@pghistory.track()
class RuleVersion(Sourced):
    """How the two conditions are counted in a period: the day a placement starts decides the version."""

    class Counting(models.TextChoices):
        FULL_TIME = "full_time", _("full-time equivalents")
        HEADS = "heads", _("heads, whatever their hours")

    version = models.PositiveSmallIntegerField(_("version"), unique=True)
    counting = models.CharField(_("ordinary staff are counted in"), max_length=10, choices=Counting)
    each = models.PositiveSmallIntegerField(_("staff for each place, up to the limit"), default=5)
    limit = models.PositiveSmallIntegerField(_("the limit"), default=50)
    each_above = models.PositiveSmallIntegerField(_("staff for each place above the limit"), default=10)
    least = models.PositiveSmallIntegerField(_("always room for"), default=1)
    months = models.PositiveSmallIntegerField(_("months of the average at the workplace"), default=4)
    increase_months = models.PositiveSmallIntegerField(_("months of the average in the company"), default=12)
    increase_for_trials = models.BooleanField(_("the net increase also for work trials"), default=False)
    full_time_hours = models.DecimalField(
        _("hours of a full-time week"), max_digits=3, decimal_places=1, default=Decimal(37)
    )

    objects = DatedQuerySet["RuleVersion"].as_manager()

    class Meta(Sourced.Meta):
        abstract = False
        verbose_name = _("version of the conditions")
        verbose_name_plural = _("versions of the conditions")
        ordering = ["-valid_from"]
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                name="ruleversion_steps_are_positive",
                condition=Q(each__gt=0, each_above__gt=0, months__range=(1, 12), full_time_hours__gt=0),
                violation_error_message=_("The steps, the months and the hours are positive."),
            ),
            ExclusionConstraint(
                name="ruleversion_one_at_a_time",
                expressions=[(validity(), RangeOperators.OVERLAPS)],
                violation_error_message=_("Another version is in force in that period."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}"

    @property
    def scale(self) -> Scale:
        return Scale(each=self.each, limit=self.limit, each_above=self.each_above, least=self.least)

    @property
    def in_full_time(self) -> bool:
        return self.counting == self.Counting.FULL_TIME

    def asks_for_increase(self, kind: str) -> bool:
        return kind == Kind.WAGE_SUBSIDY or self.increase_for_trials


class DurationQuerySet(DatedQuerySet["Duration"]):
    def for_placement(self, *, kind: str, sector: str, group: str, on: date) -> Self:
        """The limit that holds: at most one."""
        return self.valid(on).filter(kind=kind, sector=sector, group=group)


@pghistory.track()
class Duration(Sourced):
    """How long a placement may last, by kind, sector and what the person lives on.

    `most` None: the law sets no end. `most_extended`: with an extension.
    """

    class Unit(models.TextChoices):
        WEEKS = "weeks", _("weeks")
        MONTHS = "months", _("months")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    sector = models.CharField(_("employer"), max_length=8, choices=Sector)
    group = models.CharField(_("the person's benefit"), max_length=12, choices=Group)
    unit = models.CharField(_("unit"), max_length=6, choices=Unit)
    most = models.PositiveSmallIntegerField(_("at most"), null=True, blank=True)
    most_extended = models.PositiveSmallIntegerField(_("at most, extended"), null=True, blank=True)

    objects = DurationQuerySet.as_manager()

    class Meta(Sourced.Meta):
        abstract = False
        verbose_name = _("longest duration")
        verbose_name_plural = _("longest durations")
        ordering = ["kind", "sector", "group", "-valid_from"]
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                name="duration_extended_is_not_shorter",
                condition=Q(most=None, most_extended=None)
                | Q(most__gt=0) & (Q(most_extended=None) | Q(most_extended__gte=F("most"))),
                violation_error_message=_("An extended placement is not shorter than one that is not."),
            ),
            ExclusionConstraint(
                name="duration_one_at_a_time",
                expressions=[
                    (_texts("kind"), RangeOperators.OVERLAPS),
                    (_texts("sector"), RangeOperators.OVERLAPS),
                    (_texts("group"), RangeOperators.OVERLAPS),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Another limit is in force for the same in that period."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.get_sector_display()}, {self.get_group_display()}"


@pghistory.track()
class Rate(Sourced):
    """The subsidy in kroner an hour."""

    sector = models.CharField(_("employer"), max_length=8, choices=Sector)
    per_hour = models.DecimalField(_("kroner an hour"), max_digits=6, decimal_places=2)

    objects = DatedQuerySet["Rate"].as_manager()

    class Meta(Sourced.Meta):
        abstract = False
        verbose_name = _("rate of the wage subsidy")
        verbose_name_plural = _("rates of the wage subsidy")
        ordering = ["sector", "-valid_from"]
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                name="rate_is_positive",
                condition=Q(per_hour__gt=0),
                violation_error_message=_("A rate is more than nothing."),
            ),
            ExclusionConstraint(
                name="rate_one_at_a_time",
                expressions=[
                    (_texts("sector"), RangeOperators.OVERLAPS),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Another rate is in force in that period."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_sector_display()}, {self.per_hour}"


@pghistory.track()
class Exemption(Sourced):
    """A ground on which one of the conditions need not be met. A decision cites it."""

    code = models.SlugField(_("code"), max_length=40)
    condition = models.CharField(_("condition"), max_length=14, choices=Condition)
    name_da = models.CharField(_("Danish name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200)

    objects = DatedQuerySet["Exemption"].as_manager()

    class Meta(Sourced.Meta):
        abstract = False
        verbose_name = _("exemption")
        verbose_name_plural = _("exemptions")
        ordering = ["condition", "code", "-valid_from"]
        constraints = [
            *Sourced.Meta.constraints,
            ExclusionConstraint(
                name="exemption_one_at_a_time",
                expressions=[
                    (_texts("code"), RangeOperators.OVERLAPS),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The same exemption is in force in that period already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.law})"

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_da

"""What a result is judged by: the thresholds of the flag rule and the shares the law requires, dated."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jobcenter.geography.models import Dated, DatedQuerySet, ids, validity
from jobcenter.pages.words import spoken
from regions.measures.models import Measure, TargetGroup

THRESHOLDS = [
    "false_discovery_rate",
    "serious_z",
    "watch_z",
    "least_relative_effect",
    "least_percentage_points",
    "consecutive_periods",
]
"""What decides whether the rule points at a result."""


class Mark(models.TextChoices):
    """How sure a threshold is."""

    READ = "read", _("read in a source")
    MEMORY = "memory", _("known, not read")
    PROPOSED = "proposed", _("proposed, to be decided by the authority")


class Explained(Dated):
    """Something that results are judged by, with why it is so, in both languages."""

    reason = models.TextField(_("why"))
    reason_da = models.TextField(_("why, in Danish"), default="")

    class Meta(Dated.Meta):
        abstract = True

    @property
    def why(self) -> str:
        return self.reason_da or self.reason if spoken(get_language() or "da") == "da" else self.reason


class RuleParameters(Explained):
    """The thresholds of the flag rule in a period (see `regions/oversight/rule.py` for what each means)."""

    version = models.PositiveSmallIntegerField(_("version"), unique=True)
    false_discovery_rate = models.FloatField(_("accepted share of false alarms"), default=0.05)
    serious_z = models.FloatField(_("z of a serious deviation"), default=3.09)
    watch_z = models.FloatField(_("z of a deviation to watch"), default=1.96)
    least_relative_effect = models.FloatField(_("smallest deviation, share of expected"), default=0.05)
    least_percentage_points = models.FloatField(_("smallest deviation, percentage points"), default=1.0)
    consecutive_periods = models.PositiveSmallIntegerField(_("periods in a row"), default=2)
    days_to_review = models.PositiveSmallIntegerField(_("days to begin a review, and to end it"), default=14)
    days_to_answer = models.PositiveSmallIntegerField(_("days to answer a hearing"), default=14)
    days_to_decide = models.PositiveSmallIntegerField(_("days to decide after a hearing"), default=14)
    author = models.CharField(_("by whom"), max_length=200, default="Én Indgang")
    mark = models.CharField(_("how sure"), max_length=8, choices=Mark, default=Mark.PROPOSED)

    objects = DatedQuerySet["RuleParameters"].as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("parameters of the flag rule")
        verbose_name_plural = _("parameters of the flag rule")
        constraints = [
            *Dated.Meta.constraints,
            ExclusionConstraint(
                name="rule_parameters_one_version_at_a_time",
                expressions=[(validity(), RangeOperators.OVERLAPS)],
                violation_error_message=_("Another version is in force in that period."),
            ),
        ]
        triggers = [
            # Flags name the version they were raised by: a new threshold is a new version.
            pgtrigger.ReadOnly(
                name="version_is_never_changed",
                fields=["version", *THRESHOLDS],
            )
        ]

    def __str__(self) -> str:
        return f"{self.version}"


def _group_or_all() -> models.Func:
    """As `ids`, with 0 for what is required of all."""
    group = Coalesce("target_group", 0)
    return models.Func(group, group, models.Value("[]"), function="int8range")


class Requirement(Explained):
    """The share that is required of a measure in a period, of one target group or of all."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="requirements")
    target_group = models.ForeignKey(
        TargetGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    required_share = models.FloatField(_("required share"))
    law_reference = models.CharField(_("law"), max_length=200)
    mark = models.CharField(_("how sure the share is"), max_length=8, choices=Mark)

    objects = DatedQuerySet["Requirement"].as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("legal requirement")
        verbose_name_plural = _("legal requirements")
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="requirement_is_a_share",
                condition=Q(required_share__gt=0, required_share__lte=1),
                violation_error_message=_("What is required is a share, above 0 and at most 1."),
            ),
            ExclusionConstraint(
                name="requirement_one_at_a_time",
                expressions=[
                    (ids("measure"), RangeOperators.OVERLAPS),
                    (_group_or_all(), RangeOperators.OVERLAPS),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Another share is required in that period."),
            ),
        ]
        triggers = [
            # Jobcentres were held against what was required: another share begins on a day of its own.
            pgtrigger.ReadOnly(
                name="share_is_never_changed",
                fields=["measure", "target_group", "valid_from", "required_share"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.required_share}"

"""For whom a hire counts, with its dates."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from employers.referrals.credit import CountsFor, Rule
from jobcenter.geography.models import Dated, DatedQuerySet, validity


class CreditRule(Dated):
    """The rule by which hires of a period count; one at a time. `credit.count` does the counting."""

    counts_for = models.CharField(
        _("counts for"),
        max_length=10,
        choices=[
            (CountsFor.BOTH.value, _("the jobcentre of the citizen and that of the company")),
            (CountsFor.CITIZENS.value, _("the jobcentre of the citizen")),
            (CountsFor.COMPANYS.value, _("the jobcentre of the company")),
        ],
    )
    reason = models.CharField(_("reason"), max_length=300)

    objects = DatedQuerySet["CreditRule"].as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("rule of shared credit")
        verbose_name_plural = _("rules of shared credit")
        ordering = ["valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            ExclusionConstraint(
                name="creditrule_one_at_a_time",
                expressions=[(validity(), RangeOperators.OVERLAPS)],
                violation_error_message=_("Another rule holds in that period."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_counts_for_display()}, {self.valid_from}"

    def as_rule(self) -> Rule:
        return Rule(self.valid_from, self.valid_to, CountsFor(self.counts_for))

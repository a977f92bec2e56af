"""What is known of an occupation somewhere in a half-year, as it is kept everywhere it is told."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jobcenter.classifications.models import Outlook
from regions.bottlenecks.figures.labour import Stock

Category = Outlook.Category


class Figures(models.Model):
    """Numbers of vacancies, persons and days. None: not known, which is not none.

    attempts: vacancies that ended with somebody hired or nobody; failed: those in vain or with another
    profile, of which `other_profile` the latter. unknown: vacancies that ended without an answer.
    positions: open ones on the last day. observed, still_open: vacancies published in the half-year, whose
    time open the median is of. shrunk: the failed rate drawn to the occupation's in the country. sure: share
    of resamples in which employers' problems are said to be the same.
    """

    attempts = models.PositiveIntegerField(_("recruitment attempts"), default=0)
    failed = models.PositiveIntegerField(_("in vain or with another profile"), default=0)
    other_profile = models.PositiveIntegerField(_("with another profile"), null=True)
    withdrawn = models.PositiveIntegerField(_("withdrawn"), default=0)
    unknown = models.PositiveIntegerField(_("without an answer"), default=0)
    lower = models.FloatField(_("lower end of the 95 % interval"), null=True)
    upper = models.FloatField(_("upper end of the 95 % interval"), null=True)
    shrunk = models.FloatField(_("rate drawn to the country's"), null=True)
    sure = models.FloatField(_("share of resamples that say the same"), null=True)

    employed = models.PositiveIntegerField(_("employed"), null=True)
    unemployed = models.PositiveIntegerField(_("unemployed"), null=True)
    hires = models.PositiveIntegerField(_("hires"), null=True)
    candidates = models.PositiveIntegerField(_("candidates"), null=True)
    positions = models.PositiveIntegerField(_("open positions"), null=True)

    observed = models.PositiveIntegerField(_("vacancies published"), default=0)
    still_open = models.PositiveIntegerField(_("of them still open"), default=0)
    median_days = models.FloatField(_("days open, the median"), null=True)
    median_lower = models.FloatField(_("lower end of its 95 % interval"), null=True)
    median_upper = models.FloatField(_("upper end of its 95 % interval"), null=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_failed_is_part_of_attempts",
                condition=Q(failed__lte=F("attempts"))
                & (Q(other_profile=None) | Q(other_profile__lte=F("failed"))),
            ),
            models.CheckConstraint(
                name="%(class)s_still_open_is_part_of_observed", condition=Q(still_open__lte=F("observed"))
            ),
            models.CheckConstraint(
                name="%(class)s_shares_are_shares",
                condition=(Q(shrunk=None) | Q(shrunk__gte=0, shrunk__lte=1))
                & (Q(sure=None) | Q(sure__gte=0, sure__lte=1)),
            ),
        ]

    @property
    def rate(self) -> float | None:
        """Share of attempts that failed, 0 to 1; None without any."""
        return self.failed / self.attempts if self.attempts else None

    @property
    def closed(self) -> int:
        """Vacancies that ended in the half-year, with or without an answer."""
        return self.attempts + self.withdrawn + self.unknown

    @property
    def answered(self) -> float | None:
        """Share of the vacancies that ended of which it was told how, 0 to 1; None when none ended."""
        return (self.attempts + self.withdrawn) / self.closed if self.closed else None

    @property
    def stock(self) -> Stock:
        return Stock(
            employed=self.employed,
            unemployed=self.unemployed,
            positions=self.positions,
            hires=self.hires,
            candidates=self.candidates,
        )

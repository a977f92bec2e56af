"""Holds: a jobcentre's word that it is about to contact a company; and what was done against the advice."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Self

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.companies.models import Company, Workplace
from employers.contacts.coordination import OVERRIDDEN, Reason
from employers.contacts.models.contact import Contact, Purpose
from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre, Shared
from jobcenter.centres.sharing import shared_rows
from jobcenter.geography.models import Dated, DatedQuerySet, ids, validity
from jobcenter.pages.privacy import without_cpr

LONGEST = timedelta(days=31)
"""No rule may let a hold last longer."""


class HoldLimitQuerySet(DatedQuerySet["HoldLimit"]):
    def of(self, on: date) -> HoldLimit | None:
        return self.valid(on).first()


class HoldLimit(Dated):
    """How long a hold may last, how many a jobcentre may have, and how long it rests before the next."""

    most_days = models.PositiveSmallIntegerField(_("days at most"))
    most_running = models.PositiveSmallIntegerField(_("holds of a jobcentre at a time at most"))
    rest_days = models.PositiveSmallIntegerField(_("days before the same jobcentre may hold the same again"))
    source = models.CharField(_("source"), max_length=200)

    objects = HoldLimitQuerySet.as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("limit on holds")
        verbose_name_plural = _("limits on holds")
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="holdlimit_1_to_31_days",
                condition=Q(most_days__range=(1, LONGEST.days)),
                violation_error_message=_("A hold lasts between 1 and 31 days."),
            ),
            ExclusionConstraint(
                name="holdlimit_one_at_a_time",
                expressions=[(validity(), RangeOperators.OVERLAPS)],
                violation_error_message=_("There is another limit in that period."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.valid_from)


class HoldQuerySet(models.QuerySet["Hold"]):
    def running(self, *, at: datetime) -> Self:
        return self.filter(starts_at__lte=at, expires_at__gt=at)

    def about(self, company: Company) -> Self:
        return (
            self.filter(workplace__company=company)
            .select_related("jobcentre", "by", "workplace")
            .order_by("expires_at", "pk")
        )

    def visible_to(self, jobcentre: Jobcentre) -> Self:
        """Holds of the jobcentres that share a labour supply with this one, its own included.

        And those of partners, wherever they are, whose holds an agreement in force lets this one see.
        """
        shared = shared_rows(
            Shared.HOLDS,
            jobcentre=jobcentre,
            on=timezone.localdate(),
            industry="workplace__company__industry",
        )
        return self.filter(Q(jobcentre__in=jobcentre.partners) | shared)


@pghistory.track()
class Hold(models.Model):
    """A jobcentre's word that it is about to contact a company, at a workplace, about one purpose.

    A hold expires by itself; nobody has to remember to release it, and releasing it is ending it now. Another
    jobcentre may contact the company all the same with a reason, which the holder is told.
    """

    workplace = models.ForeignKey(
        Workplace, on_delete=models.PROTECT, related_name="holds", verbose_name=_("workplace")
    )
    jobcentre = models.ForeignKey(
        Jobcentre, on_delete=models.PROTECT, related_name="holds", verbose_name=_("jobcentre")
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="holds", verbose_name=_("by whom"))
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose)
    starts_at = models.DateTimeField(_("from"))
    expires_at = models.DateTimeField(_("expires"))
    released_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("released by")
    )

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="hold_expires_after_it_starts",
                condition=Q(expires_at__gt=F("starts_at")),
                violation_error_message=_("A hold must end after it begins."),
            ),
            models.CheckConstraint(
                name="hold_lasts_31_days_at_most",
                condition=Q(expires_at__lte=F("starts_at") + LONGEST),
                violation_error_message=_("A hold lasts between 1 and 31 days."),
            ),
            *(
                ExclusionConstraint(
                    name=f"hold_one_at_a_time_{purpose.value}",
                    expressions=[
                        (ids("workplace"), RangeOperators.OVERLAPS),
                        (
                            Func(F("starts_at"), F("expires_at"), function="tstzrange"),
                            RangeOperators.OVERLAPS,
                        ),
                    ],
                    condition=Q(purpose=purpose.value),
                    violation_error_message=_("Somebody holds the company for this purpose already."),
                )
                for purpose in Purpose
            ),
        ]

    def __str__(self) -> str:
        return f"{self.workplace}: {self.jobcentre}, {self.get_purpose_display()}"

    @property
    def free_on(self) -> date:
        """The first day on which it no longer holds."""
        return timezone.localdate(self.expires_at)

    def release(self, *, by: User, at: datetime) -> bool:
        """It ends now. False when it had ended already."""
        running = Hold.objects.running(at=at).filter(pk=self.pk, starts_at__lt=at)
        return bool(running.update(expires_at=at, released_by=by))


class OverrideQuerySet(models.QuerySet["Override"]):
    def in_period(self, *, since: datetime, until: datetime) -> Self:
        """`until` is not included."""
        return self.filter(at__gte=since, at__lt=until)

    def against_holds_of(self, jobcentre: Jobcentre) -> Self:
        return self.filter(hold__jobcentre=jobcentre)


class Override(models.Model):
    """That a company was contacted although something spoke plainly against it, with the reason given.

    One row for each thing that spoke against it, so that they can be counted.
    """

    class Ground(models.TextChoices):
        HOLD = Reason.HOLD.value, _("another jobcentre's hold")
        PAUSE = Reason.PAUSE.value, _("the company's pause")
        CAP = Reason.CAP.value, _("the company's cap on contacts")
        TOPIC = Reason.TOPIC.value, _("a topic the company does not want")
        RECENT = Reason.RECENT.value, _("another jobcentre's contact about the same")

    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, related_name="overrides", verbose_name=_("contact")
    )
    ground = models.CharField(_("what spoke against it"), max_length=8, choices=Ground)
    hold = models.ForeignKey(
        Hold,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="overrides",
        verbose_name=_("hold"),
    )
    reason = models.CharField(_("reason"), max_length=300, validators=[without_cpr])
    at = models.DateTimeField(_("time"), default=timezone.now, editable=False)

    objects = OverrideQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact against the advice")
        verbose_name_plural = _("contacts against the advice")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="override_has_a_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Write the reason."),
            ),
            models.CheckConstraint(
                name="override_ground_is_known",
                condition=Q(ground__in=[reason.value for reason in OVERRIDDEN]),
            ),
            models.CheckConstraint(
                name="override_names_the_hold_it_goes_against",
                condition=Q(ground=Reason.HOLD.value, hold__isnull=False)
                | ~Q(ground=Reason.HOLD.value) & Q(hold=None),
            ),
            models.UniqueConstraint(
                name="override_once_for_each_ground",
                fields=["contact", "ground", "hold"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        """Without the reason: that is for the two jobcentres."""
        return f"{self.get_ground_display()}, {self.at:%d-%m-%Y}"

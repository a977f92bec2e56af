"""Jobcentres: which municipalities each serves, and the offices that look after an area."""

from __future__ import annotations

from datetime import date
from typing import Self

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import Organisation, Role, User
from jobcenter.geography.models import (
    Area,
    AreaMunicipality,
    Dated,
    DatedQuerySet,
    Municipality,
    ids,
    validity,
)


class JobcentreQuerySet(DatedQuerySet["Jobcentre"]):
    def serving(self, municipality: Municipality, *, on: date) -> Self:
        """The jobcentre that answers for a municipality on a date: at most one, and none if it is closed."""
        return self.valid(on).filter(serves__in=Serves.objects.valid(on).filter(municipality=municipality))

    def in_area(self, area: Area, *, on: date | None = None) -> Self:
        """Jobcentres that serve a municipality of the area."""
        serves = Serves.objects.valid(on or timezone.localdate())
        own = serves.filter(
            municipality__in=AreaMunicipality.objects.filter(area=area).values("municipality")
        )
        return self.filter(pk__in=own.values("jobcentre"))

    def sharing_labour_with(self, jobcentre: Jobcentre, *, on: date | None = None) -> Self:
        """Jobcentres whose municipalities lie in a labour catchment of this one, itself included."""
        on = on or timezone.localdate()
        shared = Municipality.objects.in_catchment_of(jobcentre.municipalities(on=on))
        return self.filter(serves__in=Serves.objects.valid(on).filter(municipality__in=shared)).distinct()


@pghistory.track()
class Jobcentre(Dated):
    """What answers for one or more municipalities towards employers and unemployed.

    Since 2026 the law says "the municipality" where it said "the jobcentre" (L 66, 2025–26): this
    is whichever of them answers on a date.
    """

    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, related_name="jobcentre", verbose_name=_("organisation")
    )
    code = models.CharField(_("code"), max_length=4, unique=True)
    name = models.CharField(_("name"), max_length=80)
    sort_key = models.CharField(max_length=120, editable=False)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    answers_within = models.PositiveSmallIntegerField(_("answers within (working days)"), default=2)

    objects = JobcentreQuerySet.as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("jobcentre")
        verbose_name_plural = _("jobcentres")
        ordering = ["sort_key"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="jobcentre_answers_within_1_to_10_days",
                condition=Q(answers_within__range=(1, 10)),
                violation_error_message=_("An answer is promised within 1 to 10 working days."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def short_name(self) -> str:
        """The name without the word they all begin with, for lists and maps."""
        return self.name.removeprefix("Jobcenter ")

    def municipalities(self, *, on: date | None = None) -> models.QuerySet[Municipality]:
        serves = Serves.objects.valid(on or timezone.localdate()).filter(jobcentre=self)
        return Municipality.objects.filter(served_by__in=serves)

    @cached_property
    def partners(self) -> frozenset[int]:
        """The primary keys of those it shares a labour supply with, itself included. One query, once."""
        return frozenset(Jobcentre.objects.sharing_labour_with(self).values_list("pk", flat=True))

    def staff(self) -> models.QuerySet[User]:
        """Those who can own an enquiry here."""
        return User.objects.filter(
            memberships__organisation=self.organisation_id, memberships__role=Role.CASEWORKER, is_active=True
        ).order_by("pk")

    def managers(self) -> models.QuerySet[User]:
        return User.objects.filter(
            memberships__organisation=self.organisation_id, memberships__role=Role.MANAGER, is_active=True
        ).order_by("pk")


@pghistory.track()
class Serves(Dated):
    """Which municipality a jobcentre answers for, and when. Two never answer for one at a time."""

    class Evidence(models.TextChoices):
        SOURCE = "source", _("read in a source")
        DERIVED = "derived", _("derived: no sign of sharing")
        MEMORY = "memory", _("known, not read")
        UNCERTAIN = "memory-uncertain", _("uncertain")

    jobcentre = models.ForeignKey(
        Jobcentre, on_delete=models.PROTECT, related_name="serves", verbose_name=_("jobcentre")
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="served_by", verbose_name=_("municipality")
    )
    evidence = models.CharField(_("how we know"), max_length=20, choices=Evidence)

    objects = DatedQuerySet["Serves"].as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("served municipality")
        verbose_name_plural = _("served municipalities")
        constraints = [
            *Dated.Meta.constraints,
            ExclusionConstraint(
                name="serves_one_jobcentre_per_municipality_at_a_time",
                expressions=[
                    (ids("municipality"), RangeOperators.OVERLAPS),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Another jobcentre answers for this municipality in that period."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jobcentre}: {self.municipality}"


class AreaOffice(Dated):
    """The office that looks after an area."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, related_name="area_office", verbose_name=_("organisation")
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="offices", verbose_name=_("area"))

    objects = DatedQuerySet["AreaOffice"].as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("area office")
        verbose_name_plural = _("area offices")

    def __str__(self) -> str:
        return str(self.organisation)

    @cached_property
    def jobcentres(self) -> frozenset[int]:
        """The primary keys of those that serve a municipality of its area now. One query, once."""
        return frozenset(Jobcentre.objects.in_area(self.area).values_list("pk", flat=True))

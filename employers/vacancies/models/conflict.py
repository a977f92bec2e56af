"""Lawful labour conflicts: where the public employment service puts nobody forward."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Self

import pghistory
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from django.db.models.lookups import StartsWith
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.companies.models import Company, Workplace
from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre
from jobcenter.classifications.models import Occupation


class LabourConflictQuerySet(models.QuerySet["LabourConflict"]):
    def running(self, *, on: date) -> Self:
        """Those that have begun and are not over on the day."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)

    def covering(self, *, workplace: Workplace, occupation: Occupation | None = None, on: date) -> Self:
        """Those that cover work of the occupation at the workplace on the day; the oldest first.

        occupation None: the work is not known, so that a conflict about any occupation there covers it.
        """
        of_workplace = self.running(on=on).filter(
            Q(workplaces=None) | Q(workplaces=workplace), company=workplace.company_id
        )
        if occupation:
            covered = [occupation.code[:digits] for digits in range(1, len(occupation.code) + 1)]
            of_workplace = of_workplace.filter(Q(occupations=None) | Q(occupations__code__in=covered))
        return of_workplace.distinct().order_by("starts_on", "pk")

    def covering_rows(
        self,
        *,
        on: date,
        company: str = "company",
        workplace: str = "workplace",
        code: str = "occupation__code",
    ) -> Exists:
        """A condition for a queryset of rows that have a workplace and the code of an occupation.

        The names are those of the rows' own fields, as in
        `rows.filter(LabourConflict.objects.covering_rows(on=day))`.
        """
        where = LabourConflict.workplaces.through.objects.filter(labourconflict=OuterRef("pk"))
        which = LabourConflict.occupations.through.objects.filter(labourconflict=OuterRef("pk"))
        here = where.filter(workplace=OuterRef(OuterRef(workplace)))
        theirs = ExpressionWrapper(OuterRef(OuterRef(code)), output_field=models.CharField())
        among = which.filter(StartsWith(theirs, F("occupation__code")))
        return Exists(
            self.running(on=on).filter(
                ~Exists(where) | Exists(here), ~Exists(which) | Exists(among), company=OuterRef(company)
            )
        )


@pghistory.track()
class LabourConflict(models.Model):
    """A strike, lockout or blockade at a company, which the service stays out of.

    While it runs, no vacancy that it covers is published or matched with anybody, whatever the union of the
    candidate; nobody is put forward for it, and campaigns leave it out. Without workplaces it covers all of
    the company's, without occupations all work; an occupation covers those under it in the classification.
    What it covers is never changed after it is registered: only its last day is, when it is known.

    Ask `LabourConflict.objects.covering(workplace=…, occupation=…, on=…)` about one position, and use
    `covering_rows(on=…)` as a condition on a queryset.
    Source: BEK 442/2023 § 137, by which the advertisements of a company in conflict are handled by hand.
    """

    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, related_name="conflicts", verbose_name=_("company")
    )
    workplaces = models.ManyToManyField(
        Workplace, related_name="conflicts", blank=True, verbose_name=_("workplaces")
    )
    occupations = models.ManyToManyField(
        Occupation, related_name="conflicts", blank=True, verbose_name=_("occupations")
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)
    jobcentre = models.ForeignKey(
        Jobcentre, on_delete=models.PROTECT, related_name="conflicts", verbose_name=_("jobcentre")
    )
    registered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("registered by")
    )
    registered_at = models.DateTimeField(_("registered"), default=timezone.now, editable=False)

    objects = LabourConflictQuerySet.as_manager()

    class Meta:
        verbose_name = _("labour conflict")
        verbose_name_plural = _("labour conflicts")
        ordering = ["-starts_on", "-pk"]
        indexes = [models.Index(name="labourconflict_of_company", fields=["company", "starts_on"])]
        constraints = [
            models.CheckConstraint(
                name="labourconflict_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("A conflict cannot be over before it begins."),
            ),
            models.CheckConstraint(
                name="labourconflict_has_a_source",
                condition=~Q(source=""),
                violation_error_message=_("Write where it is known from."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company}, {self.starts_on:%d-%m-%Y}"

    def covers(self, *, occupations: Iterable[Occupation], workplaces: Iterable[Workplace]) -> None:
        """Say what it covers, once, when it is registered."""
        self.occupations.set(occupations)
        self.workplaces.set(workplaces)

"""How many live in one municipality and work in another, year by year."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from jobcenter.geography.models.places import Municipality


class CommutingMatrix(models.Model):
    """The employed by residence and workplace at the end of November of a year.

    Corrected figures for a year are a matrix of their own, so that the catchments found from the first
    still say what they were found from. The latest year's latest is used.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    source = models.CharField(_("source"), max_length=200)
    file_name = models.CharField(_("file"), max_length=200)
    imported_at = models.DateTimeField(_("imported"))

    class Meta:
        verbose_name = _("commuting matrix")
        verbose_name_plural = _("commuting matrices")
        ordering = ["-year", "-imported_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="commuting_of_a_year_that_can_be",
                condition=models.Q(year__range=(2007, 2100)),
                violation_error_message=_("Today's municipalities are from 2007."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.year}"


class Commuters(models.Model):
    """How many live in one municipality and work in another, or outside all of them (`workplace` empty).

    Who works at home counts at home. No row: nobody.
    """

    matrix = models.ForeignKey(
        CommutingMatrix, on_delete=models.CASCADE, related_name="commuters", verbose_name=_("matrix")
    )
    residence = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="+", verbose_name=_("residence")
    )
    workplace = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("workplace")
    )
    employed = models.PositiveIntegerField(_("employed"))

    class Meta:
        verbose_name = _("commuters")
        verbose_name_plural = _("commuters")
        constraints = [
            models.UniqueConstraint(
                name="commuters_once",
                fields=["matrix", "residence", "workplace"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="commuters_are_somebody", condition=models.Q(employed__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.residence} → {self.workplace or '–'}: {self.employed}"

"""What registers say of an occupation in a municipality, and the deliveries it came by."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import User
from jobcenter.classifications.models import Occupation
from jobcenter.geography.models import Municipality


class StockDelivery(models.Model):
    """A file of register figures as it came, kept as evidence, and what it changed."""

    source = models.CharField(_("source"), max_length=200)
    data_date = models.DateField(_("data date"))
    file_name = models.CharField(_("file"), max_length=200)
    content = models.BinaryField(editable=False)
    digest = models.CharField(max_length=64)
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    added = models.PositiveIntegerField(_("added"))
    changed = models.PositiveIntegerField(_("changed"))
    removed = models.PositiveIntegerField(_("removed"))
    unchanged = models.PositiveIntegerField(_("unchanged"))

    class Meta:
        verbose_name = _("delivery of register figures")
        verbose_name_plural = _("deliveries of register figures")
        ordering = ["-received_at", "-pk"]
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.source}, {self.data_date:%d-%m-%Y}"


class StockFigure(models.Model):
    """Persons in one occupation (four digits) living in one municipality. None: too few to be told.

    employed, unemployed, candidates: on the half-year's last day. hires: in the half-year.
    """

    delivery = models.ForeignKey(StockDelivery, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(_("period"), max_length=10)
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="+")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    employed = models.PositiveIntegerField(_("employed"), null=True)
    unemployed = models.PositiveIntegerField(_("unemployed"), null=True)
    hires = models.PositiveIntegerField(_("hires"), null=True)
    candidates = models.PositiveIntegerField(_("candidates"), null=True)

    class Meta:
        verbose_name = _("register figures of an occupation")
        verbose_name_plural = _("register figures of occupations")
        constraints = [
            models.UniqueConstraint(
                fields=["period", "occupation", "municipality"], name="stockfigure_once_in_a_half_year"
            ),
            models.CheckConstraint(
                name="stockfigure_is_of_a_half_year", condition=Q(period__regex=r"^[12]\d{3}H0[12]$")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occupation_id} {self.municipality_id} {self.period}"

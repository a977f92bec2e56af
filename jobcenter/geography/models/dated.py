"""What is true in a period, and how two periods are kept apart."""

from __future__ import annotations

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _


def ids(field: str) -> Func:
    """A one-element range over an id: lets an exclusion constraint compare ids without an extension."""
    return Func(F(field), F(field), Value("[]"), function="int8range")


def validity() -> Func:
    """The dates a row is valid in, as a range: the last day is not included."""
    return Func(F("valid_from"), F("valid_to"), function="daterange")


AnyDated = TypeVar("AnyDated", bound="Dated")


class DatedQuerySet(models.QuerySet[AnyDated]):
    def valid(self, on: date) -> Self:
        """Rows in force on the date; `valid_to` is the first day they no longer are."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=on), valid_from__lte=on)


class Dated(models.Model):
    """A row that is true in a period; its manager comes from a DatedQuerySet.

    `valid_to` is the first day it no longer is true.
    """

    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_valid_to_after_valid_from",
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                violation_error_message=_("The last date must be after the first."),
            ),
        ]

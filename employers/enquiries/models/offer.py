"""When a kind of enquiry is offered: some end with the law they come from."""

from __future__ import annotations

from datetime import date

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Value
from django.utils.translation import gettext_lazy as _

from employers.enquiries.models.enquiry import Kind
from jobcenter.geography.models import Dated, DatedQuerySet, validity


def as_range(field: str) -> Func:
    """A one-element range over a text's hash: lets an exclusion constraint compare texts by itself."""
    digest = Func(F(field), function="hashtext")
    return Func(digest, digest, Value("[]"), function="int4range")


class OfferQuerySet(DatedQuerySet["Offer"]):
    def withdrawn(self, on: date) -> set[str]:
        """The kinds that have periods, and none of them on the date. One query."""
        dated = set(self.values_list("kind", flat=True))
        return dated - set(self.valid(on).values_list("kind", flat=True)) if dated else set()


@pghistory.track()
class Offer(Dated):
    """A period in which a kind may be asked for. A kind without any period is always offered."""

    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    law = models.CharField(_("law"), max_length=200)
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("period of a kind of enquiry")
        verbose_name_plural = _("periods of kinds of enquiries")
        ordering = ["kind", "valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            ExclusionConstraint(
                name="offer_periods_of_a_kind_do_not_overlap",
                expressions=[
                    (as_range("kind"), RangeOperators.OVERLAPS),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The kind has another period then."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.law}"

"""What registers say of an occupation in a municipality, and the deliveries it came by."""

from __future__ import annotations

from typing import Any, Self

import pgtrigger
from django.db import models
from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jobcenter.accounts.models import User
from jobcenter.accounts.workflow import only
from jobcenter.classifications.models import Occupation
from jobcenter.geography.models import Municipality
from regions.bottlenecks.registers.changes import Difference


class StockDeliveryQuerySet(models.QuerySet["StockDelivery"]):
    def waiting(self) -> Self:
        return self.filter(state=StockDelivery.State.WAITING)

    def counted(self) -> Self:
        return self.filter(state=StockDelivery.State.COUNTED)

    def without_content(self) -> Self:
        return self.defer("content", "told")


class StockDelivery(models.Model):
    """A file of register figures as it came, what it would change, and whether it counts.

    It is the evidence: what came never changes. Only a file without a problem is kept, and nothing of it
    counts before somebody who has seen what it changes lets it through. decided_by: None for the portal
    itself, which takes in what nobody need look at.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("delivery", "waits")
        COUNTED = "counted", pgettext_lazy("delivery", "counts")
        DROPPED = "dropped", pgettext_lazy("delivery", "put aside")

    source = models.CharField(_("source"), max_length=200)
    data_date = models.DateField(_("data date"))
    file_name = models.CharField(_("file"), max_length=200)
    content = models.BinaryField(editable=False)
    digest = models.CharField(max_length=64)
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("by"))

    state = models.CharField(_("state"), max_length=9, choices=State, default=State.WAITING)
    added = models.PositiveIntegerField(_("added"))
    changed = models.PositiveIntegerField(_("changed"))
    removed = models.PositiveIntegerField(_("removed"))
    unchanged = models.PositiveIntegerField(_("unchanged"))
    held = models.PositiveIntegerField(_("held back"), default=0)
    told = models.JSONField(_("what it would change"), default=dict, blank=True)

    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    reason = models.TextField(_("reason"), blank=True)

    objects = StockDeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery of register figures")
        verbose_name_plural = _("deliveries of register figures")
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="stock_delivery_decided_when_it_no_longer_waits",
                condition=Q(state="waiting", decided_at=None, decided_by=None)
                | (~Q(state="waiting") & Q(decided_at__isnull=False)),
                violation_error_message=_("What no longer waits was decided at some time."),
            ),
            models.CheckConstraint(
                name="stock_delivery_put_aside_by_somebody_for_a_reason",
                condition=~Q(state="dropped") | (Q(decided_by__isnull=False) & ~Q(reason="")),
                violation_error_message=_("What is put aside is put aside for a reason."),
            ),
            models.CheckConstraint(
                name="stock_delivery_counts_against_a_warning_for_a_reason",
                condition=~Q(state="counted") | Q(held=0) | ~Q(reason=""),
                violation_error_message=_("Say why figures that were held back are right."),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="what_came_stays",
                fields=["source", "data_date", "file_name", "content", "digest", "received_at", "by"],
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            only({"waiting": ("counted", "dropped")}),
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.data_date:%d-%m-%Y}"

    def get_absolute_url(self) -> str:
        return reverse("bottlenecks:register", args=[self.pk])

    @property
    def waits(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def needs_reason(self) -> bool:
        """Whoever lets it through says why what was held back is right."""
        return bool(self.held)

    @cached_property
    def difference(self) -> Difference:
        """What it would change, or changed when it was let through."""
        return Difference.from_json(self.told)

    @property
    def sign(self) -> str:
        """The shape that goes with the state's word."""
        return {"waiting": "clock", "counted": "good"}.get(self.state, "fewer")


def noted(*, operation: pgtrigger.Operation, rows: str, **tables: str) -> pgtrigger.Trigger:
    """Writes a `StockChange` for each half-year among `rows`, once for a statement."""
    return pgtrigger.Trigger(
        name=f"stockfigure_{str(operation).lower()}_is_noted",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**tables),
        func=f"""
            INSERT INTO bottlenecks_stockchange (period) SELECT DISTINCT period FROM ({rows}) AS differs;
            RETURN NULL;
        """,
    )


class StockFigureQuerySet(models.QuerySet["StockFigure"]):
    def by_half_year(self) -> models.QuerySet[StockFigure, dict[str, Any]]:
        """What is known of each half-year, the latest first: lines, and the last day they were drawn on."""
        return (
            self.order_by("-period")
            .values("period")
            .annotate(
                lines=Count("pk"),
                occupations=Count("occupation", distinct=True),
                municipalities=Count("municipality", distinct=True),
                data_date=Max("delivery__data_date"),
            )
        )


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

    objects = StockFigureQuerySet.as_manager()

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
        triggers = [
            noted(operation=pgtrigger.Insert, rows="SELECT * FROM new_figures", new="new_figures"),
            noted(operation=pgtrigger.Delete, rows="SELECT * FROM old_figures", old="old_figures"),
            noted(
                operation=pgtrigger.Update,
                rows="SELECT * FROM new_figures UNION ALL SELECT * FROM old_figures",
                new="new_figures",
                old="old_figures",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occupation_id} {self.municipality_id} {self.period}"


class StockChange(models.Model):
    """A half-year whose register figures have come, changed or gone since its indicators were computed.

    Written by the database itself, in the transaction of the figures, so that nobody who brings figures can
    forget it; taken away by the recomputation that reads them. One may stand here several times.
    """

    period = models.CharField(_("period"), max_length=10)

    class Meta:
        verbose_name = _("change of register figures")
        verbose_name_plural = _("changes of register figures")

    def __str__(self) -> str:
        return self.period

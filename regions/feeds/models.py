"""Where figures come from, how each source is read, and what has arrived: kept as evidence."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Self

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jobcenter.accounts.models import User
from jobcenter.geography.models import Area, Dated, DatedQuerySet, validity
from jobcenter.runtime.models import Work, WorkQuerySet
from regions.feeds.figures import JUMP, Difference
from regions.feeds.layout import Layout
from regions.measures.models import Delivery


class Source(models.Model):
    """Whoever figures come from again and again. How they are read stands in its dated `Setup`s."""

    name = models.CharField(_("name"), max_length=200, unique=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def setup(self) -> Setup | None:
        """The one in force today."""
        return Setup.objects.valid(timezone.localdate()).filter(source=self).first()


class Setup(Dated):
    """How a source's tables are read, and how they come, from a day on.

    Without an address somebody brings a file; with one, the table is fetched from Jobindsats' API.
    """

    class Frequency(models.TextChoices):
        MONTH = "M", _("months")
        QUARTER = "Q", _("quarters")
        FOUR_QUARTERS = "QMAT", _("four quarters at a time")
        YEAR = "Y", _("years")

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="setups")
    layout = models.JSONField(_("what the columns hold"))
    withdraws = models.BooleanField(
        _("each delivery is whole"),
        default=False,
        help_text=_("What the source told of a period before, and no longer does, is then removed."),
    )
    jump = models.PositiveSmallIntegerField(
        _("held back from"),
        default=JUMP,
        validators=[MinValueValidator(2)],
        help_text=_("So many times more or less than the same place's figure before."),
    )
    address = models.URLField(_("address of the API"), blank=True)
    table = models.SlugField(_("table"), max_length=20, blank=True)
    frequency = models.CharField(_("periods"), max_length=4, choices=Frequency, blank=True)
    latest = models.PositiveSmallIntegerField(
        _("how many of the latest periods"), default=12, validators=[MinValueValidator(1)]
    )
    asked = models.JSONField(
        _("what else is asked for"),
        default=dict,
        blank=True,
        help_text=_(
            'By version of the API, such as {"v3": {"hierarchy._kon": "/"}, "v2": {"_ygrp": "Jobparate"}}.'
        ),
    )
    every_days = models.PositiveSmallIntegerField(
        _("fetched every so many days"), default=1, validators=[MinValueValidator(1)]
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = DatedQuerySet["Setup"].as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("how a source is read")
        verbose_name_plural = _("how sources are read")
        ordering = ["source", "-valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            ExclusionConstraint(
                name="setup_one_at_a_time",
                expressions=[
                    (
                        Func(F("source_id"), F("source_id"), Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The source is read in another way in that period."),
            ),
            models.CheckConstraint(
                name="setup_fetched_from_a_table_in_periods",
                condition=Q(address="", table="", frequency="")
                | (~Q(address="") & ~Q(table="") & ~Q(frequency="")),
                violation_error_message=_("What is fetched has an address, a table and a kind of period."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.valid_from:%d-%m-%Y}"

    @property
    def is_fetched(self) -> bool:
        return bool(self.address)

    @property
    def as_layout(self) -> Layout:
        return Layout(**self.layout)


class ArrivalQuerySet(models.QuerySet["Arrival"]):
    def visible_to(self, area: Area) -> Self:
        """What an area office has brought, and what has come for the whole country."""
        return self.filter(Q(area=area) | Q(area=None))

    def waiting(self) -> Self:
        return self.filter(state=Arrival.State.WAITING)

    def without_content(self) -> Self:
        return self.defer("content")


class Arrival(models.Model):
    """A file or a reply as it came, what it would change, and whether it counts.

    It is the evidence: what arrived never changes. Nothing of it counts before somebody lets it through,
    or the rule does for what nobody need look at; what is refused anywhere changes nothing at all.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("delivery", "waits")
        COUNTED = "counted", pgettext_lazy("delivery", "counts")
        UNCHANGED = "unchanged", pgettext_lazy("delivery", "nothing new")
        REFUSED = "refused", pgettext_lazy("delivery", "refused")
        DROPPED = "dropped", pgettext_lazy("delivery", "put aside")

    source = models.CharField(_("source"), max_length=200)
    setup = models.ForeignKey(Setup, on_delete=models.PROTECT, null=True, related_name="arrivals")
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("area")
    )
    data_date = models.DateField(_("data date"))
    came_as = models.CharField(_("file"), max_length=500)
    content = models.BinaryField(editable=False)
    digest = models.CharField(max_length=64)
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    state = models.CharField(_("state"), max_length=9, choices=State, default=State.WAITING)
    rows = models.PositiveIntegerField(_("figures"), default=0)
    added = models.PositiveIntegerField(_("added"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(pgettext_lazy("figures", "unchanged"), default=0)
    missing = models.PositiveIntegerField(_("without a figure"), default=0)
    removed = models.PositiveIntegerField(_("removed"), default=0)
    held = models.PositiveIntegerField(_("held back"), default=0)
    refused = models.PositiveIntegerField(pgettext_lazy("figures", "refused"), default=0)
    said = models.TextField(_("why it is refused"), blank=True)
    problems = models.JSONField(_("what is wrong with which line"), default=list)
    told = models.JSONField(_("what it would change"), default=dict)

    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(_("reason"), blank=True)
    delivery = models.OneToOneField(Delivery, on_delete=models.PROTECT, null=True, related_name="arrival")

    replaced_by = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name=_("replaced by"),
    )

    objects = ArrivalQuerySet.as_manager()

    class Meta:
        verbose_name = _("data delivery")
        verbose_name_plural = _("data deliveries")
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["-received_at", "-id"], name="arrival_latest")]
        constraints = [
            models.CheckConstraint(
                name="arrival_counts_add_up",
                condition=Q(state="refused")
                | Q(rows=F("added") + F("changed") + F("unchanged") + F("missing")),
                violation_error_message=_("Every row was added, changed, unchanged or without a figure."),
            ),
            models.CheckConstraint(
                name="arrival_counts_as_a_delivery",
                condition=Q(state="counted", delivery__isnull=False)
                | (~Q(state="counted") & Q(delivery=None)),
                violation_error_message=_("What counts is a delivery, and nothing else is."),
            ),
            models.CheckConstraint(
                name="arrival_decided_when_it_no_longer_waits",
                condition=Q(state="waiting", decided_at=None) | (~Q(state="waiting") & ~Q(decided_at=None)),
                violation_error_message=_("What no longer waits was decided at some time."),
            ),
            models.CheckConstraint(
                name="arrival_refused_for_a_reason",
                condition=~Q(state="refused") | ~Q(said="") | Q(refused__gt=0),
                violation_error_message=_("What is refused is refused for a reason."),
            ),
            models.CheckConstraint(
                name="arrival_replaced_when_it_is_refused",
                condition=Q(replaced_by=None) | Q(state="refused"),
                violation_error_message=_("Only what is refused is replaced by what it was explained as."),
            ),
            models.CheckConstraint(
                name="arrival_counts_against_a_warning_for_a_reason",
                condition=~Q(state="counted") | Q(held=0) | ~Q(reason=""),
                violation_error_message=_("Say why figures that were held back are right."),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="evidence_stays", fields=["content", "digest", "came_as", "received_at", "source", "by"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.came_as}"

    def get_absolute_url(self) -> str:
        return reverse("feeds:delivery", args=[self.pk])

    @property
    def file_name(self) -> str:
        """A name for the evidence, which may have come from an address."""
        return f"{slugify(self.table)}-{self.data_date}.json" if self.table else self.came_as

    @property
    def table(self) -> str:
        """The table it was fetched from, if it was."""
        return self.setup.table if self.setup else ""

    @property
    def sign(self) -> str:
        """The shape that goes with the state's word."""
        return SIGNS[self.State(self.state)]

    @property
    def waits(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def shown(self) -> str:
        """What tells one difference from another: a page says which one was read."""
        return sha256(json.dumps(self.told, sort_keys=True).encode()).hexdigest()

    @property
    def needs_reason(self) -> bool:
        """Somebody who lets it through says why its warnings are none."""
        return bool(self.held)

    @cached_property
    def difference(self) -> Difference:
        return Difference.from_json(self.told) if self.told else Difference()


SIGNS = {
    Arrival.State.WAITING: "clock",
    Arrival.State.COUNTED: "good",
    Arrival.State.UNCHANGED: "calm",
    Arrival.State.REFUSED: "bad",
    Arrival.State.DROPPED: "fewer",
}


class FetchQuerySet(WorkQuerySet["Fetch"]):
    pass


class Fetch(Work):
    """A table to be fetched on a day, by its schedule or because somebody asked; what came is an arrival."""

    setup = models.ForeignKey(Setup, on_delete=models.CASCADE, related_name="fetches")
    for_day = models.DateField(_("for the day"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    arrival = models.ForeignKey(Arrival, on_delete=models.PROTECT, null=True, related_name="fetches")

    objects: FetchQuerySet = FetchQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Work.Meta):
        abstract = False
        verbose_name = _("fetch")
        verbose_name_plural = _("fetches")
        ordering = ["-created_at", "-pk"]
        constraints = [
            *Work.Meta.constraints,
            models.UniqueConstraint(
                name="fetch_once_a_day_by_the_schedule", fields=["setup", "for_day"], condition=Q(by=None)
            ),
            models.UniqueConstraint(
                name="fetch_one_at_a_time", fields=["setup"], condition=Q(finished_at=None, given_up_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.setup}"

    @property
    def said(self) -> str:
        """The sentence of the last attempt that failed."""
        return self.error.partition(": ")[2]


class OwnMonth(Work):
    """The portal's own figures of a month, promised once when it is over (`own/delivering.py`).

    counted: of each measure its definition's version, the period, and the moment before which things had to
    have happened to count. delivery: None where the figures changed nothing.
    """

    month = models.CharField(_("month"), max_length=10, unique=True)
    counted = models.JSONField(_("how it was counted"), default=list, editable=False)
    delivery = models.OneToOneField(
        Delivery, on_delete=models.PROTECT, null=True, blank=True, related_name="own_month"
    )

    objects: WorkQuerySet[OwnMonth] = WorkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Work.Meta):
        abstract = False
        verbose_name = _("month of the portal's own figures")
        verbose_name_plural = _("months of the portal's own figures")
        ordering = ["-month"]

    def __str__(self) -> str:
        return self.month

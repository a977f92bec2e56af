"""The whole: what it began from, what it is about, and what it ended with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import ClassVar, Self

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import User
from jobcenter.accounts.workflow import Workflow, only
from jobcenter.centres.models import AreaOffice, Jobcentre
from regions.interventions import guarding
from regions.interventions.models.part import Part
from regions.interventions.table import UNFINISHED, Thing, transitions
from regions.measures.models import Measure, TargetGroup
from regions.oversight.models import Flag


class State(models.TextChoices):
    REQUESTED = "requested", _("asked for by the jobcentre")
    OPEN = "open", _("under way")
    RESOLVED = "resolved", _("closed as resolved")
    NOT_RESOLVED = "not_resolved", _("closed without being resolved")
    ESCALATED = "escalated", _("escalated to the national authority")
    TURNED_DOWN = "turned_down", _("turned down")
    WITHDRAWN = "withdrawn", _("withdrawn by the jobcentre")


class InterventionQuerySet(models.QuerySet["Intervention"]):
    def visible_to_office(self, office: AreaOffice) -> Self:
        """An area office sees those of its own area."""
        return self.filter(jobcentre__in=office.jobcentres)

    def visible_to_jobcentre(self, jobcentre: Jobcentre) -> Self:
        """A jobcentre's manager sees its own."""
        return self.filter(jobcentre=jobcentre)

    def alive(self) -> Self:
        """Those in which something is still to happen."""
        return self.filter(state__in=[State.REQUESTED, State.OPEN])

    def with_parts(self) -> Self:
        """With all that says what happens next. Ten queries more at most, however many there are."""
        return self.select_related("jobcentre", "officer").prefetch_related(
            "concerns__measure",
            "concerns__target_group",
            "meetings",
            "agreements__wordings__signatures",
            "agreements__done",
            "assistances",
            "follow_ups",
        )


@pghistory.track()
class Intervention(Workflow):
    """The area office's dialogue with a jobcentre, from confirmed flags or at the jobcentre's own wish.

    It contains meetings, an agreement, consultant assistance and follow-ups, in any order or alone.
    `effects` and `evidence` are frozen when it is closed: what was decided is explained by what was known.

    Source: answer 87 to L 22 (2005); lov 522/2005 § 8, later subsection 4 on the advisory function.
    """

    TRANSITIONS = transitions(Thing.INTERVENTION)
    THING: ClassVar = Thing.INTERVENTION
    State = State

    jobcentre = models.ForeignKey(
        Jobcentre, on_delete=models.PROTECT, related_name="interventions", verbose_name=_("jobcentre")
    )
    at_own_wish = models.BooleanField(_("at the jobcentre's own wish"), default=False)
    flags: models.ManyToManyField[Flag, models.Model] = models.ManyToManyField(
        Flag, through="Ground", related_name="interventions", verbose_name=_("flags")
    )
    state = models.CharField(_("state"), max_length=12, choices=State)
    officer = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("area officer"),
    )
    asked_at = models.DateTimeField(_("asked for"), null=True, blank=True)
    began_at = models.DateTimeField(_("begun"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    evidence = models.JSONField(_("evidence"), null=True, blank=True)
    effects = models.JSONField(_("effect"), null=True, blank=True)

    objects = InterventionQuerySet.as_manager()

    class Meta:
        verbose_name = _("intervention")
        verbose_name_plural = _("interventions")
        ordering = ["-pk"]
        triggers = [
            only(transitions(Thing.INTERVENTION)),
            guarding.told(Thing.INTERVENTION),
            guarding.grounded(),
            pgtrigger.Protect(
                name="what_it_ended_with_stands",
                operation=pgtrigger.UpdateOf("evidence", "effects", "jobcentre_id", "at_own_wish"),
                condition=~pgtrigger.Q(old__state__in=["requested", "open"]),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="intervention_at_own_wish_was_asked_for",
                condition=Q(at_own_wish=True, asked_at__isnull=False) | Q(at_own_wish=False, asked_at=None),
            ),
            models.CheckConstraint(
                name="intervention_state_and_times",
                condition=Q(state="requested", began_at=None, ended_at=None)
                | Q(state="open", began_at__isnull=False, ended_at=None)
                | Q(state__in=["turned_down", "withdrawn"], began_at=None, ended_at__isnull=False)
                | Q(
                    state__in=["resolved", "not_resolved", "escalated"],
                    began_at__isnull=False,
                    ended_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="intervention_begun_has_an_officer",
                condition=Q(began_at=None) | Q(officer__isnull=False),
            ),
            models.CheckConstraint(
                name="intervention_resolved_has_evidence",
                condition=~Q(state="resolved") | Q(evidence__isnull=False),
                violation_error_message=_("Closing as resolved demands evidence."),
            ),
            models.CheckConstraint(
                name="intervention_closed_has_its_effect",
                condition=~Q(state__in=["resolved", "not_resolved"]) | Q(effects__isnull=False),
                violation_error_message=_("It is closed with its effect, also when there is none."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.jobcentre)

    def get_absolute_url(self) -> str:
        return reverse("interventions:intervention", args=[self.pk])

    rests_on: Sequence[Flag] = ()
    """The flags it is about to begin from, before there are rows of them."""

    @property
    def day(self) -> date | None:
        """A part has a day; the whole has none."""
        return None

    @property
    def intervention(self) -> Intervention:
        """Itself: a part has the one it belongs to by the same name."""
        return self

    @property
    def began_on(self) -> date | None:
        """The day it began, here; None before."""
        return timezone.localdate(self.began_at) if self.began_at else None

    @property
    def is_open(self) -> bool:
        return bool(self.state == State.OPEN)

    @property
    def is_alive(self) -> bool:
        return self.state in (State.REQUESTED, State.OPEN)

    def parts(self) -> Iterator[Part]:
        yield from self.meetings.all()
        yield from self.agreements.all()
        yield from self.assistances.all()
        yield from self.follow_ups.all()

    def unfinished(self) -> list[Part]:
        """The parts that still wait for somebody."""
        return [part for part in self.parts() if part.state in UNFINISHED[part.THING]]


class Ground(models.Model):
    """A confirmed flag that led to an intervention: each to one only."""

    intervention = models.ForeignKey(Intervention, on_delete=models.CASCADE, related_name="grounds")
    flag = models.OneToOneField(Flag, on_delete=models.PROTECT, related_name="led_to")

    class Meta:
        verbose_name = _("flag behind an intervention")
        verbose_name_plural = _("flags behind interventions")
        triggers = [guarding.confirmed_flag_of_the_same()]

    def __str__(self) -> str:
        return str(self.flag)


class Concern(models.Model):
    """A measure of a target group that the intervention is about, and whose effect it is closed with."""

    intervention = models.ForeignKey(Intervention, on_delete=models.CASCADE, related_name="concerns")
    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, related_name="+", verbose_name=_("measure")
    )
    target_group = models.ForeignKey(
        TargetGroup, on_delete=models.PROTECT, related_name="+", verbose_name=_("target group")
    )

    class Meta:
        verbose_name = _("measure of an intervention")
        verbose_name_plural = _("measures of interventions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="concern_once_in_an_intervention", fields=["intervention", "measure", "target_group"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}, {self.target_group}"

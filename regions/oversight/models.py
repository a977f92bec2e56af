"""Flags: a jobcentre out of line, the evidence frozen, and what people decided about it."""

from __future__ import annotations

from datetime import date
from typing import Self

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import Organisation, User
from jobcenter.accounts.workflow import Logged, TransitionRefused, Workflow, only
from jobcenter.centres.models import Jobcentre
from jobcenter.geography.models import Area, Dated, DatedQuerySet, validity
from regions.measures.models import Measure, TargetGroup


class RuleParameters(Dated):
    """The thresholds of the flag rule in a period (see `regions/oversight/rule.py` for what each means)."""

    version = models.PositiveSmallIntegerField(_("version"), unique=True)
    false_discovery_rate = models.FloatField(_("accepted share of false alarms"), default=0.05)
    serious_z = models.FloatField(_("z of a serious deviation"), default=3.09)
    watch_z = models.FloatField(_("z of a deviation to watch"), default=1.96)
    least_relative_effect = models.FloatField(_("smallest deviation, share of expected"), default=0.05)
    least_percentage_points = models.FloatField(_("smallest deviation, percentage points"), default=1.0)
    consecutive_periods = models.PositiveSmallIntegerField(_("periods in a row"), default=2)
    reason = models.TextField(_("why these"))

    objects = DatedQuerySet["RuleParameters"].as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("parameters of the flag rule")
        verbose_name_plural = _("parameters of the flag rule")
        constraints = [
            *Dated.Meta.constraints,
            ExclusionConstraint(
                name="rule_parameters_one_version_at_a_time",
                expressions=[(validity(), RangeOperators.OVERLAPS)],
                violation_error_message=_("Another version is in force in that period."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}"


class Severity(models.TextChoices):
    SERIOUS = "serious", _("serious result problem – proposal")
    WATCH = "watch", _("to be watched")


class State(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    UNDER_REVIEW = "under_review", _("data being checked")
    HEARING = "hearing", _("in hearing")
    CONFIRMED = "confirmed", _("confirmed")
    WATCHED = "watched", _("watched")
    DISMISSED = "dismissed", _("dismissed")


TRANSITIONS = {
    State.PROPOSED: (State.UNDER_REVIEW, State.HEARING, State.WATCHED, State.DISMISSED),
    State.UNDER_REVIEW: (State.HEARING, State.WATCHED, State.DISMISSED),
    State.HEARING: (State.CONFIRMED, State.WATCHED, State.DISMISSED),
    State.WATCHED: (State.UNDER_REVIEW, State.HEARING, State.DISMISSED),
    State.CONFIRMED: (),
    State.DISMISSED: (),
}


class FlagQuerySet(models.QuerySet["Flag"]):
    def visible_to_area(self, area: Area) -> Self:
        """An area office sees the flags of its own area."""
        return self.filter(jobcentre__in=Jobcentre.objects.in_area(area))

    def visible_to_jobcentre(self, jobcentre: Jobcentre) -> Self:
        """A jobcentre's manager sees its own flags."""
        return self.filter(jobcentre=jobcentre)

    def open(self) -> Self:
        return self.exclude(state__in=[State.CONFIRMED, State.DISMISSED])


@pghistory.track()
class Flag(Workflow):
    """A proposal to look at a jobcentre's result: a reason to look, not a verdict.

    The evidence is frozen when the flag is raised, so that what was decided can be explained by what
    was known.
    """

    TRANSITIONS = TRANSITIONS
    State = State
    Severity = Severity

    jobcentre = models.ForeignKey(
        Jobcentre, on_delete=models.PROTECT, related_name="flags", verbose_name=_("jobcentre")
    )
    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, related_name="flags", verbose_name=_("measure")
    )
    target_group = models.ForeignKey(
        TargetGroup, on_delete=models.PROTECT, related_name="flags", verbose_name=_("target group")
    )
    period = models.CharField(_("period"), max_length=10)
    severity = models.CharField(_("severity"), max_length=8, choices=Severity)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.PROPOSED)
    evidence = models.JSONField(_("evidence"))
    rule = models.ForeignKey(RuleParameters, on_delete=models.PROTECT, related_name="flags")
    raised_at = models.DateTimeField(_("raised"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    hearing_due_on = models.DateField(_("answer to the hearing by"), null=True, blank=True)
    heard_at = models.DateTimeField(_("heard"), null=True, blank=True)
    hearing_answer = models.TextField(_("the jobcentre's answer"), blank=True, max_length=5000)

    objects = FlagQuerySet.as_manager()

    class Meta:
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        ordering = ["-raised_at", "-pk"]
        triggers = [
            only(TRANSITIONS),
            pgtrigger.Protect(
                name="evidence_is_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "evidence", "rule", "period", "severity", "jobcentre", "measure"
                ),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["jobcentre", "measure", "target_group", "period", "severity"], name="flag_once"
            ),
            models.CheckConstraint(
                name="flag_hearing_has_a_deadline",
                condition=~Q(state="hearing") | Q(hearing_due_on__isnull=False),
                violation_error_message=_("A hearing has a deadline."),
            ),
            models.CheckConstraint(
                name="flag_decided_has_time",
                condition=~Q(state__in=["confirmed", "dismissed", "watched"]) | Q(decided_at__isnull=False),
                violation_error_message=_("A decision has a time."),
            ),
            models.CheckConstraint(
                name="flag_answer_has_time",
                condition=Q(hearing_answer="", heard_at=None)
                | ~Q(hearing_answer="") & Q(heard_at__isnull=False),
                violation_error_message=_("An answer to a hearing has a time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jobcentre}, {self.period}"

    def get_absolute_url(self) -> str:
        return reverse("oversight:flag", args=[self.pk])

    def dismiss(self, *, by: User, organisation: Organisation, reason: str) -> Flag:
        """Decide that nothing more is done. Raises TransitionRefused without a reason."""
        return self._decide(State.DISMISSED, by=by, organisation=organisation, reason=reason)

    def watch(self, *, by: User, organisation: Organisation, reason: str) -> Flag:
        """Decide to follow the result a period more. Raises TransitionRefused without a reason."""
        return self._decide(State.WATCHED, by=by, organisation=organisation, reason=reason)

    def send_to_hearing(self, *, by: User, organisation: Organisation, reason: str, due_on: date) -> Flag:
        """Ask the jobcentre for its view before anything is decided (Public Administration Act § 19).

        The answer to an earlier hearing stays in the log. Raises TransitionRefused without a reason.
        """
        self._demand(reason)
        return self.move(
            State.HEARING,
            by=by,
            organisation=organisation,
            comment=reason,
            hearing_due_on=due_on,
            heard_at=None,
            hearing_answer="",
        )

    def answer(self, text: str, *, by: User, organisation: Organisation) -> Flag:
        """Keep the jobcentre's answer to a hearing.

        Raises TransitionRefused outside a hearing, or a second time.
        """
        now = timezone.now()
        with transaction.atomic():
            heard = Flag.objects.filter(pk=self.pk, state=State.HEARING, heard_at=None).update(
                hearing_answer=text, heard_at=now
            )
            if not heard:
                raise TransitionRefused(_("The hearing is over, or has been answered already."))
            self.log.create(
                from_state=State.HEARING,
                to_state=State.HEARING,
                by=by,
                organisation=organisation,
                comment=text,
                at=now,
            )
        self.refresh_from_db()
        return self

    def _decide(self, to: str, *, by: User, organisation: Organisation, reason: str) -> Flag:
        self._demand(reason)
        return self.move(to, by=by, organisation=organisation, comment=reason, decided_at=timezone.now())

    @staticmethod
    def _demand(reason: str) -> None:
        if not reason.strip():
            raise TransitionRefused(
                _("Write the reason: the jobcentre can read it, and it stands in the journal.")
            )


class FlagLog(Logged):
    subject = models.ForeignKey(Flag, on_delete=models.CASCADE, related_name="log")

    class Meta(Logged.Meta):
        abstract = False
        verbose_name = _("step of a flag")
        verbose_name_plural = _("steps of flags")
        constraints = [
            models.CheckConstraint(
                name="flaglog_decision_by_a_person_with_a_reason",
                condition=~Q(to_state__in=["hearing", "confirmed", "dismissed", "watched"])
                | Q(by__isnull=False) & ~Q(comment=""),
                violation_error_message=_("A decision is made by a named person with a reason."),
            ),
        ]

    @property
    def state_name(self) -> str:
        return str(State(self.to_state).label)

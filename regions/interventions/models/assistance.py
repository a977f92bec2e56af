"""Consultant assistance, offered and answered."""

from __future__ import annotations

from datetime import date

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.workflow import only
from regions.interventions import guarding
from regions.interventions.models.intervention import Intervention
from regions.interventions.models.part import Part
from regions.interventions.table import Thing, transitions


class AssistanceState(models.TextChoices):
    OFFERED = "offered", _("offered")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
    FINISHED = "finished", _("finished")
    STOPPED = "stopped", _("stopped")


@pghistory.track()
class Assistance(Part):
    """Consultant assistance: an offer. Declining it needs a reason, which is never held against anybody.

    Source: lov 522/2005 § 8, subsection 4, as worded by lov 483/2009: help to analyse and assess results,
    organise work processes and handle the effort for particular target groups.
    """

    TRANSITIONS = transitions(Thing.ASSISTANCE)
    THING = Thing.ASSISTANCE
    State = AssistanceState

    intervention = models.ForeignKey(Intervention, on_delete=models.CASCADE, related_name="assistances")
    state = models.CharField(
        _("state"), max_length=10, choices=AssistanceState, default=AssistanceState.OFFERED
    )
    what = models.TextField(_("what the consultant helps with"), max_length=3000)
    hours_planned = models.PositiveSmallIntegerField(_("hours planned"))
    hours_used = models.PositiveSmallIntegerField(_("hours used"), null=True, blank=True)
    answer_by = models.DateField(_("answer by"))
    ends_on = models.DateField(_("report by"))
    report = models.TextField(_("report"), max_length=10000, blank=True)

    class Meta:
        verbose_name = _("consultant assistance")
        verbose_name_plural = _("consultant assistance")
        ordering = ["pk"]
        triggers = [only(transitions(Thing.ASSISTANCE)), guarding.told(Thing.ASSISTANCE)]
        constraints = [
            models.CheckConstraint(
                name="assistance_finished_has_hours_and_report",
                condition=~Q(state="finished") | Q(hours_used__isnull=False) & ~Q(report=""),
                violation_error_message=_("Finished assistance has its hours and a report."),
            ),
            models.CheckConstraint(
                name="assistance_report_after_the_answer",
                condition=Q(ends_on__gte=models.F("answer_by")),
                violation_error_message=_("The report comes after the answer."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.intervention}, {self.hours_planned}"

    @property
    def day(self) -> date:
        return self.answer_by

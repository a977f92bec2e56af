"""Meetings, with their agenda and the notes both agree to."""

from __future__ import annotations

from datetime import date

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.workflow import only
from regions.interventions import guarding
from regions.interventions.models.intervention import Intervention
from regions.interventions.models.part import Part
from regions.interventions.table import Thing, transitions


class MeetingState(models.TextChoices):
    PLANNED = "planned", _("planned")
    CANCELLED = "cancelled", _("cancelled")
    HELD = "held", _("held, the notes wait for the jobcentre")
    OBJECTED = "objected", _("the jobcentre sees it otherwise")
    AGREED = "agreed", _("held, the notes are agreed")


@pghistory.track()
class Meeting(Part):
    """A talk about the jobcentre's results. Who takes part is told by role, never by name."""

    TRANSITIONS = transitions(Thing.MEETING)
    THING = Thing.MEETING
    State = MeetingState

    intervention = models.ForeignKey(Intervention, on_delete=models.CASCADE, related_name="meetings")
    state = models.CharField(_("state"), max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    starts_at = models.DateTimeField(_("time"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    participants = models.CharField(_("participants, by role"), max_length=400)
    agenda = models.TextField(_("agenda"), max_length=5000)
    notes = models.TextField(_("notes"), max_length=10000, blank=True)

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["starts_at", "pk"]
        triggers = [
            only(transitions(Thing.MEETING)),
            guarding.told(Thing.MEETING),
            pgtrigger.Protect(
                name="what_was_agreed_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="agreed"),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="meeting_held_has_notes",
                condition=~Q(state__in=["held", "objected", "agreed"]) | ~Q(notes=""),
                violation_error_message=_("A meeting that was held has notes."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.intervention}, {self.day:%d-%m-%Y}"

    @property
    def day(self) -> date:
        """The day it is held, here."""
        return timezone.localdate(self.starts_at)

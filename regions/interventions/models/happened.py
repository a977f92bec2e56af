"""The history of the whole case, of the intervention and of its parts."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.workflow import Logged
from regions.interventions import guarding
from regions.interventions.models.agreement import Agreement
from regions.interventions.models.assistance import Assistance
from regions.interventions.models.follow_up import FollowUp
from regions.interventions.models.intervention import Intervention
from regions.interventions.models.meeting import Meeting
from regions.interventions.models.part import Part
from regions.interventions.table import Thing


class Happened(Logged):
    """A step of an intervention or of one of its parts: the history of the whole case, line by line.

    `subject` is always the intervention; where a part took the step, it is named as well.
    """

    subject = models.ForeignKey(Intervention, on_delete=models.CASCADE, related_name="log")
    thing = models.CharField(_("what took the step"), max_length=12)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, null=True, related_name="log")
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, null=True, related_name="log")
    assistance = models.ForeignKey(Assistance, on_delete=models.CASCADE, null=True, related_name="log")
    follow_up = models.ForeignKey(FollowUp, on_delete=models.CASCADE, null=True, related_name="log")

    class Meta(Logged.Meta):
        abstract = False
        verbose_name = _("step of an intervention")
        verbose_name_plural = _("steps of interventions")
        triggers = [
            *Logged.Meta.triggers,
            guarding.known_steps_only(),
        ]
        constraints = [
            models.CheckConstraint(
                name="happened_is_of_the_thing_it_names",
                condition=Q(
                    thing="intervention", meeting=None, agreement=None, assistance=None, follow_up=None
                )
                | Q(
                    thing="meeting",
                    meeting__isnull=False,
                    agreement=None,
                    assistance=None,
                    follow_up=None,
                )
                | Q(
                    thing="agreement",
                    meeting=None,
                    agreement__isnull=False,
                    assistance=None,
                    follow_up=None,
                )
                | Q(
                    thing="assistance",
                    meeting=None,
                    agreement=None,
                    assistance__isnull=False,
                    follow_up=None,
                )
                | Q(
                    thing="follow_up",
                    meeting=None,
                    agreement=None,
                    assistance=None,
                    follow_up__isnull=False,
                ),
            ),
        ]

    def save(self, **options: Any) -> None:
        """Written through a part's own log, it finds the intervention by itself."""
        part = self.part
        self.thing = part.THING if part else Thing.INTERVENTION
        if part:
            self.subject_id = part.intervention_id
        super().save(**options)

    @property
    def part(self) -> Part | None:
        return self.meeting or self.agreement or self.assistance or self.follow_up

    @property
    def moved(self) -> models.Model:
        return self.part or self.subject

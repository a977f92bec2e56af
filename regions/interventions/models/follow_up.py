"""Days on which the measure is looked at again."""

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


class FollowUpState(models.TextChoices):
    DUE = "due", _("to come")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")


@pghistory.track()
class FollowUp(Part):
    """A day on which the measure is held beside its target. `figures` is what was known then, frozen."""

    TRANSITIONS = transitions(Thing.FOLLOW_UP)
    THING = Thing.FOLLOW_UP
    State = FollowUpState

    intervention = models.ForeignKey(Intervention, on_delete=models.CASCADE, related_name="follow_ups")
    state = models.CharField(_("state"), max_length=10, choices=FollowUpState, default=FollowUpState.DUE)
    due_on = models.DateField(_("day"))
    what = models.CharField(_("what is looked at"), max_length=300)
    figures = models.JSONField(_("figures"), null=True, blank=True)

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["due_on", "pk"]
        triggers = [only(transitions(Thing.FOLLOW_UP)), guarding.told(Thing.FOLLOW_UP)]
        constraints = [
            models.CheckConstraint(
                name="followup_done_has_figures", condition=~Q(state="done") | Q(figures__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.intervention}, {self.due_on}"

    @property
    def day(self) -> date:
        return self.due_on

"""What an intervention contains."""

from __future__ import annotations

from typing import Any, ClassVar

from django.urls import reverse

from jobcenter.accounts.workflow import Workflow
from regions.interventions.table import Thing


class Part(Workflow):
    """What an intervention contains: it has states of its own, and steps in the same table."""

    THING: ClassVar[Thing]
    day: Any
    get_state_display: Any
    intervention: Any
    intervention_id: int

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        page = reverse("interventions:intervention", args=[self.intervention_id])
        return f"{page}#{self.THING}-{self.pk}"

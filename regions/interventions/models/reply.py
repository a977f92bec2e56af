"""What the jobcentre has to say beside the steps."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from regions.interventions.models.intervention import Intervention
from regions.interventions.models.statement import Statement


class Reply(Statement):
    """What the jobcentre has to say, at any time: it stands in the case, and is never changed."""

    intervention = models.ForeignKey(Intervention, on_delete=models.CASCADE, related_name="replies")
    text = models.TextField(_("what the jobcentre says"), max_length=5000)

    class Meta(Statement.Meta):
        abstract = False
        verbose_name = _("reply of a jobcentre")
        verbose_name_plural = _("replies of jobcentres")

    def __str__(self) -> str:
        return f"{self.intervention_id}, {self.by}"

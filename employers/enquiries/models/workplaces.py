"""The other workplaces of an enquiry that concerns several: asked once, by one responsible jobcentre."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from employers.companies.models import Workplace


class OtherWorkplace(models.Model):
    """That an enquiry also concerns this workplace. Its own `workplace` is where it mainly is."""

    enquiry = models.ForeignKey(
        "enquiries.Enquiry", on_delete=models.CASCADE, related_name="other_workplaces"
    )
    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("other workplace of an enquiry")
        verbose_name_plural = _("other workplaces of enquiries")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="other_workplace_once_in_an_enquiry", fields=["enquiry", "workplace"]
            ),
        ]

    def __str__(self) -> str:
        return str(self.workplace)

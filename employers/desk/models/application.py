"""What ties two rooms together: the application that an enquiry led to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from employers.enquiries.models import Enquiry
from employers.placements.models import Placement


class ApplicationOfEnquiry(models.Model):
    """An enquiry about a wage subsidy or a work trial, and a placement it led to. There may be several."""

    enquiry = models.ForeignKey(
        Enquiry, on_delete=models.CASCADE, related_name="applications", verbose_name=_("enquiry")
    )
    placement = models.OneToOneField(
        Placement, on_delete=models.CASCADE, related_name="asked_in", verbose_name=_("placement")
    )

    class Meta:
        verbose_name = _("application of an enquiry")
        verbose_name_plural = _("applications of enquiries")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.enquiry} → {self.placement}"

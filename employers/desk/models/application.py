"""What ties two rooms together: the application that an enquiry led to, or a contact."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from employers.contacts.models import Contact
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


class PlacementOfContact(models.Model):
    """A wage subsidy or a work trial that a caseworker began for a company after a contact with it."""

    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, related_name="placements", verbose_name=_("contact")
    )
    placement = models.OneToOneField(
        Placement, on_delete=models.CASCADE, related_name="of_contact", verbose_name=_("placement")
    )

    class Meta:
        verbose_name = _("application of a contact")
        verbose_name_plural = _("applications of contacts")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.contact_id} → {self.placement}"

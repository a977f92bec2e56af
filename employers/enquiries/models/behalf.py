"""That an enquiry was registered by a caseworker, for a company that told them what it needs."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from employers.contacts.models import Contact
from employers.enquiries.models.enquiry import Enquiry
from jobcenter.accounts.models import User


class OnBehalf(models.Model):
    """The contact an enquiry comes from, and who registered it. Most employers telephone."""

    enquiry = models.OneToOneField(
        Enquiry,
        on_delete=models.CASCADE,
        related_name="on_behalf",
        primary_key=True,
        verbose_name=_("enquiry"),
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, related_name="enquiries", verbose_name=_("contact")
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("registered by"))

    class Meta:
        verbose_name = _("enquiry registered on behalf of the company")
        verbose_name_plural = _("enquiries registered on behalf of companies")
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.enquiry}: {self.by}"

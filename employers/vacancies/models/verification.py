"""Whose vacancies are published without a caseworker looking at them first."""

from __future__ import annotations

from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.companies.models import Company, Person
from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre


class VerificationQuerySet(models.QuerySet["Verification"]):
    def in_force(self) -> Self:
        return self.filter(ended_at=None)


@pghistory.track()
class Verification(models.Model):
    """A jobcentre has made sure that a person speaks for a company: what they send is published at once.

    It is about a person's e-mail address and not about the company alone, because anybody can type a CVR
    number. It holds until a jobcentre ends it.
    """

    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, related_name="verifications", verbose_name=_("company")
    )
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="verifications", verbose_name=_("person")
    )
    jobcentre = models.ForeignKey(
        Jobcentre, on_delete=models.PROTECT, related_name="verifications", verbose_name=_("jobcentre")
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("verified"), default=timezone.now)
    how = models.CharField(_("how it was made sure"), max_length=300)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ended by")
    )

    objects = VerificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="verification_once_for_a_person",
                fields=["person"],
                condition=Q(ended_at=None),
                violation_error_message=_("This person is verified already."),
            ),
            models.CheckConstraint(
                name="verification_says_how",
                condition=~Q(how=""),
                violation_error_message=_("Write how it was made sure."),
            ),
            models.CheckConstraint(
                name="verification_ended_by_somebody_after_it_began",
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_at__gte=F("at"), ended_by__isnull=False),
                violation_error_message=_("Whoever ends it is named, and it ends after it began."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company}, {self.at:%d-%m-%Y}"

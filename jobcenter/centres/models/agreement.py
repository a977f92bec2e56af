"""Agreements between jobcentres to help each other. Who is responsible for a company never moves by one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

import pghistory
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import User
from jobcenter.centres.models.jobcentre import Jobcentre, JobcentreQuerySet
from jobcenter.geography.models import Dated, DatedQuerySet


class AgreementQuerySet(DatedQuerySet["Agreement"]):
    def of(self, jobcentre: Jobcentre) -> Self:
        """Those a jobcentre is a partner in, in force or not."""
        return self.filter(partners__jobcentre=jobcentre)

    def of_all(self, *jobcentres: Jobcentre) -> Self:
        """Those in which every one of them is a partner."""
        found = self
        for jobcentre in jobcentres:
            found = found.of(jobcentre)
        return found


@pghistory.track()
class Agreement(Dated):
    """That some jobcentres help each other with employers' enquiries, for a purpose and in a period.

    Source: answer 88 to L 22 (2005): jobcentres may cooperate across municipal borders, and each keeps the
    responsibility for its own employers.
    """

    name = models.CharField(_("name"), max_length=120)
    purpose = models.TextField(_("purpose"), max_length=2000)
    drafted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("drafted by")
    )

    objects = AgreementQuerySet.as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("cooperation agreement")
        verbose_name_plural = _("cooperation agreements")
        ordering = ["-valid_from", "name", "pk"]
        constraints = [*Dated.Meta.constraints]

    def __str__(self) -> str:
        return self.name

    def jobcentres(self, *, on: date) -> JobcentreQuerySet:
        """The partners that are open on the date."""
        return Jobcentre.objects.valid(on).filter(partnerships__agreement=self)

    def end(self, *, on: date) -> Agreement:
        """Over from the date, at the earliest after its first day. One that is still to come is deleted."""
        if self.valid_from > on:
            self.delete()
            return self
        self.valid_to = max(on, self.valid_from + timedelta(days=1))
        self.save(update_fields=["valid_to"])
        return self


@pghistory.track()
class Partner(models.Model):
    """A jobcentre in an agreement."""

    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="partners", verbose_name=_("agreement")
    )
    jobcentre = models.ForeignKey(
        Jobcentre, on_delete=models.PROTECT, related_name="partnerships", verbose_name=_("jobcentre")
    )

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        constraints = [
            models.UniqueConstraint(
                name="partner_once_in_an_agreement",
                fields=["agreement", "jobcentre"],
                violation_error_message=_("This jobcentre is a partner already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement}: {self.jobcentre}"


class TooFewPartners(ValueError):
    """An agreement is between two jobcentres or more."""


@transaction.atomic
def agree(
    *,
    name: str,
    purpose: str,
    jobcentres: list[Jobcentre],
    valid_from: date,
    valid_to: date | None = None,
    by: User | None = None,
) -> Agreement:
    """Write an agreement down with its partners. Raises TooFewPartners."""
    partners = {jobcentre.pk: jobcentre for jobcentre in jobcentres}
    if len(partners) < 2:
        raise TooFewPartners
    agreement = Agreement.objects.create(
        name=name, purpose=purpose, valid_from=valid_from, valid_to=valid_to, drafted_by=by
    )
    Partner.objects.bulk_create(
        Partner(agreement=agreement, jobcentre=jobcentre) for jobcentre in partners.values()
    )
    return agreement

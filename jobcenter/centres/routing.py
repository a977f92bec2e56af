"""Which jobcentre is responsible."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import User
from jobcenter.centres.models import DefaultOwner, Jobcentre
from jobcenter.geography.models import Municipality


class NobodyAnswers(LookupError):
    """No jobcentre answers for the municipality on that date, and there is no default owner."""


class Ground(models.TextChoices):
    """Why it is this jobcentre."""

    MUNICIPALITY = "municipality", _("the workplace is in its municipality")
    NO_WORKPLACE = "no_workplace", _("there is no workplace in Denmark yet")
    NOBODY = "nobody", _("no jobcentre answers for the workplace's municipality at the moment")


@dataclass(frozen=True)
class Responsible:
    """`default`: the person the enquiry falls to together with the jobcentre; None by municipality."""

    jobcentre: Jobcentre
    ground: Ground
    default: User | None = None


def responsible(*, municipality: Municipality | None, on: date) -> Responsible:
    """The one jobcentre that answers for the workplace's municipality on the date.

    Without a workplace in Denmark (a foreign company, no P-number yet), and where the office is closed, it
    is the default owner's of that date. Source: answer 88 to L 22 (2005): each jobcentre keeps the
    responsibility for the employers of its own municipalities, however many cooperate. Raises NobodyAnswers.
    """
    if municipality is not None:
        serving = Jobcentre.objects.serving(municipality, on=on).first()
        if serving:
            return Responsible(serving, Ground.MUNICIPALITY)
    default = DefaultOwner.objects.of(on)
    if not default:
        raise NobodyAnswers(f"No jobcentre answers for {municipality} on {on}")
    ground = Ground.NO_WORKPLACE if municipality is None else Ground.NOBODY
    return Responsible(default.jobcentre, ground, default.user)


def responsible_jobcentre(*, municipality: Municipality | None, on: date) -> Jobcentre:
    """The responsible jobcentre alone. Raises NobodyAnswers."""
    return responsible(municipality=municipality, on=on).jobcentre

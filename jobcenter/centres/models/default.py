"""Where an enquiry falls that no jobcentre's municipality decides: a jobcentre and a person in it."""

from __future__ import annotations

from datetime import date

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import User
from jobcenter.centres.models.jobcentre import Jobcentre
from jobcenter.geography.models import Dated, DatedQuerySet, validity

NO_GAP = """
    IF EXISTS (SELECT 1 FROM centres_defaultowner)
        AND NOT EXISTS (SELECT 1 FROM centres_defaultowner WHERE valid_to IS NULL)
        OR EXISTS (
            SELECT 1 FROM centres_defaultowner ended
            WHERE ended.valid_to IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM centres_defaultowner next WHERE next.valid_from = ended.valid_to
            )
        )
    THEN
        RAISE EXCEPTION 'there must be a default owner at every moment' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""
"""Judged when the transaction ends, so that one may end on the day the next begins."""


class DefaultOwnerQuerySet(DatedQuerySet["DefaultOwner"]):
    def of(self, on: date) -> DefaultOwner | None:
        return self.valid(on).select_related("user", "jobcentre").first()

    def end_on(self, day: date) -> None:
        """Whoever it is until now ends that day, because the next one begins. Needs a transaction."""
        self.select_for_update().filter(valid_from__lt=day, valid_to=None).update(valid_to=day)

    @transaction.atomic
    def hand_to(self, *, user: User, jobcentre: Jobcentre, on: date) -> DefaultOwner:
        """From the date it is this person in this jobcentre."""
        self.end_on(on)
        return self.create(user=user, jobcentre=jobcentre, valid_from=on)


@pghistory.track()
class DefaultOwner(Dated):
    """Who answers for an enquiry without a Danish workplace, or whose jobcentre is closed or has nobody.

    From the first on there is exactly one at every moment: two never overlap, and none ends without the
    next beginning that day.
    """

    jobcentre = models.ForeignKey(
        Jobcentre, on_delete=models.PROTECT, related_name="+", verbose_name=_("jobcentre")
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("person"))

    objects = DefaultOwnerQuerySet.as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("default owner")
        verbose_name_plural = _("default owners")
        constraints = [
            *Dated.Meta.constraints,
            ExclusionConstraint(
                name="default_owner_one_at_a_time",
                expressions=[(validity(), RangeOperators.OVERLAPS)],
                violation_error_message=_("There is another default owner in that period."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="default_owner_without_a_gap",
                when=pgtrigger.After,
                operation=pgtrigger.Update | pgtrigger.Delete,
                timing=pgtrigger.Deferred,
                func=NO_GAP,
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)

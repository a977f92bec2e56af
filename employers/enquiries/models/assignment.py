"""Who has been responsible for an enquiry and who has owned it, from when and why: one row a time."""

from __future__ import annotations

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre, Team


class Occasion(models.TextChoices):
    """What made somebody the owner."""

    RECEIVED = "received", _("received")
    ABSENCE = "absence", _("the owner is away")
    RETURN = "return", _("the owner is back")
    LEFT = "left", _("the owner no longer works there")
    CLOSED = "closed", _("the jobcentre is closed")
    GIVEN = "given", _("given to a colleague")
    MOVED = "moved", _("responsibility moved")


class Rule(models.TextChoices):
    """How the owner was found."""

    LEAD = "lead", _("the company's lead")
    TEAM = "team", _("next in turn in the team")
    TURN = "turn", _("next in turn in the jobcentre")
    SUBSTITUTE = "substitute", _("the substitute")
    MANAGER = "manager", _("the manager, since no caseworker is there")
    DEFAULT = "default", _("the default owner")
    PERSON = "person", _("chosen by a person")


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def current(self) -> Self:
        """The latest of each enquiry."""
        latest = Assignment.objects.filter(enquiry=OuterRef("enquiry")).order_by("-pk")
        return self.filter(pk=Subquery(latest.values("pk")[:1]))


class Assignment(models.Model):
    """That a jobcentre became responsible and a person the owner. It holds until the next row of the enquiry.

    stands_in_for: whose work it is while they are away; they get it back unless it has been taken up.
    is_by_municipality: the jobcentre follows from where the workplace is, and not from the default owner or
    from a move.
    """

    enquiry = models.ForeignKey("enquiries.Enquiry", on_delete=models.CASCADE, related_name="assignments")
    jobcentre = models.ForeignKey(Jobcentre, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    from_jobcentre = models.ForeignKey(Jobcentre, on_delete=models.PROTECT, null=True, related_name="+")
    from_owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    stands_in_for = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    occasion = models.CharField(_("occasion"), max_length=12, choices=Occasion)
    rule = models.CharField(_("rule"), max_length=12, choices=Rule)
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True, related_name="+")
    is_by_municipality = models.BooleanField(default=True)
    reason = models.TextField(_("reason"), blank=True, max_length=1000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("at"), default=timezone.now)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment of an enquiry")
        verbose_name_plural = _("assignments of enquiries")
        ordering = ["pk"]
        indexes = [models.Index(name="assignment_latest", fields=["enquiry", "-id"])]
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update)]
        constraints = [
            models.CheckConstraint(
                name="assignment_received_comes_from_nowhere",
                condition=Q(occasion="received", from_owner=None, from_jobcentre=None)
                | ~Q(occasion="received") & Q(from_owner__isnull=False, from_jobcentre__isnull=False),
            ),
            models.CheckConstraint(
                name="assignment_moved_to_another_jobcentre_with_a_reason",
                condition=~Q(occasion="moved") | ~Q(reason="") & ~Q(jobcentre=F("from_jobcentre")),
                violation_error_message=_("Responsibility is moved to another jobcentre, with a reason."),
            ),
            models.UniqueConstraint(
                name="assignment_received_once", fields=["enquiry"], condition=Q(occasion="received")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enquiry_id}: {self.jobcentre}, {self.owner}"

    @property
    def stands_in(self) -> bool:
        return self.stands_in_for_id is not None


def only_as_assigned() -> pgtrigger.Trigger:
    """On enquiries: neither owner nor jobcentre changes without the assignment that says why."""
    return pgtrigger.Trigger(
        name="only_as_assigned",
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf("owner_id", "jobcentre_id"),
        condition=pgtrigger.Q(old__owner__df=pgtrigger.F("new__owner"))
        | pgtrigger.Q(old__jobcentre__df=pgtrigger.F("new__jobcentre")),
        func="""
            IF NOT EXISTS (
                SELECT 1 FROM enquiries_assignment latest
                WHERE latest.id = (SELECT max(id) FROM enquiries_assignment WHERE enquiry_id = NEW.id)
                    AND latest.owner_id = NEW.owner_id AND latest.jobcentre_id = NEW.jobcentre_id
            ) THEN
                RAISE EXCEPTION 'enquiry % has no assignment to its new owner', NEW.id
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )

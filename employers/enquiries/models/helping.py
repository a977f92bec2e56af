"""Asking other jobcentres about an enquiry, and what they offer. Who is responsible stays where it is."""

from __future__ import annotations

from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import User
from jobcenter.centres.models import Agreement, Jobcentre


class HelpRequest(models.Model):
    """The responsible jobcentre asks others. Within an agreement, or because workplaces of it are theirs.

    Or nobody asked: a partner offers help with what it has seen in the queue that an agreement shares.
    `due_at` is when the agreement promises an answer, if it was asked within one.
    """

    enquiry = models.ForeignKey("enquiries.Enquiry", on_delete=models.CASCADE, related_name="help_requests")
    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    question = models.TextField(_("question"), max_length=2000, blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    due_at = models.DateTimeField(_("answer by"), null=True, blank=True)

    class Meta:
        verbose_name = _("request for help")
        verbose_name_plural = _("requests for help")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="help_request_asks_something_unless_nobody_asked",
                condition=Q(asked_by__isnull=False) & ~Q(question="")
                | Q(asked_by=None, question="", due_at=None, agreement__isnull=False),
                violation_error_message=_("Write what you ask the partners."),
            ),
            models.CheckConstraint(
                name="help_request_is_due_within_an_agreement_and_after_it_was_asked",
                condition=Q(due_at=None) | Q(agreement__isnull=False, due_at__gt=F("asked_at")),
            ),
            models.UniqueConstraint(
                name="help_request_unasked_once",
                fields=["enquiry", "agreement"],
                condition=Q(asked_by=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enquiry_id}, {self.asked_at:%d-%m-%Y}"


class HelpAnswerQuerySet(models.QuerySet["HelpAnswer"]):
    def of(self, jobcentre: Jobcentre) -> Self:
        """What a jobcentre has been asked, the unanswered first, then the newest."""
        return self.filter(jobcentre=jobcentre).order_by(
            models.Case(models.When(state=HelpAnswer.State.ASKED, then=0), default=1),
            "-request__asked_at",
            "-pk",
        )

    def waiting(self) -> Self:
        """Not answered, about an enquiry that is still open."""
        return self.filter(state=HelpAnswer.State.ASKED).exclude(request__enquiry__state="closed")


@pghistory.track()
class HelpAnswer(models.Model):
    """One jobcentre that was asked, and what it said."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        OFFERED = "offered", _("offers help")
        DECLINED = "declined", _("cannot help this time")

    request = models.ForeignKey(HelpRequest, on_delete=models.CASCADE, related_name="answers")
    jobcentre = models.ForeignKey(Jobcentre, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ASKED)
    text = models.TextField(_("answer"), max_length=2000, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(_("answered"), null=True)

    objects = HelpAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer to a request for help")
        verbose_name_plural = _("answers to requests for help")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="help_asked_once_of_a_jobcentre", fields=["request", "jobcentre"]),
            models.CheckConstraint(
                name="help_answer_has_time_and_person",
                condition=Q(state="asked", answered_at=None, by=None)
                | ~Q(state="asked") & Q(answered_at__isnull=False, by__isnull=False),
            ),
            models.CheckConstraint(
                name="help_offer_says_what",
                condition=~Q(state="offered") | ~Q(text=""),
                violation_error_message=_("Write what you can help with."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jobcentre}: {self.get_state_display()}"

    @property
    def is_late(self) -> bool:
        """Still unanswered after the time the agreement promises."""
        due_at = self.request.due_at
        return self.state == self.State.ASKED and due_at is not None and due_at < timezone.now()

"""What belongs to a placement: reminders, extensions, the priority access, and what came of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Self

import pghistory
import pgtrigger
from django.core import signing
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.placements.models.placement import Placement
from jobcenter.accounts.models import User
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.pages.privacy import without_cpr

EFFECT_LINK = signing.Signer(salt="placements.effect")

REMINDERS = (72, 48, 24)
"""Hours before the start at which whoever has not confirmed is reminded."""

ASKED_AFTER = (2, 13)
"""Weeks after the end at which is asked what came of it."""


class Reminder(models.Model):
    """A reminder that was sent to whoever had not confirmed: each of the hours once."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="reminders")
    hours = models.PositiveSmallIntegerField(
        _("hours before the start"), choices=[(hours, str(hours)) for hours in REMINDERS]
    )
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["sent_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "hours"], name="reminder_once"),
            models.CheckConstraint(name="reminder_at_a_known_hour", condition=Q(hours__in=REMINDERS)),
        ]

    def __str__(self) -> str:
        return f"{self.placement}, {self.hours}"


class Extension(models.Model):
    """An agreed last day that was moved. Who did it and why stands in the placement's log."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="extensions")
    from_day = models.DateField(_("last day before"))
    to_day = models.DateField(_("last day after"))
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ["at", "pk"]
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update)]
        constraints = [
            models.CheckConstraint(
                name="extension_is_longer",
                condition=Q(to_day__gt=F("from_day")),
                violation_error_message=_("The new last day lies after the one agreed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_day} → {self.to_day}"


@pghistory.track()
class PriorityAccess(models.Model):
    """The priority access of disabled applicants to a post at a public employer.

    Whoever asks for it and has the education the post demands is called to an interview; if somebody
    else is hired, the employer gives the reason in writing and negotiates with the jobcentre before the
    post is filled. Not when the post is filled from within. Nothing of the applicant stands here.
    Source: the act on compensation to disabled people in employment (BEK 234/2012 §§ 2–8; sbst.dk).
    """

    class Situation(models.TextChoices):
        NOBODY = "nobody", _("nobody has asked for priority access")
        INTERNAL = "internal", _("the post is filled from within")
        HIRED = "hired", _("the applicant with priority access gets the post")
        NOT_HIRED = "not_hired", _("an applicant with priority access does not get the post")

    placement = models.OneToOneField(Placement, on_delete=models.CASCADE, related_name="priority")
    situation = models.CharField(_("priority access"), max_length=10, choices=Situation)
    interview_on = models.DateField(_("interview offered on"), null=True, blank=True)
    reason = models.TextField(
        _("the employer's reason"), max_length=2000, blank=True, validators=[without_cpr]
    )
    negotiated_on = models.DateField(_("negotiated with the jobcentre on"), null=True, blank=True)
    negotiated_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("negotiator")
    )
    minutes = models.TextField(
        _("what was negotiated"), max_length=2000, blank=True, validators=[without_cpr]
    )

    class Meta:
        verbose_name = _("priority access")
        verbose_name_plural = _("priority accesses")
        constraints = [
            models.CheckConstraint(
                name="priority_refusal_has_interview_and_reason",
                condition=~Q(situation="not_hired") | Q(interview_on__isnull=False) & ~Q(reason=""),
                violation_error_message=_("Say when the interview was offered, and give the reason."),
            ),
            models.CheckConstraint(
                name="priority_negotiation_has_day_person_and_minutes",
                condition=Q(negotiated_on=None, negotiated_by=None, minutes="")
                | Q(negotiated_on__isnull=False, negotiated_by__isnull=False) & ~Q(minutes=""),
                violation_error_message=_("A negotiation has a day, a person and minutes."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_situation_display()

    @property
    def waits(self) -> bool:
        """Whether the jobcentre must negotiate before the post is filled."""
        return self.situation == self.Situation.NOT_HIRED and self.negotiated_on is None

    def negotiate(self, *, on: date, by: User, minutes: str) -> PriorityAccess:
        """Keep that it was negotiated. Raises TransitionRefused without minutes, or where none is due."""
        if not self.waits:
            raise TransitionRefused(_("There is nothing to negotiate, or it was done before."))
        if not minutes.strip():
            raise TransitionRefused(_("Write what was negotiated."))
        self.negotiated_on, self.negotiated_by, self.minutes = on, by, minutes.strip()
        self.save(update_fields=["negotiated_on", "negotiated_by", "minutes"])
        return self


class EffectQuerySet(models.QuerySet["Effect"]):
    def due(self, *, on: date) -> Self:
        """To be asked about now: due, neither asked nor answered."""
        return self.filter(due_on__lte=on, asked_at=None, outcome="")

    def by_link(self, token: str) -> Self:
        try:
            return self.filter(pk=EFFECT_LINK.unsign_object(token))
        except signing.BadSignature:
            return self.none()


@pghistory.track()
class Effect(models.Model):
    """What came of a placement some weeks after it ended, as the employer or the caseworker says."""

    class Outcome(models.TextChoices):
        HIRED = "hired", _("hired here on ordinary terms")
        HIRED_FEWER_HOURS = "hired_hours", _("hired here for fewer hours, or in a flexjob")
        CONTINUES = "continues", _("goes on here with another scheme")
        ELSEWHERE = "elsewhere", _("in a job or in education elsewhere")
        NOTHING = "nothing", _("no job came of it")
        UNKNOWN = "unknown", _("not known")

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="effects")
    weeks = models.PositiveSmallIntegerField(
        _("weeks after the end"), choices=[(weeks, str(weeks)) for weeks in ASKED_AFTER]
    )
    due_on = models.DateField(_("to be asked on"))
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True)
    outcome = models.CharField(_("what came of it"), max_length=12, choices=Outcome, blank=True)
    text = models.TextField(_("in your own words"), max_length=1000, blank=True, validators=[without_cpr])
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )

    objects = EffectQuerySet.as_manager()

    class Meta:
        verbose_name = _("what came of a placement")
        verbose_name_plural = _("what came of placements")
        ordering = ["weeks", "pk"]
        indexes = [
            models.Index(name="effect_due", fields=["due_on"], condition=Q(asked_at=None, outcome="")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["placement", "weeks"], name="effect_once"),
            models.CheckConstraint(
                name="effect_answered_has_time",
                condition=Q(outcome="", answered_at=None, text="", answered_by=None)
                | ~Q(outcome="") & Q(answered_at__isnull=False),
                violation_error_message=_("An answer has a time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement}, {self.weeks}"

    @property
    def link(self) -> str:
        return reverse("placements:effect", args=[EFFECT_LINK.sign_object(self.pk)])

    def answer(self, outcome: str, *, text: str, by: User | None, at: datetime) -> Effect:
        """Keep the answer; `by` None is the employer. Raises TransitionRefused a second time."""
        kept = Effect.objects.filter(pk=self.pk, outcome="").update(
            outcome=self.Outcome(outcome), text=text.strip(), answered_by=by, answered_at=at
        )
        if not kept:
            raise TransitionRefused(_("This was answered before. Thank you."))
        self.refresh_from_db()
        return self


def effects_of(placement: Placement) -> list[Effect]:
    """The questions to be asked of one that has just ended; not saved."""
    assert placement.ended_on
    return [
        Effect(placement=placement, weeks=weeks, due_on=placement.ended_on + timedelta(weeks=weeks))
        for weeks in ASKED_AFTER
    ]

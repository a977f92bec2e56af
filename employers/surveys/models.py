"""The recruitment survey: whom a week's draw asks, what they are sent, and what they answer."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import Self

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core import signing
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractQuarter, ExtractYear
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from employers.companies.models import Company
from employers.surveys.lots import Candidate, draw
from employers.vacancies.models import Outcome, Vacancy
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.geography.models import Dated, DatedQuerySet, validity
from jobcenter.notifications.models import Notice
from jobcenter.runtime.models import Work, WorkQuerySet

LINK = signing.Signer(salt="surveys.link")
"""Signs the address in the mail. It opens one survey and nothing else of the vacancy."""


class Plan(Dated):
    """How the vacancies of a week that closed without an answer are drawn.

    percent: of the companies in the week's frame. all_up_to: of so many or fewer, all are asked. waits_days:
    after the week's end, in which they may answer by themselves. open_days: how long a link answers.
    """

    percent = models.PositiveSmallIntegerField(_("per cent of the companies"))
    all_up_to = models.PositiveSmallIntegerField(_("all of so many or fewer"))
    waits_days = models.PositiveSmallIntegerField(_("days before they are asked"))
    open_days = models.PositiveSmallIntegerField(_("days in which they may answer"))
    reason = models.TextField(_("why these"))

    objects = DatedQuerySet["Plan"].as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("sampling plan")
        verbose_name_plural = _("sampling plans")
        ordering = ["valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="plan_numbers_that_can_be",
                condition=Q(percent__range=(1, 100), waits_days__lte=60, open_days__range=(1, 90)),
                violation_error_message=_("Between 1 and 100 per cent, 60 days before and 90 days open."),
            ),
            ExclusionConstraint(
                name="plan_one_at_a_time",
                expressions=[(validity(), RangeOperators.OVERLAPS)],
                violation_error_message=_("Another plan is in force in that period."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.percent} %, {self.valid_from}"


def new_seed() -> str:
    return secrets.token_hex(16)


class Draw(Work):
    """One week's draw. Its seed is written when it is promised, before anybody knows what is drawn from.

    week: its Monday; of what closed from then until Sunday. frame: what was drawn from, as pairs of vacancy
    and company (primary keys as they were then). The same seed, frame and numbers always draw the same.
    finished_at is when it was drawn; after that the database lets nothing of it change.
    """

    week = models.DateField(_("week"), unique=True)
    seed = models.CharField(_("seed"), max_length=32, default=new_seed, editable=False)
    percent = models.PositiveSmallIntegerField(_("per cent of the companies"))
    all_up_to = models.PositiveSmallIntegerField(_("all of so many or fewer"))
    open_days = models.PositiveSmallIntegerField(_("days in which they may answer"))
    frame = models.JSONField(_("what was drawn from"), default=list, editable=False)

    objects: WorkQuerySet[Draw] = WorkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Work.Meta):
        abstract = False
        verbose_name = _("draw of the survey")
        verbose_name_plural = _("draws of the survey")
        ordering = ["-week"]
        constraints = [
            *Work.Meta.constraints,
            models.CheckConstraint(
                name="draw_week_begins_on_a_monday",
                condition=Q(week__iso_week_day=1),
                violation_error_message=_("A week begins on a Monday."),
            ),
            models.CheckConstraint(name="draw_has_a_seed", condition=~Q(seed="")),
        ]
        triggers = [
            pgtrigger.Protect(
                name="drawn_is_never_changed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__finished_at__isnull=False),
            ),
            pgtrigger.Protect(
                name="seed_is_never_changed",
                operation=pgtrigger.UpdateOf("week", "seed", "percent", "all_up_to"),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.week}"

    @property
    def candidates(self) -> list[Candidate]:
        return [Candidate(vacancy, company) for vacancy, company in self.frame]

    def drawn(self) -> list[int]:
        """The vacancies that its seed draws from its frame, whenever it is asked."""
        return draw(self.candidates, seed=self.seed, percent=self.percent, all_up_to=self.all_up_to)


class Lacking(models.TextChoices):
    """What was lacking most where an employer did not get whom they wanted."""

    APPLICANTS = "applicants", _("nobody applied")
    QUALIFICATIONS = "qualifications", _("qualifications")
    EXPERIENCE = "experience", _("experience")
    OTHER = "other", _("something else")


class Withdrawn(models.TextChoices):
    """Why a survey is not to be answered any more."""

    STOPPED = "stopped", _("the employer stopped this kind of mail before it left")
    TOLD = "told", _("the outcome was told before the mail left")
    MERGED = "merged", _("the company was made one with another that had been asked")
    ERASED = "erased", _("the contact person was erased")


class SurveyQuerySet(models.QuerySet["Survey"]):
    def by_link(self, token: str) -> Self:
        """The one that a mailed link leads to; none if the link was altered."""
        try:
            return self.filter(pk=LINK.unsign_object(token))
        except signing.BadSignature:
            return self.none()

    def unsent(self) -> Self:
        """Those whose mail has not left, and may still do so."""
        return self.filter(sent_at=None, withdrawn_at=None)


@pghistory.track()
class Survey(models.Model):
    """Three questions about one vacancy, put to its company.

    asked_on: the day of the draw, whose quarter is the one in which the company is asked nothing more.
    notice: the mail that was promised with it; None when that was stopped, or long ago. sent_at: when it
    left; only then somebody was asked. after_merging: of a company that was made one with this one, when both
    had been asked in a quarter. filled: of the positions that were left.
    """

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="surveys", verbose_name=_("draw"))
    vacancy = models.OneToOneField(
        Vacancy, on_delete=models.PROTECT, related_name="survey", verbose_name=_("vacancy")
    )
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, related_name="surveys", verbose_name=_("company")
    )
    asked_on = models.DateField(_("drawn on"))
    open_until = models.DateField(_("may be answered until"))
    after_merging = models.BooleanField(_("of a company made one with this"), default=False)
    notice = models.ForeignKey(Notice, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(_("asked"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_because = models.CharField(_("because"), max_length=10, choices=Withdrawn, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    outcome = models.CharField(_("answer"), max_length=20, choices=Outcome, blank=True)
    filled = models.PositiveSmallIntegerField(_("positions filled"), default=0)
    lacking = models.CharField(_("what was lacking most"), max_length=14, choices=Lacking, blank=True)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = _("survey of a vacancy")
        verbose_name_plural = _("surveys of vacancies")
        ordering = ["-asked_on", "-pk"]
        indexes = [
            models.Index(
                name="survey_unsent", fields=["asked_on"], condition=Q(sent_at=None, withdrawn_at=None)
            )
        ]
        constraints = [
            models.UniqueConstraint(
                "company",
                ExtractYear("asked_on"),
                ExtractQuarter("asked_on"),
                name="survey_one_a_quarter_for_a_company",
                condition=Q(after_merging=False),
                violation_error_message=_("The company has been asked in this quarter."),
            ),
            models.CheckConstraint(
                name="survey_open_from_the_day_it_is_drawn",
                condition=Q(open_until__gte=F("asked_on")),
            ),
            models.CheckConstraint(
                name="survey_withdrawn_has_time_and_reason",
                condition=Q(withdrawn_at=None, withdrawn_because="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because=""),
            ),
            models.CheckConstraint(
                name="survey_answered_has_time_and_was_asked_and_not_withdrawn",
                condition=Q(answered_at=None, outcome="", filled=0, lacking="")
                | Q(answered_at__isnull=False, sent_at__isnull=False, withdrawn_at=None)
                & Q(outcome__in=("filled_as_wanted", "filled_other_profile", "not_filled", "withdrawn")),
                violation_error_message=_("An answer has a time, and is never “unknown”."),
            ),
            models.CheckConstraint(
                name="survey_filled_has_a_number_and_the_others_have_none",
                condition=Q(outcome__startswith="filled_", filled__gte=1)
                | ~Q(outcome__startswith="filled_") & Q(filled=0),
                violation_error_message=_("Say how many positions were filled."),
            ),
            models.CheckConstraint(
                name="survey_nothing_was_lacking_where_nobody_was_needed",
                condition=~Q(outcome="withdrawn") | Q(lacking=""),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="answer_is_the_vacancys",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Insert,
                condition=pgtrigger.Condition("NEW.answered_at IS NOT NULL"),
                func="""
                    IF NOT EXISTS (
                        SELECT 1 FROM vacancies_vacancylog told
                        WHERE told.subject_id = NEW.vacancy_id AND told.act = 'surveyed'
                    ) THEN
                        RAISE EXCEPTION 'the log of vacancy % knows of no answer to a survey', NEW.vacancy_id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.vacancy}, {self.asked_on}"

    @property
    def link(self) -> str:
        """The path in the mail: whoever has it may answer for the employer, once."""
        return reverse("surveys:answer", args=[LINK.sign_object(self.pk)])

    def is_over(self, *, on: date) -> bool:
        return on > self.open_until

    def refuse_unless_open(self, *, on: date) -> None:
        """Raises TransitionRefused when it was answered, is withdrawn, or its time is over.

        That the outcome was told in another way is the vacancy's to refuse.
        """
        if self.answered_at:
            raise TransitionRefused(_("This was answered before. Thank you."))
        if self.withdrawn_at:
            raise TransitionRefused(_("We no longer ask about this vacancy."))
        if self.is_over(on=on):
            raise TransitionRefused(_("The time to answer is over."))

    def keep(self, *, outcome: str, filled: int, lacking: str, at: datetime) -> None:
        """Keep what was answered. `answering.answer` has made it the vacancy's outcome first."""
        self.outcome, self.filled, self.lacking = outcome, filled, lacking
        self.answered_at, self.sent_at = at, self.sent_at or at
        self.save(update_fields=["outcome", "filled", "lacking", "answered_at", "sent_at"])

"""A vacancy's life: written, checked, published, closed with an outcome."""

from __future__ import annotations

from datetime import date
from typing import Self

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.companies.models import Company, Workplace
from jobcenter.accounts.models import Organisation, User
from jobcenter.accounts.workflow import Logged, TransitionRefused, Workflow, only
from jobcenter.centres.models import Jobcentre
from jobcenter.classifications.models import Occupation


class State(models.TextChoices):
    SUBMITTED = "submitted", _("waits for a caseworker")
    PUBLISHED = "published", _("published")
    CLOSED = "closed", _("closed")


class Outcome(models.TextChoices):
    FILLED_AS_WANTED = "filled_as_wanted", _("filled as we wanted")
    FILLED_OTHER_PROFILE = "filled_other_profile", _("filled with another profile")
    NOT_FILLED = "not_filled", _("not filled")
    WITHDRAWN = "withdrawn", _("withdrawn")
    UNKNOWN = "unknown", _("unknown")


TRANSITIONS = {
    State.SUBMITTED: (State.PUBLISHED, State.CLOSED),
    State.PUBLISHED: (State.CLOSED,),
    State.CLOSED: (),
}


class VacancyQuerySet(models.QuerySet["Vacancy"]):
    def public(self, *, on: date | None = None) -> Self:
        """What anyone may see: published, and still open for applications."""
        return self.filter(state=State.PUBLISHED, apply_by__gte=on or timezone.localdate())

    def visible_to(self, jobcentre: Jobcentre) -> Self:
        """Published ones are for all jobcentres; one that waits is for the jobcentre responsible."""
        return self.filter(~Q(state=State.SUBMITTED) | Q(jobcentre=jobcentre))


@pghistory.track()
class Vacancy(Workflow):
    TRANSITIONS = TRANSITIONS
    State = State
    Outcome = Outcome

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="vacancies")
    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, related_name="vacancies")
    jobcentre = models.ForeignKey(Jobcentre, on_delete=models.PROTECT, related_name="vacancies")
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="vacancies")
    title = models.CharField(_("job title"), max_length=100)
    text = models.TextField(_("advertisement"), max_length=5000)
    positions = models.PositiveSmallIntegerField(_("positions"), default=1)
    hours = models.DecimalField(_("hours a week"), max_digits=3, decimal_places=1)
    starts_on = models.DateField(_("start"))
    apply_by = models.DateField(_("apply by"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.SUBMITTED)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    created_at = models.DateTimeField(_("received"), default=timezone.now)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config="danish")
        + SearchVector("text", weight="B", config="danish"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = VacancyQuerySet.as_manager()

    class Meta:
        verbose_name = _("vacancy")
        verbose_name_plural = _("vacancies")
        ordering = ["-published_at", "-pk"]
        indexes = [
            GinIndex(name="vacancy_search", fields=["search"]),
            models.Index(name="vacancy_open", fields=["apply_by"], condition=Q(state="published")),
        ]
        triggers = [only(TRANSITIONS)]
        constraints = [
            models.CheckConstraint(
                name="vacancy_positions_1_to_500",
                condition=Q(positions__range=(1, 500)),
                violation_error_message=_("Between 1 and 500 positions."),
            ),
            models.CheckConstraint(
                name="vacancy_hours_1_to_48",
                condition=Q(hours__range=(1, 48)),
                violation_error_message=_("Between 1 and 48 hours a week."),
            ),
            models.CheckConstraint(
                name="vacancy_published_has_time",
                condition=Q(state="submitted", published_at=None)
                | Q(state="published", published_at__isnull=False)
                | Q(state="closed"),
                violation_error_message=_("A published vacancy has the time it was published."),
            ),
            models.CheckConstraint(
                name="vacancy_closed_has_time_and_outcome",
                condition=Q(state="closed", closed_at__isnull=False) & ~Q(outcome="")
                | ~Q(state="closed") & Q(closed_at=None, outcome=""),
                violation_error_message=_("A closed vacancy has a time and an outcome, an open one neither."),
            ),
            models.CheckConstraint(
                name="vacancy_closed_after_published",
                condition=Q(closed_at=None) | Q(published_at=None) | Q(closed_at__gte=F("published_at")),
                violation_error_message=_("A vacancy is closed after it was published."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("vacancies:vacancy", args=[self.pk])

    def publish(self, *, by: User, organisation: Organisation) -> Vacancy:
        """Show it to everyone.

        Raises TransitionRefused when it is already published or closed, or nobody can apply any more.
        """
        if self.state == State.SUBMITTED and self.apply_by < timezone.localdate():
            raise TransitionRefused(_("The last day to apply has passed, so nobody would see it."))
        return self.move(State.PUBLISHED, by=by, organisation=organisation, published_at=timezone.now())

    def close(
        self, *, outcome: str, by: User | None, organisation: Organisation | None, comment: str = ""
    ) -> Vacancy:
        """End it with what came of it. Raises TransitionRefused when it is already closed."""
        return self.move(
            State.CLOSED,
            by=by,
            organisation=organisation,
            comment=comment,
            outcome=Outcome(outcome),
            closed_at=timezone.now(),
        )


class VacancyLog(Logged):
    subject = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="log")

    class Meta(Logged.Meta):
        abstract = False
        verbose_name = _("step of a vacancy")
        verbose_name_plural = _("steps of vacancies")

"""A vacancy's life: written, checked, published, closed with an outcome."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Self

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from employers.companies.models import Company, Workplace
from employers.vacancies.models.conflict import LabourConflict
from employers.vacancies.outcomes import FILLED, FoundThrough, Outcome, outcome_of
from employers.vacancies.wording import Found, unlawful_preferences
from jobcenter.accounts.models import Organisation, User
from jobcenter.accounts.workflow import Logged, TransitionRefused, Workflow, only
from jobcenter.centres.models import Jobcentre
from jobcenter.classifications.models import Occupation

AHEAD = timedelta(days=730)
"""No closing date or start lies further ahead: a later one is a slip of the hand."""


class State(models.TextChoices):
    SUBMITTED = "submitted", _("waits for a caseworker")
    HELD = "held", _("held back")
    RETURNED = "returned", _("sent back to be changed")
    PUBLISHED = "published", _("published")
    PAUSED = "paused", _("paused")
    CLOSED = "closed", _("closed")


class HeldFor(models.TextChoices):
    """Why a vacancy is held: for words in it before it was published, or for a labour conflict after."""

    WORDS = "words", _("words in it that a caseworker must look at")
    CONFLICT = "conflict", _("a labour conflict at the workplace")


class Terms(models.TextChoices):
    ORDINARY = "ordinary", _("permanent job")
    TEMPORARY = "temporary", _("temporary job")
    APPRENTICESHIP = "apprenticeship", _("apprenticeship")
    STUDENT = "student", _("student job")
    INCLUSIVE = "inclusive", _("job on special terms, such as a flexjob")


class Act(models.TextChoices):
    """What was done in a step that leaves the state as it is."""

    CHANGED = "changed", _("changed")
    EXTENDED = "extended", _("extended")
    FILLED = "filled", _("positions filled")
    REMINDED = "reminded", _("reminded of the last day to apply")
    ANSWERED = "answered", _("outcome told")
    SURVEYED = "surveyed", _("outcome told in the survey")


TRANSITIONS = {
    State.SUBMITTED: (State.PUBLISHED, State.HELD, State.RETURNED, State.CLOSED),
    State.HELD: (State.PUBLISHED, State.SUBMITTED, State.RETURNED, State.CLOSED),
    State.RETURNED: (State.PUBLISHED, State.SUBMITTED, State.HELD, State.CLOSED),
    State.PUBLISHED: (State.PAUSED, State.HELD, State.CLOSED),
    State.PAUSED: (State.PUBLISHED, State.CLOSED),
    State.CLOSED: (),
}

RUNNING = (State.PUBLISHED, State.PAUSED)
"""The states in which people are being hired."""

UNSEEN = (State.SUBMITTED, State.HELD, State.RETURNED)
"""The states in which nobody but the employer and the responsible jobcentre reads it."""


class VacancyQuerySet(models.QuerySet["Vacancy"]):
    def public(self, *, on: date | None = None) -> Self:
        """What anyone may see: published, and still open for applications."""
        return self.filter(state=State.PUBLISHED, apply_by__gte=on or timezone.localdate())

    def visible_to(self, jobcentre: Jobcentre) -> Self:
        """Published ones are for all jobcentres; one that waits is for the jobcentre responsible."""
        return self.filter(~Q(state__in=UNSEEN) | Q(jobcentre=jobcentre))

    def open(self) -> Self:
        return self.exclude(state=State.CLOSED)

    def to_look_at(self) -> Self:
        """Those that wait for a caseworker before they are shown to anyone."""
        return self.filter(Q(state=State.SUBMITTED) | Q(held_for=HeldFor.WORDS))

    def in_conflict(self, *, on: date) -> Self:
        """Those whose work a labour conflict covers on the day."""
        return self.filter(LabourConflict.objects.covering_rows(on=on))


@pghistory.track()
class Vacancy(Workflow):
    TRANSITIONS = TRANSITIONS
    State = State
    Terms = Terms
    Outcome = Outcome
    HeldFor = HeldFor

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="vacancies")
    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, related_name="vacancies")
    jobcentre = models.ForeignKey(Jobcentre, on_delete=models.PROTECT, related_name="vacancies")
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="vacancies")
    title = models.CharField(_("job title"), max_length=100)
    text = models.TextField(_("advertisement"), max_length=5000)
    terms = models.CharField(_("terms"), max_length=14, choices=Terms, default=Terms.ORDINARY)
    positions = models.PositiveSmallIntegerField(_("positions"), default=1)
    positions_filled = models.PositiveSmallIntegerField(_("positions filled"), default=0, editable=False)
    hours = models.DecimalField(_("hours a week"), max_digits=3, decimal_places=1)
    starts_on = models.DateField(_("start"))
    ends_on = models.DateField(_("end"), null=True, blank=True)
    apply_by = models.DateField(_("apply by"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.SUBMITTED)
    held_for = models.CharField(_("held for"), max_length=8, choices=HeldFor, blank=True)
    why_another = models.CharField(
        _("why it is not the same vacancy"), max_length=300, blank=True, default=""
    )
    reminded_of = models.DateField(_("reminded of"), null=True, blank=True, editable=False)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    language = models.CharField(_("language its employer is written to in"), max_length=2, default="da")
    awaits_confirmation = models.BooleanField(_("its sender's address is not confirmed"), default=False)
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
                name="vacancy_published_after_its_sender_is_confirmed",
                condition=~Q(state__in=("published", "paused")) | Q(awaits_confirmation=False),
                violation_error_message=_("The sender has not yet confirmed their e-mail address."),
            ),
            models.CheckConstraint(
                name="vacancy_published_has_time",
                condition=Q(state__in=("submitted", "returned"), published_at=None)
                | Q(state__in=("published", "paused"), published_at__isnull=False)
                | Q(state__in=("held", "closed")),
                violation_error_message=_("A published vacancy has the time it was published."),
            ),
            models.CheckConstraint(
                name="vacancy_held_for_words_before_and_for_a_conflict_after_publishing",
                condition=Q(state="held", held_for="words", published_at=None)
                | Q(state="held", held_for="conflict", published_at__isnull=False)
                | ~Q(state="held") & Q(held_for=""),
                violation_error_message=_("A vacancy that is held says what for."),
            ),
            models.CheckConstraint(
                name="vacancy_temporary_ends_after_it_starts_the_others_do_not_end",
                condition=Q(terms="temporary", ends_on__isnull=False, ends_on__gte=F("starts_on"))
                | ~Q(terms="temporary") & Q(ends_on=None),
                violation_error_message=_(
                    "A temporary job has a last day after its first; the others have none."
                ),
            ),
            models.CheckConstraint(
                name="vacancy_not_more_filled_than_there_are",
                condition=Q(positions_filled__lte=F("positions")),
                violation_error_message=_("More positions cannot be filled than there are."),
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

    @property
    def positions_left(self) -> int:
        return self.positions - self.positions_filled

    def conflict(self, *, on: date | None = None) -> LabourConflict | None:
        """The labour conflict that covers it on the day, the oldest of them; None without."""
        return LabourConflict.objects.covering(
            workplace=self.workplace, occupation=self.occupation, on=on or timezone.localdate()
        ).first()

    def confirm_sender(self) -> None:
        """Whoever sent it in without an account is who they say: it may be published."""
        self.awaits_confirmation = False
        self.save(update_fields=["awaits_confirmation"])

    @property
    def unlawful_preferences(self) -> list[Found]:
        """Words in title and text that may prefer some people in a way the law forbids."""
        return [*unlawful_preferences(self.title), *unlawful_preferences(self.text)]

    @property
    def needs_a_reason(self) -> bool:
        """Whether whoever publishes it must say why its words are lawful."""
        is_held = self.held_for == HeldFor.WORDS
        return is_held or (self.state in UNSEEN and bool(self.unlawful_preferences))

    @transaction.atomic
    def publish(self, *, by: User | None, organisation: Organisation | None, reason: str = "") -> Vacancy:
        """Show it to everyone. `by` None: a verified employer publishes it.

        Raises TransitionRefused when it was published before or is closed, when nobody can apply any more,
        before its sender's address is confirmed, while a labour conflict covers it, and without a reason
        when words in it may be unlawful.
        """
        self._lock()
        if self.published_at and self.state != State.CLOSED:
            raise self._changed_before()
        if self.awaits_confirmation:
            raise TransitionRefused(_("The sender has not yet confirmed their e-mail address."))
        self._refuse_when_late()
        self._refuse_in_conflict()
        if self.needs_a_reason and not reason.strip():
            raise TransitionRefused(_("Write why the advertisement may be published with these words."))
        return self.move(
            State.PUBLISHED,
            by=by,
            organisation=organisation,
            comment=reason.strip(),
            held_for="",
            published_at=timezone.now(),
        )

    @transaction.atomic
    def hold(self) -> Vacancy:
        """Keep it for a caseworker because of its words. Raises TransitionRefused once it is published."""
        self._lock()
        if self.published_at:
            raise self._changed_before()
        return self.move(State.HELD, by=None, organisation=None, held_for=HeldFor.WORDS)

    @transaction.atomic
    def wait(self) -> Vacancy:
        """Let it wait for a caseworker again, after it was changed."""
        self._lock()
        return self.move(State.SUBMITTED, by=None, organisation=None, held_for="")

    @transaction.atomic
    def change(self, *, by: User | None, organisation: Organisation | None, **fields: object) -> Vacancy:
        """What the employer writes instead, before anything is published. Raises TransitionRefused after.

        The other steps are up to `arrival.settle`, which the changed vacancy goes through again.
        """
        self._lock()
        if self.published_at or self.state == State.CLOSED:
            raise self._changed_before()
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=list(fields))
        self.note(Act.CHANGED, by=by, organisation=organisation)
        return self

    @transaction.atomic
    def send_back(self, *, reason: str, by: User, organisation: Organisation) -> Vacancy:
        """Let the employer change it first. Raises TransitionRefused without a reason, and once published."""
        self._lock()
        if self.published_at:
            raise self._changed_before()
        if not reason.strip():
            raise TransitionRefused(_("Write what the employer is to change."))
        return self.move(
            State.RETURNED, by=by, organisation=organisation, comment=reason.strip(), held_for=""
        )

    @transaction.atomic
    def pause(self, *, by: User | None, organisation: Organisation | None) -> Vacancy:
        """Enough candidates for now: it is not shown until it is resumed."""
        self._lock()
        return self.move(State.PAUSED, by=by, organisation=organisation)

    @transaction.atomic
    def resume(self, *, by: User | None, organisation: Organisation | None) -> Vacancy:
        """Show it again after a pause. Raises TransitionRefused as `publish` does."""
        self._lock()
        if self.state != State.PAUSED:
            raise self._changed_before()
        self._refuse_when_late()
        self._refuse_in_conflict()
        return self.move(State.PUBLISHED, by=by, organisation=organisation)

    @transaction.atomic
    def stop(self, *, source: str) -> Vacancy:
        """Take it off while a labour conflict covers it. `source`: where the conflict is known from."""
        self._lock()
        return self.move(State.HELD, by=None, organisation=None, comment=source, held_for=HeldFor.CONFLICT)

    @transaction.atomic
    def restore(self) -> Vacancy:
        """Show it again when no labour conflict covers it any more. Raises TransitionRefused otherwise."""
        self._lock()
        if self.held_for != HeldFor.CONFLICT:
            raise self._changed_before()
        self._refuse_in_conflict()
        return self.move(State.PUBLISHED, by=None, organisation=None, held_for="")

    @transaction.atomic
    def extend(
        self, *, apply_by: date, starts_on: date, by: User | None, organisation: Organisation | None
    ) -> Vacancy:
        """Give it a later last day to apply, and a start that is not before it.

        Raises TransitionRefused when it is closed, or the days do not fit each other.
        """
        self._lock()
        if self.state == State.CLOSED:
            raise self._changed_before()
        if not max(self.apply_by + timedelta(days=1), timezone.localdate()) <= apply_by:
            raise TransitionRefused(
                _("The new last day to apply lies after the old one, and not in the past.")
            )
        if starts_on < apply_by or max(apply_by, starts_on) > timezone.localdate() + AHEAD:
            raise TransitionRefused(
                _("The start lies on the last day to apply or later, and both within two years.")
            )
        if self.ends_on and self.ends_on < starts_on:
            raise TransitionRefused(_("The temporary job would end before it begins."))
        before, self.apply_by, self.starts_on = self.apply_by, apply_by, starts_on
        self.save(update_fields=["apply_by", "starts_on"])
        self.note(
            Act.EXTENDED, by=by, organisation=organisation, comment=f"{before:%d-%m-%Y} → {apply_by:%d-%m-%Y}"
        )
        return self

    @transaction.atomic
    def fill(
        self,
        *,
        number: int,
        outcome: str,
        found_through: str,
        by: User | None,
        organisation: Organisation | None,
    ) -> Vacancy:
        """Some of the positions are filled; with the last of them it closes.

        Raises TransitionRefused when nobody is being hired now, or fewer positions are left.
        """
        self._lock()
        if not self.published_at or self.state == State.CLOSED:
            raise self._changed_before()
        self._refuse_unless_left(number)
        if number == self.positions_left:
            return self.close(outcome=outcome, found_through=found_through, by=by, organisation=organisation)
        self._add_filling(number, outcome, found_through, by=by, organisation=organisation)
        self.save(update_fields=["positions_filled"])
        self.note(
            Act.FILLED, by=by, organisation=organisation, comment=f"{self.positions_filled}/{self.positions}"
        )
        return self

    @transaction.atomic
    def close(
        self,
        *,
        outcome: str,
        by: User | None,
        organisation: Organisation | None,
        comment: str = "",
        found_through: str = "",
    ) -> Vacancy:
        """End it with what came of it. Raises TransitionRefused when it is already closed.

        outcome: of the positions that were left; the whole gets its own from it (`outcome_of`).
        """
        self._lock()
        told = self._told(outcome, found_through, by=by, organisation=organisation)
        return self.move(
            State.CLOSED,
            by=by,
            organisation=organisation,
            comment=comment,
            held_for="",
            closed_at=timezone.now(),
            **told,
        )

    @transaction.atomic
    def tell_outcome(
        self,
        *,
        outcome: str,
        by: User | None,
        organisation: Organisation | None,
        found_through: str = "",
        filled: int | None = None,
        act: Act = Act.ANSWERED,
    ) -> Vacancy:
        """Say what came of it after it was closed without an answer. Raises TransitionRefused otherwise.

        filled: how many of the positions left were filled so, the others being looked for in vain; None: all.
        act: ANSWERED, or SURVEYED where the employer was asked; the database keeps one of them for a vacancy.
        """
        self._lock()
        if self.outcome != Outcome.UNKNOWN:
            raise self._changed_before()
        if filled is not None and outcome in FILLED:
            self._refuse_unless_left(filled)
            if filled < self.positions_left:
                self._add_filling(filled, outcome, found_through, by=by, organisation=organisation)
                outcome = Outcome.NOT_FILLED
        told = self._told(outcome, found_through, by=by, organisation=organisation)
        for name, value in told.items():
            setattr(self, name, value)
        self.save(update_fields=list(told))
        self.note(act, by=by, organisation=organisation, comment=str(Outcome(self.outcome)))
        return self

    def note(
        self, act: Act, *, by: User | None, organisation: Organisation | None, comment: str = ""
    ) -> VacancyLog:
        """Log a step that leaves the state as it is."""
        row: VacancyLog = self.log.create(
            from_state=self.state,
            to_state=self.state,
            act=act,
            by=by,
            organisation=organisation,
            comment=comment,
        )
        return row

    def _told(
        self, outcome: str, found_through: str, *, by: User | None, organisation: Organisation | None
    ) -> dict[str, Any]:
        """What the employer's answer makes of the vacancy; the positions it fills are kept as a row."""
        answer = Outcome(outcome)
        filled = list(self.fillings.values_list("outcome", flat=True))
        if answer in FILLED and self.positions_left:
            self._add_filling(self.positions_left, answer, found_through, by=by, organisation=organisation)
        return {"outcome": outcome_of(answer, filled=filled), "positions_filled": self.positions_filled}

    def _add_filling(
        self,
        number: int,
        outcome: str,
        found_through: str,
        *,
        by: User | None,
        organisation: Organisation | None,
    ) -> None:
        self.fillings.create(
            number=number,
            outcome=Outcome(outcome),
            found_through=FoundThrough(found_through) if found_through else "",
            by=by,
            organisation=organisation,
        )
        self.positions_filled += number

    def _lock(self) -> None:
        """Read the row as it is now and keep others from changing it until the transaction ends."""
        self.refresh_from_db(from_queryset=Vacancy.objects.select_for_update(of=("self",)))

    def _changed_before(self) -> TransitionRefused:
        return TransitionRefused(
            _("This was already changed to “%(state)s”, so the step was not taken."),
            params={"state": self.get_state_display()},
        )

    def _refuse_unless_left(self, number: int) -> None:
        if not 1 <= number <= self.positions_left:
            raise TransitionRefused(
                ngettext_lazy(
                    "Only %(number)d position is left to fill.",
                    "Only %(number)d positions are left to fill.",
                    "number",
                ),
                params={"number": self.positions_left},
            )

    def _refuse_when_late(self) -> None:
        if self.state != State.CLOSED and self.apply_by < timezone.localdate():
            raise TransitionRefused(_("The last day to apply has passed, so nobody would see it."))

    def _refuse_in_conflict(self) -> None:
        if self.state != State.CLOSED and (conflict := self.conflict()):
            raise TransitionRefused(
                _("A labour conflict covers this work, so it cannot be shown to anyone. Source: %(source)s"),
                params={"source": conflict.source},
            )


@pghistory.track()
class Filling(models.Model):
    """Positions of a vacancy that were filled at one time: how many, with whom, and how they were found."""

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="fillings")
    number = models.PositiveSmallIntegerField(_("positions"))
    outcome = models.CharField(
        _("outcome"), max_length=20, choices=[(one.value, one.label) for one in FILLED]
    )
    found_through = models.CharField(_("found"), max_length=14, choices=FoundThrough, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("filled positions")
        verbose_name_plural = _("filled positions")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="filling_of_at_least_one",
                condition=Q(number__gte=1),
                violation_error_message=_("At least one position is filled."),
            ),
            models.CheckConstraint(
                name="filling_is_filled",
                condition=Q(outcome__in=("filled_as_wanted", "filled_other_profile")),
                violation_error_message=_("A position is filled as wanted or with another profile."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} × {self.get_outcome_display()}"


class VacancyLog(Logged):
    subject = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="log")
    act = models.CharField(_("step"), max_length=10, choices=Act, blank=True)

    class Meta(Logged.Meta):
        abstract = False
        verbose_name = _("step of a vacancy")
        verbose_name_plural = _("steps of vacancies")
        constraints = [
            models.UniqueConstraint(
                fields=["subject"],
                name="vacancylog_outcome_told_once_afterwards",
                condition=Q(act__in=("answered", "surveyed")),
            ),
        ]

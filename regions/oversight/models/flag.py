"""Flags: a jobcentre out of line, the evidence frozen, and what people decided about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

import pghistory
import pgtrigger
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import Organisation, Role, User
from jobcenter.accounts.workflow import Logged, TransitionRefused, Workflow, only
from jobcenter.centres.models import AreaOffice, Jobcentre
from jobcenter.geography.models import Area
from regions.measures.models import Measure, TargetGroup
from regions.oversight import guarding
from regions.oversight.models.data_check import DataCheck, Question
from regions.oversight.models.parameters import RuleParameters
from regions.oversight.way import DECIDED, TRANSITIONS, UNDECIDED, Demand, State, Transition, transition

if TYPE_CHECKING:
    from regions.oversight.models.hearing_file import HearingFile


class Ground(models.TextChoices):
    RESULT = "result", _("result problem")
    REQUIREMENT = "requirement", _("legal requirement")


class Severity(models.TextChoices):
    SERIOUS = "serious", _("serious result problem – proposal")
    WATCH = "watch", _("to be watched")


class FlagQuerySet(models.QuerySet["Flag"]):
    def visible_to_office(self, office: AreaOffice) -> Self:
        """An area office sees the flags of its own area."""
        return self.filter(jobcentre__in=office.jobcentres)

    def visible_to_jobcentre(self, jobcentre: Jobcentre) -> Self:
        """A jobcentre's manager sees its own flags."""
        return self.filter(jobcentre=jobcentre)

    def visible_nationally(self) -> Self:
        """What an area office has confirmed may be known nationally; what it is still looking at may not."""
        return self.filter(state=State.CONFIRMED)

    def open(self) -> Self:
        return self.exclude(state__in=[State.CONFIRMED, State.DISMISSED])

    def waiting(self) -> Self:
        """Those an officer is to do something about: not while the jobcentre has its time to answer."""
        return self.filter(state__in=UNDECIDED).exclude(
            state=State.HEARING, heard_at=None, unanswered_on=None
        )

    def overdue(self, *, on: date) -> Self:
        """Those an officer should have done something about before `on`."""
        return self.waiting().filter(due_on__lt=on)

    def unanswered(self, *, on: date) -> Self:
        """Hearings whose last day to answer has passed without an answer, and nobody has said so yet."""
        return self.filter(state=State.HEARING, heard_at=None, unanswered_on=None, hearing_due_on__lt=on)


@pghistory.track()
class Flag(Workflow):
    """A proposal to look at a jobcentre's result: a reason to look, not a verdict.

    The evidence is frozen when the flag is raised, so that what was decided can be explained by what
    was known.
    """

    TRANSITIONS = TRANSITIONS
    State = State
    Severity = Severity
    Ground = Ground

    jobcentre = models.ForeignKey(
        Jobcentre, on_delete=models.PROTECT, related_name="flags", verbose_name=_("jobcentre")
    )
    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, related_name="flags", verbose_name=_("measure")
    )
    target_group = models.ForeignKey(
        TargetGroup, on_delete=models.PROTECT, related_name="flags", verbose_name=_("target group")
    )
    period = models.CharField(_("period"), max_length=10)
    ground = models.CharField(_("ground"), max_length=12, choices=Ground, default=Ground.RESULT)
    severity = models.CharField(_("severity"), max_length=8, choices=Severity)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.PROPOSED)
    evidence = models.JSONField(_("evidence"))
    rule = models.ForeignKey(RuleParameters, on_delete=models.PROTECT, related_name="flags")
    raised_at = models.DateTimeField(_("raised"), default=timezone.now)
    officer = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("officer"),
    )
    due_on = models.DateField(_("next step by"), null=True, blank=True)
    checked_at = models.DateTimeField(_("data checked"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    hearing_due_on = models.DateField(_("answer to the hearing by"), null=True, blank=True)
    heard_at = models.DateTimeField(_("heard"), null=True, blank=True)
    hearing_answer = models.TextField(_("the jobcentre's answer"), blank=True, max_length=5000)
    unanswered_on = models.DateField(_("no answer had come on"), null=True, blank=True)

    objects = FlagQuerySet.as_manager()

    class Meta:
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        ordering = ["-raised_at", "-pk"]
        triggers = [
            only(TRANSITIONS),
            guarding.state_is_what_the_log_says(flag="id"),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="evidence_is_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "evidence", "rule", "period", "ground", "severity", "jobcentre", "measure", "target_group"
                ),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["jobcentre", "measure", "target_group", "period", "severity"], name="flag_once"
            ),
            models.CheckConstraint(
                name="flag_undecided_has_a_day",
                condition=~Q(state__in=UNDECIDED) | Q(due_on__isnull=False),
                violation_error_message=_("What nobody has decided has a day for its next step."),
            ),
            models.CheckConstraint(
                name="flag_heard_after_a_data_check",
                condition=~Q(state__in=[State.HEARING, State.CONFIRMED]) | Q(checked_at__isnull=False),
                violation_error_message=_("The data are checked before the jobcentre is heard."),
            ),
            models.CheckConstraint(
                name="flag_hearing_has_a_deadline",
                condition=~Q(state="hearing") | Q(hearing_due_on__isnull=False),
                violation_error_message=_("A hearing has a deadline."),
            ),
            models.CheckConstraint(
                name="flag_decided_has_time",
                condition=~Q(state__in=DECIDED) | Q(decided_at__isnull=False),
                violation_error_message=_("A decision has a time."),
            ),
            models.CheckConstraint(
                name="flag_answer_has_time",
                condition=Q(hearing_answer="", heard_at=None)
                | ~Q(hearing_answer="") & Q(heard_at__isnull=False),
                violation_error_message=_("An answer to a hearing has a time."),
            ),
            models.CheckConstraint(
                name="flag_silence_after_the_deadline",
                condition=Q(unanswered_on=None) | Q(unanswered_on__gt=F("hearing_due_on")),
                violation_error_message=_("Nobody is silent before the day to answer by has passed."),
            ),
            models.CheckConstraint(
                name="flag_confirmed_after_a_hearing",
                condition=~Q(state=State.CONFIRMED)
                | Q(hearing_due_on__isnull=False)
                & (Q(heard_at__isnull=False) | Q(unanswered_on__isnull=False)),
                violation_error_message=_("A flag is confirmed after the jobcentre has been heard."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jobcentre}, {self.period}"

    def get_absolute_url(self) -> str:
        return reverse("oversight:flag", args=[self.pk])

    @property
    def raised_as(self) -> str:
        """The severity of its ground: a law that is not kept is another matter than a poor result."""
        if self.ground == Ground.REQUIREMENT and self.severity == Severity.SERIOUS:
            return str(_("legal requirement not kept – proposal"))
        return str(Severity(self.severity).label)

    @property
    def severity_in_words(self) -> str:
        """The same, which is no proposal any longer when somebody has decided."""
        if self.severity != Severity.SERIOUS or self.state in UNDECIDED:
            return self.raised_as
        if self.ground == Ground.REQUIREMENT:
            return str(_("legal requirement not kept"))
        return str(_("serious result problem"))

    def review(self, *, by: User, organisation: Organisation, at: datetime | None = None) -> Flag:
        """Take it up: from now on it is this officer's, and its data are to be checked anew."""
        return self.step(
            State.UNDER_REVIEW,
            by=by,
            organisation=organisation,
            at=at,
            due_on=self._in_days(self.rule.days_to_review, after=_day(at)),
            checked_at=None,
        )

    def dismiss(
        self, *, by: User, organisation: Organisation, reason: str, at: datetime | None = None
    ) -> Flag:
        """Decide that nothing more is done."""
        return self._decide(State.DISMISSED, by=by, organisation=organisation, reason=reason, at=at)

    def watch(self, *, by: User, organisation: Organisation, reason: str, at: datetime | None = None) -> Flag:
        """Decide to follow the result a period more."""
        return self._decide(State.WATCHED, by=by, organisation=organisation, reason=reason, at=at)

    def confirm(
        self, *, by: User, organisation: Organisation, reason: str, at: datetime | None = None
    ) -> Flag:
        """Decide that there is a problem. The jobcentre has answered, or had its time to."""
        return self._decide(State.CONFIRMED, by=by, organisation=organisation, reason=reason, at=at)

    def send_to_hearing(
        self,
        *,
        by: User,
        organisation: Organisation,
        reason: str,
        due_on: date,
        at: datetime | None = None,
    ) -> Flag:
        """Ask the jobcentre for its view before anything is decided (Public Administration Act § 19).

        The answer to an earlier hearing stays in the log.
        """
        return self.step(
            State.HEARING,
            by=by,
            organisation=organisation,
            reason=reason,
            at=at,
            due_on=due_on,
            hearing_due_on=due_on,
            heard_at=None,
            hearing_answer="",
            unanswered_on=None,
        )

    @transaction.atomic
    def step(
        self,
        to: str,
        *,
        by: User,
        organisation: Organisation,
        reason: str = "",
        at: datetime | None = None,
        **changes: Any,
    ) -> Flag:
        """Take a step of the way (`way.WAY`), and log it. It is the officer's who took it.

        at: when it was taken; now, unless the past is told. Raises TransitionRefused when the table has no
        such step, when it is not this person's to take, or when what it demands is missing.
        """
        current = Flag.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if taken := transition(current.state, to):
            current.demand(taken, by=by, organisation=organisation, reason=reason, on=_day(at), **changes)
        return self.move(to, by=by, organisation=organisation, comment=reason, at=at, officer=by, **changes)

    def demand(
        self,
        taken: Transition,
        *,
        by: User,
        organisation: Organisation,
        reason: str,
        on: date,
        hearing_due_on: date | None = None,
        **changes: Any,
    ) -> None:
        """Raise TransitionRefused when somebody else's step is taken, or one without what it demands."""
        if not self._is_taken_by(taken.role, by=by, organisation=organisation):
            raise TransitionRefused(_("This step is taken by the area office of the jobcentre."))
        if Demand.REASON in taken.demands and not reason.strip():
            raise TransitionRefused(
                _("Write the reason: the jobcentre can read it, and it stands in the journal.")
            )
        if Demand.DATA_CHECK in taken.demands and not self.checked_at:
            raise TransitionRefused(_("Check the data before the jobcentre is heard."))
        if Demand.DEADLINE in taken.demands and not hearing_due_on:
            raise TransitionRefused(_("Say by when the jobcentre is to answer."))
        if Demand.HEARD in taken.demands:
            if not self.has_been_heard(on=on):
                raise TransitionRefused(
                    _("Wait for the jobcentre's answer, or until its last day to answer has passed.")
                )
            self.record_silence(on=on)

    @transaction.atomic
    def check_data(
        self,
        findings: Mapping[str, tuple[str, str]],
        *,
        by: User,
        organisation: Organisation,
        at: datetime | None = None,
    ) -> Flag:
        """Keep what a check of the data found: for each question of `Question` a finding and a remark.

        Raises TransitionRefused outside a review, and where a question is left open.
        """
        current = Flag.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if current.state != State.UNDER_REVIEW or not self._is_taken_by(
            Role.AREA_OFFICER, by=by, organisation=organisation
        ):
            raise TransitionRefused(_("The data are checked by the area office, under review."))
        if set(findings) != set(Question.values):
            raise TransitionRefused(_("Answer every question of the data check."))
        self.checked_at = at or timezone.now()
        DataCheck.objects.bulk_create(
            DataCheck(flag=self, question=question, finding=finding, remark=remark, at=self.checked_at)
            for question, (finding, remark) in findings.items()
        )
        self._say(State.UNDER_REVIEW, by=by, organisation=organisation, at=self.checked_at)
        self.save(update_fields=["checked_at"])
        return self

    @property
    def data_check(self) -> Sequence[DataCheck]:
        """The findings of the latest check, in the order of the questions; empty before one was made."""
        latest = self.checks.filter(at=self.checked_at) if self.checked_at else self.checks.none()
        return sorted(latest, key=lambda check: Question.values.index(check.question))

    def has_been_heard(self, *, on: date) -> bool:
        """Whether the jobcentre has answered, or its last day to answer lies before `on`."""
        return self.heard_at is not None or (self.hearing_due_on is not None and self.hearing_due_on < on)

    @transaction.atomic
    def record_silence(self, *, on: date, at: datetime | None = None) -> bool:
        """Write that no answer came, once the last day to answer lies before `on`; whether it was written.

        Silence is no admission: it says only that the jobcentre had its time.
        """
        due_on = self._in_days(self.rule.days_to_decide, after=on)
        silent = Flag.objects.filter(pk=self.pk).unanswered(on=on).update(unanswered_on=on, due_on=due_on)
        if silent:
            self._say(State.HEARING, by=None, organisation=None, at=at or timezone.now())
            self.unanswered_on, self.due_on = on, due_on
        return bool(silent)

    @transaction.atomic
    def answer(self, text: str, *, by: User, organisation: Organisation, at: datetime | None = None) -> Flag:
        """Keep the jobcentre's answer to a hearing: also one that comes late, or after the decision.

        Raises TransitionRefused where nothing was asked, or a second time.
        """
        asked = Flag.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if not asked.may_be_answered:
            raise TransitionRefused(_("The hearing is over, or has been answered already."))
        asked.heard_at, asked.hearing_answer = at or timezone.now(), text
        if asked.state == State.HEARING:
            asked.due_on = self._in_days(asked.rule.days_to_decide, after=_day(at))
        asked.save(update_fields=["heard_at", "hearing_answer", "due_on"])
        asked._say(asked.state, by=by, organisation=organisation, at=asked.heard_at, comment=text)
        self.refresh_from_db()
        return self

    @property
    def may_be_answered(self) -> bool:
        """Whether the jobcentre was asked and has not answered yet."""
        return self.hearing_due_on is not None and self.heard_at is None

    @property
    def files_of_answer(self) -> models.QuerySet[HearingFile]:
        """Those that came with the answer to the latest hearing, without what is in them."""
        files = self.files.defer("content")
        return files.filter(at=self.heard_at) if self.heard_at else files.none()

    @property
    def is_answered_late(self) -> bool:
        return self.heard_at is not None and self.unanswered_on is not None

    @property
    def waits_for_jobcentre(self) -> bool:
        return self.state == State.HEARING and not (self.heard_at or self.unanswered_on)

    @property
    def is_overdue(self) -> bool:
        """Whether an officer should have taken the next step before today."""
        is_due = self.due_on is not None and self.due_on < timezone.localdate()
        return is_due and self.state in UNDECIDED and not self.waits_for_jobcentre

    def _decide(
        self, to: str, *, by: User, organisation: Organisation, reason: str, at: datetime | None
    ) -> Flag:
        return self.step(
            to,
            by=by,
            organisation=organisation,
            reason=reason,
            at=at,
            decided_at=at or timezone.now(),
            due_on=None,
        )

    def _is_taken_by(self, role: str, *, by: User, organisation: Organisation) -> bool:
        """Whether the person acts in the role, for an area the jobcentre lies in."""
        return by.memberships.filter(
            organisation=organisation,
            role=role,
            organisation__area_office__area__in=Area.objects.filter(
                areamunicipality__municipality__in=self.jobcentre.municipalities()
            ),
        ).exists()

    def _say(
        self,
        state: str,
        *,
        by: User | None,
        organisation: Organisation | None,
        at: datetime,
        comment: str = "",
    ) -> None:
        """Log what happened without a step."""
        self.log.create(
            from_state=state, to_state=state, by=by, organisation=organisation, at=at, comment=comment
        )

    @staticmethod
    def _in_days(days: int, *, after: date) -> date:
        return after + timedelta(days=days)


def _day(at: datetime | None) -> date:
    """The day of a time; today where none is told."""
    return timezone.localdate(at)


class FlagLog(Logged):
    subject = models.ForeignKey(Flag, on_delete=models.CASCADE, related_name="log")

    class Meta(Logged.Meta):
        abstract = False
        verbose_name = _("step of a flag")
        verbose_name_plural = _("steps of flags")
        triggers = [
            *Logged.Meta.triggers,
            guarding.steps_are_in_the_table(),
            guarding.state_is_what_the_log_says(flag="subject_id"),
        ]
        constraints = [
            models.CheckConstraint(
                name="flaglog_decision_by_a_person_with_a_reason",
                condition=~Q(to_state__in=[State.HEARING, *DECIDED])
                | Q(from_state=F("to_state"))
                | Q(by__isnull=False) & ~Q(comment=""),
                violation_error_message=_("A decision is made by a named person with a reason."),
            ),
        ]

    @property
    def what(self) -> str:
        """What happened, in words: a step, or something said without one."""
        if self.from_state != self.to_state:
            return str(State(self.to_state).label)
        if not self.organisation:
            return str(_("No answer within the time"))
        is_of_area = self.organisation.kind == Organisation.Kind.AREA
        return str(_("Data checked") if is_of_area else _("Answer to the hearing"))

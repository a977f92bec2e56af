"""Interventions: what an area office and a jobcentre do together about a result, and whether it helped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, ClassVar, Self

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jobcenter.accounts.models import Organisation, User
from jobcenter.accounts.workflow import Logged, Workflow, only
from jobcenter.centres.models import Jobcentre
from jobcenter.geography.models import Area
from regions.interventions import guarding
from regions.interventions.table import UNFINISHED, By, Thing, transitions
from regions.interventions.terms import ActionTerms, Terms
from regions.measures.models import Measure, TargetGroup
from regions.measures.periods import parse
from regions.oversight.models import Flag


class State(models.TextChoices):
    REQUESTED = "requested", _("asked for by the jobcentre")
    OPEN = "open", _("under way")
    RESOLVED = "resolved", _("closed as resolved")
    NOT_RESOLVED = "not_resolved", _("closed without being resolved")
    ESCALATED = "escalated", _("escalated to the national authority")
    TURNED_DOWN = "turned_down", _("turned down")
    WITHDRAWN = "withdrawn", _("withdrawn by the jobcentre")


class InterventionQuerySet(models.QuerySet["Intervention"]):
    def visible_to_area(self, area: Area) -> Self:
        """An area office sees those of its own area."""
        return self.filter(jobcentre__in=Jobcentre.objects.in_area(area))

    def visible_to_jobcentre(self, jobcentre: Jobcentre) -> Self:
        """A jobcentre's manager sees its own."""
        return self.filter(jobcentre=jobcentre)

    def alive(self) -> Self:
        """Those in which something is still to happen."""
        return self.filter(state__in=[State.REQUESTED, State.OPEN])

    def with_parts(self) -> Self:
        """With all that says what happens next. Ten queries more at most, however many there are."""
        return self.select_related("jobcentre", "officer").prefetch_related(
            "concerns__measure",
            "concerns__target_group",
            "meetings",
            "agreements__wordings__signatures",
            "agreements__done",
            "assistances",
            "follow_ups",
        )


@pghistory.track()
class Intervention(Workflow):
    """The area office's dialogue with a jobcentre, from confirmed flags or at the jobcentre's own wish.

    It contains meetings, an agreement, consultant assistance and follow-ups, in any order or alone.
    `effects` and `evidence` are frozen when it is closed: what was decided is explained by what was known.

    Source: answer 87 to L 22 (2005); lov 522/2005 § 8, later subsection 4 on the advisory function.
    """

    TRANSITIONS = transitions(Thing.INTERVENTION)
    THING: ClassVar = Thing.INTERVENTION
    State = State

    jobcentre = models.ForeignKey(
        Jobcentre, on_delete=models.PROTECT, related_name="interventions", verbose_name=_("jobcentre")
    )
    at_own_wish = models.BooleanField(_("at the jobcentre's own wish"), default=False)
    flags: models.ManyToManyField[Flag, models.Model] = models.ManyToManyField(
        Flag, through="Ground", related_name="interventions", verbose_name=_("flags")
    )
    state = models.CharField(_("state"), max_length=12, choices=State)
    officer = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("area officer"),
    )
    asked_at = models.DateTimeField(_("asked for"), null=True, blank=True)
    began_at = models.DateTimeField(_("begun"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    evidence = models.JSONField(_("evidence"), null=True, blank=True)
    effects = models.JSONField(_("effect"), null=True, blank=True)

    objects = InterventionQuerySet.as_manager()

    class Meta:
        verbose_name = _("intervention")
        verbose_name_plural = _("interventions")
        ordering = ["-pk"]
        triggers = [
            only(transitions(Thing.INTERVENTION)),
            guarding.told(Thing.INTERVENTION),
            guarding.grounded(),
            pgtrigger.Protect(
                name="what_it_ended_with_stands",
                operation=pgtrigger.UpdateOf("evidence", "effects", "jobcentre_id", "at_own_wish"),
                condition=~pgtrigger.Q(old__state__in=["requested", "open"]),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="intervention_at_own_wish_was_asked_for",
                condition=Q(at_own_wish=True, asked_at__isnull=False) | Q(at_own_wish=False, asked_at=None),
            ),
            models.CheckConstraint(
                name="intervention_state_and_times",
                condition=Q(state="requested", began_at=None, ended_at=None)
                | Q(state="open", began_at__isnull=False, ended_at=None)
                | Q(state__in=["turned_down", "withdrawn"], began_at=None, ended_at__isnull=False)
                | Q(
                    state__in=["resolved", "not_resolved", "escalated"],
                    began_at__isnull=False,
                    ended_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="intervention_begun_has_an_officer",
                condition=Q(began_at=None) | Q(officer__isnull=False),
            ),
            models.CheckConstraint(
                name="intervention_resolved_has_evidence",
                condition=~Q(state="resolved") | Q(evidence__isnull=False),
                violation_error_message=_("Closing as resolved demands evidence."),
            ),
            models.CheckConstraint(
                name="intervention_closed_has_its_effect",
                condition=~Q(state__in=["resolved", "not_resolved"]) | Q(effects__isnull=False),
                violation_error_message=_("It is closed with its effect, also when there is none."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.jobcentre)

    def get_absolute_url(self) -> str:
        return reverse("interventions:intervention", args=[self.pk])

    rests_on: Sequence[Flag] = ()
    """The flags it is about to begin from, before there are rows of them."""

    @property
    def day(self) -> date | None:
        """A part has a day; the whole has none."""
        return None

    @property
    def intervention(self) -> Intervention:
        """Itself: a part has the one it belongs to by the same name."""
        return self

    @property
    def began_on(self) -> date | None:
        """The day it began, here; None before."""
        return timezone.localdate(self.began_at) if self.began_at else None

    @property
    def is_open(self) -> bool:
        return bool(self.state == State.OPEN)

    @property
    def is_alive(self) -> bool:
        return self.state in (State.REQUESTED, State.OPEN)

    def parts(self) -> Iterator[Part]:
        yield from self.meetings.all()
        yield from self.agreements.all()
        yield from self.assistances.all()
        yield from self.follow_ups.all()

    def unfinished(self) -> list[Part]:
        """The parts that still wait for somebody."""
        return [part for part in self.parts() if part.state in UNFINISHED[part.THING]]


class Ground(models.Model):
    """A confirmed flag that led to an intervention: each to one only."""

    intervention = models.ForeignKey(Intervention, on_delete=models.CASCADE, related_name="grounds")
    flag = models.OneToOneField(Flag, on_delete=models.PROTECT, related_name="led_to")

    class Meta:
        verbose_name = _("flag behind an intervention")
        verbose_name_plural = _("flags behind interventions")
        triggers = [guarding.confirmed_flag_of_the_same()]

    def __str__(self) -> str:
        return str(self.flag)


class Concern(models.Model):
    """A measure of a target group that the intervention is about, and whose effect it is closed with."""

    intervention = models.ForeignKey(Intervention, on_delete=models.CASCADE, related_name="concerns")
    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, related_name="+", verbose_name=_("measure")
    )
    target_group = models.ForeignKey(
        TargetGroup, on_delete=models.PROTECT, related_name="+", verbose_name=_("target group")
    )

    class Meta:
        verbose_name = _("measure of an intervention")
        verbose_name_plural = _("measures of interventions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="concern_once_in_an_intervention", fields=["intervention", "measure", "target_group"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}, {self.target_group}"


class Part(Workflow):
    """What an intervention contains: it has states of its own, and steps in the same table."""

    THING: ClassVar[Thing]
    day: Any
    get_state_display: Any
    intervention: Any
    intervention_id: int

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        page = reverse("interventions:intervention", args=[self.intervention_id])
        return f"{page}#{self.THING}-{self.pk}"


class MeetingState(models.TextChoices):
    PLANNED = "planned", _("planned")
    CANCELLED = "cancelled", _("cancelled")
    HELD = "held", _("held, the notes wait for the jobcentre")
    OBJECTED = "objected", _("the jobcentre sees it otherwise")
    AGREED = "agreed", _("held, the notes are agreed")


@pghistory.track()
class Meeting(Part):
    """A talk about the jobcentre's results. Who takes part is told by role, never by name."""

    TRANSITIONS = transitions(Thing.MEETING)
    THING = Thing.MEETING
    State = MeetingState

    intervention = models.ForeignKey(Intervention, on_delete=models.CASCADE, related_name="meetings")
    state = models.CharField(_("state"), max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    starts_at = models.DateTimeField(_("time"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    participants = models.CharField(_("participants, by role"), max_length=400)
    agenda = models.TextField(_("agenda"), max_length=5000)
    notes = models.TextField(_("notes"), max_length=10000, blank=True)

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["starts_at", "pk"]
        triggers = [
            only(transitions(Thing.MEETING)),
            guarding.told(Thing.MEETING),
            pgtrigger.Protect(
                name="what_was_agreed_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="agreed"),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="meeting_held_has_notes",
                condition=~Q(state__in=["held", "objected", "agreed"]) | ~Q(notes=""),
                violation_error_message=_("A meeting that was held has notes."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.intervention}, {self.day:%d-%m-%Y}"

    @property
    def day(self) -> date:
        """The day it is held, here."""
        return timezone.localdate(self.starts_at)


class AgreementState(models.TextChoices):
    DRAFT = "draft", _("draft")
    PROPOSED = "proposed", _("waits for the jobcentre's signature")
    SIGNED = "signed", _("signed by both")
    DROPPED = "dropped", _("dropped")


@pghistory.track()
class Agreement(Part):
    """Targets and actions that both sign. `version` is the wording there is now; a change makes a new one.

    While a change is being drafted or waits, the wording both signed last is still what they agreed on.
    """

    TRANSITIONS = transitions(Thing.AGREEMENT)
    THING = Thing.AGREEMENT
    State = AgreementState

    intervention = models.ForeignKey(Intervention, on_delete=models.CASCADE, related_name="agreements")
    state = models.CharField(_("state"), max_length=10, choices=AgreementState, default=AgreementState.DRAFT)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    purpose = models.TextField(_("what is agreed"), max_length=5000)
    answer_by = models.DateField(_("signed by the jobcentre by"), null=True, blank=True)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["pk"]
        triggers = [
            only(transitions(Thing.AGREEMENT)),
            guarding.told(Thing.AGREEMENT),
            guarding.both_have_signed(),
            pgtrigger.Protect(
                name="what_was_put_forward_stands",
                operation=pgtrigger.UpdateOf("purpose", "intervention_id"),
                condition=~pgtrigger.Q(old__state="draft"),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="agreement_one_in_an_intervention",
                fields=["intervention"],
                condition=~Q(state="dropped"),
                violation_error_message=_("There is an agreement already: change that one."),
            ),
            models.CheckConstraint(
                name="agreement_put_forward_has_a_day",
                condition=~Q(state="proposed") | Q(answer_by__isnull=False),
                violation_error_message=_("Say by when the jobcentre is to sign."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.intervention}, {self.version}"

    @property
    def day(self) -> date | None:
        return self.answer_by

    def in_force(self) -> Wording | None:
        """What both signed last: it stands until both have signed another."""
        return next((one for one in reversed(self.wordings.all()) if one.is_signed_by_both), None)

    def undone(self) -> list[ActionTerms]:
        """What is agreed to be done, and nobody has said is done; asks nothing where it is prefetched."""
        wording, done = self.in_force(), {one.what for one in self.done.all()}
        return [action for action in wording.terms.actions if action.what not in done] if wording else []

    def is_signed_by_both(self) -> bool:
        """Whether the area office and the jobcentre have signed the wording there is now."""
        signed = Signature.objects.filter(wording__agreement=self, wording__number=self.version)
        return set(signed.values_list("side", flat=True)) == set(Side.values)


@pghistory.track()
class Target(models.Model):
    """That a measure of a target group goes from one value to another by a period. Values in its unit."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="targets")
    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, related_name="+", verbose_name=_("measure")
    )
    target_group = models.ForeignKey(
        TargetGroup, on_delete=models.PROTECT, related_name="+", verbose_name=_("target group")
    )
    from_value = models.FloatField(_("from"))
    to_value = models.FloatField(_("to"))
    period = models.CharField(_("by the period"), max_length=10)

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["pk"]
        triggers = [guarding.terms_stand_outside_a_draft()]
        constraints = [
            models.UniqueConstraint(
                name="target_once_in_an_agreement",
                fields=["agreement", "measure", "target_group", "period"],
                violation_error_message=_("This measure has a target for that period already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}, {self.target_group}, {self.period}"

    @property
    def due_on(self) -> date:
        """The last day of its period."""
        return parse(self.period).ends_on


@pghistory.track()
class Action(models.Model):
    """What somebody does, and by when. Who is told by role and place, never by name."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="actions")
    what = models.CharField(_("what"), max_length=400)
    who = models.CharField(_("who, by role"), max_length=200)
    due_on = models.DateField(pgettext_lazy("a deadline", "by"))

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ["due_on", "pk"]
        triggers = [guarding.terms_stand_outside_a_draft()]

    def __str__(self) -> str:
        return self.what


class Wording(models.Model):
    """An agreement as it was put forward once. Never changed: it is what somebody has signed."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="wordings")
    number = models.PositiveSmallIntegerField(_("version"))
    kept: models.JSONField[dict[str, Any]] = models.JSONField(_("terms"))

    class Meta:
        verbose_name = _("wording of an agreement on improvement")
        verbose_name_plural = _("wordings of agreements on improvement")
        ordering = ["number"]
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete)]
        constraints = [
            models.UniqueConstraint(name="wording_once_a_number", fields=["agreement", "number"]),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}, {self.number}"

    @property
    def terms(self) -> Terms:
        return Terms.from_json(self.kept)

    @property
    def is_signed_by_both(self) -> bool:
        return len(self.signatures.all()) == len(Side)


class Side(models.TextChoices):
    AREA = By.OFFICER.value, _("the area office")
    JOBCENTRE = By.MANAGER.value, _("the jobcentre")


class Signature(models.Model):
    """That one side has signed a wording."""

    wording = models.ForeignKey(Wording, on_delete=models.CASCADE, related_name="signatures")
    side = models.CharField(_("side"), max_length=14, choices=Side)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("who"))
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["at", "pk"]
        triggers = [
            pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete),
            guarding.signed_by_its_side(),
        ]
        constraints = [
            models.UniqueConstraint(name="signature_once_a_side", fields=["wording", "side"]),
        ]

    def __str__(self) -> str:
        return f"{self.by}, {self.organisation}"


class Done(models.Model):
    """That an action of a signed agreement has been taken: said once, by either side, and never changed.

    It is known by its words, so that it stands when the agreement is changed around it.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="done")
    what = models.CharField(_("what"), max_length=400)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("who"))
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        verbose_name = _("action that is done")
        verbose_name_plural = _("actions that are done")
        ordering = ["at", "pk"]
        triggers = [
            pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete),
            guarding.agreed_by_both(),
        ]
        constraints = [
            models.UniqueConstraint(name="done_once", fields=["agreement", "what"]),
        ]

    def __str__(self) -> str:
        return self.what


class AssistanceState(models.TextChoices):
    OFFERED = "offered", _("offered")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
    FINISHED = "finished", _("finished")
    STOPPED = "stopped", _("stopped")


@pghistory.track()
class Assistance(Part):
    """Consultant assistance: an offer. Declining it needs a reason, which is never held against anybody.

    Source: lov 522/2005 § 8, subsection 4, as worded by lov 483/2009: help to analyse and assess results,
    organise work processes and handle the effort for particular target groups.
    """

    TRANSITIONS = transitions(Thing.ASSISTANCE)
    THING = Thing.ASSISTANCE
    State = AssistanceState

    intervention = models.ForeignKey(Intervention, on_delete=models.CASCADE, related_name="assistances")
    state = models.CharField(
        _("state"), max_length=10, choices=AssistanceState, default=AssistanceState.OFFERED
    )
    what = models.TextField(_("what the consultant helps with"), max_length=3000)
    hours_planned = models.PositiveSmallIntegerField(_("hours planned"))
    hours_used = models.PositiveSmallIntegerField(_("hours used"), null=True, blank=True)
    answer_by = models.DateField(_("answer by"))
    ends_on = models.DateField(_("report by"))
    report = models.TextField(_("report"), max_length=10000, blank=True)

    class Meta:
        verbose_name = _("consultant assistance")
        verbose_name_plural = _("consultant assistance")
        ordering = ["pk"]
        triggers = [only(transitions(Thing.ASSISTANCE)), guarding.told(Thing.ASSISTANCE)]
        constraints = [
            models.CheckConstraint(
                name="assistance_finished_has_hours_and_report",
                condition=~Q(state="finished") | Q(hours_used__isnull=False) & ~Q(report=""),
                violation_error_message=_("Finished assistance has its hours and a report."),
            ),
            models.CheckConstraint(
                name="assistance_report_after_the_answer",
                condition=Q(ends_on__gte=models.F("answer_by")),
                violation_error_message=_("The report comes after the answer."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.intervention}, {self.hours_planned}"

    @property
    def day(self) -> date:
        return self.answer_by


class FollowUpState(models.TextChoices):
    DUE = "due", _("to come")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")


@pghistory.track()
class FollowUp(Part):
    """A day on which the measure is held beside its target. `figures` is what was known then, frozen."""

    TRANSITIONS = transitions(Thing.FOLLOW_UP)
    THING = Thing.FOLLOW_UP
    State = FollowUpState

    intervention = models.ForeignKey(Intervention, on_delete=models.CASCADE, related_name="follow_ups")
    state = models.CharField(_("state"), max_length=10, choices=FollowUpState, default=FollowUpState.DUE)
    due_on = models.DateField(_("day"))
    what = models.CharField(_("what is looked at"), max_length=300)
    figures = models.JSONField(_("figures"), null=True, blank=True)

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["due_on", "pk"]
        triggers = [only(transitions(Thing.FOLLOW_UP)), guarding.told(Thing.FOLLOW_UP)]
        constraints = [
            models.CheckConstraint(
                name="followup_done_has_figures", condition=~Q(state="done") | Q(figures__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.intervention}, {self.due_on}"

    @property
    def day(self) -> date:
        return self.due_on


class Reply(models.Model):
    """What the jobcentre has to say, at any time: it stands in the case, and is never changed."""

    intervention = models.ForeignKey(Intervention, on_delete=models.CASCADE, related_name="replies")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("who"))
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("what the jobcentre says"), max_length=5000)
    at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        verbose_name = _("reply of a jobcentre")
        verbose_name_plural = _("replies of jobcentres")
        ordering = ["at", "pk"]
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.intervention_id}, {self.by}"


class Happened(Logged):
    """A step of an intervention or of one of its parts: the history of the whole case, line by line.

    `subject` is always the intervention; where a part took the step, it is named as well.
    """

    subject = models.ForeignKey(Intervention, on_delete=models.CASCADE, related_name="log")
    thing = models.CharField(_("what took the step"), max_length=12)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, null=True, related_name="log")
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, null=True, related_name="log")
    assistance = models.ForeignKey(Assistance, on_delete=models.CASCADE, null=True, related_name="log")
    follow_up = models.ForeignKey(FollowUp, on_delete=models.CASCADE, null=True, related_name="log")

    class Meta(Logged.Meta):
        abstract = False
        verbose_name = _("step of an intervention")
        verbose_name_plural = _("steps of interventions")
        triggers = [
            *Logged.Meta.triggers,
            guarding.known_steps_only(),
        ]
        constraints = [
            models.CheckConstraint(
                name="happened_is_of_the_thing_it_names",
                condition=Q(
                    thing="intervention", meeting=None, agreement=None, assistance=None, follow_up=None
                )
                | Q(
                    thing="meeting",
                    meeting__isnull=False,
                    agreement=None,
                    assistance=None,
                    follow_up=None,
                )
                | Q(
                    thing="agreement",
                    meeting=None,
                    agreement__isnull=False,
                    assistance=None,
                    follow_up=None,
                )
                | Q(
                    thing="assistance",
                    meeting=None,
                    agreement=None,
                    assistance__isnull=False,
                    follow_up=None,
                )
                | Q(
                    thing="follow_up",
                    meeting=None,
                    agreement=None,
                    assistance=None,
                    follow_up__isnull=False,
                ),
            ),
        ]

    def save(self, **options: Any) -> None:
        """Written through a part's own log, it finds the intervention by itself."""
        part = self.part
        self.thing = part.THING if part else Thing.INTERVENTION
        if part:
            self.subject_id = part.intervention_id
        super().save(**options)

    @property
    def part(self) -> Part | None:
        return self.meeting or self.agreement or self.assistance or self.follow_up

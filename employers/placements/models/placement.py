"""A placement's life: applied for, confirmed by the employees, decided, begun, ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core import signing
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.companies.models import Company, Person, Workplace
from employers.placements.models.law import Condition, Exemption, Group, Kind, RuleVersion, Sector
from employers.placements.references import new_citizen, new_reference, without_initials
from employers.vacancies.models import LabourConflict
from jobcenter.accounts.models import Organisation, User
from jobcenter.accounts.workflow import Logged, TransitionRefused, Workflow, only
from jobcenter.centres.models import Jobcentre
from jobcenter.classifications.models import Occupation
from jobcenter.pages.privacy import without_cpr

if TYPE_CHECKING:
    from employers.placements.conditions import Findings

EMPLOYER_LINK = signing.Signer(salt="placements.employer")
REPRESENTATIVE_LINK = signing.Signer(salt="placements.representative")

VITAS_REFERENCE = r"^[A-Z0-9][A-Z0-9-]{3,19}$"
"""4 to 20 letters, digits and hyphens. The system's own format has not been read in a source."""


class State(models.TextChoices):
    DRAFT = "draft", _("being filled in")
    APPLIED = "applied", _("applied for")
    GRANTED = "granted", _("granted")
    REFUSED = "refused", _("refused")
    ENDED = "ended", _("ended")
    WITHDRAWN = "withdrawn", _("withdrawn")


TRANSITIONS = {
    State.DRAFT: (State.APPLIED, State.WITHDRAWN),
    State.APPLIED: (State.DRAFT, State.GRANTED, State.REFUSED, State.WITHDRAWN),
    State.GRANTED: (State.ENDED, State.WITHDRAWN),
    State.REFUSED: (),
    State.ENDED: (),
    State.WITHDRAWN: (),
}

DECIDED = (State.GRANTED, State.REFUSED, State.ENDED)


class Answer(models.TextChoices):
    CONFIRMED = "confirmed", _("confirmed")
    OBJECTED = "objected", _("objection")


class Ending(models.TextChoices):
    AS_PLANNED = "as_planned", _("as planned")
    HIRED = "hired", _("hired before the time was over")
    EMPLOYER = "employer", _("stopped by the employer")
    CITIZEN = "citizen", _("stopped by the person")
    JOBCENTRE = "jobcentre", _("stopped by the jobcentre")
    CONFLICT = "conflict", _("stopped by a labour conflict")


class PlacementQuerySet(models.QuerySet["Placement"]):
    def visible_to(self, jobcentre: Jobcentre) -> Self:
        return self.filter(jobcentre=jobcentre)

    def holding_a_place(self, *, first: date, last: date) -> Self:
        """Granted, and running on some day from `first` to `last`, whichever jobcentre made them."""
        until = Q(ended_on=None, ends_on__gte=first) | Q(ended_on__gte=first)
        return self.filter(until, state__in=[State.GRANTED, State.ENDED], starts_on__lte=last)

    def running(self, *, on: date) -> Self:
        return self.filter(state=State.GRANTED, starts_on__lte=on, ends_on__gte=on)

    def waiting(self) -> Self:
        """Applied for, and not decided: the next to start first."""
        return self.filter(state=State.APPLIED).order_by("starts_on", "pk")

    def by_employers_link(self, token: str) -> Self:
        return self._behind(token, EMPLOYER_LINK)

    def by_representatives_link(self, token: str) -> Self:
        """Also tells which time the representative was asked: an older link leads nowhere."""
        return self._behind(token, REPRESENTATIVE_LINK, asked=True)

    def _behind(self, token: str, link: signing.Signer, *, asked: bool = False) -> Self:
        """The one a signed link leads to; none if the link was altered."""
        try:
            said = link.unsign_object(token)
        except signing.BadSignature:
            return self.none()
        return self.filter(pk=said[0], round=said[1]) if asked else self.filter(pk=said)


@pghistory.track()
class Placement(Workflow):
    """One person with a wage subsidy or in a work trial at one workplace.

    The person is a reference drawn by lot and a label of the work. VITAS, the national system, is where
    the agreement is kept; here stands its reference there.
    """

    TRANSITIONS = TRANSITIONS
    State = State
    Kind = Kind
    Sector = Sector
    Group = Group
    Answer = Answer
    Ending = Ending

    reference = models.CharField(
        _("reference"), max_length=8, unique=True, default=new_reference, editable=False
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, related_name="placements", verbose_name=_("company")
    )
    workplace = models.ForeignKey(
        Workplace, on_delete=models.PROTECT, related_name="placements", verbose_name=_("workplace")
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="placements", verbose_name=_("contact person")
    )
    jobcentre = models.ForeignKey(
        Jobcentre, on_delete=models.PROTECT, related_name="placements", verbose_name=_("jobcentre")
    )
    owner = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="placements", verbose_name=_("owner")
    )
    language = models.CharField(_("language"), max_length=2, default="da")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    typed: models.JSONField[dict[str, Any]] = models.JSONField(default=dict, blank=True, editable=False)

    citizen = models.CharField(_("person"), max_length=8, unique=True, default=new_citizen, editable=False)
    label = models.CharField(
        _("the work in a few words"), max_length=80, blank=True, validators=[without_cpr, without_initials]
    )
    tasks = models.TextField(_("tasks"), max_length=2000, blank=True, validators=[without_cpr])
    group = models.CharField(_("the person's benefit"), max_length=12, choices=Group, blank=True)
    sector = models.CharField(_("employer"), max_length=8, choices=Sector, blank=True)
    hours = models.DecimalField(_("hours a week"), max_digits=3, decimal_places=1, null=True, blank=True)
    occupation = models.ForeignKey(
        Occupation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="placements",
        verbose_name=_("occupation"),
    )
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    workplace_staff = ArrayField(
        models.DecimalField(max_digits=8, decimal_places=2),
        verbose_name=_("ordinary staff at the workplace, the latest month last"),
        default=list,
        blank=True,
    )
    company_last_month = models.DecimalField(
        _("ordinary staff in the company, last month"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    company_average = models.DecimalField(
        _("ordinary staff in the company, average"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    elsewhere = models.PositiveSmallIntegerField(_("others at the workplace, not known here"), default=0)
    is_new_post = models.BooleanField(_("replaces nobody"), default=False)
    was_warned = models.BooleanField(_("a condition was not met when applied for"), default=False)
    explanation = models.TextField(
        _("the employer's explanation"), max_length=2000, blank=True, validators=[without_cpr]
    )

    representative_name = models.CharField(_("employees' representative"), max_length=120, blank=True)
    representative_email = models.EmailField(_("the representative's e-mail"), blank=True)
    round = models.PositiveSmallIntegerField(_("times the representative was asked"), default=0)
    asked_at = models.DateTimeField(_("representative asked"), null=True, blank=True)
    answer = models.CharField(_("the representative's answer"), max_length=10, choices=Answer, blank=True)
    answer_text = models.TextField(_("the objection"), max_length=2000, blank=True, validators=[without_cpr])
    answered_at = models.DateTimeField(_("representative answered"), null=True, blank=True)

    vitas = models.CharField(_("reference in VITAS"), max_length=20, blank=True, validators=[without_cpr])
    rule = models.ForeignKey(
        RuleVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("rule")
    )
    ratio_met = models.BooleanField(_("ratio met"), null=True, blank=True)
    increase_met = models.BooleanField(_("net increase met"), null=True, blank=True)
    duration_met = models.BooleanField(_("short enough"), null=True, blank=True)
    ratio_exemption = models.ForeignKey(
        Exemption, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    increase_exemption = models.ForeignKey(
        Exemption, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    duration_exemption = models.ForeignKey(
        Exemption, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    representative_exemption = models.ForeignKey(
        Exemption, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_on_figures = models.TextField(_("the figures it was decided on"), blank=True)

    created_at = models.DateTimeField(_("begun"), default=timezone.now)
    applied_at = models.DateTimeField(_("applied for"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    ended_on = models.DateField(_("real last day"), null=True, blank=True)
    ending = models.CharField(_("how it ended"), max_length=12, choices=Ending, blank=True)

    conflict = models.ForeignKey(
        LabourConflict,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="placements",
        verbose_name=_("labour conflict"),
    )

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        ordering = ["starts_on", "pk"]
        indexes = [
            models.Index(
                name="placement_at_workplace",
                fields=["workplace", "starts_on", "ends_on"],
                condition=Q(state__in=["granted", "ended"]),
            ),
            models.Index(name="placement_waiting", fields=["starts_on"], condition=Q(state="applied")),
            models.Index(name="placement_list", fields=["jobcentre", "state", "starts_on"]),
        ]
        triggers = [only(TRANSITIONS)]
        constraints = [
            models.CheckConstraint(
                name="placement_ends_after_it_starts",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                name="placement_hours_1_to_48",
                condition=Q(hours=None) | Q(hours__range=(1, 48)),
                violation_error_message=_("Between 1 and 48 hours a week."),
            ),
            models.CheckConstraint(
                name="placement_applied_for_is_whole",
                condition=Q(state__in=["draft", "withdrawn"])
                | Q(
                    starts_on__isnull=False,
                    ends_on__isnull=False,
                    hours__isnull=False,
                    applied_at__isnull=False,
                    workplace_staff__len__gt=0,
                )
                & ~Q(sector="")
                & ~Q(label=""),
                violation_error_message=_("An application has dates, hours, staff and the work."),
            ),
            models.CheckConstraint(
                name="placement_warned_is_explained",
                condition=Q(state__in=["draft", "withdrawn"]) | Q(was_warned=False) | ~Q(explanation=""),
                violation_error_message=_("Explain why you apply although a condition is not met."),
            ),
            models.CheckConstraint(
                name="placement_answer_has_time_and_objection_a_text",
                condition=Q(answer="", answered_at=None, answer_text="")
                | Q(answer="confirmed", answered_at__isnull=False)
                | Q(answer="objected", answered_at__isnull=False) & ~Q(answer_text=""),
                violation_error_message=_("An answer has a time, and an objection has a text."),
            ),
            models.CheckConstraint(
                name="placement_decided_has_time",
                condition=~Q(state__in=["granted", "refused", "ended"]) | Q(decided_at__isnull=False),
                violation_error_message=_("A decision has a time."),
            ),
            models.CheckConstraint(
                name="placement_granted_meets_the_conditions",
                condition=~Q(state__in=["granted", "ended"])
                | (Q(ratio_met__isnull=False, ratio_met=True) | Q(ratio_exemption__isnull=False))
                & (Q(increase_met__isnull=False, increase_met=True) | Q(increase_exemption__isnull=False))
                & (Q(duration_met__isnull=False, duration_met=True) | Q(duration_exemption__isnull=False))
                & Q(rule__isnull=False)
                & ~Q(group="")
                & ~Q(decided_on_figures=""),
                violation_error_message=_(
                    "A placement is granted when the conditions are met, or an exemption is cited."
                ),
            ),
            models.CheckConstraint(
                name="placement_granted_is_confirmed_by_the_employees",
                condition=~Q(state__in=["granted", "ended"])
                | Q(answer="confirmed")
                | Q(representative_exemption__isnull=False),
                violation_error_message=_("The employees' representative has not confirmed it."),
            ),
            models.CheckConstraint(
                name="placement_granted_stands_in_vitas",
                condition=~Q(state__in=["granted", "ended"]) | Q(vitas__regex=VITAS_REFERENCE),
                violation_error_message=_("The reference in VITAS is 4 to 20 letters, digits and hyphens."),
            ),
            models.CheckConstraint(
                name="placement_ended_has_real_day_and_reason",
                condition=Q(state="ended", ended_on__isnull=False) & ~Q(ending="")
                | ~Q(state="ended") & Q(ended_on=None, ending=""),
                violation_error_message=_("An ended placement has a real last day and a reason."),
            ),
            models.CheckConstraint(
                name="placement_ended_within_its_time",
                condition=Q(ended_on=None) | Q(ended_on__gte=F("starts_on"), ended_on__lte=F("ends_on")),
                violation_error_message=_(
                    "The real last day lies between the first day and the agreed last."
                ),
            ),
            models.CheckConstraint(
                name="placement_stopped_by_a_conflict_names_it",
                condition=~Q(ending="conflict") | Q(conflict__isnull=False),
                violation_error_message=_("Say which labour conflict stopped it."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("placements:placement", args=[self.pk])

    @property
    def token(self) -> str:
        """What makes the employer's private page private. It does not run out."""
        return EMPLOYER_LINK.sign_object(self.pk)

    @property
    def link(self) -> str:
        """The path of the employer's page: the application, and then where it stands."""
        return reverse("placements:application", args=[self.token])

    @property
    def representatives_link(self) -> str:
        """The path of the representative's page; asking once more makes a new one."""
        token = REPRESENTATIVE_LINK.sign_object([self.pk, self.round])
        return reverse("placements:confirm", args=[token])

    @property
    def told_this_month(self) -> bool:
        """Whether its staff figures are still those of the latest whole months."""
        told = timezone.localdate(self.applied_at) if self.applied_at else None
        today = timezone.localdate()
        return told is not None and (told.year, told.month) == (today.year, today.month)

    @property
    def last_day(self) -> date | None:
        """The real one once it is over, else the agreed one."""
        return self.ended_on or self.ends_on

    def apply(self, *, by: User | None, organisation: Organisation | None, **said: Any) -> Placement:
        """Send the application; `by` None is the employer, by the signed link.

        Asks the representative anew: what was confirmed before was another application. Raises
        TransitionRefused when it was sent before, and without an explanation where one is due.
        """
        if said.get("was_warned") and not str(said.get("explanation", "")).strip():
            raise TransitionRefused(_("Explain why you apply although a condition is not met."))
        return self.move(
            State.APPLIED,
            by=by,
            organisation=organisation,
            typed={},
            applied_at=timezone.now(),
            **NOT_ANSWERED,
            **said,
        )

    def send_back(self, *, by: User, organisation: Organisation, reason: str) -> Placement:
        """Have the application put right. Raises TransitionRefused without a reason, or once decided."""
        _demand(reason, _("Write what is to be put right: the employer reads it."))
        return self.move(State.DRAFT, by=by, organisation=organisation, comment=reason.strip())

    def withdraw(self, *, by: User | None, organisation: Organisation | None, reason: str) -> Placement:
        """Give it up before it begins. Raises TransitionRefused once it has begun, or without a reason."""
        _demand(reason, _("Write why it is withdrawn."))
        if self.state == State.GRANTED and self.starts_on and self.starts_on <= timezone.localdate():
            raise TransitionRefused(_("It has begun: end it with its real last day."))
        return self.move(State.WITHDRAWN, by=by, organisation=organisation, comment=reason.strip())

    @transaction.atomic
    def ask_representative(self, *, name: str, email: str) -> Placement:
        """Ask, or ask once more or somebody else: links sent before lead nowhere from now on.

        Raises TransitionRefused unless it waits for a decision.
        """
        current = Placement.objects.select_for_update().get(pk=self.pk)
        if current.state != State.APPLIED:
            raise TransitionRefused(_("The representative is asked while the application waits."))
        self.representative_name, self.representative_email = name, email
        self.round, self.asked_at = current.round + 1, timezone.now()
        for field, value in NOT_ANSWERED.items():
            setattr(self, field, value)
        self.save(
            update_fields=["representative_name", "representative_email", "round", "asked_at", *NOT_ANSWERED]
        )
        return self

    @transaction.atomic
    def hear(self, answer: str, *, text: str = "") -> Placement:
        """Keep the representative's answer and log it; another answer may follow until the decision.

        Raises TransitionRefused once it is decided, when somebody was asked anew, and for an objection
        without a text.
        """
        if answer == Answer.OBJECTED:
            _demand(text, _("Write what you object to: the jobcentre reads it before it decides."))
        current = Placement.objects.select_for_update().get(pk=self.pk)
        if current.state != State.APPLIED or current.round != self.round:
            raise TransitionRefused(_("The application is no longer waiting for an answer."))
        self.answer, self.answered_at = Answer(answer), timezone.now()
        self.answer_text = text.strip() if answer == Answer.OBJECTED else ""
        self.save(update_fields=["answer", "answered_at", "answer_text"])
        self.note(self.answer_text, by=None, organisation=None, what=self.answer)
        return self

    def grant(
        self,
        findings: Findings,
        *,
        by: User,
        organisation: Organisation,
        reason: str,
        vitas: str,
        group: str,
        figures: str,
        exemptions: Mapping[Condition, Exemption] | None = None,
    ) -> Placement:
        """Grant it on these findings. `deciding.grant` looks, and locks the workplace, before it asks.

        Source: LAB § 77 and BEK 2636/2021 § 65. Raises TransitionRefused with what stands in the way.
        """
        cited = dict(exemptions or {})
        _demand(reason, _("Write the reason for the decision."))
        self._demand_conditions(findings, cited)
        unmet = findings.unmet()
        return self.move(
            State.GRANTED,
            by=by,
            organisation=organisation,
            comment=reason.strip(),
            rule=findings.rule,
            ratio_met=Condition.RATIO not in unmet,
            increase_met=Condition.INCREASE not in unmet,
            duration_met=Condition.DURATION not in unmet,
            ratio_exemption=cited.get(Condition.RATIO),
            increase_exemption=cited.get(Condition.INCREASE),
            duration_exemption=cited.get(Condition.DURATION),
            representative_exemption=cited.get(Condition.REPRESENTATIVE),
            vitas=vitas,
            group=group,
            decided_on_figures=figures,
            decided_at=timezone.now(),
        )

    def _demand_conditions(self, findings: Findings, cited: Mapping[Condition, Exemption]) -> None:
        for condition in findings.unmet():
            if condition not in cited:
                raise TransitionRefused(
                    _("“%(condition)s” is not met, and no exemption is cited."),
                    code=condition,
                    params={"condition": condition.label},
                )
        for condition, exemption in cited.items():
            if exemption.condition != condition:
                raise TransitionRefused(_("The exemption is not one from that condition."), code=condition)
        if self.answer != Answer.CONFIRMED and Condition.REPRESENTATIVE not in cited:
            raise TransitionRefused(
                _("The employees' representative objects.")
                if self.answer
                else _("The employees' representative has not confirmed it."),
                code=Condition.REPRESENTATIVE,
            )

    def refuse(self, *, by: User, organisation: Organisation, reason: str) -> Placement:
        """Say no. Raises TransitionRefused without a reason, or when it was decided before."""
        _demand(reason, _("Write the reason for the decision."))
        return self.move(
            State.REFUSED, by=by, organisation=organisation, comment=reason.strip(), decided_at=timezone.now()
        )

    @transaction.atomic
    def extend(
        self, findings: Findings, *, to: date, by: User, organisation: Organisation, reason: str
    ) -> Placement:
        """Let it last longer, on findings for the whole time. Raises TransitionRefused."""
        _demand(reason, _("Write why it is extended."))
        current = Placement.objects.select_for_update().get(pk=self.pk)
        if current.state != State.GRANTED or not current.ends_on:
            raise TransitionRefused(_("Only a granted placement that is not over can be extended."))
        if to <= current.ends_on:
            raise TransitionRefused(_("The new last day lies after the one agreed."), code="ends_on")
        for condition in findings.unmet():
            if condition != Condition.INCREASE and not getattr(current, f"{condition}_exemption_id"):
                raise TransitionRefused(
                    _("“%(condition)s” is not met, and no exemption is cited."),
                    code=condition,
                    params={"condition": condition.label},
                )
        before, self.ends_on = current.ends_on, to
        self.save(update_fields=["ends_on"])
        self.extensions.create(from_day=before, to_day=to)
        self.note(reason.strip(), by=by, organisation=organisation, what="extended")
        return self

    def end(
        self,
        *,
        on: date,
        ending: str,
        by: User | None,
        organisation: Organisation | None,
        reason: str = "",
        **changes: Any,
    ) -> Placement:
        """End it with its real last day; `by` None is the calendar. Raises TransitionRefused."""
        if ending != Ending.AS_PLANNED:
            _demand(reason, _("Write why it ends."))
        assert self.starts_on
        assert self.ends_on
        if not self.starts_on <= on <= self.ends_on:
            raise TransitionRefused(
                _("The real last day lies between the first day and the agreed last."), code="ended_on"
            )
        return self.move(
            State.ENDED,
            by=by,
            organisation=organisation,
            comment=reason.strip(),
            ended_on=on,
            ending=Ending(ending),
            **changes,
        )

    @transaction.atomic
    def mark(self, conflict: LabourConflict) -> Placement:
        """Mark that the person works where there is a labour conflict; once for each conflict."""
        if self.conflict_id != conflict.pk:
            self.conflict = conflict
            self.save(update_fields=["conflict"])
            self.note(conflict.source, by=None, organisation=None, what="conflict")
        return self

    def note(self, text: str, *, by: User | None, organisation: Organisation | None, what: str) -> None:
        """Log what happened without a change of state: a confirmation, an objection, an extension."""
        self.log.create(from_state=what, to_state=self.state, by=by, organisation=organisation, comment=text)


NOT_ANSWERED: dict[str, Any] = {"answer": "", "answer_text": "", "answered_at": None}


def _demand(text: str, otherwise: Any) -> None:
    if not text.strip():
        raise TransitionRefused(otherwise)


class PlacementLog(Logged):
    subject = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="log")

    class Meta(Logged.Meta):
        abstract = False
        verbose_name = _("step of a placement")
        verbose_name_plural = _("steps of placements")
        constraints = [
            models.CheckConstraint(
                name="placementlog_decision_by_a_person_with_a_reason",
                condition=~Q(from_state="applied", to_state__in=["granted", "refused"])
                | Q(by__isnull=False) & ~Q(comment=""),
                violation_error_message=_("A decision is made by a named person with a reason."),
            ),
        ]

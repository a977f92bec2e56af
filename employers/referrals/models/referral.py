"""A candidate put forward for a vacancy: accepted by their jobcentre, answered by the employer."""

from __future__ import annotations

from datetime import date
from typing import Self

import pghistory
from django.core import signing
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.companies.models import Company, Person
from employers.referrals.models.candidate import Candidate
from employers.vacancies.models import Vacancy
from jobcenter.accounts.models import User
from jobcenter.accounts.workflow import Logged, Workflow, only
from jobcenter.centres.models import Jobcentre
from jobcenter.pages.privacy import without_cpr

EMPLOYER_LINK = signing.Signer(salt="referrals.employer")


class State(models.TextChoices):
    PROPOSED = "proposed", _("waits for the candidate's jobcentre")
    SENT = "sent", _("waits for the employer")
    INTERVIEW = "interview", _("called to an interview")
    HIRED = "hired", _("hired")
    NOT_SUITABLE = "not_suitable", _("not suitable")
    DID_NOT_COME = "did_not_come", _("did not come, says the employer")
    DECLINED = "declined", _("declined by the candidate's jobcentre")
    OBSOLETE = "obsolete", _("obsolete")


TRANSITIONS = {
    State.PROPOSED: (State.SENT, State.DECLINED, State.OBSOLETE),
    State.SENT: (
        State.INTERVIEW,
        State.HIRED,
        State.NOT_SUITABLE,
        State.DID_NOT_COME,
        State.OBSOLETE,
    ),
    State.INTERVIEW: (State.HIRED, State.NOT_SUITABLE, State.DID_NOT_COME, State.OBSOLETE),
    State.HIRED: (),
    State.NOT_SUITABLE: (),
    State.DID_NOT_COME: (),
    State.DECLINED: (),
    State.OBSOLETE: (),
}

OPEN = (State.PROPOSED, State.SENT, State.INTERVIEW)
WITH_EMPLOYER = (State.SENT, State.INTERVIEW)
"""The states in which the employer may answer."""

ANSWERS = (State.INTERVIEW, State.HIRED, State.NOT_SUITABLE, State.DID_NOT_COME)
"""What an employer may answer."""

JUDGED = (State.NOT_SUITABLE, State.DID_NOT_COME)
"""Answers that judge somebody."""


class NotSuitable(models.TextChoices):
    """Why a candidate is not suitable. A closed list without free text: none is, or stands for, a protected
    ground (race, colour, religion or belief, political opinion, sexual orientation, age, disability,
    national, social or ethnic origin; and sex, pregnancy and leave)."""

    EXPERIENCE = "experience", _("lacks experience with the tasks")
    CERTIFICATE = "certificate", _("lacks a certificate or licence that the job demands")
    EDUCATION = "education", _("lacks the education that the job demands")
    HOURS = "hours", _("the hours do not fit")
    START = "start", _("cannot begin when we need it")
    WAGE = "wage", _("we could not agree on the wage")
    OTHER_CHOSEN = "other_chosen", _("we chose another who fits the tasks better")


class WhyObsolete(models.TextChoices):
    """Why a referral ended without an answer."""

    OTHER_HIRED = "other_hired", _("the last position was filled by somebody else")
    HIRED_ELSEWHERE = "hired_elsewhere", _("the candidate was hired somewhere else")
    CANDIDATE_WITHDRAWN = "withdrawn", _("the candidate is no longer available")
    VACANCY_CLOSED = "vacancy_closed", _("the vacancy was closed")
    DEADLINE = "deadline", _("nobody answered before the deadline")
    CONFLICT = "conflict", _("a labour conflict covers the work")


class ReferralQuerySet(models.QuerySet["Referral"]):
    def visible_to(self, jobcentre: Jobcentre) -> Self:
        """Those the citizen's jobcentre owns, and those to vacancies the jobcentre is responsible for."""
        return self.filter(Q(candidates_jobcentre=jobcentre) | Q(vacancys_jobcentre=jobcentre))

    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def ended(self) -> Self:
        return self.exclude(state__in=OPEN)

    def readable_to(self, jobcentre: Jobcentre) -> Self:
        """Those whose candidate the jobcentre may know by its reference (`is_hidden`)."""
        is_shown = Q(candidate__shown_since__lte=timezone.localdate())
        is_gone = Q(candidate__state=Candidate.State.WITHDRAWN)
        return self.filter(Q(candidates_jobcentre=jobcentre) | is_shown & ~is_gone)

    def mentioning(self, words: str, *, reader: Jobcentre) -> Self:
        """Those whose reference, vacancy or company has the words; a hidden reference finds nothing."""
        if not words:
            return self
        readable = self.readable_to(reader).filter(candidate__reference__icontains=words)
        return self.filter(
            Q(pk__in=readable.values("pk"))
            | Q(vacancy__title__icontains=words)
            | Q(vacancy__company__name__icontains=words)
        )

    def to_decide(self, jobcentre: Jobcentre) -> Self:
        """The owning jobcentre's queue: the one with the nearest deadline first."""
        return self.filter(candidates_jobcentre=jobcentre, state=State.PROPOSED).order_by("deadline", "pk")

    def shown_to_employer(self, company: Company) -> Self:
        """What the employer sees: those that came to them."""
        return self.filter(vacancy__company=company).exclude(sent_at=None)

    def to_answer(self) -> Self:
        """Those the employer may answer now: the ones not yet called to an interview first."""
        shown = Candidate.objects.shown_outside(on=timezone.localdate())
        return self.filter(state__in=WITH_EMPLOYER, candidate__in=shown).order_by("-state", "deadline", "pk")

    def in_vain(self, *, on: date) -> Self:
        """Open ones that cannot lead to anything any more."""
        covered = Vacancy.objects.in_conflict(on=on).filter(pk=OuterRef("vacancy"))
        return self.open().filter(
            Q(deadline__lt=on, state__in=[State.PROPOSED, State.SENT])
            | Q(vacancy__state=Vacancy.State.CLOSED)
            | ~Q(candidate__state=Candidate.State.ACTIVE)
            | Q(candidate__shown_since=None)
            | Exists(covered)
        )

    def by_link(self, token: str) -> Self:
        """The one a signed link leads to; none if the link was altered."""
        try:
            return self.filter(pk=EMPLOYER_LINK.unsign_object(token)).exclude(sent_at=None)
        except signing.BadSignature:
            return self.none()


@pghistory.track()
class Referral(Workflow):
    """One candidate put forward for one vacancy.

    The two jobcentres are kept as they were then, for the shared credit. "Did not come" is the employer's
    statement: others than the candidate's jobcentre see only that it ended (`state_shown_to`), as they do
    when the candidate was not suitable, so that nothing can be inferred; and matching has no field for it.
    """

    TRANSITIONS = TRANSITIONS
    State = State
    NotSuitable = NotSuitable

    vacancy = models.ForeignKey(
        Vacancy, on_delete=models.PROTECT, related_name="referrals", verbose_name=_("vacancy")
    )
    candidate = models.ForeignKey(
        Candidate, on_delete=models.PROTECT, related_name="referrals", verbose_name=_("candidate")
    )
    candidates_jobcentre = models.ForeignKey(
        Jobcentre, on_delete=models.PROTECT, related_name="+", verbose_name=_("the candidate's jobcentre")
    )
    vacancys_jobcentre = models.ForeignKey(
        Jobcentre, on_delete=models.PROTECT, related_name="+", verbose_name=_("the vacancy's jobcentre")
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="referrals", verbose_name=_("who answers")
    )
    referred_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="referrals", verbose_name=_("referred by")
    )
    state = models.CharField(_("state"), max_length=14, choices=State, default=State.PROPOSED)
    deadline = models.DateField(_("answer by"))
    reason = models.CharField(_("why not suitable"), max_length=14, choices=NotSuitable, blank=True)
    why_obsolete = models.CharField(_("why obsolete"), max_length=16, choices=WhyObsolete, blank=True)
    created_on = models.DateField(_("referred"), default=timezone.localdate)
    created_at = models.DateTimeField(_("referred at"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent to the employer"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("referral")
        verbose_name_plural = _("referrals")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                name="referral_open", fields=["deadline"], condition=Q(state__in=["proposed", "sent"])
            ),
            models.Index(name="referral_queue", fields=["candidates_jobcentre", "state", "deadline"]),
        ]
        triggers = [only(TRANSITIONS)]
        constraints = [
            models.UniqueConstraint(
                name="referral_one_open_of_a_candidate_to_a_vacancy",
                fields=["vacancy", "candidate"],
                condition=Q(state__in=["proposed", "sent", "interview"]),
                violation_error_message=_("The candidate is already put forward for this vacancy."),
            ),
            models.UniqueConstraint(
                name="referral_a_candidate_is_hired_once",
                fields=["candidate"],
                condition=Q(state="hired"),
                violation_error_message=_("The candidate is already hired."),
            ),
            models.CheckConstraint(
                name="referral_deadline_not_before_it_was_made",
                condition=Q(deadline__gte=F("created_on")),
                violation_error_message=_("The deadline cannot lie in the past."),
            ),
            models.CheckConstraint(
                name="referral_with_the_employer_was_sent",
                condition=~Q(state__in=["sent", "interview", "hired", "not_suitable", "did_not_come"])
                | Q(sent_at__isnull=False),
                violation_error_message=_("What the employer answers was sent to the employer."),
            ),
            models.CheckConstraint(
                name="referral_not_suitable_has_a_reason",
                condition=Q(state="not_suitable") & ~Q(reason="") | ~Q(state="not_suitable") & Q(reason=""),
                violation_error_message=_("Choose why the candidate is not suitable."),
            ),
            models.CheckConstraint(
                name="referral_obsolete_says_why",
                condition=Q(state="obsolete") & ~Q(why_obsolete="")
                | ~Q(state="obsolete") & Q(why_obsolete=""),
                violation_error_message=_("What became obsolete says why."),
            ),
            models.CheckConstraint(
                name="referral_ended_has_time",
                condition=Q(state__in=["proposed", "sent", "interview"], ended_at=None)
                | ~Q(state__in=["proposed", "sent", "interview"]) & Q(ended_at__isnull=False),
                violation_error_message=_("A referral that has ended has the time of it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidate} → {self.vacancy}"

    @property
    def token(self) -> str:
        return EMPLOYER_LINK.sign_object(self.pk)

    @property
    def link(self) -> str:
        """The employer's own page of it."""
        return reverse("referrals:employer", args=[self.token])

    @property
    def crosses_a_border(self) -> bool:
        return self.candidates_jobcentre_id != self.vacancys_jobcentre_id

    @property
    def is_hidden(self) -> bool:
        """Whether employer and other jobcentres see nothing of the candidate any more."""
        return self.candidate.is_hidden(on=timezone.localdate())

    @property
    def is_open_to_employer(self) -> bool:
        """Whether the employer may see what the candidate offers, and answer."""
        is_shown = self.candidate.is_shown_outside(on=timezone.localdate())
        return self.state in WITH_EMPLOYER and is_shown

    def is_readable_by(self, jobcentre: Jobcentre) -> bool:
        """Whether the jobcentre may read which candidate it is."""
        return jobcentre.pk == self.candidates_jobcentre_id or not self.is_hidden

    def reference_shown_to(self, jobcentre: Jobcentre) -> str:
        """The candidate's reference, or that it is no longer shown."""
        return self.candidate.reference if self.is_readable_by(jobcentre) else str(_("No longer shown"))

    def state_shown_to(self, jobcentre: Jobcentre) -> str:
        """The state in words. How the employer judged somebody is for the citizen's jobcentre alone."""
        if self.state in JUDGED and jobcentre.pk != self.candidates_jobcentre_id:
            return str(_("ended without a hire"))
        return str(State(self.state).label)

    def reason_shown_to(self, jobcentre: Jobcentre) -> str:
        """Why it ended so, in words; empty where there is no reason, or it is not for the jobcentre."""
        if self.why_obsolete:
            return str(WhyObsolete(self.why_obsolete).label)
        is_for_them = jobcentre.pk == self.candidates_jobcentre_id
        return str(NotSuitable(self.reason).label) if self.reason and is_for_them else ""


class CitizensAnswer(models.Model):
    """What the citizen's jobcentre answers to "did not come". Only it sees this; nothing counts it."""

    referral = models.OneToOneField(Referral, on_delete=models.CASCADE, related_name="citizens_answer")
    text = models.TextField(_("answer"), max_length=1000, validators=[without_cpr])
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("answer to “did not come”")
        verbose_name_plural = _("answers to “did not come”")
        constraints = [
            models.CheckConstraint(
                name="citizensanswer_is_not_empty",
                condition=~Q(text=""),
                violation_error_message=_("Write the answer."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.referral}"


class ReferralLog(Logged):
    subject = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="log")

    class Meta(Logged.Meta):
        abstract = False
        verbose_name = _("step of a referral")
        verbose_name_plural = _("steps of referrals")
        constraints = [
            models.CheckConstraint(
                name="referrallog_declined_by_a_person_with_a_reason",
                condition=~Q(to_state="declined") | Q(by__isnull=False) & ~Q(comment=""),
                violation_error_message=_("A referral is declined by a named person with a reason."),
            ),
        ]

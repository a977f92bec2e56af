"""A candidate: a reference, and as little as a vacancy can be matched by."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.referrals.references import new_candidate
from jobcenter.accounts.models import Organisation, User
from jobcenter.accounts.workflow import Logged, TransitionRefused, Workflow, only
from jobcenter.centres.models import Jobcentre
from jobcenter.centres.sharing import shared_candidates
from jobcenter.classifications.models import Industry, Occupation
from jobcenter.geography.models import Municipality


class Skill(models.TextChoices):
    """The keys are those of `skills.WORDS`, which says why the list is closed."""

    LICENCE_B = "licence_b", _("driving licence for a car")
    LICENCE_C = "licence_c", _("driving licence for a lorry")
    FORKLIFT = "forklift", _("fork-lift certificate")
    CRANE = "crane", _("crane certificate")
    WELDING = "welding", _("welding")
    HOT_WORK = "hot_work", _("hot work certificate")
    SCAFFOLDING = "scaffolding", _("scaffolding certificate")
    MACHINES = "machines", _("operating machines")
    HYGIENE = "hygiene", _("food hygiene certificate")
    COOKING = "cooking", _("cooking")
    CLEANING = "cleaning", _("cleaning")
    CARE = "care", _("care work")
    CHILDREN = "children", _("work with children")
    TILL = "till", _("serving at the till")
    CUSTOMERS = "customers", _("customer service")
    SPREADSHEETS = "spreadsheets", _("spreadsheets")
    BOOKKEEPING = "bookkeeping", _("bookkeeping")
    PROGRAMMING = "programming", _("programming")
    FIRST_AID = "first_aid", _("first aid")


class Basis(models.TextChoices):
    """Why a candidate may be shown to other jobcentres and to employers (GDPR, article 6(1))."""

    CONSENT = "consent", _("the person has agreed to it, article 6(1)(a)")
    AUTHORITY = "authority", _("part of the jobcentre's task as an authority, article 6(1)(e)")


class CandidateState(models.TextChoices):
    ACTIVE = "active", _("active")
    HIRED = "hired", _("hired")
    WITHDRAWN = "withdrawn", _("withdrawn")


CANDIDATE_TRANSITIONS = {
    CandidateState.ACTIVE: (CandidateState.HIRED, CandidateState.WITHDRAWN),
    CandidateState.HIRED: (),
    CandidateState.WITHDRAWN: (),
}


class CandidateQuerySet(models.QuerySet["Candidate"]):
    def visible_to(self, jobcentre: Jobcentre) -> Self:
        """A jobcentre's own. Others see only those offered to a vacancy they work on: `offered_to`."""
        return self.filter(jobcentre=jobcentre)

    def active(self) -> Self:
        return self.filter(state=CandidateState.ACTIVE)

    def shown_outside(self, *, on: date) -> Self:
        """Those with a legal basis for being shown outside their own jobcentre on the day."""
        return self.active().exclude(basis="").filter(shown_since__lte=on)

    def offered_to(
        self,
        *,
        jobcentre: Jobcentre,
        responsible: Jobcentre,
        on: date,
        industry: Industry | None = None,
    ) -> Self:
        """Those a jobcentre may put forward for a vacancy: its own, and for its own vacancies also others'.

        jobcentre: who asks. responsible: the one that works on the vacancy. industry: of the company that has
        it. Others' are those of the labour catchment, and of partners that share candidates by an agreement,
        that may be shown outside.
        """
        own = Q(jobcentre=jobcentre)
        if jobcentre.pk != responsible.pk:
            return self.active().filter(own)
        sharing = Jobcentre.objects.sharing_labour_with(jobcentre, on=on)
        near = Q(jobcentre__in=sharing) | shared_candidates(jobcentre=jobcentre, industry=industry, on=on)
        outside = Q(pk__in=Candidate.objects.shown_outside(on=on)) & near
        return self.active().filter(own | outside)


@pghistory.track()
class Candidate(Workflow):
    """Somebody who seeks work, as a reference drawn by lot. No name, no CPR number, nothing of health.

    Everything is chosen from lists or a number, so nothing can be written about the person.
    """

    TRANSITIONS = CANDIDATE_TRANSITIONS
    State = CandidateState
    Skill = Skill
    Basis = Basis

    reference = models.CharField(
        _("reference"), max_length=8, unique=True, default=new_candidate, editable=False
    )
    jobcentre = models.ForeignKey(
        Jobcentre, on_delete=models.PROTECT, related_name="candidates", verbose_name=_("jobcentre")
    )
    owner = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="candidates", verbose_name=_("owner")
    )
    occupation = models.ForeignKey(
        Occupation, on_delete=models.PROTECT, related_name="candidates", verbose_name=_("occupation")
    )
    skills = ArrayField(
        models.CharField(max_length=12, choices=Skill), verbose_name=_("skills"), default=list, blank=True
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="candidates", verbose_name=_("lives in")
    )
    reach_km = models.PositiveSmallIntegerField(_("travels up to (km)"), default=30)
    fewest_hours = models.DecimalField(_("fewest hours a week"), max_digits=3, decimal_places=1)
    most_hours = models.DecimalField(_("most hours a week"), max_digits=3, decimal_places=1)
    from_day = models.DateField(_("can begin from"))
    basis = models.CharField(_("basis for showing it outside"), max_length=10, choices=Basis, blank=True)
    shown_since = models.DateField(_("shown outside since"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=CandidateState, default=CandidateState.ACTIVE)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                name="candidate_active", fields=["jobcentre", "occupation"], condition=Q(state="active")
            ),
        ]
        triggers = [only(CANDIDATE_TRANSITIONS)]
        constraints = [
            models.CheckConstraint(
                name="candidate_hours_1_to_48",
                condition=Q(fewest_hours__range=(1, 48), most_hours__range=(1, 48)),
                violation_error_message=_("Between 1 and 48 hours a week."),
            ),
            models.CheckConstraint(
                name="candidate_fewest_hours_first",
                condition=Q(fewest_hours__lte=F("most_hours")),
                violation_error_message=_("The fewest hours cannot be more than the most."),
            ),
            models.CheckConstraint(
                name="candidate_reach_5_to_200_km",
                condition=Q(reach_km__range=(5, 200)),
                violation_error_message=_("Between 5 and 200 kilometres."),
            ),
            models.CheckConstraint(
                name="candidate_shown_outside_on_a_basis_since_a_day",
                condition=Q(basis="", shown_since=None) | ~Q(basis="") & Q(shown_since__isnull=False),
                violation_error_message=_("Whoever is shown outside is shown on a basis, since a day."),
            ),
            models.CheckConstraint(
                name="candidate_skills_of_the_list",
                condition=Q(skills__contained_by=list(Skill.values)),
                violation_error_message=_("Choose skills from the list."),
            ),
            models.CheckConstraint(
                name="candidate_ended_has_time",
                condition=Q(state="active", ended_at=None) | ~Q(state="active") & Q(ended_at__isnull=False),
                violation_error_message=_("A candidate that has ended has the time of it."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("referrals:candidate", args=[self.pk])

    @property
    def skill_names(self) -> list[str]:
        return [str(Skill(skill).label) for skill in self.skills]

    def is_shown_outside(self, *, on: date) -> bool:
        is_active = self.state == CandidateState.ACTIVE
        return is_active and self.shown_since is not None and self.shown_since <= on

    def is_hidden(self, *, on: date) -> bool:
        """Whether others than its jobcentre see nothing of it any more, not even the reference."""
        is_gone = self.state == CandidateState.WITHDRAWN
        return is_gone or self.shown_since is None or self.shown_since > on

    @transaction.atomic
    def change(self, values: dict[str, Any], *, seen: int, by: User, organisation: Organisation) -> Candidate:
        """Keep what is said now. seen: the version the form was opened with.

        Raises TransitionRefused when somebody else has saved since, or it has ended.
        """
        now = Candidate.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if now.version != seen or now.state != CandidateState.ACTIVE:
            raise TransitionRefused(
                _("Somebody else has changed this meanwhile. Nothing of yours is saved yet."),
                code="changed_meanwhile",
            )
        for name, value in values.items():
            setattr(now, name, value)
        now.version = seen + 1
        now.save()
        now.log.create(from_state=now.state, to_state=now.state, by=by, organisation=organisation)
        return now


class CandidateLog(Logged):
    subject = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="log")

    class Meta(Logged.Meta):
        abstract = False
        verbose_name = _("step of a candidate")
        verbose_name_plural = _("steps of candidates")

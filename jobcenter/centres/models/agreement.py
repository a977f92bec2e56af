"""Agreements between jobcentres to help each other. Who is responsible for a company never moves by one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Self

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import User
from jobcenter.accounts.workflow import Logged, Workflow, only
from jobcenter.centres.models.jobcentre import Jobcentre, JobcentreQuerySet
from jobcenter.centres.models.staffing import with_those_above
from jobcenter.centres.terms import Terms
from jobcenter.classifications.models import Industry, Occupation
from jobcenter.geography.models import Dated, DatedQuerySet
from jobcenter.runtime.days import midnight

INDUSTRY_LEVELS = 5
"""From a section down to a subclass."""


class Shared(models.TextChoices):
    """What the partners let each other see beyond what they share anyway."""

    QUEUE = "queue", _("the queue of enquiries")
    HOLDS = "holds", _("holds on companies")
    CANDIDATES = "candidates", _("candidates who may be shown outside")


class AgreementState(models.TextChoices):
    DRAFT = "draft", _("waits to be accepted")
    REFUSED = "refused", _("refused")
    ACCEPTED = "accepted", _("accepted by all")
    ENDED = "ended", _("ended")
    WITHDRAWN = "withdrawn", _("withdrawn")


AGREEMENT_TRANSITIONS = {
    AgreementState.DRAFT: (AgreementState.ACCEPTED, AgreementState.REFUSED, AgreementState.WITHDRAWN),
    AgreementState.REFUSED: (AgreementState.DRAFT, AgreementState.WITHDRAWN),
    AgreementState.ACCEPTED: (AgreementState.ENDED, AgreementState.WITHDRAWN),
    AgreementState.ENDED: (),
    AgreementState.WITHDRAWN: (),
}
"""An accepted one that is ended before its first day is withdrawn: it never was in force."""

BINDING = (AgreementState.ACCEPTED, AgreementState.ENDED)
"""In force within its dates: an ended one until its notice is over."""

ALL_HAVE_ACCEPTED = """
    IF EXISTS (
        SELECT 1 FROM centres_partner partner
        WHERE partner.agreement_id = NEW.id AND NOT EXISTS (
            SELECT 1 FROM centres_acceptance acceptance
            JOIN centres_wording wording ON wording.id = acceptance.wording_id
            WHERE wording.agreement_id = NEW.id AND wording.number = NEW.version
                AND acceptance.jobcentre_id = partner.jobcentre_id
        )
    ) THEN
        RAISE EXCEPTION 'a partner has not accepted this wording' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class AgreementQuerySet(DatedQuerySet["Agreement"]):
    def of(self, jobcentre: Jobcentre) -> Self:
        """Those a jobcentre is a partner in, in force or not."""
        return self.filter(partners__jobcentre=jobcentre)

    def of_all(self, *jobcentres: Jobcentre) -> Self:
        """Those in which every one of them is a partner."""
        found = self
        for jobcentre in jobcentres:
            found = found.of(jobcentre)
        return found

    def in_force(self, on: date) -> Self:
        """Those every partner has accepted, from their first day until they run out or the notice is over."""
        tomorrow = midnight(on + timedelta(days=1))
        return self.valid(on).filter(state__in=BINDING, accepted_at__lt=tomorrow)

    def sharing(self, what: str) -> Self:
        return self.filter(shared__contains=[what])

    def with_what_was_accepted_by(self, jobcentre: Jobcentre) -> Self:
        """`is_accepted_by_us`: whether the jobcentre has accepted the wording there is now."""
        newest = Acceptance.objects.filter(
            jobcentre=jobcentre, wording__agreement=OuterRef("pk"), wording__number=OuterRef("version")
        )
        return self.annotate(is_accepted_by_us=Exists(newest))

    def over(self, on: date) -> Self:
        """What is behind them: run out, ended, or withdrawn before it began."""
        return self.filter(Q(state=AgreementState.WITHDRAWN) | Q(state__in=BINDING, valid_to__lte=on))

    def with_scope(self) -> Self:
        return self.prefetch_related("partners__jobcentre", "industries", "occupations")


@pghistory.track()
class Agreement(Dated, Workflow):
    """That some jobcentres help each other with employers' enquiries, for a purpose and in a period.

    Drafted by one, in force when every partner has accepted the same wording, ended by any. `version` is the
    number of the wording there is now: a change makes a new one, which nobody but the drafter has accepted.

    Source: answer 88 to L 22 (2005): jobcentres may cooperate across municipal borders, and each keeps the
    responsibility for its own employers.
    """

    TRANSITIONS = AGREEMENT_TRANSITIONS
    State = AgreementState
    Shared = Shared

    name = models.CharField(_("name"), max_length=120)
    purpose = models.TextField(_("purpose"), max_length=2000)
    drafted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("drafted by")
    )
    drafter = models.ForeignKey(
        Jobcentre, on_delete=models.PROTECT, related_name="+", verbose_name=_("drafted by the jobcentre")
    )
    industries: models.ManyToManyField[Industry, models.Model] = models.ManyToManyField(
        Industry, related_name="+", blank=True, verbose_name=_("industries")
    )
    occupations: models.ManyToManyField[Occupation, models.Model] = models.ManyToManyField(
        Occupation, related_name="+", blank=True, verbose_name=_("occupations")
    )
    shared: ArrayField[list[str], list[str]] = ArrayField(
        models.CharField(max_length=10, choices=Shared), verbose_name=_("shared"), default=list, blank=True
    )
    answer_hours = models.PositiveSmallIntegerField(_("answers within (working hours)"), default=8)
    notice_days = models.PositiveSmallIntegerField(_("notice (days)"), default=30)
    state = models.CharField(_("state"), max_length=10, choices=AgreementState, default=AgreementState.DRAFT)
    version = models.PositiveIntegerField(_("version"), default=1)
    accepted_at = models.DateTimeField(_("accepted by all"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("cooperation agreement")
        verbose_name_plural = _("cooperation agreements")
        ordering = ["-valid_from", "name", "pk"]
        triggers = [
            only(AGREEMENT_TRANSITIONS),
            pgtrigger.Trigger(
                name="in_force_when_all_have_accepted",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("state"),
                condition=pgtrigger.Q(new__state="accepted") & ~pgtrigger.Q(old__state="accepted"),
                func=ALL_HAVE_ACCEPTED,
            ),
            pgtrigger.Protect(
                name="what_was_accepted_stands",
                operation=pgtrigger.UpdateOf(
                    "name", "purpose", "shared", "answer_hours", "notice_days", "valid_from", "version"
                ),
                condition=pgtrigger.Q(old__state="accepted") | pgtrigger.Q(old__state="ended"),
            ),
        ]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="agreement_shares_what_is_on_the_list",
                condition=Q(shared__contained_by=list(Shared.values)),
            ),
            models.CheckConstraint(
                name="agreement_answers_within_80_hours",
                condition=Q(answer_hours__range=(1, 80)),
                violation_error_message=_("An answer is promised within 1 to 80 working hours."),
            ),
            models.CheckConstraint(
                name="agreement_notice_1_to_365_days",
                condition=Q(notice_days__range=(1, 365)),
                violation_error_message=_("The notice is between 1 and 365 days."),
            ),
            models.CheckConstraint(
                name="agreement_in_force_has_been_accepted",
                condition=Q(state__in=["accepted", "ended"], accepted_at__isnull=False)
                | Q(state__in=["draft", "refused"], accepted_at=None)
                | Q(state="withdrawn"),
            ),
            models.CheckConstraint(
                name="agreement_ended_has_a_time_and_a_last_day",
                condition=Q(state="ended", ended_at__isnull=False, valid_to__isnull=False)
                | Q(state="withdrawn", ended_at__isnull=False)
                | ~Q(state__in=["ended", "withdrawn"]) & Q(ended_at=None),
            ),
            models.CheckConstraint(name="agreement_says_its_purpose", condition=~Q(purpose="")),
            models.CheckConstraint(name="agreement_version_from_1", condition=Q(version__gte=1)),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("desk:agreement", args=[self.pk])

    def jobcentres(self, *, on: date) -> JobcentreQuerySet:
        """The partners that are open on the date."""
        return Jobcentre.objects.valid(on).filter(partnerships__agreement=self)

    def sorted_partners(self) -> list[Partner]:
        """The partners by the jobcentres' names; asks nothing where they are prefetched."""
        return sorted(self.partners.all(), key=lambda one: one.jobcentre.sort_key)

    @property
    def is_to_come(self) -> bool:
        return self.valid_from > timezone.localdate()

    @property
    def is_over(self) -> bool:
        return self.valid_to is not None and self.valid_to <= timezone.localdate()

    @property
    def terms(self) -> Terms:
        """The wording there is now."""
        partners = self.sorted_partners()
        return Terms(
            name=self.name,
            purpose=self.purpose,
            partners=tuple(one.jobcentre.name for one in partners),
            lead_office=next((one.jobcentre.name for one in partners if one.is_lead), ""),
            valid_from=self.valid_from.isoformat(),
            valid_to=self.valid_to.isoformat() if self.valid_to else "",
            industries=tuple(sorted(one.title_da for one in self.industries.all())),
            occupations=tuple(sorted(one.title_da for one in self.occupations.all())),
            shared=tuple(code for code in Shared.values if code in self.shared),
            answer_hours=self.answer_hours,
            notice_days=self.notice_days,
        )

    def is_about(self, industry: Industry | None) -> bool:
        """Whether an industry lies within it. One that is not known lies within an agreement about all."""
        industries = {one.pk for one in self.industries.all()}
        return not industries or bool(industries & {one.pk for one in with_those_above(industry)})

    def covers(self, *, industry: str = "", occupation: str = "") -> Q:
        """Which rows it is about. industry, occupation: the way from a row to them; "" where it has none.

        What a row does not have, it is not judged by. Where it should have it and does not, it is left out of
        an agreement about some.
        """
        found = Q()
        industries = [one.pk for one in self.industries.all()]
        if industry and industries:
            found &= _any(
                Q(**{f"{industry}{'__parent' * above}__in": industries}) for above in range(INDUSTRY_LEVELS)
            )
        codes = [one.code for one in self.occupations.all()]
        if occupation and codes:
            found &= _any(Q(**{f"{occupation}__code__startswith": code}) for code in codes)
        return found


def _any(conditions: Any) -> Q:
    found = Q()
    for condition in conditions:
        found |= condition
    return found


@pghistory.track()
class Partner(models.Model):
    """A jobcentre in an agreement. The lead office calls the partners together and answers for the text."""

    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="partners", verbose_name=_("agreement")
    )
    jobcentre = models.ForeignKey(
        Jobcentre, on_delete=models.PROTECT, related_name="partnerships", verbose_name=_("jobcentre")
    )
    is_lead = models.BooleanField(_("lead office"), default=False)

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        constraints = [
            models.UniqueConstraint(
                name="partner_once_in_an_agreement",
                fields=["agreement", "jobcentre"],
                violation_error_message=_("This jobcentre is a partner already."),
            ),
            models.UniqueConstraint(
                name="partner_one_leads_an_agreement", fields=["agreement"], condition=Q(is_lead=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement}: {self.jobcentre}"


class Wording(models.Model):
    """An agreement as it was put forward once. Never changed: it is what somebody has accepted."""

    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="wordings", verbose_name=_("agreement")
    )
    number = models.PositiveIntegerField(_("version"))
    kept: models.JSONField[dict[str, Any]] = models.JSONField(_("terms"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("by whom"))
    at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        verbose_name = _("wording of an agreement")
        verbose_name_plural = _("wordings of agreements")
        ordering = ["number"]
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update)]
        constraints = [
            models.UniqueConstraint(name="wording_once_a_version", fields=["agreement", "number"]),
        ]

    def __str__(self) -> str:
        return f"{self.agreement}, {self.number}"

    @property
    def terms(self) -> Terms:
        return Terms.from_json(self.kept)


class Acceptance(models.Model):
    """That a partner's manager has accepted one wording."""

    wording = models.ForeignKey(
        Wording, on_delete=models.CASCADE, related_name="acceptances", verbose_name=_("wording")
    )
    jobcentre = models.ForeignKey(
        Jobcentre, on_delete=models.PROTECT, related_name="+", verbose_name=_("jobcentre")
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("by whom"))
    at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        verbose_name = _("acceptance")
        verbose_name_plural = _("acceptances")
        ordering = ["at", "pk"]
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update)]
        constraints = [
            models.UniqueConstraint(
                name="acceptance_once_for_a_jobcentre",
                fields=["wording", "jobcentre"],
                violation_error_message=_("The jobcentre has accepted it already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wording}: {self.jobcentre}"


class AgreementLog(Logged):
    subject = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="log")

    class Meta(Logged.Meta):
        abstract = False
        verbose_name = _("step of an agreement")
        verbose_name_plural = _("steps of agreements")

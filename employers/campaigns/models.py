"""Campaigns: companies to reach about one thing in a period, divided among jobcentres.

Who takes a company is written here. That it has been reached, and what came of it, is not: that is read from
the contact log, where it stands once and is corrected once.
"""

from __future__ import annotations

from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.companies.models import Company
from employers.contacts.models import Contact, Hold, Purpose
from jobcenter.accounts.models import Organisation, User
from jobcenter.accounts.workflow import Logged, Workflow, only
from jobcenter.centres.models import Jobcentre
from jobcenter.classifications.models import Occupation
from jobcenter.geography.models import Municipality
from jobcenter.pages.privacy import without_cpr


class State(models.TextChoices):
    DRAFT = "draft", _("being prepared")
    RUNNING = "running", _("running")
    ENDED = "ended", _("ended")


TRANSITIONS = {State.DRAFT: (State.RUNNING, State.ENDED), State.RUNNING: (State.ENDED,), State.ENDED: ()}
"""A draft that is given up ends without having run."""


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def visible_to(self, jobcentre: Jobcentre) -> Self:
        """Those the jobcentre has made, and those it is a partner in once they have run."""
        own, shared = Q(organisation=jobcentre.organisation_id), Q(shares__jobcentre=jobcentre)
        return self.filter(own | shared & ~Q(started_at=None)).distinct()

    def running(self) -> Self:
        return self.filter(state=State.RUNNING)


@pghistory.track()
class Campaign(Workflow):
    """What a jobcentre, or an area office, wants some companies to be reached about.

    segments, municipality and occupation: what the companies were chosen by, kept to be read. A contact
    counts when a partner has it with the company, about the purpose, from the first day to the last.
    origin: the address of what an area office began it from, where the office also reads how far it is.
    """

    TRANSITIONS = TRANSITIONS
    State = State

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="campaigns", verbose_name=_("made by")
    )
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("by whom"))
    name = models.CharField(_("name"), max_length=100)
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose)
    text = models.TextField(
        _("what we want to say and ask"), max_length=2000, blank=True, validators=[without_cpr]
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    segments = ArrayField(
        models.CharField(max_length=12), verbose_name=_("segments"), default=list, blank=True
    )
    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("municipality"),
    )
    occupation = models.ForeignKey(
        Occupation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="campaigns",
        verbose_name=_("occupation"),
    )
    origin = models.CharField(_("begun from"), max_length=200, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-created_at", "-pk"]
        triggers = [only(TRANSITIONS)]
        constraints = [
            models.CheckConstraint(
                name="campaign_ends_after_it_starts",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                name="campaign_state_and_times",
                condition=Q(state="draft", started_at=None, ended_at=None)
                | Q(state="running", started_at__isnull=False, ended_at=None)
                | Q(state="ended", ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("campaigns:campaign", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT

    @property
    def is_running(self) -> bool:
        return self.state == State.RUNNING

    def is_of(self, jobcentre: Jobcentre) -> bool:
        return self.organisation_id == jobcentre.organisation_id


class CampaignLog(Logged):
    subject = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="log")

    class Meta(Logged.Meta):
        abstract = False
        verbose_name = _("step of a campaign")
        verbose_name_plural = _("steps of campaigns")


class ShareQuerySet(models.QuerySet["Share"]):
    def to_answer(self, organisation: int) -> Self:
        """What a jobcentre is asked to take on, and has not answered."""
        return self.filter(
            jobcentre__organisation=organisation, answer="", campaign__state=Campaign.State.RUNNING
        )


@pghistory.track()
class Share(models.Model):
    """A jobcentre's part in a campaign, which it accepts before its people take companies."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="shares", verbose_name=_("campaign")
    )
    jobcentre = models.ForeignKey(
        Jobcentre, on_delete=models.PROTECT, related_name="shares", verbose_name=_("jobcentre")
    )
    answer = models.CharField(_("answer"), max_length=8, choices=Answer, blank=True)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True, validators=[without_cpr])

    objects = ShareQuerySet.as_manager()

    class Meta:
        verbose_name = _("share of a campaign")
        verbose_name_plural = _("shares of campaigns")
        ordering = ["jobcentre__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="share_once_for_a_jobcentre",
                fields=["campaign", "jobcentre"],
                violation_error_message=_("This jobcentre is a partner already."),
            ),
            models.CheckConstraint(
                name="share_is_answered_by_somebody_at_a_time",
                condition=Q(answer="", answered_by=None, answered_at=None)
                | ~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="share_is_declined_for_a_reason",
                condition=Q(answer="declined") & ~Q(reason="") | ~Q(answer="declined") & Q(reason=""),
                violation_error_message=_("Write why you cannot take part."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign}: {self.jobcentre}"

    @property
    def is_accepted(self) -> bool:
        return self.answer == self.Answer.ACCEPTED

    @property
    def is_declined(self) -> bool:
        return self.answer == self.Answer.DECLINED


class TargetQuerySet(models.QuerySet["Target"]):
    def with_contact(self) -> Self:
        """`contact_pk` and `outcome` of the contact that counts: the newest that somebody answered.

        Where nobody has answered yet, the newest attempt; where there is none, both are None.
        """
        partners = Share.objects.filter(campaign=OuterRef(OuterRef("campaign"))).values("jobcentre")
        counting = (
            Contact.objects.held()
            .filter(
                company=OuterRef("company"),
                jobcentre__in=partners,
                purposes__contains=[OuterRef("campaign__purpose")],
                happened_at__date__range=(OuterRef("campaign__starts_on"), OuterRef("campaign__ends_on")),
            )
            .annotate(
                was_in_vain=Case(
                    When(outcome=Contact.Outcome.NO_ANSWER, then=Value(1)),
                    default=Value(0),
                    output_field=IntegerField(),
                )
            )
            .order_by("was_in_vain", "-happened_at", "-pk")
        )
        return self.annotate(
            contact_pk=Subquery(counting.values("pk")[:1]), outcome=Subquery(counting.values("outcome")[:1])
        )

    def waiting(self) -> Self:
        """Nobody has reached them, and nobody has taken it on. Needs `with_contact`."""
        return self.unreached().filter(taken_by=None)

    def unreached(self) -> Self:
        """Needs `with_contact`."""
        return self.filter(Q(outcome=None) | Q(outcome=Contact.Outcome.NO_ANSWER))

    def not_declined(self) -> Self:
        """Without those of a jobcentre that has declined: nobody is to contact them."""
        return self.exclude(share__answer=Share.Answer.DECLINED)

    def to_call(self, jobcentre: Jobcentre) -> Self:
        """What its people have taken in running campaigns and not reached yet, the nearest last day first."""
        return (
            self.filter(share__jobcentre=jobcentre, campaign__state=Campaign.State.RUNNING)
            .exclude(taken_by=None)
            .with_contact()
            .unreached()
            .select_related("campaign", "company", "taken_by")
            .order_by("campaign__ends_on", "company__sort_key", "pk")
        )

    def running_for(self, company: Company, jobcentre: Jobcentre) -> Self:
        """The company's places in campaigns that run and that the jobcentre may see."""
        visible = Campaign.objects.visible_to(jobcentre).running()
        return (
            self.filter(company=company, campaign__in=visible)
            .not_declined()
            .select_related("campaign", "share__jobcentre", "taken_by")
            .order_by("campaign__ends_on", "pk")
        )

    def seen_by(self, jobcentre: Jobcentre) -> Self:
        """Those whose company the jobcentre may see; of the others there are only figures."""
        return self.filter(company__in=Company.objects.visible_to(jobcentre))

    def about_the_same(self, *, purpose: str, jobcentre: Jobcentre) -> Self:
        """In campaigns that run about a purpose, and that jobcentres of this one's catchment take part in."""
        sharing = Jobcentre.objects.sharing_labour_with(jobcentre)
        taking_part = Share.objects.filter(campaign=OuterRef("campaign"), jobcentre__in=sharing)
        return self.not_declined().filter(
            Exists(taking_part), campaign__state=Campaign.State.RUNNING, campaign__purpose=purpose
        )


@pghistory.track()
class Target(models.Model):
    """A company of a campaign: whose share it is in, who has taken it, and the hold that went with that."""

    contact_pk: int | None
    outcome: str | None

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="targets", verbose_name=_("campaign")
    )
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, related_name="targets", verbose_name=_("company")
    )
    share = models.ForeignKey(
        Share,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="targets",
        verbose_name=_("in the share of"),
    )
    taken_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="campaign_targets",
        verbose_name=_("taken by"),
    )
    taken_at = models.DateTimeField(_("taken"), null=True, blank=True)
    hold = models.ForeignKey(
        Hold, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("hold")
    )

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("company of a campaign")
        verbose_name_plural = _("companies of campaigns")
        ordering = ["company__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="target_once_in_a_campaign",
                fields=["campaign", "company"],
                violation_error_message=_("The company is in the campaign already."),
            ),
            models.CheckConstraint(
                name="target_is_taken_by_somebody_in_a_share_at_a_time",
                condition=Q(taken_by=None, taken_at=None, hold=None)
                | Q(taken_by__isnull=False, taken_at__isnull=False, share__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign}: {self.company}"

    def clean(self) -> None:
        if self.share and self.share.campaign_id != self.campaign_id:
            raise ValidationError({"share": _("The share is of another campaign.")})

"""Who may act for a company: those who ask for access, and those whom a colleague invites."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

import pghistory
from django.core import signing
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.companies.models import EIGHT_DIGITS, Company
from jobcenter.accounts.models import Membership, Standing, User
from jobcenter.accounts.workflow import Logged, Workflow, only
from jobcenter.centres.models import Jobcentre

PROOF = signing.Signer(salt="access.proof")
"""Signs the link with which whoever asks for access shows that the address is theirs."""
INVITATION = signing.Signer(salt="access.invitation")

PROOF_WORKS = timedelta(days=3)
INVITATION_WORKS = timedelta(days=14)


class RequestState(models.TextChoices):
    UNPROVEN = "unproven", _("the address is not confirmed")
    WAITING = "waiting", _("waits to be confirmed")
    CONFIRMED = "confirmed", _("confirmed")
    REFUSED = "refused", _("refused")


REQUEST_TRANSITIONS = {
    RequestState.UNPROVEN: (RequestState.WAITING,),
    RequestState.WAITING: (RequestState.CONFIRMED, RequestState.REFUSED),
    RequestState.CONFIRMED: (),
    RequestState.REFUSED: (),
}


class AccessRequestQuerySet(models.QuerySet["AccessRequest"]):
    def waiting(self) -> Self:
        return self.filter(state=RequestState.WAITING).order_by("proven_at", "pk")

    def to_confirm(self, jobcentre: Jobcentre) -> Self:
        return self.to_confirm_at(jobcentre.organisation_id)

    def to_confirm_at(self, organisation_id: int) -> Self:
        """A company's first users, which the responsible jobcentre confirms.

        Once the company has an administrator of its own, those who ask later are that person's to judge.
        """
        administrators = Membership.objects.administrators().filter(
            organisation=OuterRef("company__organisation")
        )
        return self.waiting().filter(~Exists(administrators), jobcentre__organisation=organisation_id)

    def of_company(self, company: Company) -> Self:
        return self.waiting().filter(company=company)

    def unproven(self, *, email: str) -> Self:
        return self.filter(state=RequestState.UNPROVEN, email=email)

    def stale(self, *, at: datetime) -> Self:
        """Those whose link was never pressed, and no longer works."""
        return self.filter(state=RequestState.UNPROVEN, asked_at__lt=at - PROOF_WORKS)

    def by_link(self, token: str) -> Self:
        try:
            return self.filter(pk=PROOF.unsign_object(token))
        except signing.BadSignature:
            return self.none()


@pghistory.track()
class AccessRequest(Workflow):
    """Somebody says to be from a company. Until the address is proven, nothing is done about it.

    Whatever CVR number is typed, the person is told the same: no page shows what we know of a company to
    somebody who only says to be from it.
    """

    TRANSITIONS = REQUEST_TRANSITIONS
    State = RequestState

    cvr = models.CharField(_("CVR number"), max_length=8)
    company_name = models.CharField(_("company"), max_length=200)
    postcode = models.CharField(_("postcode"), max_length=4)
    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(_("job title"), max_length=120)
    email = models.EmailField(_("e-mail"))
    phone = models.CharField(_("telephone"), max_length=30)
    language = models.CharField(_("language"), max_length=2, default="da")
    jobcentre = models.ForeignKey(
        Jobcentre, on_delete=models.PROTECT, related_name="access_requests", verbose_name=_("jobcentre")
    )
    company = models.ForeignKey(
        Company,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="access_requests",
        verbose_name=_("company"),
    )
    user = models.ForeignKey(
        User,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="access_requests",
        verbose_name=_("person"),
    )
    state = models.CharField(_("state"), max_length=10, choices=RequestState, default=RequestState.UNPROVEN)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    proven_at = models.DateTimeField(_("address confirmed"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    objects = AccessRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for access")
        verbose_name_plural = _("requests for access")
        ordering = ["asked_at", "pk"]
        triggers = [only(REQUEST_TRANSITIONS)]
        constraints = [
            models.CheckConstraint(
                name="accessrequest_cvr_has_eight_digits", condition=Q(cvr__regex=EIGHT_DIGITS)
            ),
            models.CheckConstraint(
                name="accessrequest_email_in_small_letters", condition=Q(email=Lower("email"))
            ),
            models.CheckConstraint(
                name="accessrequest_proven_has_time_company_and_person",
                condition=Q(state="unproven", proven_at=None, company=None, user=None)
                | ~Q(state="unproven")
                & Q(proven_at__isnull=False, company__isnull=False, user__isnull=False),
                violation_error_message=_("A confirmed address has a time, a company and a person."),
            ),
            models.CheckConstraint(
                name="accessrequest_decided_has_time",
                condition=Q(state__in=["confirmed", "refused"], decided_at__isnull=False)
                | ~Q(state__in=["confirmed", "refused"]) & Q(decided_at=None),
                violation_error_message=_("A decided request has the time it was decided."),
            ),
            models.UniqueConstraint(
                name="accessrequest_waits_once_for_a_person_and_company",
                fields=["company", "user"],
                condition=Q(state="waiting"),
                violation_error_message=_("This person waits to be confirmed already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.company_name}"

    @property
    def link(self) -> str:
        return reverse("access:prove", args=[PROOF.sign_object(self.pk)])

    @property
    def works_until(self) -> datetime:
        return self.asked_at + PROOF_WORKS

    def is_stale(self, *, at: datetime) -> bool:
        return self.state == RequestState.UNPROVEN and at > self.works_until


class AccessRequestLog(Logged):
    subject = models.ForeignKey(AccessRequest, on_delete=models.CASCADE, related_name="log")

    class Meta(Logged.Meta):
        abstract = False
        verbose_name = _("step of a request for access")
        verbose_name_plural = _("steps of requests for access")


class InvitationState(models.TextChoices):
    SENT = "sent", _("sent")
    ACCEPTED = "accepted", _("accepted")
    REVOKED = "revoked", _("taken back")


INVITATION_TRANSITIONS = {
    InvitationState.SENT: (InvitationState.ACCEPTED, InvitationState.REVOKED),
    InvitationState.ACCEPTED: (),
    InvitationState.REVOKED: (),
}


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> Self:
        """Neither accepted nor taken back; some may have run out."""
        return self.filter(state=InvitationState.SENT).order_by("sent_at", "pk")

    def by_link(self, token: str) -> Self:
        try:
            return self.filter(pk=INVITATION.unsign_object(token))
        except signing.BadSignature:
            return self.none()


@pghistory.track()
class Invitation(Workflow):
    """A colleague is asked to act for the company. The link in the mail works until a date, and once."""

    TRANSITIONS = INVITATION_TRANSITIONS
    State = InvitationState

    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, related_name="invitations", verbose_name=_("company")
    )
    email = models.EmailField(_("e-mail"))
    standing = models.CharField(_("standing"), max_length=14, choices=Standing)
    language = models.CharField(_("language"), max_length=2, default="da")
    invited_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="invitations", verbose_name=_("invited by")
    )
    state = models.CharField(_("state"), max_length=10, choices=InvitationState, default=InvitationState.SENT)
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    expires_at = models.DateTimeField(_("works until"))
    ended_at = models.DateTimeField(_("accepted or taken back"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["sent_at", "pk"]
        triggers = [only(INVITATION_TRANSITIONS)]
        constraints = [
            models.CheckConstraint(
                name="invitation_email_in_small_letters", condition=Q(email=Lower("email"))
            ),
            models.CheckConstraint(
                name="invitation_expires_after_it_is_sent",
                condition=Q(expires_at__gt=F("sent_at")),
                violation_error_message=_("An invitation works for a while after it is sent."),
            ),
            models.CheckConstraint(
                name="invitation_ended_has_time",
                condition=Q(state="sent", ended_at=None) | ~Q(state="sent") & Q(ended_at__isnull=False),
                violation_error_message=_("An invitation that has ended has the time it ended."),
            ),
            models.CheckConstraint(
                name="invitation_accepted_in_time",
                condition=~Q(state="accepted") | Q(ended_at__lte=F("expires_at")),
                violation_error_message=_("An invitation is accepted before it runs out."),
            ),
            models.UniqueConstraint(
                name="invitation_open_once_for_an_address",
                fields=["company", "email"],
                condition=Q(state="sent"),
                violation_error_message=_("This address has an open invitation already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.company}"

    @property
    def link(self) -> str:
        return reverse("access:accept", args=[INVITATION.sign_object(self.pk)])

    def has_run_out(self, *, at: datetime) -> bool:
        return at > self.expires_at


class InvitationLog(Logged):
    subject = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="log")

    class Meta(Logged.Meta):
        abstract = False
        verbose_name = _("step of an invitation")
        verbose_name_plural = _("steps of invitations")

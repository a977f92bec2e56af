"""An enquiry, its log, and the draft it comes from."""

from __future__ import annotations

import secrets
import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

import pghistory
from django.apps import apps
from django.core import signing
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from employers.companies.models import Company, Person, Workplace
from employers.contacts.models import Contact
from employers.enquiries import explaining, letters
from employers.enquiries.models.assignment import only_as_assigned
from employers.vacancies.models import Vacancy
from jobcenter.accounts.models import Membership, Organisation, Role, User
from jobcenter.accounts.workflow import Logged, TransitionRefused, Workflow, only
from jobcenter.centres.models import Jobcentre

if TYPE_CHECKING:
    from employers.enquiries.models.details import Details

LINK = signing.Signer(salt="enquiries.link")
"""Signs the private address: always the same one for an enquiry, so that every mail leads to it."""

CONFIRM = signing.TimestampSigner(salt="enquiries.confirm")
"""Signs the address that confirms the sender: it stands in their mail only, and runs out."""

CONFIRM_WITHIN = timedelta(days=14)
DRAFT_KEPT = timedelta(days=30)
REFERENCE_ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
"""No vowels and nothing that looks alike: a reference is read out on the telephone."""


class Kind(models.TextChoices):
    RECRUIT = "recruit", _("recruit staff")
    WAGE_SUBSIDY = "wage_subsidy", _("hire with a wage subsidy")
    WORK_TRIAL = "work_trial", _("offer a work trial")
    INCLUSIVE = "inclusive", _("flexjob and the inclusive labour market")
    RETENTION = "retention", _("keep or upskill staff")
    DISMISSALS = "dismissals", _("help with dismissals")
    JOB_ROTATION = "job_rotation", _("job rotation")
    OTHER = "other", _("something else")


CONFIDENTIAL = (Kind.RETENTION, Kind.DISMISSALS)
"""Kinds that only those who work on them may see, until they are released with a reason."""


class State(models.TextChoices):
    RECEIVED = "received", _("new")
    IN_PROGRESS = "in_progress", _("being worked on")
    ANSWERED = "answered", _("answered")
    QUESTION = "question", _("waits for a reply")
    CLOSED = "closed", _("closed")


TRANSITIONS = {
    State.RECEIVED: (State.IN_PROGRESS, State.ANSWERED, State.CLOSED),
    State.IN_PROGRESS: (State.ANSWERED, State.CLOSED),
    State.ANSWERED: (State.IN_PROGRESS, State.QUESTION, State.CLOSED),
    State.QUESTION: (State.ANSWERED, State.CLOSED),
    State.CLOSED: (),
}


def new_reference() -> str:
    """A reference such as `4K7Q-92FD`."""
    letters = [secrets.choice(REFERENCE_ALPHABET) for _position in range(8)]
    return f"{''.join(letters[:4])}-{''.join(letters[4:])}"


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    def open(self) -> Self:
        return self.exclude(state=State.CLOSED)

    def waiting(self) -> Self:
        """Those the employer has no answer to, or has asked about again, the most urgent first."""
        unanswered = Q(answered_at=None) & ~Q(state=State.CLOSED)
        due = Coalesce("reply_due_at", "answer_due_at")
        return self.filter(unanswered | Q(state=State.QUESTION)).order_by(due, "pk")

    def due_by(self, moment: datetime) -> Self:
        """Those of the waiting that must be answered by then."""
        return self.waiting().filter(
            Q(state=State.QUESTION, reply_due_at__lte=moment)
            | ~Q(state=State.QUESTION) & Q(answer_due_at__lte=moment)
        )

    def unrestricted(self) -> Self:
        """Those that are not confidential, or no longer: what partners and other jobcentres may see."""
        return self.filter(_is_unrestricted())

    def open_to(self, user: User | None) -> Self:
        """The unrestricted, and the confidential ones this person works on.

        They do as the owner, as a named handler, or as a manager of the responsible jobcentre.
        """
        if user is None:
            return self.unrestricted()
        return self.filter(_is_unrestricted() | _is_handled_by(user))

    def visible_to(self, jobcentre: Jobcentre, *, user: User | None = None) -> Self:
        """The jobcentre's own, as far as this person may see them; without a person, no confidential one."""
        return self.filter(jobcentre=jobcentre).open_to(user)

    def visible_to_member(self, member: Membership) -> Self:
        """The same for somebody who acts for a jobcentre."""
        return self.filter(jobcentre__organisation=member.organisation_id).open_to(member.user)

    def of_company(self, company: Company) -> Self:
        return self.filter(company=company).order_by("-received_at", "-pk")

    def visible_to_employer(self, company: Company, *, user: User) -> Self:
        """The company's own. A confidential one is its sender's alone: not every colleague knows of it."""
        is_sender = Q(person__email__iexact=user.email)
        return self.of_company(company).filter(~Q(kind__in=CONFIDENTIAL) | is_sender)

    def by_link(self, token: str) -> Self:
        """The one that a private link leads to; none if the link was altered."""
        try:
            return self.filter(pk=LINK.unsign_object(token))
        except signing.BadSignature:
            return self.none()


def _is_unrestricted() -> Q:
    return ~Q(kind__in=CONFIDENTIAL) | Q(release__isnull=False)


def _is_handled_by(user: User) -> Q:
    named = apps.get_model("enquiries", "Handler").objects.filter(enquiry=OuterRef("pk"), user=user)
    managed = Membership.objects.filter(
        organisation=OuterRef("jobcentre__organisation"), user=user, role=Role.MANAGER
    )
    return Q(owner=user) | Q(Exists(named)) | Q(Exists(managed))


@pghistory.track()
class Enquiry(Workflow):
    """What an employer asks. From the first moment it has a responsible jobcentre, an owner and a clock."""

    TRANSITIONS = TRANSITIONS
    State = State
    Kind = Kind

    reference = models.CharField(
        _("reference"), max_length=9, unique=True, default=new_reference, editable=False
    )
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="enquiries")
    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, related_name="enquiries")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enquiries")
    vacancy = models.OneToOneField(
        Vacancy, on_delete=models.PROTECT, null=True, blank=True, related_name="enquiry"
    )
    message = models.TextField(_("message"), blank=True, max_length=5000)
    language = models.CharField(_("language"), max_length=2, default="da")
    jobcentre = models.ForeignKey(Jobcentre, on_delete=models.PROTECT, related_name="enquiries")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="enquiries")
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.RECEIVED)
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    answer_due_at = models.DateTimeField(_("answer by"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    reply_due_at = models.DateTimeField(_("reply by"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        ordering = ["answer_due_at", "pk"]
        indexes = [
            models.Index(
                name="enquiry_queue", fields=["jobcentre", "answer_due_at"], condition=Q(answered_at=None)
            ),
        ]
        triggers = [only(TRANSITIONS), only_as_assigned()]
        constraints = [
            models.CheckConstraint(
                name="enquiry_answer_is_due_after_it_was_received",
                condition=Q(answer_due_at__gt=F("received_at")),
                violation_error_message=_("The answer is due after the enquiry was received."),
            ),
            models.CheckConstraint(
                name="enquiry_answered_has_time",
                condition=~Q(state="answered") | Q(answered_at__isnull=False),
                violation_error_message=_("An answered enquiry has the time it was answered."),
            ),
            models.CheckConstraint(
                name="enquiry_waits_for_a_reply_by_a_time",
                condition=Q(state="question", reply_due_at__isnull=False)
                | ~Q(state="question") & Q(reply_due_at=None),
                violation_error_message=_(
                    "An enquiry that waits for a reply has the time it is promised by."
                ),
            ),
            models.CheckConstraint(
                name="enquiry_closed_has_time",
                condition=Q(state="closed", closed_at__isnull=False) | ~Q(state="closed") & Q(closed_at=None),
                violation_error_message=_(
                    "A closed enquiry has the time it was closed, an open one has none."
                ),
            ),
            models.CheckConstraint(
                name="enquiry_recruit_has_a_vacancy_and_the_others_a_message",
                condition=Q(kind="recruit", vacancy__isnull=False) | ~Q(kind="recruit") & ~Q(message=""),
                violation_error_message=_("Tell us what you need."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def token(self) -> str:
        """What makes the private page's address private: the number, signed. It does not run out."""
        return LINK.sign_object(self.pk)

    @property
    def link(self) -> str:
        """The path of the private page: whoever has it may see and answer for the employer."""
        return reverse("enquiries:enquiry", args=[self.token])

    @property
    def is_waiting(self) -> bool:
        """For a first answer, or for a reply to what the employer has written since."""
        return self.state == State.QUESTION or (self.answered_at is None and self.state != State.CLOSED)

    @property
    def due_at(self) -> datetime:
        """When the next answer is promised: the first, or the reply."""
        return self.reply_due_at or self.answer_due_at

    @property
    def confirmation_link(self) -> str:
        """The path that confirms the sender. It is for their mail alone: a browser is no proof."""
        token = CONFIRM.sign_object([self.pk, self.person.email])
        return reverse("enquiries:confirm", args=[token])

    @property
    def is_confidential(self) -> bool:
        """Only those who work on it may see it: by its kind, as long as it is not released."""
        return self.kind in CONFIDENTIAL and not hasattr(self, "release")

    @property
    def is_on_behalf(self) -> bool:
        """A caseworker registered it after the company had said what it needs."""
        return hasattr(self, "on_behalf")

    @property
    def is_confirmed(self) -> bool:
        return hasattr(self, "confirmation")

    @cached_property
    def details(self) -> Details | None:
        """What its kind asks beside the message; None for a kind that asks nothing, or from before it did."""
        name = f"{self.kind.replace('_', '')}details"
        return getattr(self, name, None)

    @property
    def told(self) -> list[tuple[str, str]]:
        """Name and answer of each of those, in words."""
        return self.details.told() if self.details else []

    @property
    def why_responsible(self) -> str:
        """Why it is this jobcentre, as the end of a sentence to the employer."""
        return explaining.why_responsible(self)

    @property
    def subject(self) -> str:
        """What it is about in a few words: the vacancy's title, else the kind."""
        return self.vacancy.title if self.vacancy else str(self.get_kind_display())

    def start(self, *, by: User, organisation: Organisation) -> Enquiry:
        """Somebody works on it. Raises TransitionRefused when it was taken or closed before."""
        return self.move(State.IN_PROGRESS, by=by, organisation=organisation)

    @transaction.atomic
    def answer(self, *, by: User, organisation: Organisation, text: str, files: int = 0) -> Enquiry:
        """Answer the employer: the text is kept, mailed to them, and shown on their private page.

        The clock stops at the first answer; `answered_at` is not moved by a later one. `files`: how many
        come with it. Raises TransitionRefused without a text, and when it is answered or closed already.
        """
        if not text.strip():
            raise TransitionRefused(_("Write what you answer the employer."))
        before = Enquiry.objects.select_for_update().values_list("answered_at", flat=True).get(pk=self.pk)
        self.move(
            State.ANSWERED,
            by=by,
            organisation=organisation,
            answered_at=before or timezone.now(),
            reply_due_at=None,
        )
        self.messages.create(by=by, text=text.strip())
        letters.send_answer(self, by=by, text=text.strip(), files=files)
        return self

    def close(self, *, by: User | None, organisation: Organisation | None, comment: str = "") -> Enquiry:
        """End it; `by` None is the employer. Raises TransitionRefused when it is closed already."""
        return self.move(
            State.CLOSED,
            by=by,
            organisation=organisation,
            comment=comment,
            closed_at=timezone.now(),
            reply_due_at=None,
        )


class EnquiryLog(Logged):
    subject = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="log")

    class Meta(Logged.Meta):
        abstract = False
        verbose_name = _("step of an enquiry")
        verbose_name_plural = _("steps of enquiries")


class Step(models.TextChoices):
    """The steps of the form, as they stand in the address."""

    COMPANY = "virksomhed", _("Company")
    NEED = "behov", _("What you need")
    SEND = "send", _("See and send")


class DraftQuerySet(models.QuerySet["Draft"]):
    def kept(self) -> Self:
        """Those that may still be opened."""
        return self.filter(saved_at__gte=timezone.now() - DRAFT_KEPT)

    def open_to(self, user: User | None) -> Self:
        """Everybody's who has the key, but what a caseworker fills in for a company is theirs alone."""
        return self.filter(Q(by=None) | Q(by=user)) if user else self.filter(by=None)

    def stale(self) -> Self:
        return self.filter(saved_at__lt=timezone.now() - DRAFT_KEPT)


class Draft(models.Model):
    """What an employer has typed so far, saved at each step. Its key is the only way to it.

    A draft that was sent remembers its enquiry, so that sending twice gives one enquiry. `contact` and `by`:
    a caseworker fills it in for the company after a contact with it, and nobody else opens it.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=14, choices=Kind)
    answers: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    language = models.CharField(max_length=2, default="da")
    saved_at = models.DateTimeField(auto_now=True)
    enquiry = models.OneToOneField(
        Enquiry, on_delete=models.CASCADE, null=True, blank=True, related_name="draft"
    )
    contact = models.ForeignKey(
        Contact,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="drafts",
        verbose_name=_("contact"),
    )
    by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("filled in by"),
    )

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft of an enquiry")
        verbose_name_plural = _("drafts of enquiries")
        constraints = [
            models.CheckConstraint(
                name="draft_on_behalf_comes_from_a_contact",
                condition=Q(contact=None, by=None) | Q(contact__isnull=False, by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)

    @property
    def kept_until(self) -> datetime:
        return self.saved_at + DRAFT_KEPT

"""What passes between jobcentres and companies, what is to be done next, and what companies wish."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Self

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.companies.models import Company, Person, Workplace
from employers.contacts.coordination import Occasion
from jobcenter.accounts.models import User
from jobcenter.accounts.workflow import Transitions, only
from jobcenter.centres.models import Jobcentre
from jobcenter.geography.models import Dated, DatedQuerySet, ids, validity
from jobcenter.pages.privacy import without_cpr
from jobcenter.runtime.days import midnight

FREE_TO_EDIT = timedelta(days=1)
"""So long after it was logged a contact may be edited; afterwards it is corrected, with a reason."""
_TRANSITIONS: Transitions = {"planned": ("held", "cancelled")}


class Purpose(models.TextChoices):
    RECRUITMENT = "recruitment", _("recruitment")
    VACANCY = "vacancy", _("follow-up on a vacancy")
    WAGE_SUBSIDY = "wage_subsidy", _("wage subsidy")
    WORK_TRIAL = "work_trial", _("work trial")
    INCLUSIVE = "inclusive", _("flexjob and the inclusive labour market")
    RETENTION = "retention", _("retention and sickness")
    UPSKILLING = "upskilling", _("upskilling")
    BOTTLENECK = "bottleneck", _("shortage of labour")
    OTHER = "other", _("something else")

    @classmethod
    def in_words(cls, purposes: Iterable[str]) -> str:
        """“rekruttering, opkvalificering”."""
        return ", ".join(str(cls(purpose).label) for purpose in purposes)


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, jobcentre: Jobcentre) -> Self:
        """Contacts with the companies of the labour catchments this jobcentre belongs to.

        A neighbour may see that, when, by whom and what about; `note_for` keeps the note at home.
        """
        return self.filter(company__in=Company.objects.visible_to(jobcentre))

    def held(self) -> Self:
        """Those that have taken place: every count, cap and figure is of these."""
        return self.filter(state=Contact.State.HELD)

    def planned(self) -> Self:
        """Those that are to take place, and those of which nobody has said whether they did."""
        return self.filter(state=Contact.State.PLANNED)

    def ahead(self, *, at: datetime) -> Self:
        """Planned for later than `at`, the first first."""
        return self.planned().filter(happened_at__gt=at).order_by("happened_at", "pk")

    def to_hold(self, jobcentre: Jobcentre, *, on: date) -> Self:
        """The jobcentre's plans of the day, and those before it of which nobody has said how they went."""
        end = midnight(on + timedelta(days=1))
        planned = self.planned().filter(jobcentre=jobcentre, happened_at__lt=end)
        return planned.select_related("company", "person", "by").order_by("happened_at", "pk")

    def of_partners(self, jobcentre: Jobcentre) -> Self:
        """Of those that share a labour supply with the jobcentre, without their notes."""
        partners = Jobcentre.objects.sharing_labour_with(jobcentre).exclude(pk=jobcentre.pk)
        return self.filter(jobcentre__in=partners).select_related("jobcentre", "by").defer("note")

    def about(self, company: Company) -> Self:
        return (
            self.filter(company=company)
            .select_related("jobcentre", "by", "person")
            .order_by("-happened_at", "-pk")
        )


@pghistory.track()
class Contact(models.Model):
    """One contact between a jobcentre and a company, planned or logged: its time decides.

    A time in the future is a plan and has no outcome; one in the past has taken place and has one. A plan is
    held or cancelled by a person: until then it stays a plan, also when its time has passed. `happened_at` is
    when it took place or is to; `logged_at` when it was put down, as a plan or as held.

    The first of its purposes is the main one. The note stays with the jobcentre that wrote it, unless its
    author shows it to those of the catchment. `version` is counted up by every change, and `changed_*` say
    who made the newest and why.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        HELD = "held", _("held")
        CANCELLED = "cancelled", _("cancelled")

    class Visibility(models.TextChoices):
        OWN = "own", _("only for us")
        CATCHMENT = "catchment", _("also for the jobcentres of the catchment")

    class Channel(models.TextChoices):
        PHONE = "phone", _("telephone")
        EMAIL = "email", _("e-mail")
        VISIT = "visit", _("visit")
        VIDEO = "video", _("video")
        EVENT = "event", _("event")

    class Direction(models.TextChoices):
        OUT = "out", _("we contacted them")
        IN = "in", _("they contacted us")

    class Outcome(models.TextChoices):
        NO_ANSWER = "no_answer", _("no answer")
        INFORMED = "informed", _("informed")
        NEED = "need", _("need noted")
        AGREEMENT = "agreement", _("agreement made")
        DECLINED = "declined", _("no thank you")

    class Occasion(models.TextChoices):
        """Why the jobcentre made contact. The last three are never delayed by coordination."""

        OWN = Occasion.OWN.value, _("our own initiative")
        ANSWER = Occasion.ANSWER.value, _("an answer to the company")
        PLACEMENT = Occasion.PLACEMENT.value, _("a placement that is running")
        STATUTORY = Occasion.STATUTORY.value, _("a follow-up the law demands")

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="contacts")
    workplace = models.ForeignKey(
        Workplace, on_delete=models.PROTECT, null=True, blank=True, related_name="contacts"
    )
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="contacts"
    )
    jobcentre = models.ForeignKey(Jobcentre, on_delete=models.PROTECT, related_name="contacts")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="contacts")
    direction = models.CharField(_("direction"), max_length=3, choices=Direction, default=Direction.OUT)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel, default=Channel.PHONE)
    purposes = ArrayField(models.CharField(max_length=20, choices=Purpose), verbose_name=_("purposes"))
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.HELD)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True)
    occasion = models.CharField(_("occasion"), max_length=10, choices=Occasion, default=Occasion.OWN)
    note = models.TextField(_("note"), blank=True, max_length=4000, validators=[without_cpr])
    visibility = models.CharField(
        _("who may read the note"), max_length=9, choices=Visibility, default=Visibility.OWN
    )
    happened_at = models.DateTimeField(_("time"), default=timezone.now)
    logged_at = models.DateTimeField(_("logged"), default=timezone.now, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1)
    changed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("changed by")
    )
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True)
    changed_because = models.CharField(
        _("reason for the change"), max_length=300, blank=True, validators=[without_cpr]
    )

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["-happened_at", "-pk"]
        indexes = [models.Index(name="contact_company_time", fields=["company", "-happened_at"])]
        triggers = [only(_TRANSITIONS)]
        constraints = [
            models.CheckConstraint(
                name="contact_has_a_purpose",
                condition=Q(purposes__len__gte=1),
                violation_error_message=_("Choose what the contact is about."),
            ),
            models.CheckConstraint(
                name="contact_purposes_are_known",
                condition=Q(purposes__contained_by=list(Purpose.values)),
                violation_error_message=_("Choose among the purposes of the list."),
            ),
            models.CheckConstraint(
                name="contact_in_the_past_is_held_and_has_an_outcome",
                condition=~Q(state="held") | (Q(happened_at__lte=F("logged_at")) & ~Q(outcome="")),
                violation_error_message=_("A contact that has taken place has an outcome."),
            ),
            models.CheckConstraint(
                name="contact_in_the_future_is_planned_without_outcome",
                condition=Q(state="held") | Q(happened_at__gt=F("logged_at"), outcome=""),
                violation_error_message=_("A contact in the future has no outcome yet."),
            ),
            models.CheckConstraint(
                name="contact_is_cancelled_by_somebody",
                condition=~Q(state="cancelled") | Q(changed_by__isnull=False, changed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="contact_state_is_known", condition=Q(state__in=["planned", "held", "cancelled"])
            ),
            models.CheckConstraint(
                name="contact_note_is_for_us_or_for_the_catchment",
                condition=Q(visibility__in=["own", "catchment"]),
            ),
            models.CheckConstraint(
                name="contact_corrected_after_a_day_with_a_reason",
                condition=Q(changed_at=None)
                | ~Q(state="held")
                | Q(changed_at__lte=F("logged_at") + FREE_TO_EDIT)
                | ~Q(changed_because=""),
                violation_error_message=_("Write why you correct it."),
            ),
            models.UniqueConstraint(
                name="contact_once_for_a_person_at_a_time",
                fields=["company", "by", "channel", "happened_at"],
                condition=~Q(state="cancelled"),
                violation_error_message=_("You have already logged this contact."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}, {self.company}"

    def get_absolute_url(self) -> str:
        return reverse("desk:contact", args=[self.pk])

    def clean(self) -> None:
        if self.person and self.person.company_id != self.company_id:
            raise ValidationError({"person": _("This person belongs to another company.")})
        if self.workplace and self.workplace.company_id != self.company_id:
            raise ValidationError({"workplace": _("This workplace belongs to another company.")})

    @property
    def is_corrected_from(self) -> datetime:
        """From when on a change is a correction."""
        return self.logged_at + FREE_TO_EDIT

    def get_purposes_display(self) -> str:
        return Purpose.in_words(self.purposes)

    get_purposes_display.short_description = _("purposes")  # type: ignore[attr-defined]

    @property
    def counts(self) -> bool:
        """Whether it counts against the company's cap: its own calls, and answers to them, do not."""
        return (
            self.state == self.State.HELD
            and self.direction == self.Direction.OUT
            and self.occasion != self.Occasion.ANSWER
        )

    def note_for(self, jobcentre: Jobcentre) -> str | None:
        """The note, for the jobcentre that wrote it, and for those of its catchment when it is shown to them.

        None for everyone else.
        """
        if self.jobcentre_id == jobcentre.pk:
            return self.note
        is_shown = self.visibility == self.Visibility.CATCHMENT
        return self.note if is_shown and self.jobcentre_id in jobcentre.partners else None


class AlreadyDone(Exception):
    """The follow-up was marked as done before."""


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def open(self) -> Self:
        return self.filter(done_at=None)

    def due(self, *, on: date) -> Self:
        """Those whose day has come, without those that a contact has made quiet until later."""
        return self.open().filter(Q(quiet_until=None) | Q(quiet_until__lte=on), due_on__lte=on)

    def owned_by(self, user: User) -> Self:
        return self.filter(owner=user)

    def visible_to(self, jobcentre: Jobcentre) -> Self:
        """A jobcentre's own; what others plan to do next is theirs."""
        return self.filter(jobcentre=jobcentre)

    def of_partners(self, jobcentre: Jobcentre) -> Self:
        """What those that share a labour supply with the jobcentre plan: the day and the purpose alone."""
        partners = Jobcentre.objects.sharing_labour_with(jobcentre).exclude(pk=jobcentre.pk)
        return (
            self.filter(jobcentre__in=partners)
            .select_related("jobcentre", "owner", "contact")
            .defer("what", "contact__note")
            .order_by("due_on", "pk")
        )


@pghistory.track()
class FollowUp(models.Model):
    """The next step agreed in a contact, with a date and an owner.

    `quiet_until`: its reminder waits until then, since the contact `reset_by` has taken the matter up (the
    rule stands in `resetting`). `reminded_on`: when its owner was last reminded.
    """

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="follow_ups")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="follow_ups")
    jobcentre = models.ForeignKey(Jobcentre, on_delete=models.PROTECT, related_name="follow_ups")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="follow_ups")
    due_on = models.DateField(_("date"))
    what = models.CharField(_("what"), max_length=200, validators=[without_cpr])
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    quiet_until = models.DateField(_("reminder waits until"), null=True, blank=True)
    reset_by = models.ForeignKey(
        Contact,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken up by"),
    )
    reminded_on = models.DateField(_("reminded"), null=True, blank=True, editable=False)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="followup_is_quiet_because_of_a_contact",
                condition=Q(quiet_until=None, reset_by=None)
                | Q(quiet_until__gt=F("due_on"), reset_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        """Without `what`: that is the jobcentre's own, and this is shown to administrators."""
        return f"{self.company}, {self.due_on:%d-%m-%Y}"

    def clean(self) -> None:
        if not self.owner.memberships.filter(organisation=self.jobcentre.organisation_id).exists():
            raise ValidationError({"owner": _("A follow-up is owned by somebody in the jobcentre.")})

    @property
    def reminds_on(self) -> date:
        return self.quiet_until or self.due_on

    def postpone(self, *, until: date) -> FollowUp:
        """Another day, on which it reminds anew. Raises AlreadyDone when it is done meanwhile."""
        is_open = FollowUp.objects.open().filter(pk=self.pk)
        if not is_open.update(due_on=until, quiet_until=None, reset_by=None, reminded_on=None):
            raise AlreadyDone
        self.due_on, self.quiet_until, self.reset_by, self.reminded_on = until, None, None, None
        return self

    def finish(self) -> FollowUp:
        """It is done. Raises AlreadyDone when somebody was there first."""
        self.done_at = timezone.now()
        if not FollowUp.objects.open().filter(pk=self.pk).update(done_at=self.done_at):
            raise AlreadyDone
        return self


@pghistory.track()
class Preferences(models.Model):
    """How a company wants to be contacted, in its own words; the register knows nothing of it.

    `version` is counted up by every change, so that a form knows whether it was opened with the newest.
    """

    company = models.OneToOneField(
        Company, on_delete=models.CASCADE, related_name="preferences", verbose_name=_("company")
    )
    most_contacts = models.PositiveSmallIntegerField(_("contacts in 4 weeks at most"), null=True, blank=True)
    channel = models.CharField(_("preferred channel"), max_length=8, choices=Contact.Channel, blank=True)
    person = models.ForeignKey(
        Person,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("preferred person"),
    )
    paused_until = models.DateField(_("no contact until"), null=True, blank=True)
    unwanted = ArrayField(
        models.CharField(max_length=20, choices=Purpose),
        verbose_name=_("topics not wanted"),
        default=list,
        blank=True,
    )
    version = models.PositiveIntegerField(_("version"), default=1)
    changed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("changed by")
    )
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)

    class Meta:
        verbose_name = _("contact preferences")
        verbose_name_plural = _("contact preferences")
        constraints = [
            models.CheckConstraint(
                name="preferences_contacts_1_to_20",
                condition=Q(most_contacts=None) | Q(most_contacts__range=(1, 20)),
                violation_error_message=_("Between 1 and 20 contacts in 4 weeks."),
            ),
            models.CheckConstraint(
                name="preferences_topics_are_known",
                condition=Q(unwanted__contained_by=list(Purpose.values)),
                violation_error_message=_("Choose among the topics of the list."),
            ),
            models.CheckConstraint(
                name="preferences_channel_is_known",
                condition=Q(channel__in=["", *Contact.Channel.values]),
                violation_error_message=_("Choose among the channels of the list."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.company)

    def clean(self) -> None:
        if self.person and self.person.company_id != self.company_id:
            raise ValidationError({"person": _("This person belongs to another company.")})


class LeadQuerySet(DatedQuerySet["Lead"]):
    def of(self, company: Company, jobcentre: Jobcentre, *, on: date) -> Lead | None:
        """The company's lead in the jobcentre on the date."""
        return self.valid(on).filter(company=company, jobcentre=jobcentre).select_related("user").first()


@pghistory.track()
class Lead(Dated):
    """The one person in a jobcentre whom a company deals with (tovholder).

    By explicit agreement with the company, which comes before every rule; or else named by the jobcentre
    alone: whom the company deals with there as long as the rule makes that jobcentre the one that leads.
    """

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="leads")
    jobcentre = models.ForeignKey(Jobcentre, on_delete=models.PROTECT, related_name="leads")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="leads", verbose_name=_("lead"))
    is_agreed = models.BooleanField(_("agreed with the company"), default=True)
    agreed = models.CharField(_("how it was agreed"), max_length=200, blank=True, validators=[without_cpr])

    objects = LeadQuerySet.as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("lead")
        verbose_name_plural = _("leads")
        constraints = [
            *Dated.Meta.constraints,
            ExclusionConstraint(
                name="lead_one_for_a_company_in_a_jobcentre",
                expressions=[
                    (ids("company"), RangeOperators.OVERLAPS),
                    (ids("jobcentre"), RangeOperators.OVERLAPS),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The company has another lead in that period."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company}: {self.user}"

    def clean(self) -> None:
        if not self.user.memberships.filter(organisation=self.jobcentre.organisation_id).exists():
            raise ValidationError({"user": _("A lead works in the jobcentre.")})

"""Benefit spells from the jobcentres' case systems, the law's deadlines, and how well they are kept."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import Membership, User
from jobcenter.centres.models import Jobcentre
from jobcenter.geography.models import Dated, DatedQuerySet
from jobcenter.runtime.models import Work, WorkQuerySet
from regions.measures.models import Measure, TargetGroup
from regions.timeliness import deadlines
from regions.timeliness.deadlines import Span


class Event(models.TextChoices):
    INTERVIEW = "interview", _("interview")
    OFFER = "offer", _("offer")


class Duty(models.TextChoices):
    JOBCENTRE = "jobcentre", _("the jobcentre")
    FUND = "fund", _("the unemployment fund")


class Offer(models.TextChoices):
    WORK_TRIAL = "work_trial", _("work trial")
    WAGE_SUBSIDY = "wage_subsidy", _("job with wage subsidy")
    UTILITY_JOB = "utility_job", _("utility job")
    TRAINING = "training", _("guidance and training")
    READING_COURSE = "reading_course", _("course in reading, writing or arithmetic")
    SECTION_91 = "section_91", _("offer under section 91")
    OTHER = "other", _("another offer")


class Reason(models.TextChoices):
    """Why the law asks for nothing for a while."""

    SICK = "sick", _("ill")
    LEAVE = "leave", _("on leave")
    WORK = "work", _("at work")


class Exit(models.TextChoices):
    JOB = "job", _("a job")
    EDUCATION = "education", _("education")
    BENEFIT = "benefit", _("another benefit")
    OTHER = "other", _("something else")


class Anchor(models.TextChoices):
    SPELL = "spell", _("the first day of the spell")
    REGISTRATION = "registration", _("the first contact or registration")
    EACH = "each", _("the first day, and every time so long has gone by")
    PREVIOUS = "previous", _("the first day, and each time it has been done")


ISO_SPAN = r"^P[1-9][0-9]{0,2}[DWM]$"


def _is_span(field: str) -> Q:
    return Q(**{field: ""}) | Q(**{f"{field}__regex": ISO_SPAN})


class DeadlineRule(Dated):
    """What the law asks for of one target group, in one version: read in a source, and never from memory.

    The version that holds is the one in force on the anchor, the day its time runs from: what somebody is
    owed is decided when it is promised, and does not change because the law does before it is due.
    Loaded from a reviewed file (`rules.toml`), not edited. What the columns mean: `deadlines.Rule`.
    """

    code = models.SlugField(_("code"), max_length=60)
    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, related_name="+", verbose_name=_("measure")
    )
    target_group = models.ForeignKey(
        TargetGroup, on_delete=models.PROTECT, related_name="+", verbose_name=_("target group")
    )
    event = models.CharField(_("event"), max_length=10, choices=Event)
    duty = models.CharField(_("whose duty"), max_length=10, choices=Duty)
    anchor = models.CharField(_("runs from"), max_length=12, choices=Anchor)
    offset = models.CharField(_("time"), max_length=5)
    required = models.PositiveSmallIntegerField(_("how many"), default=1)
    window = models.CharField(_("counted within"), max_length=5, blank=True)
    least_days = models.PositiveSmallIntegerField(_("days it lasts at least"), default=0)
    grace_days = models.PositiveSmallIntegerField(_("days of grace"), default=0)
    grace_kinds = ArrayField(models.CharField(max_length=20), verbose_name=_("has grace"), default=list)
    not_counted = ArrayField(models.CharField(max_length=20), verbose_name=_("does not count"), default=list)
    pauses = ArrayField(models.CharField(max_length=10), verbose_name=_("stands still"), default=list)
    shifts = ArrayField(models.CharField(max_length=10), verbose_name=_("due after"), default=list)
    resumes = models.CharField(_("so long after"), max_length=5, blank=True)
    title_da = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    law_ref = models.CharField(_("law"), max_length=200)
    read_in = models.CharField(_("read in"), max_length=200)
    note_da = models.TextField(blank=True)
    note_en = models.TextField(blank=True)

    objects = DatedQuerySet["DeadlineRule"].as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("deadline of the law")
        verbose_name_plural = _("deadlines of the law")
        ordering = ["-valid_from", "code", "target_group"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                name="deadlinerule_once_from_a_day", fields=["code", "target_group", "valid_from"]
            ),
            models.CheckConstraint(
                name="deadlinerule_spans_are_iso",
                condition=Q(offset__regex=ISO_SPAN) & _is_span("window") & _is_span("resumes"),
                violation_error_message=_("A length of time is written like P2W or P6M."),
            ),
            models.CheckConstraint(name="deadlinerule_asks_for_one_at_least", condition=Q(required__gte=1)),
            models.CheckConstraint(
                name="deadlinerule_was_read",
                condition=~Q(read_in="") & ~Q(law_ref=""),
                violation_error_message=_("A rule names the law, and where it was read."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self.title_en if get_language() == "en" else self.title_da

    @property
    def note(self) -> str:
        return self.note_en if get_language() == "en" else self.note_da

    @property
    def rule(self) -> deadlines.Rule:
        """The same as the pure arithmetic takes it."""
        return deadlines.Rule(
            event=deadlines.Event(self.event),
            duty=self.duty,
            anchor=deadlines.Anchor(self.anchor),
            offset=Span.parse(self.offset),
            required=self.required,
            window=Span.parse(self.window) if self.window else None,
            least_days=self.least_days,
            grace_days=self.grace_days,
            grace_kinds=frozenset(self.grace_kinds),
            not_counted=frozenset(self.not_counted),
            pauses=frozenset(self.pauses),
            shifts=frozenset(self.shifts),
            resumes=Span.parse(self.resumes) if self.resumes else Span(),
            valid_from=self.valid_from,
            valid_to=self.valid_to,
        )

    def is_over(self, *, on: date) -> bool:
        """Whether spells that begin now are no longer owed this."""
        return self.valid_to is not None and self.valid_to <= on


class SpellDelivery(models.Model):
    """What a jobcentre delivered out of its case system, in numbers: the rows themselves say what it was.

    It tells of every spell that touches the days from `window_from` to `window_to`, each whole, and takes the
    place of what was there of those. The data reach to the last of these days.
    """

    jobcentre = models.ForeignKey(Jobcentre, on_delete=models.PROTECT, related_name="spell_deliveries")
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    file_name = models.CharField(_("file"), max_length=200)
    digest = models.CharField(max_length=64)
    window_from = models.DateField(_("from"))
    window_to = models.DateField(_("to"))
    added = models.PositiveIntegerField(_("added"))
    changed = models.PositiveIntegerField(_("changed"))
    removed = models.PositiveIntegerField(_("removed"))
    unchanged = models.PositiveIntegerField(_("unchanged"))

    class Meta:
        verbose_name = _("delivery of spells")
        verbose_name_plural = _("deliveries of spells")
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="spelldelivery_window_ends_after_it_begins",
                condition=Q(window_to__gte=F("window_from")),
                violation_error_message=_("The last day must not be before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jobcentre}, {self.file_name}"


class SpellDraft(models.Model):
    """A file without problems that waits for its deliverer to see what it changes. One each."""

    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="spell_draft")
    file_name = models.CharField(_("file"), max_length=200)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    window_from = models.DateField(_("from"))
    window_to = models.DateField(_("to"))
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("spells that wait")
        verbose_name_plural = _("spells that wait")

    def __str__(self) -> str:
        return self.file_name


class SpellQuerySet(models.QuerySet["Spell"]):
    def visible_to(self, jobcentre: Jobcentre) -> Self:
        """A jobcentre's own, and nobody else's."""
        return self.filter(jobcentre=jobcentre)


class Spell(models.Model):
    """A time somebody was on a benefit, in one target group; a change of target group begins another.

    `person` is made by the jobcentre's case system: the same person has the same key there, and what looks
    like a CPR number is refused. `digest` is of the spell with all that belongs to it, by which the next
    delivery finds what has changed.
    """

    jobcentre = models.ForeignKey(Jobcentre, on_delete=models.PROTECT, related_name="+")
    delivery = models.ForeignKey(SpellDelivery, on_delete=models.PROTECT, related_name="+")
    person = models.CharField(_("key"), max_length=64)
    target_group = models.ForeignKey(TargetGroup, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    registered_on = models.DateField(_("registered"), null=True, blank=True)
    exit_to = models.CharField(_("left for"), max_length=10, choices=Exit, blank=True)
    digest = models.CharField(max_length=32)

    objects = SpellQuerySet.as_manager()

    class Meta:
        verbose_name = _("benefit spell")
        verbose_name_plural = _("benefit spells")
        constraints = [
            models.UniqueConstraint(name="spell_once", fields=["jobcentre", "person", "starts_on"]),
            models.CheckConstraint(
                name="spell_ends_after_it_begins", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="spell_is_left_when_it_ends", condition=Q(exit_to="") | Q(ends_on__isnull=False)
            ),
            models.CheckConstraint(
                name="spell_key_is_no_cpr_number",
                condition=Q(person__regex=r"^[0-9A-Za-z_-]{16,64}$") & Q(person__regex="[A-Za-z]"),
                violation_error_message=_("A person's key has 16 to 64 letters and digits."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.starts_on}"


class Activity(models.Model):
    """An interview that was held in a spell, or an offer. kind: who held it, or what it was."""

    spell = models.ForeignKey(Spell, on_delete=models.CASCADE, related_name="activities")
    event = models.CharField(_("event"), max_length=10, choices=Event)
    kind = models.CharField(_("kind"), max_length=20)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    given_on = models.DateField(_("given"), null=True, blank=True)
    hours = models.FloatField(_("hours a week"), null=True, blank=True)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        constraints = [
            models.CheckConstraint(
                name="activity_ends_after_it_begins", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="activity_is_of_a_kind_its_event_has",
                condition=Q(event="interview", kind__in=Duty.values)
                | Q(event="offer", kind__in=Offer.values),
            ),
            models.CheckConstraint(
                name="activity_offers_have_hours",
                condition=Q(event="interview", hours=None) | Q(event="offer", hours__gt=0, hours__lte=60),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_on}"


class Exemption(models.Model):
    """A period of a spell in which the law asks for nothing. `number`: 1 for the earliest, and so on."""

    spell = models.ForeignKey(Spell, on_delete=models.CASCADE, related_name="exemptions")
    number = models.PositiveSmallIntegerField()
    reason = models.CharField(_("reason"), max_length=10, choices=Reason)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        verbose_name = _("exempt period")
        verbose_name_plural = _("exempt periods")
        constraints = [
            models.UniqueConstraint(name="exemption_numbered_once", fields=["spell", "number"]),
            models.CheckConstraint(
                name="exemption_ends_after_it_begins",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.starts_on}"


class Kept(models.Model):
    """How one deadline was kept by one jobcentre in one quarter: numbers alone, the aggregate others see.

    What was late is counted by when it was made good. A recomputation puts new rows in the place of these.
    """

    rule = models.ForeignKey(DeadlineRule, on_delete=models.CASCADE, related_name="kept")
    jobcentre = models.ForeignKey(Jobcentre, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(_("period"), max_length=10)
    starts_on = models.DateField()
    ends_on = models.DateField()
    due = models.PositiveIntegerField(_("came due"))
    timely = models.PositiveIntegerField(_("in time"))
    late_a_week = models.PositiveIntegerField(_("up to a week late"))
    late_a_month = models.PositiveIntegerField(_("up to a month late"))
    late_more = models.PositiveIntegerField(_("more than a month late"))
    not_done = models.PositiveIntegerField(_("not done yet"))

    class Meta:
        verbose_name = _("deadlines kept")
        verbose_name_plural = _("deadlines kept")
        constraints = [
            models.UniqueConstraint(name="kept_once", fields=["rule", "jobcentre", "period"]),
            models.CheckConstraint(
                name="kept_in_time_or_late",
                condition=Q(
                    due=F("timely") + F("late_a_week") + F("late_a_month") + F("late_more") + F("not_done")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} {self.period}: {self.timely}/{self.due}"

    @property
    def late(self) -> int:
        return self.due - self.timely


class Counting(Work):
    """Promised work: count the deadlines and measures anew, of a jobcentre after its delivery or of all.

    month: its first day, for the one that each month promises for the country.
    """

    jobcentre = models.ForeignKey(
        Jobcentre, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    month = models.DateField(_("month"), null=True, blank=True, unique=True)

    objects = WorkQuerySet["Counting"].as_manager()

    class Meta(Work.Meta):
        abstract = False
        verbose_name = _("counting")
        verbose_name_plural = _("countings")
        ordering = ["-created_at", "-pk"]
        constraints = [
            *Work.Meta.constraints,
            models.CheckConstraint(
                name="counting_of_a_month_is_of_all", condition=Q(month=None) | Q(jobcentre=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jobcentre_id or 'all'} {self.created_at:%d-%m-%Y}"

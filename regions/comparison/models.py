"""Framework conditions, expected values, how jobcentres lie beside them; and the work of recomputing it."""

from __future__ import annotations

from hashlib import sha256
from typing import Self

import pgtrigger
from django.db import connection, models
from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import Organisation, User
from jobcenter.centres.models import Jobcentre
from jobcenter.geography.models import Dated, DatedQuerySet, Municipality
from jobcenter.pages.privacy import without_cpr
from jobcenter.runtime.models import Work, WorkQuerySet
from regions.comparison.condition_file import Difference
from regions.measures.models import Measure, TargetGroup


class ConditionQuerySet(DatedQuerySet["Condition"]):
    def with_values(self) -> Self:
        """Adds `known`, of how many jobcentres there is a value, and `latest`, the newest year of one."""
        return self.annotate(
            known=Count("values__jobcentre", distinct=True), latest=models.Max("values__year")
        )


class Condition(Dated):
    """A defined thing that no jobcentre can change: it may count in what is expected of one.

    Reviewed before it stands here, in `conditions.toml`. It is never the result or its mirror: employment,
    income and benefits of the same year are results by another name.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    title_da = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    source_da = models.CharField(max_length=200)
    source_en = models.CharField(max_length=200)
    unchangeable_da = models.TextField(_("why no jobcentre can change it"))
    unchangeable_en = models.TextField(_("why no jobcentre can change it, in English"))
    lowest = models.FloatField(_("lowest value there can be"), null=True, blank=True)
    highest = models.FloatField(_("highest value there can be"), null=True, blank=True)
    is_computed = models.BooleanField(_("computed by the portal"), default=False)
    is_fictional = models.BooleanField(_("invented"), default=False)
    reviewed_by = models.CharField(_("reviewed by"), max_length=120)
    reviewed_on = models.DateField(_("reviewed"))

    objects = ConditionQuerySet.as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")
        ordering = ["-is_computed", "code"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="condition_says_why_it_is_none",
                condition=~Q(unchangeable_da="") & ~Q(unchangeable_en="") & ~Q(reviewed_by=""),
                violation_error_message=_(
                    "A framework condition needs a reviewer, and the reason why no jobcentre can change it."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title_en if get_language() == "en" else self.title_da

    @property
    def source(self) -> str:
        return self.source_en if get_language() == "en" else self.source_da

    @property
    def is_share(self) -> bool:
        """Whether it lies between 0 and 1: nobody has one more of it, only a percentage point more."""
        return (self.lowest, self.highest) == (0, 1)

    @property
    def unchangeable(self) -> str:
        return self.unchangeable_en if get_language() == "en" else self.unchangeable_da


class ConditionFileQuerySet(models.QuerySet["ConditionFile"]):
    def waiting(self) -> Self:
        return self.filter(state=ConditionFile.State.WAITING)


class ConditionFile(models.Model):
    """A file of framework conditions as it was brought, and whether it counts.

    It is the evidence: what was brought never changes. Only a file without a problem is kept, and nothing of
    it counts before somebody who has seen what it changes lets it through. told: what it changed then.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("delivery", "waits")
        COUNTED = "counted", pgettext_lazy("delivery", "counts")
        DROPPED = "dropped", pgettext_lazy("delivery", "put aside")

    source = models.CharField(_("source"), max_length=200)
    came_as = models.CharField(_("file"), max_length=200)
    content = models.BinaryField(editable=False)
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.WAITING)
    told = models.JSONField(_("what it changed"), default=dict, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    reason = models.TextField(_("reason"), blank=True)

    objects = ConditionFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of framework conditions")
        verbose_name_plural = _("files of framework conditions")
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="condition_file_decided_by_somebody_when_it_no_longer_waits",
                condition=Q(state="waiting", decided_at=None, decided_by=None)
                | (~Q(state="waiting") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                violation_error_message=_("What no longer waits was decided by somebody at some time."),
            ),
            models.CheckConstraint(
                name="condition_file_put_aside_for_a_reason",
                condition=~Q(state="dropped") | ~Q(reason=""),
                violation_error_message=_("What is put aside is put aside for a reason."),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="condition_file_stays", fields=["content", "came_as", "received_at", "source", "by"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.came_as}"

    def get_absolute_url(self) -> str:
        return reverse("comparison:file", args=[self.pk])

    @property
    def waits(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def digest(self) -> str:
        return sha256(bytes(self.content)).hexdigest()

    @property
    def difference(self) -> Difference:
        """What it changed when it was let through; nothing where it was not."""
        return Difference.from_json(self.told)

    @property
    def sign(self) -> str:
        """The shape that goes with the state's word."""
        return {"waiting": "clock", "counted": "good"}.get(self.state, "fewer")


class FrameworkCondition(models.Model):
    """The value of a condition for a jobcentre in a year. Only what is defined can have one."""

    jobcentre = models.ForeignKey(Jobcentre, on_delete=models.PROTECT, related_name="conditions")
    year = models.PositiveSmallIntegerField(_("year"))
    condition = models.ForeignKey(
        Condition, on_delete=models.PROTECT, to_field="code", db_column="condition", related_name="values"
    )
    value = models.FloatField(_("value"))
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("framework condition")
        verbose_name_plural = _("framework conditions")
        constraints = [
            models.UniqueConstraint(
                fields=["jobcentre", "year", "condition"], name="framework_condition_once"
            ),
            # Neither infinity nor “not a number”, which PostgreSQL takes to be the largest of all.
            models.CheckConstraint(
                name="framework_condition_is_a_number", condition=Q(value__gte=-1e15, value__lte=1e15)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jobcentre} {self.year} {self.condition_id}"


PERIODS = """
    WITH RECURSIVE compared AS (
        SELECT min(period) AS period FROM comparison_comparison
        UNION ALL
        SELECT (SELECT min(period) FROM comparison_comparison WHERE period > compared.period)
        FROM compared WHERE compared.period IS NOT NULL
    )
    SELECT period FROM compared WHERE period IS NOT NULL
"""
"""From each the next is looked up in the index: there are few, each of very many comparisons."""


class ComparisonQuerySet(models.QuerySet["Comparison"]):
    def newest(self) -> Self:
        """Of each measure and target group the one that ends last; of two that end together, the longer."""
        subject = ("measure_id", "target_group_id")
        return self.order_by(*subject, "-ends_on", "starts_on").distinct(*subject)

    def made_in(self, period: str) -> int:
        """How often a jobcentre was compared in a period, on all measures: what p was adjusted for."""
        return int(self.filter(period=period).aggregate(made=Sum("compared"))["made"] or 0)


class Comparison(models.Model):
    """All jobcentres beside each other on one measure, target group and period.

    θ is the overall level (1 when actual is held against expected), φ and τ² the variation beyond
    chance. Limits are drawn from them when a page needs them. The digest is of the results' rows: what comes
    to the same is not written again.
    """

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="comparisons")
    target_group = models.ForeignKey(TargetGroup, on_delete=models.PROTECT, related_name="comparisons")
    period = models.CharField(_("period"), max_length=10)
    starts_on = models.DateField()
    ends_on = models.DateField()
    definition_version = models.PositiveSmallIntegerField(_("definition version"))
    data_date = models.DateField(_("data date"))
    compared = models.PositiveIntegerField(_("jobcentres of whom something was expected"), default=0)
    theta = models.FloatField()
    phi = models.FloatField()
    tau2 = models.FloatField()
    r_squared = models.FloatField(_("explained variation"))
    coefficients = models.JSONField(_("coefficients"))
    weakness = models.CharField(_("why the model is weak"), max_length=40, blank=True)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    computed_at = models.DateTimeField(_("computed"), default=timezone.now)

    objects = ComparisonQuerySet.as_manager()

    class Meta:
        verbose_name = _("comparison")
        verbose_name_plural = _("comparisons")
        ordering = ["-ends_on", "measure", "target_group"]
        indexes = [
            models.Index(name="comparison_of_a_period", fields=["period"]),
            models.Index(
                name="comparison_newest_first", fields=["measure", "target_group", "-ends_on", "starts_on"]
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["measure", "target_group", "period"], name="comparison_once"),
        ]

    def __str__(self) -> str:
        return f"{self.measure}, {self.target_group}, {self.period}"

    @staticmethod
    def periods() -> list[str]:
        """The code of every period in which anything has been compared, each once. One query."""
        with connection.cursor() as cursor:
            cursor.execute(PERIODS)
            return [period for (period,) in cursor.fetchall()]


class ResultQuerySet(models.QuerySet["Result"]):
    def named(self) -> Self:
        """What tables and charts tell of each, and what they call its jobcentre: nothing more of either."""
        return self.select_related("jobcentre").only(
            *("comparison", "jobcentre", "actual", "base", "expected", "z", "z_adjusted", "p_adjusted"),
            *("jobcentre__code", "jobcentre__name", "jobcentre__sort_key"),
        )


class Result(models.Model):
    """One jobcentre in one comparison: actual and expected persons, and how far apart beyond chance."""

    # Found by the constraint's own index, which begins with it.
    comparison = models.ForeignKey(
        Comparison, on_delete=models.CASCADE, related_name="results", db_index=False
    )
    jobcentre = models.ForeignKey(Jobcentre, on_delete=models.PROTECT, related_name="results")
    actual = models.BigIntegerField(_("actual"))
    base = models.BigIntegerField(_("base"))
    expected = models.FloatField(_("expected"), null=True)
    z = models.FloatField(null=True)
    z_adjusted = models.FloatField(_("z, adjusted for over-dispersion"), null=True)
    p = models.FloatField(null=True)
    p_adjusted = models.FloatField(_("p, adjusted for the number of comparisons"), null=True)

    objects = ResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        constraints = [
            models.UniqueConstraint(fields=["comparison", "jobcentre"], name="result_once"),
        ]

    def __str__(self) -> str:
        return f"{self.jobcentre}: {self.actual}/{self.base}"

    def get_absolute_url(self) -> str:
        """The page of what it was computed from. Its comparison, measure and target group are needed."""
        one = self.comparison
        return reverse(
            "dashboard:result", args=[self.jobcentre_id, one.measure.code, one.target_group.code, one.period]
        )

    @property
    def name(self) -> str:
        """What a chart calls it."""
        return self.jobcentre.short_name

    @property
    def ratio(self) -> float | None:
        """Actual in per cent of expected; None when the base is too small to expect anything."""
        return 100 * self.actual / self.expected if self.expected else None

    @property
    def difference(self) -> float | None:
        """Persons more than expected."""
        return None if self.expected is None else self.actual - self.expected


class NamedGroup(Dated):
    """Municipalities that are compared with each other under a name, as a reviewed source lists them."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    title_da = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    source = models.CharField(_("source"), max_length=300)
    municipalities = models.ManyToManyField(Municipality, related_name="+", verbose_name=_("municipalities"))

    objects = DatedQuerySet["NamedGroup"].as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("named group")
        verbose_name_plural = _("named groups")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title_en if get_language() == "en" else self.title_da


class SelectionQuerySet(models.QuerySet["Selection"]):
    def usable_by(self, user: User, organisation: Organisation) -> Self:
        """One's own, and those that colleagues share; by name."""
        return self.filter(Q(owner=user) | Q(is_shared=True), organisation=organisation)


class Selection(models.Model):
    """Jobcentres that somebody compares with again and again, under a name: one's own, or shared."""

    owner = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="selections", verbose_name=_("owner")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=60, validators=[without_cpr])
    is_shared = models.BooleanField(_("shared with colleagues"), default=False)
    jobcentres = models.ManyToManyField(Jobcentre, related_name="+", verbose_name=_("jobcentres"))

    objects = SelectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("selection")
        verbose_name_plural = _("selections")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(name="selection_has_a_name", condition=~Q(name="")),
            models.UniqueConstraint(
                name="selection_name_once",
                fields=["owner", "organisation", "name"],
                violation_error_message=_("You have a selection of that name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RecomputationQuerySet(models.QuerySet["Recomputation"]):
    def running(self) -> Self:
        """Those with steps still to do. One that gave up a step has stopped: its next stage never comes."""
        steps = Step.objects.filter(recomputation=models.OuterRef("pk"))
        return self.filter(models.Exists(steps.filter(finished_at=None))).exclude(
            models.Exists(steps.filter(given_up_at__isnull=False))
        )

    def newest_with_progress(self) -> Recomputation | None:
        """The one that was started last, with `total`, `done` and `given_up` counted from its steps alone."""
        newest = self.order_by("-started_at", "-pk")[:1]
        steps = self.filter(pk__in=newest.values("pk")).annotate(
            total=Count("steps"),
            done=Count("steps", filter=~Q(steps__finished_at=None)),
            given_up=Count("steps", filter=~Q(steps__given_up_at=None)),
        )
        return steps.first()


class Recomputation(models.Model):
    """A request to bring results, flags and proposals up to date, carried out step by step.

    night: the day whose nightly one it is, of which there is one; None for what somebody asked for.
    """

    started_at = models.DateTimeField(_("started"), default=timezone.now)
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    night = models.DateField(_("night"), null=True, unique=True, editable=False)

    objects = RecomputationQuerySet.as_manager()

    class Meta:
        verbose_name = _("recomputation")
        verbose_name_plural = _("recomputations")
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.pk}"


class Outcome(models.Model):
    """What the comparisons of a measure in a period came to, until all of the measure is written at once.

    comparisons: rows of `Comparison`. results: rows of `Result` as they are sent to the database, of those
    comparisons that came to something else than before.
    """

    recomputation = models.ForeignKey(Recomputation, on_delete=models.CASCADE, related_name="outcomes")
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="+")
    period = models.CharField(_("period"), max_length=10)
    comparisons = models.JSONField()
    results = models.BinaryField()

    class Meta:
        verbose_name = _("outcome kept aside")
        verbose_name_plural = _("outcomes kept aside")
        constraints = [
            models.UniqueConstraint(fields=["recomputation", "measure", "period"], name="outcome_once"),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.period}"


class StepQuerySet(WorkQuerySet["Step"]):
    def ready(self) -> Self:
        """Waiting steps whose earlier stages are all done, in recomputations that have not stopped."""
        siblings = Step.objects.filter(recomputation=models.OuterRef("recomputation"))
        earlier = siblings.filter(stage__lt=models.OuterRef("stage"), finished_at=None)
        return self.waiting().exclude(
            models.Exists(earlier) | models.Exists(siblings.filter(given_up_at__isnull=False))
        )


class Step(Work):
    """One bounded part of a recomputation: `task` names who does it, `about` what it is about.

    Steps of a stage may run side by side; a stage begins when the one before is done.
    """

    recomputation = models.ForeignKey(Recomputation, on_delete=models.CASCADE, related_name="steps")
    stage = models.PositiveSmallIntegerField(_("stage"))
    task = models.CharField(_("task"), max_length=60)
    about = models.JSONField(_("about"))

    objects = StepQuerySet.as_manager()

    class Meta(Work.Meta):
        abstract = False
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["stage", "pk"]

    def __str__(self) -> str:
        return f"{self.task} {self.about}"


class ReplyQuerySet(models.QuerySet["Reply"]):
    def standing(self) -> Self:
        """Of each result the newest reply: what is shown beside it."""
        subject = ("jobcentre_id", "measure_id", "target_group_id", "period")
        return self.order_by(*subject, "-at", "-pk").distinct(*subject)


class Reply(models.Model):
    """What a jobcentre's manager has to say of a result of its own: shown beside it, wherever it is shown.

    It is about the measure, target group and period, and outlives the rows of a recomputation. A newer one
    stands in its place; none is changed or deleted, so that what was decided by can be read. The only
    person in it is the manager, who speaks for the jobcentre: it is kept as long as the results are.
    """

    jobcentre = models.ForeignKey(
        Jobcentre, on_delete=models.PROTECT, related_name="replies", verbose_name=_("jobcentre")
    )
    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, related_name="+", verbose_name=_("measure")
    )
    target_group = models.ForeignKey(
        TargetGroup, on_delete=models.PROTECT, related_name="+", verbose_name=_("target group")
    )
    period = models.CharField(_("period"), max_length=10)
    text = models.TextField(_("the jobcentre's comment"), max_length=2000, validators=[without_cpr])
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("time"), default=timezone.now)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment to a result")
        verbose_name_plural = _("comments to results")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(
                name="reply_newest_of_a_result",
                fields=["jobcentre", "measure", "target_group", "period", "-at", "-id"],
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="reply_says_something",
                condition=Q(text__regex=r"\S"),
                violation_error_message=_("Write what the jobcentre has to say."),
            ),
        ]
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.jobcentre}, {self.period}"

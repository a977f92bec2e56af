"""From results to flags: the rule asked about every jobcentre, and what it answers frozen as evidence.

A flag is a proposal to a named officer, never a decision. The same results raise nothing twice, what has
been decided is not taken up again for the same months, and facts about the labour market raise none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import cached_property

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from jobcenter.centres.models import Jobcentre
from regions.comparison.models import Comparison, Result, Step
from regions.comparison.peers import Peers, nearest_peers
from regions.measures.direction import Direction
from regions.measures.models import Measure, TargetGroup
from regions.measures.periods import parse
from regions.oversight.evidence import Evidence
from regions.oversight.facts import Figures, Reason, Required
from regions.oversight.models import Flag, Ground, Requirement, RuleParameters, Severity
from regions.oversight.rule import (
    Deviation,
    FlagRule,
    Judgement,
    Level,
    PeriodResult,
    judge,
    judge_requirement,
)
from regions.oversight.way import UNDECIDED


class NotAssessable(ValueError):
    """A fact about the labour market is nobody's result, and no reason to look at anybody."""


@transaction.atomic
def flag(*, measure: Measure, target_group: TargetGroup, among: Collection[int] | None = None) -> list[Flag]:
    """Raise a flag for each jobcentre whose latest result calls for one, by the rule in force today.

    among: primary keys of the jobcentres that are asked about; all of them without it. Returns the new flags.
    Raises NotAssessable for a fact about the labour market.
    """
    if not measure.is_assessable:
        raise NotAssessable(f"“{measure.code}” is a fact about the labour market")
    compared = Comparison.objects.filter(measure=measure, target_group=target_group)
    comparisons = consecutive(compared.defer("coefficients", "digest").select_related("measure"))
    if not comparisons:
        return []
    today = timezone.localdate()
    requirement = None
    if measure.kind == Measure.Kind.LEGAL_REQUIREMENT:
        requirement = required_of(measure, target_group, on=comparisons[-1].ends_on)
        if not requirement:
            return []
    picture = Picture.read(
        comparisons,
        parameters=RuleParameters.objects.valid(today).get(),
        requirement=requirement,
        among=among,
    )
    flags_of: dict[int, list[Flag]] = {}
    for raised in Flag.objects.filter(measure=measure, target_group=target_group).defer("evidence"):
        flags_of.setdefault(raised.jobcentre_id, []).append(raised)

    def is_new(jobcentre: Jobcentre, severity: Severity) -> bool:
        raised = flags_of.get(jobcentre.pk, [])
        return not any(covers(one, severity=severity, period=picture.latest.period) for one in raised)

    return Flag.objects.bulk_create(
        Flag(
            jobcentre=jobcentre,
            measure=measure,
            target_group=target_group,
            period=picture.latest.period,
            ground=picture.ground,
            severity=severity,
            rule=picture.parameters,
            due_on=today + timedelta(days=picture.parameters.days_to_review),
            evidence=picture.evidence(jobcentre, judgement).frozen().as_json(),
        )
        for jobcentre, severity, judgement in picture.worth_a_look()
        if is_new(jobcentre, severity)
    )


def required_of(measure: Measure, target_group: TargetGroup, *, on: date) -> Requirement | None:
    """What the law requires on a day: of the target group itself before of all."""
    of_this_or_all = Requirement.objects.valid(on).filter(
        Q(target_group=target_group) | Q(target_group=None), measure=measure
    )
    return of_this_or_all.order_by(F("target_group").asc(nulls_last=True)).first()


def consecutive(comparisons: Iterable[Comparison]) -> list[Comparison]:
    """The latest comparison and those before it whose periods do not overlap it or each other, oldest first.

    Of four quarters that end in September, the one before is the four that ended in September a year
    ago: windows in between share months with both.
    """
    by_period = {parse(comparison.period): comparison for comparison in comparisons}
    if not by_period:
        return []
    latest = max(by_period, key=lambda period: (period.ends_on, period.frequency.length))
    chosen = [
        period
        for period in by_period
        if period.frequency is latest.frequency and (latest.last - period.last) % latest.frequency.length == 0
    ]
    return [by_period[period] for period in sorted(chosen, key=lambda period: period.last)]


def covers(known: Flag, *, severity: Severity, period: str) -> bool:
    """Whether a flag that is there already says what a new one would.

    It does while nobody has decided it, and, decided or not, for the months it was raised about. A flag
    to watch does not cover a serious problem.
    """
    if known.severity == Severity.WATCH and severity == Severity.SERIOUS:
        return False
    return known.state in UNDECIDED or parse(known.period).overlaps(parse(period))


def carry_out(step: Step) -> None:
    """Do what a step of a recomputation is about: a measure, each target group by itself."""
    measure = Measure.objects.get(code=step.about["measure"])
    groups = TargetGroup.objects.filter(comparisons__measure=measure).distinct().order_by("code")
    # What the law requires is asked of everybody: it does not depend on how the others do.
    news = None if measure.kind == Measure.Kind.LEGAL_REQUIREMENT else news_of(measure)
    for group in groups:
        among = None if news is None else news.get(group.pk, set())
        if among is None or among:
            flag(measure=measure, target_group=group, among=among)


def news_of(measure: Measure) -> dict[int, set[int]]:
    """By target group: the jobcentres of whose latest result the rule may say what no flag says yet.

    Asked of all groups at once, so that nothing more is read of the many results where all is as it was. Four
    queries.
    """
    rule = RuleParameters.objects.valid(timezone.localdate()).get()
    latest = (
        Comparison.objects.filter(measure=measure)
        .order_by("target_group_id", "-ends_on", "starts_on")
        .distinct("target_group_id")
    )
    beyond = (
        Result.objects.filter(worse_by(rule.watch_z, direction=Direction(measure.direction)))
        .filter(comparison__in=[comparison.pk for comparison in latest])
        .select_related("comparison")
    )
    flags_of: dict[tuple[int, int], list[Flag]] = {}
    for raised in Flag.objects.filter(measure=measure).defer("evidence"):
        flags_of.setdefault((raised.target_group_id, raised.jobcentre_id), []).append(raised)

    def is_news(result: Result) -> bool:
        raised = flags_of.get((result.comparison.target_group_id, result.jobcentre_id), [])
        said = {Severity.WATCH}
        is_rare = result.p_adjusted is not None and result.p_adjusted < rule.false_discovery_rate
        if is_rare and abs(result.z_adjusted or 0) >= rule.serious_z:
            said.add(Severity.SERIOUS)
        return any(
            not any(covers(one, severity=severity, period=result.comparison.period) for one in raised)
            for severity in said
        )

    news: dict[int, set[int]] = {}
    for result in filter(is_news, beyond):
        news.setdefault(result.comparison.target_group_id, set()).add(result.jobcentre_id)
    return news


def worse_by(z: float, *, direction: Direction) -> Q:
    """Results so many standard errors or more on the bad side; none where no side is bad."""
    match direction.worse:
        case 1:
            return Q(z_adjusted__gte=z)
        case -1:
            return Q(z_adjusted__lte=-z)
        case _:
            return Q(pk__in=[])


@dataclass(frozen=True, kw_only=True)
class Picture:
    """All jobcentres on one measure and target group, in periods that follow each other.

    results: of each jobcentre, in the order of the comparisons, None where it has none in a period.
    requirement: what the law requires; None where results are held against what was expected.
    asked: primary keys of those to judge. Of the others the earlier results are not read.
    """

    comparisons: Sequence[Comparison]
    results: dict[Jobcentre, list[Result | None]]
    parameters: RuleParameters
    compared_in_period: int
    asked: frozenset[int]
    requirement: Requirement | None = None

    @classmethod
    def read(
        cls,
        comparisons: Sequence[Comparison],
        *,
        parameters: RuleParameters,
        requirement: Requirement | None = None,
        among: Collection[int] | None = None,
    ) -> Picture:
        """Three queries. Those who are not far enough on the bad side to be watched need not be judged."""
        latest = comparisons[-1]
        worse = Direction(latest.measure.direction).worse
        of_latest = latest.results.select_related("jobcentre").order_by("jobcentre__code")
        results: dict[Jobcentre, list[Result | None]] = {}
        of_one: dict[int, list[Result | None]] = {}
        for result in of_latest:
            periods = results[result.jobcentre] = [None] * (len(comparisons) - 1) + [result]
            is_worse = requirement or worse * (result.z_adjusted or 0) >= parameters.watch_z
            if is_worse and (among is None or result.jobcentre_id in among):
                of_one[result.jobcentre_id] = periods
        place = {comparison.pk: number for number, comparison in enumerate(comparisons[:-1])}
        for result in Result.objects.filter(comparison__in=place, jobcentre__in=of_one):
            of_one[result.jobcentre_id][place[result.comparison_id]] = result
        return cls(
            comparisons=comparisons,
            results=results,
            parameters=parameters,
            requirement=requirement,
            asked=frozenset(of_one),
            compared_in_period=Comparison.objects.made_in(latest.period),
        )

    @property
    def latest(self) -> Comparison:
        return self.comparisons[-1]

    @property
    def ground(self) -> Ground:
        return Ground.REQUIREMENT if self.requirement else Ground.RESULT

    @property
    def direction(self) -> Direction:
        return Direction(self.latest.measure.direction)

    def worth_a_look(self) -> Iterator[tuple[Jobcentre, Severity, Judgement]]:
        """The jobcentres with a result in the latest period that the rule of its ground points at."""
        for jobcentre, results in self.results.items():
            if jobcentre.pk in self.asked and (latest := results[-1]):
                judged = self._judge_requirement(latest) if self.requirement else self._judge(results)
                if judged.level in (Level.SERIOUS, Level.WATCH):
                    yield jobcentre, Severity(judged.level), judged

    def _judge(self, results: Sequence[Result | None]) -> Judgement:
        """Against what was expected, over the periods."""
        return judge(
            results=[
                _judged(result, comparison)
                for result, comparison in zip(results, self.comparisons, strict=True)
                if result
            ],
            direction=self.direction,
            rule=self._rule,
        )

    def _judge_requirement(self, latest: Result) -> Judgement:
        """Against what the law requires, in the latest period by itself."""
        assert self.requirement, "only a legal requirement is judged by what is required"
        return judge_requirement(
            actual=latest.actual,
            base=latest.base,
            required=self.requirement.required_share,
            direction=self.direction,
            least_base=self.latest.measure.least_base,
        )

    def evidence(self, jobcentre: Jobcentre, judgement: Judgement) -> Evidence:
        """What is known of the jobcentre's result now, as its flag's page will say it from now on."""
        own = zip(self.results[jobcentre], self.comparisons, strict=True)
        latest = {one.code: (one, results[-1]) for one, results in self.results.items()}
        return Evidence(
            direction=self.direction,
            periods=[_figures(jobcentre, result, comparison) for result, comparison in own if result],
            peers=[
                _figures(peer, result, self.latest)
                for peer, result in (latest[code] for code in self._peers.of.get(jobcentre.code, ()))
                if result
            ],
            reasons=[
                Reason(
                    condition=reason.condition,
                    held=reason.held,
                    observed=reason.observed,
                    threshold=reason.threshold,
                )
                for reason in judgement.reasons
            ],
            share=self._share,
            tau2=self.latest.tau2,
            comparisons=self.compared_in_period,
            false_discovery_rate=self.parameters.false_discovery_rate,
            definition_version=self.latest.definition_version,
            rule_version=self.parameters.version,
            data_date=self.latest.data_date.isoformat(),
            required=_required(self.requirement) if self.requirement else None,
            weakness=self.latest.weakness,
        )

    @cached_property
    def _rule(self) -> FlagRule:
        """The thresholds of the row, with the smallest base that the measure itself has."""
        columns = {field.name for field in fields(FlagRule)} - {"least_base"}
        thresholds = {name: getattr(self.parameters, name) for name in columns}
        return FlagRule(least_base=self.latest.measure.least_base, **thresholds)

    @cached_property
    def _compared(self) -> list[tuple[Jobcentre, Result]]:
        """Those of whom something could be expected in the latest period."""
        return [
            (one, results[-1])
            for one, results in self.results.items()
            if results[-1] and results[-1].expected
        ]

    @cached_property
    def _peers(self) -> Peers:
        return nearest_peers(
            codes=[jobcentre.code for jobcentre, _ in self._compared],
            expected_share=[(result.expected or 0) / result.base for _, result in self._compared],
        )

    @cached_property
    def _share(self) -> float:
        """Of all compared together: what the lines of the funnel are drawn at. 0 where none could be."""
        base = sum(result.base for _, result in self._compared)
        return sum(result.actual for _, result in self._compared) / base if base else 0.0


def _required(requirement: Requirement) -> Required:
    return Required(
        share=requirement.required_share, law_reference=requirement.law_reference, mark=requirement.mark
    )


def _judged(result: Result, comparison: Comparison) -> PeriodResult:
    return PeriodResult(
        starts_on=comparison.starts_on,
        ends_on=comparison.ends_on,
        actual=result.actual,
        base=result.base,
        deviation=_deviation(result),
    )


def _deviation(result: Result) -> Deviation | None:
    if result.expected is None or result.z_adjusted is None or result.p_adjusted is None:
        return None
    return Deviation(expected=result.expected, z_adjusted=result.z_adjusted, p_adjusted=result.p_adjusted)


def _figures(jobcentre: Jobcentre, result: Result, comparison: Comparison) -> Figures:
    return Figures(
        name=jobcentre.name,
        period=comparison.period,
        actual=result.actual,
        base=result.base,
        expected=result.expected,
        z_adjusted=result.z_adjusted,
        p_adjusted=result.p_adjusted,
    )

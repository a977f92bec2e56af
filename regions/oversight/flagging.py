"""From results to flags: the rule asked about every jobcentre, and what it answers frozen as evidence.

A flag is a proposal to a named officer, never a decision. The same results raise nothing twice, what has
been decided is not taken up again for the same months, and facts about the labour market raise none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import cache, cached_property

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from jobcenter.centres.models import Jobcentre
from regions.comparison import rows
from regions.comparison.models import Comparison, Result, Step
from regions.comparison.peers import Peers, nearest_peers
from regions.measures.direction import Direction
from regions.measures.models import Measure, TargetGroup
from regions.measures.periods import Period, parse
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

MOST_PERIODS = 36
"""So many periods of a jobcentre are read, and kept as evidence, at most: three years of months."""


class NotAssessable(ValueError):
    """A fact about the labour market is nobody's result, and no reason to look at anybody."""


@transaction.atomic
def flag(*, measure: Measure, target_group: TargetGroup | None = None) -> list[Flag]:
    """Raise a flag for each jobcentre whose latest result calls for one, by the rule in force today.

    target_group: all of them, without one. Returns the new flags. Raises NotAssessable for a fact about the
    labour market.
    """
    if not measure.is_assessable:
        raise NotAssessable(f"“{measure.code}” is a fact about the labour market")
    today = timezone.localdate()
    raised = [
        Flag(
            jobcentre=jobcentre,
            measure=measure,
            target_group=picture.latest.target_group,
            period=picture.latest.period,
            ground=picture.ground,
            severity=severity,
            rule=picture.parameters,
            due_on=today + timedelta(days=picture.parameters.days_to_review),
            evidence=picture.evidence(jobcentre, judgement).frozen().as_json(),
        )
        for picture in pictures(measure=measure, target_group=target_group, on=today)
        for jobcentre, severity, judgement in picture.worth_a_look()
    ]
    rows.add(raised)
    return raised


def required_of(measure: Measure, target_group: TargetGroup, *, on: date) -> Requirement | None:
    """What the law requires on a day: of the target group itself before of all."""
    of_this_or_all = Requirement.objects.valid(on).filter(
        Q(target_group=target_group) | Q(target_group=None), measure=measure
    )
    return of_this_or_all.order_by(F("target_group").asc(nulls_last=True)).first()


def are_in_step(period: Period, latest: Period) -> bool:
    """Whether a period is the latest, or one of those before it that overlap neither it nor each other.

    Of four quarters that end in September, the one before is the four that ended in September a year
    ago: windows in between share months with both.
    """
    length = latest.frequency.length
    return period.frequency is latest.frequency and (latest.last - period.last) % length == 0


def covers(known: Flag, *, severity: Severity, period: str) -> bool:
    """Whether a flag that is there already says what a new one would.

    It does while nobody has decided it, and, decided or not, for the months it was raised about. A flag
    to watch does not cover a serious problem.
    """
    if known.severity == Severity.WATCH and severity == Severity.SERIOUS:
        return False
    return known.state in UNDECIDED or parse(known.period).overlaps(parse(period))


def carry_out(step: Step) -> None:
    """Do what a step of a recomputation is about: a measure, all target groups."""
    flag(measure=Measure.objects.get(code=step.about["measure"]))


def pictures(*, measure: Measure, target_group: TargetGroup | None, on: date) -> Iterator[Picture]:
    """The latest comparison of each target group; where the law is asked, of those it requires something of.

    Read of all at once: six queries, and one for what is required of each.
    """
    compared = Comparison.objects.filter(measure=measure)
    if target_group:
        compared = compared.filter(target_group=target_group)
    newest = compared.newest().defer("coefficients", "digest")
    latest = list(newest.select_related("measure", "target_group"))
    parameters = RuleParameters.objects.valid(on).get()
    jobcentres = Jobcentre.objects.in_bulk()
    made_in = cache(Comparison.objects.all().made_in)
    is_required = measure.kind == Measure.Kind.LEGAL_REQUIREMENT
    in_question = Result.objects.filter(comparison__in=latest)
    if not is_required:
        in_question = in_question.filter(worse_by(parameters.watch_z, direction=Direction(measure.direction)))
    results: dict[int, dict[Jobcentre, Figures]] = {comparison.pk: {} for comparison in latest}
    for pk, jobcentre, figures in read(in_question, jobcentres=jobcentres):
        results[pk][jobcentre] = figures
    raised: dict[tuple[int, int], list[Flag]] = {}
    for known in Flag.objects.filter(measure=measure).defer("evidence"):
        raised.setdefault((known.target_group_id, known.jobcentre_id), []).append(known)
    for comparison in latest:
        requirement = None
        if is_required:
            requirement = required_of(measure, comparison.target_group, on=comparison.ends_on)
            if not requirement:
                continue
        yield Picture(
            latest=comparison,
            in_question=results[comparison.pk],
            raised={
                jobcentre: raised.get((comparison.target_group_id, jobcentre.pk), ())
                for jobcentre in results[comparison.pk]
            },
            jobcentres=jobcentres,
            parameters=parameters,
            compared_in_period=made_in(comparison.period),
            requirement=requirement,
        )


def worse_by(z: float, *, direction: Direction) -> Q:
    """Results so many standard errors or more on the bad side; none where no side is bad."""
    match direction.worse:
        case 1:
            return Q(z_adjusted__gte=z)
        case -1:
            return Q(z_adjusted__lte=-z)
        case _:
            return Q(pk__in=[])


def read(
    results: QuerySet[Result], *, jobcentres: Mapping[int, Jobcentre]
) -> Iterator[tuple[int, Jobcentre, Figures]]:
    """Results as evidence keeps them, by jobcentre and period, each with its comparison's primary key."""
    columns = ("actual", "base", "expected", "z_adjusted", "p_adjusted")
    in_order = results.order_by("jobcentre__code", "comparison__ends_on")
    for comparison, pk, period, *said in in_order.values_list(
        "comparison_id", "jobcentre_id", "comparison__period", *columns
    ):
        jobcentre = jobcentres[pk]
        figures = Figures(name=jobcentre.name, period=period, **dict(zip(columns, said, strict=True)))
        yield comparison, jobcentre, figures


@dataclass(frozen=True, kw_only=True)
class Picture:
    """All jobcentres on one measure and target group in its latest period.

    in_question: the results there that the rule may point at, by the jobcentre's code; raised: the flags
    there are about each. requirement: what the law requires; None where results are held against what was
    expected. Of the others nothing is read until there is something to hold beside them.
    """

    latest: Comparison
    in_question: Mapping[Jobcentre, Figures]
    raised: Mapping[Jobcentre, Sequence[Flag]]
    jobcentres: Mapping[int, Jobcentre]
    parameters: RuleParameters
    compared_in_period: int
    requirement: Requirement | None = None

    @property
    def ground(self) -> Ground:
        return Ground.REQUIREMENT if self.requirement else Ground.RESULT

    @property
    def direction(self) -> Direction:
        return Direction(self.latest.measure.direction)

    def worth_a_look(self) -> Iterator[tuple[Jobcentre, Severity, Judgement]]:
        """The jobcentres whose result the rule of its ground points at, where no flag does already."""
        for jobcentre, history in self._history.items():
            judged = self._judge_requirement(history[-1]) if self.requirement else self._judge(history)
            if judged.level in (Level.SERIOUS, Level.WATCH):
                severity = Severity(judged.level)
                if self._is_new(jobcentre, severity):
                    yield jobcentre, severity, judged

    @cached_property
    def _history(self) -> Mapping[Jobcentre, Sequence[Figures]]:
        """Of those alone of whom the rule may say something new: their results, oldest first. One query."""
        asked = {
            jobcentre.pk: jobcentre
            for jobcentre, figures in self.in_question.items()
            if any(self._is_new(jobcentre, severity) for severity in self._conceivable(figures))
        }
        if not asked:
            return {}
        latest = parse(self.latest.period)
        first = Period(latest.frequency, latest.last - (MOST_PERIODS - 1) * latest.frequency.length)
        history: dict[Jobcentre, list[Figures]] = {}
        of_them = Result.objects.filter(
            comparison__measure=self.latest.measure_id,
            comparison__target_group=self.latest.target_group_id,
            comparison__starts_on__gte=first.starts_on,
            jobcentre__in=asked,
        )
        for _comparison, jobcentre, figures in read(of_them, jobcentres=asked):
            if are_in_step(parse(figures.period), latest):
                history.setdefault(jobcentre, []).append(figures)
        return history

    def _conceivable(self, figures: Figures) -> Iterator[Severity]:
        """What the rule could call a result in question, however it was in the periods before."""
        yield Severity.WATCH
        is_rare = figures.p_adjusted is not None and figures.p_adjusted < self.parameters.false_discovery_rate
        if self.requirement or (is_rare and abs(figures.z_adjusted or 0) >= self.parameters.serious_z):
            yield Severity.SERIOUS

    def _is_new(self, jobcentre: Jobcentre, severity: Severity) -> bool:
        raised = self.raised[jobcentre]
        return not any(covers(one, severity=severity, period=self.latest.period) for one in raised)

    def _judge(self, history: Sequence[Figures]) -> Judgement:
        """Against what was expected, over the periods."""
        return judge(
            results=[_judged(figures) for figures in history], direction=self.direction, rule=self._rule
        )

    def _judge_requirement(self, latest: Figures) -> Judgement:
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
        return Evidence(
            direction=self.direction,
            periods=self._history[jobcentre],
            peers=[self._compared[code] for code in self._peers.of.get(jobcentre.code, ())],
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
    def _compared(self) -> dict[str, Figures]:
        """Those of whom something could be expected in the latest period, by code. One query."""
        results = Result.objects.filter(comparison=self.latest.pk, expected__gt=0)
        return {
            jobcentre.code: figures
            for _comparison, jobcentre, figures in read(results, jobcentres=self.jobcentres)
        }

    @cached_property
    def _peers(self) -> Peers:
        return nearest_peers(
            codes=list(self._compared),
            expected_share=[figures.expected_share or 0 for figures in self._compared.values()],
        )

    @cached_property
    def _share(self) -> float:
        """Of all compared together: what the lines of the funnel are drawn at. 0 where none could be."""
        base = sum(figures.base for figures in self._compared.values())
        return sum(figures.actual for figures in self._compared.values()) / base if base else 0.0


def _required(requirement: Requirement) -> Required:
    return Required(
        share=requirement.required_share, law_reference=requirement.law_reference, mark=requirement.mark
    )


def _judged(figures: Figures) -> PeriodResult:
    period = parse(figures.period)
    return PeriodResult(
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        actual=figures.actual,
        base=figures.base,
        deviation=_deviation(figures),
    )


def _deviation(figures: Figures) -> Deviation | None:
    if figures.expected is None or figures.z_adjusted is None or figures.p_adjusted is None:
        return None
    return Deviation(expected=figures.expected, z_adjusted=figures.z_adjusted, p_adjusted=figures.p_adjusted)

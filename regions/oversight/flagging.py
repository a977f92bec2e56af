"""From results to flags: the rule asked about every jobcentre, and what it answers frozen as evidence.

A flag is a proposal to a named officer, never a decision. The same results raise nothing twice, what has
been decided is not taken up again for the same months, and facts about the labour market raise none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import cache, cached_property
from typing import Self

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from jobcenter.centres.models import Jobcentre
from regions.comparison import rows
from regions.comparison.models import Comparison, Result, Step
from regions.measures.direction import Direction
from regions.measures.models import Measure, TargetGroup
from regions.measures.periods import parse
from regions.oversight.evidence import Evidence
from regions.oversight.facts import Figures, Reason, Required
from regions.oversight.law import laws_of
from regions.oversight.models import Flag, Ground, Requirement, RuleParameters, Severity
from regions.oversight.reading import Compared, compared, histories, read
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


@dataclass(frozen=True, kw_only=True)
class Day:
    """What is the same for every measure: the rule in force, all jobcentres by their primary keys.

    compared_in: how often a jobcentre was compared in a period, by its code.
    """

    date: date
    parameters: RuleParameters
    jobcentres: Mapping[int, Jobcentre]
    compared_in: Callable[[str], int]

    @classmethod
    def today(cls) -> Self:
        day = timezone.localdate()
        return cls(
            date=day,
            parameters=RuleParameters.objects.valid(day).get(),
            jobcentres=Jobcentre.objects.in_bulk(),
            compared_in=cache(Comparison.objects.all().made_in),
        )


@transaction.atomic
def flag(*measures: Measure, target_group: TargetGroup | None = None) -> list[Flag]:
    """Raise a flag for each jobcentre whose latest result calls for one, by the rule in force today.

    target_group: all of them, without one. Returns the new flags. Raises NotAssessable for a fact about the
    labour market.
    """
    day = Day.today()
    seen = list(pictures(measures, target_group=target_group, day=day))
    history = histories([(picture.latest, one) for picture in seen for one in picture.of_interest])
    found = [finding for picture in seen for finding in picture.findings(history)]
    others = compared({finding.picture.latest for finding in found}, jobcentres=day.jobcentres)
    raised = [finding.flag(others=others[finding.picture.latest], on=day.date) for finding in found]
    rows.add(raised)
    return raised


@dataclass(frozen=True)
class Known:
    """A flag that is there already: what of it says whether a new one would be news."""

    severity: str
    period: str
    state: str

    def covers(self, *, severity: Severity, period: str) -> bool:
        """Whether it says what a new one would.

        It does while nobody has decided it, and, decided or not, for the months it was raised about. A flag
        to watch does not cover a serious problem.
        """
        if self.severity == Severity.WATCH and severity == Severity.SERIOUS:
            return False
        return self.state in UNDECIDED or parse(self.period).overlaps(parse(period))


def carry_out(step: Step) -> None:
    """Do what a step of a recomputation is about: some measures, all target groups."""
    flag(*Measure.objects.filter(code__in=step.about["measures"]))


def pictures(measures: Sequence[Measure], *, target_group: TargetGroup | None, day: Day) -> Iterator[Picture]:
    """The latest comparison of each target group; where the law is asked, of those it requires something of.

    Read of all at once; there is one query more for what the law requires, and for each period not asked
    about before. Raises NotAssessable for a fact about the labour market.
    """
    for measure in measures:
        if not measure.is_assessable:
            raise NotAssessable(f"“{measure.code}” is a fact about the labour market")
    comparisons = Comparison.objects.filter(measure__in=measures)
    if target_group:
        comparisons = comparisons.filter(target_group=target_group)
    newest = comparisons.newest().defer("coefficients", "digest").prefetch_related("measure", "target_group")
    laws = laws_of(newest)
    latest = [one for one in newest if one.pk not in laws or laws[one.pk].requirement]
    results = in_question(latest, day=day)
    raised = known(measures)
    for comparison in latest:
        yield Picture(
            latest=comparison,
            in_question=results[comparison],
            raised={
                jobcentre: raised.get((comparison.measure_id, comparison.target_group_id, jobcentre.pk), ())
                for jobcentre in results[comparison]
            },
            parameters=day.parameters,
            compared_in_period=day.compared_in(comparison.period),
            requirement=laws[comparison.pk].requirement if comparison.pk in laws else None,
        )


def in_question(
    comparisons: Sequence[Comparison], *, day: Day
) -> Mapping[Comparison, Mapping[Jobcentre, Figures]]:
    """The results the rule may point at: all, where the law is asked; else those on the bad side.

    One query for all comparisons that are asked the same.
    """
    alike: dict[Q, list[Comparison]] = {}
    for one in comparisons:
        direction = Direction(one.measure.direction)
        asked = Q() if one.measure.is_required else worse_by(day.parameters.watch_z, direction=direction)
        alike.setdefault(asked, []).append(one)
    results: dict[Comparison, dict[Jobcentre, Figures]] = {one: {} for one in comparisons}
    for asked, of in alike.items():
        for comparison, jobcentre, figures in read(
            Result.objects.filter(asked), of=of, jobcentres=day.jobcentres
        ):
            results[comparison][jobcentre] = figures
    return results


def known(measures: Sequence[Measure]) -> Mapping[tuple[int, int, int], Sequence[Known]]:
    """The flags there are, by primary keys of measure, target group and jobcentre. One query."""
    raised: dict[tuple[int, int, int], list[Known]] = {}
    flags = Flag.objects.filter(measure__in=measures).order_by()
    for *about, severity, period, state in flags.values_list(
        "measure_id", "target_group_id", "jobcentre_id", "severity", "period", "state"
    ):
        measure, target_group, jobcentre = about
        raised.setdefault((measure, target_group, jobcentre), []).append(Known(severity, period, state))
    return raised


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
    """All jobcentres on one measure and target group in its latest period.

    in_question: the results there that the rule may point at, by jobcentre; raised: the flags there are
    about each. requirement: what the law requires; None where results are held against what was expected.
    """

    latest: Comparison
    in_question: Mapping[Jobcentre, Figures]
    raised: Mapping[Jobcentre, Sequence[Known]]
    parameters: RuleParameters
    compared_in_period: int
    requirement: Requirement | None = None

    @property
    def ground(self) -> Ground:
        return Ground.REQUIREMENT if self.requirement else Ground.RESULT

    @property
    def direction(self) -> Direction:
        return Direction(self.latest.measure.direction)

    @cached_property
    def of_interest(self) -> Sequence[Jobcentre]:
        """Those alone of whom the rule may say something new, however it was in the periods before."""
        return [
            jobcentre
            for jobcentre, figures in self.in_question.items()
            if any(self._is_new(jobcentre, severity) for severity in self._conceivable(figures))
        ]

    def findings(
        self, histories: Mapping[tuple[Comparison, Jobcentre], Sequence[Figures]]
    ) -> Iterator[Finding]:
        """What the rule of its ground points at, where no flag does already."""
        for jobcentre in self.of_interest:
            history = histories[self.latest, jobcentre]
            judged = self._judge_requirement(history[-1]) if self.requirement else self._judge(history)
            if judged.level in (Level.SERIOUS, Level.WATCH):
                severity = Severity(judged.level)
                if self._is_new(jobcentre, severity):
                    yield Finding(
                        picture=self,
                        jobcentre=jobcentre,
                        severity=severity,
                        judgement=judged,
                        history=history,
                    )

    def _conceivable(self, figures: Figures) -> Iterator[Severity]:
        """What the rule could call a result in question."""
        yield Severity.WATCH
        is_rare = figures.p_adjusted is not None and figures.p_adjusted < self.parameters.false_discovery_rate
        if self.requirement or (is_rare and abs(figures.z_adjusted or 0) >= self.parameters.serious_z):
            yield Severity.SERIOUS

    def _is_new(self, jobcentre: Jobcentre, severity: Severity) -> bool:
        raised = self.raised[jobcentre]
        return not any(one.covers(severity=severity, period=self.latest.period) for one in raised)

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

    @cached_property
    def _rule(self) -> FlagRule:
        """The thresholds of the row, with the smallest base that the measure itself has."""
        columns = {field.name for field in fields(FlagRule)} - {"least_base"}
        thresholds = {name: getattr(self.parameters, name) for name in columns}
        return FlagRule(least_base=self.latest.measure.least_base, **thresholds)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What the rule says of a jobcentre, and no flag does yet. history: its results, the oldest first."""

    picture: Picture
    jobcentre: Jobcentre
    severity: Severity
    judgement: Judgement
    history: Sequence[Figures]

    def flag(self, *, others: Compared, on: date) -> Flag:
        """The flag it comes to, not saved. others: who was compared in the latest period."""
        latest, parameters = self.picture.latest, self.picture.parameters
        return Flag(
            jobcentre=self.jobcentre,
            measure=latest.measure,
            target_group=latest.target_group,
            period=latest.period,
            ground=self.picture.ground,
            severity=self.severity,
            rule=parameters,
            due_on=on + timedelta(days=parameters.days_to_review),
            evidence=self._evidence(others).frozen().as_json(),
        )

    def _evidence(self, others: Compared) -> Evidence:
        """What is known of the jobcentre's result now, as its flag's page will say it from now on."""
        picture = self.picture
        return Evidence(
            direction=picture.direction,
            periods=self.history,
            peers=others.peers(self.jobcentre),
            reasons=[
                Reason(
                    condition=reason.condition,
                    held=reason.held,
                    observed=reason.observed,
                    threshold=reason.threshold,
                )
                for reason in self.judgement.reasons
            ],
            share=others.share,
            tau2=picture.latest.tau2,
            comparisons=picture.compared_in_period,
            false_discovery_rate=picture.parameters.false_discovery_rate,
            definition_version=picture.latest.definition_version,
            rule_version=picture.parameters.version,
            data_date=picture.latest.data_date.isoformat(),
            required=_required(picture.requirement) if picture.requirement else None,
            weakness=picture.latest.weakness,
        )


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

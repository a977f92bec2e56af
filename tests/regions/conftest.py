"""What the second floor stands on: the rules in force, measures and target groups, and figures to compare."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest

from jobcenter.centres.models import Jobcentre
from jobcenter.runtime.reference import Reference
from regions.bottlenecks import load as bottleneck_rules
from regions.bottlenecks.models import Rule
from regions.comparison import load as comparison_references
from regions.comparison.models import Condition
from regions.measures import load as definitions
from regions.measures.models import Delivery, Measure, Measurement, TargetGroup
from regions.measures.periods import parse
from regions.oversight import load as flag_rules
from regions.oversight.models import RuleParameters
from regions.timeliness import load as law
from regions.timeliness.models import DeadlineRule
from tests.regions import making


def load_all(references: Sequence[Reference]) -> None:
    for reference in references:
        reference.load()


@pytest.fixture
def flag_rule(measures: dict[str, Measure]) -> RuleParameters:
    """Version 1 of the flag rule, as the portal comes with it."""
    load_all(flag_rules.REFERENCES)
    return RuleParameters.objects.get()


@pytest.fixture
def bottleneck_rule(db: None) -> Rule:
    """The newest version of the rule of bottleneck reports."""
    load_all(bottleneck_rules.REFERENCES)
    return Rule.objects.latest("version")


@pytest.fixture
def measures(db: None) -> dict[str, Measure]:
    """All measures and target groups the portal comes with, the measures by code."""
    load_all(definitions.REFERENCES)
    return {measure.code: measure for measure in Measure.objects.all()}


@pytest.fixture
def result_measure(measures: dict[str, Measure]) -> Measure:
    """Jobs six months after a spell: a result, and higher is better."""
    return measures["job_after_6_months"]


@pytest.fixture
def group(measures: dict[str, Measure]) -> TargetGroup:
    return TargetGroup.objects.get(code="ready_for_work")


@pytest.fixture
def law_in_force(measures: dict[str, Measure]) -> dict[tuple[str, str, int], DeadlineRule]:
    """The law's deadlines the portal comes with, by code, target group and the year they begin."""
    load_all(law.REFERENCES)
    rules = DeadlineRule.objects.select_related("target_group")
    return {(rule.code, rule.target_group.code, rule.valid_from.year): rule for rule in rules}


@pytest.fixture
def delivery(db: None) -> Delivery:
    return Delivery.objects.create(
        source="Opdigtet", data_date=date(2026, 11, 12), file_name="tal.csv", digest="0" * 64
    )


@pytest.fixture
def defined_conditions(db: None) -> dict[str, Condition]:
    """Everything that may count as a framework condition, by code."""
    comparison_references.load_conditions()
    return {condition.code: condition for condition in Condition.objects.all()}


@pytest.fixture
def make_jobcentres(defined_conditions: dict[str, Condition]) -> Callable[[int], list[Jobcentre]]:
    """Makes so many jobcentres, each with all computed conditions of 2020, of sizes that differ."""
    return making.make_jobcentres


@pytest.fixture
def measure_all(
    result_measure: Measure, group: TargetGroup, delivery: Delivery
) -> Callable[..., list[Measurement]]:
    """Stores a result of each jobcentre: `shares` of `base` persons, in a period."""

    def store(
        jobcentres: Sequence[Jobcentre],
        shares: Sequence[float],
        *,
        period: str,
        base: int = 1000,
        **fields: Any,
    ) -> list[Measurement]:
        covered = parse(period)
        return Measurement.objects.bulk_create(
            Measurement(
                **{
                    "measure": result_measure,
                    "target_group": group,
                    "jobcentre": jobcentre,
                    "period": period,
                    "starts_on": covered.starts_on,
                    "ends_on": covered.ends_on,
                    "numerator": round(share * base),
                    "denominator": base,
                    "value": 100 * round(share * base) / base,
                    "delivery": delivery,
                    **fields,
                }
            )
            for jobcentre, share in zip(jobcentres, shares, strict=True)
        )

    return store

"""Comparisons, flags and reports as a recomputation leaves them, made by hand for what is to be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
from django.utils import timezone

from jobcenter.accounts.models import Membership, Organisation, Role, User
from jobcenter.centres.models import Jobcentre
from jobcenter.classifications.models import Occupation
from jobcenter.geography.models import Area, Municipality, Outline
from regions.bottlenecks.models import Category, Line, Report
from regions.bottlenecks.reports import publishing
from regions.comparison import comparing, conditions
from regions.comparison.intervals import wilson
from regions.comparison.models import Comparison, FrameworkCondition, Recomputation, Result
from regions.measures.models import Measure, TargetGroup
from regions.measures.periods import parse
from regions.oversight.evidence import Evidence
from regions.oversight.facts import Figures, Reason
from regions.oversight.models import Flag, Question, RuleParameters
from regions.oversight.rule import Condition

NOW, A_YEAR_AGO = "2026QMAT03", "2025QMAT03"
"""Four quarters each, that share no month."""


class Said(NamedTuple):
    """A result: persons with it, persons in all, persons expected, and the score."""

    actual: int
    base: int
    expected: float | None
    z: float | None


FAR_UNDER = Said(354, 1346, 471.0, -4.4)
UNDER = Said(160, 599, 190.0, -2.4)
AS_EXPECTED = Said(204, 573, 199.0, 0.4)
FAR_OVER = Said(547, 1231, 454.0, 3.9)
TOO_FEW = Said(9, 18, None, None)


LONG_AFTER = date(2031, 1, 1)
"""A day when every figure is mature."""


LONG_AGO = date(2007, 1, 1)


def make_jobcentres(count: int) -> list[Jobcentre]:
    """So many jobcentres without a municipality, each with its conditions."""
    organisations = Organisation.objects.bulk_create(
        Organisation(kind=Organisation.Kind.JOBCENTRE, name=f"Jobcenter Nr. {number}")
        for number in range(count)
    )
    jobcentres = Jobcentre.objects.bulk_create(
        Jobcentre(
            organisation=organisation,
            code=f"9{number:03d}",
            name=organisation.name,
            sort_key=f"{number:03d}",
            valid_from=LONG_AGO,
        )
        for number, organisation in enumerate(organisations)
    )
    give_conditions(jobcentres)
    return jobcentres


def give_conditions(jobcentres: Sequence[Jobcentre], *, seed: int = 1) -> None:
    """All conditions, as known in 2020."""
    codes = [*conditions.REAL, conditions.FICTIONAL]
    drawn = np.random.default_rng(seed).normal(size=(len(jobcentres), len(codes)))
    FrameworkCondition.objects.bulk_create(
        FrameworkCondition(jobcentre=jobcentre, year=2020, condition_id=condition, value=value, source="test")
        for jobcentre, values in zip(jobcentres, drawn.tolist(), strict=True)
        for condition, value in zip(codes, values, strict=True)
    )


def compare_period(period: str) -> None:
    """Compare whatever has been measured in a period, on all measures, as a recomputation does."""
    recomputation = Recomputation.objects.create()
    comparing.compare(period=period, on=LONG_AFTER, recomputation=recomputation)
    comparing.write(*Measure.objects.assessable(), recomputation=recomputation)


def make_comparison(
    measure: Measure,
    group: TargetGroup,
    results: Mapping[Jobcentre, Said],
    *,
    period: str = NOW,
    **fields: Any,
) -> Comparison:
    covered = parse(period)
    comparison = Comparison.objects.create(
        **{
            "measure": measure,
            "target_group": group,
            "period": period,
            "starts_on": covered.starts_on,
            "ends_on": covered.ends_on,
            "definition_version": 3,
            "data_date": date(2026, 11, 12),
            "compared": sum(said.z is not None for said in results.values()),
            "theta": 1.0,
            "phi": 1.55,
            "tau2": 0.0004,
            "r_squared": 0.62,
            "coefficients": {},
            **fields,
        }
    )
    Result.objects.bulk_create(
        Result(
            comparison=comparison,
            jobcentre=jobcentre,
            actual=said.actual,
            base=said.base,
            expected=said.expected,
            z=said.z,
            z_adjusted=said.z,
            p=None if said.z is None else 0.001,
            p_adjusted=None if said.z is None else 0.002,
        )
        for jobcentre, said in results.items()
    )
    return comparison


def figures(name: str = "Jobcenter Køge", *, period: str = NOW, said: Said = FAR_UNDER) -> Figures:
    return Figures(
        name=name,
        period=period,
        actual=said.actual,
        base=said.base,
        expected=said.expected,
        z_adjusted=said.z,
        p_adjusted=None if said.z is None else 0.002,
    )


def evidence(**fields: Any) -> Evidence:
    """Køge far under for two years, beside one peer as expected."""
    return Evidence(
        **{
            "direction": "higher_better",
            "periods": [figures(period=A_YEAR_AGO), figures()],
            "peers": [figures("Jobcenter Roskilde", said=AS_EXPECTED)],
            "reasons": [
                Reason(condition=Condition.ENOUGH_DATA, held=True, observed=1346, threshold=20),
                Reason(condition=Condition.BEYOND_SERIOUS, held=True, observed=4.4, threshold=3.09),
                Reason(condition=Condition.IN_A_ROW, held=False, observed=1, threshold=2),
            ],
            "share": 0.35,
            "tau2": 0.0004,
            "comparisons": 510,
            "false_discovery_rate": 0.05,
            "definition_version": 3,
            "rule_version": 1,
            "data_date": "2026-11-12",
            **fields,
        }
    )


def make_flag(
    jobcentre: Jobcentre, *, measure: Measure, group: TargetGroup, rule: RuleParameters, **fields: Any
) -> Flag:
    return Flag.objects.create(
        **{
            "jobcentre": jobcentre,
            "measure": measure,
            "target_group": group,
            "period": NOW,
            "severity": Flag.Severity.SERIOUS,
            "rule": rule,
            "evidence": evidence().as_json(),
            "due_on": timezone.localdate() + timedelta(days=14),
            **fields,
        }
    )


def review(flag: Flag, *, by: User, organisation: Organisation) -> Flag:
    """Taken up, and the data checked without remarks."""
    who = {"by": by, "organisation": organisation}
    return flag.review(**who).check_data(dict.fromkeys(Question.values, ("fine", "")), **who)


def confirm(flag: Flag, *, by: User, organisation: Organisation) -> Flag:
    """Reviewed, heard, answered by the jobcentre's manager, and confirmed."""
    who = {"by": by, "organisation": organisation}
    asked = review(flag, **who).send_to_hearing(
        reason="Forklar faldet", due_on=timezone.localdate() + timedelta(days=14), **who
    )
    centre = flag.jobcentre
    asked.answer("Det passer.", by=centre.managers().get(), organisation=centre.organisation)
    return asked.confirm(reason="Jobcentret genkender billedet.", **who)


def make_occupation(code: str, title: str) -> Occupation:
    return Occupation.objects.create(
        code=code, level=4, title_da=title, sort_key=title.lower(), valid_from=date(2010, 1, 1)
    )


def make_report(area: Area, *, period: str = "2026H01", **fields: Any) -> Report:
    covered = parse(period)
    return Report.objects.create(
        **{
            "area": area,
            "period": period,
            "starts_on": covered.starts_on,
            "ends_on": covered.ends_on,
            **fields,
        }
    )


def make_line(
    report: Report, occupation: Occupation, *, failed: int, attempts: int, category: Category, **fields: Any
) -> Line:
    interval = wilson(successes=failed, trials=attempts) if attempts else None
    return Line.objects.create(
        **{
            "report": report,
            "occupation": occupation,
            "attempts": attempts,
            "failed": failed,
            "lower": interval.lower if interval else None,
            "upper": interval.upper if interval else None,
            "proposed": category,
            "category": category,
            **fields,
        }
    )


def review_all(report: Report) -> Report:
    """Every line that nobody has said anything of accepted as proposed, by an officer of its area."""
    officers = Membership.objects.filter(
        role=Role.AREA_OFFICER, organisation__area_office__area=report.area_id
    ).order_by("pk")
    report.lines.not_reviewed().update(accepted_by=officers[0].user, accepted_at=timezone.now())
    return report


def publish_reviewed(
    report: Report, *, by: User, organisation: Organisation, reason: str = "Gennemgået"
) -> Report:
    """Publish a report, all of its lines reviewed."""
    return publishing.publish(report=review_all(report), by=by, organisation=organisation, reason=reason)


def outline(municipality: Municipality, *, at: tuple[float, float], size: float = 40) -> Outline:
    """A square with its upper left corner there."""
    left, top = at
    right, bottom = left + size, top + size
    return Outline.objects.create(
        municipality=municipality,
        path=f"M{left},{top}L{right},{top}L{right},{bottom}L{left},{bottom}Z",
    )

"""What a result was computed from: its figure and delivery, the line behind what was expected, the limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from regions.comparison import conditions
from regions.comparison.funnel import ALERT, ratio_limits
from regions.comparison.models import Condition, FrameworkCondition, Result
from regions.measures.models import Measurement, MeasureVersion
from regions.measures.periods import parse

INTERCEPT = "intercept"


@dataclass(frozen=True)
class Term:
    """A condition in the line. known: its value for the jobcentre; None where none is known."""

    condition: Condition | None
    code: str
    weight: float
    known: FrameworkCondition | None

    @property
    def name(self) -> str:
        return _("Intercept") if self.code == INTERCEPT else str(self.condition or self.code)

    @property
    def is_share(self) -> bool:
        return self.condition is not None and self.condition.is_share

    @property
    def weight_of_one(self) -> float:
        """What one more of it adds to the share; of a share, one percentage point more."""
        return self.weight / 100 if self.is_share else self.weight

    @property
    def part(self) -> float | None:
        """What it adds to the share."""
        return None if self.known is None else self.weight * self.known.value


@dataclass(frozen=True)
class Opened:
    """measurement: None where the figure is no longer there. definition: the version it was computed with.

    terms: of the line fitted to all jobcentres. low, high: between them chance alone keeps a result of this
    size 19 times out of 20, in per cent of expected; None where nothing was expected.
    """

    result: Result
    measurement: Measurement | None
    definition: MeasureVersion | None
    intercept: float
    terms: Sequence[Term]
    low: float | None
    high: float | None

    @property
    def line_share(self) -> float | None:
        """What the line says of the jobcentre; None where one of its conditions is not known.

        What was expected of it is said by the line of the others alone, and may differ a little.
        """
        parts = [term.part for term in self.terms]
        told = [part for part in parts if part is not None]
        return self.intercept + sum(told) if self.terms and len(told) == len(parts) else None

    @property
    def expected_share(self) -> float | None:
        expected = self.result.expected
        return None if expected is None else expected / self.result.base


def opened(result: Result, *, share: float) -> Opened:
    """Open a result, its comparison with measure and target group at hand. Four queries.

    share: of all in the comparison together, what limits are drawn at.
    """
    comparison = result.comparison
    weights = dict(comparison.coefficients)
    intercept = weights.pop(INTERCEPT, 0.0)
    known = conditions.known_of(
        result.jobcentre, conditions=weights, year=parse(comparison.period).ends_on.year
    )
    unknown = Condition.objects.in_bulk(weights.keys() - known.keys(), field_name="code")
    defined = unknown | {code: value.condition for code, value in known.items()}
    low, high = _limits(result, share=share)
    return Opened(
        result=result,
        measurement=Measurement.objects.filter(
            measure=comparison.measure,
            target_group=comparison.target_group,
            period=comparison.period,
            jobcentre=result.jobcentre,
        )
        .select_related("delivery")
        .first(),
        definition=comparison.measure.versions.filter(version=comparison.definition_version).first(),
        intercept=intercept,
        terms=[Term(defined.get(code), code, weight, known.get(code)) for code, weight in weights.items()],
        low=low,
        high=high,
    )


def _limits(result: Result, *, share: float) -> tuple[float | None, float | None]:
    if not result.expected:
        return None, None
    limits = ratio_limits(expected=[result.expected], width=ALERT, share=share, tau2=result.comparison.tau2)
    return 100 * float(limits.lower[0]), 100 * float(limits.upper[0])

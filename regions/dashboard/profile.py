"""One jobcentre on every measure: the latest result beside the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from jobcenter.centres.models import Jobcentre
from regions.comparison.models import Result
from regions.comparison.standing import Standing, standing
from regions.measures.direction import Direction


@dataclass(frozen=True)
class Line:
    """A measure and target group: the results of all periods, the newest first."""

    results: Sequence[Result]

    @property
    def latest(self) -> Result:
        return self.results[0]

    @property
    def standing(self) -> Standing:
        return standing(
            z=self.latest.z_adjusted, direction=Direction(self.latest.comparison.measure.direction)
        )

    @property
    def before(self) -> Result | None:
        return self.results[1] if len(self.results) > 1 else None


def read(*, jobcentre: Jobcentre) -> list[Line]:
    """Every measure the jobcentre has been compared on. One query."""
    results = (
        Result.objects.filter(jobcentre=jobcentre)
        .select_related("comparison__measure", "comparison__target_group")
        .order_by("comparison__measure__code", "comparison__target_group__code", "-comparison__ends_on")
    )

    def key(result: Result) -> tuple[int, int]:
        return result.comparison.measure_id, result.comparison.target_group_id

    return [Line(results=list(of_one)) for _key, of_one in groupby(results, key=key)]

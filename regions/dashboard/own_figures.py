"""The portal's own figures of a jobcentre: what it does here, shown beside its results and never assessed."""

from __future__ import annotations

from jobcenter.centres.models import Jobcentre
from regions.comparison import overtime
from regions.dashboard.over_time import OverTime
from regions.feeds.own.counting import KINDS
from regions.measures.models import Measure

CODES = [code for kind in KINDS for code in kind.measures]


def read(jobcentre: Jobcentre, *, is_own: bool) -> list[OverTime]:
    """Each of them that has been told of the jobcentre, month by month. Three queries."""
    measures = {measure.code: measure for measure in Measure.objects.filter(code__in=CODES)}
    subjects = [(measures[code], None) for code in CODES if code in measures]
    series = overtime.read(jobcentre=jobcentre, subjects=subjects, is_own=is_own)
    return [OverTime(one) for one in series.values() if one.measurements]

"""The portal's own figures of a jobcentre: what it does here, shown beside its results and never assessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import prefetch_related_objects

from regions.comparison.overtime import Key, Series, Subject, key_of
from regions.dashboard.over_time import OverTime
from regions.feeds.own.counting import KINDS
from regions.measures.models import Measure

CODES = [code for kind in KINDS for code in kind.measures]


def subjects() -> list[Subject]:
    """Their measures, by code. One query."""
    return [(measure, None) for measure in Measure.objects.filter(code__in=CODES)]


def shown(series: Mapping[Key, Series], *, of: Iterable[Subject]) -> list[OverTime]:
    """Each of them that has been told of the jobcentre, with the delivery of its latest figure. One query."""
    told = [one for subject in of if (one := series.get(key_of(subject))) and one.measurements]
    prefetch_related_objects([one.measurements[-1] for one in told], "delivery")
    return [OverTime(one) for one in told]

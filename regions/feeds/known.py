"""What a delivered figure can be about, as the tables have it now."""

from __future__ import annotations

from datetime import date

from jobcenter.centres.models import Jobcentre
from jobcenter.geography.models import Area, Municipality
from regions.feeds.reading import Known, KnownMeasure
from regions.measures.models import Measure, TargetGroup


def known_to(*, area: Area | None, today: date) -> Known:
    """All measures and groups, and all places; those of the area are its office's to tell about.

    area: None for those who run the portal, who may deliver for the whole country. Six queries.
    """
    municipalities = frozenset(Municipality.objects.values_list("code", flat=True))
    jobcentres = frozenset(Jobcentre.objects.values_list("code", flat=True))
    own_municipalities, own_jobcentres = municipalities, jobcentres
    if area:
        own_municipalities = frozenset(Municipality.objects.in_area(area).values_list("code", flat=True))
        own_jobcentres = frozenset(Jobcentre.objects.in_area(area).values_list("code", flat=True))
    return Known(
        measures={
            measure.code: KnownMeasure(
                is_per_cent=measure.unit == Measure.Unit.PER_CENT, needs_group=measure.is_assessable
            )
            for measure in Measure.objects.all()
        },
        groups=frozenset(TargetGroup.objects.values_list("code", flat=True)),
        municipalities=municipalities,
        jobcentres=jobcentres,
        own_municipalities=own_municipalities,
        own_jobcentres=own_jobcentres,
        today=today,
    )

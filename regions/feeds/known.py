"""What a delivered figure can be about, as the tables have it now."""

from __future__ import annotations

from datetime import date

from jobcenter.centres.models import Jobcentre
from jobcenter.geography.models import Area, Municipality
from regions.feeds.reading import Known, KnownMeasure
from regions.measures.models import Measure, TargetGroup
from regions.measures.periods import Frequency

COUNTRY = "hele landet"


def known_to(*, area: Area | None, today: date) -> Known:
    """All measures and groups, and all places; those of the area are its office's to tell about.

    area: None for those who run the portal, who may deliver for the whole country. Seven queries at most.
    """
    municipalities = dict(Municipality.objects.values_list("code", "name"))
    jobcentres = {jobcentre.code: jobcentre.short_name for jobcentre in Jobcentre.objects.all()}
    own_municipalities, own_jobcentres = frozenset(municipalities), frozenset(jobcentres)
    if area:
        own_municipalities = frozenset(Municipality.objects.in_area(area).values_list("code", flat=True))
        own_jobcentres = frozenset(Jobcentre.objects.in_area(area).values_list("code", flat=True))
    short = {name.casefold(): code for code, name in jobcentres.items()}
    return Known(
        measures={
            measure.code: KnownMeasure(
                is_per_cent=measure.unit == Measure.Unit.PER_CENT,
                needs_group=measure.is_assessable,
                mature_after=measure.mature_after,
                mature_until=measure.latest_mature(on=today),
                frequency=Frequency(measure.period_type),
            )
            for measure in Measure.objects.all()
        },
        groups=frozenset(TargetGroup.objects.values_list("code", flat=True)),
        municipalities=frozenset(municipalities),
        jobcentres=frozenset(jobcentres),
        own_municipalities=own_municipalities,
        own_jobcentres=own_jobcentres,
        today=today,
        municipality_named={name.casefold(): code for code, name in municipalities.items()},
        jobcentre_named=short | {f"jobcenter {name}": code for name, code in short.items()},
        wholes=frozenset({COUNTRY, *names_of_areas()}),
    )


def names_of_areas() -> set[str]:
    """Of every division there has been, as tables write them: “rar sjælland”, “region sjælland”."""
    names = {area.name.casefold() for area in Area.objects.all()}
    return names | {f"region {name}" for name in names}

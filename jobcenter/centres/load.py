"""Jobcentres, what each answers for, and the offices of today's areas. See data/SOURCES.md."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from jobcenter.accounts.models import Organisation
from jobcenter.centres import reading
from jobcenter.centres.models import AreaOffice, Jobcentre, Serves
from jobcenter.centres.reading import ServesLine
from jobcenter.geography.load import AREAS, MUNICIPALITIES, area_lines, known, municipality_pks
from jobcenter.geography.models import Area, Municipality
from jobcenter.geography.ordering import danish_sort_key
from jobcenter.geography.reading import AreaLine
from jobcenter.runtime.csvlines import Line, Period, Reading, read
from jobcenter.runtime.merging import Merged, merge
from jobcenter.runtime.reference import Reference

JOBCENTRES = Path(__file__).parent / "data" / "jobcentres.csv"

Key = TypeVar("Key")


def load_jobcentres(file: Path = JOBCENTRES) -> list[Merged[Any]]:
    """Jobcentres with their organisations, and the municipalities and periods they answer for.

    What a jobcentre has chosen for itself (e-mail, telephone, how soon it answers) is left alone.
    """
    lines = read(
        file.read_bytes(),
        reading.serves,
        columns=reading.COLUMNS,
        key=lambda line: (line.municipality, line.period.valid_from),
    )
    periods: dict[str, list[Period]] = defaultdict(list)
    first_line: dict[str, Line[ServesLine]] = {}
    for line in lines.lines:
        periods[line.value.jobcentre].append(line.value.period)
        first_line.setdefault(line.value.jobcentre, line)
    organisations = _organisations(
        Organisation.Kind.JOBCENTRE,
        names={code: line.value.jobcentre_name for code, line in first_line.items()},
        existing={one.code: one.organisation for one in Jobcentre.objects.select_related("organisation")},
    )

    def jobcentre(line: ServesLine) -> Jobcentre:
        whole = reading.covering(periods[line.jobcentre])
        return Jobcentre(
            organisation=organisations[line.jobcentre],
            code=line.jobcentre,
            name=line.jobcentre_name,
            sort_key=danish_sort_key(line.jobcentre_name.removeprefix("Jobcenter ")),
            valid_from=whole.valid_from,
            valid_to=whole.valid_to,
        )

    jobcentres = merge(
        Reading(lines=list(first_line.values())).then(jobcentre),
        into=Jobcentre.objects.all(),
        by=["code"],
        fields=("name", "sort_key", "valid_from", "valid_to"),
    )
    municipalities = municipality_pks()

    def serves(line: ServesLine) -> Serves:
        if (line.jobcentre,) not in jobcentres.rows:
            raise ValueError(f"the jobcentre {line.jobcentre} was refused")
        if line.jobcentre_name != first_line[line.jobcentre].value.jobcentre_name:
            raise ValueError(f"line {first_line[line.jobcentre].number} calls the jobcentre something else")
        return Serves(
            jobcentre=jobcentres.rows[line.jobcentre,],
            municipality_id=known(municipalities, line.municipality),
            evidence=line.evidence,
            valid_from=line.period.valid_from,
            valid_to=line.period.valid_to,
        )

    served = merge(
        lines.then(serves),
        into=Serves.objects.all(),
        by=["municipality_id", "valid_from"],
        fields=("jobcentre_id", "evidence", "valid_to"),
    )
    _remove_unused(organisations)
    return [jobcentres, served]


def load_area_offices(file: Path = AREAS) -> list[Merged[Any]]:
    """An office for each area of the division in force, for as long as the area exists."""
    of_today = [line for line in area_lines(file).lines if line.value.division == Area.Division.REGIONS]
    areas = {area.code: area for area in Area.objects.all()}
    organisations = _organisations(
        Organisation.Kind.AREA,
        names={line.value.code: f"Område {line.value.name}" for line in of_today},
        existing={
            office.area.code: office.organisation
            for office in AreaOffice.objects.select_related("area", "organisation")
        },
    )

    def office(line: AreaLine) -> AreaOffice:
        if line.code not in areas:
            raise ValueError(f"there is no area “{line.code}”")
        return AreaOffice(
            organisation=organisations[line.code],
            area=areas[line.code],
            valid_from=line.period.valid_from,
            valid_to=line.period.valid_to,
        )

    offices = merge(
        Reading(lines=of_today).then(office),
        into=AreaOffice.objects.all(),
        by=["area_id"],
        fields=("valid_from", "valid_to"),
    )
    _remove_unused(organisations)
    return [offices]


def unanswered() -> list[str]:
    """In sentences: the municipalities and periods for which no jobcentre answers."""
    answered: dict[int, list[Period]] = defaultdict(list)
    for pk, valid_from, valid_to in Serves.objects.values_list("municipality", "valid_from", "valid_to"):
        answered[pk].append(Period(valid_from, valid_to))
    return [
        f"nobody answers for {municipality} ({municipality.code}) from {gap.valid_from}"
        + (f" until {gap.valid_to}" if gap.valid_to else "")
        for municipality in Municipality.objects.all()
        for gap in reading.gaps(
            answered[municipality.pk], whole=Period(municipality.valid_from, municipality.valid_to)
        )
    ]


def _organisations(
    kind: Organisation.Kind, *, names: Mapping[Key, str], existing: Mapping[Key, Organisation]
) -> dict[Key, Organisation]:
    """One organisation for each key: made where there is none, renamed where the name has changed."""
    new = {key: Organisation(kind=kind, name=name) for key, name in names.items() if key not in existing}
    Organisation.objects.bulk_create(new.values())
    renamed = []
    for key, organisation in existing.items():
        if organisation.name != names.get(key, organisation.name):
            organisation.name = names[key]
            renamed.append(organisation)
    Organisation.objects.bulk_update(renamed, ["name"])
    return {**existing, **new}


def _remove_unused(organisations: Mapping[Any, Organisation]) -> None:
    """Remove the organisations made for rows that the database then refused."""
    made = [organisation.pk for organisation in organisations.values()]
    Organisation.objects.filter(pk__in=made, jobcentre=None, area_office=None).delete()


REFERENCES = [
    Reference(
        "centres.jobcentres", files=[MUNICIPALITIES, JOBCENTRES], load=load_jobcentres, gaps=unanswered
    ),
    Reference("centres.area_offices", files=[AREAS], load=load_area_offices),
]

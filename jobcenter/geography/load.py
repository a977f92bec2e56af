"""Areas, municipalities, postcodes and catchments into the database, by code. See data/SOURCES.md."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from jobcenter.geography import reading
from jobcenter.geography.finding import NoRule, find_catchments
from jobcenter.geography.models import (
    Area,
    AreaMunicipality,
    Catchment,
    CatchmentRule,
    CatchmentVersion,
    Municipality,
    Outline,
    Postcode,
)
from jobcenter.geography.ordering import danish_sort_key
from jobcenter.runtime.csvlines import Line, Reading, Unreadable, read
from jobcenter.runtime.merging import Merged, merge
from jobcenter.runtime.reference import Reference

DATA = Path(__file__).parent / "data"
AREAS = DATA / "areas.csv"
MUNICIPALITIES = DATA / "municipalities.csv"
OUTLINES = DATA / "outlines.csv"
POSTCODES = DATA / "postcodes.csv"
RULES = DATA / "catchment_rules.csv"

POSTCODES_SINCE = date(2007, 1, 1)
"""The list of postcodes has no dates of its own; it is taken as true as long as the municipalities."""


def area_lines(file: Path = AREAS) -> Reading[reading.AreaLine]:
    columns = ("code", "division", "name", "valid_from", "valid_to")
    return read(file.read_bytes(), reading.area, columns=columns, key=lambda line: line.code)


def load_areas(file: Path = AREAS) -> list[Merged[Any]]:
    areas = area_lines(file).then(
        lambda line: Area(
            code=line.code,
            division=line.division,
            name=line.name,
            sort_key=danish_sort_key(line.name),
            valid_from=line.period.valid_from,
            valid_to=line.period.valid_to,
        )
    )
    fields = ("division", "name", "sort_key", "valid_from", "valid_to")
    return [merge(areas, into=Area.objects.all(), by=["code"], fields=fields)]


def load_municipalities(file: Path = MUNICIPALITIES) -> list[Merged[Any]]:
    """The municipalities, and the area each is in by each division, for as long as the area exists."""
    lines = read(
        file.read_bytes(),
        reading.municipality,
        columns=reading.MUNICIPALITY_COLUMNS,
        key=lambda line: line.code,
    )
    fields = ("name", "official_name", "sort_key", "latitude", "longitude")
    municipalities = merge(
        lines.then(_municipality),
        into=Municipality.objects.all(),
        by=["code"],
        fields=(*fields, "population", "population_year", "valid_from", "valid_to"),
    )
    pks = {code: row.pk for (code,), row in municipalities.rows.items()}
    areas = {area.code: area for area in Area.objects.all()}

    def in_area(pair: tuple[str, str]) -> AreaMunicipality:
        code, area_code = pair
        if area_code not in areas:
            raise ValueError(f"there is no area “{area_code}”")
        area = areas[area_code]
        return AreaMunicipality(
            area=area,
            municipality_id=pks[code],
            division=area.division,
            valid_from=area.valid_from,
            valid_to=area.valid_to,
        )

    pairs = [
        Line(line.number, (line.value.code, area))
        for line in lines.lines
        for area in line.value.areas.values()
        if line.value.code in pks
    ]
    return [
        municipalities,
        merge(
            Reading(lines=pairs).then(in_area),
            into=AreaMunicipality.objects.all(),
            by=["municipality_id", "division", "valid_from"],
            fields=("area_id", "valid_to"),
        ),
    ]


def _municipality(line: reading.MunicipalityLine) -> Municipality:
    return Municipality(
        code=line.code,
        name=line.name,
        official_name=line.official_name,
        sort_key=danish_sort_key(line.name),
        latitude=line.latitude,
        longitude=line.longitude,
        population=line.population,
        population_year=line.population_year,
        valid_from=line.period.valid_from,
        valid_to=line.period.valid_to,
    )


def load_outlines(file: Path = OUTLINES) -> list[Merged[Any]]:
    lines = read(
        file.read_bytes(),
        reading.outline,
        columns=("municipality", "path"),
        key=lambda line: line.municipality,
    )
    pks = municipality_pks()
    outlines = lines.then(lambda line: Outline(municipality_id=known(pks, line.municipality), path=line.path))
    return [merge(outlines, into=Outline.objects.all(), by=["municipality_id"], fields=("path",))]


def load_postcodes(file: Path = POSTCODES) -> list[Merged[Any]]:
    """Postcodes with the municipalities they lie in, the one with most of the land first."""
    lines = read(
        file.read_bytes(),
        reading.postcode,
        columns=("code", "name", "municipalities", "latitude", "longitude"),
        key=lambda line: line.code,
    )
    pks = municipality_pks()

    def postcode(line: reading.PostcodeLine) -> Postcode:
        first, *_others = [known(pks, code) for code in line.municipalities]
        latitude, longitude = line.place or (None, None)
        return Postcode(
            code=line.code,
            name=line.name,
            sort_key=danish_sort_key(line.name),
            municipality_id=first,
            latitude=latitude,
            longitude=longitude,
            valid_from=POSTCODES_SINCE,
        )

    fields = ("name", "sort_key", "municipality_id", "latitude", "longitude", "valid_from")
    postcodes = merge(lines.then(postcode), into=Postcode.objects.all(), by=["code"], fields=fields)
    through = Postcode.municipalities.through
    lies_in = [
        Line(line.number, through(postcode_id=row.pk, municipality_id=pks[code]))
        for line in lines.lines
        if (row := postcodes.rows.get((line.value.code,)))
        for code in line.value.municipalities
    ]
    return [
        postcodes,
        merge(
            Reading(lines=lies_in),
            into=through._default_manager.filter(postcode__in=[row.pk for row in postcodes.rows.values()]),
            by=["postcode_id", "municipality_id"],
            others="remove",
        ),
    ]


def load_catchments(file: Path = RULES) -> list[Merged[Any]]:
    """The rules of the labour catchments, and the catchments by the one in force today.

    A rule that begins later comes into use in the night it begins (tasks.py).
    """
    rules = read(
        file.read_bytes(), reading.rule, columns=reading.RULE_COLUMNS, key=lambda line: line.period.valid_from
    )
    fields = ("link_share", "self_containment", "half_distance_km", "exponent", "source", "valid_to")
    merged = merge(rules.then(_rule), into=CatchmentRule.objects.all(), by=["valid_from"], fields=fields)
    try:
        version = find_catchments(cause=CatchmentVersion.Cause.REFERENCE)
    except NoRule as error:
        raise Unreadable(str(error)) from None
    found: Merged[Any] = Merged(Catchment._meta.label)
    if version:
        found.added = version.rows.count()
    else:
        found.unchanged = Catchment.objects.in_force().count()
    return [merged, found]


def _rule(line: reading.RuleLine) -> CatchmentRule:
    return CatchmentRule(
        link_share=line.link_share,
        self_containment=line.self_containment,
        half_distance_km=line.half_distance_km,
        exponent=line.exponent,
        source=line.source,
        valid_from=line.period.valid_from,
        valid_to=line.period.valid_to,
    )


def municipality_pks() -> dict[str, int]:
    """The primary keys by code."""
    return dict(Municipality.objects.values_list("code", "pk"))


def known(pks: dict[str, int], code: str) -> int:
    """The municipality's primary key; raises ValueError that names a code nobody has."""
    if code not in pks:
        raise ValueError(f"there is no municipality {code}")
    return pks[code]


REFERENCES = [
    Reference("geography.areas", files=[AREAS], load=load_areas),
    Reference("geography.municipalities", files=[AREAS, MUNICIPALITIES], load=load_municipalities),
    Reference("geography.outlines", files=[MUNICIPALITIES, OUTLINES], load=load_outlines),
    Reference("geography.postcodes", files=[MUNICIPALITIES, POSTCODES], load=load_postcodes),
    Reference("geography.catchments", files=[MUNICIPALITIES, RULES], load=load_catchments),
]

"""What a line of each file says. Pure: text in, checked values out, ValueError with the reason."""

from collections.abc import Mapping
from dataclasses import dataclass

from jobcenter.runtime.csvlines import Period, digits, filled, number, period, whole_number

DIVISIONS = ("employment_regions_2007", "labour_market_councils_2015", "regions_2025")
"""The columns that say which area of each division a municipality is in."""

MUNICIPALITY_COLUMNS = (
    *("code", "name", "official_name", *DIVISIONS, "latitude", "longitude"),
    *("population", "population_year", "valid_from", "valid_to"),
)

RULE_COLUMNS = (
    *("valid_from", "valid_to", "link_share", "self_containment"),
    *("half_distance_km", "exponent", "source"),
)

SOUTH, NORTH, WEST, EAST = 54.5, 57.8, 8.0, 15.3
"""Denmark lies within these degrees."""


@dataclass(frozen=True)
class AreaLine:
    code: str
    division: str
    name: str
    period: Period


@dataclass(frozen=True)
class MunicipalityLine:
    """`areas`: the area's code by division."""

    code: str
    name: str
    official_name: str
    areas: Mapping[str, str]
    latitude: float
    longitude: float
    population: int
    population_year: int
    period: Period


@dataclass(frozen=True)
class OutlineLine:
    municipality: str
    path: str


@dataclass(frozen=True)
class PostcodeLine:
    """`municipalities`: codes, the one with most of the land first. `place`: latitude and longitude."""

    code: str
    name: str
    municipalities: tuple[str, ...]
    place: tuple[float, float] | None


@dataclass(frozen=True)
class RuleLine:
    """The parameters of the labour catchments in a period."""

    link_share: float
    self_containment: float
    half_distance_km: float
    exponent: float
    source: str
    period: Period


def area(row: Mapping[str, str]) -> AreaLine:
    division = filled(row, "division")
    if division not in DIVISIONS:
        raise ValueError(f"there is no division “{division}”")
    return AreaLine(filled(row, "code"), division, filled(row, "name"), period(row))


def municipality(row: Mapping[str, str]) -> MunicipalityLine:
    latitude, longitude = _place(row)
    return MunicipalityLine(
        code=digits(row, "code", count=4),
        name=filled(row, "name"),
        official_name=filled(row, "official_name"),
        areas={division: filled(row, division) for division in DIVISIONS},
        latitude=latitude,
        longitude=longitude,
        population=whole_number(row, "population", lowest=1, highest=2_000_000),
        population_year=whole_number(row, "population_year", lowest=2007, highest=2100),
        period=period(row),
    )


def outline(row: Mapping[str, str]) -> OutlineLine:
    """`path` is an SVG path of moves, lines and closings, in figures with a decimal point."""
    path = filled(row, "path")
    if set(path) - set("MLZ0123456789.,- "):
        raise ValueError("path may hold M, L, Z and numbers only")
    return OutlineLine(digits(row, "municipality", count=4), path)


def postcode(row: Mapping[str, str]) -> PostcodeLine:
    codes = tuple(row["municipalities"].split())
    if not codes:
        raise ValueError("municipalities is empty")
    if len(set(codes)) != len(codes):
        raise ValueError("municipalities names one twice")
    has_place = bool(row["latitude"].strip() or row["longitude"].strip())
    return PostcodeLine(
        code=digits(row, "code", count=4),
        name=filled(row, "name"),
        municipalities=codes,
        place=_place(row) if has_place else None,
    )


def rule(row: Mapping[str, str]) -> RuleLine:
    return RuleLine(
        link_share=number(row, "link_share", lowest=0.01, highest=0.99),
        self_containment=number(row, "self_containment", lowest=0.01, highest=0.99),
        half_distance_km=number(row, "half_distance_km", lowest=1, highest=200),
        exponent=number(row, "exponent", lowest=0.5, highest=5),
        source=filled(row, "source"),
        period=period(row),
    )


def _place(row: Mapping[str, str]) -> tuple[float, float]:
    return (
        number(row, "latitude", lowest=SOUTH, highest=NORTH),
        number(row, "longitude", lowest=WEST, highest=EAST),
    )

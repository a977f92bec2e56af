"""The vacancies found, on a map of the municipalities: how many there are in each, and a way to those.

The map is drawn from the same numbers as the choices beside the list, so it never holds more than the list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import ngettext

from employers.vacancies.facets import told
from jobcenter.geography.drawing.frame import WIDTH, Frame, Place
from jobcenter.geography.drawing.maps import beside_the_rest
from jobcenter.geography.drawing.shapes import bounds, middle
from jobcenter.geography.models import Outline

NAMES_UP_TO = 12
"""With more municipalities their names are left out: a link has its own, and there would be no room."""

SMALLEST, LARGEST = 3.4, 6.2


@dataclass(frozen=True)
class Pin:
    """A municipality with vacancies: its outline, and the number where it has most room."""

    name: str
    url: str
    said: str
    path: str
    number: str
    x: str
    y: str
    radius: str
    name_y: str


@dataclass(frozen=True)
class JobMap:
    height: float
    pins: list[Pin]
    land: list[str]
    inset: str
    is_named: bool

    @property
    def view_box(self) -> str:
        return f"0 0 {WIDTH:.0f} {self.height:.0f}"


def draw(numbers: Mapping[str, int], *, address: Callable[[str], str]) -> JobMap | None:
    """The map of how many vacancies each municipality has, or None where there are none. One query.

    numbers: by the municipality's code. address: of the list with only that municipality's.
    """
    places, land, number_of = [], [], {}
    for outline in Outline.objects.exclude(path="").select_related("municipality").order_by("pk"):
        municipality = outline.municipality
        number = numbers.get(municipality.code, 0)
        if not number:
            land.append(outline.path)
            continue
        number_of[municipality.name] = number
        said = ngettext(
            "%(municipality)s: %(number)s vacancy", "%(municipality)s: %(number)s vacancies", number
        ) % {"municipality": municipality.name, "number": told(number)}
        places.append(Place(municipality.name, address(municipality.code), said, outline.path, "ei-area"))
    if not places:
        return None
    shown, inset = beside_the_rest(places)
    frame = Frame.around([bounds(path) for path in (inset, *(place.path for place in shown)) if path])
    most = max(number_of.values())
    return JobMap(
        height=frame.height,
        pins=[_pin(place, number_of[place.name], most, frame) for place in shown],
        land=[frame.path(path) for path in land if bounds(path).overlaps(frame.box)],
        inset=frame.path(inset),
        is_named=len(shown) <= NAMES_UP_TO,
    )


def _pin(place: Place, number: int, most: int, frame: Frame) -> Pin:
    x, y = frame.point(middle(place.path))
    # The area of a circle tells the number.
    radius = SMALLEST + (LARGEST - SMALLEST) * (number / most) ** 0.5
    return Pin(
        name=place.name,
        url=place.url,
        said=place.said,
        path=frame.path(place.path),
        number=told(number),
        x=f"{x:.1f}",
        y=f"{y:.1f}",
        radius=f"{radius:.1f}",
        name_y=f"{y + radius + 4.6:.1f}",
    )

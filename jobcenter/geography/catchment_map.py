"""A catchment on two maps: the whole country to choose from, and a closer look at who shares labour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jobcenter.geography.drawing import maps
from jobcenter.geography.drawing.frame import WIDTH, Frame, Place
from jobcenter.geography.drawing.shapes import bounds
from jobcenter.geography.models import Catchment, Municipality, Outline
from jobcenter.geography.showing import Picture
from jobcenter.pages.words import percent

CHOSEN, MEMBER, CENTRE, SHARING, NOBODY = (
    f"ei-catchment-{look}" for look in ("chosen", "member", "centre", "sharing", "none")
)
"""Classes of the stylesheet."""


@dataclass(frozen=True)
class Country:
    """All municipalities, each a way to its own page."""

    height: float
    places: Sequence[Place]

    @property
    def view_box(self) -> str:
        return f"0 0 {WIDTH:.0f} {self.height:.0f}"


@dataclass(frozen=True)
class Maps:
    country: Country
    close_up: maps.Map


@dataclass(frozen=True)
class Look:
    """A line of the legend."""

    css: str
    text: str


def draw(picture: Picture, *, address: Callable[[Municipality], str]) -> Maps | None:
    """Both maps, or None while the municipality has no outline. One query.

    address: of a municipality's own page.
    """
    outlines = list(
        Outline.objects.exclude(path="").select_related("municipality").order_by("municipality__sort_key")
    )
    look = _Looks(picture)
    places = [
        Place(
            name=outline.municipality.name,
            url=address(outline.municipality),
            said=look.said(outline.municipality),
            path=outline.path,
            css=look.css(outline.municipality),
            figure=look.figure(outline.municipality),
        )
        for outline in outlines
    ]
    near = [place for place in places if place.css != NOBODY]
    if not any(place.css == CHOSEN for place in near):
        return None
    frame = Frame.around([bounds(place.path) for place in places])
    country = [
        Place(place.name, place.url, place.said, frame.path(place.path), place.css) for place in places
    ]
    land = [place.path for place in places if place.css == NOBODY]
    return Maps(Country(frame.height, country), maps.draw(places=near, land=land))


def legend(picture: Picture) -> list[Look]:
    """What the looks mean, of those there are."""
    name = picture.municipality.name
    looks = [Look(CHOSEN, name)]
    if picture.members:
        looks.append(Look(MEMBER, _("In the catchment of %(name)s: share who work there") % {"name": name}))
    if picture.centres:
        looks.append(
            Look(CENTRE, _("Centre %(name)s belongs to: share of its own who work there") % {"name": name})
        )
    if len(picture.sharing) > len({row.municipality_id for row in picture.members} | _centres(picture)):
        looks.append(Look(SHARING, _("Shares labour by a common centre")))
    return looks


def _share(row: Catchment) -> str:
    return percent(row.share, language=get_language(), decimals=0)


def _centres(picture: Picture) -> set[int]:
    return {row.centre_id for row in picture.centres}


class _Looks:
    """How each municipality stands to the chosen one."""

    def __init__(self, picture: Picture) -> None:
        self.chosen = picture.municipality
        self.members: dict[int, Catchment] = {row.municipality_id: row for row in picture.members}
        self.centres: dict[int, Catchment] = {row.centre_id: row for row in picture.centres}
        self.sharing = {municipality.pk for municipality in picture.sharing}

    def css(self, municipality: Municipality) -> str:
        if municipality == self.chosen:
            return CHOSEN
        if municipality.pk in self.centres:
            return CENTRE
        if municipality.pk in self.members:
            return MEMBER
        return SHARING if municipality.pk in self.sharing else NOBODY

    def figure(self, municipality: Municipality) -> str:
        row = self.centres.get(municipality.pk) or self.members.get(municipality.pk)
        return _share(row) if row else ""

    def said(self, municipality: Municipality) -> str:
        """The name of the link: everything the map shows of it, in words."""
        names = {"name": municipality.name, "chosen": self.chosen.name}
        if municipality == self.chosen:
            return _("%(name)s: chosen") % names
        if row := self.centres.get(municipality.pk):
            return _("%(name)s: %(share)s of the employed of %(chosen)s work here") % {
                **names,
                "share": _share(row),
            }
        if row := self.members.get(municipality.pk):
            return _("%(name)s: %(share)s of its employed work in %(chosen)s") % {
                **names,
                "share": _share(row),
            }
        if municipality.pk in self.sharing:
            return _("%(name)s: shares labour with %(chosen)s by a common centre") % names
        return _("%(name)s: shares no labour with %(chosen)s") % names

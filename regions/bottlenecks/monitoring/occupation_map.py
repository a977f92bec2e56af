"""An occupation on the map: each municipality as it, its catchment or its area is assessed.

A pattern and a sign go with every colour, and the whole of it stands in the name of each link.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import hypot

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from jobcenter.geography.drawing import maps
from jobcenter.geography.drawing.frame import Place as Drawn
from jobcenter.geography.drawing.shapes import middle
from jobcenter.geography.models import Outline
from regions.bottlenecks.models import Category, Place
from regions.bottlenecks.monitoring.occupations import At, Everywhere
from regions.bottlenecks.monitoring.places import Atlas, Spot
from regions.bottlenecks.templatetags.bottlenecks import SHORT

HIDDEN, NOBODY = "ei-cat-hidden", "ei-cat-nobody"

MARKS: Mapping[str, str] = {
    Category.SHORTAGE: "■",
    Category.PARADOX: "▮▮",
    Category.GOOD: "▲",
    Category.LESS_GOOD: "▬",
    Category.PROBLEMS: "▼",
    Category.NO_PROBLEMS: "▲",
    Category.NOT_ASSESSED: "○",
}


@dataclass(frozen=True)
class Look:
    """A line of the legend."""

    css: str
    text: str | Promise


def draw(shown: Everywhere, *, kind: Place, atlas: Atlas, address: Callable[[Spot], str]) -> maps.Map | None:
    """The area of the chosen place, or the whole country; None while no outline is known. One query.

    kind: what colours a municipality: itself, its own catchment, or its area, which is drawn as one.
    address: of a place on this page.
    """
    at = {(one.spot.place, one.spot.code): one for one in shown.everywhere}
    is_inside = {one.code: one for one in atlas.around(shown.chosen.spot, place=Place.MUNICIPALITY)}
    if kind == Place.AREA:
        is_inside = {one.code: one for one in atlas.municipalities}
    outlines: dict[At, list[str]] = {}
    land = []
    for code, path in (
        Outline.objects.exclude(path="")
        .order_by("municipality__sort_key")
        .values_list("municipality__code", "path")
    ):
        one = is_inside.get(code)
        found = at.get((kind, one.area if kind == Place.AREA else code)) if one else None
        if found:
            outlines.setdefault(found, []).append(path)
        else:
            land.append(path)
    places = [_drawn(found, paths=paths, url=address(found.spot)) for found, paths in outlines.items()]
    return maps.draw(places=places, land=land) if places else None


def _drawn(at: At, *, paths: Sequence[str], url: str) -> Drawn:
    return Drawn(
        name=at.spot.title,
        url=url,
        said=_("%(place)s: %(says)s") % {"place": at.spot.name, "says": _says(at)},
        path="".join(paths),
        css=css_class(at),
        figure=_mark(at),
        heart=heart(paths) if len(paths) > 1 else "",
    )


def heart(paths: Sequence[str]) -> str:
    """Of several municipalities the one in their midst: an area is not named on its furthest island."""
    middles = [middle(path) for path in paths]
    across, down = (sum(side) / len(middles) for side in zip(*middles, strict=True))
    away = [hypot(x - across, y - down) for x, y in middles]
    return paths[away.index(min(away))]


def _says(at: At) -> str:
    """The category and the number of answers in words."""
    if at.seen is None:
        return _("nobody has recruited")
    if at.seen.category is None:
        return _("hidden: small numbers")
    return _("%(category)s, %(answers)s answers") % {
        "category": at.seen.category.label,
        "answers": at.seen.figures.attempts,
    }


def _mark(at: At) -> str:
    if at.seen is None:
        return ""
    return MARKS[at.seen.category] if at.seen.category else "∗"


def css_class(at: At) -> str:
    if at.seen is None:
        return NOBODY
    return _css_of(at.seen.category) if at.seen.category else HIDDEN


def _css_of(category: Category) -> str:
    return f"ei-cat-{category.value.replace('_', '-')}"


def legend(drawn: maps.Map) -> Sequence[Look]:
    """What the looks mean, of those there are."""
    looks = [
        *(Look(_css_of(category), f"{MARKS[category]} {name}") for category, name in SHORT.items()),
        Look(HIDDEN, _("∗ Hidden: small numbers")),
        Look(NOBODY, _("Nobody has recruited")),
    ]
    there = {place.css for place in drawn.places}
    return [look for look in looks if look.css in there]

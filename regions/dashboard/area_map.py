"""The area's municipalities on a map, each coloured by the jobcentre that answers for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from jobcenter.centres.models import Jobcentre, Serves
from jobcenter.geography.drawing import maps
from jobcenter.geography.drawing.frame import Place
from jobcenter.geography.models import Outline
from regions.comparison.standing import Side, Standing
from regions.dashboard.picture import Picture, Row
from regions.measures.direction import Direction

CLEARLY_WORSE, WORSE, EXPECTED, BETTER, TOO_FEW, WITHOUT = (f"ei-map-{look}" for look in (0, 1, 2, 3, 5, 6))
"""Classes of the stylesheet."""


@dataclass(frozen=True)
class Look:
    """A line of the legend."""

    css: str
    text: str


def draw(picture: Picture) -> maps.Map | None:
    """The map, or None while no outline of the area's municipalities is known. Two queries."""
    row_of = {row.jobcentre.pk: row for row in picture.rows}
    jobcentres = {jobcentre.pk: jobcentre for jobcentre in picture.without} | {
        pk: row.jobcentre for pk, row in row_of.items()
    }
    served = Serves.objects.valid(picture.comparison.ends_on).filter(jobcentre__in=jobcentres)
    jobcentre_of = dict(served.values_list("municipality", "jobcentre"))
    outlines = Outline.objects.exclude(path="").order_by("municipality__sort_key")
    places, land = [], []
    for municipality, name, path in outlines.values_list("pk", "municipality__name", "path"):
        if jobcentre := jobcentre_of.get(municipality):
            places.append(_place(name, path, jobcentres[jobcentre], row_of.get(jobcentre)))
        else:
            land.append(path)
    return maps.draw(places=places, land=land) if places else None


def _place(municipality: str, path: str, jobcentre: Jobcentre, row: Row | None) -> Place:
    url = reverse("dashboard:jobcentre", args=[jobcentre.pk])
    name = _named(municipality, jobcentre)
    if row is None or row.result.ratio is None:
        said = _("%(name)s: too few data") if row else _("%(name)s: no figures in the period")
        css = TOO_FEW if row else WITHOUT
        return Place(name=municipality, url=url, said=said % {"name": name}, path=path, css=css)
    if row.figures.ratio is None:
        return Place(
            name=municipality,
            url=url,
            said=_("%(name)s: %(standing)s; the numbers are too small to be told")
            % {"name": name, "standing": row.standing.word.lower()},
            path=path,
            css=css_class(row.standing),
            figure=row.standing.mark,
        )
    ratio = f"{row.figures.ratio:.0f}"
    return Place(
        name=municipality,
        url=url,
        said=_("%(name)s: %(ratio)s per cent of expected, %(standing)s")
        % {"name": name, "ratio": ratio, "standing": row.standing.word.lower()},
        path=path,
        css=css_class(row.standing),
        figure=f"{row.standing.mark} {ratio}".strip(),
    )


def _named(municipality: str, jobcentre: Jobcentre) -> str:
    """The municipality, and its jobcentre where that has another name."""
    return municipality if municipality == jobcentre.short_name else f"{municipality} ({jobcentre.name})"


def css_class(standing: Standing) -> str:
    """Clearly worse, worse, as expected, out of line but not worse, or too few data."""
    if standing.side is Side.TOO_FEW:
        return TOO_FEW
    if not standing.is_notable:
        return EXPECTED
    if not standing.is_worse:
        return BETTER
    return CLEARLY_WORSE if standing.is_clear else WORSE


def legend(picture: Picture) -> Sequence[Look]:
    """What the looks mean on this measure; of too few data and no figures, whether any jobcentre has them."""
    has_few = any(row.standing.side is Side.TOO_FEW for row in picture.rows)
    few = _("Too few data") if has_few else _("Too few data (none now)")
    without = _("No figures") if picture.without else _("No figures (none now)")
    as_expected = Look(EXPECTED, _("As expected"))
    match picture.direction:
        case Direction.HIGHER_BETTER:
            notable = [
                Look(CLEARLY_WORSE, _("▼ Clearly under (99.8 %)")),
                Look(WORSE, _("◆ Under (95 %)")),
                as_expected,
                Look(BETTER, _("▲ Over")),
            ]
        case Direction.LOWER_BETTER:
            notable = [
                Look(CLEARLY_WORSE, _("▲ Clearly over (99.8 %)")),
                Look(WORSE, _("◆ Over (95 %)")),
                as_expected,
                Look(BETTER, _("▼ Under")),
            ]
        case _:
            notable = [as_expected, Look(BETTER, _("▲ Over or ▼ under"))]
    return [*notable, Look(TOO_FEW, few), Look(WITHOUT, without)]

"""One occupation everywhere: areas, catchments and municipalities, over time, and its relatives."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from jobcenter.classifications.models import UNIT_GROUP, Occupation, Outlook
from regions.bottlenecks.figures.judging import Severe
from regions.bottlenecks.figures.rolling_up import told_at
from regions.bottlenecks.models import Indicators, Place
from regions.bottlenecks.monitoring.places import Atlas, Spot
from regions.bottlenecks.monitoring.seeing import Seen, as_seen
from regions.bottlenecks.monitoring.severe import severe_in
from regions.measures.periods import Period


@dataclass(frozen=True, eq=False)
class At:
    """The occupation in one place. seen: None where nobody looks for it, works as it or is unemployed."""

    spot: Spot
    seen: Seen | None

    @property
    def is_hard(self) -> bool:
        return bool(self.seen and self.seen.category in Outlook.HARD_TO_FILL)


@dataclass(frozen=True)
class Relative:
    """Another occupation of the tree, where this one is looked at."""

    occupation: Occupation
    seen: Seen | None

    @property
    def attempts(self) -> int:
        """Those that may be told."""
        return self.seen.figures.attempts if self.seen else 0


@dataclass(frozen=True)
class Everywhere:
    """chosen: the place that is opened. history: the occupation there, the oldest half-year first.

    wide: the country and its areas. around: catchments or municipalities in the area of the chosen place.
    ancestors: the widest first. wider: the nearest group with answers enough in the chosen place, where the
    occupation itself has too few. hard_before: in so many areas it was hard to fill the half-year before.
    severe: where it is severely short in the country, by which rule.
    """

    occupation: Occupation
    period: Period
    chosen: At
    wide: Sequence[At]
    around: Sequence[At]
    everywhere: Sequence[At]
    history: Sequence[tuple[str, Seen]]
    ancestors: Sequence[Relative]
    siblings: Sequence[Relative]
    children: Sequence[Relative]
    wider: Relative | None
    hard_before: int | None
    severe: Severe | None

    @property
    def country(self) -> At:
        return self.wide[0]

    @property
    def areas(self) -> Sequence[At]:
        return self.wide[1:]

    @property
    def is_severe(self) -> bool:
        return self.severe is not None

    @cached_property
    def hard_in(self) -> list[At]:
        return [at for at in self.areas if at.is_hard]

    @property
    def hides_any(self) -> bool:
        return any(at.seen.hides_answers or at.seen.hides_persons for at in self.everywhere if at.seen)


def read(
    occupation: Occupation,
    *,
    period: Period,
    spot: Spot,
    shown: Place,
    atlas: Atlas,
    own: Collection[str],
    least: int,
) -> Everywhere:
    """Seven queries. shown: the kind of places around the chosen one. own: municipalities of the reader.

    least: fewer answers than this are not assessed.
    """
    found = {
        (Place(one.place), one.code): as_seen(one, own=own)
        for one in Indicators.objects.filter(occupation=occupation, period=period.code)
    }

    def at(one: Spot) -> At:
        return At(one, found.get((one.place, one.code)))

    past = list(
        Indicators.objects.filter(
            Q(place=Place.AREA) | Q(place=spot.place, code=spot.code),
            occupation=occupation,
            period__lte=period.code,
        ).order_by("period")
    )
    history = [(one.period, as_seen(one, own=own)) for one in past if (one.place, one.code) == _key(spot)]
    before = [one for one in past if one.period == period.previous().code and one.place == Place.AREA]
    severe = severe_in(period, among=Q(occupation=occupation))
    ancestors, siblings, children = _relatives(occupation, period=period, spot=spot, own=own)
    return Everywhere(
        occupation=occupation,
        period=period,
        chosen=at(spot),
        wide=[at(atlas.country), *map(at, atlas.areas)],
        around=[at(one) for one in atlas.around(spot, place=shown)],
        everywhere=[at(one) for one in atlas.by_key.values()],
        history=history,
        ancestors=ancestors,
        siblings=siblings,
        children=children,
        wider=_wider(Relative(occupation, found.get(_key(spot))), ancestors, least=least),
        hard_before=sum(one.category in Outlook.HARD_TO_FILL for one in before) if before else None,
        severe=severe if severe and occupation.code in severe.codes else None,
    )


def _key(spot: Spot) -> tuple[Place, str]:
    return spot.place, spot.code


def _relatives(
    occupation: Occupation, *, period: Period, spot: Spot, own: Collection[str]
) -> tuple[list[Relative], list[Relative], list[Relative]]:
    """Above, beside and below it in the tree."""
    code = occupation.code
    above = [code[:digits] for digits in range(1, len(code))]
    occupations = list(
        Occupation.objects.filter(
            Q(code__in=above) | Q(parent=occupation) | Q(parent=occupation.parent_id, parent__isnull=False),
            level__lte=UNIT_GROUP,
        )
        .exclude(pk=occupation.pk)
        .order_by("code")
    )
    seen = {
        one.occupation_id: as_seen(one, own=own)
        for one in Indicators.objects.of(spot.place, spot.code).filter(
            period=period.code, occupation__in=occupations
        )
    }
    relatives = [Relative(one, seen.get(one.pk)) for one in occupations]
    return (
        [one for one in relatives if one.occupation.code in above],
        [one for one in relatives if one.occupation.level == occupation.level],
        [one for one in relatives if one.occupation.parent_id == occupation.pk],
    )


def _wider(itself: Relative, ancestors: Sequence[Relative], *, least: int) -> Relative | None:
    """The nearest group above with answers enough; None where the occupation has them, or no group."""
    line = {one.occupation.code: one for one in (*ancestors, itself)}
    code = itself.occupation.code
    told = told_at(code, {code: one.attempts for code, one in line.items()}, least=least)
    return line[told] if told and told != code else None

"""Finding the labour catchments anew: from commuting where it is known, else from distance and size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.db import connection, transaction
from django.utils import timezone

from jobcenter.accounts.models import User
from jobcenter.geography import commuting, gravity
from jobcenter.geography.commuting import FloatArray
from jobcenter.geography.models import (
    Catchment,
    CatchmentRule,
    CatchmentVersion,
    Commuters,
    CommutingMatrix,
    Correction,
    Municipality,
)

NEARLY = 0.5
"""From half the limit on, a municipality that does not belong is kept too: with how much it falls short."""

FOUND_FROM = (
    *("basis", "matrix_id", "year"),
    *("link_share", "self_containment", "half_distance_km", "exponent"),
)
COMPARED = (
    *("centre_id", "municipality_id", "distance_km", "share", "commuters", "self_containment"),
    *("ground", "belongs", "correction_id"),
)


class NoRule(LookupError):
    """No rule is in force."""


@dataclass(frozen=True)
class Shares:
    """How much of each municipality works in each, and what that was found from.

    share: shape (places, places). weight: the residents of each, shape (places,). employed: the numbers
    behind the shares, or None for an estimate.
    """

    basis: str
    year: int
    matrix: CommutingMatrix | None
    share: FloatArray
    weight: FloatArray
    employed: FloatArray | None


def one_at_a_time() -> None:
    """Whoever changes what catchments are found from, or finds them, waits here for the others."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE geography_catchmentversion IN SHARE ROW EXCLUSIVE MODE")


@transaction.atomic
def find_catchments(*, cause: str, by: User | None = None) -> CatchmentVersion | None:
    """Find all catchments with what is known now; None, and nothing is written, where that changes nothing.

    The new version is in force at once. Two at a time are found one after the other. Raises NoRule.
    """
    one_at_a_time()
    today = timezone.localdate()
    rule = CatchmentRule.objects.valid(today).first()
    if rule is None:
        raise NoRule(f"No rule of labour catchments is in force on {today}.")
    places = list(Municipality.objects.valid(today).order_by("code"))
    shares = _from_commuting(places) or _from_gravity(places, rule=rule)
    version = CatchmentVersion(
        link_share=rule.link_share,
        self_containment=rule.self_containment,
        half_distance_km=rule.half_distance_km,
        exponent=rule.exponent,
        basis=shares.basis,
        matrix=shares.matrix,
        year=shares.year,
        cause=cause,
        made_by=by,
        made_at=timezone.now(),
    )
    rows = _rows(places, shares, limit=rule.link_share)
    if _is_in_force(version, rows):
        return None
    version.save()
    for row in rows:
        row.version = version
    Catchment.objects.bulk_create(rows, batch_size=1000)
    _let_the_planner_know()
    return version


def _let_the_planner_know() -> None:
    """Every page asks through catchments who may see what: a wrong guess at their number costs minutes."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE geography_municipality, geography_catchmentversion, geography_catchment")


def _from_commuting(places: Sequence[Municipality]) -> Shares | None:
    """By the latest matrix, if there is one. Two queries."""
    matrix = CommutingMatrix.objects.first()
    if matrix is None:
        return None
    row_of = {place.pk: row for row, place in enumerate(places)}
    employed = np.zeros((len(places), len(places)))
    residents = np.zeros(len(places))
    for residence, workplace, number in Commuters.objects.filter(matrix=matrix).values_list(
        "residence", "workplace", "employed"
    ):
        if residence in row_of:
            residents[row_of[residence]] += number
            if workplace in row_of:
                employed[row_of[residence], row_of[workplace]] = number
    return Shares(
        basis=CatchmentVersion.Basis.COMMUTING,
        year=matrix.year,
        matrix=matrix,
        share=commuting.out_shares(employed, residents),
        weight=residents,
        employed=employed,
    )


def _from_gravity(places: Sequence[Municipality], *, rule: CatchmentRule) -> Shares:
    size = np.array([place.population for place in places], dtype=np.float64)
    return Shares(
        basis=CatchmentVersion.Basis.GRAVITY,
        year=max((place.population_year for place in places), default=timezone.localdate().year),
        matrix=None,
        share=gravity.out_shares(
            _distances(places), size, half_distance=rule.half_distance_km, exponent=rule.exponent
        ),
        weight=size,
        employed=None,
    )


def _distances(places: Sequence[Municipality]) -> FloatArray:
    spots = [(place.latitude, place.longitude) for place in places]
    return gravity.great_circle(np.array(spots, dtype=np.float64).reshape(-1, 2))


def _rows(places: Sequence[Municipality], shares: Shares, *, limit: float) -> list[Catchment]:
    """By centre, and by how much of the municipality works there."""
    linked = commuting.catchments(shares.share, limit=limit)
    row_of = {place.pk: row for row, place in enumerate(places)}
    corrections = {
        (row_of[one.municipality_id], row_of[one.centre_id]): one
        for one in Correction.objects.open()
        if one.municipality_id in row_of and one.centre_id in row_of
    }
    belongs = linked.copy()
    for pair, correction in corrections.items():
        belongs[pair] = correction.effect == Correction.Effect.INCLUDE
    within = commuting.self_containment(shares.share, shares.weight, belongs=belongs)
    distances = _distances(places)
    told = belongs | (shares.share >= limit * NEARLY)
    for pair in corrections:
        told[pair] = True
    return [
        Catchment(
            centre=places[centre],
            municipality=places[place],
            distance_km=round(float(distances[place, centre]), 1),
            share=round(float(shares.share[place, centre]), 4),
            commuters=None if shares.employed is None else int(shares.employed[place, centre]),
            self_containment=round(float(within[centre]), 4) if place == centre else None,
            ground=_ground(corrections.get((place, centre)), place == centre, bool(linked[place, centre])),
            belongs=bool(belongs[place, centre]),
            correction=corrections.get((place, centre)),
        )
        for centre in range(len(places))
        for place in np.argsort(-shares.share[:, centre], kind="stable").tolist()
        if told[place, centre]
    ]


def _ground(correction: Correction | None, is_centre: bool, is_linked: bool) -> str:
    if is_centre:
        return Catchment.Ground.CENTRE
    if correction:
        return (
            Catchment.Ground.INCLUDED
            if correction.effect == Correction.Effect.INCLUDE
            else Catchment.Ground.EXCLUDED
        )
    return Catchment.Ground.LINKED if is_linked else Catchment.Ground.TOO_FEW


def _is_in_force(version: CatchmentVersion, rows: Sequence[Catchment]) -> bool:
    """Whether the version in force was found from the same, and says the same of everybody."""
    now = CatchmentVersion.objects.in_force().first()
    if now is None or any(getattr(now, name) != getattr(version, name) for name in FOUND_FROM):
        return False
    return set(now.rows.values_list(*COMPARED)) == {
        tuple(getattr(row, name) for name in COMPARED) for row in rows
    }

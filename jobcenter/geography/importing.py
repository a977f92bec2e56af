"""Taking commuting figures in: a matrix for each year of a file, or nothing of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from jobcenter.accounts.models import User
from jobcenter.geography.finding import find_catchments, one_at_a_time
from jobcenter.geography.models import CatchmentVersion, Commuters, CommutingMatrix, Municipality
from jobcenter.geography.pend100 import ELSEWHERE, Export, Pair


class NotAMatrix(ValueError):
    """The figures are not those of a whole country; the text is one sentence that says why."""


@dataclass(frozen=True)
class Imported:
    """What came of a file: the years new or corrected, those known already, and the version made."""

    taken_in: list[CommutingMatrix]
    known: list[int]
    version: CatchmentVersion | None


@transaction.atomic
def import_commuting(export: Export, *, source: str, file_name: str, by: User | None = None) -> Imported:
    """Store the years of an export that are not stored as they are, and find the catchments anew.

    Raises NotAMatrix, and changes nothing, where a line was refused or a municipality has no residents.
    """
    if export.refusals:
        raise NotAMatrix(f"Refused lines: {len(export.refusals)}.")
    municipalities = {
        one.code: one for one in Municipality.objects.valid(timezone.localdate()).order_by("code")
    }
    if not export.employed:
        raise NotAMatrix("No line has figures of a municipality.")
    for year, pairs in sorted(export.employed.items()):
        living = {residence for (residence, _), employed in pairs.items() if employed}
        missing = [one.name for code, one in municipalities.items() if code not in living]
        if missing:
            raise NotAMatrix(f"In {year} nobody lives in {', '.join(missing)}.")
    one_at_a_time()
    pks = dict(Municipality.objects.values_list("code", "pk"))
    taken_in, known = [], []
    for year, pairs in sorted(export.employed.items()):
        if _is_known(year, pairs):
            known.append(year)
        else:
            matrix = CommutingMatrix.objects.create(
                year=year, source=source, file_name=file_name, imported_at=timezone.now()
            )
            _copy(pairs, into=matrix, pks=pks)
            taken_in.append(matrix)
    version = find_catchments(cause=CatchmentVersion.Cause.MATRIX, by=by) if taken_in else None
    return Imported(taken_in=taken_in, known=known, version=version)


def _is_known(year: int, pairs: Mapping[Pair, int]) -> bool:
    """Whether the latest matrix of the year says the same of everybody."""
    latest = CommutingMatrix.objects.filter(year=year).first()
    if latest is None:
        return False
    stored = latest.commuters.values_list("residence__code", "workplace__code", "employed")
    return {(residence, workplace or ELSEWHERE): employed for residence, workplace, employed in stored} == {
        pair: employed for pair, employed in pairs.items() if employed
    }


def _copy(pairs: Mapping[Pair, int], *, into: CommutingMatrix, pks: Mapping[str, int]) -> None:
    columns = "matrix_id, residence_id, workplace_id, employed"
    table = Commuters._meta.db_table
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy,
    ):
        for (residence, workplace), employed in pairs.items():
            if employed:
                copy.write_row((into.pk, pks[residence], pks.get(workplace), employed))

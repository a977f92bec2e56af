"""A jobcentre's spells into their tables: what a file would change, and then all of it or nothing.

A file tells of the days of its window: every spell that touches them, each whole. What is there of those and
is not in the file goes; what reads as before is left alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.db import connection, transaction
from django.db.models import Max

from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre
from regions.measures.models import TargetGroup
from regions.timeliness.lines import Key, SpellLine, Window
from regions.timeliness.models import Activity, Exemption, Spell, SpellDelivery
from regions.timeliness.promising import promise

DIFFERENCE = """
WITH arriving AS (
    SELECT * FROM unnest(%(person)s::text[], %(starts_on)s::date[], %(digest)s::text[], %(group)s::bigint[])
        AS told (person, starts_on, digest, target_group_id)
),
standing AS (
    SELECT id, person, starts_on, digest, target_group_id,
        starts_on <= %(last)s AND (ends_on IS NULL OR ends_on >= %(first)s) AS is_told_of
    FROM timeliness_spell WHERE jobcentre_id = %(jobcentre)s
)
SELECT
    CASE
        WHEN standing.id IS NULL THEN 'added'
        WHEN arriving.person IS NULL THEN 'removed'
        WHEN arriving.digest = standing.digest THEN 'unchanged'
        ELSE 'changed'
    END,
    standing.id, person, starts_on, COALESCE(arriving.target_group_id, standing.target_group_id)
FROM arriving FULL JOIN standing USING (person, starts_on)
WHERE standing.id IS NULL OR arriving.person IS NOT NULL OR standing.is_told_of
"""

Fate = Literal["added", "changed", "removed", "unchanged"]


@dataclass(frozen=True)
class Change:
    """What becomes of one spell. standing: the primary key of the row that is there."""

    fate: Fate
    standing: int | None
    key: Key
    target_group: int


@dataclass(frozen=True)
class Difference:
    """What a file would change."""

    changes: Sequence[Change]

    def number(self, fate: Fate, *, target_group: int | None = None) -> int:
        return sum(one.fate == fate and target_group in (None, one.target_group) for one in self.changes)

    @property
    def to_write(self) -> set[Key]:
        return {one.key for one in self.changes if one.fate in ("added", "changed")}

    @property
    def to_remove(self) -> list[int]:
        gone = ("changed", "removed")
        return [one.standing for one in self.changes if one.fate in gone and one.standing is not None]

    @property
    def is_empty(self) -> bool:
        return not (self.to_write or self.to_remove)


@dataclass(frozen=True)
class Origin:
    """In which file, for which days, and who delivered it; None for the portal itself."""

    file_name: str
    digest: str
    window: Window
    by: User | None = None


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def reaches_to(jobcentre: Jobcentre) -> date | None:
    """The last day the jobcentre's data tell of; None before its first delivery."""
    told = SpellDelivery.objects.filter(jobcentre=jobcentre)
    last: date | None = told.aggregate(last=Max("window_to"))["last"]
    return last


def reach_of(jobcentres: Iterable[Jobcentre]) -> dict[int, date]:
    """The same of several, by jobcentre; one without a delivery is not there. One query."""
    told = SpellDelivery.objects.filter(jobcentre__in=jobcentres).order_by()
    return dict(told.values_list("jobcentre").annotate(Max("window_to")))


def compare(spells: Sequence[SpellLine], *, jobcentre: Jobcentre, window: Window) -> Difference:
    """What the spells would change now. One statement, which writes nothing."""
    groups = _groups()
    with connection.cursor() as cursor:
        cursor.execute(
            DIFFERENCE,
            {
                "person": [spell.person for spell in spells],
                "starts_on": [spell.starts_on for spell in spells],
                "digest": [spell.digest for spell in spells],
                "group": [groups[spell.group] for spell in spells],
                "jobcentre": jobcentre.pk,
                "first": window.first,
                "last": window.last,
            },
        )
        return Difference(
            [
                Change(fate, standing, (person, starts_on), group)
                for fate, standing, person, starts_on, group in cursor.fetchall()
            ]
        )


@transaction.atomic
def receive(spells: Sequence[SpellLine], *, jobcentre: Jobcentre, origin: Origin) -> SpellDelivery | None:
    """Take the spells in; None, and nothing is written, when they change nothing and reach no further.

    Two deliveries of one jobcentre at once are taken in one after the other. What follows from the new
    spells is counted by promised work.
    """
    Jobcentre.objects.select_for_update(no_key=True).get(pk=jobcentre.pk)
    found = compare(spells, jobcentre=jobcentre, window=origin.window)
    known = reaches_to(jobcentre)
    if found.is_empty and known and known >= origin.window.last:
        return None
    delivery = SpellDelivery.objects.create(
        jobcentre=jobcentre,
        by=origin.by,
        file_name=origin.file_name,
        digest=origin.digest,
        window_from=origin.window.first,
        window_to=origin.window.last,
        added=found.number("added"),
        changed=found.number("changed"),
        removed=found.number("removed"),
        unchanged=found.number("unchanged"),
    )
    _remove(found.to_remove)
    wanted = found.to_write
    _write([spell for spell in spells if spell.key in wanted], delivery=delivery)
    promise(jobcentre=jobcentre)
    return delivery


def _remove(keys: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        for table, column in (
            ("timeliness_activity", "spell_id"),
            ("timeliness_exemption", "spell_id"),
            ("timeliness_spell", "id"),
        ):
            cursor.execute(f"DELETE FROM {table} WHERE {column} = ANY(%s)", [list(keys)])


def _write(spells: Sequence[SpellLine], *, delivery: SpellDelivery) -> None:
    """Three COPYs, with primary keys drawn beforehand, so that nothing has to be looked up again."""
    groups = _groups()
    keys = _draw(len(spells))
    numbered = list(zip(keys, spells, strict=True))
    _copy(
        Spell,
        (
            *("id", "jobcentre_id", "delivery_id", "person", "target_group_id", "starts_on", "ends_on"),
            *("registered_on", "exit_to", "digest"),
        ),
        (
            (
                *(key, delivery.jobcentre_id, delivery.pk, spell.person, groups[spell.group]),
                *(spell.starts_on, spell.ends_on, spell.registered_on, spell.exit_to, spell.digest),
            )
            for key, spell in numbered
        ),
    )
    _copy(
        Activity,
        ("spell_id", "event", "kind", "starts_on", "ends_on", "given_on", "hours"),
        (
            (key, one.event, one.kind, one.starts_on, one.ends_on, one.given_on, one.hours)
            for key, spell in numbered
            for one in spell.activities
        ),
    )
    _copy(
        Exemption,
        ("spell_id", "number", "reason", "starts_on", "ends_on"),
        (
            (key, number, one.reason, one.starts_on, one.ends_on)
            for key, spell in numbered
            for number, one in enumerate(spell.exemptions, 1)
        ),
    )


def _draw(number: int) -> Iterator[int]:
    """So many primary keys of spells that nobody else gets."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('timeliness_spell', 'id')) FROM generate_series(1, %s)",
            [number],
        )
        return iter([key for (key,) in cursor.fetchall()])


def _copy(
    model: type[Spell | Activity | Exemption], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    statement = f"COPY {model._meta.db_table} ({', '.join(columns)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _groups() -> Mapping[str, int]:
    return dict(TargetGroup.objects.values_list("code", "pk"))

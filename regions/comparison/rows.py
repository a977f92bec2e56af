"""Whole columns out of the database and whole blocks of rows into it, by COPY in its binary form.

A column comes as one array that the database has gathered, and a block goes as it is sent: nothing is done
row by row. Source of the form: PostgreSQL's documentation of COPY, “Binary Format”.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from struct import pack, unpack_from
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Model, QuerySet
from numpy.typing import NDArray

HEADER = b"PGCOPY\n\xff\r\n\0" + pack(">ii", 0, 0)
TRAILER = pack(">h", -1)
NULL = -1

Columns = dict[str, NDArray[Any]]

KINDS: Mapping[type, str] = {int: ">i8", float: ">f8"}
"""How values of a column are sent: bigint and double precision."""


def columns(asked: QuerySet[Any, Any], kinds: Mapping[str, type]) -> Columns:
    """The columns of a query, each as one array. Values are never NULL.

    asked: `values_list` of as many columns, in the order of `kinds`, which name them and say what they hold.
    """
    gathered = ", ".join(f"array_agg({name})" for name in kinds)
    reply = _gather(gathered, asked, names=kinds)
    found, place = {}, 0
    for name, kind in kinds.items():
        (length,) = unpack_from(">i", reply, place)
        place += 4
        found[name] = _array(reply, place, kind=kind) if length != NULL else np.empty(0, dtype=kind)
        place += max(length, 0)
    return found


def block(asked: QuerySet[Any, Any]) -> bytes:
    """The values of one column of bytes behind each other."""
    reply = _gather("string_agg(block, '')", asked, names=["block"])
    return reply[4:]


def _gather(gathered: str, asked: QuerySet[Any, Any], *, names: Iterable[str]) -> bytes:
    """The one row of an aggregate over a query, without what COPY puts before and after its fields."""
    query, parameters = asked.query.sql_with_params()
    command = (
        f"COPY (SELECT {gathered} FROM ({query}) AS asked ({', '.join(names)})) TO STDOUT (FORMAT BINARY)"
    )
    with connection.cursor() as cursor, cursor.copy(cursor.mogrify(command, parameters)) as copy:
        return b"".join(copy)[len(HEADER) + 2 : -len(TRAILER)]


def _array(reply: bytes, place: int, *, kind: type) -> NDArray[Any]:
    """An array as it is sent: dimensions (one), whether it has NULLs, type, size, lower bound, elements."""
    _dimensions, has_nulls, _type, size, _lower = unpack_from(">iiIii", reply, place)
    if has_nulls:
        raise ValueError("a column that is read as an array has no NULL")
    elements = np.dtype([("length", ">i4"), ("value", KINDS[kind])])
    sent = np.frombuffer(reply, dtype=elements, count=size, offset=place + 20)["value"]
    return sent.astype(kind)


def as_sent(rows: NDArray[Any]) -> bytes:
    """Rows as COPY takes them in, without what comes before and after them. NaN is sent as NULL.

    rows: a structured array of whole numbers (bigint) and floats (double precision), each field a column.
    """
    names = rows.dtype.names or ()
    missing = np.stack([np.isnan(rows[name]) for name in names], axis=-1)
    kept = np.unique(missing, axis=0)
    return b"".join(_alike(rows[(missing == nulls).all(axis=-1)], nulls) for nulls in kept)


def _alike(rows: NDArray[Any], nulls: NDArray[np.bool_]) -> bytes:
    """Rows that lack the same columns: so all are of one width. nulls: shape (columns,)."""
    names = rows.dtype.names or ()
    parts: list[tuple[str, str]] = [("columns", ">i2")]
    for name, is_null in zip(names, nulls, strict=True):
        parts.append((f"{name} length", ">i4"))
        if not is_null:
            parts.append((name, ">i8" if rows.dtype[name].kind == "i" else ">f8"))
    sent = np.empty(rows.size, dtype=parts)
    sent["columns"] = len(names)
    for name, is_null in zip(names, nulls, strict=True):
        sent[f"{name} length"] = NULL if is_null else 8
        if not is_null:
            sent[name] = rows[name]
    return sent.tobytes()


def take_in(table: str, *, columns: Sequence[str], block: bytes) -> None:
    """Write a block of rows, as `as_sent` gives them, into a table."""
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT BINARY)") as copy,
    ):
        copy.write(HEADER)
        copy.write(block)
        copy.write(TRAILER)


def replace(table: str, *, columns: Sequence[str], key: tuple[str, str], of: list[int], block: bytes) -> None:
    """Put a block of rows, as `as_sent` gives them, in the place of all rows of some owners.

    key: the columns, unique together, of which the first names the owner; of: the owners that have rows.
    A row that stays is changed where it lies: what it refers to is not looked up again, which takes longer
    than to write it.
    """
    if not of:
        take_in(table, columns=columns, block=block)
        return
    names, is_same = ", ".join(columns), " AND ".join(f"incoming.{name} = standing.{name}" for name in key)
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in key)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS incoming")
        cursor.execute(
            f"CREATE TEMP TABLE incoming ON COMMIT DROP AS SELECT {names} FROM {table} WHERE false"
        )
        take_in("incoming", columns=columns, block=block)
        cursor.execute("ANALYZE incoming")
        cursor.execute(
            # As a list, so that each is looked up: the table is large, and few or all of it may be meant.
            f"DELETE FROM {table} AS standing WHERE {key[0]} = ANY(%s) "
            f"AND NOT EXISTS (SELECT FROM incoming WHERE {is_same})",
            [of],
        )
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {names} FROM incoming "
            f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changes}"
        )


def add(objects: Sequence[Model]) -> None:
    """Write new objects of one model, each with a primary key from now on, as `bulk_create` does.

    That one sends a column as one array and escapes each quotation mark in it by itself, which takes longer
    than everything else where the column is JSON.
    """
    if not objects:
        return
    model = type(objects[0])
    fields = model._meta.concrete_fields
    names = ", ".join(f'"{field.column}"' for field in fields)
    for one, pk in zip(objects, new_ids(model, len(objects)), strict=True):
        one.pk = pk
        one._state.adding = False
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {model._meta.db_table} ({names}) FROM STDIN") as copy,
    ):
        for one in objects:
            copy.write_row(
                [field.get_db_prep_save(field.pre_save(one, add=True), connection) for field in fields]
            )


def new_ids(model: type[Model], count: int) -> list[int]:
    """Primary keys for rows that are not there yet, so that others can name them before they are."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [pk for (pk,) in cursor.fetchall()]

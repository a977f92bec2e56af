"""Taking an extract of the register in: hundreds of thousands of lines by COPY, and the fate of each told.

The lines are copied into a table of the transaction, and a handful of statements do the rest, however many
there are: what is new is added, what differs is changed, and the companies we know are brought up to date in
what the register says of them. What people have written (contact persons, wishes, notes) is not among it.
Doing it twice changes nothing the second time. Nothing is removed: a company ceases, a workplace closes.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pghistory
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from employers.companies import extract
from employers.companies.extract import Refused
from employers.companies.finding import count_grams
from employers.companies.models import RegisterCompany, RegisterImport
from employers.companies.names import folded, grams
from jobcenter.accounts.models import User
from jobcenter.classifications.models import Industry
from jobcenter.geography.load import municipality_pks
from jobcenter.geography.ordering import danish_sort_key
from jobcenter.runtime.work import look_now, publish

LEASE = timedelta(minutes=10)
"""An import is one transaction, and longer than other work: 300,000 lines take half a minute or more."""

MANY = 1000
"""After so many changes the database counts its tables anew, or it chooses slow ways through them."""

GRAM_INDEXES = ("registercompany_name_grams", "company_name_grams")
"""Written in one go at the end of an import: piece by piece would take ten times as long."""

COUNTS = tuple(
    f"{file}_{what}"
    for file in ("companies", "workplaces")
    for what in ("added", "changed", "unchanged", "refused")
)

COMPANY_FIELDS = (
    *("name", "name_key", "name_grams", "address", "postcode", "industry_id", "employees"),
    *("is_active", "status", "ceased_on", "advertising_protected"),
)
WORKPLACE_FIELDS = (
    *("company_id", "name", "address", "postcode", "municipality_id", "employees"),
    *("opened_on", "closed_on"),
)

FOLLOWS = frozenset(("name_key", "name_grams"))
"""What follows from another field, and need not be told as a change of its own."""


def promise(
    *, companies: bytes, workplaces: bytes, source: str, names: Sequence[str] = (), by: User | None = None
) -> RegisterImport:
    """Keep the two files and have a worker take them in. Needs a transaction."""
    promised = RegisterImport.objects.create(
        source=source, companies=companies, workplaces=workplaces, file_names=", ".join(names)[:400], by=by
    )
    look_now("companies.take_in", promised.pk)
    return promised


def carry_out(pk: int) -> None:
    """Take one extract in, if nobody else is at it."""
    with RegisterImport.objects.claim(pk, lease=LEASE) as work:
        if work:
            with transaction.atomic(), pghistory.context(register_import=pk):
                finish(work)


def finish(work: RegisterImport) -> None:
    """Take the files in and forget them. A file that cannot be read is told, and done with.

    Needs a transaction. Raises LeaseLost when another worker has begun since.
    """
    try:
        with transaction.atomic():
            take_in(work)
    except extract.Unreadable as problem:
        work.problem = str(problem)
    work.companies = work.workplaces = b""
    # Not the number of attempts: by it `finish` knows whether another worker has come between.
    work.save(update_fields=["companies", "workplaces", "problem", *COUNTS])
    work.finish()


def sweep() -> None:
    """Look for imports whose message was lost or whose worker died."""
    for pk in RegisterImport.objects.waiting().values_list("pk", flat=True)[:10]:
        publish("companies.take_in", pk)


def take_in(work: RegisterImport) -> None:
    """Bring the register's copy, and the companies we know, in line with the files. Raises Unreadable."""
    today = timezone.localdate()
    _run("SET LOCAL gin_pending_list_limit = '1GB'")
    refused: list[Refused] = []
    industries = dict(Industry.objects.filter(version=Industry.Version.NACE_2_1).values_list("code", "pk"))
    _copy(
        "incoming_company",
        ("line", "cvr", *COMPANY_FIELDS),
        like=RegisterCompany._meta.db_table,
        lines=_company_rows(bytes(work.companies), industries=industries, refused=refused),
    )
    _refuse(work, "companies", refused)
    counts = _merge_companies(work)
    companies = set(RegisterCompany.objects.values_list("pk", flat=True))
    refused = []
    _copy(
        "incoming_workplace",
        ("line", "p_number", *WORKPLACE_FIELDS),
        like="companies_registerworkplace",
        lines=_workplace_rows(
            bytes(work.workplaces), municipalities=municipality_pks(), companies=companies, refused=refused
        ),
    )
    _refuse(work, "workplaces", refused)
    counts |= _merge_workplaces(work)
    _bring_companies_up_to_date()
    _bring_workplaces_up_to_date(today)
    if counts["companies_added"] + counts["companies_changed"]:
        count_grams()
        for index in GRAM_INDEXES:
            _run("SELECT gin_clean_pending_list(%s::regclass)", [index])
    if sum(counts.values()) > MANY:
        _run("ANALYZE companies_registercompany, companies_registerworkplace, companies_namegram")
    for name, count in counts.items():
        setattr(work, name, count)
    told = dict(
        _rows(
            "SELECT file, count(*) FROM companies_registerfate"
            " WHERE register_import_id = %s AND fate = 'refused' GROUP BY file",
            [work.pk],
        )
    )
    work.companies_refused = told.get("companies", 0)
    work.workplaces_refused = told.get("workplaces", 0)


def _company_rows(
    content: bytes, *, industries: Mapping[str, int], refused: list[Refused]
) -> Iterator[tuple[Any, ...]]:
    """Rows for COPY; what cannot be used goes into `refused`. Asks nothing: a COPY is under way."""
    for line in extract.companies(content):
        if isinstance(line, Refused):
            refused.append(line)
            continue
        told = line.value
        if told.industry and told.industry not in industries:
            reason = _("there is no industry %(code)s") % {"code": told.industry}
            refused.append(Refused(line.line, told.cvr, reason))
            continue
        key = folded(told.name)
        yield (
            line.line, told.cvr, told.name, key, grams(key), told.address, told.postcode,
            industries.get(told.industry), told.employees, told.is_active, told.status, told.ceased_on,
            told.advertising_protected,
        )  # fmt: skip


def _workplace_rows(
    content: bytes, *, municipalities: Mapping[str, int], companies: Container[str], refused: list[Refused]
) -> Iterator[tuple[Any, ...]]:
    for line in extract.workplaces(content):
        if isinstance(line, Refused):
            refused.append(line)
            continue
        told = line.value
        if told.municipality not in municipalities:
            reason = _("there is no municipality %(code)s") % {"code": told.municipality}
            refused.append(Refused(line.line, told.p_number, reason))
        elif told.cvr not in companies:
            reason = _("there is no company %(cvr)s") % {"cvr": told.cvr}
            refused.append(Refused(line.line, told.p_number, reason))
        else:
            yield (
                line.line, told.p_number, told.cvr, told.name, told.address, told.postcode,
                municipalities[told.municipality], told.employees, told.opened_on, told.closed_on,
            )  # fmt: skip


def _copy(table: str, columns: Sequence[str], *, like: str, lines: Iterator[tuple[Any, ...]]) -> None:
    """Make a table of this transaction with columns as another has them, and copy the lines into it."""
    named = ", ".join(columns[1:])
    _run(f"DROP TABLE IF EXISTS {table}")
    _run(f"CREATE TEMP TABLE {table} ON COMMIT DROP AS SELECT 0 AS line, {named} FROM {like} WHERE false")
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy,
    ):
        for line in lines:
            copy.write_row(line)
    _run(f"ANALYZE {table}")


def _refuse(work: RegisterImport, file: str, refused: Sequence[Refused]) -> None:
    work.fates.bulk_create(
        [
            work.fates.model(
                register_import=work,
                file=file,
                line=one.line,
                key=one.key,
                fate="refused",
                reason=one.reason[:400],
            )
            for one in refused
        ],
        batch_size=5000,
    )


def _merge_companies(work: RegisterImport) -> dict[str, int]:
    return _merge(
        work,
        file="companies",
        table="companies_registercompany",
        incoming="incoming_company",
        key="cvr",
        fields=COMPANY_FIELDS,
        more={"source": work.source, "told_at": work.created_at},
    )


def _merge_workplaces(work: RegisterImport) -> dict[str, int]:
    return _merge(
        work,
        file="workplaces",
        table="companies_registerworkplace",
        incoming="incoming_workplace",
        key="p_number",
        fields=WORKPLACE_FIELDS,
        more={},
    )


def _merge(
    work: RegisterImport,
    *,
    file: str,
    table: str,
    incoming: str,
    key: str,
    fields: Sequence[str],
    more: dict[str, Any],
) -> dict[str, int]:
    """Add what is new and change what differs, and write each line's fate. Returns how many of each.

    A line that changes nothing has no fate of its own: it is counted. more: what else a row gets that is
    written.
    """
    differs = " OR ".join(f"held.{name} IS DISTINCT FROM new.{name}" for name in fields)
    what = ", ".join(
        f"CASE WHEN held.{name} IS DISTINCT FROM new.{name} THEN '{name.removesuffix('_id')}' END"
        for name in fields
        if name not in FOLLOWS
    )
    _run(
        "INSERT INTO companies_registerfate (register_import_id, file, line, key, fate, reason)"
        f" SELECT %s, %s, new.line, new.{key}, CASE WHEN held.{key} IS NULL THEN 'added' ELSE 'changed' END,"
        f" CASE WHEN held.{key} IS NULL THEN '' ELSE concat_ws(', ', {what}) END"
        f" FROM {incoming} new LEFT JOIN {table} held USING ({key})"
        f" WHERE held.{key} IS NULL OR {differs}",
        [work.pk, file],
    )
    columns = ", ".join((key, *fields, *more))
    values = ", ".join((*(f"new.{name}" for name in (key, *fields)), *("%s" for _name in more)))
    written = ", ".join(f"{name} = EXCLUDED.{name}" for name in (*fields, *more))
    _run(
        f"INSERT INTO {table} AS held ({columns}) SELECT {values} FROM {incoming} new"
        f" LEFT JOIN {table} old USING ({key})"
        f" WHERE old.{key} IS NULL OR {differs.replace('held.', 'old.')}"
        f" ON CONFLICT ({key}) DO UPDATE SET {written}",
        list(more.values()),
    )
    told = dict(
        _rows(
            "SELECT fate, count(*) FROM companies_registerfate"
            " WHERE register_import_id = %s AND file = %s AND fate <> 'refused' GROUP BY fate",
            [work.pk, file],
        )
    )
    total = _rows(f"SELECT count(*) FROM {incoming}", [])[0][0]
    added, changed = told.get("added", 0), told.get("changed", 0)
    return {
        f"{file}_added": added,
        f"{file}_changed": changed,
        f"{file}_unchanged": total - added - changed,
    }


def _bring_companies_up_to_date() -> None:
    """What the register says of the companies we know: one change of each, with its place in the alphabet."""
    renamed = _rows(
        "SELECT new.cvr, new.name FROM incoming_company new JOIN companies_company known USING (cvr)"
        " WHERE known.name <> new.name",
        [],
    )
    _copy(
        "incoming_place",
        ("line", "cvr", "sort_key"),
        like="companies_company",
        lines=((0, cvr, danish_sort_key(name)[:400]) for cvr, name in renamed),
    )
    _run(
        "UPDATE companies_company known SET name = new.name, name_key = new.name_key,"
        " name_grams = new.name_grams, sort_key = COALESCE(place.sort_key, known.sort_key),"
        " industry_id = new.industry_id, employees = new.employees,"
        " from_register = true, has_ceased = NOT new.is_active, ceased_on = new.ceased_on,"
        " advertising_protected = new.advertising_protected"
        " FROM incoming_company new LEFT JOIN incoming_place place USING (cvr)"
        " WHERE known.cvr = new.cvr AND"
        " (known.name, known.industry_id, known.employees, known.from_register, known.has_ceased,"
        " known.ceased_on, known.advertising_protected, known.name_key) IS DISTINCT FROM"
        " (new.name, new.industry_id, new.employees, true, NOT new.is_active, new.ceased_on,"
        " new.advertising_protected, new.name_key)"
    )


KNOWN_BY_NUMBER = (
    "(SELECT id, cvr FROM companies_company WHERE cvr IS NOT NULL"
    " UNION ALL SELECT now, cvr FROM companies_former WHERE cvr <> '')"
)
"""Every company by its number, and by those of the companies that were merged into it."""


def _bring_workplaces_up_to_date(today: date) -> None:
    """The workplaces of companies we know: moved, opened and closed as the register says.

    A P-number that has gone to a company nobody here knows is closed at the one that had it.
    """
    _run(
        "UPDATE companies_workplace known SET name = new.name, address = new.address,"
        " postcode = new.postcode, town = new.town, municipality_id = new.municipality_id,"
        " employees = new.employees, opened_on = new.opened_on, company_id = new.company_id,"
        " closed_on = new.closed_on"
        " FROM (SELECT n.p_number, n.name, n.address, n.postcode, n.municipality_id, n.employees,"
        " n.opened_on,"
        " COALESCE(p.name, '') AS town, COALESCE(c.id, w.company_id) AS company_id,"
        " CASE WHEN c.id IS NULL THEN COALESCE(w.closed_on, n.closed_on, GREATEST(%s, n.opened_on))"
        " ELSE n.closed_on END AS closed_on"
        " FROM incoming_workplace n JOIN companies_workplace w USING (p_number)"
        f" LEFT JOIN {KNOWN_BY_NUMBER} c ON c.cvr = n.company_id"
        " LEFT JOIN geography_postcode p ON p.code = n.postcode) new"
        " WHERE known.p_number = new.p_number AND (known.name, known.address, known.postcode, known.town,"
        " known.municipality_id, known.employees, known.opened_on, known.closed_on, known.company_id)"
        " IS DISTINCT FROM (new.name, new.address, new.postcode, new.town, new.municipality_id,"
        " new.employees, new.opened_on, new.closed_on, new.company_id)",
        [today],
    )
    _run(
        "INSERT INTO companies_workplace (company_id, p_number, name, address, postcode, town,"
        " municipality_id, employees, opened_on, closed_on)"
        " SELECT c.id, n.p_number, n.name, n.address, n.postcode, COALESCE(p.name, ''), n.municipality_id,"
        " n.employees, n.opened_on, n.closed_on"
        f" FROM incoming_workplace n JOIN {KNOWN_BY_NUMBER} c ON c.cvr = n.company_id"
        " LEFT JOIN geography_postcode p ON p.code = n.postcode"
        " WHERE n.closed_on IS NULL ON CONFLICT (p_number) DO NOTHING"
    )


def _run(statement: str, values: Sequence[Any] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


def _rows(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall()

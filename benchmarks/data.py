"""The country to measure in, made set-wise: companies in SQL, vacancies by COPY. Everything is invented.

Written without history, and with the same seed each time, so that two runs measure the same.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from benchmarks.cases import SEED
from employers.vacancies.demo import JOBS
from jobcenter.centres.models import Serves
from jobcenter.classifications.models import Occupation
from jobcenter.geography.models import Municipality, Postcode

VACANCIES_OF_A_COMPANY = 3

FIRST = """Nord Syd Øst Vest Dansk Jysk Fynsk Sjællandsk Lund Holm Bæk Skov Strand Fjord Ølby Åby Sand Kær
Birke Ege Aske Hede Mose Eng Klint Dal Bjerg Vang Kilde Sø Torp Rød Hvid Grøn Blå Jern Stål Sølv Guld Kobber
Ravn Ørn Falk Svane Hjort Bjørn Ulve Gamle Nye Store Lille Vester Øster Nørre Sønder Havne Kyst Bro Port"""
SECOND = """byg plast maskin metal pleje transport logistik mad is gods mejeri tryk data lys varme el rør tag
glas træ møbel have land fiske bil cykel tøj sko bog foto film lyd kontor service rengøring vagt hotel kro
kaffe te brød kage frugt grønt kød fjerkræ æg pakke post rejse fly tog skib havn"""
THIRD = """Emballage Entreprise Gruppen Huset Centret Handel Industri Invest Partner Produktion Rådgivning
Teknik Udvikling Værft Værk Kompagni Brødrene Fabrikken Lageret Smedjen"""
FORMS = ("A/S", "ApS", "I/S", "", "P/S", "A.M.B.A.")


@contextmanager
def without_triggers(*tables: str) -> Iterator[Any]:
    """A cursor, while the tables' own triggers rest; foreign keys are still looked after."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def fill(*, vacancies: int, companies: int) -> None:
    """Bring the database up to so many open vacancies, and so many companies in the register."""
    fill_register(companies)
    fill_vacancies(vacancies)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def fill_register(wanted: int) -> None:
    places = [(one.code, one.municipality_id) for one in Postcode.objects.order_by("code")]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM companies_registercompany")
        there = cursor.fetchone()[0]
        cursor.execute("CREATE TEMP TABLE place (number int, postcode text, municipality bigint)")
        with cursor.copy("COPY place FROM STDIN") as copy:
            for number, (postcode, municipality) in enumerate(places):
                copy.write_row((number, postcode, municipality))
        cursor.execute(REGISTER, {**_names(), "places": len(places), "from": there + 1, "to": wanted})
        cursor.execute("DROP TABLE place")


def _names() -> dict[str, list[str]]:
    return {
        "first": FIRST.split(),
        "second": SECOND.split(),
        "third": THIRD.split(),
        "forms": list(FORMS),
    }


REGISTER = """
WITH numbered AS (
    SELECT n, (n * 48271 %% 2147483647) AS a, (n * 69621 %% 2147483647) AS b, (n * 16807 %% 2147483647) AS c
    FROM generate_series(%(from)s::bigint, %(to)s::bigint) AS n
), company AS (
    INSERT INTO companies_registercompany
        (cvr, name, address, postcode, employees, is_active, advertising_protected, source)
    SELECT (10000000 + n)::text,
        trim((%(first)s::text[])[1 + a %% cardinality(%(first)s::text[])]
            || (%(second)s::text[])[1 + b %% cardinality(%(second)s::text[])] || ' '
            || (%(third)s::text[])[1 + c %% cardinality(%(third)s::text[])] || ' '
            || (%(forms)s::text[])[1 + (a + b) %% cardinality(%(forms)s::text[])]),
        'Vej ' || (1 + a %% 200), place.postcode, '', true, false, 'benchmark'
    FROM numbered JOIN place ON place.number = b %% %(places)s
    RETURNING cvr
)
INSERT INTO companies_registerworkplace (p_number, company_id, name, address, postcode, municipality_id)
SELECT (1000000000 + n)::text, (10000000 + n)::text, '', 'Vej ' || (1 + a %% 200), place.postcode,
    place.municipality
FROM numbered JOIN place ON place.number = b %% %(places)s JOIN company ON cvr = (10000000 + n)::text
"""


def fill_vacancies(wanted: int) -> None:
    """Companies from the register, each with some vacancies where people live."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM vacancies_vacancy")
        there = cursor.fetchone()[0]
    draw = random.Random(SEED + there)
    workplaces = _employers(draw, (wanted - there) // VACANCIES_OF_A_COMPANY + 1)
    rows = list(_vacancies(draw, workplaces, wanted - there))  # nothing else may be asked during a COPY
    with (
        without_triggers("vacancies_vacancy") as cursor,
        cursor.copy(f"COPY vacancies_vacancy ({', '.join(VACANCY_COLUMNS)}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)


VACANCY_COLUMNS = (
    *("company_id", "workplace_id", "jobcentre_id", "occupation_id", "title", "text", "positions", "hours"),
    *("starts_on", "apply_by", "state", "outcome", "created_at", "published_at"),
)

Employer = tuple[int, int, int]
"""Primary keys: company, workplace, jobcentre."""


def _employers(draw: random.Random, number: int) -> list[Employer]:
    """Take so many companies of the register in, at workplaces spread as the people are."""
    municipalities = list(Municipality.objects.valid(timezone.localdate()).order_by("code"))
    postcodes: dict[int, list[Postcode]] = {}
    for postcode in Postcode.objects.order_by("code"):
        postcodes.setdefault(postcode.municipality_id, []).append(postcode)
    at = draw.choices(municipalities, weights=[one.population for one in municipalities], k=number)
    jobcentre_of = dict(
        Serves.objects.valid(timezone.localdate()).values_list("municipality_id", "jobcentre_id")
    )
    with without_triggers("companies_company", "companies_workplace") as cursor:
        cursor.execute(TAKE_IN, [number])
        companies = [row[0] for row in cursor.fetchall()]
        columns = "company_id, name, address, postcode, town, municipality_id"
        cursor.execute("SELECT coalesce(max(id), 0) FROM companies_workplace")
        before = cursor.fetchone()[0]
        with cursor.copy(f"COPY companies_workplace ({columns}) FROM STDIN") as copy:
            for company, municipality in zip(companies, at, strict=False):
                postcode = draw.choice(postcodes.get(municipality.pk) or next(iter(postcodes.values())))
                copy.write_row((company, "", "Vej 1", postcode.code, postcode.name, municipality.pk))
        cursor.execute(
            "SELECT company_id, id, municipality_id FROM companies_workplace WHERE id > %s ORDER BY id",
            [before],
        )
        return [
            (company, pk, jobcentre_of[municipality])
            for company, pk, municipality in cursor.fetchall()
            if municipality in jobcentre_of
        ]


TAKE_IN = """
INSERT INTO companies_company (cvr, name, sort_key, employees, from_register)
SELECT cvr, name, lower(name), '', true FROM companies_registercompany
WHERE cvr NOT IN (SELECT cvr FROM companies_company) ORDER BY cvr LIMIT %s
RETURNING id
"""


def _vacancies(
    draw: random.Random, employers: Sequence[Employer], number: int
) -> Iterator[tuple[object, ...]]:
    told = tomllib.loads(JOBS.read_text(encoding="utf-8"))
    occupations = list(Occupation.objects.filter(level__gte=4).order_by("code"))
    by_code = {one.code: one for one in occupations}
    words = sorted({word for one in occupations for word in re.findall(r"\w{4,}", one.title_da.lower())})
    now, today = timezone.now(), timezone.localdate()
    for _ in range(number):
        job, other = draw.choice(told["job"]), draw.choice(occupations)
        is_told = draw.random() < 0.5
        occupation = by_code[job["code"]] if is_told else other
        title = draw.choice(job["titles"]) if is_told else other.title_da.partition(" (")[0][:100]
        body = [draw.choice(job["work"]), draw.choice(job["wanted"])] if is_told else [other.title_da]
        body += [" ".join(draw.choices(words, k=60)), draw.choice(told["offers"]), draw.choice(told["apply"])]
        published_at = now - timedelta(minutes=draw.randint(5, 60 * 24 * 40))
        yield (
            *draw.choice(employers),
            *(occupation.pk, title, "\n\n".join(body), draw.choice((1, 1, 1, 2, 5)), draw.choice(HOURS)),
            *_days(draw, today),
            *("published", "", published_at - timedelta(hours=5), published_at),
        )


HOURS = (37, 37, 37, 37, 32, 30, 25, 15)


def _days(draw: random.Random, today: date) -> tuple[date, date]:
    apply_by = today + timedelta(days=draw.randint(1, 40))
    return apply_by + timedelta(days=draw.randint(7, 60)), apply_by

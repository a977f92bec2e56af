"""The country to measure in, made set-wise: all of it by COPY. Everything is invented.

Written without history, and with the same seed each time, so that two runs measure the same.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from django.db import connection, models
from django.utils import timezone

from benchmarks.cases import SEED
from benchmarks.figures import forget, invent
from benchmarks.resting import without_triggers
from employers.companies.finding import count_grams
from employers.companies.models import Company, RegisterCompany, RegisterWorkplace, Workplace
from employers.companies.names import folded, grams
from employers.vacancies.demo import JOBS
from employers.vacancies.models import Vacancy
from jobcenter.centres.models import Serves
from jobcenter.classifications.models import Occupation
from jobcenter.geography.models import Municipality, Postcode
from regions.dashboard.recomputation import carry_out_here, plan

VACANCIES_OF_A_COMPANY = 3

FIRST = """
Nord Syd Øst Vest Dansk Jysk Fynsk Sjællandsk Lund Holm Bæk Skov Strand Fjord Ølby Åby Sand Kær
Birke Ege Aske Hede Mose Eng Klint Dal Bjerg Vang Kilde Sø Torp Rød Hvid Grøn Blå Jern Stål Sølv
Guld Kobber Ravn Ørn Falk Svane Hjort Bjørn Ulve Gamle Nye Store Lille Vester Øster Nørre Sønder
Havne Kyst Bro Port
"""
SECOND = """
byg plast maskin metal pleje transport logistik mad is gods mejeri tryk data lys varme el rør tag
glas træ møbel have land fiske bil cykel tøj sko bog foto film lyd kontor service rengøring vagt
hotel kro kaffe te brød kage frugt grønt kød fjerkræ æg pakke post rejse fly tog skib havn
"""
THIRD = """
Emballage Entreprise Gruppen Huset Centret Handel Industri Invest Partner Produktion Rådgivning
Teknik Udvikling Værft Værk Kompagni Brødrene Fabrikken Lageret Smedjen
"""
FORMS = ("A/S", "ApS", "I/S", "", "P/S", "A.M.B.A.")


def fill(*, vacancies: int, companies: int, months: int) -> None:
    """Bring the database up to so many open vacancies, companies in the register, and months of results."""
    fill_register(companies)
    fill_vacancies(vacancies)
    fill_results(months)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def fill_register(wanted: int) -> None:
    draw = random.Random(SEED)
    first, second, third = FIRST.split(), SECOND.split(), THIRD.split()
    places = [(one.code, one.municipality_id) for one in Postcode.objects.order_by("code")]
    there = RegisterCompany.objects.count()
    companies, workplaces = [], []
    for number in range(there + 1, wanted + 1):
        name = f"{draw.choice(first)}{draw.choice(second)} {draw.choice(third)} {draw.choice(FORMS)}".strip()
        postcode, municipality = draw.choice(places)
        cvr, key = str(10_000_000 + number), folded(name)
        at = {"address": f"Vej {1 + number % 200}", "postcode": postcode}
        companies.append(
            {"cvr": cvr, "name": name, **at, "source": "benchmark", "name_key": key, "name_grams": grams(key)}
        )
        p_number = str(1_000_000_000 + number)
        workplaces.append({"p_number": p_number, "company_id": cvr, **at, "municipality_id": municipality})
    copy_in(RegisterCompany, companies)
    copy_in(RegisterWorkplace, workplaces)
    count_grams()


def copy_in(model: type[models.Model], rows: Sequence[dict[str, Any]]) -> None:
    """Write rows of a table by COPY; what a row does not say is what the model says."""
    fields = [
        field
        for field in model._meta.concrete_fields
        if not field.generated and not isinstance(field, models.AutoField)
    ]
    defaults = {field.attname: field.get_default() for field in fields}
    names = ", ".join(f'"{field.column}"' for field in fields)
    with (
        without_triggers(model._meta.db_table) as cursor,
        cursor.copy(f"COPY {model._meta.db_table} ({names}) FROM STDIN") as copy,
    ):
        for row in rows:
            given = defaults | row
            copy.write_row([given[field.attname] for field in fields])


def fill_vacancies(wanted: int) -> None:
    """Companies from the register, each with some vacancies where people live."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM vacancies_vacancy")
        there = cursor.fetchone()[0]
    draw = random.Random(SEED + there)
    workplaces = _employers(draw, (wanted - there) // VACANCIES_OF_A_COMPANY + 1)
    copy_in(Vacancy, list(_vacancies(draw, workplaces, wanted - there)))
    with connection.cursor() as cursor:  # what the triggers that rested would have done
        cursor.execute(
            "SELECT vacancies_list(array_agg(id)) FROM vacancies_vacancy AS v "
            "WHERE NOT EXISTS (SELECT FROM vacancies_listing AS l WHERE l.vacancy_id = v.id)"
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
    taken = Company.objects.values("cvr")
    register = RegisterCompany.objects.exclude(cvr__in=taken).order_by("cvr")[:number]
    same = ("cvr", "name", "name_key", "name_grams")
    copy_in(Company, [{**row, "sort_key": row["name_key"]} for row in register.values(*same)])
    new = list(Company.objects.order_by("-pk").values_list("pk", flat=True)[:number])
    rows = []
    for company, municipality in zip(new, at, strict=False):
        postcode = draw.choice(postcodes.get(municipality.pk) or next(iter(postcodes.values())))
        rows.append(
            {
                "company_id": company,
                "address": "Vej 1",
                "postcode": postcode.code,
                "town": postcode.name,
                "municipality_id": municipality.pk,
            }
        )
    copy_in(Workplace, rows)
    made = Workplace.objects.filter(company__in=new).order_by("pk")
    return [
        (company, pk, jobcentre_of[municipality])
        for company, pk, municipality in made.values_list("company", "pk", "municipality")
        if municipality in jobcentre_of
    ]


def _vacancies(draw: random.Random, employers: Sequence[Employer], number: int) -> Iterator[dict[str, Any]]:
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
        body += [" ".join(draw.choices(words, k=30)), draw.choice(told["offers"]), draw.choice(told["apply"])]
        published_at = now - timedelta(minutes=draw.randint(5, 60 * 24 * 40))
        company, workplace, jobcentre = draw.choice(employers)
        apply_by = today + timedelta(days=draw.randint(1, 40))
        yield {
            "company_id": company,
            "workplace_id": workplace,
            "jobcentre_id": jobcentre,
            "occupation_id": occupation.pk,
            "title": title,
            "text": "\n\n".join(body),
            "terms": draw.choice(("ordinary", "ordinary", "ordinary", "student", "apprenticeship")),
            "positions": draw.choice((1, 1, 1, 2, 5)),
            "hours": draw.choice(HOURS),
            "starts_on": apply_by + timedelta(days=draw.randint(7, 60)),
            "apply_by": apply_by,
            "state": "published",
            "created_at": published_at - timedelta(hours=5),
            "published_at": published_at,
        }


def fill_results(months: int) -> None:
    """Figures of so many months, compared and flagged, in the place of what there was before."""
    forget()
    bring_the_last = invent(months=months)
    bring_the_last()
    carry_out_here(plan(by=None, organisation=None))


HOURS = (37, 37, 37, 37, 32, 30, 25, 15)

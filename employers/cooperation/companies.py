"""Counting companies, for each jobcentre they have a workplace with, and for several together.

Sets of companies joined in one pass: a condition asked of each company in turn would be asked as often as
there are workplaces in the country.
"""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from employers.companies.models import Company, CompanyQuerySet, Workplace
from employers.cooperation.happened import Period, in_contact, made, placed, soon_after_another
from jobcenter.centres.models import JobcentreQuerySet, Serves

_PAIRS = """
    WITH there (jobcentre, company) AS ({there}),
    contacted (company) AS ({contacted}),
    several (company) AS ({several}),
    known (company) AS ({known}),
    placed (company, jobcentre) AS ({placed}),
    spread (company, number) AS (SELECT company, count(*) FROM placed GROUP BY company),
    pair AS (
        SELECT there.jobcentre,
               there.company,
               contacted.company IS NOT NULL AS contacted,
               several.company IS NOT NULL AS by_several,
               known.company IS NULL AS never,
               placed.company IS NOT NULL AS own,
               coalesce(spread.number, 0) AS number
        FROM there
        LEFT JOIN contacted USING (company)
        LEFT JOIN several USING (company)
        LEFT JOIN known USING (company)
        LEFT JOIN placed USING (company, jobcentre)
        LEFT JOIN spread USING (company)
    )
"""
"""A row for each jobcentre and company there. own: it has a placement from that jobcentre; number: from how
many jobcentres it has any."""

_COUNTED = """
    count(*) AS companies,
    count(*) FILTER (WHERE contacted) AS contacted,
    count(*) FILTER (WHERE by_several) AS by_several,
    count(*) FILTER (WHERE never) AS never,
    count(*) FILTER (WHERE own > 0) AS own,
    count(*) FILTER (WHERE number > own) AS other,
    count(*) FILTER (WHERE number > 0) AS either
"""
"""own: from how many of its own jobcentres the company has a placement."""

_EACH = f"""
    SELECT jobcentre, {_COUNTED}
    FROM (SELECT jobcentre, contacted, by_several, never, number, own::int AS own FROM pair) AS each_pair
    GROUP BY jobcentre
"""

_TOGETHER = f"""
    SELECT {_COUNTED}
    FROM (
        SELECT bool_or(contacted) AS contacted, bool_or(by_several) AS by_several, bool_or(never) AS never,
               max(number) AS number, count(*) FILTER (WHERE own) AS own
        FROM pair GROUP BY company
    ) AS each_company
"""


def companies_of_each(jobcentres: JobcentreQuerySet, period: Period) -> list[dict[str, Any]]:
    """For each jobcentre its companies. One query."""
    there = _there(period, Q(jobcentre__in=jobcentres))
    return _counted(_EACH, there, companies_with_workplace(jobcentres, period=period), period)


def companies_together(jobcentres: JobcentreQuerySet, period: Period) -> dict[str, int]:
    """The companies of all of them, each once. One query.

    A company's own jobcentres are all that answer for a workplace of it, also those not asked for.
    """
    companies = companies_with_workplace(jobcentres, period=period)
    there = _there(period, Q(municipality__workplaces__company__in=companies))
    return _counted(_TOGETHER, there, companies, period)[0]


def companies_with_workplace(jobcentres: JobcentreQuerySet, *, period: Period) -> CompanyQuerySet:
    """Companies that employ somebody at an open workplace the jobcentres answer for, each once."""
    serves = Serves.objects.valid(period.last).filter(jobcentre__in=jobcentres)
    there = Workplace.objects.filter(
        _staffed("", period), company=OuterRef("pk"), municipality__served_by__in=serves
    )
    return Company.objects.filter(Exists(there), has_ceased=False)


def _there(period: Period, which: Q) -> QuerySet[Serves]:
    """What each jobcentre serves, by way of its municipalities to the workplaces there.

    All in one filter: a second one would join the workplaces a second time.
    """
    return Serves.objects.valid(period.last).filter(
        which,
        _staffed("municipality__workplaces__", period),
        municipality__workplaces__company__has_ceased=False,
    )


def _staffed(workplace: str, period: Period) -> Q:
    """A workplace that is open at the end of the period and employs somebody, as far as is known."""
    is_open = Q(**{f"{workplace}closed_on": None}) | Q(**{f"{workplace}closed_on__gt": period.last})
    is_staffed = Q(**{f"{workplace}employees": None}) | Q(**{f"{workplace}employees__gte": 1})
    return is_open & is_staffed


def _counted(
    select: str, there: QuerySet[Serves], companies: CompanyQuerySet, period: Period
) -> list[dict[str, Any]]:
    """What a SELECT over the pairs counts. companies: those of `there`, so that others are not looked at."""
    sets = {
        "there": there.values_list("jobcentre", "municipality__workplaces__company"),
        "contacted": made(period).filter(company__in=companies).values_list("company"),
        "several": soon_after_another(period).filter(company__in=companies).values_list("company"),
        "known": in_contact(period).filter(company__in=companies).values_list("company"),
        "placed": placed(period).filter(company__in=companies).values_list("company", "jobcentre"),
    }
    written = {name: rows.order_by().distinct().query.sql_with_params() for name, rows in sets.items()}
    sql = _PAIRS.format(**{name: part for name, (part, _values) in written.items()}) + select
    values = [value for _part, those in written.values() for value in those]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

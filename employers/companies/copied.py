"""The local copy of the register: what extracts and answers have told, and when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection, transaction
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from employers.companies.finding import find
from employers.companies.models import RegisterCompany, RegisterWorkplace
from employers.companies.registered import Registered, RegisteredWorkplace
from employers.companies.told import Told, ToldWorkplace
from jobcenter.classifications.models import Industry
from jobcenter.geography.models import Municipality, Postcode

SOURCE = "CVR"
"""Whose word an answer of the register itself is."""


class Copy:
    """The register as far as it has been copied here. Two queries for a company."""

    def company(self, cvr: str) -> Registered | None:
        companies = RegisterCompany.objects.select_related("industry").annotate(town=_town())
        company = companies.filter(pk=cvr).first()
        if not company:
            return None
        workplaces = (
            RegisterWorkplace.objects.filter(company=company, closed_on=None)
            .select_related("municipality")
            .annotate(town=_town())
            .order_by(F("employees").desc(nulls_last=True), "p_number")
        )
        towns = {company.postcode: company.town or ""}
        towns |= {workplace.postcode: workplace.town or "" for workplace in workplaces}
        return shaped(company, list(workplaces), towns=towns)

    def named(self, typed: str, *, most: int) -> Sequence[Registered]:
        companies = find(RegisterCompany.objects.select_related("industry"), typed, most=most)
        towns = towns_of(companies)
        return [shaped(company, [], towns=towns) for company in companies]


def shaped(
    company: RegisterCompany, workplaces: Sequence[RegisterWorkplace], *, towns: dict[str, str] | None = None
) -> Registered:
    """A company of the copy, saved or not, as everybody else gets it."""
    if towns is None:
        towns = towns_of([company, *workplaces])
    return Registered(
        cvr=company.cvr,
        name=company.name,
        address=company.address,
        postcode=company.postcode,
        town=towns.get(company.postcode, ""),
        industry=company.industry,
        employees=company.employees,
        is_active=company.is_active,
        advertising_protected=company.advertising_protected,
        status=company.status,
        ceased_on=company.ceased_on,
        told_at=company.told_at,
        workplaces=[
            RegisteredWorkplace(
                p_number=workplace.p_number,
                name="" if workplace.name == company.name else workplace.name,
                address=workplace.address,
                postcode=workplace.postcode,
                town=towns.get(workplace.postcode, ""),
                municipality=workplace.municipality,
                employees=workplace.employees,
                opened_on=workplace.opened_on,
                closed_on=workplace.closed_on,
            )
            for workplace in workplaces
        ],
    )


def towns_of(rows: Iterable[RegisterCompany | RegisterWorkplace]) -> dict[str, str]:
    """The towns of the rows' postcodes. One query."""
    codes = {row.postcode for row in rows}
    return dict(Postcode.objects.filter(code__in=codes).values_list("code", "name"))


def registered_of(told: Told, units: Sequence[ToldWorkplace]) -> Registered:
    """What the register has just told, without keeping it."""
    return shaped(*_rows(told, units))


def keep(told: Told, units: Sequence[ToldWorkplace]) -> Registered | None:
    """Keep what the register has just told, with its date. None where nothing may be written: on a GET.

    Workplaces that the register no longer counts among the company's are closed from today.
    """
    if _is_read_only():
        return None
    company, workplaces = _rows(told, units)
    with transaction.atomic():
        company.save()
        for workplace in workplaces:
            workplace.save()
        gone = RegisterWorkplace.objects.filter(company=company, closed_on=None)
        gone.exclude(pk__in=[workplace.pk for workplace in workplaces]).update(closed_on=timezone.localdate())
    return shaped(company, workplaces)


def _rows(told: Told, units: Sequence[ToldWorkplace]) -> tuple[RegisterCompany, list[RegisterWorkplace]]:
    """Rows of the copy, not saved: open workplaces in municipalities we know, the largest first."""
    company = RegisterCompany(
        cvr=told.cvr,
        name=told.name,
        address=told.address,
        postcode=told.postcode,
        industry=_industry(told.industry),
        employees=told.employees,
        is_active=told.is_active,
        status=told.status,
        ceased_on=told.ceased_on,
        advertising_protected=told.advertising_protected,
        source=SOURCE,
        told_at=timezone.now(),
    )
    municipalities = Municipality.objects.in_bulk([unit.municipality for unit in units], field_name="code")
    workplaces = [
        RegisterWorkplace(
            p_number=unit.p_number,
            company=company,
            name=unit.name or told.name,
            address=unit.address,
            postcode=unit.postcode,
            municipality=municipalities[unit.municipality],
            employees=unit.employees,
            opened_on=unit.opened_on,
            closed_on=None,
        )
        for unit in units
        if unit.municipality in municipalities and not unit.closed_on
    ]
    return company, sorted(workplaces, key=lambda one: (-(one.employees or 0), one.p_number))


def _industry(code: str) -> Industry | None:
    """The class of NACE 2.1 that begins the six digits: 222200 is 22.22. None of an older code."""
    if len(code) != 6:
        return None
    return Industry.objects.filter(version=Industry.Version.NACE_2_1, code=f"{code[:2]}.{code[2:4]}").first()


def _town() -> Subquery:
    return Subquery(Postcode.objects.filter(code=OuterRef("postcode")).values("name")[:1])


def _is_read_only() -> bool:
    if not connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SHOW transaction_read_only")
        return bool(cursor.fetchone()[0] == "on")

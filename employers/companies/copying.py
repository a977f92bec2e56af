"""The local copy of the register from two files: companies, and their workplaces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from employers.companies.cvr import checked
from employers.companies.models import RegisterCompany, RegisterWorkplace
from employers.companies.names import folded, grams
from jobcenter.classifications.models import Industry
from jobcenter.geography.load import known, municipality_pks
from jobcenter.runtime.csvlines import digits, filled, read, whole_number
from jobcenter.runtime.merging import Merged, merge

COMPANY_COLUMNS = (
    *("cvr", "name", "address", "postcode", "industry", "employees"),
    *("is_active", "advertising_protected"),
)
WORKPLACE_COLUMNS = ("p_number", "cvr", "name", "address", "postcode", "municipality", "employees")


@dataclass(frozen=True)
class CompanyLine:
    """`industry`: a code of NACE 2.1, or "". `employees`: a band such as “50–99”, or ""."""

    cvr: str
    name: str
    address: str
    postcode: str
    industry: str
    employees: str
    is_active: bool
    advertising_protected: bool


@dataclass(frozen=True)
class WorkplaceLine:
    p_number: str
    cvr: str
    name: str
    address: str
    postcode: str
    municipality: str
    employees: int | None


def copy_register(*, companies: Path, workplaces: Path, source: str) -> list[Merged[Any]]:
    """Bring the copy in line with two files, by CVR and P-number; nothing is removed.

    source: who says so, kept with each company. Says which lines were refused, and why.
    Needs a transaction. Raises Unreadable.
    """
    industries = {
        industry.code: industry for industry in Industry.objects.filter(version=Industry.Version.NACE_2_1)
    }

    def company(line: CompanyLine) -> RegisterCompany:
        if line.industry and line.industry not in industries:
            raise ValueError(f"there is no industry {line.industry}")
        return RegisterCompany(
            cvr=line.cvr,
            name=line.name,
            address=line.address,
            postcode=line.postcode,
            industry=industries.get(line.industry),
            employees=line.employees,
            is_active=line.is_active,
            advertising_protected=line.advertising_protected,
            source=source,
            name_key=(key := folded(line.name)),
            name_grams=grams(key),
        )

    lines = read(companies.read_bytes(), _company, columns=COMPANY_COLUMNS, key=lambda line: line.cvr)
    copied = merge(
        lines.then(company),
        into=RegisterCompany.objects.all(),
        by=["cvr"],
        fields=(
            *("name", "address", "postcode", "industry_id", "employees"),
            *("is_active", "advertising_protected", "source", "name_key", "name_grams"),
        ),
    )
    municipalities = municipality_pks()

    def workplace(line: WorkplaceLine) -> RegisterWorkplace:
        if (line.cvr,) not in copied.rows:
            raise ValueError(f"there is no company {line.cvr}")
        return RegisterWorkplace(
            p_number=line.p_number,
            company_id=line.cvr,
            name=line.name,
            address=line.address,
            postcode=line.postcode,
            municipality_id=known(municipalities, line.municipality),
            employees=line.employees,
        )

    places = read(
        workplaces.read_bytes(), _workplace, columns=WORKPLACE_COLUMNS, key=lambda line: line.p_number
    )
    return [
        copied,
        merge(
            places.then(workplace),
            into=RegisterWorkplace.objects.all(),
            by=["p_number"],
            fields=("company_id", "name", "address", "postcode", "municipality_id", "employees"),
        ),
    ]


def _company(row: Mapping[str, str]) -> CompanyLine:
    return CompanyLine(
        cvr=_cvr(row),
        name=filled(row, "name"),
        address=filled(row, "address"),
        postcode=digits(row, "postcode", count=4),
        industry=row["industry"].strip(),
        employees=row["employees"].strip(),
        is_active=_yes(row, "is_active"),
        advertising_protected=_yes(row, "advertising_protected"),
    )


def _workplace(row: Mapping[str, str]) -> WorkplaceLine:
    """A P-number has ten digits and no check digit that can be relied on."""
    return WorkplaceLine(
        p_number=digits(row, "p_number", count=10),
        cvr=_cvr(row),
        name=filled(row, "name"),
        address=filled(row, "address"),
        postcode=digits(row, "postcode", count=4),
        municipality=digits(row, "municipality", count=4),
        employees=whole_number(row, "employees", lowest=0, highest=100_000)
        if row["employees"].strip()
        else None,
    )


def _cvr(row: Mapping[str, str]) -> str:
    try:
        return checked(filled(row, "cvr"))
    except ValidationError:
        raise ValueError(f"“{row['cvr']}” is no CVR number") from None


def _yes(row: Mapping[str, str], column: str) -> bool:
    text = filled(row, column)
    if text not in ("yes", "no"):
        raise ValueError(f"{column} must be yes or no, not “{text}”")
    return text == "yes"

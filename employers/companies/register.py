"""What the central business register says about a CVR number: here a local copy of it.

Typing a number shows what anyone may read in the register, and nothing that we know ourselves: no
contact persons, no earlier enquiries. Another register is another `lookup` that gives the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, OuterRef, Subquery

from employers.companies.cvr import p_number_shown
from employers.companies.models import RegisterCompany, RegisterWorkplace
from jobcenter.classifications.models import Industry
from jobcenter.geography.models import Municipality, Postcode


@dataclass(frozen=True)
class RegisteredWorkplace:
    """A production unit. `name` is "" where it is the company's own.

    `town` is the postcode's name; "" for a postcode nobody knows.
    """

    p_number: str
    name: str
    address: str
    postcode: str
    town: str
    municipality: Municipality
    employees: int | None

    @property
    def whole_address(self) -> str:
        """“Lageret, Industriholmen 14, 4652 Hårlev”; without the name where it is the company's own."""
        place = f"{self.postcode} {self.town}".strip()
        return ", ".join(part for part in (self.name, self.address, place) if part)

    @property
    def p_number_shown(self) -> str:
        return p_number_shown(self.p_number)


@dataclass(frozen=True)
class Registered:
    """A company. `employees` is a band such as “50–99”. Its workplaces come with the largest first.

    is_active: False once it has ceased. advertising_protected: what the register says of it may not be
    used to approach it, unless it has agreed or a law allows it (the CVR Act, §§ 19 and 22).
    """

    cvr: str
    name: str
    address: str
    postcode: str
    town: str
    industry: Industry | None
    employees: str
    is_active: bool
    advertising_protected: bool
    workplaces: Sequence[RegisteredWorkplace]


def lookup(cvr: str) -> Registered | None:
    """The company with the number, eight digits, or None. Two queries."""
    company = RegisterCompany.objects.annotate(town=_town()).select_related("industry").filter(pk=cvr).first()
    if not company:
        return None
    workplaces = (
        RegisterWorkplace.objects.filter(company=company)
        .annotate(town=_town())
        .select_related("municipality")
        .order_by(F("employees").desc(nulls_last=True), "p_number")
    )
    return Registered(
        cvr=company.cvr,
        name=company.name,
        address=company.address,
        postcode=company.postcode,
        town=company.town or "",
        industry=company.industry,
        employees=company.employees,
        is_active=company.is_active,
        advertising_protected=company.advertising_protected,
        workplaces=[
            RegisteredWorkplace(
                p_number=workplace.p_number,
                name="" if workplace.name == company.name else workplace.name,
                address=workplace.address,
                postcode=workplace.postcode,
                town=workplace.town or "",
                municipality=workplace.municipality,
                employees=workplace.employees,
            )
            for workplace in workplaces
        ],
    )


def _town() -> Subquery:
    return Subquery(Postcode.objects.filter(code=OuterRef("postcode")).values("name")[:1])

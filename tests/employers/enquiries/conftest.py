"""A company in the register with a workplace at Køge and one at Roskilde, and what its employer types."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from employers.companies.models import RegisterCompany, RegisterWorkplace
from employers.enquiries.models import Draft, Kind, Step
from jobcenter.classifications.models import Occupation
from tests.conftest import Centre

CVR = "99000015"
UNKNOWN_CVR = "99000023"
AT_KOEGE, AT_ROSKILDE = "1999000107", "1999000115"


@pytest.fixture
def registered(koege: Centre, roskilde: Centre) -> RegisterCompany:
    company = RegisterCompany.objects.create(
        cvr=CVR,
        name="Tigermosens Plast ApS",
        address="Tigermosen 7",
        postcode="4600",
        employees="20–49",
        source="test",
    )
    for p_number, name, centre, postcode in (
        (AT_KOEGE, company.name, koege, "4600"),
        (AT_ROSKILDE, "Lageret", roskilde, "4000"),
    ):
        RegisterWorkplace.objects.create(
            p_number=p_number,
            company=company,
            name=name,
            address="Tigermosen 7",
            postcode=postcode,
            municipality=centre.municipality,
            employees=18,
        )
    return company


@pytest.fixture
def typed_company(registered: RegisterCompany) -> dict[str, Any]:
    """The first step, filled in without a fault."""
    return {
        "cvr": "99 00 00 15",
        "workplace": AT_KOEGE,
        "name": "Mette Bruun",
        "email": "Mette.Bruun@tigermosen.example",
        "phone": "56 00 12 34",
    }


@pytest.fixture
def typed_vacancy(occupation: Occupation) -> dict[str, Any]:
    """The second step of recruiting, filled in without a fault."""
    today = timezone.localdate()
    return {
        "title": "Procesoperatør",
        "occupation": "plast",
        "code": occupation.code,
        "positions": "2",
        "hours": "37,5",
        "apply_by": str(today + timedelta(days=20)),
        "starts_on": str(today + timedelta(days=40)),
        "text": "Du kører ekstruderingslinjer sammen med tre kolleger.",
    }


@pytest.fixture
def make_draft(typed_company: dict[str, Any], typed_vacancy: dict[str, Any]) -> Callable[..., Draft]:
    """Makes drafts that can be sent; what is given replaces what was typed: `make_draft(hours="50")`."""

    def make(kind: str = Kind.RECRUIT, **typed: Any) -> Draft:
        need = typed_vacancy if kind == Kind.RECRUIT else {"message": "Vi mangler en, der kan pakke."}
        return Draft.objects.create(
            kind=kind,
            answers={
                Step.COMPANY.value: {**typed_company, **typed},
                Step.NEED.value: {**need, **typed},
            },
        )

    return make

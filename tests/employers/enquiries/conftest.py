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
def typed_need(typed_vacancy: dict[str, Any]) -> Callable[[str], dict[str, Any]]:
    """The second step of every kind, filled in without a fault."""
    today = timezone.localdate()
    soon, later = str(today + timedelta(days=30)), str(today + timedelta(days=120))
    message = {"message": "Vi mangler en, der kan pakke."}
    more: dict[str, dict[str, Any]] = {
        Kind.WAGE_SUBSIDY: {
            "positions": "2",
            "hours": "32,5",
            "starts_on": soon,
            "person_is_known": "no",
            "sector": "private",
        },
        Kind.WORK_TRIAL: {"weeks": "8", "hours": "37", "starts_on": soon, "mentor": "Bo fra pakkeriet"},
        Kind.INCLUSIVE: {"scheme": "flexjob", "hours": "12"},
        Kind.RETENTION: {"need": "keep", "job": "Operatør", "since": str(today - timedelta(days=60))},
        Kind.DISMISSALS: {"affected": "14", "ends_on": later, "contact": "Tillidsrepræsentant Eva Holm"},
        Kind.JOB_ROTATION: {"employees": "5", "substitutes": "4", "starts_on": soon, "ends_on": later},
    }
    return lambda kind: typed_vacancy if kind == Kind.RECRUIT else {**message, **more.get(kind, {})}


@pytest.fixture
def make_draft(
    typed_company: dict[str, Any], typed_need: Callable[[str], dict[str, Any]]
) -> Callable[..., Draft]:
    """Makes drafts that can be sent; what is given replaces what was typed: `make_draft(hours="50")`."""

    def make(kind: str = Kind.RECRUIT, **typed: Any) -> Draft:
        return Draft.objects.create(
            kind=kind,
            answers={
                Step.COMPANY.value: {**typed_company, **typed},
                Step.NEED.value: {**typed_need(kind), **typed},
            },
        )

    return make

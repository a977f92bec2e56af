import threading
from dataclasses import replace

import pytest
from django.db import connection

from employers.companies.adoption import adopt_company, adopt_workplace
from employers.companies.models import Company, Workplace
from employers.companies.register import Registered, RegisteredWorkplace


def registered(**fields) -> Registered:
    values = {
        "cvr": "99001011",
        "name": "Strandmarkens Emballage A/S",
        "address": "Tangmosevej 88",
        "postcode": "4600",
        "town": "Køge",
        "industry": None,
        "employees": "50–99",
        "is_active": True,
        "advertising_protected": False,
        "workplaces": [],
    }
    return Registered(**values | fields)


def workplace(centre) -> RegisteredWorkplace:
    return RegisteredWorkplace(
        p_number="1999000107",
        name="Lageret",
        address="Industriholmen 14",
        postcode="4600",
        town="Køge",
        municipality=centre.municipality,
        employees=18,
    )


@pytest.mark.django_db
def test_a_company_of_the_register_becomes_one_of_ours():
    company = adopt_company(registered())

    assert Company.objects.get() == company
    assert (company.name, company.employees, company.from_register) == (
        "Strandmarkens Emballage A/S",
        "50–99",
        True,
    )


@pytest.mark.django_db
def test_a_company_typed_by_hand_gets_the_name_the_register_has():
    typed = Company.objects.create(cvr="99001011", name="strandmarken")

    company = adopt_company(registered())

    assert company.pk == typed.pk
    assert Company.objects.get().name == "Strandmarkens Emballage A/S"
    assert Company.objects.get().from_register


@pytest.mark.django_db
def test_a_company_that_has_not_changed_leaves_no_trace_in_the_history():
    company = adopt_company(registered())
    adopt_company(registered())
    adopt_company(registered(employees="100–199"))

    assert list(company.events.order_by("pgh_id").values_list("pgh_label", "employees")) == [
        ("insert", "50–99"),
        ("update", "100–199"),
    ]


def test_a_workplace_is_made_once_and_brought_up_to_date(koege, roskilde):
    company = adopt_company(registered())
    first = adopt_workplace(company, workplace(koege))

    second = adopt_workplace(company, replace(workplace(roskilde), postcode="4000", employees=20))

    assert first.pk == second.pk
    found = Workplace.objects.get()
    assert (found.municipality, found.employees, str(found)) == (
        roskilde.municipality,
        20,
        "Industriholmen 14, 4000 Roskilde",
    )


def test_a_workplace_follows_its_p_number_to_another_company(koege):
    before = adopt_workplace(adopt_company(registered()), workplace(koege))

    after = adopt_workplace(adopt_company(registered(cvr="99001143", name="Køberen ApS")), workplace(koege))

    assert after.pk == before.pk
    assert Workplace.objects.get().company.name == "Køberen ApS"


@pytest.mark.django_db(transaction=True)
def test_two_who_take_in_the_same_company_at_once_make_one():
    together = threading.Barrier(4, timeout=15)
    made: list[int] = []

    def adopt() -> None:
        try:
            together.wait()
            made.append(adopt_company(registered()).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=adopt) for _one in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert made == [Company.objects.get().pk] * 4

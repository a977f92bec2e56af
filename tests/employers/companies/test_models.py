from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from employers.companies.countries import foreign_countries
from employers.companies.models import Company, Workplace


@pytest.mark.django_db
def test_companies_come_in_danish_order():
    for number, name in enumerate(
        ("Ærø Bageri", "Aabenraa Tag", "Øster Mølle", "ål og laks", "Zink ApS", "andemad")
    ):
        Company.objects.create(cvr=f"9900000{number}", name=name)

    assert [company.name for company in Company.objects.all()] == [
        "andemad",
        "Zink ApS",
        "Ærø Bageri",
        "Øster Mølle",
        "Aabenraa Tag",
        "ål og laks",
    ]


@pytest.mark.django_db
def test_a_new_name_gets_a_new_place_in_the_order_also_when_only_the_name_is_saved():
    company = Company.objects.create(cvr="99001011", name="Åens Bageri")
    company.name = "Bageriet"

    company.save(update_fields=["name"])

    assert Company.objects.get().sort_key == "bageriet"


def test_an_address_is_shown_with_the_town_of_its_postcode(company, roskilde):
    workplace = company.workplaces.get()
    assert str(workplace) == "Tangmosevej 88, 4600 Køge"

    workplace.postcode = "4000"
    workplace.save(update_fields=["postcode"])

    assert str(Workplace.objects.get()) == "Tangmosevej 88, 4000 Roskilde"


def test_an_address_with_an_unknown_postcode_has_no_town(company):
    workplace = company.workplaces.get()
    workplace.postcode = "9999"
    workplace.save()

    assert str(workplace) == "Tangmosevej 88, 9999"


@pytest.mark.parametrize("cvr", ["9900101", "9900101A", "99 00 10"])
@pytest.mark.django_db
def test_the_database_refuses_a_cvr_number_without_eight_digits(cvr):
    with pytest.raises(IntegrityError, match="company_cvr_has_eight_digits"), transaction.atomic():
        Company.objects.create(cvr=cvr, name="Forkert ApS")


def test_the_database_refuses_the_same_typed_address_twice_in_a_company(company, koege):
    place = {"company": company, "address": "Nyvej 1", "postcode": "4600", "municipality": koege.municipality}
    Workplace.objects.create(**place)

    with pytest.raises(IntegrityError, match="workplace_address_once_per_company"), transaction.atomic():
        Workplace.objects.create(**place)

    # The register may well have two units at one address.
    Workplace.objects.create(**place, p_number="1999000107")
    Workplace.objects.create(**place, p_number="1999000115")
    assert company.workplaces.count() == 4


def test_a_company_is_visible_in_the_catchment_of_its_workplaces_and_nowhere_else(
    company, koege, roskilde, aarhus
):
    assert list(Company.objects.visible_to(koege.jobcentre)) == [company]
    assert list(Company.objects.visible_to(roskilde.jobcentre)) == [company]
    assert not Company.objects.visible_to(aarhus.jobcentre).exists()


def test_a_foreign_company_has_its_country_and_its_number_there_instead_of_a_cvr_number(db):
    company = Company.objects.create(name="Hafenbau GmbH", country="DE", foreign_number="HRB 12345")

    assert company.is_foreign
    assert company.number == "Tyskland, HRB 12345"
    with translation.override("en"):
        assert company.number == "Germany, HRB 12345"


@pytest.mark.parametrize(
    "numbers",
    [
        {},
        {"cvr": None, "country": "DK", "foreign_number": "HRB 12345"},
        {"cvr": None, "country": "DE"},
        {"cvr": "99001011", "country": "DE", "foreign_number": "HRB 12345"},
        {"cvr": None, "country": "de", "foreign_number": "HRB 12345"},
    ],
)
def test_the_database_refuses_a_company_that_is_neither_danish_nor_foreign(db, numbers):
    with pytest.raises(IntegrityError, match="company_has_a_cvr_number_or_is_foreign"), transaction.atomic():
        Company.objects.create(name="Ukendt ApS", **numbers)


def test_the_same_number_twice_in_a_country_is_refused_and_in_two_countries_is_not(db):
    Company.objects.create(name="Hafenbau GmbH", country="DE", foreign_number="12345")
    Company.objects.create(name="Hamnbygg AB", country="SE", foreign_number="12345")

    with pytest.raises(IntegrityError, match="foreign_number_once_per_country"), transaction.atomic():
        Company.objects.create(name="Hafenbau 2 GmbH", country="DE", foreign_number="12345")


def test_a_closed_workplace_is_not_among_the_open_ones_and_cannot_close_before_it_opens(company):
    workplace = company.workplaces.get()
    Workplace.objects.filter(pk=workplace.pk).update(closed_on=date(2026, 3, 1))

    assert not company.workplaces.open().exists()
    with pytest.raises(IntegrityError, match="workplace_closes_after_it_opens"), transaction.atomic():
        Workplace.objects.filter(pk=workplace.pk).update(opened_on=date(2026, 4, 1))


def test_countries_come_with_the_near_ones_first_and_without_denmark():
    codes = [code for code, _name in foreign_countries()]

    assert codes[:3] == ["DE", "SE", "NO"]
    assert "DK" not in codes
    assert len(codes) == len(set(codes)) > 200

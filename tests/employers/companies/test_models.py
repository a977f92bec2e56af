import pytest
from django.db import IntegrityError, transaction

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

import pytest

from employers.companies.models import RegisterCompany, RegisterWorkplace
from employers.companies.register import lookup
from jobcenter.classifications.models import Industry
from jobcenter.geography.models import Postcode


@pytest.fixture
def industry(db):
    return Industry.objects.create(
        version=Industry.Version.NACE_2_1,
        code="22.22",
        level=4,
        title_da="Fremstilling af plastemballage",
        title_en="Manufacture of plastic packing goods",
        valid_from="2025-01-01",
    )


@pytest.fixture
def emballage(koege, roskilde, industry):
    """In the register, with a main site in Køge and a store in Roskilde."""
    company = RegisterCompany.objects.create(
        cvr="99001011",
        name="Strandmarkens Emballage A/S",
        address="Tangmosevej 88",
        postcode="4600",
        industry=industry,
        employees="50–99",
        source="test",
    )
    for p_number, name, address, place, employees in (
        ("1999000107", "Lageret", "Industriholmen 14", roskilde, 18),
        ("1999000115", company.name, "Tangmosevej 88", koege, 61),
        ("1999000123", "Øen", "Ingenvej 1", koege, None),
    ):
        RegisterWorkplace.objects.create(
            p_number=p_number,
            company=company,
            name=name,
            address=address,
            postcode={koege: "4600", roskilde: "4000"}[place],
            municipality=place.municipality,
            employees=employees,
        )
    return company


def test_a_company_is_found_with_its_industry_and_its_workplaces_the_largest_first(
    emballage, industry, koege
):
    found = lookup("99001011")

    assert (found.name, found.address, found.postcode, found.town) == (
        "Strandmarkens Emballage A/S",
        "Tangmosevej 88",
        "4600",
        "Køge",
    )
    assert (found.industry, found.employees, found.is_active) == (industry, "50–99", True)
    assert [place.employees for place in found.workplaces] == [61, 18, None]
    assert found.workplaces[0].municipality == koege.municipality
    assert [place.whole_address for place in found.workplaces] == [
        "Tangmosevej 88, 4600 Køge",
        "Lageret, Industriholmen 14, 4000 Roskilde",
        "Øen, Ingenvej 1, 4600 Køge",
    ]


def test_two_queries_are_enough_however_many_workplaces_there_are(emballage, django_assert_num_queries):
    with django_assert_num_queries(2):
        found = lookup("99001011")
        assert [place.municipality.name for place in found.workplaces] == ["Køge", "Roskilde", "Køge"]
        assert found.industry.code == "22.22"


def test_a_number_the_register_does_not_have_is_nobody(emballage, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert lookup("99001143") is None


def test_an_unknown_postcode_has_no_town(emballage):
    Postcode.objects.all().delete()

    assert lookup("99001011").town == ""
    assert lookup("99001011").workplaces[1].whole_address == "Lageret, Industriholmen 14, 4000"


def test_a_workplace_that_has_closed_is_not_among_them(emballage):
    RegisterWorkplace.objects.filter(name="Lageret").update(closed_on="2026-01-31")

    assert [place.name for place in lookup("99001011").workplaces] == ["", "Øen"]

from pathlib import Path

import pytest

from employers.companies.copying import copy_register
from employers.companies.models import RegisterCompany, RegisterWorkplace
from employers.companies.register import lookup
from jobcenter.classifications.models import Industry
from jobcenter.geography.models import Postcode

COMPANIES = "cvr,name,address,postcode,industry,employees,is_active,advertising_protected\n"
WORKPLACES = "p_number,cvr,name,address,postcode,municipality,employees\n"


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


@pytest.fixture
def files(tmp_path: Path):
    """Writes the two files and copies them."""

    def copy(companies: str, workplaces: str = ""):
        (tmp_path / "companies.csv").write_text(COMPANIES + companies)
        (tmp_path / "workplaces.csv").write_text(WORKPLACES + workplaces)
        return copy_register(
            companies=tmp_path / "companies.csv", workplaces=tmp_path / "workplaces.csv", source="test"
        )

    return copy


LINE = "99001011,Strandmarkens Emballage A/S,Tangmosevej 88,4600,22.22,50–99,yes,no\n"
PLACE = "1999000107,99001011,Lageret,Industriholmen 14,4600,0259,18\n"


def test_the_register_is_copied_and_the_second_time_unchanged(files, koege, industry):
    first = files(LINE, PLACE)
    second = files(LINE, PLACE)

    assert [(table.added, table.unchanged, table.refusals) for table in first] == [(1, 0, []), (1, 0, [])]
    assert [(table.added, table.changed, table.unchanged) for table in second] == [(0, 0, 1), (0, 0, 1)]
    assert RegisterCompany.objects.get().industry == industry


def test_a_company_that_ceases_is_changed_and_stays(files, koege, industry):
    files(LINE, PLACE)

    companies, _workplaces = files(LINE.replace("yes,no", "no,no"))

    assert companies.changed == 1
    assert not RegisterCompany.objects.get().is_active
    assert RegisterWorkplace.objects.count() == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (LINE.replace("99001011", "99001012"), "“99001012” is no CVR number"),
        (LINE.replace("22.22", "99.99"), "there is no industry 99.99"),
        (LINE.replace("4600", "460"), "postcode must have 4 digits, not “460”"),
        (LINE.replace("yes,no", "ja,no"), "is_active must be yes or no, not “ja”"),
    ],
)
def test_a_line_that_cannot_be_is_refused_with_its_reason(files, koege, industry, line, reason):
    other = LINE.replace("99001011", "99001143")

    companies, _workplaces = files(line + other)

    assert [str(refusal) for refusal in companies.refusals] == [f"line 2: {reason}"]
    assert RegisterCompany.objects.get().cvr == "99001143"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (PLACE.replace("99001011", "99001143"), "there is no company 99001143"),
        (PLACE.replace("0259", "0411"), "there is no municipality 0411"),
        (PLACE.replace("1999000107", "199900010"), "p_number must have 10 digits, not “199900010”"),
        (PLACE.replace(",18", ",18.5"), "employees must be a whole number, not “18.5”"),
    ],
)
def test_a_workplace_that_cannot_be_is_refused_with_its_reason(files, koege, industry, line, reason):
    _companies, workplaces = files(LINE, line)

    assert [str(refusal) for refusal in workplaces.refusals] == [f"line 2: {reason}"]
    assert not RegisterWorkplace.objects.exists()

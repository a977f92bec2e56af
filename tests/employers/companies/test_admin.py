import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from employers.companies.importing import carry_out
from employers.companies.models import Company, RegisterCompany, RegisterImport
from tests.queries import assert_same_queries


@pytest.fixture
def admin(client, administrator):
    client.force_login(administrator)
    return client


def posted(**fields: str) -> dict[str, str]:
    empty = {
        f"{inline}-{count}_FORMS": "0"
        for inline in ("workplaces", "people", "events")
        for count in ("TOTAL", "INITIAL")
    }
    return {
        "cvr": "99 00 10 11",
        "name": "Strandmarkens Emballage A/S",
        "employees": "",
        "country": "DK",
        **empty,
        **fields,
    }


def test_a_number_may_be_typed_with_spaces_and_is_kept_without(admin):
    answer = admin.post(reverse("admin:companies_company_add"), posted())

    assert answer.status_code == 302, answer.context["errors"]
    assert Company.objects.get().cvr == "99001011"


def test_a_number_that_cannot_be_is_refused_in_words(admin):
    answer = admin.post(reverse("admin:companies_company_add"), posted(cvr="99001012"))

    assert "cifrene passer ikke sammen" in answer.text
    assert not Company.objects.exists()


def test_a_number_that_is_taken_is_refused_and_nothing_is_overwritten(admin):
    Company.objects.create(cvr="99001011", name="Den første ApS")

    answer = admin.post(reverse("admin:companies_company_add"), posted())

    assert answer.status_code == 200
    assert Company.objects.get().name == "Den første ApS"


def test_the_history_of_a_company_stands_on_its_page(admin, company):
    company.name = "Strandmarkens Papkasser A/S"
    company.save()

    page = admin.get(reverse("admin:companies_company_change", args=[company.pk])).text

    assert "Strandmarkens Emballage A/S" in page
    assert "Strandmarkens Papkasser A/S" in page


def test_the_register_is_looked_at_and_not_changed(admin):
    RegisterCompany.objects.create(
        cvr="99001011", name="Strandmarkens Emballage A/S", address="Nyvej 1", postcode="4600", source="test"
    )
    url = reverse("admin:companies_registercompany_change", args=["99001011"])

    assert admin.get(url).status_code == 200
    assert admin.post(url, posted(name="Overtaget ApS")).status_code == 403
    assert admin.get(reverse("admin:companies_registercompany_add")).status_code == 403
    assert RegisterCompany.objects.get().name == "Strandmarkens Emballage A/S"


@pytest.mark.parametrize("model", ["company", "registercompany"])
def test_the_list_asks_as_much_for_three_companies_as_for_one(admin, model):
    numbers = iter(range(99001000, 99001003))

    def add() -> None:
        number = str(next(numbers))
        Company.objects.create(cvr=number, name=f"Virksomhed {number}")
        RegisterCompany.objects.create(cvr=number, name="A", address="B", postcode="4600", source="test")

    assert_same_queries(
        open_page=lambda: admin.get(reverse(f"admin:companies_{model}_changelist")), add_row=add
    )


COMPANY_FILE = "cvr,name,address,postcode,industry,employees,is_active,advertising_protected\n"
WORKPLACE_FILE = "p_number,cvr,name,address,postcode,municipality,employees\n"


def test_an_extract_is_uploaded_taken_in_by_a_worker_and_its_lines_are_told(admin, administrator, koege):
    answer = admin.post(
        reverse("admin:companies_registerimport_add"),
        {
            "source": "CVR-udtræk, november",
            "company_file": SimpleUploadedFile(
                "firmaer.csv",
                f"{COMPANY_FILE}99001011,Emballage A/S,Nyvej 1,4600,,1,yes,no\n12,B,,,,,yes,no\n".encode(),
            ),
            "workplace_file": SimpleUploadedFile("steder.csv", WORKPLACE_FILE.encode()),
        },
        follow=True,
    )
    promised = RegisterImport.objects.get()
    assert "Filerne er gemt" in answer.text
    assert (promised.by, promised.file_names) == (administrator, "firmaer.csv, steder.csv")
    assert not RegisterCompany.objects.exists()

    carry_out(promised.pk)

    page = admin.get(reverse("admin:companies_registerimport_change", args=[promised.pk])).text
    lines = admin.get(reverse("admin:companies_registerfate_changelist")).text
    assert "2 linjer med deres skæbne" in page
    assert "„12“ er ikke et CVR-nummer" in lines
    assert (
        "1 nye, 0 ændrede, 0 som før, 1 afvist"
        in admin.get(reverse("admin:companies_registerimport_changelist")).text
    )


def test_an_import_and_its_lines_are_not_changed_afterwards(admin):
    promised = RegisterImport.objects.create(source="test")

    answer = admin.post(
        reverse("admin:companies_registerimport_change", args=[promised.pk]), {"source": "andet"}
    )

    assert answer.status_code == 403
    assert RegisterImport.objects.get().source == "test"
    assert admin.get(reverse("admin:companies_registerfate_add")).status_code == 403


def test_a_foreign_company_is_typed_in_by_country_and_number_and_a_company_without_either_is_refused(admin):
    url = reverse("admin:companies_company_add")
    foreign = posted(cvr="", name="Hafenbau GmbH", country="DE", foreign_number="HRB 12345")

    refused = admin.post(url, posted(cvr="", name="Ingen ApS", country="DK"))
    answer = admin.post(url, foreign)

    assert "En dansk virksomhed har et CVR-nummer" in refused.text
    assert answer.status_code == 302, answer.context["errors"]
    assert Company.objects.get().foreign_number == "HRB 12345"


@pytest.mark.parametrize("model", ["company", "registercompany"])
def test_the_list_finds_a_name_with_a_slip_in_it(admin, company, model):
    RegisterCompany.objects.create(
        cvr=company.cvr, name=company.name, address="A", postcode="4600", source="test"
    )
    RegisterCompany.objects.create(cvr="99000027", name="Andre ApS", address="A", postcode="4600", source="t")

    page = admin.get(reverse(f"admin:companies_{model}_changelist"), {"q": "strandmarkens embalage"}).text

    assert company.name in page
    assert "Andre ApS" not in page


@pytest.mark.parametrize("model", ["workplace", "registerfate", "registerimport"])
def test_the_other_lists_open(admin, company, model):
    assert admin.get(reverse(f"admin:companies_{model}_changelist"), {"q": "tang"}).status_code == 200

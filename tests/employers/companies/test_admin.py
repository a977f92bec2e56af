import pytest
from django.urls import reverse

from employers.companies.models import Company, RegisterCompany
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
    return {"cvr": "99 00 10 11", "name": "Strandmarkens Emballage A/S", "employees": "", **empty, **fields}


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

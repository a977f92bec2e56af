"""The employer says which company it is: by name, by number, as a foreign one, or by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import reverse
from django.utils import timezone

from employers.companies.models import Company, Person, RegisterCompany, RegisterWorkplace
from employers.enquiries.company_form import CompanyForm, is_only_a_number
from employers.enquiries.intake import submit
from employers.enquiries.models import Draft, Kind, Step
from tests.employers.enquiries.conftest import AT_KOEGE, CVR
from tests.register_server import PASSWORD, USER, RegisterServer


def form_of(typed, **more) -> CompanyForm:
    return CompanyForm({**typed, **more}, kind=Kind.RECRUIT)


@pytest.mark.parametrize("name", ["Tigermosens Plast", "plast TIGERMOSEN", "tigermosns plast"])
def test_a_name_offers_the_companies_it_fits_and_asks_to_choose_one(typed_company, name):
    form = form_of(typed_company, cvr=name)

    assert [company.cvr for company in form.suggestions] == [CVR]
    assert form.errors["cvr"] == ["Vælg virksomheden på listen"]


def test_the_company_that_is_chosen_counts_as_if_its_number_was_typed(typed_company):
    form = form_of(typed_company, cvr="tigermosens plast", choice=CVR)

    assert form.is_valid(), form.errors
    assert form.cleaned_data["cvr"] == CVR
    assert form.registered.name == "Tigermosens Plast ApS"
    assert form.place().registered.p_number == AT_KOEGE


def test_a_choice_that_does_not_belong_to_the_name_is_none(typed_company):
    RegisterCompany.objects.create(
        cvr="99000031", name="Noget helt andet ApS", address="Nyvej 1", postcode="4600", source="test"
    )

    form = form_of(typed_company, cvr="tigermosens plast", choice="99000031")

    assert not form.is_valid()
    assert form.number is None


@pytest.mark.parametrize("typed", ["CVR 99000015", "cvr-nr. 99 00 00 15", "DK99000015", "DK-99000015"])
def test_a_number_with_what_people_write_in_front_is_a_number(typed_company, typed):
    assert form_of(typed_company, cvr=typed).number == CVR


def test_companies_are_offered_while_a_name_is_typed_without_anything_of_ours(client, registered, koege):
    company = Company.objects.create(cvr=CVR, name="Tigermosens Plast ApS")
    Person.objects.create(company=company, name="Mette Bruun", email="mette@tigermosen.example")

    page = client.get(reverse("enquiries:companies"), {"cvr": "tigermose"})

    assert "Tigermosens Plast ApS" in page.text
    assert "99 00 00 15, 4600 Køge" in page.text
    assert "Mette" not in page.text


@pytest.mark.parametrize("typed", ["", "a", "99000015", "\0", "😀", "x" * 5000])
def test_nothing_is_offered_for_a_number_or_for_nothing(client, registered, typed):
    page = client.get(reverse("enquiries:companies"), {"cvr": typed})

    assert page.status_code == 200
    assert "radio" not in page.text


def test_without_script_a_name_leads_to_the_list_with_nothing_typed_lost(client, registered):
    started = client.post(
        reverse("enquiries:start", args=["recruit"]),
        {"cvr": "tigermosns", "no_cvr": "", "name": "Mette Bruun", "email": "", "action": "look"},
        follow=True,
    )

    assert "Tigermosens Plast ApS" in started.text
    assert 'value="Mette Bruun"' in started.text
    assert "error-summary" not in started.text


FOREIGN = {
    "cvr": "",
    "no_cvr": "on",
    "country": "DE",
    "foreign_number": "hrb  12345",
    "company_name": "Hafenbau GmbH",
    "address": "Havnen 3",
    "postcode": "4600",
}


def test_a_foreign_company_is_taken_in_by_its_country_and_number_and_known_again(make_draft):
    for _time in range(2):
        draft = make_draft(**FOREIGN)
        enquiry = submit(draft=draft, at=timezone.now())

    company = Company.objects.get()
    assert (company.cvr, company.country, company.foreign_number, company.name) == (
        None,
        "DE",
        "HRB 12345",
        "Hafenbau GmbH",
    )
    assert enquiry.workplace.address == "Havnen 3"
    assert enquiry.jobcentre.name == "Jobcenter Køge"
    assert not company.from_register


def test_the_last_step_shows_the_foreign_number(client, make_draft):
    draft = make_draft(**FOREIGN)

    page = client.get(reverse("enquiries:step", args=[draft.pk, "send"]))

    assert "Hafenbau GmbH, Tyskland, HRB 12345" in page.text


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("country", "", "Vælg det land, virksomheden er fra"),
        ("country", "DK", "Vælg et af landene"),
        ("foreign_number", "", "Skriv det nummer"),
        ("foreign_number", "9" * 41, "Der er plads til 40 tegn"),
        ("company_name", "", "Skriv virksomhedens navn"),
    ],
)
def test_what_is_missing_of_a_foreign_company_is_said_at_its_field(typed_company, field, typed, sentence):
    form = form_of(typed_company, **{**FOREIGN, field: typed})

    assert sentence in " ".join(form.errors[field])


def test_a_company_is_no_longer_foreign_when_the_tick_is_taken_away(client, make_draft):
    draft = make_draft(**FOREIGN)
    url = reverse("enquiries:step", args=[draft.pk, "virksomhed"])
    assert "HRB" in client.get(url).text

    client.post(url, {"no_cvr": "", "action": "look"})

    page = client.get(url).text
    assert 'id="id_cvr"' in page
    assert "HRB" not in page
    assert Draft.objects.get(pk=draft.pk).answers[Step.COMPANY]["company_name"] == "Hafenbau GmbH"


@pytest.fixture
def register_that_is_ill(settings) -> Iterator[RegisterServer]:
    with RegisterServer([]) as register:
        settings.REGISTER_URL, settings.REGISTER_USER, settings.REGISTER_PASSWORD = (
            register.url,
            USER,
            PASSWORD,
        )
        register.ill.extend([403] * 99)
        yield register


def test_when_the_register_is_away_the_form_says_so_and_works_by_hand(
    make_draft, client, register_that_is_ill
):
    by_hand = {"workplace": "", "company_name": "Splinterny ApS", "address": "Nyvej 1", "postcode": "4600"}
    draft = make_draft(**{"cvr": "99000023", **by_hand})

    page = client.get(reverse("enquiries:step", args=[draft.pk, "virksomhed"]))
    enquiry = submit(draft=draft, at=timezone.now())

    assert "CVR-registret svarer ikke i øjeblikket" in page.text
    assert 'value="Splinterny ApS"' in page.text
    assert (enquiry.company.cvr, enquiry.company.name, enquiry.company.from_register) == (
        "99000023",
        "Splinterny ApS",
        False,
    )
    assert len(register_that_is_ill.questions) == 1


def test_what_was_asked_before_is_there_also_when_the_register_is_away(typed_company, register_that_is_ill):
    form = form_of(typed_company)

    assert form.is_valid(), form.errors
    assert not form.register_is_away


def test_the_only_workplace_is_chosen_until_somebody_says_another_place(typed_company):
    RegisterWorkplace.objects.exclude(pk=AT_KOEGE).delete()

    looked_at = CompanyForm(kind=Kind.RECRUIT, initial={"cvr": CVR})
    sent = form_of(typed_company, workplace="")
    elsewhere = form_of(typed_company, workplace="andet")

    assert looked_at["workplace"].value() == AT_KOEGE
    assert looked_at.municipality_of_workplace.name == "Køge"
    assert sent.is_valid(), sent.errors
    assert sent.place().registered.p_number == AT_KOEGE
    assert elsewhere.asks_for_address
    assert is_only_a_number(CompanyForm({"cvr": CVR, "no_cvr": ""}, kind=Kind.RECRUIT))


@pytest.mark.parametrize(("typed", "is_told"), [("99000015", True), ("9900001", False), ("tigermose", False)])
def test_a_page_is_told_when_a_whole_number_is_typed(client, registered, typed, is_told):
    page = client.get(reverse("enquiries:companies"), {"cvr": typed})

    assert (page.headers.get("HX-Trigger") == "whole-number") == is_told

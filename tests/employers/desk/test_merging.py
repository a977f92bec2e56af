"""The pages on which two are made one: what is shown before, who may, and where old addresses lead."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from employers.companies.models import Company, Merge, Workplace
from employers.contacts.models import Contact
from employers.enquiries.models import Enquiry
from jobcenter.accounts.models import Role
from tests.conftest import make_user
from tests.queries import assert_same_queries


@pytest.fixture
def double(koege):
    made = Company.objects.create(country="DE", foreign_number="HRB 12345", name="Strandmarkens Emballage")
    Workplace.objects.create(
        company=made, address="Tangmosevej 90", postcode="4600", municipality=koege.municipality
    )
    made.people.create(name="Jens Lager", phone="20 00 00 01")
    return made


@pytest.fixture
def signed_in(client, koege):
    client.force_login(koege.caseworker)
    return client


def preview(stays, goes):
    return reverse("desk:merge_companies", args=[stays.pk, goes.pk])


def test_the_double_is_found_and_the_one_in_the_register_is_proposed_to_stay(signed_in, company, double):
    for one in (company, double):
        page = signed_in.get(reverse("desk:doubles", args=[one.pk]))
        assertContains(page, preview(company, double))


def test_it_is_found_by_its_number_too(signed_in, company, double):
    Company.objects.filter(pk=company.pk).update(name="Noget helt andet")

    page = signed_in.get(reverse("desk:doubles", args=[double.pk]), {"q": "99000019"})

    assertContains(page, preview(company, double))


def test_the_preview_says_what_moves_and_does_nothing(signed_in, company, double, make_contact):
    make_contact(company=double, note="Kun hos os")

    page = signed_in.get(preview(company, double))

    for text in ("Kontakter", "Arbejdssteder", "Det flytter med", "røres der ikke ved"):
        assertContains(page, text)
    assertNotContains(page, "Kun hos os")
    assert Contact.objects.get().company == double


def test_whoever_may_not_know_of_a_confidential_enquiry_learns_nothing_by_the_preview(
    signed_in, client, koege, company, double, make_enquiry
):
    make_enquiry(
        kind=Enquiry.Kind.RETENTION,
        company=double,
        person=double.people.get(),
        message="En medarbejder",
        owner=koege.caseworker,
    )
    assertContains(signed_in.get(preview(company, double)), "Henvendelser</dt>")

    client.force_login(make_user("Karen Ny", koege.jobcentre.organisation, Role.CASEWORKER))

    assertNotContains(client.get(preview(company, double)), "Henvendelser</dt>")


def test_it_is_done_with_a_reason_and_undone(signed_in, company, double):
    without = signed_in.post(preview(company, double), {"why": ""})
    assertContains(without, "Skriv, hvordan I ved, at det er den samme")

    done = signed_in.post(preview(company, double), {"why": "De har ringet"}, follow=True)
    merge = Merge.objects.get()
    assertRedirects(done, merge.get_absolute_url())
    assertContains(done, "er nu en del af Strandmarkens Emballage A/S")

    undone = signed_in.post(merge.get_absolute_url(), follow=True)
    assertContains(undone, "er tilbage")
    assert Company.objects.filter(pk=double.pk).exists()


def test_old_addresses_lead_to_the_company_that_stayed(signed_in, company, double):
    signed_in.post(preview(company, double), {"why": "De har ringet"})

    assertRedirects(signed_in.get(reverse("desk:company", args=[double.pk])), company.get_absolute_url())
    part = signed_in.get(reverse("desk:company_part", args=[double.pk, "personer"]))
    assertRedirects(part, reverse("desk:company_part", args=[company.pk, "personer"]))
    assertContains(signed_in.get(reverse("contacts:log", args=[double.pk])), company.name)


def test_the_company_is_found_by_the_number_and_says_the_name_it_was_known_by_too(signed_in, company, koege):
    older = Company.objects.create(cvr="99000043", name="Emballagefabrikken I/S", has_ceased=True)
    Workplace.objects.create(
        company=older, address="Havnen 1", postcode="4600", municipality=koege.municipality
    )
    signed_in.post(preview(company, older), {"why": "Nyt CVR-nummer"})

    assertContains(signed_in.get(reverse("desk:companies"), {"q": "99000043"}), company.name)
    assertContains(signed_in.get(company.get_absolute_url()), "Emballagefabrikken I/S (CVR 99 00 00 43)")


def test_a_long_list_of_merges_asks_no_more_than_a_short_one(signed_in, company, koege):
    def add_row():
        number = Merge.objects.count()
        double = Company.objects.create(
            country="DE", foreign_number=f"HRB {number}", name=f"Dobbelt {number}"
        )
        Workplace.objects.create(
            company=double, address=f"Havnen {number}", postcode="4600", municipality=koege.municipality
        )
        signed_in.post(preview(company, double), {"why": "De har ringet"})

    assert_same_queries(open_page=lambda: signed_in.get(reverse("desk:merges")), add_row=add_row)
    assert_same_queries(open_page=lambda: signed_in.get(company.get_absolute_url()), add_row=add_row)


def test_the_doubles_are_found_without_asking_once_for_each(signed_in, company, koege):
    def add_row():
        number = Company.objects.count()
        double = Company.objects.create(
            country="DE", foreign_number=f"HRB {number}", name=f"Strandmarkens Emballage {number}"
        )
        Workplace.objects.create(
            company=double, address=f"Havnen {number}", postcode="4600", municipality=koege.municipality
        )

    address = reverse("desk:doubles", args=[company.pk])
    assert_same_queries(open_page=lambda: signed_in.get(address), add_row=add_row)
    typed = reverse("desk:companies_like") + "?name=Strandmarkens+Emballage"
    assert_same_queries(open_page=lambda: signed_in.get(typed), add_row=add_row)


def test_an_old_address_leads_nobody_to_what_they_may_not_see(client, signed_in, aarhus, company, double):
    signed_in.post(preview(company, double), {"why": "De har ringet"})
    client.force_login(aarhus.caseworker)

    assert client.get(reverse("desk:company", args=[double.pk])).status_code == 404


def test_the_second_who_merges_the_same_is_told(signed_in, company, double):
    assert signed_in.get(preview(company, double)).status_code == 200
    signed_in.post(preview(company, double), {"why": "De har ringet"})

    assert signed_in.post(preview(company, double), {"why": "De har ringet"}).status_code == 404
    assert Merge.objects.count() == 1


def test_what_cannot_be_has_its_reason_and_no_button(signed_in, company, double):
    page = signed_in.get(preview(double, company))

    assertContains(page, "står i registret")
    assertNotContains(page, 'name="why"')


def test_only_companies_of_ones_own_municipalities_are_merged(client, roskilde, company, double):
    client.force_login(roskilde.caseworker)
    assert client.get(company.get_absolute_url()).status_code == 200
    assertNotContains(client.get(company.get_absolute_url()), reverse("desk:doubles", args=[company.pk]))

    assert client.get(reverse("desk:doubles", args=[company.pk])).status_code == 404
    assert client.post(preview(company, double), {"why": "De har ringet"}).status_code == 404


def test_two_people_are_compared_and_one_chooses(signed_in, company):
    mette = company.people.get()
    other = company.people.create(name="Mette Brun", phone="56 00 00 01")
    assertContains(signed_in.get(reverse("desk:double_people", args=[company.pk, mette.pk])), "Mette Brun")
    address = reverse("desk:merge_people", args=[company.pk, mette.pk, other.pk])
    assertContains(signed_in.get(address), "tages med")

    signed_in.post(address, {"name": "goes", "why": "Det er hende"})

    mette.refresh_from_db()
    assert (mette.name, mette.phone) == ("Mette Brun", "56 00 00 01")

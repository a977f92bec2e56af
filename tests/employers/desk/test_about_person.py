"""A manager's pages about one contact person: what is held, as a page and a file, and its erasure."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from employers.companies.models import Erasure, Person
from jobcenter.accounts.models import Reading


@pytest.fixture
def manager(client, koege):
    client.force_login(koege.manager)
    return client


@pytest.fixture
def mette(company):
    return company.people.get()


def address(name, person):
    return reverse(f"desk:{name}", args=[person.company_id, person.pk])


def test_the_managers_way_there_is_on_the_companys_people_and_nobody_elses(manager, client, koege, mette):
    people = reverse("desk:company_part", args=[mette.company_id, "personer"])
    assertContains(manager.get(people), address("about_person", mette))

    client.force_login(koege.caseworker)

    assertNotContains(client.get(people), address("about_person", mette))


def test_the_page_and_the_file_say_the_same_and_reading_the_note_is_logged(manager, mette, make_contact):
    contact = make_contact(person=mette, note="Vil have flere")

    page = manager.get(address("about_person", mette))
    file = manager.get(address("about_person", mette), {"hent": "json"})

    assertContains(page, "Vil have flere")
    assertContains(page, "mette.bruun@strandmarken.example")
    assert file["Content-Disposition"] == f'attachment; filename="kontaktperson-{mette.pk}.json"'
    told = {kind["kind"]: kind["rows"] for kind in file.json()}
    assert told["Kontaktpersonen"][0]["E-mail"] == mette.email
    assert told["Kontakter"][0]["Note"] == "Vil have flere"
    assert list(Reading.objects.order_by("pk").values_list("key", "where")) == [
        (contact.pk, "page"),
        (contact.pk, "file"),
    ]


def test_a_neighbours_note_is_on_neither(manager, mette, roskilde, make_contact):
    make_contact(person=mette, jobcentre=roskilde.jobcentre, by=roskilde.caseworker, note="Kun Roskildes")

    for query in ({}, {"hent": "json"}):
        answer = manager.get(address("about_person", mette), query)
        assertNotContains(answer, "Kun Roskildes")
        assertContains(answer, "Jobcenter Roskilde")


@pytest.mark.parametrize("name", ["about_person", "erase_person"])
def test_of_others_there_is_no_such_page(client, roskilde, mette, name):
    client.force_login(roskilde.manager)

    assert client.get(address(name, mette)).status_code == 404
    assert Person.objects.filter(name=mette.name).exists()


def test_it_is_erased_with_a_reason_after_a_look(manager, mette, make_contact):
    make_contact(person=mette)
    page = manager.get(address("erase_person", mette))
    for text in ("Det slettes", "Det bevares uden personen", "Fritekst gennemsøges ikke"):
        assertContains(page, text)
    assertContains(manager.post(address("erase_person", mette), {"reason": ""}), "Skriv, hvorfor")

    done = manager.post(address("erase_person", mette), {"reason": "Har bedt om det"})

    people = reverse("desk:company_part", args=[mette.company_id, "personer"])
    assertRedirects(done, people, fetch_redirect_response=False)
    after = manager.get(people)
    assertContains(after, "Personen er slettet.")
    assertNotContains(after, "Mette Bruun")
    assertContains(after, "Her er ikke noget endnu")
    assert Erasure.objects.get().reason == "Har bedt om det"


def test_while_an_enquiry_is_open_the_page_says_so_and_offers_no_button(manager, mette, make_enquiry):
    make_enquiry(person=mette)

    page = manager.get(address("erase_person", mette))
    assertContains(page, "Luk den først")
    assertNotContains(page, "Slet nu")

    assertContains(manager.post(address("erase_person", mette), {"reason": "Nu"}), "Luk den først")
    assert not Erasure.objects.exists()

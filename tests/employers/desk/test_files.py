"""A list as a file holds the rows its page would show, and nothing that the page keeps back."""

import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django.asserts import assertContains, assertNotContains

from employers.companies.models import Company, Workplace
from employers.enquiries.models import Enquiry
from tests.employers.desk.conftest import KOEGES_NEXT_STEP, KOEGES_NOTE, KOEGES_SECRETS
from tests.queries import assert_same_queries


@pytest.fixture
def download(client):
    def fetch(user, address, **asked):
        client.force_login(user)
        return b"".join(client.get(address, {"hent": "csv", **asked}))

    return fetch


def lines(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def part(company, name):
    return reverse("desk:company_part", args=[company.pk, name])


def test_the_file_of_the_queue_holds_what_the_filters_leave(download, koege, make_enquiry):
    wanted = make_enquiry(kind=Enquiry.Kind.OTHER, message="Vi vil gerne tales ved")
    other = make_enquiry(kind=Enquiry.Kind.RECRUIT)

    found = lines(download(koege.caseworker, reverse("desk:queue"), kind="other"))

    assert [line["Reference"] for line in found] == [wanted.reference]
    assert other.reference not in str(found)


def test_a_caseworkers_file_has_their_own_note_and_next_step(download, koege, company, contact):
    [line] = lines(download(koege.caseworker, part(company, "kontakter")))
    assert line["Note"] == KOEGES_NOTE
    assert KOEGES_NEXT_STEP in download(koege.caseworker, reverse("desk:my_day")).decode()


@pytest.mark.parametrize("name", ["kontakter", "henvendelser", "stillinger", "forloeb", "personer"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_neighbours_file_has_nothing_that_its_page_has_not(
    download, roskilde, company, everything, name, kind
):
    content = download(roskilde.caseworker, part(company, name), hent=kind)

    cells = (
        str(list(load_workbook(io.BytesIO(content)).active.values)) if kind == "xlsx" else content.decode()
    )
    assert len(cells) > 20
    assert not [secret for secret in KOEGES_SECRETS if secret in cells]


def test_a_company_that_calls_itself_a_formula_is_a_name(download, koege, company):
    Company.objects.filter(pk=company.pk).update(name="=HYPERLINK(evil)")

    [line] = lines(download(koege.caseworker, reverse("desk:companies")))

    assert line["Virksomhed"] == "'=HYPERLINK(evil)"


def test_the_page_leads_to_the_file_with_the_filters_it_has(client, koege, enquiry):
    client.force_login(koege.caseworker)

    assertContains(
        client.get(reverse("desk:queue"), {"state": "all", "side": "1"}), "?state=all&amp;hent=xlsx"
    )
    assertNotContains(client.get(reverse("desk:queue"), {"kind": "recruit"}), "hent=xlsx")


def test_a_long_file_asks_no_more_than_a_short_one(client, koege, company):
    client.force_login(koege.caseworker)
    numbers = iter(range(1000, 2000))

    def add_row():
        number = next(numbers)
        made = Company.objects.create(cvr=f"9900{number}", name=f"Virksomhed {number}")
        Workplace.objects.create(
            company=made, address=f"Vej {number}", postcode="4600", municipality=koege.municipality
        )

    assert_same_queries(
        open_page=lambda: b"".join(client.get(reverse("desk:companies"), {"hent": "csv"})), add_row=add_row
    )

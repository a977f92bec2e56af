"""From an enquiry about a wage subsidy or a work trial to its application."""

from __future__ import annotations

import pytest
from django.urls import reverse

from employers.enquiries.models import Enquiry
from employers.placements.models import Kind, Placement, State
from jobcenter.notifications.models import Mail


@pytest.fixture
def enquiry(make_enquiry):
    return make_enquiry(kind=Enquiry.Kind.WORK_TRIAL, message="Vi kan tage en i praktik.")


def test_an_employer_without_an_account_goes_from_the_private_page_to_the_application(client, enquiry):
    address = reverse("desk:apply", args=[enquiry.token])

    first = client.post(address)
    second = client.post(address)

    placement = Placement.objects.get()
    assert first.url == second.url == placement.link
    assert (placement.kind, placement.state) == (Kind.WORK_TRIAL, State.DRAFT)
    assert (placement.workplace, placement.person) == (enquiry.workplace, enquiry.person)
    assert (placement.jobcentre, placement.owner) == (enquiry.jobcentre, enquiry.owner)
    assert "Udfyld eller følg ansøgningen" in client.get(enquiry.link).content.decode()


def test_an_enquiry_of_another_kind_leads_to_none(client, make_enquiry):
    other = make_enquiry(kind=Enquiry.Kind.OTHER, message="Noget andet")

    client.post(reverse("desk:apply", args=[other.token]))

    assert not Placement.objects.exists()
    assert "Udfyld eller følg ansøgningen" not in client.get(other.link).content.decode()


def test_a_caseworker_mails_the_form_and_sees_the_application_beside_the_enquiry(client, enquiry, koege):
    client.force_login(koege.caseworker)

    page = client.post(reverse("desk:begin_placement", args=[enquiry.pk]), {"action": "mail"}, follow=True)

    placement = Placement.objects.get()
    assert placement.reference in page.content.decode()
    assert Mail.objects.get(kind="placement_form").to == enquiry.person.email


def test_whoever_wrote_in_english_gets_the_form_in_english(client, enquiry, koege):
    Enquiry.objects.filter(pk=enquiry.pk).update(language="en")
    client.force_login(koege.caseworker)

    client.post(reverse("desk:begin_placement", args=[enquiry.pk]), {"action": "mail"})

    mail = Mail.objects.get(kind="placement_form")
    assert (mail.language, mail.subject.endswith("apply for a work trial")) == ("en", True)


def test_a_closed_enquiry_begins_nothing_new(client, enquiry):
    enquiry.close(by=None, organisation=None)

    client.post(reverse("desk:apply", args=[enquiry.token]))

    assert not Placement.objects.exists()


def test_the_companys_page_lists_the_jobcentres_own(client, make_enquiry, enquiry, koege, roskilde):
    client.post(reverse("desk:apply", args=[enquiry.token]))
    placement = Placement.objects.get()
    address = reverse("desk:company_part", args=[placement.company_id, "forloeb"])

    client.force_login(koege.caseworker)
    assert placement.reference in client.get(address).content.decode()
    client.force_login(roskilde.caseworker)
    assert placement.reference not in client.get(address).content.decode()


def test_the_employers_own_page_lists_them(client, enquiry, employer):
    client.post(reverse("desk:apply", args=[enquiry.token]))
    client.force_login(employer)

    assert Placement.objects.get().link in client.get(reverse("desk:my_company")).content.decode()

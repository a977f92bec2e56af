"""A company with workplaces in many municipalities asks once for all of them."""

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from employers.companies.models import RegisterWorkplace
from employers.enquiries.intake import submit
from employers.enquiries.models import Draft, Enquiry, HelpAnswer, Kind
from jobcenter.notifications.models import Mail
from tests.employers.enquiries.conftest import AT_KOEGE, AT_ROSKILDE

AT_AARHUS = "1999000123"


@pytest.fixture
def in_three_municipalities(registered, aarhus):
    RegisterWorkplace.objects.create(
        p_number=AT_AARHUS,
        company=registered,
        name="Værkstedet",
        address="Havnegade 2",
        postcode="8000",
        municipality=aarhus.municipality,
        employees=9,
    )


def sent(make_draft, *, kind=Kind.OTHER, also="alle"):
    return submit(draft=make_draft(kind=kind, also=also), at=timezone.now())


def test_one_jobcentre_is_responsible_and_asks_the_others(
    koege, roskilde, aarhus, in_three_municipalities, make_draft
):
    enquiry = sent(make_draft)

    assert (enquiry.jobcentre, enquiry.owner) == (koege.jobcentre, koege.caseworker)
    places = [one.workplace.municipality for one in enquiry.other_workplaces.all()]
    assert set(places) == {roskilde.municipality, aarhus.municipality}
    asked = HelpAnswer.objects.filter(request__enquiry=enquiry, request__agreement=None)
    assert {one.jobcentre for one in asked} == {roskilde.jobcentre, aarhus.jobcentre}
    assert Enquiry.objects.count() == 1


def test_there_is_one_receipt_and_it_names_every_workplace(in_three_municipalities, make_draft):
    enquiry = sent(make_draft)

    receipt = Mail.objects.get(to=enquiry.person.email)
    for place in ("Tigermosen 7, 4600", "Tigermosen 7, 4000", "Havnegade 2, 8000"):
        assert place in receipt.body


def test_the_one_chosen_above_is_not_counted_twice(koege, in_three_municipalities, make_draft):
    enquiry = sent(make_draft, also=f"{AT_KOEGE},{AT_ROSKILDE}")

    assert [one.workplace.p_number for one in enquiry.other_workplaces.all()] == [AT_ROSKILDE]


def test_nobody_is_asked_about_what_is_confidential(in_three_municipalities, make_draft):
    enquiry = sent(make_draft, kind=Kind.DISMISSALS)

    assert enquiry.other_workplaces.count() == 2
    assert not HelpAnswer.objects.exists()


def test_where_one_jobcentre_answers_for_all_of_them_nobody_is_asked(koege, registered, make_draft):
    RegisterWorkplace.objects.filter(p_number=AT_ROSKILDE).update(municipality=koege.municipality)

    enquiry = sent(make_draft, also=AT_ROSKILDE)

    assert enquiry.other_workplaces.count() == 1
    assert not HelpAnswer.objects.exists()


def test_what_is_ticked_is_kept_shown_and_can_be_taken_back(client, in_three_municipalities, typed_company):
    address = "/henvend/other/"
    posted = {**typed_company, "also": ["", AT_ROSKILDE, AT_AARHUS], "action": "on"}

    client.post(address, posted)

    draft = Draft.objects.get()
    assert draft.answers["virksomhed"]["also"] == f"{AT_ROSKILDE},{AT_AARHUS}"
    step = f"/henvend/{draft.pk}/virksomhed/"
    page = client.get(step)
    assert page.content.decode().count("checked") == 3, "the workplace and the two others"
    client.post(step, {**typed_company, "also": "", "action": "on"})
    draft.refresh_from_db()
    assert draft.answers["virksomhed"]["also"] == ""


def test_a_workplace_of_another_company_is_refused_in_words(client, in_three_municipalities, typed_company):
    client.post("/henvend/other/", {**typed_company, "also": ["", "1234567890"], "action": "on"})

    page = client.get(f"/henvend/{Draft.objects.get().pk}/virksomhed/?ret")
    assertContains(page, "Vælg blandt virksomhedens arbejdssteder")


def test_a_company_with_one_workplace_is_not_asked(client, registered, typed_company):
    RegisterWorkplace.objects.filter(p_number=AT_ROSKILDE).delete()
    client.post("/henvend/other/", {**typed_company, "action": "look"})

    page = client.get(f"/henvend/{Draft.objects.get().pk}/virksomhed/")
    assertNotContains(page, 'name="also"')

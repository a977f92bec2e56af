"""From a contact to what it leads to: an enquiry, a vacancy or a placement on the company's behalf."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from employers.companies.models import Company, Person, RegisterCompany, RegisterWorkplace
from employers.contacts.models import Contact, Purpose
from employers.enquiries.behalf import begin
from employers.enquiries.models import Confirmation, Draft, Enquiry, Kind, Step
from employers.enquiries.models.assignment import Rule
from employers.placements.models import Placement
from jobcenter.accounts.models import Role
from jobcenter.notifications.models import Mail
from tests.conftest import make_user
from tests.employers.contacts.test_log import filled
from tests.employers.enquiries.conftest import CVR

P_NUMBER = "1999000123"


@pytest.fixture
def call(make_contact, company, koege):
    """The company, which the register knows, has telephoned about recruitment."""
    company.cvr = CVR
    company.save()
    company.workplaces.update(p_number=P_NUMBER)
    RegisterWorkplace.objects.create(
        p_number=P_NUMBER,
        company=RegisterCompany.objects.create(cvr=company.cvr, name=company.name, source="test"),
        address="Tangmosevej 88",
        postcode="4600",
        municipality=koege.municipality,
    )
    return make_contact(
        direction=Contact.Direction.IN, person=company.people.get(), workplace=company.workplaces.get()
    )


@pytest.fixture
def caseworker(client, koege):
    client.force_login(koege.caseworker)
    return koege.caseworker


def opened(client, contact, what, **otherwise):
    """Chooses what to open, and gives the answer."""
    values = {
        "what": what,
        "workplace": contact.workplace_id,
        "person": contact.person_id or "",
        **otherwise,
    }
    return client.post(reverse("desk:open_from", args=[contact.pk]), values)


def step(draft, name):
    return reverse("enquiries:step", args=[draft.pk, name])


def a_vacancy(occupation):
    today = timezone.localdate()
    return {
        "title": "Procesoperatør",
        "occupation": occupation.title,
        "code": occupation.code,
        "positions": "2",
        "hours": "37",
        "apply_by": str(today + timedelta(days=20)),
        "starts_on": str(today + timedelta(days=40)),
        "text": "Du kører ekstruderingslinjer sammen med tre kolleger.",
    }


def test_a_call_becomes_a_vacancy_with_receipt_clock_and_owner(
    client, koege, caseworker, company, call, occupation
):
    page = client.get(call.get_absolute_url())
    assertContains(page, reverse("desk:open_from", args=[call.pk]))
    response = opened(client, call, Kind.RECRUIT)
    draft = Draft.objects.get()
    assertRedirects(response, reverse("enquiries:draft", args=[draft.pk]), target_status_code=302)

    # Everything that is known is filled in, so one goes straight to what they need.
    assertRedirects(client.get(reverse("enquiries:draft", args=[draft.pk])), step(draft, Step.NEED))
    client.post(step(draft, Step.NEED), a_vacancy(occupation))
    seen = client.get(step(draft, Step.SEND))
    assertContains(seen, f"Du udfylder dette for {company.name}")
    assertContains(seen, "Mette Bruun")
    page = client.post(step(draft, Step.SEND), follow=True)

    enquiry = Enquiry.objects.get()
    assert (enquiry.company, enquiry.workplace, enquiry.person) == (company, call.workplace, call.person)
    assert (enquiry.owner, enquiry.jobcentre) == (caseworker, koege.jobcentre)
    assert enquiry.answer_due_at > enquiry.received_at
    assert (enquiry.on_behalf.contact, enquiry.on_behalf.by) == (call, caseworker)
    assert (enquiry.confirmation.how, enquiry.confirmation.by) == (Confirmation.How.ON_BEHALF, caseworker)
    assert not enquiry.vacancy.awaits_confirmation
    assert enquiry.assignments.get().rule == Rule.PERSON
    assert enquiry.escalations.exists()

    receipt = Mail.objects.get(kind="enquiry_receipt")
    assert receipt.to == "mette.bruun@strandmarken.example"
    for said in (enquiry.reference, "Karim Holst har skrevet den ned for jer", enquiry.link):
        assert said in receipt.body
    assert "bekræft" not in receipt.body.lower()

    assertRedirects(page, reverse("desk:enquiry", args=[enquiry.pk]))
    assertContains(page, "Registreret på deres vegne")
    assertContains(client.get(call.get_absolute_url()), enquiry.reference)


@pytest.mark.parametrize("kind", [Kind.OTHER, Kind.RETENTION, Kind.DISMISSALS, Kind.INCLUSIVE])
def test_so_does_an_enquiry_and_it_is_owned_by_whoever_answered(client, caseworker, call, typed_need, kind):
    opened(client, call, kind)
    draft = Draft.objects.get()
    client.post(step(draft, Step.NEED), typed_need(kind))

    client.post(step(draft, Step.SEND))

    assert Enquiry.objects.get().owner == caseworker
    assertContains(client.get(call.get_absolute_url()), Enquiry.objects.get().reference)


def test_the_jobcentre_that_spoke_with_them_answers_wherever_the_workplace_is(
    client, roskilde, company, make_contact, call
):
    """A neighbour's caseworker takes the call; nobody is told to call Køge."""
    theirs = make_contact(
        jobcentre=roskilde.jobcentre, by=roskilde.caseworker, person=call.person, workplace=call.workplace
    )
    client.force_login(roskilde.caseworker)
    opened(client, theirs, Kind.OTHER)
    draft = Draft.objects.get()
    client.post(step(draft, Step.NEED), {"message": "De vil høre om den nye industrivej."})
    assertContains(client.get(step(draft, Step.SEND)), "fordi I har talt med det")
    client.post(step(draft, Step.SEND))

    enquiry = Enquiry.objects.get()
    assert (enquiry.jobcentre, enquiry.owner) == (roskilde.jobcentre, roskilde.caseworker)
    assert not enquiry.assignments.get().is_by_municipality
    assert "fordi I har talt med det" in Mail.objects.get(kind="enquiry_receipt").body


def test_sending_twice_gives_one_enquiry_and_one_mail(client, caseworker, call):
    opened(client, call, Kind.OTHER)
    draft = Draft.objects.get()
    client.post(step(draft, Step.NEED), {"message": "De vil høre om den nye industrivej."})

    for _time in range(2):
        client.post(step(draft, Step.SEND))

    assert Enquiry.objects.count() == 1
    assert Mail.objects.filter(kind="enquiry_receipt").count() == 1


@pytest.mark.parametrize("who", ["anonymous", "manager", "neighbour", "employer"])
def test_what_a_caseworker_fills_in_is_opened_by_nobody_else(client, koege, roskilde, employer, call, who):
    draft = begin(
        contact=call, kind=Kind.OTHER, workplace=call.workplace, person=call.person, by=koege.caseworker
    )
    people = {"manager": koege.manager, "neighbour": roskilde.caseworker, "employer": employer}
    if who in people:
        client.force_login(people[who])

    for address in (reverse("enquiries:draft", args=[draft.pk]), *(step(draft, name) for name in Step)):
        assert client.get(address).status_code == 404
    assert client.post(step(draft, Step.SEND)).status_code == 404
    assert not Enquiry.objects.exists()


def test_somebody_new_is_asked_for_in_the_first_step(client, caseworker, call):
    opened(client, call, Kind.OTHER, person="")

    draft = Draft.objects.get()
    assertRedirects(client.get(reverse("enquiries:draft", args=[draft.pk])), step(draft, Step.COMPANY))


@pytest.mark.parametrize("kind", ["wage_subsidy", "work_trial"])
def test_a_placement_is_begun_with_its_own_form_and_stands_on_the_contact(
    client, koege, caseworker, call, kind
):
    response = opened(client, call, kind)

    placement = Placement.objects.get()
    assert response.url == reverse("placements:fill", args=[placement.pk])
    assert (placement.kind, placement.person, placement.workplace) == (kind, call.person, call.workplace)
    assert (placement.owner, placement.of_contact.contact) == (caseworker, call)
    assertContains(client.get(call.get_absolute_url()), placement.reference)

    opened(client, call, kind)
    assert Placement.objects.count() == 1


def test_a_placement_needs_a_person(client, caseworker, call):
    page = opened(client, call, "wage_subsidy", person="")

    assertContains(page, "Vælg kontaktpersonen")
    assert not Placement.objects.exists()


def test_a_person_of_another_company_cannot_be_chosen(client, caseworker, call):
    other = Company.objects.create(cvr="99000027", name="Vallø Mosteri ApS")
    stranger = Person.objects.create(company=other, name="Hans Holm", email="hans@example.dk")

    page = opened(client, call, "wage_subsidy", person=stranger.pk)

    assert page.status_code == 200
    assertNotContains(page, "Hans Holm")
    assert not Placement.objects.exists()


def test_from_a_plan_nothing_is_opened_yet(client, caseworker, make_contact):
    plan = make_contact(state="planned", outcome="", happened_at=timezone.now() + timedelta(days=1))

    page = client.get(reverse("desk:open_from", args=[plan.pk]), follow=True)

    assertContains(page, "Log kontakten først")


@pytest.mark.parametrize(
    ("purpose", "kind"), [(Purpose.BOTTLENECK, Kind.RECRUIT), (Purpose.UPSKILLING, Kind.RETENTION)]
)
def test_what_the_contact_was_about_is_chosen_already(client, caseworker, make_contact, purpose, kind):
    contact = make_contact(purposes=[purpose, Purpose.OTHER])

    page = client.get(reverse("desk:open_from", args=[contact.pk]))

    assert page.context["form"]["what"].value() == kind


def test_after_logging_one_goes_on_to_it_at_once(client, caseworker, company):
    response = client.post(reverse("contacts:log", args=[company.pk]), filled(then="open"))

    contact = Contact.objects.get()
    assertRedirects(response, reverse("desk:open_from", args=[contact.pk]))


def test_the_timeline_has_the_way_for_ones_own_contacts_alone(
    client, koege, roskilde, company, call, make_contact
):
    theirs = make_contact(jobcentre=roskilde.jobcentre, by=roskilde.caseworker)
    client.force_login(koege.caseworker)

    page = client.get(company.get_absolute_url())

    assertContains(page, reverse("desk:open_from", args=[call.pk]))
    assertNotContains(page, reverse("desk:open_from", args=[theirs.pk]))


def test_what_came_of_it_is_shown_as_far_as_one_may_see_it(client, koege, caseworker, call, typed_need):
    """A confidential enquiry stands on the contact for its owner and the manager, and for no colleague."""
    opened(client, call, Kind.DISMISSALS)
    draft = Draft.objects.get()
    client.post(step(draft, Step.NEED), typed_need(Kind.DISMISSALS))
    client.post(step(draft, Step.SEND))
    reference = Enquiry.objects.get().reference
    assertContains(client.get(call.get_absolute_url()), reference)

    client.force_login(make_user("Nina Dahl", koege.jobcentre.organisation, Role.CASEWORKER))

    assertNotContains(client.get(call.get_absolute_url()), reference)


def test_the_database_refuses_a_draft_of_a_caseworker_without_a_contact(koege):
    with pytest.raises(IntegrityError, match="draft_on_behalf_comes_from_a_contact"), transaction.atomic():
        Draft.objects.create(kind=Kind.OTHER, by=koege.caseworker)

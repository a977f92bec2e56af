"""The three steps as an employer meets them: what is typed is kept, what follows from it is shown."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from employers.companies.models import Company, Person, RegisterCompany
from employers.enquiries.models import DRAFT_KEPT, Draft, Enquiry, Kind, Step
from employers.vacancies.models import Vacancy
from jobcenter.notifications.models import Mail
from tests.employers.enquiries.conftest import AT_KOEGE, CVR, UNKNOWN_CVR

pytestmark = pytest.mark.django_db

RECRUIT = "/henvend/recruit/"
HTMX = {"HTTP_HX_REQUEST": "true"}


def at(draft: Draft, step: Step) -> str:
    return reverse("enquiries:step", args=[draft.pk, step])


def test_from_the_front_page_to_the_receipt_without_a_script(client, koege, typed_company, typed_vacancy):
    page = client.get("/")
    assertContains(page, f'href="{RECRUIT}"')

    page = client.post(RECRUIT, {"cvr": CVR, "action": "look"}, follow=True)
    assertContains(page, "Tigermosens Plast ApS")
    assertContains(page, "P-nr. 1 999 000 107 · 18 ansatte")
    assertNotContains(page, "Fejl")

    page = client.post(page.request["PATH_INFO"], {**typed_company, "action": "on"}, follow=True)
    assertContains(page, "Hvilken stilling er det?")

    page = client.post(page.request["PATH_INFO"], {**typed_vacancy, "action": "on"}, follow=True)
    assertContains(page, "Er det rigtigt?")
    assertContains(page, "Betjening af maskiner til plast (8142)")

    page = client.post(page.request["PATH_INFO"], follow=True)
    enquiry = Enquiry.objects.get()
    assertContains(page, "Tak. Karim Holst i Jobcenter Køge svarer.")
    assertContains(page, enquiry.reference)
    assert enquiry.vacancy.state == Vacancy.State.SUBMITTED


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.RECRUIT])
def test_every_other_choice_ends_in_a_receipt(client, koege, typed_company, typed_need, kind):
    page = client.post(f"/henvend/{kind}/", {**typed_company, "action": "on"}, follow=True)
    message = {**typed_need(kind), "message": "Vi vil gerne høre om mulighederne.", "action": "on"}

    page = client.post(page.request["PATH_INFO"], message, follow=True)
    client.post(page.request["PATH_INFO"], follow=True)

    enquiry = Enquiry.objects.get()
    assert (enquiry.kind, enquiry.message, enquiry.vacancy) == (kind, message["message"], None)


def test_what_is_typed_first_makes_a_draft_with_an_address_of_its_own(client, registered):
    page = client.post(RECRUIT, {"cvr": CVR, "name": "Mette", "action": "look"}, follow=True)

    draft = Draft.objects.get()
    assert page.request["PATH_INFO"] == at(draft, Step.COMPANY)
    assertContains(page, 'value="Mette"')
    assertContains(page, "Kladden blev gemt")


def test_with_a_script_the_page_takes_the_drafts_address(client, registered):
    page = client.post(RECRUIT, {"cvr": CVR, "action": "look"}, **HTMX)

    assert page["HX-Replace-Url"] == at(Draft.objects.get(), Step.COMPANY)
    assertContains(page, f'action="{page["HX-Replace-Url"]}"')


def test_who_answers_and_when_is_shown_as_soon_as_the_workplace_is_chosen(client, registered):
    before = client.post(RECRUIT, {"cvr": CVR, "action": "look"}, **HTMX)
    draft = Draft.objects.get()
    after = client.post(
        at(draft, Step.COMPANY), {"cvr": CVR, "workplace": AT_KOEGE, "action": "look"}, **HTMX
    )

    assertNotContains(before, "Jobcenter Køge")
    assertContains(after, "Jobcenter Køge")
    assertContains(after, "fordi arbejdsstedet ligger i Køge Kommune")
    assertContains(after, "Der søges også i")
    assertNotContains(after, "Fejl: ")


def test_looking_tells_what_is_wrong_with_the_number_and_not_what_is_missing(client, koege):
    page = client.post(RECRUIT, {"cvr": "99000016", "action": "look"}, **HTMX)

    assertContains(page, "cifrene passer ikke sammen")
    assertNotContains(page, "Skriv navnet på jeres kontaktperson")


def test_nothing_but_the_number_is_a_wish_to_look(client, registered):
    page = client.post(RECRUIT, {"cvr": CVR, "action": "on"}, follow=True)
    page = client.post(page.request["PATH_INFO"], {"cvr": CVR, "action": "on"})

    assertContains(page, "Hvor skal medarbejderen arbejde?")
    assertNotContains(page, "Fejl: ")


def test_typing_a_number_shows_nobody_we_know_at_the_company(client, koege, make_enquiry, company):
    make_enquiry(message="Vi lukker til foråret")
    company.cvr = UNKNOWN_CVR
    company.save()

    page = client.post(RECRUIT, {"cvr": UNKNOWN_CVR, "action": "look"}, follow=True)

    assertContains(page, "Nummeret er ikke i registret")
    for known in ("Strandmarkens", "Mette Bruun", "strandmarken.example", "Vi lukker", "Tangmosevej"):
        assertNotContains(page, known)


def test_what_was_typed_wrong_is_still_there(client, make_draft):
    draft = make_draft()

    page = client.post(at(draft, Step.NEED), {"title": "Smed", "hours": "mange", "action": "on"})

    assertContains(page, 'value="mange"')
    draft.refresh_from_db()
    assert draft.answers[Step.NEED]["hours"] == "mange"
    assertContains(client.get(at(draft, Step.NEED)), 'value="mange"')


def test_what_was_typed_in_a_field_that_is_not_asked_for_now_is_kept(client, make_draft):
    draft = make_draft(workplace="andet", address="Havnevej 3", postcode="4000")

    client.post(at(draft, Step.COMPANY), {"cvr": CVR, "workplace": AT_KOEGE, "action": "look"})

    draft.refresh_from_db()
    assert draft.answers[Step.COMPANY]["address"] == "Havnevej 3"


def test_saving_for_later_gives_the_address_and_mails_it(client, registered):
    page = client.post(
        RECRUIT, {"cvr": CVR, "email": "Mette@tigermosen.example", "action": "later"}, follow=True
    )

    address = reverse("enquiries:draft", args=[Draft.objects.get().pk])
    assertContains(page, f"http://testserver{address}")
    mail = Mail.objects.get()
    assert mail.to == "mette@tigermosen.example"
    assert address in mail.body
    assert CVR not in mail.body, "nothing typed is sent to an address that is not proven"


def test_saving_again_and_again_mails_the_address_once(client, registered):
    for _time in range(3):
        client.post(RECRUIT, {"cvr": CVR, "email": "mette@tigermosen.example", "action": "later"})

    assert Mail.objects.count() == 1


@pytest.mark.parametrize("email", ["", "mette@", "mette@tigermosen"])
def test_saving_without_a_proper_address_mails_nothing(client, registered, email):
    page = client.post(RECRUIT, {"cvr": CVR, "email": email, "action": "later"}, follow=True)

    assertContains(page, "Kladden er gemt")
    assert not Mail.objects.exists()


def test_the_drafts_address_leads_to_the_first_step_that_is_not_done(client, make_draft):
    half = make_draft(title="")
    whole = make_draft()

    assertRedirects(client.get(reverse("enquiries:draft", args=[half.pk])), at(half, Step.NEED))
    assertRedirects(client.get(reverse("enquiries:draft", args=[whole.pk])), at(whole, Step.SEND))


def test_a_draft_that_was_sent_leads_to_its_receipt_from_every_step(client, make_draft):
    draft = make_draft()
    client.post(at(draft, Step.SEND))
    receipt = reverse("enquiries:receipt", args=[draft.pk])

    for step in Step:
        assertRedirects(client.get(at(draft, step)), receipt, target_status_code=302)
        assertRedirects(
            client.post(at(draft, step), {"title": "noget andet"}), receipt, target_status_code=302
        )
    assert Enquiry.objects.get().vacancy.title == "Procesoperatør"


def test_pressing_send_twice_shows_the_same_receipt(client, make_draft):
    draft = make_draft()

    first = client.post(at(draft, Step.SEND), follow=True)
    second = client.post(at(draft, Step.SEND), follow=True)

    reference = Enquiry.objects.get().reference
    assertContains(first, reference)
    assertContains(second, reference)
    assert Mail.objects.count() == 1


def test_what_no_longer_holds_leads_back_to_its_step_with_a_sentence(client, make_draft):
    draft = make_draft(apply_by=str(timezone.localdate() - timedelta(days=1)))

    page = client.post(at(draft, Step.SEND), follow=True)

    assertContains(page, "Hvilken stilling er det?")
    assertContains(page, "Ansøgningsfristen er overskredet")
    assert not Enquiry.objects.exists()


def test_without_anybody_to_receive_it_the_last_step_says_so_and_keeps_the_draft(client, koege, make_draft):
    draft = make_draft()
    koege.caseworker.delete()
    koege.manager.delete()

    page = client.post(at(draft, Step.SEND))

    assertContains(page, "Intet jobcenter kan modtage en henvendelse for dette arbejdssted i øjeblikket")
    assert Draft.objects.filter(pk=draft.pk, enquiry=None).exists()


@pytest.mark.parametrize("step", ["virksomhed", "behov", "send"])
def test_another_key_opens_nothing(client, make_draft, step):
    make_draft()

    assert client.get(reverse("enquiries:step", args=[uuid4(), step])).status_code == 404


def test_a_draft_is_kept_for_thirty_days_and_then_forgotten(client, make_draft):
    from employers.enquiries.tasks import forget_drafts

    draft, sent, fresh = make_draft(), make_draft(), make_draft()
    client.post(at(sent, Step.SEND))
    long_ago = timezone.now() - DRAFT_KEPT - timedelta(minutes=1)
    Draft.objects.exclude(pk=fresh.pk).update(saved_at=long_ago)

    assert client.get(at(draft, Step.COMPANY)).status_code == 404
    forget_drafts()

    assert list(Draft.objects.all()) == [fresh]
    assert Enquiry.objects.count() == 1


def test_the_form_is_never_kept_by_a_browser_or_a_proxy(client, make_draft):
    page = client.get(at(make_draft(), Step.COMPANY))

    assert "no-store" in page["Cache-Control"]


def test_the_whole_way_can_be_gone_in_english(client, make_draft):
    draft = make_draft()
    client.cookies["django_language"] = "en"

    assertContains(client.get("/"), "What do you need?")
    assertContains(client.get(at(draft, Step.COMPANY)), "Which company and which workplace?")
    assertContains(client.get(at(draft, Step.NEED)), "Which job is it?")
    page = client.post(at(draft, Step.SEND), follow=True)

    assertContains(page, "Thank you. Karim Holst at Jobcenter Køge answers.")
    assertContains(page, "You have an answer by")
    assert Mail.objects.get().language == "en"


def test_the_number_reveals_nothing_that_we_know_ourselves(client, registered):
    company = Company.objects.create(cvr=CVR, name="Det gamle navn A/S")
    Person.objects.create(
        company=company, name="Mette Bruun", email="mette@strandmarken.example", phone="56 00 12 34"
    )

    page = client.post(RECRUIT, {"cvr": CVR, "action": "look"}, follow=True)

    for secret in ("Mette", "mette@", "56 00 12 34", "Det gamle navn"):
        assertNotContains(page, secret)


def test_a_company_that_has_ceased_is_shown_as_such(client, registered):
    RegisterCompany.objects.update(is_active=False)

    page = client.post(RECRUIT, {"cvr": CVR, "action": "look"}, follow=True)

    assertContains(page, "Er det det nummer, I bruger nu?")
    assertNotContains(page, "Normal drift")


def test_the_name_of_a_company_in_the_register_is_shown_as_text(client, registered):
    RegisterCompany.objects.update(name="<script>alert(1)</script> ApS")

    page = client.post(RECRUIT, {"cvr": CVR, "action": "look"}, follow=True)

    assertNotContains(page, "<script>alert")
    assertContains(page, "&lt;script&gt;alert")

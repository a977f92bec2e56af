"""The quick log, as a page and in a dialog."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from employers.companies.models import Company, Workplace
from employers.contacts.models import Contact, FollowUp, Purpose
from jobcenter.accounts.models import Membership, Role, User

IN_DIALOG = {"HTTP_HX_REQUEST": "true"}


def filled(**otherwise):
    """What a caseworker sends; any of it can be otherwise."""
    return {
        "person": "",
        "new_person": "",
        "channel": "phone",
        "direction": "out",
        "purposes": ["recruitment"],
        "outcome": "need",
        "note": "Montageholdet mangler to.",
        "happened_at": stamp(timezone.localtime() - timedelta(minutes=10)),
        "next_step": "",
        "next_on": "",
        "next_by": "",
        **otherwise,
    }


def stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M")


@pytest.fixture
def address(company):
    return reverse("contacts:log", args=[company.pk])


@pytest.fixture
def caseworker(client, koege):
    client.force_login(koege.caseworker)
    return koege.caseworker


def test_a_contact_is_logged_and_the_next_step_comes_on_my_day(client, caseworker, company, koege, address):
    today = timezone.localdate().isoformat()
    person = company.people.get()

    response = client.post(
        address,
        filled(
            person=str(person.pk), next_step="Send to profiler", next_on=today, next_by=str(caseworker.pk)
        ),
    )

    assertRedirects(response, company.get_absolute_url())
    contact = Contact.objects.get()
    assert (contact.by, contact.jobcentre, contact.person) == (caseworker, koege.jobcentre, person)
    assert (contact.purposes, contact.outcome) == ([Purpose.RECRUITMENT], Contact.Outcome.NEED)
    assertContains(client.get(reverse("desk:my_day")), "Send to profiler")


def test_the_page_says_it_is_logged_and_shows_the_note_at_home(client, caseworker, company, address):
    page = client.post(address, filled(), follow=True)

    assertContains(page, f"Kontakten med {company.name} er logget.")
    assertContains(page, "Montageholdet mangler to.")


def test_a_new_person_is_added_to_the_company(client, caseworker, company, address):
    client.post(address, filled(person="new", new_person="Lars Fink"))

    assert Contact.objects.get().person == company.people.get(name="Lars Fink")


def test_a_name_typed_without_choosing_new_person_is_not_lost(client, caseworker, company, address):
    client.post(address, filled(new_person="Lars Fink"))

    assert Contact.objects.get().person.name == "Lars Fink"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"purposes": []}, "Vælg, hvad kontakten handler om"),
        ({"outcome": ""}, "Vælg under „Udfald“"),
        ({"happened_at": ""}, "Skriv, hvornår kontakten finder eller fandt sted"),
        ({"happened_at": "i går"}, "Skriv en dato og et klokkeslæt"),
        ({"person": "new"}, "Skriv den nye persons navn"),
        ({"next_step": "Ring igen"}, "Vælg en dato for næste skridt"),
        ({"next_on": "2099-01-01"}, "Skriv, hvad næste skridt er"),
        ({"next_step": "Ring igen", "next_on": "2020-01-01"}, "Datoen for næste skridt er passeret"),
        ({"note": "Montageholdet mangler to. Spørg 010190-1234."}, "010190-xxxx"),
        ({"next_step": "Skriv til 010190-1234", "next_on": "2099-01-01"}, "010190-xxxx"),
        ({"person": "new", "new_person": "Ole 010190-1234"}, "010190-xxxx"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client, caseworker, address, wrong, sentence):
    page = client.post(address, filled(**wrong))

    assert page.status_code == 200
    assertContains(page, sentence)
    assertContains(page, "Montageholdet mangler to.")
    assert not Contact.objects.exists()
    assert not FollowUp.objects.exists()


def test_a_time_in_the_future_is_a_plan_and_has_no_outcome_yet(client, caseworker, address):
    ahead = stamp(timezone.localtime() + timedelta(hours=2))

    page = client.post(address, filled(happened_at=ahead))
    assertContains(page, "Tidspunktet ligger forude, så der er ikke noget udfald endnu")
    assertContains(page, "Montageholdet mangler to.")
    assert not Contact.objects.exists()

    page = client.post(address, filled(happened_at=ahead, outcome=""), follow=True)
    assertContains(page, "er planlagt")
    assert list(Contact.objects.planned().values_list("outcome", flat=True)) == [""]
    assert not Contact.objects.held().exists()


def test_who_may_read_the_note_is_chosen_with_it(client, caseworker, address):
    client.post(address, filled(visibility="catchment"))

    assert Contact.objects.get().visibility == Contact.Visibility.CATCHMENT


def test_one_conversation_may_be_about_several_things(client, caseworker, company, address):
    page = client.post(address, filled(purposes=["upskilling", "recruitment"]), follow=True)

    assert Contact.objects.get().purposes == ["upskilling", "recruitment"]
    assertContains(page, "opkvalificering, rekruttering")


def test_a_clock_a_minute_ahead_is_taken_for_now(client, caseworker, address):
    client.post(address, filled(happened_at=stamp(timezone.localtime() + timedelta(minutes=1))))

    contact = Contact.objects.get()
    assert contact.happened_at <= contact.logged_at


def test_a_wrong_year_is_noticed(client, caseworker, address):
    page = client.post(address, filled(happened_at="2006-11-19T11:00"))

    assertContains(page, "Er årstallet rigtigt?")
    assert not Contact.objects.exists()


def test_a_double_click_logs_once_and_says_so(client, caseworker, address):
    data = filled()
    client.post(address, data)

    page = client.post(address, data)

    assertContains(page, "Du har allerede logget denne kontakt.")
    assert Contact.objects.count() == 1


def test_a_person_of_another_company_cannot_be_chosen(client, caseworker, koege, address):
    other = Company.objects.create(cvr="99000027", name="Vallø Mosteri ApS")
    stranger = other.people.create(name="Hans Holm")

    page = client.post(address, filled(person=str(stranger.pk)))

    assert not Contact.objects.exists()
    assertNotContains(page, "Hans Holm")


def test_a_colleague_of_another_jobcentre_cannot_be_given_the_next_step(
    client, caseworker, roskilde, address
):
    page = client.post(
        address, filled(next_step="Ring igen", next_on="2099-01-01", next_by=str(roskilde.caseworker.pk))
    )

    assert page.status_code == 200
    assert not Contact.objects.exists()
    assertNotContains(page, roskilde.caseworker.name)


def test_before_logging_one_is_told_who_else_was_in_contact_but_not_what_they_noted(
    client, caseworker, roskilde, make_contact, address
):
    make_contact(
        jobcentre=roskilde.jobcentre,
        by=roskilde.caseworker,
        note="Direktøren er syg",
        purposes=[Purpose.UPSKILLING],
    )

    page = client.get(address)

    assertContains(page, "Jobcenter Roskilde var i kontakt med dem")
    assertContains(page, "om opkvalificering")
    assertNotContains(page, "Direktøren er syg")


def test_the_dialog_gets_only_the_form_and_reloads_the_page_it_was_opened_on(client, caseworker, address):
    form = client.get(address, **IN_DIALOG)
    assertContains(form, 'id="log-form"')
    assertNotContains(form, "<html")

    saved = client.post(address, filled(), **IN_DIALOG)

    assert saved.headers["HX-Refresh"] == "true"
    assert Contact.objects.count() == 1


def test_the_dialog_keeps_what_was_typed_when_something_is_wrong(client, caseworker, address):
    form = client.post(address, filled(purposes=[]), **IN_DIALOG)

    assertContains(form, "Vælg, hvad kontakten handler om")
    assertContains(form, "Montageholdet mangler to.")
    assertNotContains(form, "<html")


def test_a_company_is_found_by_name_and_by_number(client, caseworker, company):
    for words in ("emballage", "99 00 00 19", "9900"):
        assertContains(client.get(reverse("contacts:choose"), {"q": words}), company.name)


def test_a_company_outside_the_catchment_is_not_found(client, caseworker, aarhus):
    far = Company.objects.create(cvr="99000035", name="Risskov Emballage A/S")
    Workplace.objects.create(
        company=far, address="Strandvej 1", postcode="8240", municipality=aarhus.municipality
    )

    page = client.get(reverse("contacts:choose"), {"q": "emballage"})

    assertNotContains(page, "Risskov")
    assert client.get(reverse("contacts:log", args=[far.pk])).status_code == 404
    assert client.post(reverse("contacts:log", args=[far.pk]), filled()).status_code == 404
    assert not Contact.objects.exists()


def test_those_one_has_just_been_in_contact_with_are_offered_first(
    client, caseworker, roskilde, make_contact
):
    mine = make_contact().company
    theirs = Company.objects.create(cvr="99000035", name="Himmelev Tag ApS")
    Workplace.objects.create(
        company=theirs, address="Himmelevvej 1", postcode="4000", municipality=roskilde.municipality
    )
    make_contact(company=theirs, jobcentre=roskilde.jobcentre, by=roskilde.caseworker)

    page = client.get(reverse("contacts:choose"))

    assertContains(page, mine.name)
    assertNotContains(page, theirs.name)


class TestFollowUp:
    @pytest.fixture
    def follow_up(self, make_contact, koege, company):
        return FollowUp.objects.create(
            contact=make_contact(),
            company=company,
            jobcentre=koege.jobcentre,
            owner=koege.caseworker,
            due_on=timezone.localdate(),
            what="Ring om natholdet",
        )

    def test_is_marked_as_done_and_leaves_my_day(self, client, caseworker, follow_up):
        page = client.post(reverse("contacts:done", args=[follow_up.pk]), follow=True)

        assertContains(page, "Udført: Ring om natholdet")
        follow_up.refresh_from_db()
        assert follow_up.done_at is not None
        assertNotContains(client.get(reverse("desk:my_day")), "Ring om natholdet")

    def test_a_second_time_says_that_it_was_done(self, client, caseworker, follow_up):
        client.post(reverse("contacts:done", args=[follow_up.pk]))
        first = FollowUp.objects.get().done_at

        page = client.post(reverse("contacts:done", args=[follow_up.pk]), follow=True)

        assertContains(page, "var allerede udført")
        assert FollowUp.objects.get().done_at == first

    def test_goes_back_to_the_page_one_came_from_but_never_to_another_site(
        self, client, caseworker, follow_up, company
    ):
        address = reverse("contacts:done", args=[follow_up.pk])

        assertRedirects(
            client.post(address, {"next": company.get_absolute_url()}), company.get_absolute_url()
        )
        assertRedirects(client.post(address, {"next": "https://ond.example/"}), reverse("desk:my_day"))

    def test_of_another_jobcentre_does_not_exist(self, client, roskilde, follow_up):
        client.force_login(roskilde.caseworker)

        response = client.post(reverse("contacts:done", args=[follow_up.pk]))

        assert response.status_code == 404
        assert FollowUp.objects.get().done_at is None

    def test_is_not_done_by_looking(self, client, caseworker, follow_up):
        assert client.get(reverse("contacts:done", args=[follow_up.pk])).status_code == 405


class TestAdministration:
    SECRETS = ("Direktøren overvejer at lukke natholdet", "Spørg ind til opsigelserne")

    @pytest.fixture
    def follow_up(self, make_contact, koege, company):
        return FollowUp.objects.create(
            contact=make_contact(note=self.SECRETS[0]),
            company=company,
            jobcentre=koege.jobcentre,
            owner=koege.caseworker,
            due_on=timezone.localdate(),
            what=self.SECRETS[1],
        )

    @pytest.mark.parametrize("model", ["contact", "followup"])
    def test_the_administrator_sees_neither_note_nor_next_step(self, client, administrator, follow_up, model):
        client.force_login(administrator)
        pk = follow_up.pk if model == "followup" else follow_up.contact_id

        pages = [
            client.get(reverse(f"admin:contacts_{model}_changelist")),
            client.get(reverse(f"admin:contacts_{model}_changelist"), {"q": "natholdet"}),
            client.get(reverse(f"admin:contacts_{model}_change", args=[pk])),
            client.get(reverse(f"admin:contacts_{model}_history", args=[pk])),
        ]

        for page in pages:
            assert page.status_code == 200
            for secret in self.SECRETS:
                assertNotContains(page, secret)

    def test_a_note_is_not_found_by_searching_for_it(self, client, administrator, follow_up):
        client.force_login(administrator)

        page = client.get(reverse("admin:contacts_contact_changelist"), {"q": "natholdet"})

        assert page.context["cl"].result_count == 0

    def test_a_follow_up_can_be_given_to_a_colleague_and_to_nobody_else(
        self, client, administrator, follow_up, koege, roskilde
    ):
        client.force_login(administrator)
        address = reverse("admin:contacts_followup_change", args=[follow_up.pk])
        due_on = follow_up.due_on.isoformat()

        client.post(address, {"owner": roskilde.caseworker.pk, "due_on": due_on})
        assert FollowUp.objects.get().owner == koege.caseworker

        client.post(address, {"owner": koege.manager.pk, "due_on": due_on})
        assert FollowUp.objects.get().owner == koege.manager
        assert FollowUp.objects.get().what == self.SECRETS[1]

    def test_nothing_is_made_or_deleted_there(self, client, administrator, follow_up):
        client.force_login(administrator)

        assert client.get(reverse("admin:contacts_contact_add")).status_code == 403
        assert (
            client.post(
                reverse("admin:contacts_contact_delete", args=[follow_up.contact_id]), {"post": "yes"}
            ).status_code
            == 403
        )


def test_somebody_new_in_the_jobcentre_can_be_given_the_next_step(client, caseworker, koege, address):
    colleague = User.objects.create_user("nina@example.dk", name="Nina Dahl")
    Membership.objects.create(user=colleague, organisation=koege.jobcentre.organisation, role=Role.CASEWORKER)

    client.post(address, filled(next_step="Ring igen", next_on="2099-01-01", next_by=str(colleague.pk)))

    assert FollowUp.objects.get().owner == colleague

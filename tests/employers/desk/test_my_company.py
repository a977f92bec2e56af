"""An employer's own page."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from employers.companies.models import Company
from employers.contacts.models import Contact, FollowUp, Purpose
from employers.enquiries.models import Enquiry
from jobcenter.accounts.models import Organisation, Role
from tests.conftest import make_user
from tests.employers.desk.conftest import (
    KOEGES_MESSAGE,
    KOEGES_NEXT_STEP,
    KOEGES_NOTE,
    KOEGES_WAITING_VACANCY,
)
from tests.queries import assert_same_queries

ADDRESS = "/min-virksomhed/"


@pytest.fixture
def page(client, employer):
    client.force_login(employer)
    return lambda: client.get(ADDRESS)


def test_the_company_sees_who_contacted_it_when_about_what_and_from_where(page, contact, koege):
    shown = page()

    for text in ("Jobcenter Køge", koege.caseworker.name, "Fastholdelse og sygdom", "Telefon"):
        assertContains(shown, text)


def test_the_company_never_sees_a_note_a_plan_or_how_it_went(page, everything):
    shown = page()

    for secret in (KOEGES_NOTE, KOEGES_NEXT_STEP, "aftale indgået"):
        assertNotContains(shown, secret)


def test_contacts_of_every_jobcentre_are_there(page, contact, make_contact, roskilde, aarhus):
    for centre in (roskilde, aarhus):
        make_contact(jobcentre=centre.jobcentre, by=centre.caseworker)

    shown = page()

    for name in ("Jobcenter Køge", "Jobcenter Roskilde", "Jobcenter Aarhus"):
        assertContains(shown, name)


def test_when_the_company_called_itself_it_says_so(page, make_contact):
    make_contact(direction=Contact.Direction.IN)

    assertContains(page(), "I kontaktede dem")


def test_enquiries_lead_to_their_private_pages(page, enquiry, recruiting):
    shown = page()

    assertContains(shown, enquiry.link)
    assertContains(shown, recruiting.link)
    assertContains(shown, KOEGES_WAITING_VACANCY)


def test_nothing_of_another_company_is_there(page, koege, everything, make_contact):
    other = Company.objects.create(cvr="99000027", name="Vallø Mosteri ApS")
    make_contact(company=other, note="Mosteriets note")

    assertNotContains(page(), other.name)
    assertContains(page(), "Telefon", count=1)


def test_someone_from_another_company_sees_only_their_own(client, everything, company):
    organisation = Organisation.objects.create(kind=Organisation.Kind.COMPANY, name="Vallø Mosteri ApS")
    Company.objects.create(cvr="99000027", name=organisation.name, organisation=organisation)
    client.force_login(make_user("Hans Holm", organisation, Role.EMPLOYER))

    shown = client.get(ADDRESS)

    assertContains(shown, "Vallø Mosteri")
    for text in (company.name, KOEGES_MESSAGE, KOEGES_WAITING_VACANCY, KOEGES_NOTE, "Jobcenter Køge"):
        assertNotContains(shown, text)


class TestUntilConfirmed:
    @pytest.fixture
    def page(self, client, newcomer):
        client.force_login(newcomer)
        return lambda: client.get(ADDRESS)

    def test_nothing_of_the_company_is_seen_and_it_is_said_why(self, page, everything, enquiry, koege):
        shown = page()

        assertContains(shown, "Jobcentret har endnu ikke bekræftet, at du handler for virksomheden")
        for text in (
            KOEGES_WAITING_VACANCY,
            enquiry.reference,
            enquiry.link,
            "Mette Bruun",
            koege.caseworker.name,
        ):
            assertNotContains(shown, text)

    def test_what_one_sent_oneself_is_seen(
        self, page, everything, make_enquiry, make_vacancy, company, newcomer
    ):
        me = company.people.create(name="Niels Ny", email=newcomer.email.upper())
        mine = make_enquiry(person=me, vacancy=make_vacancy(title="Lagermedarbejder"))

        shown = page()

        assertContains(shown, mine.link)
        assertContains(shown, "Lagermedarbejder")
        assertNotContains(shown, KOEGES_WAITING_VACANCY)

    def test_an_address_used_at_another_company_opens_nothing_here(
        self, page, make_enquiry, newcomer, make_vacancy, koege
    ):
        other = Company.objects.create(cvr="99000027", name="Vallø Mosteri ApS")
        place = other.workplaces.create(
            address="Slotsvej 1", postcode="4600", municipality=koege.municipality
        )
        elsewhere = make_enquiry(
            company=other,
            workplace=place,
            person=other.people.create(name="Niels Ny", email=newcomer.email),
            vacancy=make_vacancy(company=other, workplace=place, title="Presser"),
        )

        shown = page()

        assertNotContains(shown, elsewhere.reference)
        assertNotContains(shown, "Presser")


def test_the_page_asks_the_database_as_often_for_three_rows_as_for_one(page, make_contact, make_enquiry):
    def add_one_of_everything():
        make_contact()
        make_enquiry(kind=Enquiry.Kind.OTHER, message="Hjælp")
        make_enquiry()

    assert_same_queries(open_page=page, add_row=add_one_of_everything)


class TestWhoContactedUs:
    @pytest.fixture
    def who(self, client, employer):
        client.force_login(employer)
        return lambda query="": client.get(f"/min-virksomhed/kontakter/{query}")

    def test_past_and_planned_contacts_and_never_a_note_a_step_or_an_outcome(self, who, everything, koege):
        shown = who()

        for text in ("Planlagt", "Indtil nu", "Jobcenter Køge", "Fastholdelse og sygdom", "Karim Holst"):
            assertContains(shown, text)
        for secret in (KOEGES_NOTE, KOEGES_NEXT_STEP, "aftale indgået"):
            assertNotContains(shown, secret)

    def test_it_can_be_narrowed_by_jobcentre_topic_and_period(self, who, make_contact, koege, roskilde):
        now = timezone.now()
        make_contact(purposes=[Purpose.RETENTION], happened_at=now - timedelta(days=60))
        make_contact(
            jobcentre=roskilde.jobcentre, by=roskilde.caseworker, happened_at=now - timedelta(days=2)
        )

        def rows(query):
            return who(query).text.count("<tr>") - 1

        assert rows("") == 2
        assert rows(f"?fra={roskilde.jobcentre.pk}") == 1
        assert rows("?om=retention") == 1
        assert rows("?dage=28") == 1
        assert rows("?dage=28&om=retention") == -1
        assert rows("?fra=nonsens&om=vejret&dage=x") == 2
        assertContains(who("?om=bottleneck"), "Ingen kontakt passer med det, du har valgt")

    def test_jobcentres_without_a_contact_are_not_offered(self, who, make_contact, roskilde):
        make_contact()

        assertNotContains(who(), "Jobcenter Roskilde")

    def test_long_lists_come_in_pages(self, who, make_contact):
        for hour in range(23):
            make_contact(happened_at=timezone.now() - timedelta(hours=hour + 1))

        assert who().text.count("<tr>") == 21
        assert who("?side=2").text.count("<tr>") == 4

    def test_a_follow_up_that_is_done_or_past_is_not_planned(self, who, contact):
        FollowUp.objects.update(due_on=timezone.localdate() - timedelta(days=1))
        assertNotContains(who(), "Planlagt")

    def test_it_asks_as_often_for_three_contacts_as_for_one(self, who, make_contact, koege, company):
        def add_one():
            contact = make_contact(happened_at=timezone.now())
            FollowUp.objects.create(
                contact=contact,
                company=company,
                jobcentre=koege.jobcentre,
                owner=koege.caseworker,
                due_on=timezone.localdate(),
                what="Ring",
            )

        assert_same_queries(open_page=who, add_row=add_one)

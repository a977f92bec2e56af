"""A company's page: everything at home, that and when and what about next door, nothing far away."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from employers.companies.models import Company, Workplace
from employers.contacts.knowing import known_before
from employers.contacts.models import FollowUp, Hold, Lead, Preferences, Purpose
from employers.enquiries.models import Enquiry
from employers.vacancies.models import Vacancy
from tests.employers.desk.conftest import (
    KOEGES_MESSAGE,
    KOEGES_NEXT_STEP,
    KOEGES_NOTE,
    KOEGES_SECRETS,
    KOEGES_WAITING_VACANCY,
)
from tests.queries import asked, assert_same_queries

PARTS = ("tidslinje", "kontakter", "henvendelser", "stillinger", "personer")


def every_page(company):
    return [
        company.get_absolute_url(),
        *(reverse("desk:company_part", args=[company.pk, part]) for part in PARTS),
        reverse("contacts:log", args=[company.pk]),
        reverse("contacts:choose") + "?q=emballage",
        reverse("desk:companies"),
    ]


@pytest.mark.parametrize("role", ["caseworker", "manager"])
def test_at_home_everything_is_there(client, koege, company, everything, role):
    client.force_login(getattr(koege, role))

    page = client.get(company.get_absolute_url())

    for text in (company.name, company.number, "Tangmosevej 88", "Mette Bruun", *KOEGES_SECRETS):
        assertContains(page, text)


def test_a_neighbour_sees_that_and_when_and_by_whom_and_what_about(client, koege, roskilde, company, contact):
    client.force_login(roskilde.caseworker)

    for address in every_page(company)[:2]:
        page = client.get(address)
        for text in ("Jobcenter Køge", koege.caseworker.name, "fastholdelse og sygdom", "Telefon"):
            assertContains(page, text)
        assertContains(page, f'datetime="{timezone.localtime(contact.happened_at).isoformat()}"')
        assertContains(page, "Noten bliver hos Jobcenter Køge")
        assertContains(page, 'class="ei-other"')


@pytest.mark.parametrize("role", ["caseworker", "manager"])
def test_a_neighbour_finds_no_note_no_message_and_no_plan_on_any_page(
    client, roskilde, company, everything, role
):
    client.force_login(getattr(roskilde, role))

    for address in every_page(company):
        page = client.get(address)
        for secret in KOEGES_SECRETS:
            assertNotContains(page, secret)


def test_a_neighbour_does_not_see_how_it_went_or_whom_they_talked_to(client, roskilde, company, contact):
    client.force_login(roskilde.caseworker)

    page = client.get(reverse("desk:company_part", args=[company.pk, "kontakter"]))

    assertNotContains(page, "aftale indgået")
    assertNotContains(page, "Mette Bruun")


def test_a_neighbour_sees_that_there_is_an_enquiry_its_kind_and_its_date(client, roskilde, company, enquiry):
    client.force_login(roskilde.caseworker)

    page = client.get(reverse("desk:company_part", args=[company.pk, "henvendelser"]))

    assertContains(page, enquiry.get_kind_display())
    assertContains(page, "Teksten bliver hos Jobcenter Køge")
    assertNotContains(page, reverse("desk:enquiry", args=[enquiry.pk]))
    assertNotContains(page, enquiry.reference)


def test_what_two_jobcentres_wrote_stays_with_each(client, koege, roskilde, company, contact, make_contact):
    make_contact(jobcentre=roskilde.jobcentre, by=roskilde.caseworker, note="Roskildes egen note")

    client.force_login(koege.caseworker)
    at_home = client.get(company.get_absolute_url())
    client.force_login(roskilde.caseworker)
    next_door = client.get(company.get_absolute_url())

    assertContains(at_home, KOEGES_NOTE)
    assertNotContains(at_home, "Roskildes egen note")
    assertContains(next_door, "Roskildes egen note")
    assertNotContains(next_door, KOEGES_NOTE)


def test_a_published_vacancy_is_for_all_and_one_that_waits_for_its_own(
    client, koege, roskilde, company, recruiting, published
):
    stillinger = reverse("desk:company_part", args=[company.pk, "stillinger"])
    client.force_login(roskilde.caseworker)
    next_door = client.get(stillinger)
    client.force_login(koege.caseworker)
    at_home = client.get(stillinger)

    assertContains(next_door, published.title)
    assertNotContains(next_door, KOEGES_WAITING_VACANCY)
    assertContains(at_home, KOEGES_WAITING_VACANCY)


def test_a_company_outside_the_catchment_does_not_exist(
    client, koege, aarhus, company, far_company, everything
):
    client.force_login(aarhus.caseworker)
    for address in every_page(company)[:6]:
        assert client.get(address).status_code == 404
    assertNotContains(client.get(reverse("desk:companies")), company.name)

    client.force_login(koege.caseworker)
    for address in every_page(far_company)[:6]:
        assert client.get(address).status_code == 404
    assertNotContains(client.get(reverse("desk:companies")), far_company.name)


def test_the_panel_says_who_was_in_contact_lately(client, koege, roskilde, company, make_contact):
    make_contact(
        jobcentre=roskilde.jobcentre,
        by=roskilde.caseworker,
        happened_at=timezone.now() - timedelta(days=1),
        note="Roskildes egen note",
    )
    client.force_login(koege.caseworker)

    page = client.get(company.get_absolute_url())

    assertContains(page, "Jobcenter Roskilde var i kontakt med dem i går om rekruttering.")
    assertContains(page, "Jobcenter Roskilde: 1 kontakt, i går om rekruttering (Sofie Lind)")


def test_the_panel_says_when_nobody_was(client, koege, roskilde, company, make_contact):
    make_contact(
        jobcentre=roskilde.jobcentre,
        by=roskilde.caseworker,
        happened_at=timezone.now() - timedelta(days=31),
    )
    client.force_login(koege.caseworker)

    assertContains(
        client.get(company.get_absolute_url()), "Ingen andre jobcentre har været i kontakt med dem"
    )


def test_everything_coordination_knows_is_read_in_thirteen_queries(koege, company, contact, make_hold):
    make_hold()

    queries = asked(lambda: known_before(company, jobcentre=koege.jobcentre, at=timezone.localtime()))

    assert queries.total() <= 13


@pytest.mark.parametrize(
    ("purpose", "sentence"),
    [
        ("", "Jobcenter Roskilde (Sofie Lind) har reserveret dem til rekruttering frem til"),
        ("recruitment", "Jobcenter Roskilde (Sofie Lind) har reserveret dem til rekruttering."),
        ("work_trial", "Spørg en, der kender dem, først: virksomheden ønsker ikke at blive kontaktet om"),
    ],
)
def test_the_panel_advises_about_the_purpose_that_is_chosen(
    client, koege, company, make_hold, purpose, sentence
):
    make_hold()
    Preferences.objects.create(company=company, unwanted=["work_trial"])
    client.force_login(koege.caseworker)

    page = client.get(company.get_absolute_url(), {"om": purpose})

    assertContains(page, sentence)


def test_the_panel_shows_that_and_when_a_neighbour_plans_and_not_what(client, roskilde, company, contact):
    client.force_login(roskilde.caseworker)

    page = client.get(company.get_absolute_url())

    assertContains(page, "Jobcenter Køge: planlagt kontakt i dag om fastholdelse og sygdom (Karim Holst)")
    assertNotContains(page, KOEGES_NEXT_STEP)


def test_the_panel_tells_of_the_lead_next_door_unless_there_is_one_here(client, koege, roskilde, company):
    client.force_login(koege.caseworker)
    today = timezone.localdate()
    Lead.objects.create(
        company=company, jobcentre=roskilde.jobcentre, user=roskilde.caseworker, valid_from=today
    )
    assertContains(client.get(company.get_absolute_url()), "Spørg Sofie Lind, Jobcenter Roskilde, først")

    Lead.objects.create(company=company, jobcentre=koege.jobcentre, user=koege.caseworker, valid_from=today)
    assertNotContains(client.get(company.get_absolute_url()), "Spørg Sofie Lind")


def test_a_hold_far_away_is_not_shown(client, koege, aarhus, company, make_hold):
    make_hold(jobcentre=aarhus.jobcentre, by=aarhus.caseworker)
    client.force_login(koege.caseworker)

    assertNotContains(client.get(company.get_absolute_url()), "Jobcenter Aarhus")


def test_ones_own_hold_can_be_released_there(client, koege, company, make_hold):
    hold = make_hold(jobcentre=koege.jobcentre, by=koege.caseworker)
    client.force_login(koege.caseworker)

    assertContains(client.get(company.get_absolute_url()), reverse("contacts:release", args=[hold.pk]))


def test_the_newest_stands_first(client, koege, company, make_contact):
    make_contact(note="Den ældste", happened_at=timezone.now() - timedelta(days=9))
    make_contact(note="Den nyeste", happened_at=timezone.now() - timedelta(days=2))
    client.force_login(koege.caseworker)

    text = client.get(company.get_absolute_url()).text

    assert text.index("Den nyeste") < text.index("Den ældste")


def test_a_note_cannot_carry_markup_into_the_page(client, koege, company, make_contact):
    make_contact(note="<script>alert(1)</script>")
    client.force_login(koege.caseworker)

    page = client.get(company.get_absolute_url())

    assertNotContains(page, "<script>alert(1)</script>")
    assertContains(page, "&lt;script&gt;")


def test_a_part_that_is_not_there_does_not_exist(client, koege, company):
    client.force_login(koege.caseworker)

    assert client.get(reverse("desk:company_part", args=[company.pk, "hemmeligheder"])).status_code == 404


@pytest.mark.parametrize("words", ["emballage", "STRANDMARKENS", "99 00 00 19", "9900"])
def test_a_company_is_found_among_those_one_may_see(client, koege, company, far_company, words):
    client.force_login(koege.caseworker)

    page = client.get(reverse("desk:companies"), {"q": words})

    assertContains(page, company.name)
    assertNotContains(page, far_company.name)


def test_a_search_without_result_says_so(client, koege, company):
    client.force_login(koege.caseworker)

    assertContains(
        client.get(reverse("desk:companies"), {"q": "findes ikke"}), "Ingen virksomhed i jeres opland"
    )


@pytest.mark.parametrize("part", ["", *PARTS])
def test_a_companys_page_asks_the_database_as_often_for_three_rows_as_for_one(
    client, koege, roskilde, company, make_contact, make_enquiry, make_hold, part
):
    def add_one_of_everything():
        person = company.people.create(name="Endnu En")
        contact = make_contact(note="En note", person=person)
        make_contact(jobcentre=roskilde.jobcentre, by=roskilde.caseworker)
        make_enquiry(kind=Enquiry.Kind.OTHER, message="Hjælp")
        make_enquiry()
        FollowUp.objects.create(
            contact=contact,
            company=company,
            jobcentre=koege.jobcentre,
            owner=koege.caseworker,
            due_on=timezone.localdate(),
            what=KOEGES_NEXT_STEP,
        )
        theirs = make_contact(jobcentre=roskilde.jobcentre, by=roskilde.caseworker)
        FollowUp.objects.create(
            contact=theirs,
            company=company,
            jobcentre=roskilde.jobcentre,
            owner=roskilde.caseworker,
            due_on=timezone.localdate(),
            what="Besøg",
        )
        make_hold(purpose=Purpose.values[Hold.objects.count()])
        Lead.objects.get_or_create(
            company=company,
            jobcentre=roskilde.jobcentre,
            user=roskilde.caseworker,
            valid_from=timezone.localdate(),
        )

    client.force_login(koege.caseworker)
    address = company.get_absolute_url() + (f"{part}/" if part else "")

    assert_same_queries(open_page=lambda: client.get(address), add_row=add_one_of_everything)


def test_the_list_of_companies_asks_the_database_as_often_for_three_rows_as_for_one(client, koege, company):
    def add_company():
        number = Company.objects.count()
        other = Company.objects.create(cvr=f"9900010{number}", name=f"Virksomhed {number}")
        Workplace.objects.create(
            company=other, address=f"Vej {number}", postcode="4600", municipality=koege.municipality
        )

    client.force_login(koege.caseworker)

    assert_same_queries(open_page=lambda: client.get(reverse("desk:companies")), add_row=add_company)


def test_a_vacancy_of_the_neighbour_is_told_apart(client, koege, roskilde, company, make_vacancy):
    make_vacancy(jobcentre=roskilde.jobcentre, state=Vacancy.State.PUBLISHED)
    client.force_login(koege.caseworker)

    page = client.get(reverse("desk:company_part", args=[company.pk, "stillinger"]))

    assertContains(page, "Jobcenter Roskilde")
    assertNotContains(page, KOEGES_MESSAGE)

"""One field finds everything the asker may open, and nothing else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from employers.companies.models import Person
from employers.desk.searching import search
from employers.enquiries.models import Enquiry, Handler
from employers.vacancies.models import Vacancy
from jobcenter.accounts.models import Role
from tests.conftest import agree, make_user
from tests.making_placements import complete as complete_placement
from tests.making_placements import make_law
from tests.making_referrals import candidate_of, complete
from tests.queries import assert_same_queries


@pytest.fixture
def found(koege):
    """The names of what is found, by their group; for Køge's caseworker, or somebody else."""

    def found(typed, *, centre=koege, user=None):
        groups = search(typed, jobcentre=centre.jobcentre, user=user or centre.caseworker)
        return {group.name: [hit.name for hit in group.hits] for group in groups}

    return found


@pytest.mark.parametrize(
    "typed", ["Strandmarkens", "emballage strandmarken", "Strandmrkens", "9900 0019", "19999 00001"]
)
def test_a_company_is_found_by_name_also_misspelt_and_by_its_numbers(
    found, company, aarhus, far_company, typed
):
    assert found(typed) == {"Virksomheder": [company.name]}
    assert found(typed, centre=aarhus) == {}


@pytest.mark.parametrize("typed", ["bruun", "Mette B", "mette.bruun@", "5600 1234"])
def test_a_person_at_a_company_is_found_in_the_catchment_alone(
    found, company, roskilde, aarhus, far_company, typed
):
    Person.objects.filter(company=company).update(phone="56 00 12 34")

    assert found(typed)["Personer i virksomheder"] == ["Mette Bruun"]
    assert found(typed, centre=roskilde)["Personer i virksomheder"] == ["Mette Bruun"]
    assert found(typed, centre=aarhus) == {}


def test_an_enquiry_is_found_by_its_reference_by_its_own_jobcentre(found, enquiry, koege, roskilde):
    bare = enquiry.reference.replace("-", "").lower()

    for typed in (enquiry.reference, bare, bare[:5]):
        assert found(typed)["Henvendelser"] == [enquiry.reference]
        assert "Henvendelser" not in found(typed, centre=roskilde)


def test_a_confidential_enquiry_is_found_by_those_alone_who_work_on_it(found, make_enquiry, koege):
    colleague = make_user("Nina Dahl", koege.jobcentre.organisation, Role.CASEWORKER)
    confidential = make_enquiry(kind=Enquiry.Kind.DISMISSALS, message="Vi lukker natholdet")

    assert found(confidential.reference)["Henvendelser"] == [confidential.reference]
    assert found(confidential.reference, user=koege.manager) != {}
    assert found(confidential.reference, user=colleague) == {}

    Handler.objects.create(enquiry=confidential, user=colleague, added_by=koege.caseworker)

    assert found(confidential.reference, user=colleague) != {}


def test_a_vacancy_that_waits_is_found_by_its_own_jobcentre_and_a_published_one_by_all(
    found, recruiting, published, koege, aarhus
):
    assert found("natholdsleder")["Stillinger"] == [recruiting.vacancy.title]
    assert found("natholdsleder", centre=aarhus) == {}
    assert found("aftenhold truck", centre=aarhus)["Stillinger"] == [published.title]


def test_candidates_and_referrals_are_found_by_reference_by_those_they_belong_to(
    found, koege, roskilde, aarhus, published, occupation
):
    theirs = candidate_of(roskilde, occupation=occupation)
    assert found(theirs.reference) == {}

    complete(vacancy=published, candidate=theirs)

    assert found(theirs.reference) == {"Henvisninger": [f"{theirs.reference} → {published.title}"]}
    assert found(theirs.reference[2:], centre=roskilde) == {
        "Kandidater": [theirs.reference],
        "Henvisninger": [f"{theirs.reference} → {published.title}"],
    }
    assert found(theirs.reference, centre=aarhus) == {}


def test_a_candidate_who_is_withdrawn_is_found_by_their_own_jobcentre_alone(
    found, koege, roskilde, published, occupation
):
    theirs = candidate_of(roskilde, occupation=occupation, state="withdrawn")
    complete(vacancy=published, candidate=theirs, state="obsolete")

    assert found(theirs.reference) == {}
    assert "Henvisninger" in found(theirs.reference, centre=roskilde)


def test_that_somebody_did_not_come_is_not_found_out(client, koege, roskilde, published, occupation):
    theirs = candidate_of(roskilde, occupation=occupation)
    complete(vacancy=published, candidate=theirs, state="did_not_come")
    address = f"{reverse('search')}?q={theirs.reference}"

    client.force_login(koege.caseworker)
    assertNotContains(client.get(address), "udeblev")
    client.force_login(roskilde.caseworker)
    assertContains(client.get(address), "udeblev")


def test_a_placement_and_an_agreement_are_found_by_their_own(found, company, koege, roskilde, aarhus):
    make_law()
    placement = complete_placement(
        company=company, jobcentre=koege.jobcentre, owner=koege.caseworker, label="Pakkeri om natten"
    )
    agree(
        name="Østsjællandsaftalen",
        purpose="Fælles rekruttering",
        jobcentres=[koege.jobcentre, roskilde.jobcentre],
        valid_from=timezone.localdate(),
    )

    assert list(found("pakkeri").values()) == list(found(placement.reference).values()) == [[placement.label]]
    assert found("pakkeri", centre=roskilde) == {}
    assert found("østsjælland", centre=roskilde) == {"Aftaler": ["Østsjællandsaftalen"]}
    assert found("østsjælland", centre=aarhus) == {}


def test_a_jobcentre_is_found_by_everybody(client, found, aarhus, roskilde, sjaelland, midtjylland, national):
    assert found("rosk") == {"Jobcentre": ["Jobcenter Roskilde"]}
    for user, sees in ((sjaelland.officer, True), (midtjylland.officer, False), (national, True)):
        client.force_login(user)
        page = client.get(f"{reverse('search')}?q=rosk")
        (assertContains if sees else assertNotContains)(page, "Jobcenter Roskilde")


@pytest.mark.parametrize("typed", ["", " ", "a", "%", "-", "'; --", "\\(", "𝔄𝔅", "0" * 100, "x" * 101])
def test_whatever_is_typed_is_answered(client, koege, everything, typed):
    client.force_login(koege.caseworker)

    page = client.get(reverse("search"), {"q": typed})

    assert page.status_code == 200
    assertNotContains(page, "Strandmarkens")


def test_while_typing_the_hits_come_alone(client, koege, company):
    client.force_login(koege.caseworker)

    hits = client.get(reverse("search"), {"q": "strand"}, headers={"HX-Request": "true"})

    assertContains(hits, company.get_absolute_url())
    assertNotContains(hits, "<html")


def test_the_database_is_asked_a_few_times_however_much_is_found(
    client, koege, roskilde, make_vacancy, make_enquiry, company, occupation
):
    client.force_login(koege.caseworker)

    def add_row():
        vacancy = make_vacancy(title="Mette", state=Vacancy.State.PUBLISHED)
        make_enquiry(vacancy=vacancy)
        make_vacancy(title="Mette", state=Vacancy.State.PUBLISHED, jobcentre=roskilde.jobcentre)
        number = Person.objects.count()
        Person.objects.create(company=company, name=f"Mette {number}", email=f"{number}@mette.example")

    assert_same_queries(open_page=lambda: client.get(f"{reverse('search')}?q=mette"), add_row=add_row)
    with CaptureQueriesContext(connection) as queries:
        search("mette", jobcentre=koege.jobcentre, user=koege.caseworker)
    assert len(queries) <= 16

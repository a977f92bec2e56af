"""All that has happened with a company in one line, for whoever may see what."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from employers.contacts.models import Contact, Purpose
from employers.desk.happenings import Happenings, sources
from employers.desk.timeline import Kind, entry_of
from employers.enquiries.models import Enquiry
from employers.vacancies.models import Vacancy
from jobcenter.accounts.models import Reading, Role
from jobcenter.classifications.models import Outlook
from tests.conftest import make_user
from tests.employers.desk.conftest import KOEGES_SECRETS
from tests.making_placements import complete as complete_placement
from tests.making_placements import make_law
from tests.making_referrals import candidate_of, complete


@pytest.fixture
def line(company, koege):
    """The entries of the line, for Køge's caseworker or somebody else."""

    def line(centre=koege, *, user=None, kinds=()):
        found = sources(company, reader=centre.jobcentre, user=user or centre.caseworker)
        rows = Happenings(found, kinds=kinds)
        assert [row.pk for row in rows.newest(99)] == [row.pk for row in rows]
        return [entry_of(row, reader=centre.jobcentre) for row in rows]

    return line


@pytest.fixture
def all_kinds(koege, roskilde, company, everything, published, occupation, make_hold):
    """One of each, as Køge has it."""
    make_law()
    make_hold(jobcentre=koege.jobcentre, by=koege.caseworker)
    complete_placement(
        company=company, jobcentre=koege.jobcentre, owner=koege.caseworker, label="Pakkeri om natten"
    )
    complete(vacancy=published, candidate=candidate_of(roskilde, occupation=occupation))


def test_every_kind_is_in_the_line_the_newest_first(line, all_kinds):
    entries = line()

    assert {entry.kind for entry in entries} == set(Kind)
    assert [entry.at for entry in entries] == sorted((entry.at for entry in entries), reverse=True)


def test_a_neighbour_sees_that_and_when_and_not_what_is_others(client, line, all_kinds, roskilde, company):
    kinds = [entry.kind for entry in line(roskilde)]

    assert set(kinds) == set(Kind) - {Kind.PLACEMENT}
    client.force_login(roskilde.caseworker)
    for page in (company.get_absolute_url(), reverse("desk:company_part", args=[company.pk, "tidslinje"])):
        answer = client.get(page)
        for secret in (*KOEGES_SECRETS, "Pakkeri om natten"):
            assertNotContains(answer, secret)


def test_of_a_confidential_enquiry_only_those_who_work_on_it_see_a_trace(line, make_enquiry, koege, roskilde):
    make_enquiry(kind=Enquiry.Kind.DISMISSALS, message="Vi lukker natholdet")
    colleague = make_user("Nina Dahl", koege.jobcentre.organisation, Role.CASEWORKER)

    assert len(line()) == len(line(user=koege.manager)) == 1
    assert line(user=colleague) == line(roskilde) == []


def test_how_an_employer_judged_a_candidate_is_not_in_the_vacancys_line(
    line, koege, roskilde, published, occupation
):
    theirs = candidate_of(roskilde, occupation=occupation)
    complete(vacancy=published, candidate=theirs, state="did_not_come")

    (ours,), (of_citizen,) = (line(centre, kinds=[Kind.REFERRAL]) for centre in (koege, roskilde))

    assert ours.outcome == "sluttede uden ansættelse"
    assert "udeblev" in of_citizen.outcome


def test_a_candidate_who_is_withdrawn_is_in_the_line_of_their_own_jobcentre_alone(
    line, client, koege, roskilde, make_enquiry, published, occupation
):
    theirs = candidate_of(roskilde, occupation=occupation, state="withdrawn")
    complete(vacancy=published, candidate=theirs, state="obsolete")

    (ours,), (of_citizen,) = (line(centre, kinds=[Kind.REFERRAL]) for centre in (koege, roskilde))

    assert theirs.reference in of_citizen.about
    assert ours.about == f"Vises ikke længere → {published.title}"
    client.force_login(koege.caseworker)
    page = client.get(reverse("desk:vacancy", args=[make_enquiry(vacancy=published).pk]))
    assertContains(page, "Vises ikke længere")
    assertNotContains(page, theirs.reference)


def test_the_line_is_narrowed_to_a_kind_by_its_address(client, koege, company, all_kinds):
    client.force_login(koege.caseworker)
    address = reverse("desk:company_part", args=[company.pk, "tidslinje"])

    holds = client.get(f"{address}?hvad=reservationer")

    assertContains(holds, "Reserveret til")
    assertNotContains(holds, "Pakkeri om natten")
    assertContains(client.get(f"{address}?hvad=vrøvl"), "Pakkeri om natten")
    assertContains(client.get(f"{address}?format=csv"), "Pakkeri om natten")


def test_the_line_is_read_a_page_at_a_time(client, koege, company, make_contact):
    now = timezone.now()
    Contact.objects.bulk_create(
        Contact(
            company=company,
            jobcentre=koege.jobcentre,
            by=koege.caseworker,
            purposes=[Purpose.RECRUITMENT],
            outcome=Contact.Outcome.INFORMED,
            happened_at=now - timedelta(days=number),
            logged_at=now,
            note=f"Note nr. {number:02}",
        )
        for number in range(25)
    )
    client.force_login(koege.caseworker)
    address = reverse("desk:company_part", args=[company.pk, "tidslinje"])

    first, second = (client.get(address, {"side": side}) for side in (1, 2))

    assertContains(first, "Note nr. 19")
    assertNotContains(first, "Note nr. 20")
    assertContains(second, "Note nr. 20")


@pytest.mark.parametrize(
    ("category", "word", "sentence"),
    [
        (Outlook.Category.SHORTAGE, "mangel", "Der er for få folk til dette fag"),
        (Outlook.Category.PROBLEMS, "rekrutteringsproblemer", "har svært ved at finde folk til dette fag"),
        (Outlook.Category.LESS_GOOD, "nok folk", "Flere søger arbejde i dette fag"),
        (Outlook.Category.GOOD, "ingen rekrutteringsproblemer", "selv om få er ledige"),
    ],
)
def test_the_overview_says_the_outlook_and_who_fits_what_the_company_seeks(
    client, koege, roskilde, sjaelland, aarhus, company, occupation, make_vacancy, category, word, sentence
):
    make_vacancy(title="Procesoperatør", state=Vacancy.State.PUBLISHED, published_at=timezone.now())
    own, theirs, far = (candidate_of(one, occupation=occupation) for one in (koege, roskilde, aarhus))
    Outlook.objects.create(
        occupation=occupation,
        area=sjaelland.area,
        category=category,
        attempts=40,
        period="2026H01",
        published_at=timezone.now(),
    )
    client.force_login(koege.caseworker)

    page = client.get(company.get_absolute_url())

    assertContains(page, f"</svg>{word}")
    assertContains(page, sentence)
    assertContains(page, "Sjælland · 1. halvår 2026 · ud fra 40 rekrutteringer")
    for candidate in (own, theirs):
        assertContains(page, candidate.reference)
    assert set(Reading.objects.values_list("key", flat=True)) == {own.pk, theirs.pk}
    assertNotContains(page, far.reference)

    client.force_login(roskilde.caseworker)
    neighbour = client.get(company.get_absolute_url())
    assertContains(neighbour, theirs.reference)
    assertNotContains(neighbour, own.reference)

"""Each segment has the companies its rule says, and no other; several together have those that are in all."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from employers.campaigns.segments import SEGMENTS, counted, in_all, looking_for
from employers.companies.models import Company
from employers.referrals.models import Referral
from employers.vacancies.models import Vacancy
from jobcenter.classifications.models import Occupation, Outlook
from tests.conftest import LONG_AGO
from tests.making_placements import complete as complete_placement
from tests.making_placements import make_law
from tests.making_referrals import candidate_of
from tests.making_referrals import complete as complete_referral
from tests.queries import assert_same_queries

NOW = timezone.now


def named(segment, centre):
    found = Company.objects.filter(in_all([segment], jobcentre=centre.jobcentre))
    return sorted(found.values_list("name", flat=True))


def test_never_in_contact_is_with_no_jobcentre_at_all(make_company, make_contact, koege, roskilde):
    make_company("Aldrig")
    talked_to = make_company("Roskildes")
    make_contact(company=talked_to, jobcentre=roskilde.jobcentre, by=roskilde.caseworker)

    assert named("never", koege) == ["Aldrig", "Strandmarkens Emballage A/S"]


def test_no_contact_for_a_year_is_365_days_and_not_never(make_company, make_contact, koege, roskilde):
    make_company("Aldrig")
    for name, days in (("For et år siden", 365), ("Lige før", 364)):
        at = NOW() - timedelta(days=days)
        make_contact(company=make_company(name), happened_at=at, logged_at=at)
    again = make_company("Både gammel og ny")
    make_contact(company=again, happened_at=NOW() - timedelta(days=500))
    make_contact(company=again, jobcentre=roskilde.jobcentre, by=roskilde.caseworker)

    assert named("year", koege) == ["For et år siden"]


@pytest.fixture
def shortage(sjaelland, occupation):
    """Employers in Sjælland look in vain for those who run machines for plastic."""
    return Outlook.objects.create(
        occupation=occupation,
        area=sjaelland.area,
        category=Outlook.Category.PROBLEMS,
        attempts=40,
        period="2026H01",
        published_at=NOW(),
    )


def test_in_a_bottleneck_occupation_is_by_vacancies_of_the_last_year(
    make_company, make_vacancy, koege, aarhus, midtjylland, shortage
):
    below = Occupation.objects.create(
        code="814210",
        level=6,
        parent=shortage.occupation,
        title_da="Ekstruderingsoperatør",
        sort_key="e",
        valid_from=LONG_AGO,
    )
    other = Occupation.objects.create(
        code="5131", level=4, title_da="Tjener", sort_key="t", valid_from=LONG_AGO
    )
    for name, fields in {
        "Samme": {},
        "Underordnet": {"occupation": below},
        "Anden": {"occupation": other},
        "Gammel": {"created_at": NOW() - timedelta(days=366)},
    }.items():
        made = make_company(name)
        make_vacancy(company=made, workplace=made.workplaces.get(), **fields)

    assert named("bottleneck", koege) == ["Samme", "Underordnet"]
    assert named("bottleneck", aarhus) == []


def test_with_open_vacancies_is_what_people_can_apply_for_today(make_company, make_vacancy, koege):
    for name, fields in {
        "Åben": {"state": Vacancy.State.PUBLISHED, "published_at": NOW()},
        "Venter": {},
    }.items():
        made = make_company(name)
        make_vacancy(company=made, workplace=made.workplaces.get(), **fields)

    assert named("open", koege) == ["Åben"]


def test_a_hire_or_a_placement_of_another_jobcentre_is_nobody_elses(
    company, make_vacancy, occupation, koege, roskilde, aarhus
):
    make_law()
    vacancy = make_vacancy(state=Vacancy.State.PUBLISHED, published_at=NOW())
    candidate = candidate_of(roskilde, occupation=occupation)
    complete_referral(vacancy=vacancy, candidate=candidate, state=Referral.State.HIRED)
    complete_placement(
        company=company, jobcentre=koege.jobcentre, owner=koege.caseworker, state="granted", vitas="LT-1"
    )

    assert [named("hire", centre) for centre in (koege, roskilde, aarhus)] == [
        [company.name],
        [company.name],
        [],
    ]
    assert [named("placement", centre) for centre in (koege, roskilde)] == [[company.name], []]


def test_several_segments_have_what_is_in_all_of_them(make_company, make_vacancy, koege):
    make_company("Aldrig")
    both = make_company("Aldrig og åben")
    make_vacancy(
        company=both, workplace=both.workplaces.get(), state=Vacancy.State.PUBLISHED, published_at=NOW()
    )

    found = Company.objects.filter(in_all(["never", "open"], jobcentre=koege.jobcentre))

    assert [one.name for one in found] == ["Aldrig og åben"]
    assert Company.objects.filter(in_all([], jobcentre=koege.jobcentre)).count() == 3


def test_looking_for_an_occupation_is_the_occupation_or_one_that_belongs_to_it(
    make_company, make_vacancy, koege, occupation
):
    make_company("Ingen")
    made = make_company("Søger")
    make_vacancy(company=made, workplace=made.workplaces.get())
    group = Occupation.objects.create(
        code="81", level=2, title_da="Operatører", sort_key="o", valid_from=LONG_AGO
    )

    found = looking_for(Company.objects.all(), group, jobcentre=koege.jobcentre)

    assert [one.name for one in found] == ["Søger"]


def test_all_segments_are_counted_in_one_query(make_company, make_contact, koege, django_assert_num_queries):
    make_company("Aldrig")
    make_contact(company=make_company("Talt med"))
    koege.jobcentre.refresh_from_db()

    with django_assert_num_queries(1):
        counts = counted(Company.objects.all(), jobcentre=koege.jobcentre)

    assert counts == dict.fromkeys(SEGMENTS, 0) | {"never": 2}


# --- the list of companies ---------------------------------------------------------------------------


def test_the_list_of_companies_is_narrowed_by_its_address(
    client, make_company, make_contact, koege, roskilde
):
    make_company("Aldrig Køge")
    make_company("Aldrig Roskilde", centre=roskilde)
    make_contact(company=make_company("Talt med"))
    client.force_login(koege.caseworker)

    page = client.get(reverse("desk:companies"), {"udsnit": "never", "kommune": "0259"})

    assertContains(page, "Aldrig Køge")
    assertContains(page, "Aldrig i kontakt (2)")
    assertNotContains(page, "Aldrig Roskilde")
    assertNotContains(page, "Talt med")


def test_what_is_not_understood_in_the_address_is_as_if_it_was_not_said(client, make_company, koege):
    make_company("Aldrig Køge")
    client.force_login(koege.caseworker)

    page = client.get(reverse("desk:companies"), {"udsnit": "sludder", "kommune": "9999"})

    assertContains(page, "Aldrig Køge")


def test_the_list_asks_as_much_however_many_companies_there_are(client, make_company, koege):
    client.force_login(koege.caseworker)
    assert_same_queries(
        open_page=lambda: client.get(reverse("desk:companies"), {"udsnit": "never"}),
        add_row=lambda: make_company("Aldrig"),
    )

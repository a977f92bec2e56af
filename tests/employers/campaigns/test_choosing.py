"""Which companies a campaign has: those in the segments, less those that are better left alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from employers.campaigns.choosing import Choice, known_of, preview
from employers.campaigns.dividing import By
from employers.companies.models import Workplace
from employers.contacts.models import Lead, Preferences

TODAY = timezone.localdate


def choice(**fields):
    return Choice(
        **{
            "purpose": "recruitment",
            "starts_on": TODAY(),
            "ends_on": TODAY() + timedelta(days=30),
            **fields,
        }
    )


def names(found):
    return [company.name for company in found.companies]


def test_those_who_asked_to_be_left_alone_are_left_alone_and_counted(make_company, koege):
    make_company("Almindelig")
    make_company("Beskyttet", advertising_protected=True)
    make_company("Ophørt", has_ceased=True)
    for name, wish in {
        "Pause til efter": {"paused_until": TODAY() + timedelta(days=31)},
        "Pause til sidste dag": {"paused_until": TODAY() + timedelta(days=30)},
        "Vil ikke": {"unwanted": ["recruitment"]},
        "Vil ikke andet": {"unwanted": ["upskilling"]},
    }.items():
        Preferences.objects.create(company=make_company(name), **wish)

    found = preview(choice(), jobcentre=koege.jobcentre)

    assert names(found) == ["Almindelig", "Pause til sidste dag", "Vil ikke andet"]
    assert found.found == 7
    assert [one.number for one in found.left_out] == [1, 1, 1, 1]


def test_those_in_a_running_campaign_about_the_same_are_told_of_and_left_out(
    make_company, make_campaign, koege
):
    free, there = make_company("Fri"), make_company("Med")
    make_campaign(there)
    make_campaign(free, is_running=False)
    make_campaign(free, purpose="upskilling")

    found = preview(choice(), jobcentre=koege.jobcentre)

    assert names(found) == ["Fri"]
    assert [(one.company.name, one.campaign.name) for one in found.elsewhere] == [
        ("Med", "Flere til lageret")
    ]
    assert names(preview(choice(also_elsewhere=True), jobcentre=koege.jobcentre)) == ["Fri", "Med"]


def test_a_campaign_of_another_catchment_concerns_nobody(make_company, make_campaign, aarhus):
    company = make_company("Landsdækkende")
    Workplace.objects.create(
        company=company, address="Havnen 2", postcode="8000", municipality=aarhus.municipality
    )
    make_campaign(company)

    found = preview(choice(), jobcentre=aarhus.jobcentre)

    assert names(found) == ["Landsdækkende"]
    assert found.elsewhere == []


def test_nobody_outside_the_catchment_is_chosen(make_company, koege, aarhus):
    make_company("Her")
    make_company("Langt væk", centre=aarhus)

    assert names(preview(choice(), jobcentre=koege.jobcentre)) == ["Her"]


def test_a_preview_asks_as_much_however_many_companies(make_company, koege, django_assert_max_num_queries):
    for number in range(5):
        make_company(f"Nr. {number}")

    with django_assert_max_num_queries(5):
        preview(choice(segments=["never"]), jobcentre=koege.jobcentre)


@pytest.fixture
def of_both(make_company, koege, roskilde):
    """A company in Køge with a larger workplace in Roskilde."""
    company = make_company("Begge steder")
    Workplace.objects.create(
        company=company, address="Algade 1", postcode="4000", municipality=roskilde.municipality, employees=40
    )
    return company


def test_the_responsible_one_answers_for_the_largest_workplace(of_both, koege, roskilde):
    partners = [koege.jobcentre, roskilde.jobcentre]

    (known,) = known_of([of_both], partners, by=By.RESPONSIBILITY, jobcentre=koege.jobcentre)

    assert known.responsible == roskilde.jobcentre.pk
    assert known.seen_by == {koege.jobcentre.pk, roskilde.jobcentre.pk}
    assert known.lead is None


def test_the_lead_is_the_one_the_company_has_agreed_on(of_both, koege, roskilde):
    Lead.objects.create(
        company=of_both,
        jobcentre=koege.jobcentre,
        user=koege.caseworker,
        agreed="På et møde",
        valid_from=TODAY(),
    )
    partners = [koege.jobcentre, roskilde.jobcentre]

    (known,) = known_of([of_both], partners, by=By.LEAD, jobcentre=koege.jobcentre)

    assert known.lead == koege.jobcentre.pk

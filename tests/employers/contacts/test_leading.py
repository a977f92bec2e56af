"""Which jobcentre leads a company: the examples that were decided on, what must hold whatever is known, and
what is read for a page and for a list."""

from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.asserts import assertContains, assertNotContains

from employers.companies.models import Company, RegisterCompany, Workplace
from employers.contacts.coordination import Advice, Asked, Reason, advise
from employers.contacts.knowing import known_before
from employers.contacts.lead_rule import Agreed, Decided, Facts, Site, lead
from employers.contacts.leading import agree_on_lead, leader_of, leaders_of
from employers.contacts.models import Contact, Lead
from jobcenter.centres.models import Serves
from tests.queries import assert_same_queries

TODAY = date(2026, 11, 19)
KOEGE, ROSKILDE, STEVNS = "0259", "0265", "0336"


# --- the rule ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "jobcentre", "decided"),
    [
        (Facts(sites=[Site(KOEGE)], contacts={ROSKILDE: 9}), KOEGE, Decided.WORKPLACES),
        (Facts(sites=[Site(KOEGE), Site(KOEGE)], contacts={ROSKILDE: 9}), KOEGE, Decided.WORKPLACES),
        (
            Facts(sites=[Site(KOEGE), Site(ROSKILDE)], contacts={ROSKILDE: 4, KOEGE: 3}),
            ROSKILDE,
            Decided.CONTACTS,
        ),
        (
            Facts(sites=[Site(KOEGE), Site(ROSKILDE)], contacts={STEVNS: 4, KOEGE: 3}),
            STEVNS,
            Decided.CONTACTS,
        ),
        (
            Facts(sites=[Site(KOEGE), Site(ROSKILDE, is_head_office=True)], contacts={ROSKILDE: 3, KOEGE: 3}),
            ROSKILDE,
            Decided.HEAD_OFFICE,
        ),
        (Facts(sites=[Site(KOEGE, 12), Site(ROSKILDE, 40)]), ROSKILDE, Decided.EMPLOYEES),
        (Facts(sites=[Site(KOEGE, 12), Site(ROSKILDE, 12)]), KOEGE, Decided.CODE),
        (
            Facts(sites=[Site(KOEGE)], agreed=[Agreed(ROSKILDE, TODAY), Agreed(KOEGE, TODAY, order=1)]),
            ROSKILDE,
            Decided.AGREED,
        ),
        (Facts(contacts={STEVNS: 1}), STEVNS, Decided.CONTACTS),
    ],
)
def test_the_rule_by_example(facts, jobcentre, decided):
    found = lead(facts)

    assert (found.jobcentre, found.decided) == (jobcentre, decided)


def test_nobody_leads_what_nobody_knows():
    assert lead(Facts(contacts={KOEGE: 0})) is None


codes = st.sampled_from([KOEGE, ROSKILDE, STEVNS, "0253"])
facts_ = st.builds(
    Facts,
    sites=st.lists(st.builds(Site, codes, st.integers(0, 3), st.booleans()), max_size=5),
    contacts=st.dictionaries(codes, st.integers(0, 4)),
    agreed=st.lists(
        st.builds(Agreed, codes, st.dates(date(2026, 1, 1), date(2026, 1, 3)), st.integers(0, 99)),
        max_size=2,
        unique_by=lambda one: one.order,
    ),
)


@given(facts_, st.randoms(use_true_random=False))
def test_everybody_finds_the_same_whatever_order_the_facts_are_read_in(facts, some):
    sites, agreed, contacts = list(facts.sites), list(facts.agreed), list(facts.contacts.items())
    for shuffled in (sites, agreed, contacts):
        some.shuffle(shuffled)

    assert lead(Facts(sites, dict(contacts), agreed)) == lead(facts)


@given(facts_)
def test_the_one_that_leads_is_known_to_the_company_and_by_rule_has_most_contacts(facts):
    found = lead(facts)

    if found is None:
        assert not facts.sites
        assert not facts.agreed
        assert not any(facts.contacts.values())
        return
    homes = {site.jobcentre for site in facts.sites}
    known = homes | {code for code, number in facts.contacts.items() if number}
    assert found.jobcentre in (known | {one.jobcentre for one in facts.agreed})
    assert (found.decided == Decided.AGREED) == bool(facts.agreed)
    if not facts.agreed and len(homes) != 1:
        assert found.contacts == max(facts.contacts.values(), default=0)


@given(facts_)
def test_one_more_contact_never_takes_the_lead_from_the_one_that_has_it(facts):
    found = lead(facts)
    if found is None:
        return
    more = {**facts.contacts, found.jobcentre: facts.contacts.get(found.jobcentre, 0) + 1}

    assert lead(Facts(facts.sites, more, facts.agreed)).jobcentre == found.jobcentre


# --- what is read ------------------------------------------------------------------------------------------


@pytest.fixture
def spread(company, roskilde):
    """The company, with a second workplace at Roskilde."""
    Workplace.objects.create(
        company=company,
        p_number="1999900002",
        address="Industrivej 4",
        postcode="4000",
        municipality=roskilde.municipality,
        employees=40,
    )
    return company


@pytest.fixture
def do_contact(company, make_contact):
    def do_contact(centre, *, times=1, **fields):
        for number in range(times):
            make_contact(
                jobcentre=centre.jobcentre,
                by=centre.caseworker,
                **{"company": company, "happened_at": timezone.now() - timedelta(days=20 + number), **fields},
            )

    return do_contact


def seen_by(centre, company):
    return leader_of(company, jobcentre=centre.jobcentre, on=timezone.localdate())


def test_a_company_with_one_workplace_is_led_from_its_municipality_whoever_calls(
    koege, roskilde, company, do_contact
):
    do_contact(roskilde, times=3)

    found = seen_by(roskilde, company)

    assert (found.jobcentre, found.name, found.is_agreed) == (koege.jobcentre, "", False)
    assert found.why == "Jobcenter Køge er tovholder: virksomhedens eneste arbejdssted i oplandet ligger dér."


def test_a_company_with_several_is_led_by_the_one_that_has_been_in_contact_most(
    koege, roskilde, spread, do_contact
):
    do_contact(koege)
    do_contact(roskilde, times=2)

    found = seen_by(koege, spread)

    assert found.jobcentre == roskilde.jobcentre
    assert found.why == (
        "Jobcenter Roskilde er tovholder: det har været i kontakt med dem 2 gange på 12 måneder, "
        "Jobcenter Køge 1."
    )


def test_calls_nobody_answered_and_what_is_more_than_a_year_old_give_nobody_the_lead(
    koege, roskilde, spread, do_contact
):
    do_contact(koege)
    do_contact(roskilde, times=3, outcome=Contact.Outcome.NO_ANSWER)
    a_year_ago = timezone.make_aware(datetime.combine(timezone.localdate() - timedelta(days=366), time(12)))
    do_contact(roskilde, happened_at=a_year_ago, logged_at=timezone.now())

    assert seen_by(koege, spread).jobcentre == koege.jobcentre


def test_of_two_alike_the_head_office_decides_and_then_where_most_people_work(koege, roskilde, spread):
    assert seen_by(koege, spread).why == (
        "Intet jobcenter har været i kontakt med dem i 12 måneder. "
        "Jobcenter Roskilde er tovholder: 40 af virksomhedens 40 ansatte her arbejder dér."
    )

    RegisterCompany.objects.create(
        cvr=spread.cvr, name=spread.name, address="Tangmosevej 88", postcode="4600", source="test"
    )

    assert seen_by(koege, spread).why.endswith("Jobcenter Køge er tovholder: hovedkontoret ligger dér.")


def test_an_agreement_comes_before_every_rule_and_a_named_person_does_not(koege, roskilde, company):
    today = timezone.localdate()
    named = {"company": company, "jobcentre": roskilde.jobcentre, "user": roskilde.caseworker, "on": today}
    agree_on_lead(**named, agreed="", is_agreed=False)
    assert seen_by(koege, company).jobcentre == koege.jobcentre

    agree_on_lead(**named, agreed="Aftalt med direktøren")

    found = seen_by(koege, company)
    assert (found.jobcentre, found.name) == (roskilde.jobcentre, "Sofie Lind")


def test_the_jobcentre_that_leads_by_the_rule_names_a_person(client, koege, roskilde, company):
    client.force_login(koege.caseworker)
    client.post(
        reverse("desk:lead", args=[company.pk]),
        {"user": koege.caseworker.pk, "how": "named", "agreed": ""},
    )

    client.force_login(roskilde.caseworker)
    page = client.get(company.get_absolute_url())

    assertContains(page, "<strong>Karim Holst</strong>", html=True)
    assertContains(page, "Jobcenter Køge er tovholder: virksomhedens eneste arbejdssted")


def test_how_it_was_agreed_is_asked_for_where_it_was_agreed(client, koege, company):
    client.force_login(koege.caseworker)

    page = client.post(
        reverse("desk:lead", args=[company.pk]),
        {"user": koege.caseworker.pk, "how": "agreed", "agreed": ""},
    )

    assertContains(page, "Skriv, hvordan det er aftalt med virksomheden")
    assert not Lead.objects.exists()


def test_before_a_contact_an_agreed_lead_is_asked_and_one_by_rule_is_told(koege, roskilde, company):
    now = timezone.localtime()

    def grounds():
        return advise(known_before(company, jobcentre=roskilde.jobcentre, at=now), Asked(at=now)).grounds

    assert [(one.reason, one.advice) for one in grounds()] == [(Reason.RULED_LEAD, Advice.THINK)]

    agree_on_lead(
        company=company,
        jobcentre=koege.jobcentre,
        user=koege.caseworker,
        agreed="Aftalt på besøget",
        on=now.date(),
    )
    assert [(one.reason, one.name) for one in grounds()] == [(Reason.LEAD, "Karim Holst")]


def test_who_leads_moves_no_responsibility(koege, roskilde, company, make_enquiry):
    enquiry = make_enquiry()
    agree_on_lead(
        company=company,
        jobcentre=roskilde.jobcentre,
        user=roskilde.caseworker,
        agreed="Aftalt på hovedkontoret",
        on=timezone.localdate(),
    )

    enquiry.refresh_from_db()
    assert (enquiry.jobcentre, enquiry.owner) == (koege.jobcentre, koege.caseworker)
    today = timezone.localdate()
    assert Serves.objects.valid(today).get(municipality=koege.municipality).jobcentre == koege.jobcentre


def test_a_lead_far_away_is_not_told(client, koege, aarhus, company):
    Workplace.objects.create(
        company=company, address="Havnegade 1", postcode="8000", municipality=aarhus.municipality
    )
    agree_on_lead(
        company=company,
        jobcentre=aarhus.jobcentre,
        user=aarhus.caseworker,
        agreed="Aftalt i Aarhus",
        on=timezone.localdate(),
    )
    client.force_login(koege.caseworker)

    assertNotContains(client.get(company.get_absolute_url()), "Ida Bech")
    assert seen_by(koege, company).jobcentre == koege.jobcentre


def test_a_list_is_read_in_as_many_queries_however_long(koege, roskilde, spread, do_contact):
    do_contact(roskilde)
    numbers = iter(range(9))

    def add() -> None:
        number = next(numbers)
        made = Company.objects.create(cvr=f"9900010{number}", name=f"Virksomhed {number}")
        Workplace.objects.create(
            company=made, address=f"Vej {number}", postcode="4600", municipality=koege.municipality
        )

    def read() -> None:
        companies = list(Company.objects.all())
        found = leaders_of(companies, jobcentre=koege.jobcentre, on=timezone.localdate())
        assert len([leader.why for leader in found.values()]) == len(companies)

    assert_same_queries(open_page=read, add_row=add)

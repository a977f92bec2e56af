"""What the figures count, in situations counted by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from employers.companies.models import Workplace
from employers.contacts.models import Contact, Override
from employers.cooperation.behind import companies_behind
from employers.cooperation.catalogue import FIGURES, Numbers
from employers.cooperation.counting import count_each, count_together
from employers.cooperation.happened import Period
from employers.enquiries.models import Enquiry
from employers.placements.models import Placement
from employers.referrals.load import load_credit
from employers.referrals.models import State
from jobcenter.centres.models import Jobcentre
from tests import making_companies
from tests.making_placements import complete as placement
from tests.making_placements import make_law
from tests.making_referrals import candidate_of
from tests.making_referrals import complete as referral
from tests.queries import asked

NOW = timezone.now()
TODAY = timezone.localdate()
PERIOD = Period(first=TODAY - timedelta(days=60), last=TODAY)


@pytest.fixture
def make_company():
    """Makes a company with a workplace in a municipality."""
    return making_companies.complete


@pytest.fixture
def contact(make_contact):
    """Logs a contact of a jobcentre with a company so many days ago."""

    def log(centre, company, days, **fields):
        return make_contact(
            company=company,
            person=None,
            jobcentre=centre.jobcentre,
            by=centre.caseworker,
            happened_at=NOW - timedelta(days=days),
            **fields,
        )

    return log


def numbers(centre, period=PERIOD):
    return count_each(Jobcentre.objects.all(), period=period)[centre.jobcentre.pk]


def together(*centres):
    among = Jobcentre.objects.filter(pk__in=[centre.jobcentre.pk for centre in centres])
    return count_together(among, period=PERIOD, each=count_each(among, period=PERIOD))


def test_a_company_counts_where_it_has_an_open_workplace_with_people(make_company, koege, roskilde):
    here = make_company("99000027", koege.municipality)
    Workplace.objects.create(
        company=here, address="Torvet 2", postcode="4000", municipality=roskilde.municipality
    )
    make_company("99000035", koege.municipality, closed_on=TODAY - timedelta(days=1))
    make_company("99000043", koege.municipality, employees=0)

    assert (numbers(koege).companies, numbers(roskilde).companies) == (1, 1)
    assert together(koege, roskilde).companies == 1


def test_two_jobcentres_within_30_days_are_counted_and_31_days_are_not(
    make_company, contact, koege, roskilde
):
    near, far, alone = (make_company(cvr, koege.municipality) for cvr in ("99000027", "99000035", "99000043"))
    contact(roskilde, near, 40)
    contact(koege, near, 10)
    contact(roskilde, far, 41)
    contact(koege, far, 10)
    contact(koege, alone, 12)
    contact(koege, alone, 10)

    counted = numbers(koege)

    assert (counted.contacted, counted.by_several) == (3, 1)
    behind = companies_behind("flere-jobcentre", jobcentre=koege.jobcentre, period=PERIOD)
    assert list(behind) == [near]


def test_the_first_of_two_may_lie_before_the_period(make_company, contact, koege, roskilde):
    company = make_company("99000027", koege.municipality)
    contact(roskilde, company, 70)
    contact(koege, company, 50)

    assert numbers(koege).by_several == 1


@pytest.mark.parametrize(
    "fields", [{"direction": Contact.Direction.IN}, {"occasion": Contact.Occasion.ANSWER}]
)
def test_answers_and_the_companys_own_calls_are_no_double_contact(
    make_company, contact, koege, roskilde, fields
):
    company = make_company("99000027", koege.municipality)
    contact(roskilde, company, 12, **fields)
    contact(koege, company, 10)

    assert numbers(koege).by_several == 0


def test_never_in_contact_is_with_nobody_ever(make_company, contact, company, koege, aarhus):
    never = make_company("99000027", koege.municipality)
    contact(aarhus, make_company("99000035", koege.municipality), 900)
    contact(koege, company, 1, direction=Contact.Direction.IN)

    counted = numbers(koege)

    assert (counted.never, counted.companies) == (1, 3)
    assert list(companies_behind("aldrig-kontaktet", jobcentre=koege.jobcentre, period=PERIOD)) == [never]


def test_overridden_holds_are_counted_for_whom_they_went_against(make_hold, make_contact, koege, roskilde):
    hold = make_hold(jobcentre=koege.jobcentre, by=koege.caseworker)
    against = make_contact(jobcentre=roskilde.jobcentre, by=roskilde.caseworker)
    Override.objects.create(contact=against, ground=Override.Ground.HOLD, hold=hold, reason="Hastede")
    Override.objects.create(contact=against, ground=Override.Ground.PAUSE, reason="Hastede")

    assert (numbers(koege).holds, numbers(koege).overridden, numbers(koege).against) == (1, 1, 0)
    assert (numbers(roskilde).holds, numbers(roskilde).contacts, numbers(roskilde).against) == (0, 1, 1)
    behind = companies_behind("tilsidesatte-reservationer", jobcentre=koege.jobcentre, period=PERIOD)
    assert list(behind) == [against.company]


def test_answers_count_within_the_promise_without_the_confidential(make_enquiry, koege):
    before, soon = NOW - timedelta(hours=1), NOW + timedelta(days=2)
    in_time = {"state": Enquiry.State.ANSWERED, "answered_at": NOW}
    make_enquiry(received_at=NOW - timedelta(days=3), answer_due_at=soon, **in_time)
    make_enquiry(received_at=NOW - timedelta(days=3), answer_due_at=before)
    make_enquiry(received_at=NOW - timedelta(days=3), answer_due_at=soon)
    make_enquiry(
        received_at=NOW - timedelta(days=3),
        answer_due_at=before,
        kind=Enquiry.Kind.DISMISSALS,
        message="Fyrre i støberiet",
    )

    assert (numbers(koege).due, numbers(koege).in_time) == (2, 1)


def test_a_hire_across_the_border_counts_for_both_and_once_together(
    make_vacancy, occupation, koege, roskilde
):
    load_credit()
    for centre in (koege, roskilde):
        vacancy = make_vacancy(state="published", published_at=NOW)
        referral(vacancy=vacancy, candidate=candidate_of(centre, occupation=occupation), state=State.HIRED)

    assert (numbers(koege).hires, numbers(koege).across) == (2, 1)
    assert (numbers(roskilde).hires, numbers(roskilde).across) == (1, 1)
    both = together(koege, roskilde)
    assert (both.hires, both.across) == (2, 1)


def test_cooperation_with_ones_own_with_others_and_with_both(make_company, koege, roskilde, aarhus):
    make_law()
    only_own, only_other, both, _none = (
        make_company(cvr, koege.municipality) for cvr in ("99000027", "99000035", "99000043", "99000051")
    )
    for company, centre in (
        (only_own, koege),
        (only_own, koege),
        (only_other, aarhus),
        (both, koege),
        (both, roskilde),
    ):
        placement(
            company=company,
            jobcentre=centre.jobcentre,
            owner=centre.caseworker,
            state=Placement.State.GRANTED,
            starts_on=TODAY - timedelta(days=10),
        )

    for counted in (numbers(koege), together(koege)):
        assert (counted.own, counted.other, counted.either, counted.companies) == (2, 2, 3, 4)
        assert FIGURES["begge"].of(counted).numerator == 1
    assert set(companies_behind("eget", jobcentre=koege.jobcentre, period=PERIOD)) == {only_own, both}


def test_together_ones_own_is_whichever_answers_for_a_workplace(make_company, koege, roskilde):
    """In Køge the placement is another's; for both together it is the company's own."""
    make_law()
    company = make_company("99000027", koege.municipality)
    Workplace.objects.create(
        company=company, address="Torvet 2", postcode="4000", municipality=roskilde.municipality
    )
    placement(
        company=company,
        jobcentre=roskilde.jobcentre,
        owner=roskilde.caseworker,
        state=Placement.State.GRANTED,
        starts_on=TODAY - timedelta(days=10),
    )

    assert (numbers(koege).own, numbers(koege).other) == (0, 1)
    assert (together(koege, roskilde).own, together(koege, roskilde).other) == (1, 0)


def test_nothing_outside_the_period_counts(make_company, contact, koege):
    company = make_company("99000027", koege.municipality)
    contact(koege, company, 200)

    assert (numbers(koege).contacted, numbers(koege).contacts) == (0, 0)


def test_a_jobcentre_with_nothing_has_noughts_and_no_shares(koege):
    assert numbers(koege) == Numbers()
    assert all(figure.of(Numbers()).value is None for figure in FIGURES.values())


def test_the_country_costs_as_many_queries_as_one_jobcentre(koege, roskilde, aarhus):
    load_credit()
    one = Jobcentre.objects.filter(pk=koege.jobcentre.pk)

    for_one = asked(lambda: count_each(one, period=PERIOD)).total()
    for_all = asked(lambda: count_each(Jobcentre.objects.all(), period=PERIOD)).total()

    assert (for_one, for_all) == (7, 7)

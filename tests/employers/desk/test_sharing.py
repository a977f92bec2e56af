"""What an agreement in force lets partners see of each other, beyond what a labour catchment shares."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from employers.companies.models import Company, Workplace
from employers.contacts.models import Hold
from employers.enquiries.asking import ask, partners_queue, volunteer
from employers.enquiries.clock import after_working_hours
from employers.enquiries.models import Enquiry, HelpAnswer, HelpRequest
from employers.referrals.models import Candidate
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.centres.agreeing import end
from jobcenter.centres.models import Agreement
from jobcenter.classifications.models import Industry, Occupation
from jobcenter.notifications.models import Mail
from tests.conftest import LONG_AGO, agree
from tests.making_referrals import candidate_of
from tests.queries import assert_same_queries
from tests.side_by_side import Beside, wait_until_somebody_is_locked_out

Shared = Agreement.Shared
OWN_WORDS = "Vi har mistet vores største kunde"
OFFER = "Vi har to, der kan begynde på mandag."


def today():
    return timezone.localdate()


@pytest.fixture
def do_agree(koege, aarhus):
    """Makes an agreement between Køge and Aarhus, which share no labour supply."""

    def do_agree(*shared, **said):
        return agree(
            **{
                "name": "På tværs af Danmark",
                "purpose": "Vi hjælper hinanden",
                "jobcentres": [koege.jobcentre, aarhus.jobcentre],
                "valid_from": today() - timedelta(days=10),
                "shared": list(shared),
                **said,
            }
        )

    return do_agree


@pytest.fixture
def do_end(aarhus):
    def do_end(agreement):
        """As if it was ended so long ago that the notice is over."""
        on = today() - timedelta(days=agreement.notice_days)
        end(agreement, reason="Slut.", on=on, jobcentre=aarhus.jobcentre, by=aarhus.manager)

    return do_end


@pytest.fixture
def plastics(db):
    section = Industry.objects.create(
        version="nace_2_1", code="C", level=1, title_da="Fremstilling", valid_from=LONG_AGO
    )
    return Industry.objects.create(
        version="nace_2_1", code="22", level=2, parent=section, title_da="Plast", valid_from=LONG_AGO
    )


def queue_of(centre):
    return list(partners_queue(centre.jobcentre, on=today()))


# --- the queue ---------------------------------------------------------------------------------------------


def test_a_queue_is_read_within_an_agreement_that_shares_it_and_only_so_long(
    koege, aarhus, roskilde, make_enquiry, do_agree, do_end
):
    enquiry = make_enquiry()
    assert not queue_of(aarhus)
    do_agree(Shared.HOLDS, Shared.CANDIDATES)
    assert not queue_of(aarhus)

    agreement = do_agree(Shared.QUEUE)

    assert queue_of(aarhus) == [enquiry]
    assert not queue_of(koege)
    assert not queue_of(roskilde)
    do_end(agreement)
    assert not queue_of(aarhus)


@pytest.mark.parametrize("kind", [Enquiry.Kind.DISMISSALS, Enquiry.Kind.RETENTION])
def test_what_is_confidential_is_never_shared(client, aarhus, make_enquiry, do_agree, kind):
    enquiry = make_enquiry(kind=kind, message=OWN_WORDS)
    do_agree(Shared.QUEUE)
    client.force_login(aarhus.caseworker)

    assertNotContains(client.get(reverse("desk:partners_queue")), enquiry.company.name)
    assert client.get(reverse("desk:partners_enquiry", args=[enquiry.pk])).status_code == 404
    with pytest.raises(TransitionRefused):
        volunteer(enquiry, jobcentre=aarhus.jobcentre, text=OFFER, by=aarhus.caseworker, at=timezone.now())


def test_only_what_lies_within_the_agreements_industries_and_occupations_is_shared(
    aarhus, company, make_enquiry, do_agree, plastics, occupation
):
    enquiry = make_enquiry()
    other = make_enquiry(kind=Enquiry.Kind.OTHER, message=OWN_WORDS)
    operators = Occupation.objects.create(
        code="81", level=2, title_da="Operatører", sort_key="operatører", valid_from=LONG_AGO
    )
    do_agree(Shared.QUEUE, industries=[plastics.parent], occupations=[operators])
    assert not queue_of(aarhus)

    company.industry = plastics
    company.save()

    assert queue_of(aarhus) == [enquiry]
    assert other not in queue_of(aarhus)


def test_a_partner_reads_the_bare_facts_and_offers_help_and_the_responsibility_stays(
    client, koege, aarhus, make_enquiry, do_agree
):
    enquiry = make_enquiry(message=OWN_WORDS)
    do_agree(Shared.QUEUE)
    client.force_login(aarhus.caseworker)
    assertContains(client.get(reverse("desk:partners_queue")), enquiry.company.name)
    address = reverse("desk:partners_enquiry", args=[enquiry.pk])
    page = client.get(address)
    assertContains(page, enquiry.vacancy.occupation.title)
    for secret in (OWN_WORDS, enquiry.person.name, enquiry.person.email):
        assertNotContains(page, secret)

    assertContains(client.post(address, {"text": " "}), "Skriv, hvad I kan hjælpe med.")
    page = client.post(address, {"text": OFFER}, follow=True)

    assertContains(page, "I har tilbudt Jobcenter Køge hjælp")
    assert OFFER in Mail.objects.get(to=koege.caseworker.email).body
    found = Enquiry.objects.get(pk=enquiry.pk)
    assert (found.jobcentre, found.owner) == (koege.jobcentre, koege.caseworker)
    client.force_login(koege.caseworker)
    page = client.get(reverse("desk:enquiry", args=[enquiry.pk]))
    assertContains(page, "Jobcenter Aarhus tilbyder hjælp")
    assertContains(page, "Ingen har spurgt")


def test_whoever_has_been_asked_or_has_offered_does_not_offer_once_more(
    koege, aarhus, make_enquiry, do_agree
):
    agreement, enquiry = do_agree(Shared.QUEUE), make_enquiry()
    who = {"jobcentre": aarhus.jobcentre, "text": OFFER, "by": aarhus.caseworker, "at": timezone.now()}
    ask(enquiry, agreement=agreement, question="Har I to?", by=koege.caseworker, at=timezone.now())

    with pytest.raises(TransitionRefused, match="allerede"):
        volunteer(enquiry, **who)


@pytest.mark.django_db(transaction=True)
def test_of_two_colleagues_who_offer_in_the_same_second_one_does(koege, aarhus, make_enquiry, do_agree):
    do_agree(Shared.QUEUE)
    enquiry = make_enquiry()

    def offer(by):
        return volunteer(enquiry, jobcentre=aarhus.jobcentre, text=OFFER, by=by, at=timezone.now())

    with transaction.atomic():
        offer(aarhus.caseworker)
        second = Beside(lambda: offer(aarhus.manager))
        wait_until_somebody_is_locked_out()

    with pytest.raises(TransitionRefused, match="allerede"):
        second.outcome()
    assert HelpAnswer.objects.get().by == aarhus.caseworker


def test_the_partners_queue_costs_the_same_however_long(client, aarhus, make_enquiry, do_agree):
    do_agree(Shared.QUEUE)
    client.force_login(aarhus.caseworker)

    assert_same_queries(open_page=lambda: client.get(reverse("desk:partners_queue")), add_row=make_enquiry)


# --- how soon a partner answers ----------------------------------------------------------------------------


def test_the_agreement_promises_the_answer_to_whoever_asks_within_it(
    client, koege, aarhus, make_enquiry, do_agree
):
    agreement, now = do_agree(answer_hours=4), timezone.now()
    asked = ask(make_enquiry(), agreement=agreement, question="Har I to?", by=koege.caseworker, at=now)

    assert asked.due_at == after_working_hours(now, 4)
    assert "Efter jeres aftale har de svar senest" in Mail.objects.get(kind="help_asked").body
    client.force_login(aarhus.caseworker)
    assertContains(client.get(reverse("desk:helps")), "svar senest")
    HelpRequest.objects.update(asked_at=now - timedelta(days=9), due_at=now - timedelta(days=8))
    assert HelpAnswer.objects.select_related("request").get().is_late
    client.force_login(aarhus.manager)
    page = client.get(agreement.get_absolute_url())
    assertContains(page, "1 svar på hjælp, der er bedt om inden for den, skulle være givet, heraf 0 i tide.")


# --- holds -------------------------------------------------------------------------------------------------


def test_a_partners_hold_is_seen_outside_the_catchment_too(
    client, koege, aarhus, company, make_hold, do_agree, do_end
):
    make_hold(jobcentre=aarhus.jobcentre, by=aarhus.caseworker)
    client.force_login(koege.caseworker)
    assertNotContains(client.get(company.get_absolute_url()), "Jobcenter Aarhus")

    agreement = do_agree(Shared.HOLDS)

    assertContains(client.get(company.get_absolute_url()), "Jobcenter Aarhus")
    do_end(agreement)
    assertNotContains(client.get(company.get_absolute_url()), "Jobcenter Aarhus")


def test_holds_outside_the_agreements_industries_are_not_seen(
    koege, aarhus, company, make_hold, do_agree, plastics
):
    hold = make_hold(jobcentre=aarhus.jobcentre, by=aarhus.caseworker)
    do_agree(Shared.HOLDS, industries=[plastics.parent])
    assert not Hold.objects.visible_to(koege.jobcentre).exists()

    Company.objects.update(industry=plastics)

    assert Hold.objects.visible_to(koege.jobcentre).get() == hold


# --- candidates --------------------------------------------------------------------------------------------


def test_a_partners_candidates_are_offered_across_while_there_is_a_basis(
    koege, aarhus, occupation, do_agree, do_end
):
    shown = candidate_of(aarhus, occupation=occupation)
    candidate_of(aarhus, occupation=occupation, basis="", shown_since=None)
    candidate_of(aarhus, occupation=occupation, state=Candidate.State.WITHDRAWN)

    def offered():
        return list(
            Candidate.objects.offered_to(jobcentre=koege.jobcentre, responsible=koege.jobcentre, on=today())
        )

    assert not offered()
    agreement = do_agree(Shared.CANDIDATES)
    assert offered() == [shown]
    Candidate.objects.filter(pk=shown.pk).update(basis="", shown_since=None)
    assert not offered()
    Candidate.objects.filter(pk=shown.pk).update(basis="consent", shown_since=today())
    do_end(agreement)
    assert not offered()


def test_candidates_are_offered_for_work_in_the_agreements_industries_alone(
    koege, aarhus, occupation, do_agree, plastics
):
    shown = candidate_of(aarhus, occupation=occupation)
    do_agree(Shared.CANDIDATES, industries=[plastics.parent])

    def offered(industry):
        here = {"jobcentre": koege.jobcentre, "responsible": koege.jobcentre, "on": today()}
        return list(Candidate.objects.offered_to(**here, industry=industry))

    assert offered(plastics) == [shown]
    assert not offered(None)


def test_a_company_is_no_more_visible_than_before(client, aarhus, company, do_agree):
    do_agree(*Shared.values)
    client.force_login(aarhus.caseworker)

    assert client.get(company.get_absolute_url()).status_code == 404
    assert Workplace.objects.filter(company=company).exists()

"""Partners are asked within an agreement and can offer help; responsibility stays where it is."""

from datetime import timedelta

import pytest
from django.utils import timezone

from employers.enquiries.asking import ask, asked_of, decline, offer
from employers.enquiries.models import HelpAnswer
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.centres.agreeing import end
from jobcenter.notifications.models import Mail
from tests.conftest import agree

QUESTION = "Har I to pakkere fra på mandag?"


@pytest.fixture
def agreement(koege, roskilde):
    return agree(
        name="Østsjælland",
        purpose="Fælles rekruttering",
        jobcentres=[koege.jobcentre, roskilde.jobcentre],
        valid_from=timezone.localdate() - timedelta(days=30),
    )


@pytest.fixture
def do_ask(koege, agreement):
    def do_ask(enquiry):
        return ask(enquiry, agreement=agreement, question=QUESTION, by=koege.caseworker, at=timezone.now())

    return do_ask


def test_the_partners_are_asked_and_told_and_the_jobcentre_stays_responsible(
    koege, roskilde, aarhus, make_enquiry, do_ask
):
    enquiry = make_enquiry()

    do_ask(enquiry)

    answer = asked_of(roskilde.jobcentre).get()
    assert (answer.state, answer.request.question) == (HelpAnswer.State.ASKED, QUESTION)
    assert Mail.objects.get(kind="help_asked").to == roskilde.jobcentre.email
    enquiry.refresh_from_db()
    assert (enquiry.jobcentre, enquiry.owner) == (koege.jobcentre, koege.caseworker)
    assert not asked_of(aarhus.jobcentre).exists()


def test_an_offer_reaches_the_owner_and_cannot_be_made_twice(koege, roskilde, make_enquiry, do_ask):
    answer = do_ask(make_enquiry()).answers.get()

    offer(answer, text="Vi har to.", by=roskilde.caseworker, at=timezone.now())

    told = Mail.objects.get(to=koege.caseworker.email)
    assert "Vi har to." in told.body
    with pytest.raises(TransitionRefused):
        decline(answer, text="", by=roskilde.manager, at=timezone.now())


@pytest.mark.parametrize("kind", ["dismissals", "retention"])
def test_nobody_is_asked_about_what_is_confidential(make_enquiry, do_ask, kind):
    with pytest.raises(TransitionRefused):
        do_ask(make_enquiry(kind=kind, message="Vi lukker aftenholdet."))

    assert not Mail.objects.filter(kind="help_asked").exists()


def test_an_agreement_that_is_over_or_somebody_elses_asks_nobody(
    koege, roskilde, aarhus, agreement, make_enquiry, do_ask
):
    foreign = agree(
        name="Andres",
        purpose="x",
        jobcentres=[roskilde.jobcentre, aarhus.jobcentre],
        valid_from=agreement.valid_from,
    )
    with pytest.raises(TransitionRefused):
        ask(make_enquiry(), agreement=foreign, question="?", by=koege.caseworker, at=timezone.now())
    end(
        agreement,
        reason="Vi har fået vores eget.",
        on=timezone.localdate() - timedelta(days=30),
        jobcentre=roskilde.jobcentre,
        by=roskilde.manager,
    )

    with pytest.raises(TransitionRefused):
        do_ask(make_enquiry())


def test_a_closed_enquiry_takes_no_offer(koege, roskilde, make_enquiry, do_ask):
    enquiry = make_enquiry()
    answer = do_ask(enquiry).answers.get()
    enquiry.close(by=koege.caseworker, organisation=koege.jobcentre.organisation, comment="Løst")

    with pytest.raises(TransitionRefused):
        offer(answer, text="Vi har to.", by=roskilde.caseworker, at=timezone.now())
    assert not HelpAnswer.objects.of(roskilde.jobcentre).waiting().exists()

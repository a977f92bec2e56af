"""Moving responsibility is an act with a reason, and the employer is told who owns the case now."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from employers.enquiries.clock import DENMARK
from employers.enquiries.models import Enquiry, Escalation
from employers.enquiries.models.assignment import Occasion
from employers.enquiries.moving import give, move_responsibility
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.notifications.models import Mail

THURSDAY = datetime(2026, 11, 19, 10, 51, tzinfo=DENMARK)
REASON = "Holdet flytter til lageret i Roskilde."


@pytest.fixture
def move(koege, roskilde):
    def move(enquiry, *, to=None, reason=REASON, at=THURSDAY):
        return move_responsibility(
            enquiry, to=to or roskilde.jobcentre, by=koege.caseworker, reason=reason, at=at
        )

    return move


def test_the_new_jobcentre_its_owner_and_the_reason_are_told_to_the_employer(
    koege, roskilde, make_enquiry, move
):
    due = THURSDAY + timedelta(days=20)
    enquiry = make_enquiry(received_at=THURSDAY, answer_due_at=due)

    move(enquiry)

    enquiry.refresh_from_db()
    assert (enquiry.jobcentre, enquiry.owner) == (roskilde.jobcentre, roskilde.caseworker)
    assert enquiry.vacancy.jobcentre == roskilde.jobcentre
    row = enquiry.assignments.get()
    assert (row.occasion, row.by, row.reason) == (Occasion.MOVED, koege.caseworker, REASON)
    told = Mail.objects.get(to=enquiry.person.email)
    for words in ("Jobcenter Roskilde", "Sofie Lind", REASON, enquiry.link):
        assert words in told.body
    assert Mail.objects.filter(to=roskilde.caseworker.email).count() == 1
    assert enquiry.answer_due_at == due, "the promise stands"


def test_the_new_jobcentre_gets_a_working_day_where_less_is_left(make_enquiry, move):
    enquiry = make_enquiry(
        received_at=THURSDAY - timedelta(days=2), answer_due_at=THURSDAY + timedelta(hours=1)
    )

    move(enquiry)

    enquiry.refresh_from_db()
    assert enquiry.answer_due_at == datetime(2026, 11, 20, 12, tzinfo=DENMARK)
    assert "senere end" in Mail.objects.get(to=enquiry.person.email).body
    assert {row.promised_for for row in Escalation.objects.all()} == {enquiry.answer_due_at}


@pytest.mark.parametrize(
    ("fields", "how", "sentence"),
    [
        ({}, {"reason": "  "}, "Skriv, hvorfor"),
        ({"kind": "dismissals", "message": "Vi lukker."}, {}, "Frigiv"),
        ({"state": "closed", "closed_at": THURSDAY}, {}, "afsluttet"),
    ],
)
def test_is_refused_in_words(make_enquiry, move, fields, how, sentence):
    enquiry = make_enquiry(**fields)

    with pytest.raises(TransitionRefused) as refusal:
        move(enquiry, **how)

    assert sentence in " ".join(refusal.value.messages)
    assert not Mail.objects.exists()


def test_it_cannot_be_moved_to_where_it_is_or_to_a_closed_office(koege, roskilde, make_enquiry, move):
    enquiry = make_enquiry()
    with pytest.raises(TransitionRefused):
        move(enquiry, to=koege.jobcentre)
    roskilde.jobcentre.valid_to = THURSDAY.date()
    roskilde.jobcentre.save()
    with pytest.raises(TransitionRefused):
        move(enquiry)

    assert Enquiry.objects.get(pk=enquiry.pk).jobcentre == koege.jobcentre


def test_a_colleague_gets_it_and_is_told_and_a_neighbour_does_not(koege, roskilde, make_enquiry):
    enquiry = make_enquiry()

    give(enquiry, to=koege.manager, by=koege.caseworker, at=timezone.now())

    enquiry.refresh_from_db()
    assert enquiry.owner == koege.manager
    assert Mail.objects.get().to == koege.manager.email
    for nobody in (koege.manager, roskilde.caseworker):
        with pytest.raises(TransitionRefused):
            give(enquiry, to=nobody, by=koege.caseworker, at=timezone.now())


def test_whoever_takes_it_is_not_mailed_about_it(koege, make_enquiry):
    give(make_enquiry(), to=koege.manager, by=koege.manager, at=timezone.now())

    assert not Mail.objects.exists()

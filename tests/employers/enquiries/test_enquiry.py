"""What a jobcentre does with an enquiry: begin, answer, close; each once, each logged."""

from datetime import timedelta

import pytest
from django.core import signing
from django.db import IntegrityError
from django.utils import timezone

from employers.enquiries.models import Enquiry, State, new_reference
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.notifications.models import Mail

pytestmark = pytest.mark.django_db

ANSWER = "Vi har tre, der passer. I får deres profiler i dag."


@pytest.fixture
def by(koege):
    return {"by": koege.caseworker, "organisation": koege.jobcentre.organisation}


def test_an_answer_is_logged_mailed_and_stops_the_clock(make_enquiry, by):
    enquiry = make_enquiry().answer(text=f"  {ANSWER}\n", **by)

    assert (enquiry.state, enquiry.answered_at is None) == (State.ANSWERED, False)
    step = enquiry.log.get()
    assert (step.from_state, step.to_state, step.by) == ("received", "answered", by["by"])
    message = enquiry.messages.get()
    assert (message.text, message.by) == (ANSWER, by["by"])
    mail = Mail.objects.get()
    assert mail.to == enquiry.person.email
    assert ANSWER in mail.body
    assert not Enquiry.objects.waiting().exists()


def test_an_answer_without_words_is_refused_and_nothing_is_mailed(make_enquiry, by):
    enquiry = make_enquiry()

    with pytest.raises(TransitionRefused, match="Skriv, hvad du svarer virksomheden"):
        enquiry.answer(text=" \n ", **by)

    enquiry.refresh_from_db()
    assert (enquiry.state, Mail.objects.count()) == (State.RECEIVED, 0)


def test_the_first_answer_stops_the_clock_and_a_later_one_does_not_move_it(make_enquiry, by):
    first = timezone.now() - timedelta(hours=5)
    enquiry = make_enquiry(state=State.ANSWERED, answered_at=first, received_at=first - timedelta(hours=1))
    stale = Enquiry.objects.get(pk=enquiry.pk)
    stale.answered_at = None

    enquiry.start(**by)
    stale.answer(text=ANSWER, **by)

    enquiry.refresh_from_db()
    assert enquiry.answered_at == first


def test_the_second_of_two_answers_is_refused(make_enquiry, by):
    one = make_enquiry()
    other = Enquiry.objects.get(pk=one.pk)
    one.answer(text=ANSWER, **by)

    with pytest.raises(TransitionRefused):
        other.answer(text="Et andet svar", **by)

    assert Mail.objects.count() == 1


def test_a_closed_enquiry_takes_no_further_step(make_enquiry, by):
    enquiry = make_enquiry().close(comment="Har selv fundet en", **by)

    assert enquiry.closed_at is not None
    for step in (enquiry.start, enquiry.close):
        with pytest.raises(TransitionRefused):
            step(**by)


def test_an_employer_without_an_address_is_not_mailed(make_enquiry, by):
    enquiry = make_enquiry()
    enquiry.person.email = ""
    enquiry.person.save()

    enquiry.answer(text=ANSWER, **by)

    assert not Mail.objects.exists()


@pytest.mark.parametrize(
    "faults",
    [
        {"state": State.CLOSED},
        {"closed_at": timezone.now()},
        {"state": State.ANSWERED},
        {"answer_due_at": timezone.now() - timedelta(days=1)},
        {"kind": Enquiry.Kind.OTHER, "message": ""},
    ],
)
def test_the_database_refuses_what_cannot_be(make_enquiry, faults):
    with pytest.raises(IntegrityError):
        make_enquiry(**faults)


def test_a_reference_can_be_read_out_on_the_telephone():
    references = {new_reference() for _ in range(200)}

    assert len(references) == 200
    assert all(len(one) == 9 and one[4] == "-" for one in references)
    assert not set("".join(references)) & set("AEIOUYÆØÅ01L")


def test_a_link_leads_to_its_enquiry_and_an_altered_one_nowhere(make_enquiry):
    enquiry, other = make_enquiry(), make_enquiry(vacancy=None, kind=Enquiry.Kind.OTHER, message="Hej")
    token = enquiry.token

    assert Enquiry.objects.by_link(token).get() == enquiry
    swapped = f"{other.token.split(':')[0]}:{token.split(':', 1)[1]}"
    for altered in (swapped, token[:-1], token + "x", "", ":::", str(enquiry.pk)):
        assert not Enquiry.objects.by_link(altered).exists()


def test_a_link_signed_for_something_else_leads_nowhere(make_enquiry):
    enquiry = make_enquiry()

    for other in (signing.Signer(salt="accounts.link"), signing.Signer()):
        assert not Enquiry.objects.by_link(other.sign_object(enquiry.pk)).exists()

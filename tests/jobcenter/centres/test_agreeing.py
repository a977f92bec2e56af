"""A cooperation agreement's life: drafted by one, accepted by all in the same wording, ended by any."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import Error, IntegrityError, transaction
from django.utils import timezone

from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.centres.agreeing import (
    Proposal,
    TooFewPartners,
    accept,
    change,
    draft,
    end,
    refuse,
    withdraw,
)
from jobcenter.centres.models import Acceptance, Agreement, Serves
from jobcenter.centres.routing import responsible_jobcentre
from jobcenter.classifications.models import Industry
from jobcenter.notifications.models import Mail
from tests.conftest import agree
from tests.side_by_side import Beside, wait_until_somebody_is_locked_out

State = Agreement.State


def day(days=0):
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def proposal(koege, roskilde):
    return Proposal(
        name="Østsjælland",
        purpose="Fælles rekruttering",
        partners=[koege.jobcentre, roskilde.jobcentre],
        lead_office=koege.jobcentre,
        valid_from=day(),
    )


@pytest.fixture
def drafted(proposal, koege):
    return draft(proposal, jobcentre=koege.jobcentre, by=koege.manager)


@pytest.fixture
def agreed(koege, roskilde, aarhus):
    return agree(
        name="Østsjælland",
        purpose="Fælles rekruttering",
        jobcentres=[koege.jobcentre, roskilde.jobcentre],
        valid_from=day(-10),
    )


def of(centre):
    return {"jobcentre": centre.jobcentre, "by": centre.manager}


def in_force(on=None):
    return Agreement.objects.in_force(on or day())


def test_it_is_in_force_when_all_have_accepted_and_from_its_first_day(proposal, koege, roskilde):
    drafted = draft(replace(proposal, valid_from=day(3)), **of(koege))
    assert not in_force(day(3))

    accept(drafted, seen=1, **of(roskilde))

    assert not in_force(day(2))
    assert in_force(day(3)).get() == drafted


def test_it_is_not_in_force_before_the_last_has_accepted_whatever_its_first_day(drafted, roskilde):
    Agreement.objects.update(valid_from=day(-30))
    accept(drafted, seen=1, **of(roskilde))

    assert not in_force(day(-1))
    assert in_force().exists()


def test_a_change_begins_acceptance_anew_and_what_was_accepted_stands_as_it_was(
    proposal, drafted, koege, roskilde, aarhus
):
    three = replace(proposal, partners=[*proposal.partners, aarhus.jobcentre])
    changed = change(drafted, three, seen=1, **of(koege))
    accept(changed, seen=2, **of(roskilde))

    again = change(changed, replace(three, answer_hours=4), seen=2, **of(koege))

    assert (again.state, again.version) == (State.DRAFT, 3)
    accepted = Acceptance.objects.filter(jobcentre=roskilde.jobcentre).get()
    assert (accepted.wording.number, accepted.wording.terms.answer_hours) == (2, 8)
    accept(again, seen=3, **of(roskilde))
    assert not in_force()
    accept(again, seen=3, **of(aarhus))
    assert in_force().exists()


def test_whoever_has_read_an_older_text_is_told_to_read_the_new_one(proposal, drafted, koege, roskilde):
    change(drafted, replace(proposal, purpose="Noget helt andet"), seen=1, **of(koege))

    with pytest.raises(TransitionRefused, match="efter du åbnede den"):
        accept(drafted, seen=1, **of(roskilde))

    assert not in_force()


def test_only_the_drafter_changes_and_of_two_who_do_the_second_is_told(proposal, drafted, koege, roskilde):
    with pytest.raises(TransitionRefused, match="Jobcenter Køge har skrevet udkastet"):
        change(drafted, proposal, seen=1, **of(roskilde))
    change(drafted, replace(proposal, name="Den første"), seen=1, **of(koege))

    with pytest.raises(TransitionRefused, match="efter du åbnede den"):
        change(drafted, replace(proposal, name="Den anden"), seen=1, **of(koege))

    assert Agreement.objects.get().name == "Den første"


def test_a_refusal_has_a_reason_and_the_draft_can_be_put_forward_again(proposal, drafted, koege, roskilde):
    with pytest.raises(TransitionRefused):
        refuse(drafted, seen=1, reason=" ", **of(roskilde))
    refused = refuse(drafted, seen=1, reason="Svarfristen er for kort.", **of(roskilde))
    assert refused.log.last().comment == "Svarfristen er for kort."
    with pytest.raises(TransitionRefused):
        accept(drafted, seen=1, **of(roskilde))

    change(refused, replace(proposal, answer_hours=16), seen=1, **of(koege))
    accept(refused, seen=2, **of(roskilde))

    assert in_force().exists()


def test_a_draft_is_withdrawn_by_its_drafter_alone(drafted, koege, roskilde):
    with pytest.raises(TransitionRefused):
        withdraw(drafted, **of(roskilde))

    assert withdraw(drafted, **of(koege)).state == State.WITHDRAWN
    with pytest.raises(TransitionRefused):
        accept(drafted, seen=1, **of(roskilde))


def test_any_partner_ends_it_with_notice_and_a_reason(agreed, roskilde):
    with pytest.raises(TransitionRefused):
        end(agreed, reason="", on=day(), **of(roskilde))

    ended = end(agreed, reason="Vi har for få folk.", on=day(), **of(roskilde))

    assert (ended.state, ended.valid_to) == (State.ENDED, day(30))
    assert in_force(day(29)).exists()
    assert not in_force(day(30))


def test_one_that_runs_out_before_the_notice_is_over_runs_out(koege, roskilde):
    agreed = agree(
        name="Kort",
        purpose="x",
        jobcentres=[koege.jobcentre, roskilde.jobcentre],
        valid_from=day(-10),
        valid_to=day(5),
    )

    assert end(agreed, reason="Slut.", on=day(), **of(koege)).valid_to == day(5)


def test_one_that_would_not_have_begun_before_the_notice_is_over_never_does(koege, roskilde):
    agreed = agree(
        name="Senere",
        purpose="x",
        jobcentres=[koege.jobcentre, roskilde.jobcentre],
        valid_from=day(30),
    )

    assert end(agreed, reason="Alligevel ikke.", on=day(), **of(koege)).state == State.WITHDRAWN
    assert not in_force(day(30))


def test_it_has_two_partners_or_more_and_a_period_that_is_not_over(proposal, koege, roskilde):
    with pytest.raises(TooFewPartners):
        draft(replace(proposal, partners=[koege.jobcentre, koege.jobcentre]), **of(koege))
    late = draft(replace(proposal, valid_from=day(-9), valid_to=day()), **of(koege))

    with pytest.raises(TransitionRefused, match="periode er slut"):
        accept(late, seen=1, **of(roskilde))


def test_the_others_are_told_of_every_step_and_nobody_of_their_own(proposal, koege, roskilde):
    drafted = draft(proposal, **of(koege))
    changed = change(drafted, replace(proposal, notice_days=14), seen=1, **of(koege))
    accept(changed, seen=2, **of(roskilde))
    end(changed, reason="Vi slås sammen.", on=day(), **of(roskilde))

    told = [(mail.to, mail.subject) for mail in Mail.objects.order_by("pk")]
    assert told == [
        (roskilde.manager.email, "Jobcenter Køge foreslår en aftale: Østsjælland"),
        (roskilde.manager.email, "Jobcenter Køge har ændret udkastet til Østsjælland"),
        (koege.manager.email, "Alle har accepteret Østsjælland"),
        (koege.manager.email, "Jobcenter Roskilde har opsagt Østsjælland"),
    ]
    assert "Vi slås sammen." in Mail.objects.last().body


def test_responsibility_never_moves_by_it(agreed, koege, roskilde, make_enquiry):
    enquiry = make_enquiry()
    before = list(Serves.objects.order_by("pk").values_list("jobcentre", "municipality", "valid_to"))

    end(agreed, reason="Slut.", on=day(), **of(roskilde))

    assert list(Serves.objects.order_by("pk").values_list("jobcentre", "municipality", "valid_to")) == before
    for centre in (koege, roskilde):
        assert responsible_jobcentre(municipality=centre.municipality, on=day()) == centre.jobcentre
    enquiry.refresh_from_db()
    assert (enquiry.jobcentre, enquiry.owner) == (koege.jobcentre, koege.caseworker)


# --- what the database refuses whoever tries ----------------------------------------------------------------


def test_the_database_lets_none_come_into_force_that_somebody_has_not_accepted(drafted):
    with pytest.raises(IntegrityError, match="not accepted this wording"), transaction.atomic():
        Agreement.objects.update(state=State.ACCEPTED, accepted_at=timezone.now())


@pytest.mark.parametrize("fields", [{"purpose": "Noget andet"}, {"answer_hours": 2}, {"shared": ["queue"]}])
def test_the_database_lets_nobody_change_what_was_accepted(agreed, fields):
    with pytest.raises(Error, match="Cannot update"), transaction.atomic():
        Agreement.objects.update(**fields)


def test_the_database_lets_nobody_change_who_accepted_what(agreed, roskilde):
    with pytest.raises(Error, match="Cannot update"), transaction.atomic():
        Acceptance.objects.update(by=roskilde.caseworker)


def test_the_database_knows_the_steps_and_their_dates(agreed):
    with pytest.raises(IntegrityError, match="no transition"), transaction.atomic():
        Agreement.objects.update(state=State.DRAFT, accepted_at=None)
    with pytest.raises(IntegrityError, match="has_a_time_and_a_last_day"), transaction.atomic():
        Agreement.objects.update(state=State.ENDED)


# --- what it is about ---------------------------------------------------------------------------------------


def test_it_covers_what_lies_below_its_industries_and_nothing_unknown(koege, roskilde, company):
    section, other = (
        Industry.objects.create(version="nace_2_1", code=code, level=1, title_da=code, valid_from=day(-999))
        for code in ("C", "F")
    )
    plastics = Industry.objects.create(
        version="nace_2_1", code="22", level=2, parent=section, title_da="Plast", valid_from=day(-999)
    )
    agreed = agree(
        name="Industri",
        purpose="x",
        jobcentres=[koege.jobcentre, roskilde.jobcentre],
        valid_from=day(),
        industries=[section],
    )
    companies = type(company).objects

    def is_covered(industry):
        companies.update(industry=industry)
        return companies.filter(agreed.covers(industry="industry")).exists()

    assert [is_covered(one) for one in (plastics, section, other, None)] == [True, True, False, False]


# --- at the same moment -------------------------------------------------------------------------------------


def do_at_once(first, second):
    """The second begins before the first is done, and waits for it; gives what became of the second."""
    with transaction.atomic():
        first()
        beside = Beside(second)
        wait_until_somebody_is_locked_out()
    return beside


@pytest.mark.django_db(transaction=True)
def test_two_managers_who_accept_in_the_same_second_are_both_heard_and_it_comes_into_force_once(
    proposal, koege, roskilde, aarhus
):
    drafted = draft(replace(proposal, partners=[*proposal.partners, aarhus.jobcentre]), **of(koege))

    do_at_once(
        lambda: accept(drafted, seen=1, **of(roskilde)), lambda: accept(drafted, seen=1, **of(aarhus))
    ).outcome()

    assert Acceptance.objects.count() == 3
    agreement = Agreement.objects.get()
    assert agreement.state == State.ACCEPTED
    assert agreement.log.filter(to_state=State.ACCEPTED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_managers_of_one_jobcentre_accept_once_and_the_second_is_told_who_did(
    proposal, koege, roskilde, aarhus
):
    drafted = draft(replace(proposal, partners=[*proposal.partners, aarhus.jobcentre]), **of(koege))
    do_accept = lambda: accept(drafted, seen=1, **of(roskilde))  # noqa: E731

    with pytest.raises(
        TransitionRefused, match="Per Rask har allerede accepteret den for Jobcenter Roskilde"
    ):
        do_at_once(do_accept, do_accept).outcome()

    assert Acceptance.objects.filter(jobcentre=roskilde.jobcentre).count() == 1


@pytest.mark.django_db(transaction=True)
def test_nobody_accepts_a_text_that_changes_under_them(proposal, drafted, koege, roskilde):
    other = replace(proposal, purpose="Noget andet")

    with pytest.raises(TransitionRefused, match="efter du åbnede den"):
        do_at_once(
            lambda: change(drafted, other, seen=1, **of(koege)),
            lambda: accept(drafted, seen=1, **of(roskilde)),
        ).outcome()

    assert not in_force().exists()


@pytest.mark.django_db(transaction=True)
def test_nobody_changes_a_text_that_is_accepted_under_them(proposal, drafted, koege, roskilde):
    other = replace(proposal, purpose="Noget andet")

    with pytest.raises(TransitionRefused, match="allerede ændret til"):
        do_at_once(
            lambda: accept(drafted, seen=1, **of(roskilde)),
            lambda: change(drafted, other, seen=1, **of(koege)),
        ).outcome()

    assert in_force().get().purpose == "Fælles rekruttering"


def test_an_agreement_is_found_by_those_who_are_partners(agreed, koege, roskilde, aarhus):
    assert in_force().of_all(koege.jobcentre, roskilde.jobcentre).get() == agreed
    assert not in_force().of_all(koege.jobcentre, aarhus.jobcentre).exists()
    assert not in_force().of(aarhus.jobcentre).exists()

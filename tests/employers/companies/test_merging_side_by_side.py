"""Merging while somebody else writes: what they write lands on the company that stays, or is refused."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from employers.companies.merging import MergeRefused, merge, undo
from employers.companies.models import Company, Merge, Workplace
from employers.contacts.models import Contact, Purpose
from employers.contacts.recording import record
from employers.enquiries.adoption import company_of
from employers.enquiries.asked import Asked, Identity
from employers.vacancies.models import LabourConflict
from tests.side_by_side import Beside, wait_until_somebody_is_locked_out

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def double(koege):
    made = Company.objects.create(country="DE", foreign_number="HRB 12345", name="Strandmarkens Emballage")
    Workplace.objects.create(
        company=made, address="Tangmosevej 90", postcode="4600", municipality=koege.municipality
    )
    return made


@pytest.fixture
def log(koege):
    def logged(company, **fields):
        return record(
            company=company,
            channel=Contact.Channel.PHONE,
            direction=Contact.Direction.IN,
            purposes=[Purpose.RECRUITMENT],
            outcome=Contact.Outcome.NEED,
            happened_at=timezone.now(),
            by=koege.caseworker,
            jobcentre=koege.jobcentre,
            **fields,
        )

    return logged


@pytest.fixture
def merged(company, double, koege):
    def merge_now():
        return merge(
            company, double, chosen={}, by=koege.manager, jobcentre=koege.jobcentre, why="De har ringet"
        )

    return merge_now


def test_a_contact_logged_while_two_are_merged_lands_on_the_one_that_stays(company, double, log, merged):
    place = double.workplaces.get()
    with transaction.atomic():
        merged()
        beside = Beside(lambda: log(double, workplace=place))
        wait_until_somebody_is_locked_out()
    contact = beside.outcome()

    assert contact.company == company
    assert [(one.company, one.workplace) for one in Contact.objects.all()] == [(company, place)]


def test_a_merge_waits_for_a_contact_that_is_being_logged_and_takes_it_along(company, double, log, merged):
    with transaction.atomic():
        contact = log(double)
        beside = Beside(merged)
        wait_until_somebody_is_locked_out()
    beside.outcome()

    contact.refresh_from_db()
    assert contact.company == company
    assert Contact.objects.count() == 1


def test_an_enquiry_by_the_number_that_is_being_merged_away_comes_to_the_one_that_stays(
    company, double, merged
):
    asked = Asked.__new__(Asked)
    object.__setattr__(asked, "registered", None)
    object.__setattr__(asked, "company", "Strandmarken")
    object.__setattr__(asked, "identity", Identity(cvr=None, country="DE", foreign_number="HRB 12345"))
    with transaction.atomic():
        merged()
        beside = Beside(lambda: in_transaction(company_of, asked))
        wait_until_somebody_is_locked_out()

    assert beside.outcome() == company
    assert Company.objects.count() == 1


def test_what_is_written_without_looking_is_refused_by_the_database_and_not_lost_on_a_company_that_is_gone(
    company, double, merged, koege
):
    def write():
        return in_transaction(
            Workplace.objects.create,
            company=double,
            address="Havnen 1",
            postcode="4600",
            municipality=koege.municipality,
        )

    with transaction.atomic():
        merged()
        beside = Beside(write)
        wait_until_somebody_is_locked_out()

    with pytest.raises(IntegrityError):
        beside.outcome()


def test_whoever_sends_a_form_for_what_is_merged_away_just_then_is_told_that_nothing_was_kept(
    company, double, merged, koege
):
    double.people.create(name="Jens Lager", email="jens@strandmarken.example")
    client = Client()
    client.force_login(koege.caseworker)
    address = reverse("desk:new_conflict", args=[double.pk])
    form = {
        "workplaces": [double.workplaces.get().pk],
        "starts_on": timezone.localdate().isoformat(),
        "source": "Varsel",
    }
    with transaction.atomic():
        merged()
        beside = Beside(lambda: client.post(address, form))
        wait_until_somebody_is_locked_out()

    answer = beside.outcome()
    assert answer.status_code == 409
    assert "er netop blevet en del af" in answer.text
    assert not LabourConflict.objects.exists()


def test_two_who_merge_the_same_make_one_merge_and_the_second_is_told(company, double, merged):
    with transaction.atomic():
        merged()
        beside = Beside(merged)
        wait_until_somebody_is_locked_out()

    with pytest.raises(MergeRefused, match="allerede"):
        beside.outcome()
    assert Merge.objects.count() == 1


def test_two_who_undo_the_same_give_back_once(company, double, merged, koege):
    done = merged()
    with transaction.atomic():
        undo(done, by=koege.manager)
        beside = Beside(lambda: undo(done, by=koege.caseworker))
        wait_until_somebody_is_locked_out()

    with pytest.raises(MergeRefused, match="allerede"):
        beside.outcome()
    assert set(Company.objects.all()) == {company, double}


def in_transaction(action, *values, **named):
    with transaction.atomic():
        return action(*values, **named)

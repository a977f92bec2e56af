"""A hold: one at a time, within the limits of the day, gone by itself."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from employers.companies.models import Workplace
from employers.contacts.holding import HeldAlready, take
from employers.contacts.load import load_limits
from employers.contacts.models import Hold, HoldLimit, Purpose
from tests.side_by_side import Beside, wait_until_somebody_is_locked_out


@pytest.fixture
def taken(company, koege, hold_limit):
    """Takes a hold for Køge; any of it can be otherwise."""

    def call(**otherwise):
        return take(
            **{
                "workplace": company.workplaces.first(),
                "jobcentre": koege.jobcentre,
                "by": koege.caseworker,
                "purpose": Purpose.RECRUITMENT,
                "days": 3,
                "at": timezone.now(),
                **otherwise,
            }
        )

    return call


def test_a_hold_runs_to_the_end_of_its_last_day_and_is_gone_without_anybody_doing_anything(taken):
    hold = taken(days=3)

    assert hold.free_on == timezone.localdate() + timedelta(days=3)
    assert timezone.localtime(hold.expires_at).hour == 0
    assert list(Hold.objects.running(at=timezone.now())) == [hold]
    assert not Hold.objects.running(at=hold.expires_at).exists()


def test_the_second_who_wants_the_same_is_told_who_has_it(taken, roskilde, make_hold):
    theirs = make_hold()

    with pytest.raises(HeldAlready) as told:
        taken()

    assert told.value.hold == theirs
    assert Hold.objects.count() == 1


def test_for_another_purpose_or_at_another_workplace_it_can_be_held_too(taken, company, koege, make_hold):
    make_hold()
    other = Workplace.objects.create(
        company=company, address="Havnen 2", postcode="4600", municipality=koege.municipality
    )

    taken(purpose=Purpose.WORK_TRIAL)
    taken(workplace=other)

    assert Hold.objects.count() == 3


def test_the_database_refuses_two_at_a_time_whoever_writes(make_hold, koege):
    make_hold()

    with pytest.raises(IntegrityError, match="hold_one_at_a_time_recruitment"), transaction.atomic():
        make_hold(jobcentre=koege.jobcentre, by=koege.caseworker, starts_at=timezone.now())


def test_one_after_the_other_is_no_overlap(make_hold, koege):
    first = make_hold()

    make_hold(
        jobcentre=koege.jobcentre,
        by=koege.caseworker,
        starts_at=first.expires_at,
        expires_at=first.expires_at + timedelta(days=1),
    )


@pytest.mark.parametrize("days", [timedelta(0), timedelta(days=32)])
def test_the_database_refuses_a_hold_without_end_or_beyond_a_month(make_hold, days):
    now = timezone.now()

    with pytest.raises(IntegrityError, match="hold_"), transaction.atomic():
        make_hold(starts_at=now, expires_at=now + days)


def test_a_hold_is_no_longer_than_the_limit_of_the_day(taken):
    with pytest.raises(ValidationError) as refused:
        taken(days=11)

    assert "days" in refused.value.error_dict


def test_a_jobcentre_has_no_more_at_a_time_than_the_limit(taken):
    taken(purpose=Purpose.WORK_TRIAL)
    taken(purpose=Purpose.UPSKILLING)

    with pytest.raises(ValidationError, match="2"):
        taken()


def test_a_hold_is_not_renewed_without_end(taken):
    start = timezone.now() - timedelta(days=9)
    taken(days=3, at=start)

    with pytest.raises(ValidationError) as refused:
        taken(at=start + timedelta(days=4))

    assert "purpose" in refused.value.error_dict
    taken(at=start + timedelta(days=10))
    assert Hold.objects.count() == 2


def test_where_no_limit_is_in_force_nothing_is_held(taken):
    HoldLimit.objects.all().delete()

    with pytest.raises(ValidationError):
        taken()


def test_released_it_is_free_for_the_next(taken, roskilde, koege):
    hold = taken(at=timezone.now() - timedelta(hours=1))

    assert hold.release(by=koege.caseworker, at=timezone.now())
    assert not hold.release(by=koege.caseworker, at=timezone.now())

    taken(jobcentre=roskilde.jobcentre, by=roskilde.caseworker)
    hold.refresh_from_db()
    assert hold.released_by == koege.caseworker


def test_the_limits_that_come_with_the_portal_are_in_force(db):
    [merged] = load_limits()

    assert not merged.refusals
    assert HoldLimit.objects.of(timezone.localdate()).most_days == 10


@pytest.mark.django_db(transaction=True)
def test_of_two_in_the_same_second_one_gets_it_and_the_other_is_told_who(taken, koege, roskilde):
    with transaction.atomic():
        first = taken()
        second = Beside(lambda: taken(jobcentre=roskilde.jobcentre, by=roskilde.caseworker))
        wait_until_somebody_is_locked_out()

    with pytest.raises(HeldAlready) as told:
        second.outcome()
    assert told.value.hold == first
    assert told.value.hold.jobcentre == koege.jobcentre
    assert Hold.objects.count() == 1

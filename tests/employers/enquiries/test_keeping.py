"""Open enquiries stay with somebody who is there: absence, return, people who leave, offices that close."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from employers.enquiries.keeping import keep
from employers.enquiries.models import Enquiry
from employers.enquiries.models.assignment import Occasion
from jobcenter.accounts.models import Role
from jobcenter.centres.models import Absence, DefaultOwner
from jobcenter.notifications.models import Mail, Notice
from tests.conftest import make_user


@pytest.fixture
def colleague(koege):
    return make_user("Nadia Berg", koege.jobcentre.organisation, Role.CASEWORKER)


@pytest.fixture
def third(koege, colleague):
    return make_user("Ulla Vang", koege.jobcentre.organisation, Role.CASEWORKER)


def away(centre, user, *, substitute=None, days=None):
    today = timezone.localdate()
    return Absence.objects.create(
        jobcentre=centre.jobcentre,
        user=user,
        substitute=substitute,
        valid_from=today - timedelta(days=1),
        valid_to=today + timedelta(days=days) if days else None,
    )


def back(absence):
    Absence.objects.filter(pk=absence.pk).update(valid_to=timezone.localdate())


def owner_of(enquiry):
    return Enquiry.objects.select_related("owner").get(pk=enquiry.pk).owner


def do_keep():
    return keep(at=timezone.now())


def test_open_work_goes_to_the_substitute_all_at_once_and_is_logged(koege, colleague, make_enquiry):
    waiting = [make_enquiry() for _time in range(3)]
    closed = make_enquiry(state="closed", closed_at=timezone.now())
    away(koege, koege.caseworker, substitute=colleague)

    assert do_keep() == 3

    assert [owner_of(one) for one in waiting] == [colleague] * 3
    assert owner_of(closed) == koege.caseworker
    row = waiting[0].assignments.get()
    assert (row.occasion, row.from_owner, row.owner, row.stands_in_for) == (
        Occasion.ABSENCE,
        koege.caseworker,
        colleague,
        koege.caseworker,
    )
    mail = Mail.objects.get()
    assert mail.to == colleague.email
    assert all(one.reference in mail.body for one in waiting)


def test_doing_it_again_changes_nothing(koege, colleague, make_enquiry):
    make_enquiry()
    away(koege, koege.caseworker, substitute=colleague)

    assert [do_keep(), do_keep()] == [1, 0]
    assert Mail.objects.count() == 1


def test_without_a_substitute_it_goes_round_among_those_who_are_there(koege, colleague, third, make_enquiry):
    enquiries = [make_enquiry() for _time in range(4)]
    away(koege, koege.caseworker)

    do_keep()

    assert [owner_of(one) for one in enquiries] == [colleague, third, colleague, third]


def test_where_nobody_else_is_there_it_goes_to_the_manager(koege, make_enquiry):
    enquiry = make_enquiry()
    away(koege, koege.caseworker)

    do_keep()

    assert owner_of(enquiry) == koege.manager


def test_a_confidential_one_without_a_substitute_goes_to_nobody_new_but_the_manager(
    koege, colleague, make_enquiry
):
    enquiry = make_enquiry(kind="dismissals", message="Vi lukker aftenholdet.")
    away(koege, koege.caseworker)

    do_keep()

    assert owner_of(enquiry) == koege.manager
    assert enquiry.company.name not in Mail.objects.get().body


def test_what_nobody_has_taken_up_goes_back_and_the_rest_stays(koege, colleague, make_enquiry):
    untouched, taken_up = make_enquiry(), make_enquiry()
    absence = away(koege, koege.caseworker, substitute=colleague)
    do_keep()
    taken_up.start(by=colleague, organisation=koege.jobcentre.organisation)
    back(absence)

    assert do_keep() == 1

    assert owner_of(untouched) == koege.caseworker
    assert owner_of(taken_up) == colleague
    assert untouched.assignments.last().occasion == Occasion.RETURN
    assert do_keep() == 0


def test_when_the_substitute_is_away_too_it_still_comes_back_to_whose_work_it_is(
    koege, colleague, third, make_enquiry
):
    enquiry = make_enquiry()
    absence = away(koege, koege.caseworker, substitute=colleague)
    do_keep()
    away(koege, colleague, substitute=third)
    do_keep()
    assert owner_of(enquiry) == third
    back(absence)

    do_keep()

    assert owner_of(enquiry) == koege.caseworker


def test_what_a_colleague_was_given_by_hand_does_not_go_back(koege, colleague, make_enquiry):
    from employers.enquiries.moving import give

    enquiry = make_enquiry()
    absence = away(koege, koege.caseworker, substitute=colleague)
    do_keep()
    give(enquiry, to=koege.manager, by=colleague, at=timezone.now())
    back(absence)

    assert do_keep() == 0
    assert owner_of(enquiry) == koege.manager


def test_who_no_longer_works_there_is_replaced(koege, colleague, make_enquiry):
    enquiry = make_enquiry()
    koege.caseworker.memberships.all().delete()

    do_keep()

    assert owner_of(enquiry) == colleague
    assert enquiry.assignments.get().occasion == Occasion.LEFT


def test_a_closed_office_leaves_its_enquiries_to_the_default_owner_and_the_employer_is_told(
    koege, aarhus, make_enquiry
):
    DefaultOwner.objects.create(
        jobcentre=aarhus.jobcentre, user=aarhus.manager, valid_from=timezone.localdate() - timedelta(days=9)
    )
    enquiry = make_enquiry()
    koege.jobcentre.valid_to = timezone.localdate()
    koege.jobcentre.save()

    do_keep()

    enquiry.refresh_from_db()
    assert (enquiry.jobcentre, enquiry.owner) == (aarhus.jobcentre, aarhus.manager)
    assert enquiry.vacancy.jobcentre == aarhus.jobcentre
    told = Notice.objects.get(recipient__email=enquiry.person.email)
    assert "Jobcenter Aarhus svarer jer nu" in told.subject
    assert told.link == enquiry.link
    assert aarhus.manager.name in told.text


def test_the_batch_is_bounded_and_the_rest_comes_next_time(koege, colleague, make_enquiry):
    from employers.enquiries.keeping import hand_over

    for _time in range(3):
        make_enquiry()
    away(koege, koege.caseworker, substitute=colleague)

    assert [hand_over(at=timezone.now(), limit=2) for _time in range(3)] == [2, 1, 0]


@pytest.mark.parametrize("field", ["owner", "jobcentre"])
def test_nobody_gets_an_enquiry_without_the_row_that_says_why(koege, roskilde, make_enquiry, field):
    enquiry = make_enquiry()
    setattr(enquiry, field, roskilde.caseworker if field == "owner" else roskilde.jobcentre)

    with pytest.raises(IntegrityError, match="no assignment"), transaction.atomic():
        enquiry.save()

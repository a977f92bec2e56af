"""Who owns an enquiry: whoever has least to answer, and always somebody."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from employers.enquiries.models import Enquiry
from employers.enquiries.ownership import NobodyOwns, choose_owner
from jobcenter.accounts.models import Role
from jobcenter.centres.models import DefaultOwner
from tests.conftest import make_user

TODAY = date(2026, 11, 19)


def test_the_one_with_fewest_waiting_owns_it(koege, make_enquiry):
    colleague = make_user("Nadia Berg", koege.jobcentre.organisation, Role.CASEWORKER)
    make_enquiry(owner=koege.caseworker)

    assert choose_owner(jobcentre=koege.jobcentre, on=TODAY) == colleague


def test_answered_and_closed_ones_do_not_count(koege, make_enquiry):
    make_user("Nadia Berg", koege.jobcentre.organisation, Role.CASEWORKER)
    now = timezone.now()
    make_enquiry(state=Enquiry.State.ANSWERED, answered_at=now)
    make_enquiry(state=Enquiry.State.CLOSED, closed_at=now)

    assert choose_owner(jobcentre=koege.jobcentre, on=TODAY) == koege.caseworker


def test_among_equals_the_first_owns_it(koege):
    make_user("Nadia Berg", koege.jobcentre.organisation, Role.CASEWORKER)

    assert choose_owner(jobcentre=koege.jobcentre, on=TODAY) == koege.caseworker


def test_neither_managers_nor_neighbours_nor_those_who_left_own_anything(koege, roskilde):
    koege.caseworker.is_active = False
    koege.caseworker.save()

    with pytest.raises(NobodyOwns):
        choose_owner(jobcentre=koege.jobcentre, on=TODAY)


def test_without_caseworkers_the_default_owner_of_the_date_owns_it(koege, administrator):
    koege.caseworker.delete()
    until_yesterday = make_user("Gammel Vagt", koege.jobcentre.organisation, Role.MANAGER)
    DefaultOwner.objects.create(jobcentre=koege.jobcentre, user=until_yesterday, valid_from=date(2020, 1, 1))
    DefaultOwner.objects.hand_to(jobcentre=koege.jobcentre, user=administrator, on=TODAY)

    assert choose_owner(jobcentre=koege.jobcentre, on=TODAY) == administrator
    assert choose_owner(jobcentre=koege.jobcentre, on=TODAY - timedelta(days=1)) == until_yesterday

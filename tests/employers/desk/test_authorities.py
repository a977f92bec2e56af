"""Whom a team works for is dated, and divides nothing: both halves share one queue and one contact log."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from employers.contacts.models import Contact
from employers.enquiries.models import Enquiry
from jobcenter.accounts.models import Role
from jobcenter.centres.authorities import authorities_of
from jobcenter.centres.manning import end_team, man_team
from jobcenter.centres.models import Authority, TeamAuthority
from tests.conftest import LONG_AGO, make_user

UNITED = date(2009, 8, 1)
"""From that day a jobcentre was the municipality's alone."""


@pytest.fixture
def of_the_state(koege):
    return make_user("Nadia Berg", koege.jobcentre.organisation, Role.CASEWORKER)


@pytest.fixture
def do_man(koege):
    def do_man(name, *members, authority=Authority.MUNICIPAL, on=LONG_AGO, **fields):
        return man_team(
            jobcentre=koege.jobcentre,
            name=name,
            members=members,
            kinds=[],
            industries=[],
            authority=authority,
            on=on,
            **fields,
        )

    return do_man


def test_a_jobcentre_of_2007_has_a_half_of_the_state_and_one_of_the_municipality_until_2009(
    koege, of_the_state, do_man
):
    state = do_man("Statens del", of_the_state, authority=Authority.STATE)
    do_man("Kommunens del", koege.caseworker)
    do_man("Statens del", of_the_state, team=state, on=UNITED)

    in_2008 = authorities_of(koege.jobcentre, on=date(2008, 3, 1))
    assert in_2008 == {of_the_state.pk: [Authority.STATE], koege.caseworker.pk: [Authority.MUNICIPAL]}
    # Where all work for the same, it says nothing.
    assert not authorities_of(koege.jobcentre, on=UNITED)
    assert list(state.authorities.order_by("pk").values_list("authority", "valid_from", "valid_to")) == [
        ("state", LONG_AGO, UNITED),
        ("municipal", UNITED, None),
    ]


@pytest.mark.parametrize("authority", [Authority.STATE, Authority.FUND])
def test_both_halves_share_one_queue_and_one_contact_log(
    client, koege, of_the_state, do_man, make_enquiry, make_contact, authority
):
    do_man("Den ene", of_the_state, authority=authority)
    do_man("Den anden", koege.caseworker)
    mine = make_enquiry()
    theirs = make_enquiry(owner=of_the_state)
    make_contact(note="Ring efter kl. 10")
    make_contact(by=of_the_state, note="Spørg efter formanden", channel=Contact.Channel.VISIT)

    for user in (koege.caseworker, of_the_state):
        assert set(Enquiry.objects.visible_to(koege.jobcentre, user=user)) == {mine, theirs}
        client.force_login(user)
        page = client.get(mine.company.get_absolute_url())
        assertContains(page, "Ring efter kl. 10")
        assertContains(page, "Spørg efter formanden")


def test_the_owner_is_shown_with_whom_they_work_for_where_it_differs(
    client, koege, of_the_state, do_man, make_enquiry
):
    enquiry = make_enquiry(owner=of_the_state)
    client.force_login(koege.manager)
    page = reverse("desk:enquiry", args=[enquiry.pk])
    do_man("Kommunens", koege.caseworker)
    assertNotContains(client.get(page), "en a-kasse")

    do_man("A-kassens", of_the_state, authority=Authority.FUND)

    assertContains(client.get(page), "Jobcenter Køge · en a-kasse")
    assertContains(client.get(reverse("desk:staffing")), "En a-kasse · siden")


def test_the_manager_says_whom_a_team_works_for_from_today(client, koege, do_man):
    team = do_man("Rekruttering", koege.caseworker)
    client.force_login(koege.manager)

    client.post(
        reverse("desk:team", args=[team.pk]),
        {"name": "Rekruttering", "members": [koege.caseworker.pk], "authority": "fund"},
    )

    today = timezone.localdate()
    assert team.authorities.valid(today).get().authority == Authority.FUND
    assert team.authorities.valid(today - timedelta(days=1)).get().authority == Authority.MUNICIPAL


def test_a_team_works_for_one_at_a_time_and_for_nobody_when_it_has_ended(koege, do_man):
    team = do_man("Rekruttering", koege.caseworker)
    with pytest.raises(IntegrityError, match="one_authority_at_a_time"), transaction.atomic():
        TeamAuthority.objects.create(team=team, authority=Authority.STATE, valid_from=UNITED)

    end_team(team, on=UNITED)

    assert not team.authorities.valid(UNITED).exists()

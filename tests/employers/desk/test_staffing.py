"""A manager's pages: teams and absences."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from employers.enquiries.models import Enquiry
from jobcenter.accounts.models import Role
from jobcenter.centres.models import Absence, Team, TeamMember
from tests.conftest import make_user
from tests.queries import assert_same_queries


@pytest.fixture
def manager(client, koege):
    client.force_login(koege.manager)
    return koege.manager


@pytest.fixture
def colleague(koege):
    return make_user("Nadia Berg", koege.jobcentre.organisation, Role.CASEWORKER)


def day(days=0):
    return timezone.localdate() + timedelta(days=days)


def do_note(client, user, **fields):
    return client.post(
        reverse("desk:absent"),
        {"user": user.pk, "substitute": "", "valid_from": day(), "valid_to": "", **fields},
        follow=True,
    )


def test_an_absence_from_today_moves_the_open_work_at_once_and_the_return_gives_it_back(
    client, manager, koege, colleague, make_enquiry
):
    enquiry = make_enquiry()

    page = do_note(client, koege.caseworker, substitute=colleague.pk, valid_from=day(-1), valid_to=day(7))

    assertContains(page, "1 åben henvendelse er gået til en anden")
    assert Enquiry.objects.get().owner == colleague
    client.post(reverse("desk:back", args=[Absence.objects.get().pk]))
    assert Enquiry.objects.get(pk=enquiry.pk).owner == koege.caseworker
    assert Absence.objects.get().valid_to == day()


def test_an_absence_to_come_moves_nothing_yet_and_can_be_deleted(client, manager, koege, make_enquiry):
    make_enquiry()

    do_note(client, koege.caseworker, valid_from=day(3))

    assert Enquiry.objects.get().owner == koege.caseworker
    client.post(reverse("desk:back", args=[Absence.objects.get().pk]))
    assert not Absence.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"user": ""}, "Vælg, hvem der er fraværende"),
        ({"valid_from": ""}, "Skriv den første fraværsdag"),
        ({"valid_to": "2020-01-01"}, "Den sidste dato skal ligge efter den første."),
    ],
)
def test_what_is_wrong_with_an_absence_is_said(client, manager, koege, fields, sentence):
    page = client.post(
        reverse("desk:absent"),
        {"user": koege.caseworker.pk, "valid_from": day(), "valid_to": "", **fields},
    )

    assertContains(page, sentence)
    assert not Absence.objects.exists()


def test_nobody_is_away_twice_or_stands_in_for_themselves(client, manager, koege):
    do_note(client, koege.caseworker)

    assertContains(do_note(client, koege.caseworker), "allerede meldt fraværende")
    same = do_note(
        client, koege.caseworker, substitute=koege.caseworker.pk, valid_from=day(-9), valid_to=day(-5)
    )
    assertContains(same, "Afløseren skal være en anden.")


def test_a_neighbours_people_cannot_be_noted_as_away(client, manager, roskilde):
    do_note(client, roskilde.caseworker)

    assert not Absence.objects.exists()


def test_a_team_is_made_changed_and_ended_and_what_was_stays_readable(client, manager, koege, colleague):
    said = {
        "name": "Rekruttering",
        "members": [koege.caseworker.pk],
        "kinds": ["recruit"],
        "authority": "municipal",
    }
    client.post(reverse("desk:new_team"), said)
    team = Team.objects.get()
    Team.objects.update(valid_from=day(-30))
    TeamMember.objects.update(valid_from=day(-30))

    client.post(reverse("desk:team", args=[team.pk]), {**said, "members": [colleague.pk]})

    assertContains(client.get(reverse("desk:staffing")), "Nadia Berg")
    assert [(one.user, one.valid_to) for one in team.members.order_by("pk")] == [
        (koege.caseworker, day()),
        (colleague, None),
    ]
    client.post(reverse("desk:no_team", args=[team.pk]))
    assertNotContains(client.get(reverse("desk:staffing")), "Rekruttering</")
    assert Team.objects.get().valid_to == day()


def test_a_team_needs_a_name_of_its_own_and_somebody_in_it(client, manager, koege):
    said = {"name": "Rekruttering", "members": [koege.caseworker.pk], "authority": "municipal"}
    client.post(reverse("desk:new_team"), said)

    assertContains(client.post(reverse("desk:new_team"), said), "allerede et team med det navn")
    assertContains(client.post(reverse("desk:new_team"), {"name": "Andet"}), "Vælg, hvem der er i teamet")
    assert Team.objects.count() == 1


def test_the_managers_page_costs_the_same_however_many_teams_and_absences(client, manager, koege):
    numbers = iter(range(9))

    def add() -> None:
        number = next(numbers)
        team = Team.objects.create(jobcentre=koege.jobcentre, name=f"Team {number}", valid_from=day(-1))
        TeamMember.objects.create(team=team, user=koege.caseworker, valid_from=day(-1))
        user = make_user(f"Person Nummer{number}", koege.jobcentre.organisation, Role.CASEWORKER)
        Absence.objects.create(
            jobcentre=koege.jobcentre, user=user, substitute=koege.caseworker, valid_from=day(1)
        )

    assert_same_queries(open_page=lambda: client.get(reverse("desk:staffing")), add_row=add)

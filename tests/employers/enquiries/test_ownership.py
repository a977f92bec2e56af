"""Who owns an enquiry: the company's lead, else whose turn it is among those who are there; always one."""

from datetime import date, timedelta

import pytest

from employers.contacts.leading import agree_on_lead, end_lead
from employers.enquiries.models.assignment import Rule
from employers.enquiries.ownership import NobodyOwns, choose_owner, route
from jobcenter.accounts.models import Role
from jobcenter.centres.models import Absence, DefaultOwner, Serves, Team, TeamMember
from jobcenter.centres.routing import NobodyAnswers
from tests.conftest import make_user

TODAY = date(2026, 11, 19)


@pytest.fixture
def colleague(koege):
    return make_user("Nadia Berg", koege.jobcentre.organisation, Role.CASEWORKER)


def away(centre, user, *, substitute=None, since=TODAY, until=None):
    return Absence.objects.create(
        jobcentre=centre.jobcentre, user=user, substitute=substitute, valid_from=since, valid_to=until
    )


def owner_at(centre, *, company=None, kind="other", on=TODAY):
    choice = choose_owner(jobcentre=centre.jobcentre, kind=kind, company=company, on=on)
    return choice.owner, choice.rule


def make_team(centre, *members, name="Team", **fields):
    team = Team.objects.create(jobcentre=centre.jobcentre, name=name, valid_from=date(2026, 1, 1), **fields)
    for member in members:
        TeamMember.objects.create(team=team, user=member, valid_from=date(2026, 1, 1))
    return team


def test_the_turn_goes_round(koege, colleague):
    owners = [owner_at(koege)[0] for _time in range(3)]

    assert owners == [koege.caseworker, colleague, koege.caseworker]


def test_whoever_is_away_is_passed_over_until_they_are_back(koege, colleague):
    away(koege, koege.caseworker, until=TODAY + timedelta(days=7))

    assert [owner_at(koege)[0] for _time in range(2)] == [colleague, colleague]
    assert owner_at(koege, on=TODAY + timedelta(days=7))[0] == koege.caseworker


def test_each_team_has_a_turn_of_its_own(koege, colleague):
    third = make_user("Ulla Vang", koege.jobcentre.organisation, Role.CASEWORKER)
    make_team(koege, koege.caseworker, third, kinds=["recruit"])

    assert owner_at(koege, kind="recruit") == (koege.caseworker, Rule.TEAM)
    assert owner_at(koege) == (koege.caseworker, Rule.TURN)
    assert owner_at(koege, kind="recruit") == (third, Rule.TEAM)


def test_a_team_of_which_nobody_is_there_gives_the_turn_to_the_jobcentre(koege, colleague):
    make_team(koege, koege.caseworker)
    away(koege, koege.caseworker)

    assert owner_at(koege) == (colleague, Rule.TURN)


def test_a_team_that_is_over_or_of_another_jobcentre_takes_nothing(koege, roskilde):
    make_team(koege, koege.caseworker, name="Før", valid_to=TODAY)
    make_team(roskilde, roskilde.caseworker, name="Nabo")

    assert owner_at(koege) == (koege.caseworker, Rule.TURN)


def test_the_companys_lead_owns_it_whoever_has_the_turn(koege, colleague, company):
    agree_on_lead(
        company=company, jobcentre=koege.jobcentre, user=colleague, agreed="Aftalt med direktøren", on=TODAY
    )

    assert [owner_at(koege, company=company) for _time in range(2)] == [(colleague, Rule.LEAD)] * 2
    assert owner_at(koege)[0] == koege.caseworker
    end_lead(company=company, jobcentre=koege.jobcentre, on=TODAY + timedelta(days=1))
    assert owner_at(koege, company=company, on=TODAY + timedelta(days=1)) == (colleague, Rule.TURN)


def test_the_substitute_of_a_lead_who_is_away_owns_it(koege, colleague, company):
    agree_on_lead(
        company=company, jobcentre=koege.jobcentre, user=koege.caseworker, agreed="Aftalt", on=TODAY
    )
    away(koege, koege.caseworker, substitute=colleague)

    assert owner_at(koege, company=company) == (colleague, Rule.SUBSTITUTE)


def test_a_lead_in_another_jobcentre_does_not_decide_here(koege, roskilde, company):
    agree_on_lead(
        company=company, jobcentre=roskilde.jobcentre, user=roskilde.caseworker, agreed="Aftalt", on=TODAY
    )

    assert owner_at(koege, company=company) == (koege.caseworker, Rule.TURN)


def test_the_manager_owns_it_only_where_no_caseworker_is_there(koege):
    away(koege, koege.caseworker)

    assert owner_at(koege) == (koege.manager, Rule.MANAGER)


def test_those_who_left_own_nothing(koege, roskilde):
    for person in (koege.caseworker, koege.manager):
        person.is_active = False
        person.save()

    with pytest.raises(NobodyOwns):
        owner_at(koege)


@pytest.fixture
def default(aarhus):
    return DefaultOwner.objects.create(
        jobcentre=aarhus.jobcentre, user=aarhus.manager, valid_from=date(2007, 1, 1)
    )


def routed(municipality):
    choice = route(municipality=municipality, kind="other", company=None, on=TODAY)
    return choice.jobcentre, choice.owner, choice.rule, choice.is_by_municipality


def test_what_no_municipality_decides_falls_to_the_default_jobcentre_and_person(koege, aarhus, default):
    assert routed(None) == (aarhus.jobcentre, aarhus.manager, Rule.DEFAULT, False)
    assert routed(koege.municipality) == (koege.jobcentre, koege.caseworker, Rule.TURN, True)


def test_a_closed_office_and_one_that_has_nobody_fall_there_too(koege, roskilde, aarhus, default):
    Serves.objects.filter(jobcentre=koege.jobcentre).update(valid_to=TODAY)
    roskilde.caseworker.delete()
    roskilde.manager.delete()

    fallen = (aarhus.jobcentre, aarhus.manager, Rule.DEFAULT, False)
    assert routed(koege.municipality) == fallen
    assert routed(roskilde.municipality) == fallen


def test_the_substitute_of_the_default_owner_owns_it_while_they_are_away(aarhus, default):
    away(aarhus, aarhus.manager, substitute=aarhus.caseworker)

    assert routed(None) == (aarhus.jobcentre, aarhus.caseworker, Rule.DEFAULT, False)


def test_without_a_default_owner_nobody_answers(koege):
    with pytest.raises(NobodyAnswers):
        routed(None)

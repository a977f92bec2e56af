"""Teams and absences: what may be written down, and what is found again."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from jobcenter.accounts.models import Role
from jobcenter.centres.models import Absence, Team, TeamMember
from jobcenter.classifications.models import Industry
from tests.conftest import make_user

TODAY = date(2026, 11, 19)


@pytest.fixture
def industries(db):
    """A section and a class two levels below it."""
    section = Industry.objects.create(
        version="nace_2_1", code="C", level=1, title_da="Fremstilling", valid_from=date(2025, 1, 1)
    )
    division = Industry.objects.create(
        version="nace_2_1", code="22", level=2, parent=section, title_da="Plast", valid_from=date(2025, 1, 1)
    )
    return section, division


@pytest.fixture
def make_team(koege, industries):
    def make(name, *, kinds=(), by_industry=False):
        team = Team.objects.create(
            jobcentre=koege.jobcentre, name=name, kinds=list(kinds), valid_from=date(2026, 1, 1)
        )
        if by_industry:
            team.industries.add(industries[0])
        return team

    return make


def test_the_most_particular_team_comes_first(make_team, industries):
    everything = make_team("Alle")
    of_kind = make_team("Rekruttering", kinds=["recruit"])
    of_industry = make_team("Industri", by_industry=True)
    of_both = make_team("Rekruttering i industrien", kinds=["recruit"], by_industry=True)
    make_team("Fastholdelse", kinds=["retention"])

    found = Team.objects.valid(TODAY).taking(kind="recruit", industry=industries[1])

    assert found == [of_both, of_industry, of_kind, everything]


def test_a_company_without_a_known_industry_goes_by_its_kind(make_team):
    make_team("Industri", by_industry=True)
    of_kind = make_team("Rekruttering", kinds=["recruit"])

    assert Team.objects.valid(TODAY).taking(kind="recruit", industry=None) == [of_kind]


def test_nobody_is_twice_in_a_team_at_a_time(make_team, koege):
    team = make_team("Alle")
    TeamMember.objects.create(team=team, user=koege.caseworker, valid_from=TODAY)

    with pytest.raises(IntegrityError, match="team_member_once"), transaction.atomic():
        TeamMember.objects.create(team=team, user=koege.caseworker, valid_from=TODAY + timedelta(days=9))


def test_nobody_is_away_twice_at_a_time_or_stands_in_for_themselves(koege):
    Absence.objects.create(jobcentre=koege.jobcentre, user=koege.caseworker, valid_from=TODAY)

    with pytest.raises(IntegrityError, match="absence_once"), transaction.atomic():
        Absence.objects.create(
            jobcentre=koege.jobcentre, user=koege.caseworker, valid_from=TODAY + timedelta(days=9)
        )
    with pytest.raises(IntegrityError, match="somebody_else"), transaction.atomic():
        Absence.objects.create(
            jobcentre=koege.jobcentre,
            user=koege.caseworker,
            substitute=koege.caseworker,
            valid_from=date(2020, 1, 1),
            valid_to=date(2020, 2, 1),
        )


def test_a_substitute_works_in_the_same_jobcentre(koege, roskilde):
    absence = Absence(
        jobcentre=koege.jobcentre,
        user=koege.caseworker,
        substitute=roskilde.caseworker,
        valid_from=TODAY,
    )

    with pytest.raises(ValidationError, match="samme jobcenter"):
        absence.full_clean()
    absence.substitute = make_user("Nadia Berg", koege.jobcentre.organisation, Role.CASEWORKER)
    absence.full_clean()

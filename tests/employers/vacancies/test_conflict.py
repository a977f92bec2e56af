"""Labour conflicts: what they cover, and that nothing covered is published."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from employers.companies.models import Company, Workplace
from employers.vacancies.models import LabourConflict, State, Vacancy
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.classifications.models import Occupation


@pytest.fixture
def make_conflict(company, koege):
    def make(*, occupations=(), workplaces=(), **fields):
        conflict = LabourConflict.objects.create(
            **{
                "company": company,
                "jobcentre": koege.jobcentre,
                "registered_by": koege.caseworker,
                "starts_on": timezone.localdate(),
                "source": "Varsel fra 3F",
                **fields,
            }
        )
        conflict.covers(occupations=occupations, workplaces=workplaces)
        return conflict

    return make


def occupation_of(code, parent=None):
    return Occupation.objects.create(
        code=code, level=len(code), title_da=code, sort_key=code, valid_from=date(2010, 1, 1), parent=parent
    )


def covered(vacancy, on=None):
    """Both ways of asking must answer the same."""
    on = on or timezone.localdate()
    one_by_one = LabourConflict.objects.covering(
        workplace=vacancy.workplace, occupation=vacancy.occupation, on=on
    ).exists()
    assert Vacancy.objects.in_conflict(on=on).filter(pk=vacancy.pk).exists() == one_by_one
    return one_by_one


def test_without_more_it_covers_the_whole_company_and_nobody_else(make_vacancy, make_conflict, aarhus):

    other = Company.objects.create(cvr="99000027", name="Ølby Plast ApS")
    Workplace.objects.create(
        company=other, address="Ølbyvej 3", postcode="8000", municipality=aarhus.municipality
    )
    ours, theirs = make_vacancy(), make_vacancy(company=other)
    make_conflict()

    assert covered(ours)
    assert not covered(theirs)


def test_an_occupation_covers_those_under_it_and_no_other(make_vacancy, make_conflict, occupation):
    under = occupation_of("814220", parent=occupation)
    cook = occupation_of("5120")
    vacancies = [make_vacancy(occupation=one) for one in (occupation, under, cook)]
    make_conflict(occupations=[occupation])

    assert [covered(one) for one in vacancies] == [True, True, False]


def test_a_workplace_outside_it_is_not_covered(make_vacancy, make_conflict, company, koege):
    here = make_vacancy()
    elsewhere = Workplace.objects.create(
        company=company, address="Havnen 1", postcode="4600", municipality=koege.municipality
    )
    make_conflict(workplaces=[here.workplace])

    assert covered(here)
    assert not covered(make_vacancy(workplace=elsewhere))


def test_work_of_an_unknown_kind_is_covered_by_any_conflict_there(make_conflict, company, occupation):
    conflict = make_conflict(occupations=[occupation])

    found = LabourConflict.objects.covering(workplace=company.workplaces.get(), on=timezone.localdate())

    assert list(found) == [conflict]


@pytest.mark.parametrize(("days", "is_covered"), [(-1, False), (0, True), (5, True), (6, False)])
def test_it_covers_from_its_first_day_to_its_last(make_vacancy, make_conflict, days, is_covered):
    today = timezone.localdate()
    vacancy = make_vacancy()
    make_conflict(starts_on=today, ends_on=today + timedelta(days=5))

    assert covered(vacancy, on=today + timedelta(days=days)) == is_covered


def test_covered_work_is_neither_published_nor_resumed_nor_restored(make_vacancy, make_conflict, koege):
    by = {"by": koege.caseworker, "organisation": koege.jobcentre.organisation}
    waiting = make_vacancy()
    paused = make_vacancy(state=State.PUBLISHED).pause(**by)
    stopped = make_vacancy(state=State.PUBLISHED).stop(source="Varsel fra 3F")
    make_conflict()

    for step in (lambda: waiting.publish(**by), lambda: paused.resume(**by), stopped.restore):
        with pytest.raises(TransitionRefused, match="arbejdskonflikt"):
            step()
    assert not Vacancy.objects.public().exists()


def test_a_conflict_ends_after_it_begins(make_conflict):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_conflict(ends_on=timezone.localdate() - timedelta(days=1))

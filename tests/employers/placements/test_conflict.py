"""A labour conflict: work trials there end, wage subsidies are marked, and nothing new is granted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from employers.placements import deciding, ending
from employers.placements.models import Answer, Ending, Kind, State
from employers.vacancies.models import LabourConflict
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.classifications.models import Occupation
from jobcenter.notifications.models import Mail


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def make_conflict(company, koege, today):
    def make(*, workplaces=(), occupations=(), **fields):
        conflict = LabourConflict.objects.create(
            **{
                "company": company,
                "starts_on": today,
                "source": "Fagbladet",
                "jobcentre": koege.jobcentre,
                "registered_by": koege.caseworker,
                **fields,
            }
        )
        conflict.covers(workplaces=workplaces, occupations=occupations)
        return conflict

    return make


@pytest.fixture
def running(make_placement, today):
    def make(**fields):
        return make_placement(state=State.GRANTED, starts_on=today - timedelta(days=10), **fields)

    return make


def test_a_work_trial_ends_the_day_before_and_everybody_is_told(running, make_conflict, today, koege):
    trial = running(kind=Kind.WORK_TRIAL)
    conflict = make_conflict()

    assert ending.obey_conflicts(on=today) == 1
    assert ending.obey_conflicts(on=today) == 0

    trial.refresh_from_db()
    assert (trial.state, trial.ending, trial.ended_on) == (
        State.ENDED,
        Ending.CONFLICT,
        today - timedelta(days=1),
    )
    assert trial.conflict == conflict
    assert "arbejdskonflikt" in trial.log.get().comment
    assert {mail.to for mail in Mail.objects.all()} == {trial.person.email, koege.caseworker.email}
    assert trial.effects.count() == 2


def test_a_wage_subsidy_goes_on_and_is_marked_once(running, make_conflict, today, koege):
    subsidy = running()
    conflict = make_conflict()

    assert ending.obey_conflicts(on=today) == 1
    assert ending.obey_conflicts(on=today) == 0

    subsidy.refresh_from_db()
    assert (subsidy.state, subsidy.conflict) == (State.GRANTED, conflict)
    assert subsidy.log.get().from_state == "conflict"
    assert Mail.objects.get().to == koege.caseworker.email


def test_other_workplaces_and_other_work_are_left_alone(running, make_conflict, today, company, occupation):
    here = company.workplaces.get()
    other_place = company.workplaces.create(
        address="Havnevej 1", postcode="4600", municipality=here.municipality
    )
    cook = Occupation.objects.create(
        code="5120", level=4, title_da="Kokkearbejde", sort_key="kokke", valid_from=occupation.valid_from
    )
    elsewhere = running(kind=Kind.WORK_TRIAL, workplace=other_place)
    other_work = running(kind=Kind.WORK_TRIAL, workplace=here, occupation=cook)
    covered = running(kind=Kind.WORK_TRIAL, workplace=here, occupation=occupation)
    unknown_work = running(kind=Kind.WORK_TRIAL, workplace=here)
    make_conflict(workplaces=[here], occupations=[occupation])

    ending.obey_conflicts(on=today)

    states = {
        one.pk: type(one).objects.get(pk=one.pk).state
        for one in (elsewhere, other_work, covered, unknown_work)
    }
    assert states == {
        elsewhere.pk: State.GRANTED,
        other_work.pk: State.GRANTED,
        covered.pk: State.ENDED,
        unknown_work.pk: State.ENDED,
    }


def test_one_that_is_over_or_to_come_touches_nothing(running, make_conflict, today):
    running(kind=Kind.WORK_TRIAL)
    make_conflict(starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1))
    make_conflict(starts_on=today + timedelta(days=1))

    assert ending.obey_conflicts(on=today) == 0


@pytest.mark.parametrize("starts_in", [0, 20])
def test_nothing_is_granted_while_it_lasts(make_placement, make_conflict, today, koege, starts_in):
    placement = make_placement(round=1, answer=Answer.CONFIRMED, answered_at=timezone.now())
    make_conflict(starts_on=today + timedelta(days=starts_in))

    with pytest.raises(TransitionRefused, match="arbejdskonflikt"):
        deciding.grant(
            placement=placement,
            reason="Ja",
            vitas="LT-1234",
            group="unemployment",
            by=koege.caseworker,
            organisation=koege.jobcentre.organisation,
        )


def test_a_batch_is_bounded(running, make_conflict, today, monkeypatch):
    for _number in range(3):
        running(kind=Kind.WORK_TRIAL)
    make_conflict()
    monkeypatch.setattr(ending, "BATCH", 2)

    assert [ending.obey_conflicts(on=today) for _round in range(3)] == [2, 1, 0]

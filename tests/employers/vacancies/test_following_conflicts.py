"""When a labour conflict is registered, begins and ends: vacancies are taken off, and come back by a rule."""

from datetime import timedelta

import pytest
from django.utils import timezone

from employers.vacancies.conflicts import end, follow, register
from employers.vacancies.models import HeldFor, State, Vacancy


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def strike(company, koege, today):
    def strike(**fields):
        return register(
            **{
                "company": company,
                "workplaces": [],
                "occupations": [],
                "starts_on": today,
                "ends_on": None,
                "source": "Varsel fra 3F",
                "jobcentre": koege.jobcentre,
                "by": koege.caseworker,
                **fields,
            }
        )

    return strike


def now(vacancy):
    return Vacancy.objects.get(pk=vacancy.pk)


def test_what_is_covered_is_taken_off_at_once_and_says_why(make_vacancy, strike):
    shown = make_vacancy(state=State.PUBLISHED)

    strike()

    assert not Vacancy.objects.public().exists()
    assert (now(shown).state, now(shown).held_for) == (State.HELD, HeldFor.CONFLICT)
    assert shown.log.last().comment == "Varsel fra 3F"


def test_when_it_is_over_what_was_shown_comes_back_as_it_was(make_vacancy, strike, today):
    shown = make_vacancy(state=State.PUBLISHED)
    conflict = strike(starts_on=today - timedelta(days=3))

    end(conflict, last_day=today - timedelta(days=1))

    assert now(shown).state == State.PUBLISHED
    assert now(shown).published_at == shown.published_at
    assert [row.to_state for row in shown.log.all()] == [State.HELD, State.PUBLISHED]


def test_a_paused_and_a_waiting_vacancy_are_left_as_they_are(make_vacancy, strike, today):
    paused = make_vacancy(state=State.PAUSED, published_at=timezone.now())
    waiting = make_vacancy()
    conflict = strike(starts_on=today - timedelta(days=1))
    end(conflict, last_day=today - timedelta(days=1))

    assert [now(paused).state, now(waiting).state] == [State.PAUSED, State.SUBMITTED]


def test_it_stays_off_while_another_conflict_covers_it(make_vacancy, strike, today):
    shown = make_vacancy(state=State.PUBLISHED)
    first = strike(starts_on=today - timedelta(days=2))
    strike(source="Lockout")

    end(first, last_day=today - timedelta(days=1))

    assert now(shown).state == State.HELD


def test_a_conflict_to_come_takes_nothing_off_until_its_day(make_vacancy, strike, today):
    shown = make_vacancy(state=State.PUBLISHED)
    strike(starts_on=today + timedelta(days=2))
    assert now(shown).state == State.PUBLISHED

    assert follow(on=today + timedelta(days=2)) == (1, 0)
    assert follow(on=today + timedelta(days=2)) == (0, 0)

    assert now(shown).state == State.HELD
    assert shown.log.count() == 1


def test_what_can_no_longer_be_applied_for_does_not_come_back(make_vacancy, strike, today):
    held = make_vacancy(
        state=State.PUBLISHED, apply_by=today - timedelta(days=1), starts_on=today + timedelta(days=30)
    )
    held.stop(source="Varsel")

    follow(on=today)

    assert now(held).state == State.HELD


def test_other_companies_are_not_touched(make_vacancy, strike, roskilde):
    from employers.companies.models import Company, Workplace

    other = Company.objects.create(cvr="99000027", name="Ølby Plast ApS")
    Workplace.objects.create(
        company=other, address="Ølbyvej 3", postcode="4000", municipality=roskilde.municipality
    )
    theirs = make_vacancy(company=other, state=State.PUBLISHED)

    strike()

    assert now(theirs).state == State.PUBLISHED

"""The vacancies of the demonstration: what is planted is there, and every advertisement could be one."""

import random
from collections import defaultdict
from datetime import date

import pytest
from django.core.management import call_command
from django.utils import timezone

from employers.companies.demo import load as load_companies
from employers.vacancies.demo import EASY, FEW, HARD, half_years, load
from employers.vacancies.models import HeldFor, Outcome, State, Terms, Vacancy
from jobcenter.centres.demo import load as load_people
from jobcenter.runtime.demo import SEED, Demo

FAILED = (Outcome.FILLED_OTHER_PROFILE, Outcome.NOT_FILLED)


def new_world():
    return Demo(today=timezone.localdate(), now=timezone.now(), random=random.Random(SEED))


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The whole country once for all tests of this file: reference data, people, companies, vacancies."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_reference_data")
        world = new_world()
        for fill in (load_people, load_companies, load):
            fill(world)
        yield world
        transaction.set_rollback(True)


def attempts_and_failed(half_year):
    """(area, unit group) → how many vacancies ended with a known outcome, and how many of those in vain."""
    ended = Vacancy.objects.filter(
        closed_at__date__range=(half_year.begins, half_year.ends),
        outcome__in=[*FAILED, Outcome.FILLED_AS_WANTED],
    ).values_list("workplace__municipality__areas__code", "occupation__code", "outcome")
    found = defaultdict(lambda: (0, 0))
    for area, code, outcome in ended:
        attempts, failed = found[area, code[:4]]
        found[area, code[:4]] = attempts + 1, failed + (outcome in FAILED)
    return found


def test_what_is_planted_is_there(world):
    found = attempts_and_failed(half_years(world.today)[0])
    for area, groups in HARD.items():
        for group in groups:
            attempts, failed = found[area, group]
            assert attempts >= 15, (area, group)
            assert 0.4 <= failed / attempts <= 0.65, (area, group)
        for group in EASY:
            attempts, failed = found[area, group]
            assert attempts >= 16, (area, group)
            assert failed == 0, (area, group)
        for group in FEW[area]:
            assert 0 < found[area, group][0] < 5, (area, group)


def test_there_is_enough_to_look_at(world):
    assert Vacancy.objects.public(on=world.today).count() == 120
    last = half_years(world.today)[0]
    closed = Vacancy.objects.filter(closed_at__date__range=(last.begins, last.ends)).count()
    assert 2000 <= closed <= 3000


def test_every_part_of_a_vacancys_life_is_there(world):
    published = Vacancy.objects.public(on=world.today)
    assert set(published.values_list("terms", flat=True)) == set(Terms)
    assert published.filter(positions_filled__gt=0).exists()
    assert Vacancy.objects.filter(state=State.PAUSED).count() == 6
    held = Vacancy.objects.get(held_for=HeldFor.CONFLICT)
    assert held in Vacancy.objects.in_conflict(on=world.today)


def test_every_published_vacancy_could_have_been_written(world):
    for vacancy in Vacancy.objects.public(on=world.today):
        vacancy.full_clean(exclude=["company", "workplace", "jobcentre", "occupation"])
        assert vacancy.published_at <= world.now
        assert vacancy.starts_on >= vacancy.apply_by
        assert vacancy.text.count("\n\n") == 3
        assert [step.to_state for step in vacancy.log.all()] == ["submitted", "published"]


@pytest.mark.parametrize(
    ("today", "periods"),
    [
        (date(2026, 11, 22), [(date(2026, 1, 1), date(2026, 6, 30)), (date(2026, 7, 1), date(2026, 11, 21))]),
        (date(2026, 3, 5), [(date(2025, 7, 1), date(2025, 12, 31)), (date(2026, 1, 1), date(2026, 3, 4))]),
        (date(2026, 7, 1), [(date(2026, 1, 1), date(2026, 6, 30))]),
    ],
)
def test_the_half_years_are_the_last_whole_one_and_what_has_been_of_this(today, periods):
    assert [(one.begins, one.ends) for one in half_years(today)] == periods

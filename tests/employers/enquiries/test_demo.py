"""The enquiries of the demonstration: a year of promises mostly kept, and something to do today."""

import random
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from employers.companies.models import Person
from employers.enquiries.demo import load
from employers.enquiries.models import Enquiry, State
from employers.enquiries.promise import kept
from employers.vacancies.demo import JOBS, read_jobs
from employers.vacancies.models import Outcome, Vacancy
from jobcenter.classifications.models import Occupation
from jobcenter.geography.models import AreaMunicipality
from jobcenter.runtime.demo import SEED, Demo
from tests.conftest import LONG_AGO


@pytest.fixture
def world(sjaelland, company, koege, make_vacancy):
    for job in read_jobs().jobs:
        Occupation.objects.create(
            code=job.code, level=5, title_da=job.titles[0], sort_key=job.code, valid_from=LONG_AGO
        )
    now = timezone.now()
    for _number in range(4):
        make_vacancy(
            state=Vacancy.State.CLOSED,
            outcome=Outcome.NOT_FILLED,
            hours=Decimal(37),
            created_at=now - timedelta(days=80),
            published_at=now - timedelta(days=78),
            closed_at=now - timedelta(days=40),
        )
    return Demo(today=timezone.localdate(), now=now, random=random.Random(SEED))


def test_the_promise_has_mostly_been_kept(world):
    load(world)

    year = kept(at=world.now)
    assert year.due > 1000
    assert 0.9 < year.share < 1


def test_something_waits_and_every_step_is_logged(world, koege):
    load(world)

    waiting = Enquiry.objects.waiting().filter(jobcentre=koege.jobcentre)
    assert waiting.count() == 10
    assert waiting.filter(vacancy__isnull=False).exists()
    assert waiting.filter(vacancy=None).exists()
    for enquiry in [*waiting, *Enquiry.objects.exclude(answered_at=None)[:50]]:
        enquiry.full_clean(exclude=["company", "workplace", "person", "jobcentre", "owner", "vacancy"])
        states = [step.to_state for step in enquiry.log.order_by("at")]
        assert states[0] == State.RECEIVED
        assert states[-1] == enquiry.state
        assert enquiry.received_at <= world.now


def test_every_job_of_the_demonstration_has_its_occupation_and_its_words(world):
    assert JOBS.exists()
    for job in read_jobs().jobs:
        assert job.code in read_jobs().occupations
        assert job.titles
        assert job.work
        assert job.wanted
        assert all(1 <= hours <= 48 for hours in job.hours)
    assert Person.objects.exists()
    assert AreaMunicipality.objects.exists()

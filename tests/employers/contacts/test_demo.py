"""The contacts of the demonstration are such as people could have logged."""

import random
from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from employers.companies.models import Company
from employers.contacts.coordination import Advice, Asked, advise
from employers.contacts.demo import QUIET, load
from employers.contacts.knowing import known_before
from employers.contacts.models import Contact, FollowUp, Hold, Override, Preferences
from jobcenter.runtime.demo import SEED, Demo


@pytest.fixture
def world(koege, roskilde, company):
    return Demo(today=timezone.localdate(), now=timezone.now(), random=random.Random(SEED))


@pytest.fixture
def loaded(world):
    load(world)
    return world


def test_every_contact_holds_what_a_form_would_ask_for(loaded):
    contacts = list(Contact.objects.held().select_related("person"))

    assert len(contacts) > 100
    for contact in contacts:
        contact.full_clean(exclude=["company", "jobcentre", "by", "person"])
        assert contact.happened_at < loaded.now
        assert timezone.localdate(contact.happened_at) >= loaded.today - timedelta(days=60)


def test_there_are_plans_to_come_a_correction_and_a_follow_up_that_was_taken_up(loaded, koege):
    plans = Contact.objects.planned()
    for plan in plans:
        plan.full_clean(exclude=["company", "jobcentre", "by", "person"])
    assert plans.filter(happened_at__gt=loaded.now).exists()
    assert plans.filter(happened_at__lt=loaded.now).exists()
    assert Contact.objects.held().filter(version=2).exclude(changed_because="").exists()
    assert FollowUp.objects.filter(jobcentre=koege.jobcentre, reset_by__isnull=False).exists()


def test_both_neighbours_have_been_there_and_the_own_most(loaded, koege, roskilde):
    own, theirs = (Contact.objects.filter(jobcentre=centre.jobcentre).count() for centre in (koege, roskilde))

    assert own > theirs > 0


@pytest.mark.parametrize("days", range(0, 56, 5))
def test_something_is_due_today_and_something_was_yesterday(koege, roskilde, company, days):
    now = timezone.now() + timedelta(days=days)
    loaded = Demo(today=timezone.localdate(now), now=now, random=random.Random(SEED))
    load(loaded)

    due = FollowUp.objects.visible_to(koege.jobcentre).due(on=loaded.today)

    assert set(due.values_list("due_on", flat=True)) == {loaded.today, loaded.today - timedelta(days=1)}
    for follow_up in due:
        follow_up.full_clean()
    assert FollowUp.objects.filter(jobcentre=koege.jobcentre, reset_by__isnull=False).exists()


def test_the_same_seed_tells_the_same_story(loaded, company):
    first = list(Contact.objects.order_by("pk").values_list("happened_at", "purposes", "note"))
    for model in (Override, Hold, FollowUp, Preferences):
        model.objects.all().delete()
    Contact.objects.all().delete()

    load(Demo(today=loaded.today, now=loaded.now, random=random.Random(SEED)))

    assert list(Contact.objects.order_by("pk").values_list("happened_at", "purposes", "note")) == first


@pytest.mark.parametrize("hour", [8, 16])
@pytest.mark.parametrize("days", range(0, 28, 4))
def test_the_own_companies_show_every_piece_of_advice_on_any_day_and_at_any_hour(
    koege, roskilde, company, days, hour
):
    for number in range(1, QUIET + 1):
        other = Company.objects.create(cvr=f"9900010{number}", name=f"Virksomhed {number}")
        other.workplaces.create(address=f"Vej {number}", postcode="4600", municipality=koege.municipality)
        other.people.create(name=f"Person {number}")
    today = timezone.localdate() + timedelta(days=days)
    now = timezone.make_aware(datetime.combine(today, time(hour)))

    load(Demo(today=today, now=now, random=random.Random(SEED)))

    purposes = ("recruitment", "work_trial")
    given = {
        advise(known_before(one, jobcentre=koege.jobcentre, at=now), Asked(at=now, purposes=[purpose])).advice
        for one in Company.objects.all()
        for purpose in purposes
    }
    assert given == set(Advice)

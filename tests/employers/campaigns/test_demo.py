"""The campaigns of the demonstration are such as jobcentres could have made."""

import random

import pytest
from django.utils import timezone

from employers.campaigns.demo import PARTNERS, load
from employers.campaigns.models import Campaign, Target
from employers.contacts.load import load_limits
from jobcenter.centres.demo import CASEWORKER, NEIGHBOUR
from jobcenter.notifications.models import Notice
from jobcenter.runtime.demo import SEED, Demo


@pytest.fixture
def loaded(koege, roskilde, make_company):
    for centre, who in ((koege, CASEWORKER), (roskilde, NEIGHBOUR)):
        centre.caseworker.email = who.email
        centre.caseworker.save()
        for number in range(8):
            make_company(f"{centre.jobcentre.short_name} {number}", centre=centre)
    assert {koege.jobcentre.code, roskilde.jobcentre.code} <= set(PARTNERS)
    load_limits()
    load(Demo(today=timezone.localdate(), now=timezone.now(), random=random.Random(SEED)))


def test_one_runs_one_asks_and_one_is_prepared(loaded, koege, roskilde):
    states = dict(Campaign.objects.values_list("name", "state"))

    assert states == {
        "Hvem mangler folk til foråret?": "running",
        "Fra ufaglært til faglært": "running",
        "Hold på de erfarne": "draft",
    }
    assert Target.objects.to_call(koege.jobcentre).count() == 3
    assert Campaign.objects.get(shares__answer="", state="running").shares.get(answer="").jobcentre == (
        koege.jobcentre
    )


def test_nobody_is_told_of_what_was_invented(loaded):
    assert not Notice.objects.exists()

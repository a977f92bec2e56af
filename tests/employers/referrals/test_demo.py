"""The demonstration's candidates: to be matched, some put forward, and nothing that points at a person."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from django.utils import timezone

from employers.referrals.demo import load
from employers.referrals.figures import counts
from employers.referrals.models import Candidate, Referral, State
from employers.vacancies import demo_employers
from employers.vacancies.models import Vacancy
from jobcenter.runtime.demo import SEED, Demo


def test_there_are_candidates_to_show_and_to_keep_and_referrals_in_several_states(
    vacancy, make_vacancy, company, koege, roskilde, monkeypatch
):
    make_vacancy(state="published", published_at=timezone.now(), title="Truckfører", positions=3)
    place = company.workplaces.select_related("municipality", "company").get()
    at_koege = demo_employers.Employer(place, "lager", "sjaelland", koege.jobcentre, koege.caseworker)
    monkeypatch.setattr("employers.referrals.demo.employers", lambda world: [at_koege])

    load(Demo(today=timezone.localdate(), now=timezone.now(), random=Random(SEED)))

    assert Candidate.objects.filter(basis="").exists()
    assert Candidate.objects.shown_outside(on=timezone.localdate()).count() > 3
    assert set(Referral.objects.values_list("state", flat=True)) > {
        *(State.SENT, State.INTERVIEW, State.HIRED),
    }
    assert not Referral.objects.filter(vacancy__state=Vacancy.State.CLOSED).exists()
    yesterday = timezone.localdate() - timedelta(days=1)
    assert (
        counts(first=yesterday, last=yesterday).national
        == Candidate.objects.filter(state="hired").count()
        > 0
    )

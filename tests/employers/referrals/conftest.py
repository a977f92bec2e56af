"""Candidates of Køge and Roskilde, and their referral to the company at Køge."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from employers.referrals.models import Candidate, Referral, State
from employers.vacancies.models import Vacancy
from tests.making_referrals import candidate_of, complete


@pytest.fixture
def make_candidate(koege, occupation) -> Callable[..., Candidate]:
    """Makes candidates who may be shown outside; by default of Køge."""

    def make(centre: Any = None, **fields: Any) -> Candidate:
        return candidate_of(centre or koege, **{"occupation": occupation, **fields})

    return make


@pytest.fixture
def vacancy(make_vacancy) -> Vacancy:
    return make_vacancy(state=Vacancy.State.PUBLISHED, published_at=timezone.now())


@pytest.fixture
def make_referral(vacancy, make_candidate) -> Callable[..., Referral]:
    """Makes referrals to the vacancy in any state; by default one that waits for the employer."""

    def make(**fields: Any) -> Referral:
        values = {"vacancy": vacancy, "state": State.SENT, **fields}
        values.setdefault("candidate", None)
        values["candidate"] = values["candidate"] or make_candidate()
        return complete(**values)

    return make

"""Companies to choose among, and campaigns to reach them."""

from __future__ import annotations

from functools import partial
from itertools import count

import pytest

from employers.companies.models import Company, Workplace
from tests.making_campaigns import campaign_of


@pytest.fixture
def make_company(koege):
    """Makes companies with one workplace, in Køge unless another place is given."""
    numbers = count(99000100)

    def make(name, *, centre=koege, **fields):
        made = Company.objects.create(cvr=str(next(numbers)), name=name, **fields)
        Workplace.objects.create(
            company=made, address="Ølbyvej 1", postcode="4600", municipality=centre.municipality
        )
        return made

    return make


@pytest.fixture
def make_campaign(koege, roskilde):
    """Makes campaigns of Køge about recruitment, shared with Roskilde."""
    return partial(campaign_of, koege, roskilde)

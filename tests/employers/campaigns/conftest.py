"""Companies to choose among: one for each way of standing with the jobcentres."""

from __future__ import annotations

from itertools import count

import pytest

from employers.companies.models import Company, Workplace


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

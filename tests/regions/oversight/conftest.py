from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from jobcenter.accounts.models import Role, User
from regions.oversight.models import Flag
from tests.conftest import make_user
from tests.regions.making import confirm as confirm_flag
from tests.regions.making import make_flag as raise_flag
from tests.regions.making import review


@pytest.fixture
def make_flag(sjaelland, koege, result_measure, group, flag_rule) -> Callable[..., Flag]:
    """Raises flags about Køge, or about another `jobcentre`."""

    def make(**fields: Any) -> Flag:
        jobcentre = fields.pop("jobcentre", koege.jobcentre)
        measure = fields.pop("measure", result_measure)
        return raise_flag(jobcentre, measure=measure, group=group, rule=flag_rule, **fields)

    return make


@pytest.fixture
def flag(make_flag: Callable[..., Flag]) -> Flag:
    """A serious one about Køge, in the area of Sjælland, that nobody has looked at."""
    return make_flag()


@pytest.fixture
def colleague(sjaelland) -> User:
    """Another officer of the same area."""
    return make_user("Jens Colding", sjaelland.office.organisation, Role.AREA_OFFICER, is_staff=True)


@pytest.fixture
def reviewed(flag: Flag, sjaelland) -> Flag:
    """The same, with its data checked: the jobcentre can be heard."""
    return review(flag, by=sjaelland.officer, organisation=sjaelland.office.organisation)


@pytest.fixture
def confirm(sjaelland) -> Callable[[Flag], Flag]:
    """Takes a flag about Køge all the way to a confirmation."""
    return partial(confirm_flag, by=sjaelland.officer, organisation=sjaelland.office.organisation)

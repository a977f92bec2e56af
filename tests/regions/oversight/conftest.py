from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from jobcenter.accounts.models import Role, User
from regions.oversight.models import Flag
from tests.conftest import make_user
from tests.regions.making import make_flag as raise_flag


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
def confirm(sjaelland, koege) -> Callable[[Flag], Flag]:
    """Hears Køge about a flag, and confirms it."""

    def heard_and_confirmed(flag: Flag) -> Flag:
        by = {"by": sjaelland.officer, "organisation": sjaelland.office.organisation}
        flag.send_to_hearing(reason="Forklar faldet", due_on=timezone.localdate() + timedelta(days=14), **by)
        flag.answer("Det passer.", by=koege.manager, organisation=koege.jobcentre.organisation)
        return flag.confirm(reason="Jobcentret genkender billedet.", **by)

    return heard_and_confirmed

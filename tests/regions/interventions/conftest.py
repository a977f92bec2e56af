"""Køge with a confirmed flag, and the two who deal with it; interventions in every stage."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from jobcenter.accounts.models import Membership
from regions.interventions import acting, agreeing, opening
from regions.interventions.models import (
    Action,
    Agreement,
    Assistance,
    FollowUp,
    Intervention,
    Meeting,
    Target,
)
from regions.oversight.models import Flag
from tests.regions.making import confirm, make_flag

REASON = "Resultatet ligger under det forventede to år i træk."


@pytest.fixture
def officer(sjaelland) -> Membership:
    return sjaelland.officer.memberships.get()


@pytest.fixture
def manager(koege) -> Membership:
    return koege.manager.memberships.get()


@pytest.fixture
def flag(koege, result_measure, group, flag_rule, officer) -> Flag:
    """A confirmed one."""
    raised = make_flag(koege.jobcentre, measure=result_measure, group=group, rule=flag_rule)
    return confirm(raised, by=officer.user, organisation=officer.organisation)


@pytest.fixture
def begun(flag, officer) -> Intervention:
    """An intervention under way, from the flag."""
    return opening.begin(flags=[flag], by=officer, reason=REASON)


@pytest.fixture
def asked(koege, manager, result_measure, group) -> Intervention:
    """A wish of the jobcentre's that nobody has answered."""
    return opening.ask_for_help(
        jobcentre=koege.jobcentre,
        about=[(result_measure, group)],
        by=manager,
        reason="Vi vil gerne se på vores samtaler.",
    )


@pytest.fixture
def plan_meeting(begun, officer) -> Callable[..., Meeting]:
    def plan(starts_at: datetime | None = None, **fields: Any) -> Meeting:
        meeting = Meeting(
            intervention=begun,
            starts_at=starts_at or timezone.now() + timedelta(days=7),
            participants="Jobcenterchef, områdets konsulent",
            agenda="Resultatet; hvad jobcentret selv ser; det videre forløb",
        )
        return acting.take("plan_meeting", meeting, by=officer, **fields)

    return plan


@pytest.fixture
def draft(begun, officer, result_measure, group) -> Callable[..., Agreement]:
    def make(**fields: Any) -> Agreement:
        values = {
            "purpose": "Flere i job efter et afsluttet forløb.",
            "targets": [
                Target(
                    measure=result_measure,
                    target_group=group,
                    from_value=26.3,
                    to_value=33.0,
                    period="2027QMAT03",
                )
            ],
            "actions": [
                Action(
                    what="Alle forløb gennemgås",
                    who="Faglig leder, jobcentret",
                    due_on=timezone.localdate() + timedelta(days=60),
                )
            ],
            **fields,
        }
        return agreeing.draft(begun, by=officer, **values)

    return make


@pytest.fixture
def proposed(draft, officer) -> Agreement:
    return agreeing.put_forward(draft(), answer_by=timezone.localdate() + timedelta(days=14), by=officer)


@pytest.fixture
def signed(proposed, manager) -> Agreement:
    return agreeing.sign(proposed, seen=proposed.version, by=manager)


@pytest.fixture
def offer(begun, officer) -> Callable[..., Assistance]:
    def make(**fields: Any) -> Assistance:
        today = timezone.localdate()
        values = {
            "what": "Gennemgang af arbejdsgange",
            "hours_planned": 40,
            "answer_by": today + timedelta(days=14),
            "ends_on": today + timedelta(days=90),
            **fields,
        }
        return acting.take("offer_assistance", Assistance(intervention=begun, **values), by=officer)

    return make


@pytest.fixture
def due(begun, officer) -> FollowUp:
    follow_up = FollowUp(
        intervention=begun, due_on=timezone.localdate() + timedelta(days=90), what="Resultatet"
    )
    return acting.take("plan_follow_up", follow_up, by=officer)

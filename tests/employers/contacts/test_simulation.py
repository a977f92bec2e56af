"""The simulated quarter: heeding the advice leaves no avoidable double contact, and no answer ever waits."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from employers.contacts.coordination import Reason
from employers.contacts.management.commands.simulate_quarter import capital
from employers.contacts.models import Purpose
from employers.contacts.simulation import inventing
from employers.contacts.simulation.counting import count, doubles
from employers.contacts.simulation.inventing import (
    CALLED,
    OWN,
    PLACEMENT,
    STATUTORY,
    Company,
    Intention,
    World,
    invent,
)
from employers.contacts.simulation.playing import EVERY_REASON, play

MONDAY = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
DOCUMENT = settings.BASE_DIR / "docs" / "simulated-quarter.md"


@pytest.fixture(scope="module")
def towns():
    return capital()


def simulated(**options):
    """What the command prints, without the line break at its end."""
    call_command("simulate_quarter", stdout=(out := StringIO()), **options)
    return out.getvalue().strip()


# --- the quarter -------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [1, 2, 3, 2005, 2026])
def test_when_all_heed_the_advice_no_avoidable_double_contact_remains(towns, seed):
    world = invent(towns, companies=800, seed=seed)

    heeded, unheeded = count(play(world, compliance=1)), count(play(world, compliance=0))

    assert unheeded.avoidable > 50
    assert heeded.avoidable == 0
    assert heeded.late_answers == 0
    assert not heeded.overrides


def test_the_more_heed_it_the_fewer_double_contacts(towns):
    world = invent(towns, companies=800, seed=2026)

    avoidable = [count(play(world, compliance=share)).avoidable for share in (0, 0.25, 0.5, 0.75, 1)]

    assert avoidable == sorted(avoidable, reverse=True)
    assert len(set(avoidable)) == 5


def test_as_many_companies_are_reached_but_for_those_that_want_no_contact(towns):
    world = invent(towns, companies=800, seed=2026)
    reticent = {n for n, company in enumerate(world.companies) if company.pause or company.unwanted}

    lost = reached(play(world, compliance=0)) - reached(play(world, compliance=1))

    assert lost <= reticent


def test_it_is_the_log_read_before_the_call_that_prevents_double_contacts(towns):
    world = invent(towns, companies=800, seed=2026)

    without = count(play(world, compliance=1, heeded=EVERY_REASON - {Reason.RECENT}))
    alone = count(play(world, compliance=1, heeded={Reason.RECENT}))

    assert without.avoidable > 50
    assert alone.avoidable == 0


def test_the_invented_quarter_has_the_magnitudes_of_its_sources(towns):
    world = invent(towns, companies=4000, seed=2026)
    began = [one.began for one in world.intentions if one.began != inventing.ANSWER]
    shares = {
        began_by: began.count(began_by) / len(began) for began_by in (OWN, CALLED, PLACEMENT, STATUTORY)
    }

    assert len(towns) == 29
    assert shares == pytest.approx(inventing.BEGAN, abs=0.03)
    assert sum(inventing.PURPOSES.values()) == pytest.approx(1)
    assert set(inventing.PURPOSES) == set(Purpose)


def test_the_same_seed_gives_the_same_quarter_and_another_gives_another(towns):
    first, again, other = (invent(towns, companies=50, seed=seed) for seed in (1, 1, 2))

    assert first == again
    assert play(first, compliance=0.5) == play(again, compliance=0.5)
    assert first.intentions != other.intentions


def test_the_table_in_the_documentation_is_what_the_command_prints():
    assert simulated() in DOCUMENT.read_text()


@pytest.mark.parametrize("compliance", [-0.1, 1.1])
def test_a_compliance_that_is_no_share_is_refused(compliance):
    with pytest.raises(ValueError, match="between 0 and 1"):
        play(World((), (), ()), compliance=compliance)


# --- small worlds, any at all ------------------------------------------------------------------------


def reached(quarter):
    return {one.intention.company for one in quarter.made if one.intention.began != CALLED}


def intended(thought, ahead, **kept):
    """Nobody but the company itself knows beforehand that it will ring."""
    kept["is_written"] = kept.get("is_written", False) and kept["began"] != CALLED
    thought_at = MONDAY + timedelta(minutes=thought)
    return Intention(
        number=0, company=0, thought_at=thought_at, at=thought_at + timedelta(minutes=ahead), **kept
    )


MINUTES_IN_A_DAY = 24 * 60
intentions = st.builds(
    intended,
    thought=st.integers(0, 40 * MINUTES_IN_A_DAY),
    ahead=st.integers(0, 12 * MINUTES_IN_A_DAY),
    jobcentre=st.integers(0, 2),
    workplace=st.sampled_from([None, 0, 1]),
    purpose=st.sampled_from(["recruitment", "work_trial"]),
    began=st.sampled_from([OWN, OWN, OWN, CALLED, inventing.ANSWER, PLACEMENT, STATUTORY]),
    logged_after=st.integers(0, 600).map(lambda minutes: timedelta(minutes=minutes)),
    is_written=st.booleans(),
    is_held=st.booleans(),
    patience=st.integers(0, 60).map(lambda days: timedelta(days=days)),
    mood=st.floats(0, 1, exclude_max=True),
)
companies = st.builds(
    Company,
    workplaces=st.just((0, 1)),
    lead=st.none() | st.integers(0, 2),
    most=st.none() | st.integers(1, 3),
    unwanted=st.sampled_from([(), ("recruitment",)]),
    pause=st.none() | st.just((MONDAY.date() + timedelta(days=10), MONDAY.date() + timedelta(days=24))),
)
worlds = st.builds(
    lambda company, wanted: World(
        jobcentres=("Køge", "Greve", "Solrød"),
        companies=(company,),
        intentions=tuple(replace(one, number=number) for number, one in enumerate(wanted)),
    ),
    companies,
    st.lists(intentions, max_size=12),
)


@given(worlds)
def test_in_no_small_world_is_there_an_avoidable_double_contact_when_all_heed(world):
    quarter = play(world, compliance=1)

    assert [double for double in doubles(outgoing(quarter)) if double.is_avoidable] == []
    assert count(quarter).overrides.total() == 0


@given(worlds, st.floats(0, 1))
def test_what_must_never_wait_never_waits(world, compliance):
    quarter = play(world, compliance=compliance)

    made = {one.intention.number: one for one in quarter.made}
    for intention in world.intentions:
        if intention.began != OWN:
            assert made[intention.number].delay == timedelta(0)


@given(worlds, st.floats(0, 1))
def test_every_intention_is_carried_out_or_let_go_within_its_patience_and_none_twice(world, compliance):
    quarter = play(world, compliance=compliance)

    numbers = sorted(one.intention.number for one in (*quarter.made, *quarter.let_go))
    assert numbers == [one.number for one in world.intentions]
    assert all(timedelta(0) <= one.delay <= one.intention.patience for one in quarter.made if one.delay)


@given(worlds)
def test_when_nobody_heeds_everything_happens_as_it_was_meant(world):
    quarter = play(world, compliance=0)

    assert {one.intention.number: one.at for one in quarter.made} == {
        one.number: one.at for one in world.intentions
    }


def outgoing(quarter):
    return [one for one in quarter.made if one.intention.began != CALLED]


# --- what a double contact is ------------------------------------------------------------------------


def two_contacts(*, days=3, **later):
    """Køge's contact about recruitment at the first workplace, and Greve's afterwards."""
    first = intended(
        0, 0, jobcentre=0, workplace=0, purpose="recruitment", began=OWN, logged_after=timedelta(minutes=10)
    )
    second = replace(first, **{"number": 1, "jobcentre": 1, "at": first.at + timedelta(days=days)} | later)
    world = World(("Køge", "Greve"), (Company(workplaces=(0, 1)),), (first, second))
    return list(doubles(outgoing(play(world, compliance=0))))


@pytest.mark.parametrize(
    ("later", "is_double", "is_avoidable"),
    [
        ({}, True, True),
        ({"days": 14}, True, True),
        ({"days": 15}, False, False),
        ({"workplace": None}, True, True),
        ({"workplace": 1}, False, False),
        ({"purpose": "work_trial"}, False, False),
        ({"jobcentre": 0}, False, False),
        ({"began": inventing.ANSWER}, True, False),
        ({"began": STATUTORY}, True, False),
        ({"days": 5 / MINUTES_IN_A_DAY}, True, False),
        ({"days": 10 / MINUTES_IN_A_DAY}, True, True),
    ],
)
def test_a_double_contact_is_the_same_matter_within_14_days_and_avoidable_if_it_was_known(
    later, is_double, is_avoidable
):
    found = two_contacts(**later)

    assert [double.is_avoidable for double in found] == ([is_avoidable] if is_double else [])

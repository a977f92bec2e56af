"""The advice before a contact: the examples that were agreed on, and what must hold whatever is known."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from employers.contacts.coordination import (
    NEVER_DELAYED,
    Advice,
    Asked,
    Earlier,
    Held,
    Known,
    LeadElsewhere,
    Occasion,
    Planned,
    Reason,
    Wanted,
    advise,
)

NOW = datetime(2026, 11, 19, 10, 0, tzinfo=UTC)
TODAY = NOW.date()
HERE, ELSEWHERE = 1, 2
PURPOSES = ("recruitment", "work_trial", "upskilling")
ABOUT_RECRUITMENT = Asked(at=NOW, purposes=["recruitment"], workplace=HERE, channel="phone")


def called(days=3, purpose="recruitment", workplace=HERE):
    return Earlier("Jobcenter Roskilde", "Sofie Lind", [purpose], NOW - timedelta(days=days), workplace)


def held(days=3, purpose="recruitment", workplace=HERE, is_own=False):
    return Held(
        pk=7,
        jobcentre="Jobcenter Roskilde",
        by="Sofie Lind",
        purpose=purpose,
        workplace=workplace,
        starts_at=NOW - timedelta(days=1),
        expires_at=NOW + timedelta(days=days),
        free_on=TODAY + timedelta(days=days),
        is_own=is_own,
    )


def planned(days=1, purpose="recruitment"):
    return Planned("Jobcenter Roskilde", "Sofie Lind", [purpose], TODAY + timedelta(days=days))


def test_where_nothing_is_known_one_is_free():
    counsel = advise(Known(), ABOUT_RECRUITMENT)

    assert (counsel.advice, counsel.main.reason, counsel.needs_reason) == (
        Advice.FREE,
        Reason.NOTHING,
        False,
    )


def test_the_neighbour_visits_tomorrow_about_the_same_so_one_calls_the_day_after():
    counsel = advise(Known(plans=[planned(days=1)]), ABOUT_RECRUITMENT)

    assert counsel.advice == Advice.WAIT
    assert (counsel.main.on, counsel.main.until) == (TODAY + timedelta(days=1), TODAY + timedelta(days=2))


@pytest.mark.parametrize(
    ("known", "advice", "reason"),
    [
        (Known(contacts=[called(days=14)]), Advice.ASK, Reason.RECENT),
        (Known(contacts=[called(days=15)]), Advice.THINK, Reason.OTHER_RECENT),
        (Known(contacts=[called(workplace=None)]), Advice.ASK, Reason.RECENT),
        (Known(contacts=[called(workplace=ELSEWHERE)]), Advice.THINK, Reason.OTHER_RECENT),
        (Known(contacts=[called(purpose="work_trial")]), Advice.THINK, Reason.OTHER_RECENT),
        (Known(contacts=[called(days=31)]), Advice.FREE, Reason.NOTHING),
        (Known(contacts=[called(days=-1)]), Advice.FREE, Reason.NOTHING),
        (Known(holds=[held()]), Advice.WAIT, Reason.HOLD),
        (Known(holds=[held(workplace=ELSEWHERE)]), Advice.THINK, Reason.OTHER_HOLD),
        (Known(holds=[held(purpose="work_trial")]), Advice.THINK, Reason.OTHER_HOLD),
        (Known(holds=[held(days=0)]), Advice.FREE, Reason.NOTHING),
        (Known(plans=[planned(days=7)]), Advice.WAIT, Reason.PLAN),
        (Known(plans=[planned(days=8)]), Advice.THINK, Reason.OTHER_PLAN),
        (Known(plans=[planned(days=-1)]), Advice.FREE, Reason.NOTHING),
        (Known(wanted=Wanted(paused_until=TODAY + timedelta(days=1))), Advice.WAIT, Reason.PAUSE),
        (Known(wanted=Wanted(paused_until=TODAY)), Advice.FREE, Reason.NOTHING),
        (Known(wanted=Wanted(unwanted=["recruitment"])), Advice.ASK, Reason.TOPIC),
        (Known(wanted=Wanted(unwanted=["work_trial"])), Advice.FREE, Reason.NOTHING),
        (Known(wanted=Wanted(channel="email")), Advice.THINK, Reason.CHANNEL),
        (Known(wanted=Wanted(channel="phone")), Advice.FREE, Reason.NOTHING),
        (Known(lead=LeadElsewhere("Sofie Lind", "Jobcenter Roskilde")), Advice.ASK, Reason.LEAD),
        (Known(is_protected=True), Advice.THINK, Reason.PROTECTED),
    ],
)
def test_each_thing_that_is_known_has_its_weight(known, advice, reason):
    counsel = advise(known, ABOUT_RECRUITMENT)

    assert (counsel.advice, counsel.main.reason) == (advice, reason)
    assert counsel.needs_reason == (reason in {"hold", "pause", "cap", "topic", "recent"})


@pytest.mark.parametrize(
    ("theirs", "asked", "reason"),
    [
        (["upskilling", "recruitment"], ["recruitment", "work_trial"], Reason.RECENT),
        (["upskilling", "work_trial"], ["recruitment"], Reason.OTHER_RECENT),
    ],
)
def test_two_contacts_are_about_the_same_when_their_purposes_overlap(theirs, asked, reason):
    contact = replace(called(), purposes=theirs)

    counsel = advise(Known(contacts=[contact]), replace(ABOUT_RECRUITMENT, purposes=asked))

    assert counsel.main.reason == reason
    assert tuple(counsel.main.purposes) == tuple(theirs)


def test_the_cap_is_reached_until_the_oldest_that_counts_is_four_weeks_old():
    days = [27, 10, 2]
    counted = [NOW - timedelta(days=day) for day in days]

    reached = advise(Known(wanted=Wanted(most=2, counted=counted)), ABOUT_RECRUITMENT)
    not_reached = advise(Known(wanted=Wanted(most=4, counted=counted)), ABOUT_RECRUITMENT)

    assert (reached.main.reason, reached.main.most, reached.main.lately) == (Reason.CAP, 2, 3)
    # Two of the three must leave the four weeks: the second does so in 18 days.
    assert reached.main.until == date(2026, 12, 8)
    assert not_reached.advice == Advice.FREE


def test_while_nothing_is_chosen_a_hold_is_told_of_and_stops_nobody():
    counsel = advise(Known(holds=[held()]), Asked(at=NOW))

    assert (counsel.advice, counsel.main.reason, counsel.needs_reason) == (
        Advice.THINK,
        Reason.OTHER_HOLD,
        False,
    )


def test_of_two_that_say_wait_the_longer_is_said():
    pause = Wanted(paused_until=TODAY + timedelta(days=20))

    counsel = advise(Known(holds=[held(days=3)], wanted=pause), ABOUT_RECRUITMENT)

    assert [ground.reason for ground in counsel.grounds] == [Reason.PAUSE, Reason.HOLD]


# --- whatever is known -------------------------------------------------------------------------------

purposes = st.sampled_from(PURPOSES)
workplaces = st.sampled_from([HERE, ELSEWHERE])
contacts = st.builds(called, days=st.integers(-2, 40), purpose=purposes, workplace=st.none() | workplaces)
holds = st.builds(
    held, days=st.integers(-1, 31), purpose=purposes, workplace=workplaces, is_own=st.booleans()
)
plans = st.builds(planned, days=st.integers(-5, 40), purpose=purposes)
wanted = st.builds(
    Wanted,
    most=st.none() | st.integers(1, 5),
    counted=st.lists(st.integers(0, 40).map(lambda days: NOW - timedelta(days=days)), max_size=6),
    paused_until=st.none() | st.integers(-3, 30).map(lambda days: TODAY + timedelta(days=days)),
    unwanted=st.lists(purposes, unique=True),
    channel=st.sampled_from(["", "phone", "email"]),
)
anything = st.builds(
    Known,
    contacts=st.lists(contacts, max_size=4),
    plans=st.lists(plans, max_size=3),
    holds=st.lists(holds, max_size=3),
    wanted=wanted,
    lead=st.none() | st.just(LeadElsewhere("Sofie Lind", "Jobcenter Roskilde")),
    is_protected=st.booleans(),
)
whatever = st.builds(
    Asked,
    at=st.just(NOW),
    purposes=st.lists(purposes, unique=True),
    workplace=st.none() | workplaces,
    channel=st.sampled_from(["", "phone", "email"]),
)


@given(anything, whatever, st.sampled_from(sorted(NEVER_DELAYED)))
def test_an_answer_a_running_placement_and_what_the_law_demands_never_wait(known, asked, occasion):
    counsel = advise(known, replace(asked, occasion=Occasion(occasion)))

    assert counsel.advice == Advice.FREE
    assert not counsel.needs_reason


@given(anything, whatever, holds)
def test_another_hold_never_makes_the_advice_freer(known, asked, hold):
    before = advise(known, asked)
    after = advise(replace(known, holds=[*known.holds, hold]), asked)

    assert after.advice >= before.advice
    assert {ground.reason for ground in before.overridden} <= {ground.reason for ground in after.overridden}


@given(anything, whatever, contacts)
def test_another_contact_never_makes_the_advice_freer(known, asked, contact):
    after = advise(replace(known, contacts=[*known.contacts, contact]), asked)

    assert after.advice >= advise(known, asked).advice


@given(anything, whatever, holds)
def test_ones_own_hold_changes_nothing_for_oneself(known, asked, hold):
    own = replace(hold, is_own=True)

    assert advise(replace(known, holds=[*known.holds, own]), asked) == advise(known, asked)


@given(anything, whatever)
def test_the_heaviest_reason_comes_first_and_decides(known, asked):
    counsel = advise(known, asked)

    weights = [ground.advice for ground in counsel.grounds]
    assert weights == sorted(weights, reverse=True)
    assert counsel.advice == max(weights)


@given(anything, whatever)
def test_waiting_always_says_until_when(known, asked):
    counsel = advise(known, asked)

    for ground in counsel.grounds:
        if ground.advice == Advice.WAIT:
            assert ground.until is not None
            assert ground.until > TODAY


@given(anything, whatever)
def test_when_the_days_said_have_passed_nothing_of_it_is_left(known, asked):
    waiting = [ground for ground in advise(known, asked).grounds if ground.advice == Advice.WAIT]
    if not waiting:
        return
    then = replace(asked, at=max(datetime.combine(g.until, NOW.time(), tzinfo=UTC) for g in waiting))
    settled = replace(known, plans=[])

    assert Reason.HOLD not in {ground.reason for ground in advise(settled, then).grounds}
    assert Reason.PAUSE not in {ground.reason for ground in advise(settled, then).grounds}
    assert Reason.CAP not in {ground.reason for ground in advise(settled, then).grounds}

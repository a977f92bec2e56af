"""What follows from a delivery: deadlines counted, measures passed on, and the same again changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from regions.feeds.models import Arrival
from regions.measures.models import Measure, Measurement, TargetGroup
from regions.timeliness import promising, recounting
from regions.timeliness.deadlines import Activity, Event, Spell
from regions.timeliness.models import Counting, Kept
from regions.timeliness.models import Spell as SpellRow
from tests.regions.timeliness.making import deliver, store_spells

UNTIL = date(2026, 3, 31)
BEGAN = date(2025, 7, 7)
"""So the first interview is due on 14 July, and four of them on 7 January."""


def interview(day: date) -> Activity:
    return Activity(event=Event.INTERVIEW, kind="jobcentre", starts_on=day, ends_on=day)


PROMPT = Spell(starts_on=BEGAN, activities=[interview(BEGAN + timedelta(days=7 * n)) for n in range(4)])
SLOW = Spell(starts_on=BEGAN, activities=[interview(BEGAN + timedelta(days=9))])


@pytest.fixture
def spells(koege, group, law_in_force) -> list[SpellRow]:
    """Two people in Køge, ready for work: one in time, one not."""
    return store_spells([PROMPT, SLOW], delivery=deliver(koege.jobcentre, until=UNTIL), group=group)


def figure(measure: str, period: str) -> tuple[int | None, int | None]:
    found = Measurement.objects.get(measure__code=measure, period=period)
    return found.numerator, found.denominator


def test_deadlines_are_kept_and_told_of_the_quarter_they_came_due_in(spells, koege, group):
    recounting.count_anew(jobcentre=koege.jobcentre)

    assert figure("timely_first_interview", "2025Q03") == (1, 2)
    assert figure("timely_interviews", "2026Q01") == (1, 2)
    assert figure("timely_offer", "2026Q01") == (0, 2)
    first = Kept.objects.get(rule__code="first_interview", period="2025Q03")
    assert (first.due, first.timely, first.late_a_week, first.not_done) == (2, 1, 1, 0)
    assert Kept.objects.get(rule__code="interviews").not_done == 1


def test_every_measure_that_is_passed_on_is_defined_and_of_quarters(measures):
    defined = Measure.objects.filter(code__in=recounting.MEASURES)

    assert {one.code for one in defined} == recounting.MEASURES
    assert {one.period_type for one in defined} == {"Q"}
    assert {one.code for one in defined if one.kind == "legal_requirement"} == {
        "timely_first_interview",
        "timely_interviews",
        "timely_offer",
    }


def test_counting_the_same_again_writes_no_figure(spells, koege):
    recounting.count_anew(jobcentre=koege.jobcentre)
    before = list(Measurement.objects.order_by("pk").values())

    recounting.count_anew(jobcentre=koege.jobcentre)
    recounting.count_anew()

    assert list(Measurement.objects.order_by("pk").values()) == before
    assert Arrival.objects.count() == 1


def test_a_figure_that_the_spells_no_longer_give_is_withdrawn(spells, koege):
    recounting.count_anew(jobcentre=koege.jobcentre)
    SpellRow.objects.all().delete()

    recounting.count_anew(jobcentre=koege.jobcentre)

    assert not Measurement.objects.exists()
    assert not Kept.objects.exists()


def test_one_jobcentres_counting_leaves_the_others_as_they_are(spells, koege, roskilde, group):
    store_spells([SLOW], delivery=deliver(roskilde.jobcentre, until=UNTIL), group=group, first=10)
    recounting.count_anew()
    SpellRow.objects.visible_to(roskilde.jobcentre).delete()

    recounting.count_anew(jobcentre=koege.jobcentre)
    assert Kept.objects.filter(jobcentre=roskilde.jobcentre).exists()

    recounting.count_anew(jobcentre=roskilde.jobcentre)
    assert not Kept.objects.filter(jobcentre=roskilde.jobcentre).exists()
    assert Kept.objects.filter(jobcentre=koege.jobcentre).exists()


def test_a_quarter_the_data_do_not_tell_to_the_end_is_counted_and_not_passed_on(koege, group, law_in_force):
    store_spells([SLOW], delivery=deliver(koege.jobcentre, until=date(2026, 2, 28)), group=group)

    recounting.count_anew()

    assert Kept.objects.filter(period="2026Q01").exists()
    assert not Measurement.objects.filter(period="2026Q01").exists()


def test_the_funds_duty_is_counted_and_is_no_part_of_the_jobcentres_timeliness(koege, measures, law_in_force):
    insured = TargetGroup.objects.get(code="unemployment_benefit")
    store_spells([SLOW], delivery=deliver(koege.jobcentre, until=UNTIL), group=insured)

    recounting.count_anew()

    assert Kept.objects.get(rule__code="fund_first_interview").due == 1
    assert not Measurement.objects.filter(measure__code="timely_first_interview").exists()
    assert figure("timely_interviews", "2026Q01") == (0, 1)


def test_as_many_statements_for_a_hundred_spells_as_for_one(koege, group, law_in_force):
    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            recounting.count_anew()
        return len(asked)

    delivery = deliver(koege.jobcentre, until=UNTIL)
    store_spells([SLOW], delivery=delivery, group=group)
    recounting.count_anew()
    few = statements()
    store_spells([replace(PROMPT)] * 100, delivery=delivery, group=group, first=100)
    recounting.count_anew()

    assert statements() == few


def test_promised_work_is_done_once(spells, koege):
    promised = promising.promise(jobcentre=koege.jobcentre)

    recounting.carry_out(promised.pk)
    recounting.carry_out(promised.pk)

    promised.refresh_from_db()
    assert promised.finished_at
    assert promised.attempts == 1
    assert Measurement.objects.exists()


def test_a_month_is_promised_once(db):
    first = promising.promise_month(on=date(2026, 11, 3))

    assert promising.promise_month(on=date(2026, 11, 26)) == first
    assert promising.promise_month(on=date(2026, 12, 1)) != first
    assert Counting.objects.count() == 2

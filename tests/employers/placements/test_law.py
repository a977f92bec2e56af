"""The law as dated rows: what is in force on a day, and what happens at the border between two versions."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from employers.placements import conditions
from employers.placements.forms import DecisionForm
from employers.placements.load import load_law
from employers.placements.models import Condition, Duration, Exemption, Kind, Rate, RuleVersion, Sector, State

LAST_DAY_OF_HEADS = date(2021, 12, 31)
FIRST_DAY_OF_FULL_TIME = date(2022, 1, 1)


def test_the_law_loads_without_refusal_and_a_second_time_changes_nothing(db):
    first = load_law()
    second = load_law()

    assert [table.refusals for table in first] == [[], [], [], []]
    assert all(table.added > 0 for table in first)
    assert [(table.added, table.changed) for table in second] == [(0, 0)] * 4


def test_each_fact_names_its_paragraph_and_where_it_was_read(law):
    for model in (RuleVersion, Duration, Rate, Exemption):
        assert not model.objects.filter(law="").exists()
        assert not model.objects.filter(source="").exists()


@pytest.mark.parametrize(
    ("day", "version", "in_full_time", "months"),
    [
        (LAST_DAY_OF_HEADS, 1, False, 1),
        (FIRST_DAY_OF_FULL_TIME, 2, True, 4),
        (date(2007, 1, 1), 1, False, 1),
        (date(2026, 11, 25), 2, True, 4),
    ],
)
def test_the_day_a_placement_starts_decides_how_staff_are_counted(law, day, version, in_full_time, months):
    rule = conditions.rule_on(day)

    assert (rule.version, rule.in_full_time, rule.months) == (version, in_full_time, months)


def test_before_the_first_version_there_is_no_rule_to_decide_by(law):
    with pytest.raises(conditions.NoRule, match="regler"):
        conditions.rule_on(date(2006, 12, 31))


@pytest.mark.parametrize(
    ("starts_on", "running", "is_met"),
    [(LAST_DAY_OF_HEADS, Decimal(1), False), (FIRST_DAY_OF_FULL_TIME, Decimal("0.5"), True)],
)
def test_two_half_timers_where_there_is_room_for_one_depend_on_the_day_the_second_starts(
    make_placement, starts_on, running, is_met
):
    make_placement(
        state=State.GRANTED,
        starts_on=date(2021, 12, 1),
        ends_on=date(2022, 4, 30),
        hours=Decimal("18.5"),
    )
    second = make_placement(
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=60),
        hours=Decimal("18.5"),
        workplace_staff=[Decimal(4)],
    )

    found = conditions.look(conditions.case_of(second))

    assert (found.room.running, found.room.is_met) == (running, is_met)
    assert (Condition.RATIO in found.unmet()) is not is_met


def test_two_versions_are_never_in_force_at_a_time(law):
    with pytest.raises(IntegrityError, match="ruleversion_one_at_a_time"), transaction.atomic():
        RuleVersion.objects.create(
            version=3, counting="heads", valid_from=date(2021, 12, 31), valid_to=date(2022, 1, 1)
        )


def test_the_net_increase_is_asked_of_a_wage_subsidy_and_not_of_a_work_trial(make_placement):
    subsidy = make_placement(company_last_month=Decimal(30), company_average=Decimal("30.01"))
    trial = make_placement(
        kind=Kind.WORK_TRIAL, company_last_month=Decimal(30), company_average=Decimal("30.01")
    )

    assert Condition.INCREASE in conditions.look(conditions.case_of(subsidy)).unmet()
    assert Condition.INCREASE not in conditions.look(conditions.case_of(trial)).unmet()


@pytest.mark.parametrize(
    ("kind", "sector", "group", "last"),
    [
        (Kind.WAGE_SUBSIDY, Sector.PRIVATE, "unemployment", date(2027, 6, 30)),
        (Kind.WAGE_SUBSIDY, Sector.PUBLIC, "unemployment", date(2027, 4, 30)),
        (Kind.WAGE_SUBSIDY, Sector.PUBLIC, "supported", date(2027, 6, 30)),
        (Kind.WAGE_SUBSIDY, Sector.PUBLIC, "sickness", date(2027, 12, 31)),
        (Kind.WAGE_SUBSIDY, Sector.PRIVATE, "pension", None),
        (Kind.WORK_TRIAL, Sector.PRIVATE, "unemployment", date(2027, 1, 28)),
        (Kind.WORK_TRIAL, Sector.PRIVATE, "graduate", date(2027, 2, 25)),
        (Kind.WORK_TRIAL, Sector.PUBLIC, "supported", date(2027, 4, 1)),
        (Kind.WORK_TRIAL, Sector.PUBLIC, "", None),
    ],
)
def test_the_longest_duration_follows_from_kind_sector_and_benefit(make_placement, kind, sector, group, last):
    placement = make_placement(kind=kind, sector=sector, group=group, starts_on=date(2027, 1, 1))

    assert conditions.look(conditions.case_of(placement)).longest == last


def next_version(row, *, begins, **changed):
    """The row ends the day before, and one like it with what is changed begins."""
    type(row).objects.filter(pk=row.pk).update(valid_to=begins)
    row.pk, row.id, row.valid_from, row.valid_to = None, None, begins, None
    for name, value in changed.items():
        setattr(row, name, value)
    row._state.adding = True
    row.save()


@pytest.mark.parametrize(
    ("starts_on", "last"), [(date(2027, 6, 30), date(2027, 12, 29)), (date(2027, 7, 1), date(2027, 9, 30))]
)
def test_the_first_day_decides_between_two_longest_durations(make_placement, starts_on, last):
    row = Duration.objects.get(kind=Kind.WAGE_SUBSIDY, sector=Sector.PRIVATE, group="unemployment")
    next_version(row, begins=date(2027, 7, 1), most=3, most_extended=3)

    placement = make_placement(starts_on=starts_on, ends_on=starts_on + timedelta(days=30))

    assert conditions.look(conditions.case_of(placement)).longest == last


@pytest.mark.parametrize(("starts_on", "is_offered"), [(date(2027, 6, 30), True), (date(2027, 7, 1), False)])
def test_an_exemption_is_offered_until_its_last_day(make_placement, starts_on, is_offered):
    Exemption.objects.filter(code="pensioner").update(valid_to=date(2027, 7, 1))
    placement = make_placement(starts_on=starts_on, ends_on=starts_on + timedelta(days=30))

    assert ("pensioner" in DecisionForm(placement=placement).exemptions) == is_offered


@pytest.mark.parametrize(
    ("starts_on", "told"), [(date(2027, 6, 30), "151,50 kroner"), (date(2027, 7, 1), "160,25 kroner")]
)
def test_the_rate_is_the_one_of_the_first_day(client, make_placement, starts_on, told):
    row = Rate.objects.filter(sector=Sector.PRIVATE).first()
    next_version(row, begins=date(2027, 6, 1), per_hour=Decimal("151.50"))
    next_version(Rate.objects.get(valid_from=date(2027, 6, 1)), begins=date(2027, 7, 1), per_hour="160.25")
    placement = make_placement(state=State.DRAFT, applied_at=None)

    page = client.post(
        reverse("placements:arithmetic", args=[placement.token]),
        {
            "sector": "private",
            "starts_on": starts_on.isoformat(),
            "ends_on": (starts_on + timedelta(days=30)).isoformat(),
            "hours": "37",
            **{f"staff_{month}": "20" for month in range(4)},
        },
    )

    assert told in page.text


def test_a_day_too_long_is_found(make_placement):
    fits = make_placement(starts_on=date(2027, 1, 1), ends_on=date(2027, 6, 30))
    too_long = make_placement(starts_on=date(2027, 1, 1), ends_on=date(2027, 7, 1))

    assert conditions.look(conditions.case_of(fits)).unmet() == []
    assert conditions.look(conditions.case_of(too_long)).unmet() == [Condition.DURATION]


def test_an_extended_work_trial_may_last_longer(make_placement):
    trial = make_placement(kind=Kind.WORK_TRIAL, group="supported", starts_on=date(2027, 1, 1))

    assert conditions.look(conditions.case_of(trial, is_extended=True)).longest == date(2027, 7, 1)


def test_what_runs_at_the_workplace_counts_whichever_jobcentre_made_it_and_nothing_else(
    make_placement, company, roskilde
):
    other = company.workplaces.create(
        address="Havnevej 1", postcode="4600", municipality=company.workplaces.get().municipality
    )
    neighbours = {"jobcentre": roskilde.jobcentre, "owner": roskilde.caseworker}
    new = make_placement(starts_on=date(2027, 1, 1))
    make_placement(state=State.GRANTED, starts_on=date(2027, 1, 1), **neighbours)
    make_placement(state=State.GRANTED, starts_on=date(2026, 12, 1), ends_on=date(2027, 1, 1))
    make_placement(state=State.GRANTED, starts_on=date(2026, 9, 1), ends_on=date(2026, 12, 31))
    make_placement(
        state=State.ENDED,
        starts_on=date(2026, 11, 1),
        ends_on=date(2027, 4, 1),
        ended_on=date(2026, 12, 31),
        ending="hired",
    )
    make_placement(state=State.GRANTED, starts_on=date(2027, 1, 1), workplace=other)
    for state in (State.APPLIED, State.REFUSED, State.WITHDRAWN, State.DRAFT):
        make_placement(state=state, starts_on=date(2027, 1, 1))

    assert conditions.look(conditions.case_of(new)).room.people == 2

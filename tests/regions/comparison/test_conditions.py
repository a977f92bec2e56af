import tomllib
from datetime import date
from math import log

import numpy as np
import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from jobcenter.centres.models import Jobcentre, Serves
from jobcenter.runtime.csvlines import Unreadable
from regions.comparison import conditions, load
from regions.comparison.models import Condition, FrameworkCondition
from regions.measures.models import Measurement

TODAY = date(2026, 11, 22)


@pytest.fixture
def denmark(db):
    call_command("load_reference_data")
    conditions.bring_up_to_date(on=TODAY)


def condition(jobcentre: str, name: str) -> FrameworkCondition:
    return FrameworkCondition.objects.get(jobcentre__code=jobcentre, condition=name)


def test_every_jobcentre_gets_every_real_condition_and_no_other(denmark):
    jobcentres = Jobcentre.objects.valid(TODAY).count()

    assert jobcentres == 95
    for name in conditions.REAL:
        assert FrameworkCondition.objects.filter(condition=name).count() == jobcentres
    assert not FrameworkCondition.objects.filter(condition=conditions.FICTIONAL).exists()


def test_a_jobcentre_of_one_municipality_has_its_figures(denmark):
    assert condition("0259", conditions.LONG_COMMUTE).value == pytest.approx(
        (4974 + 4764 + 2087) / (32828 - 33)
    )
    assert condition("0259", conditions.JOBS_PER_RESIDENT).value == pytest.approx(32186 / 32828)
    assert "Danmarks Statistik" in condition("0259", conditions.LONG_COMMUTE).source


def test_a_jobcentre_of_several_weighs_them_by_their_people(denmark):
    """Frederikshavn also answers for Læsø, where hardly anybody lives: people are summed, not shares."""
    served = Serves.objects.valid(TODAY).filter(jobcentre__code="0813")
    assert sorted(served.values_list("municipality__code", flat=True)) == ["0813", "0825"]

    people = sum(served.values_list("municipality__population", flat=True))

    assert condition("0813", conditions.POPULATION).value == pytest.approx(log(people))
    far, known = (
        dict(
            Measurement.objects.filter(measure__code="long_commute").values_list("municipality__code", column)
        )
        for column in ("numerator", "denominator")
    )
    share = (far["0813"] + far["0825"]) / (known["0813"] + known["0825"])
    assert (far["0825"], known["0825"]) == (15 + 12 + 72, 785 - 5)
    assert condition("0813", conditions.LONG_COMMUTE).value == pytest.approx(share)


def test_a_second_time_gives_the_same_rows(denmark):
    before = list(FrameworkCondition.objects.order_by("pk").values())

    conditions.bring_up_to_date(on=TODAY)

    assert list(FrameworkCondition.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("mirror", ["unemployed", "social_assistance", "earned_income", "employment_rate"])
def test_what_is_not_defined_as_a_condition_cannot_have_a_value(koege, defined_conditions, mirror):
    row = FrameworkCondition(
        jobcentre=koege.jobcentre, year=2020, condition_id=mirror, value=1, source="Et forsøg"
    )

    assert mirror not in defined_conditions
    with pytest.raises(ValidationError, match=mirror):
        row.full_clean()
    with pytest.raises(IntegrityError, match="is not present in table"), transaction.atomic():
        row.save()
        connection.check_constraints()


def test_every_condition_says_why_no_jobcentre_can_change_it(defined_conditions):
    for condition in defined_conditions.values():
        assert condition.unchangeable_da
        assert condition.unchangeable_en
        assert condition.source_da
        assert condition.reviewed_by
    with pytest.raises(IntegrityError, match="condition_says_why_it_is_none"), transaction.atomic():
        Condition.objects.filter(code=conditions.POPULATION).update(unchangeable_da="")


def test_a_definition_that_lacks_its_reason_is_not_loaded(defined_conditions):
    said = tomllib.loads(load.CONDITIONS.read_text(encoding="utf-8"))["immigrants"]
    del said["unchangeable"]

    with pytest.raises(Unreadable, match="immigrants lacks 'unchangeable'"):
        load.condition("immigrants", said)


def test_the_invented_condition_is_for_invented_results_only(defined_conditions):
    assert conditions.FICTIONAL in conditions.used_for(is_fictional=True)
    assert conditions.FICTIONAL not in conditions.used_for(is_fictional=False)


def test_a_delivered_condition_counts_when_it_is_known_of_all(make_jobcentres):
    first, second = make_jobcentres(2)

    def deliver(jobcentre: Jobcentre) -> None:
        FrameworkCondition.objects.create(
            jobcentre=jobcentre, year=2020, condition_id="immigrants", value=9.4, source="test"
        )

    deliver(first)
    assert "immigrants" not in conditions.used_for(is_fictional=False)
    deliver(second)
    assert conditions.used_for(is_fictional=False) == (*conditions.REAL, "immigrants")


def test_what_was_known_in_the_year_counts_else_the_earliest_there_is(koege, defined_conditions):
    for year, value in ((2020, 0.2), (2022, 0.4)):
        FrameworkCondition.objects.create(
            jobcentre=koege.jobcentre,
            year=year,
            condition_id=conditions.LONG_COMMUTE,
            value=value,
            source="test",
        )

    def known(year: int) -> float:
        (row,) = conditions.matrix(
            jobcentres=[koege.jobcentre], conditions=[conditions.LONG_COMMUTE], year=year
        ).tolist()
        return row[0]

    assert [known(year) for year in (2019, 2020, 2021, 2022, 2026)] == [0.2, 0.2, 0.2, 0.4, 0.4]


def test_a_condition_nobody_knows_is_no_number(koege):
    known = conditions.matrix(jobcentres=[koege.jobcentre], conditions=[conditions.POPULATION], year=2026)

    assert known.shape == (1, 1)
    assert np.isnan(known).all()

"""From stored results to flags."""

from __future__ import annotations

import numpy as np
import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.db.models import F

from jobcenter.centres.models import Serves
from regions.comparison.models import Result
from regions.measures.models import Measure, Measurement, TargetGroup
from regions.measures.periods import parse
from regions.oversight import reading
from regions.oversight.evidence import Evidence
from regions.oversight.flagging import NotAssessable, flag
from regions.oversight.models import Flag, Severity
from regions.oversight.reading import are_in_step
from tests.regions.making import compare_period

NOW, BEFORE, LONG_BEFORE = "2026QMAT03", "2025QMAT03", "2024QMAT03"
IN_BETWEEN = "2026QMAT02"


@pytest.fixture
def jobcentres(make_jobcentres):
    return make_jobcentres(40)


@pytest.fixture
def compared(jobcentres, measure_all, result_measure, group, flag_rule):
    """Compares all jobcentres in some periods; `worst` is the share of the last of them in each."""

    def compare_all(worst: dict[str, float], *, base: int = 1000, measure: Measure = result_measure) -> None:
        for period, share in worst.items():
            shares = np.random.default_rng(sum(map(ord, period))).normal(0.35, 0.008, size=40).tolist()
            measure_all(jobcentres, [*shares[:-1], share], period=period, base=base, measure=measure)
            compare_period(period)

    return compare_all


@pytest.fixture
def others(jobcentres, measure_all, result_measure, group) -> list[TargetGroup]:
    """Two more target groups, measured in both periods: the last jobcentre is far worse than all others."""
    groups = list(TargetGroup.objects.exclude(pk=group.pk).order_by("pk")[:2])
    for base, target_group in zip((400, 700), groups, strict=True):
        for period in (BEFORE, NOW):
            shares = [0.5 + 0.001 * (place % 7) for place in range(39)]
            measure_all(jobcentres, [*shares, 0.3], period=period, base=base, target_group=target_group)
    return groups


@pytest.fixture
def of_sjaelland(jobcentres, koege, sjaelland) -> dict[str, object]:
    """The officer who decides about the one that was made worse: it answers for Køge."""
    Serves.objects.filter(municipality=koege.municipality).update(jobcentre=jobcentres[-1])
    return {"by": sjaelland.officer, "organisation": sjaelland.office.organisation}


def flagged(measure, group) -> dict[str, str]:
    """Severity of the flags about the one that was made worse, and of any other, by code."""
    flag(measure, target_group=group)
    return dict(Flag.objects.values_list("jobcentre__code", "severity"))


def test_clearly_worse_in_two_periods_in_a_row_is_serious(compared, jobcentres, result_measure, group):
    compared({BEFORE: 0.25, NOW: 0.25})

    assert flagged(result_measure, group)["9039"] == Severity.SERIOUS
    raised = Flag.objects.get(jobcentre=jobcentres[-1])
    assert raised.state == Flag.State.PROPOSED
    assert raised.period == NOW
    assert raised.rule.version == 1


def test_worse_in_the_latest_period_alone_is_to_be_watched(compared, result_measure, group):
    compared({BEFORE: 0.35, NOW: 0.25})

    assert flagged(result_measure, group)["9039"] == Severity.WATCH


def test_worse_before_and_as_expected_now_is_nothing(compared, result_measure, group):
    compared({BEFORE: 0.25, NOW: 0.35})

    assert "9039" not in flagged(result_measure, group)


def test_better_than_expected_is_no_problem(compared, result_measure, group):
    compared({BEFORE: 0.47, NOW: 0.47})

    assert "9039" not in flagged(result_measure, group)


def test_a_window_that_shares_months_is_no_second_period(compared, result_measure, group):
    """Two rolling windows in a row hold nine common months: that is one bad year, not two."""
    compared({BEFORE: 0.35, IN_BETWEEN: 0.25, NOW: 0.25})

    assert flagged(result_measure, group)["9039"] == Severity.WATCH


def test_the_year_between_may_not_be_missing(compared, result_measure, group):
    compared({LONG_BEFORE: 0.25, NOW: 0.25})

    assert flagged(result_measure, group)["9039"] == Severity.WATCH


def test_too_few_data_is_no_flag(compared, jobcentres, result_measure, group):
    compared({BEFORE: 0.25, NOW: 0.25})
    Measurement.objects.filter(jobcentre=jobcentres[-1], period=NOW).update(
        numerator=0, denominator=15, value=0
    )
    compare_period(NOW)

    assert "9039" not in flagged(result_measure, group)


def test_before_p_is_adjusted_nothing_is_said(compared, result_measure, group):
    compared({BEFORE: 0.25, NOW: 0.25})
    Result.objects.update(p_adjusted=None)

    assert flagged(result_measure, group) == {}


def test_in_step_are_the_latest_and_those_a_year_apart():
    in_step = [
        code
        for code in (IN_BETWEEN, LONG_BEFORE, NOW, "2026Q02", BEFORE)
        if are_in_step(parse(code), parse(NOW))
    ]

    assert in_step == [LONG_BEFORE, NOW, BEFORE]


def test_the_same_results_raise_nothing_twice(compared, result_measure, group):
    compared({BEFORE: 0.25, NOW: 0.25})
    first = flag(result_measure, target_group=group)

    assert first
    assert flag(result_measure, target_group=group) == []
    assert Flag.objects.count() == len(first)


def test_only_of_whom_there_is_news_more_is_read(
    compared, jobcentres, result_measure, group, django_assert_num_queries
):
    """What a flag says already is no news; that it may have become serious is."""
    compared({BEFORE: 0.35, NOW: 0.35})
    Result.objects.exclude(jobcentre=jobcentres[-1]).update(z_adjusted=0)
    latest = Result.objects.filter(jobcentre=jobcentres[-1], comparison__period=NOW)
    latest.update(z_adjusted=-2.5)
    flag(result_measure, target_group=group)
    assert Flag.objects.get().severity == Severity.WATCH

    with django_assert_num_queries(10):  # two of them begin and end the transaction
        assert flag(result_measure, target_group=group) == []

    Result.objects.filter(jobcentre=jobcentres[-1]).update(
        z_adjusted=-4, p_adjusted=0.001, expected=F("actual") * 2
    )
    [serious] = flag(result_measure, target_group=group)
    assert (serious.jobcentre, serious.severity) == (jobcentres[-1], Severity.SERIOUS)
    with django_assert_num_queries(10):
        assert flag(result_measure, target_group=group) == []


@pytest.mark.parametrize("decide", ["dismiss", "watch"])
def test_what_was_decided_is_not_taken_up_again(
    compared, jobcentres, result_measure, group, of_sjaelland, decide
):
    compared({BEFORE: 0.25, NOW: 0.25})
    flag(result_measure, target_group=group)
    decided = Flag.objects.get(jobcentre=jobcentres[-1])
    getattr(decided, decide)(reason="Fejl i indberetningen", **of_sjaelland)

    assert flag(result_measure, target_group=group) == []
    decided.refresh_from_db()
    assert decided.state in (Flag.State.DISMISSED, Flag.State.WATCHED)
    assert Flag.objects.filter(jobcentre=jobcentres[-1]).count() == 1


def test_a_decision_also_stands_for_the_next_window_that_shares_its_months(
    compared, jobcentres, result_measure, group, of_sjaelland
):
    compared({"2025QMAT02": 0.25, IN_BETWEEN: 0.25})
    flag(result_measure, target_group=group)
    dismissed = Flag.objects.get(jobcentre=jobcentres[-1])
    dismissed.dismiss(reason="Kendt årsag", **of_sjaelland)

    compared({BEFORE: 0.25, NOW: 0.25})

    flag(result_measure, target_group=group)
    assert Flag.objects.filter(jobcentre=jobcentres[-1]).count() == 1


def test_a_new_year_after_a_decision_is_a_new_matter(
    compared, jobcentres, result_measure, group, of_sjaelland
):
    compared({LONG_BEFORE: 0.25, BEFORE: 0.25})
    flag(result_measure, target_group=group)
    Flag.objects.get(jobcentre=jobcentres[-1]).dismiss(reason="Fejl i tallene", **of_sjaelland)

    compared({NOW: 0.25})

    flag(result_measure, target_group=group)
    assert list(
        Flag.objects.filter(jobcentre=jobcentres[-1]).order_by("period").values_list("period", "state")
    ) == [(BEFORE, "dismissed"), (NOW, "proposed")]


def test_while_nobody_has_decided_the_next_period_adds_no_second_flag(
    compared, jobcentres, result_measure, group
):
    compared({LONG_BEFORE: 0.25, BEFORE: 0.25})
    flag(result_measure, target_group=group)

    compared({NOW: 0.25})

    flag(result_measure, target_group=group)
    assert Flag.objects.filter(jobcentre=jobcentres[-1]).count() == 1


def test_what_was_to_be_watched_can_become_serious(compared, jobcentres, result_measure, group):
    compared({BEFORE: 0.25})
    flag(result_measure, target_group=group)

    compared({NOW: 0.25})

    flag(result_measure, target_group=group)
    assert list(
        Flag.objects.filter(jobcentre=jobcentres[-1]).order_by("period").values_list("period", "severity")
    ) == [(BEFORE, "watch"), (NOW, "serious")]


def test_the_evidence_holds_all_that_the_page_says(compared, jobcentres, result_measure, group):
    compared({LONG_BEFORE: 0.35, BEFORE: 0.25, NOW: 0.25})
    flag(result_measure, target_group=group)

    evidence = Evidence.from_json(Flag.objects.get(jobcentre=jobcentres[-1]).evidence)

    assert [figures.period for figures in evidence.periods] == [LONG_BEFORE, BEFORE, NOW]
    latest = Result.objects.get(jobcentre=jobcentres[-1], comparison__period=NOW)
    assert (evidence.latest.actual, evidence.latest.base) == (250, 1000)
    assert evidence.latest.expected == latest.expected
    assert evidence.latest.z_adjusted == latest.z_adjusted
    assert evidence.latest.p_adjusted == latest.p_adjusted
    assert len(evidence.peers) == 7
    assert jobcentres[-1].name not in {peer.name for peer in evidence.peers}
    assert evidence.in_a_row == 2
    assert evidence.comparisons == 40
    assert evidence.false_discovery_rate == 0.05
    assert (evidence.definition_version, evidence.rule_version) == (1, 1)
    assert evidence.data_date == "2026-11-12"
    assert evidence.share == pytest.approx(0.35, abs=0.01)
    assert {reason.condition for reason in evidence.reasons if reason.held} >= {"beyond_serious", "in_a_row"}
    assert set(evidence.told) == {"da", "en"}
    assert "250 af 1.000 personer" in evidence.told["da"]["sentences"]["figures"]
    assert len(evidence.told["da"]["chart"]["rows"]) == 3


def test_the_evidence_goes_no_further_back_than_a_page_can_show(
    compared, jobcentres, result_measure, group, monkeypatch
):
    monkeypatch.setattr(reading, "MOST_PERIODS", 2)
    compared({LONG_BEFORE: 0.25, BEFORE: 0.25, NOW: 0.25})
    flag(result_measure, target_group=group)

    evidence = Evidence.from_json(Flag.objects.get(jobcentre=jobcentres[-1]).evidence)

    assert [figures.period for figures in evidence.periods] == [BEFORE, NOW]


def test_the_evidence_stays_when_the_results_change(compared, jobcentres, result_measure, group):
    compared({BEFORE: 0.25, NOW: 0.25})
    flag(result_measure, target_group=group)
    before = Flag.objects.get(jobcentre=jobcentres[-1]).evidence
    Measurement.objects.filter(jobcentre=jobcentres[-1]).update(numerator=350, value=35)
    for period in (BEFORE, NOW):
        compare_period(period)

    flag(result_measure, target_group=group)

    raised = Flag.objects.get(jobcentre=jobcentres[-1])
    assert raised.evidence == before
    assert raised.state == Flag.State.PROPOSED


@pytest.mark.parametrize(
    "change",
    [{"evidence": {}}, {"period": BEFORE}, {"severity": "watch"}],
    ids=lambda change: next(iter(change)),
)
def test_nobody_changes_the_evidence(compared, result_measure, group, change):
    compared({BEFORE: 0.25, NOW: 0.25})
    flag(result_measure, target_group=group)

    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Flag.objects.update(**change)


def test_a_flag_is_there_once_however_it_is_written(compared, jobcentres, result_measure, group):
    compared({BEFORE: 0.25, NOW: 0.25})
    flag(result_measure, target_group=group)
    raised = Flag.objects.get(jobcentre=jobcentres[-1])
    raised.pk = None

    with pytest.raises(IntegrityError, match="flag_once"), transaction.atomic():
        raised.save(force_insert=True)


@pytest.mark.parametrize("kind", ["labour_market", "target_group", "effort"])
def test_what_is_not_a_result_is_never_flagged(compared, result_measure, group, kind):
    compared({BEFORE: 0.25, NOW: 0.25})
    Measure.objects.filter(pk=result_measure.pk).update(kind=kind, direction="neutral")
    result_measure.refresh_from_db()

    with pytest.raises(NotAssessable):
        flag(result_measure, target_group=group)
    assert not Flag.objects.exists()


def test_flagging_asks_as_much_for_many_flags_and_target_groups_as_for_none(
    compared, result_measure, others, django_assert_max_num_queries
):
    compared({BEFORE: 0.25, NOW: 0.25})

    with django_assert_max_num_queries(14):
        flag(result_measure)

    assert Flag.objects.filter(target_group__in=others).values("target_group").distinct().count() == 2


def test_each_target_group_has_figures_and_peers_of_its_own(
    compared, jobcentres, result_measure, group, others
):
    compared({BEFORE: 0.25, NOW: 0.25})
    flag(result_measure)

    raised = Flag.objects.filter(jobcentre=jobcentres[-1])
    evidence = {one.target_group: Evidence.from_json(one.evidence) for one in raised}
    assert set(evidence) == {group, *others}
    for target_group, found in evidence.items():
        own = Result.objects.filter(comparison__target_group=target_group)
        latest = own.filter(comparison__period=NOW)
        assert [figures.expected for figures in found.periods] == list(
            own.filter(jobcentre=jobcentres[-1])
            .order_by("comparison__ends_on")
            .values_list("expected", flat=True)
        )
        assert {peer.expected for peer in found.peers} <= set(latest.values_list("expected", flat=True))
        assert found.share == sum(latest.values_list("actual", flat=True)) / sum(
            latest.values_list("base", flat=True)
        )


def test_the_history_of_a_flag_begins_when_it_is_raised(compared, result_measure, group):
    compared({BEFORE: 0.25, NOW: 0.25})

    raised = flag(result_measure, target_group=group)

    for one in raised:
        event = one.events.get()
        assert (event.pgh_label, event.severity, event.evidence) == ("insert", one.severity, one.evidence)

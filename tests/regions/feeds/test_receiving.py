from datetime import date

import pytest
from django.db import transaction

from regions.feeds import receiving
from regions.feeds.figures import Figure
from regions.feeds.models import Arrival
from regions.feeds.receiving import Origin, receive
from regions.measures.models import Delivery, Measurement
from regions.measures.periods import parse
from tests.side_by_side import Beside, wait_until_somebody_is_locked_out

ORIGIN = Origin(source="Jobindsats", data_date=date(2026, 11, 12), file_name="tal.csv", content=b"")


def figure(code: str, value: float, *, year: int = 2020) -> Figure:
    return Figure(2, "unemployed", None, code, None, parse(f"{year}Y01"), value)


def job_figure(code: str, numerator: int, denominator: int) -> Figure:
    return Figure(
        3,
        "job_after_6_months",
        "ready_for_work",
        None,
        code,
        parse("2026QMAT03"),
        100 * numerator / denominator,
        numerator,
        denominator,
    )


@pytest.fixture(autouse=True)
def _known(measures, koege, roskilde):
    """The measures there are, and two places to measure."""


def test_figures_of_municipalities_and_jobcentres_are_taken_in(koege):
    report = receive([figure("0259", 1144), job_figure("0259", 547, 1346)], origin=ORIGIN, missing=2)

    assert (report.rows, report.added, report.changed, report.unchanged, report.missing) == (4, 2, 0, 0, 2)
    fact = Measurement.objects.get(measure__code="unemployed")
    assert (fact.municipality, fact.jobcentre, fact.value) == (koege.municipality, None, 1144)
    assert (fact.starts_on, fact.ends_on) == (date(2020, 1, 1), date(2020, 12, 31))
    result = Measurement.objects.get(measure__code="job_after_6_months")
    assert (result.jobcentre, result.numerator, result.denominator) == (koege.jobcentre, 547, 1346)
    assert result.delivery.source == "Jobindsats"


def test_the_same_figures_again_change_nothing_and_leave_no_delivery():
    receive([figure("0259", 1144)], origin=ORIGIN)

    assert receive([figure("0259", 1144)], origin=ORIGIN) is None
    assert Delivery.objects.count() == Arrival.objects.count() == Measurement.objects.count() == 1


def test_a_changed_figure_takes_the_place_of_the_old_and_the_others_stay(koege):
    receive([figure("0259", 1144), figure("0265", 900)], origin=ORIGIN)
    first = Delivery.objects.get()

    report = receive([figure("0259", 1150), figure("0265", 900)], origin=ORIGIN)

    assert (report.added, report.changed, report.unchanged) == (0, 1, 1)
    assert Measurement.objects.get(municipality=koege.municipality).value == 1150
    assert Measurement.objects.get(municipality=koege.municipality).delivery == report.delivery
    assert Measurement.objects.exclude(municipality=koege.municipality).get().delivery == first


def test_nothing_is_half_saved_when_the_last_figure_cannot_be():
    broken = job_figure("0265", 1, 2)._replace(denominator=-2)

    with pytest.raises(Exception, match="measurement_base_is_positive"), transaction.atomic():
        receive([figure("0259", 1144), broken], origin=ORIGIN)

    assert not Measurement.objects.exists()
    assert not Delivery.objects.exists()
    assert not Arrival.objects.exists()


def test_a_thousand_figures_take_as_many_queries_as_one(django_assert_num_queries):
    many = [figure("0259", year, year=year) for year in range(1100, 2020)]
    with django_assert_num_queries(22):
        receive([figure("0265", 1)], origin=ORIGIN)
    with django_assert_num_queries(22):
        receive(many, origin=ORIGIN)

    assert Measurement.objects.count() == 921


def test_the_rows_of_a_report_must_add_up():
    report = receive([figure("0259", 1144)], origin=ORIGIN)
    report.rows = 2

    with pytest.raises(Exception, match="arrival_counts_add_up"), transaction.atomic():
        report.save()


@pytest.mark.django_db(transaction=True)
def test_two_deliveries_at_once_are_taken_in_one_after_the_other():
    """The second waits, and then says truly that nothing was left to change."""
    with transaction.atomic():
        receive([figure("0259", 1144)], origin=ORIGIN)
        other = Beside(lambda: receive([figure("0259", 1144)], origin=ORIGIN))
        wait_until_somebody_is_locked_out()

    assert other.outcome() is None
    assert Delivery.objects.count() == 1


def test_the_digest_is_that_of_the_content():
    assert receiving.digest_of(b"a") != receiving.digest_of(b"b")
    assert len(receiving.digest_of(b"a")) == 64

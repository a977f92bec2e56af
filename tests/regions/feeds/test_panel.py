"""The real figures of Denmark's municipalities, held against the files they came from."""

import csv
from io import StringIO

import pytest
from django.core.management import call_command

from regions.feeds import load, panel
from regions.feeds.models import Arrival
from regions.measures.models import Delivery, Measure, Measurement


@pytest.fixture
def denmark(db):
    """All reference data, as a fresh installation has it."""
    call_command("load_reference_data")


def value(measure: str, municipality: str, period: str) -> float:
    return Measurement.objects.get(
        measure__code=measure, municipality__code=municipality, period=period
    ).value


def test_the_panel_is_loaded_once_and_loading_it_again_changes_nothing(denmark):
    figures, deliveries = Measurement.objects.count(), Delivery.objects.count()

    again = [*load.load_panel(), *load.load_commuting()]

    assert deliveries == 2
    assert [(table.added, table.changed, len(table.refusals)) for table in again] == [(0, 0, 0), (0, 0, 0)]
    assert sum(table.unchanged for table in again) == figures
    assert (Measurement.objects.count(), Delivery.objects.count()) == (figures, deliveries)


def test_figures_are_those_of_the_file(denmark):
    assert value("population", "0259", "2020Y01") == 60_979
    assert value("unemployed", "0259", "2009Y01") == 1_350
    assert value("unemployed", "0330", "2020Y01") == 1_860
    assert value("social_assistance", "0101", "2014Y01") == 36_686
    assert value("employment_rate", "0259", "2020Y01") == 76.8
    assert value("earned_income", "0330", "2020Y01") == 210_018
    assert value("gini", "0101", "2020Y01") == 34.35
    assert value("jobs", "0259", "2022Y01") == 32_186
    assert value("employed_residents", "0259", "2022Y01") == 32_828


def test_every_figure_of_the_file_is_there(denmark):
    rows = [
        row
        for row in csv.DictReader(StringIO(panel.PANEL.read_text(encoding="utf-8")))
        if row["municipality_code"] != panel.WHOLE_COUNTRY
    ]
    for column, measure in panel.PANEL_MEASURES.items():
        written = {
            (row["municipality_code"], f"{row['year']}Y01"): float(row[column]) for row in rows if row[column]
        }
        stored = Measurement.objects.filter(measure__code=measure).values_list(
            "municipality__code", "period", "value"
        )
        assert {(code, period): number for code, period, number in stored} == written


def test_a_rate_without_a_base_has_none_and_a_counted_share_has_one(denmark):
    rate = Measurement.objects.get(
        measure__code="employment_rate", municipality__code="0259", period="2020Y01"
    )
    assert (rate.numerator, rate.denominator) == (None, None)

    commuters = Measurement.objects.get(measure__code="long_commute", municipality__code="0259")
    assert (commuters.numerator, commuters.denominator) == (4974 + 4764 + 2087, 32828 - 33)
    assert commuters.value == pytest.approx(36.0573, abs=1e-4)


def test_source_and_data_date_are_named(denmark):
    delivery = Delivery.objects.get(file_name="municipality_panel.csv")

    assert "Danmarks Statistik" in delivery.source
    assert delivery.data_date.year == 2020
    arrival = Arrival.objects.get(delivery=delivery)
    assert arrival.added == delivery.measurements.count()
    assert bytes(arrival.content) == panel.PANEL.read_bytes()


def test_all_of_it_is_illustration_and_never_assessed(denmark):
    measured = Measure.objects.filter(measurements__isnull=False).distinct()

    assert measured.count() == 9
    assert not measured.filter(pk__in=Measure.objects.assessable()).exists()
    assert all(measure.direction == Measure.Direction.NEUTRAL for measure in measured)
    assert all("ingen bliver vurderet" in measure.shows_da for measure in measured)


def test_a_municipality_nobody_knows_stops_the_whole_file(denmark, tmp_path, monkeypatch):
    Measurement.objects.all().delete()
    broken = tmp_path / "municipality_panel.csv"
    text = panel.PANEL.read_text(encoding="utf-8")
    broken.write_text(text.replace("\n0259,", "\n0258,", 1), encoding="utf-8")
    monkeypatch.setattr(load, "PANEL", broken)

    (table,) = load.load_panel()

    assert [refusal.reason for refusal in table.refusals] == ["there is no municipality 0258"]
    assert not Measurement.objects.exists()

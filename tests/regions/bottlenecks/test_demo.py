"""The demonstration's labour market has a history: it tightens from half-year to half-year."""

from __future__ import annotations

import random

import pytest
from django.core.management import call_command
from django.db.models import Q
from django.utils import timezone

from employers.companies import demo as companies
from employers.vacancies import demo as vacancies
from jobcenter.centres import demo as people
from jobcenter.geography.models import Area
from jobcenter.notifications.models import Notice
from jobcenter.runtime.demo import Demo
from regions.bottlenecks import demo
from regions.bottlenecks.actions import campaigning
from regions.bottlenecks.figures.computing import compute
from regions.bottlenecks.models import Indicators, LineCampaign, Place, Report
from regions.bottlenecks.monitoring.severe import severe_in
from regions.bottlenecks.reports.severe import severe_lately
from regions.measures.periods import Frequency, latest_ended


@pytest.fixture
def half_years(db):
    """The four half-years of the demonstration, the latest first, the latest computed as at night."""
    call_command("load_reference_data")
    now = timezone.now()
    world = Demo(today=timezone.localdate(now), now=now, random=random.Random(2026))
    for room in (people, companies, vacancies, demo):
        room.load(world)
    latest = latest_ended(Frequency.HALF_YEAR, on=world.today)
    compute(latest)
    return [latest, latest.previous(), latest.previous().previous(), latest.previous().previous().previous()]


@pytest.mark.verify
def test_what_is_planted_grows_and_unemployment_falls(half_years):
    hard, everybody = [], []
    for half_year in half_years:
        country = Indicators.objects.of(Place.COUNTRY).filter(period=half_year.code)
        hard.append(country.get(occupation__code="5322").rate)
        everybody.append(sum(one.unemployed for one in country.filter(occupation__level=1)))

    assert hard == sorted(hard, reverse=True)
    assert everybody == sorted(everybody)
    municipalities = Indicators.objects.of(Place.MUNICIPALITY).filter(period=half_years[0].code)
    assert 0 < municipalities.filter(hides_answers=True).count() < municipalities.count()
    assert municipalities.filter(attempts__gte=5, hides_answers=False).exists()


@pytest.mark.verify
def test_every_area_has_published_one_has_corrected_and_one_is_late_with_the_last_half_year(half_years):
    issues = Report.objects.published()
    areas = {area.code for area in Area.objects.valid(timezone.localdate())}
    correction = issues.get(number=2)

    for half_year, published in zip(half_years, (areas - {demo.LATE}, areas, set(), set()), strict=True):
        assert {issue.area.code for issue in issues.filter(period=half_year.code)} == published
    assert (correction.area.code, correction.period) == (demo.CORRECTED, half_years[1].code)
    assert correction.lines.exclude(comment="").count() == 1


@pytest.mark.verify
def test_nurses_are_severely_short_by_the_monitoring_and_by_what_is_published(half_years):
    published = severe_lately(Report.objects.published())

    assert "2221" in severe_in(half_years[0], among=Q(occupation__level=4)).codes
    assert published
    assert published.period == half_years[0].code
    assert "2221" in published.codes


@pytest.mark.verify
def test_a_campaign_runs_from_a_line_with_every_answer_and_contacts_and_nobody_is_told(half_years):
    link = LineCampaign.objects.get()
    (told,) = campaigning.told([link])

    assert link.line.report in Report.objects.in_force()
    assert {share.answer for share in link.campaign.shares.all()} == {"accepted", "declined", ""}
    assert 0 < told.contacts <= told.progress.total
    assert told.progress.reached
    assert not Notice.objects.exists()

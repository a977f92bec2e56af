from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.classifications.models import Occupation, Outlook
from regions.bottlenecks.models import Category, Line, Report
from regions.bottlenecks.reports.publishing import publish
from regions.measures.periods import parse
from tests.regions.making import publish_reviewed


@pytest.fixture
def make_report(sjaelland, occupation):
    """Makes a draft for Sjælland with one line."""

    def make(code: str = "2026H01", *, about: Occupation = occupation, **fields: object) -> Report:
        period = parse(code)
        report = Report.objects.create(
            area=sjaelland.area, period=code, starts_on=period.starts_on, ends_on=period.ends_on
        )
        Line.objects.create(
            **{
                "report": report,
                "occupation": about,
                "attempts": 88,
                "failed": 27,
                "lower": 0.22,
                "upper": 0.41,
                "proposed": Category.PROBLEMS,
                "category": Category.PROBLEMS,
                **fields,
            }
        )
        return report

    return make


@pytest.fixture
def publish_as_officer(sjaelland):
    def act(report: Report, reason: str = "Gennemgået med jobcentrene") -> Report:
        return publish_reviewed(
            report, by=sjaelland.officer, organisation=sjaelland.office.organisation, reason=reason
        )

    return act


def test_publishing_freezes_the_report_and_writes_its_outlook(
    make_report, publish_as_officer, occupation, sjaelland
):
    report = publish_as_officer(make_report())

    assert report.state == Report.State.PUBLISHED
    outlook = Outlook.objects.get()
    assert (outlook.occupation, outlook.area) == (occupation, sjaelland.area)
    assert (outlook.category, outlook.attempts, outlook.period) == (Category.PROBLEMS, 88, "2026H01")
    assert outlook.published_at == report.published_at
    entry = report.log.get()
    assert (entry.by, entry.comment) == (sjaelland.officer, "Gennemgået med jobcentrene")


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_without_a_reason_nothing_is_published(make_report, publish_as_officer, reason):
    report = make_report()

    with pytest.raises(TransitionRefused):
        publish_as_officer(report, reason)

    assert Report.objects.get().state == Report.State.DRAFT
    assert not Outlook.objects.exists()


@pytest.mark.parametrize(
    ("said", "is_published"),
    [
        ({}, False),
        ({"comment": "Set"}, True),
        ({"comment": "Lukket", "category": Category.NO_PROBLEMS}, True),
    ],
)
def test_a_report_is_published_when_somebody_has_said_something_of_every_line(
    make_report, sjaelland, said, is_published
):
    report = make_report(**said)
    acting = {"by": sjaelland.officer, "organisation": sjaelland.office.organisation, "reason": "Klar"}

    if is_published:
        publish(report=report, **acting)
    else:
        with pytest.raises(TransitionRefused, match="1 linje er ikke gennemgået"):
            publish(report=report, **acting)

    assert Report.objects.published().exists() is Outlook.objects.exists() is is_published


def test_the_database_refuses_to_publish_what_has_not_been_reviewed(make_report):
    report = make_report()

    with pytest.raises(IntegrityError, match="lines have not been reviewed"), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(state="published", published_at=timezone.now())

    assert Report.objects.get().state == Report.State.DRAFT


def test_a_second_publication_is_refused(make_report, publish_as_officer):
    report = publish_as_officer(make_report())

    with pytest.raises(TransitionRefused):
        publish_as_officer(Report.objects.get(pk=report.pk))

    assert report.log.count() == 1


def test_a_newer_report_replaces_the_outlook_also_where_it_is_silent(
    make_report, publish_as_officer, occupation
):
    publish_as_officer(make_report("2025H02"))
    other = Occupation.objects.create(
        code="5120", level=4, title_da="Kokkearbejde", sort_key="kok", valid_from=occupation.valid_from
    )

    publish_as_officer(make_report("2026H01", about=other))

    assert [(one.occupation, one.period) for one in Outlook.objects.all()] == [(other, "2026H01")]


def test_an_older_report_published_later_leaves_the_outlook_alone(make_report, publish_as_officer):
    older = make_report("2025H02", attempts=10, failed=9)
    publish_as_officer(make_report("2026H01"))

    publish_as_officer(older)

    assert Outlook.objects.get().period == "2026H01"


def test_other_areas_keep_their_outlook(make_report, publish_as_officer, occupation, midtjylland):
    Outlook.objects.create(
        occupation=occupation,
        area=midtjylland.area,
        category=Category.NO_PROBLEMS,
        attempts=20,
        period="2025H02",
        published_at="2026-01-10T12:00Z",
    )

    publish_as_officer(make_report())

    assert Outlook.objects.get(area=midtjylland.area).attempts == 20


def test_a_line_of_a_published_report_cannot_be_changed_added_or_removed(make_report, publish_as_officer):
    publish_as_officer(make_report())

    for act in (
        lambda: Line.objects.update(comment="Alligevel"),
        lambda: Line.objects.all().delete(),
        lambda: Line.objects.get().delete(),
    ):
        with pytest.raises(IntegrityError, match="a published report never changes"), transaction.atomic():
            act()

    assert Line.objects.get().comment == ""

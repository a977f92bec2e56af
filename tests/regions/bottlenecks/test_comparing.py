"""A report beside the last before it, and a correction beside what it corrects: found, counted and shown."""

from __future__ import annotations

import pytest
from django.db.models import F
from django.urls import reverse

from regions.bottlenecks.models import Category, Line, Report
from regions.bottlenecks.reports import correcting
from regions.bottlenecks.reports.comparing import last_before, what_changed
from regions.bottlenecks.reports.correcting import Basis
from tests.queries import asked
from tests.regions.making import make_line, make_occupation, make_report, publish_reviewed
from tests.regions.reading import text_of

SHORT, FINE, UNKNOWN = Category.PROBLEMS, Category.NO_PROBLEMS, Category.NOT_ASSESSED


@pytest.fixture
def by_officer(sjaelland):
    return {"by": sjaelland.officer, "organisation": sjaelland.office.organisation}


@pytest.fixture
def officer(client, sjaelland):
    client.force_login(sjaelland.officer)
    return client


@pytest.fixture
def issue(sjaelland, by_officer):
    """Publishes a report of Sjælland with lines: occupation → category."""

    def make(period="2025H02", lines=None):
        report = make_report(sjaelland.area, period=period)
        for occupation, category in (lines or {}).items():
            make_line(report, occupation, failed=4, attempts=20, category=category)
        return publish_reviewed(report, reason="Gennemgået", **by_officer)

    return make


@pytest.fixture
def correct(by_officer):
    """Publishes a correction of an issue."""

    def make(report, **lines):
        correction = correcting.begin(
            report=report, reason="Talt to gange.", basis=Basis.AS_PUBLISHED, **by_officer
        )
        return publish_reviewed(correction, reason="Talt om", **by_officer)

    return make


def told(compared):
    return {
        change.occupation.title: (change.kind, change.before, change.after) for change in compared.changes
    }


def test_each_occupation_is_told_with_what_it_was_and_is(drafts, issue):
    carpenters = make_occupation("7115", "Tømrer")
    earlier = issue(
        lines={
            drafts.drivers.occupation: FINE,
            drafts.nurses.occupation: SHORT,
            drafts.cooks.occupation: SHORT,
            carpenters: SHORT,
        }
    )

    since = what_changed(drafts.report).since

    assert since.earlier == earlier
    assert told(since) == {
        "Truckfører": ("became_hard", FINE, SHORT),
        "Kok": ("not_assessed", SHORT, UNKNOWN),
        "Tømrer": ("gone", SHORT, None),
    }
    assert since.as_before == 1
    assert what_changed(drafts.report).corrected is None


def test_the_last_is_the_newest_issue_of_the_nearest_earlier_half_year_of_the_same_area(
    drafts, issue, correct, midtjylland
):
    issue("2024H02")
    newest = correct(issue("2025H01"))
    make_report(drafts.report.area, period="2025H02")  # a draft
    later = issue("2026H02")
    elsewhere = make_report(midtjylland.area, period="2025H02")
    publish_reviewed(
        elsewhere, reason="Klar", by=midtjylland.officer, organisation=midtjylland.office.organisation
    )

    assert last_before(drafts.report) == newest
    assert last_before(later) == newest
    assert not what_changed(drafts.report).since.is_half_year_before


def test_what_a_published_report_says_has_changed_stays_when_the_earlier_one_is_corrected(
    officer, drafts, issue, correct, by_officer
):
    earlier = issue()
    report = publish_reviewed(drafts.report, reason="Gennemgået", **by_officer)
    correction = correct(earlier)

    found = what_changed(report)
    assert (found.since.earlier, found.replaced_by) == (earlier, correction)
    page = text_of(officer.get(report.get_absolute_url()))
    assert "Udgave 2 har rettet den siden." in page


def test_the_first_report_has_none_before_it(drafts):
    assert what_changed(drafts.report).since is None


def test_a_correction_tells_also_what_it_changes(drafts, issue, by_officer):
    earlier = issue(lines={drafts.drivers.occupation: FINE})
    published = publish_reviewed(drafts.report, reason="Gennemgået", **by_officer)
    correction = correcting.begin(
        report=published, reason="Talt to gange.", basis=Basis.AS_PUBLISHED, **by_officer
    )
    correction.lines.filter(occupation=drafts.nurses.occupation).update(category=UNKNOWN, comment="Ét svar")
    correction.lines.filter(occupation=drafts.cooks.occupation).update(attempts=F("attempts") + 1)

    found = what_changed(correction)

    assert (found.since.earlier, found.corrected.earlier) == (earlier, published)
    assert told(found.corrected) == {"Sygeplejerske": ("not_assessed", SHORT, UNKNOWN)}
    assert (found.corrected.recategorised, found.corrected.as_before, found.corrected.other_figures) == (
        1,
        2,
        1,
    )


@pytest.mark.parametrize(("period", "version"), [("2025H02", 1), ("2026H01", None)])
def test_another_version_of_the_rule_is_told_where_the_last_report_followed_one(
    bottleneck_rule, sjaelland, issue, period, version
):
    """The second version holds from 2026."""
    issue(period)
    found = what_changed(make_report(sjaelland.area, period="2026H02")).other_rule

    assert (found.version if found else None) == version


def test_a_report_of_many_lines_takes_as_many_queries_as_one_of_one(drafts, issue):
    drafts.nurses.delete()
    issue(lines={drafts.drivers.occupation: FINE})

    def read():
        return what_changed(Report.objects.select_related("corrects").get(pk=drafts.report.pk)).since.by_kind

    with_few = asked(read)
    for code in ("4110", "5223", "9112"):
        make_line(drafts.report, make_occupation(code, f"Fag {code}"), failed=9, attempts=20, category=SHORT)

    assert asked(read).total() == with_few.total() == 5


# --- on the page -------------------------------------------------------------------------------------


def test_the_page_says_what_has_changed_since_the_last_report(officer, drafts, issue):
    issue(lines={drafts.drivers.occupation: FINE, drafts.nurses.occupation: SHORT})

    page = text_of(officer.get(drafts.report.get_absolute_url()))

    assert "Siden 2. halvår 2025 er det blevet svært at finde folk til et fag. Et er som før." in page
    assert "Sammenlignet med udgave 1 om 2. halvår 2025, offentliggjort" in page
    assert "lige før" not in page
    assert "Den fulgte version 1 af reglen, og denne følger en anden." in page
    assert (
        "Det er blevet svært at finde folk til Truckfører DISCO 8344 Ingen problemer → og nu Problemer"
        in page
    )
    assert "Nye i rapporten Kok DISCO 5120 Ikke vurderet" in page


def test_what_is_hard_now_and_was_not_assessed_then_is_told_by_itself(officer, drafts, issue):
    issue(lines={drafts.drivers.occupation: UNKNOWN, drafts.cooks.occupation: UNKNOWN})

    page = text_of(officer.get(drafts.report.get_absolute_url()))

    assert "ikke blevet svært at finde folk til noget fag, der var vurderet dengang." in page
    assert "Det er svært til to, der ikke var vurderet dengang." in page
    assert "Vurderet nu, men ikke sidst Truckfører" in page


def test_the_page_says_when_the_last_report_is_of_an_older_half_year(officer, drafts, issue):
    issue("2024H02", lines={line.occupation: line.category for line in drafts.report.lines.all()})

    page = text_of(officer.get(drafts.report.get_absolute_url()))

    assert "Siden 2. halvår 2024 har intet fag skiftet kategori. Tre er som før." in page
    assert "Om halvåret lige før var der ikke offentliggjort en rapport." in page


def test_the_matrix_says_it_in_a_sentence_to_the_areas_own_officer(officer, drafts, issue, koege):
    issue(lines={drafts.drivers.occupation: FINE, drafts.nurses.occupation: SHORT})
    said = "Siden 2. halvår 2025 er det blevet svært at finde folk til et fag. Hvad der har ændret sig"

    assert said in text_of(officer.get(reverse("bottlenecks:reports")))
    officer.force_login(koege.caseworker)
    assert said not in text_of(officer.get(reverse("bottlenecks:reports")))


def test_a_first_report_says_that_it_is(officer, drafts):
    page = text_of(officer.get(drafts.report.get_absolute_url()))

    assert "1. halvår 2026 er det første halvår med en rapport om Sjælland" in page


def test_the_page_of_a_correction_says_what_it_changes_and_tells_no_remark(officer, drafts, by_officer):
    published = publish_reviewed(drafts.report, reason="Gennemgået", **by_officer)
    correction = correcting.begin(
        report=published, reason="Talt to gange.", basis=Basis.AS_PUBLISHED, **by_officer
    )
    Line.objects.filter(report=correction, occupation=drafts.nurses.occupation).update(
        category=UNKNOWN, comment="Ringede til en sur oversygeplejerske"
    )

    page = text_of(officer.get(correction.get_absolute_url()))

    changes = page[page.index("Hvad rettelsen ændrer") : page.index("Linjerne")]
    assert "Rettelsen giver et fag en anden kategori. Ingen tal er ændret." in changes
    assert "Sygeplejerske DISCO 2221 Problemer → og nu Ikke vurderet" in changes
    assert "oversygeplejerske" not in changes
    assert "oversygeplejerske" in page

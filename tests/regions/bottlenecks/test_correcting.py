"""Numbered issues: what is published never changes, and what was wrong in it is put right by the next."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.classifications.models import Outlook
from regions.bottlenecks.figures.computing import compute
from regions.bottlenecks.models import Category, Line, Place, Report, State
from regions.bottlenecks.reports import correcting, drafting, matrix
from regions.bottlenecks.reports.correcting import Basis
from regions.measures.periods import parse
from tests.queries import asked
from tests.regions.bottlenecks.conftest import MARCH
from tests.regions.bottlenecks.making import know
from tests.regions.making import make_line, make_occupation, make_report, publish_reviewed
from tests.regions.reading import text_of

WRONG = "To lagre var talt med to gange."
HALF_YEAR = parse("2026H01")


@pytest.fixture
def by_officer(sjaelland):
    return {"by": sjaelland.officer, "organisation": sjaelland.office.organisation}


@pytest.fixture
def published(drafts, by_officer):
    return publish_reviewed(drafts.report, reason="Gennemgået", **by_officer)


@pytest.fixture
def correction(published, by_officer):
    return correcting.begin(report=published, reason=WRONG, basis=Basis.AS_PUBLISHED, **by_officer)


@pytest.fixture
def officer(client, sjaelland):
    client.force_login(sjaelland.officer)
    return client


def said_of(report):
    return {
        line.occupation.title: (line.attempts, line.failed, line.proposed, line.category, line.comment)
        for line in report.lines.select_related("occupation")
    }


def test_a_correction_is_the_next_issue_with_the_lines_and_figures_of_the_published_one(
    published, correction, sjaelland
):
    assert (published.number, correction.number) == (1, 2)
    assert (correction.state, correction.corrects, correction.correction) == (State.DRAFT, published, WRONG)
    assert correction.computed_at == published.computed_at
    assert said_of(correction) == said_of(published)
    assert correction.log.get().by == sjaelland.officer


def test_publishing_a_correction_rewrites_the_outlook_and_leaves_the_first_issue_as_it_was(
    published, correction, drafts, by_officer
):
    before = said_of(published)
    line = correction.lines.get(occupation=drafts.drivers.occupation)
    line.category, line.comment = Category.NO_PROBLEMS, "Talt to gange"
    line.save()

    publish_reviewed(correction, reason="Talt om", **by_officer)

    assert Outlook.objects.get(occupation=line.occupation).category == Category.NO_PROBLEMS
    published.refresh_from_db()
    assert (published.state, said_of(published)) == (State.PUBLISHED, before)
    assert published.replaced_by == correction
    assert [report.number for report in Report.objects.newest_issues().filter(area=published.area)] == [2]


def test_a_correction_with_todays_figures_keeps_what_a_remark_explains(
    drafts, by_officer, close, occupation, make_parents
):
    """Nobody is known to have tried any more, but for one new occupation: only what was said is kept of the
    others."""
    make_parents(occupation)
    drafts.drivers.category, drafts.drivers.comment = Category.NO_PROBLEMS, "Lagrene er lukket"
    drafts.drivers.save()
    report = publish_reviewed(drafts.report, reason="Gennemgået", **by_officer)
    close(not_filled=6)
    compute(HALF_YEAR)

    correction = correcting.begin(report=report, reason=WRONG, basis=Basis.AS_KNOWN, **by_officer)

    assert said_of(correction) == {
        "Truckfører": (0, 0, "not_assessed", "no_problems", "Lagrene er lukket"),
        occupation.title: (6, 6, "problems", "problems", ""),
    }
    assert correction.computed_at > report.computed_at


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_without_a_reason_no_correction_is_begun(published, by_officer, reason):
    with pytest.raises(TransitionRefused):
        correcting.begin(report=published, reason=reason, basis=Basis.AS_PUBLISHED, **by_officer)

    assert Report.objects.filter(area=published.area).count() == 1


def test_a_draft_is_not_corrected_and_an_issue_only_once(drafts, published, correction, by_officer):
    for report in (correction, published):
        with pytest.raises(TransitionRefused):
            correcting.begin(report=report, reason=WRONG, basis=Basis.AS_PUBLISHED, **by_officer)


def test_the_night_brings_no_correction_into_being_and_leaves_its_draft_alone(
    published, by_officer, close, sjaelland
):
    close(not_filled=6)
    compute(HALF_YEAR)
    assert drafting.draft(area=sjaelland.area, period=HALF_YEAR) == published
    correction = correcting.begin(report=published, reason=WRONG, basis=Basis.AS_PUBLISHED, **by_officer)
    before = list(Line.objects.order_by("pk").values())

    assert drafting.draft(area=sjaelland.area, period=HALF_YEAR) == correction

    assert list(Line.objects.order_by("pk").values()) == before


def test_the_matrix_shows_each_areas_newest_issue_once(correction, drafts):
    assert set(matrix.latest(Report.objects.all())) == {correction, drafts.elsewhere}


def test_the_history_of_a_line_takes_the_newest_issue_of_each_earlier_half_year(
    correction, drafts, by_officer
):
    publish_reviewed(correction, reason="Talt om", **by_officer)
    later = make_report(correction.area, period="2026H02")
    line = Line.objects.create(
        report=later,
        occupation=drafts.drivers.occupation,
        proposed=Category.NOT_ASSESSED,
        category=Category.NOT_ASSESSED,
    )

    found = matrix.history(line=line, reports=Report.objects.all())

    assert [one.report for one in found] == [correction, later]


# --- what the database refuses -----------------------------------------------------------------------


@pytest.mark.parametrize("tamper", ["update", "delete"])
def test_the_database_refuses_every_change_of_a_published_report(published, tamper):
    reports = Report.objects.filter(pk=published.pk)

    with pytest.raises(DatabaseError), transaction.atomic():
        reports.update(period="2020H01") if tamper == "update" else reports.delete()


def test_the_database_refuses_to_move_a_line_out_of_a_published_report(published, drafts):
    with pytest.raises(DatabaseError, match="a published report never changes"):
        Line.objects.filter(pk=drafts.drivers.pk).update(report=drafts.elsewhere)


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"state": "published", "published_at": MARCH}, "report_number_once_for_area_and_period"),
        ({"correction": WRONG}, "report_correction_says_what_was_wrong"),
        ({"number": 2, "correction": WRONG}, "report_correction_corrects_until_given_up"),
    ],
)
def test_the_database_knows_a_number_once_for_an_area_and_corrections_that_say_what_was_wrong(
    drafts, fields, refusal
):
    with pytest.raises(IntegrityError, match=refusal):
        make_report(drafts.report.area, **fields)


def test_the_database_refuses_a_correction_that_does_not_say_what_was_wrong(published):
    with pytest.raises(IntegrityError, match="report_correction_says_what_was_wrong"):
        make_report(published.area, number=2, corrects=published)


@pytest.mark.parametrize("fields", [{"number": 3}, {"period": "2025H02", "number": 2}])
def test_the_database_refuses_a_correction_of_another_issue_than_the_one_before(published, fields):
    with pytest.raises(DatabaseError, match="a correction is of the published issue before"):
        make_report(published.area, corrects=published, correction=WRONG, **fields)


# --- on the page -------------------------------------------------------------------------------------


def begin(client, report, **fields):
    address = reverse("bottlenecks:correct", args=[report.pk])
    return client.post(address, {"correction": WRONG, "basis": "as_published", **fields}, follow=True)


def test_a_correction_is_begun_on_the_reports_page_and_both_pages_say_so(officer, published):
    page = text_of(begin(officer, published))

    assert "Rettelsen er oprettet som udkast." in page
    assert "Udgave 2 · 1. halvår 2026 · udkast" in page
    assert f"Retter udgave 1 {WRONG}" in page
    assert "Tallene er dem fra udgave 1." in page
    assert "Udgave 2, som retter denne, er under udarbejdelse." in text_of(
        officer.get(published.get_absolute_url())
    )


def test_a_replaced_issue_says_by_which(officer, published, correction, by_officer):
    publish_reviewed(correction, reason="Talt om", **by_officer)

    page = text_of(officer.get(published.get_absolute_url()))

    assert f"Erstattet af udgave 2 {WRONG}" in page
    assert "Begynd en rettelse" not in page


def test_without_saying_what_was_wrong_no_correction_is_begun_on_the_page(officer, published):
    page = begin(officer, published, correction=" ")

    assert "Skriv, hvad der var forkert" in text_of(page)
    assert Report.objects.filter(area=published.area).count() == 1


def test_another_areas_report_is_not_there_to_correct(client, published, midtjylland):
    client.force_login(midtjylland.officer)

    assert begin(client, published).status_code == 404
    assert "Begynd en rettelse" not in text_of(client.get(published.get_absolute_url()))


# --- several issues, half-years and occupations ------------------------------------------------------


def test_a_published_correction_is_corrected_by_a_third_issue(published, correction, by_officer):
    second = publish_reviewed(correction, reason="Talt om", **by_officer)

    third = correcting.begin(report=second, reason="Også kokkene", basis=Basis.AS_PUBLISHED, **by_officer)

    assert (third.number, third.corrects) == (3, second)
    with pytest.raises(TransitionRefused):
        publish_reviewed(published, reason="Alligevel", **by_officer)


def test_a_correction_of_an_older_half_year_leaves_the_outlook_alone(published, drafts, by_officer):
    older = make_report(published.area, period="2025H02")
    make_line(older, drafts.nurses.occupation, failed=1, attempts=50, category=Category.NO_PROBLEMS)
    publish_reviewed(older, reason="Sent", **by_officer)
    before = list(Outlook.objects.values())

    correction = correcting.begin(report=older, reason=WRONG, basis=Basis.AS_PUBLISHED, **by_officer)
    publish_reviewed(correction, reason="Talt om", **by_officer)

    assert list(Outlook.objects.values()) == before


def test_with_todays_figures_an_occupation_that_has_none_stays_only_where_a_remark_says_why(
    drafts, by_officer
):
    Line.objects.filter(pk=drafts.drivers.pk).update(category=Category.NO_PROBLEMS, comment="Lukket.")
    published = publish_reviewed(drafts.report, reason="Gennemgået", **by_officer)

    correction = correcting.begin(report=published, reason=WRONG, basis=Basis.AS_KNOWN, **by_officer)

    assert said_of(correction) == {
        "Truckfører": (0, 0, Category.NOT_ASSESSED, Category.NO_PROBLEMS, "Lukket.")
    }


@pytest.mark.parametrize("basis", Basis)
def test_a_correction_of_many_lines_takes_as_many_queries_as_one_of_one(
    sjaelland, bottleneck_rule, by_officer, basis
):
    def begun(period, codes):
        report = make_report(sjaelland.area, period=period)
        for code in codes:
            occupation = make_occupation(code, f"Fag {code}")
            make_line(report, occupation, failed=9, attempts=20, category=Category.PROBLEMS)
            know(occupation, Place.AREA, sjaelland.area.code, period=period)
        publish_reviewed(report, reason="Gennemgået", **by_officer)
        return asked(lambda: correcting.begin(report=report, reason=WRONG, basis=basis, **by_officer))

    assert begun("2025H01", ["5120"]).total() == begun("2025H02", ["8344", "2221", "4110"]).total()


def test_the_second_to_begin_is_told(officer, published, correction):
    assert "allerede" in text_of(begin(officer, published, correction="En anden grund."))
    assert Report.objects.get(corrects=published).correction == WRONG


def test_a_number_of_a_person_is_no_part_of_what_was_wrong(officer, published):
    page = begin(officer, published, correction="Borgeren 010190-1234 var talt med.")

    assert page.context["correct_form"].errors["correction"]
    assert not Report.objects.filter(corrects=published).exists()


def test_the_public_page_shows_a_correction_when_it_is_published_and_not_before(
    officer, published, correction, drafts, by_officer
):
    correction.lines.filter(occupation=drafts.cooks.occupation).update(attempts=77)
    public = reverse("bottlenecks:published")
    assert "77 svar" not in text_of(officer.get(public))

    publish_reviewed(correction, reason="Talt om", **by_officer)

    assert "77 svar" in text_of(officer.get(public))

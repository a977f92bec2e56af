"""Accepting a line as proposed: an act with a name and a time, one by one and all the rest."""

from __future__ import annotations

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from jobcenter.accounts.workflow import TransitionRefused
from regions.bottlenecks.figures.computing import compute
from regions.bottlenecks.forms import said
from regions.bottlenecks.models import Category, Line, State
from regions.bottlenecks.reports import drafting, publishing, reviewing
from regions.measures.periods import parse
from tests.queries import asked
from tests.regions.making import make_line, make_occupation, publish_reviewed
from tests.regions.reading import text_of

WHY = "Passer med det, jobcentrene melder."
HALF_YEAR = parse("2026H01")


@pytest.fixture
def officer(client, sjaelland):
    client.force_login(sjaelland.officer)
    return client


@pytest.fixture
def by_officer(sjaelland):
    return {"by": sjaelland.officer, "organisation": sjaelland.office.organisation}


def save(client, line, **sent):
    fields = {"category": line.category, "comment": line.comment, "seen": said(line), **sent}
    return client.post(reverse("bottlenecks:review", args=[line.pk]), fields, follow=True)


def accept_the_rest(client, report, why=WHY):
    address = reverse("bottlenecks:accept_the_rest", args=[report.pk])
    return client.post(address, {"accepting": why}, follow=True)


def test_accepting_stores_who_and_when_and_counts_as_reviewed(officer, drafts, sjaelland):
    page = text_of(save(officer, drafts.drivers, accept="on"))

    drafts.drivers.refresh_from_db()
    assert drafts.drivers.accepted_by == sjaelland.officer
    assert drafts.drivers.accepted_at is not None
    assert (drafts.drivers.category, drafts.drivers.comment) == (drafts.drivers.proposed, "")
    assert "Godkendt som foreslået af Hanne Vestergaard" in page
    assert "1 af 3 linjer i Sjælland er gennemgået" in page


def test_accepting_is_of_what_was_proposed_whatever_was_chosen(officer, drafts):
    save(officer, drafts.drivers, category=Category.NO_PROBLEMS, accept="on")

    drafts.drivers.refresh_from_db()
    assert drafts.drivers.category == drafts.drivers.proposed
    assert drafts.drivers.accepted_at is not None


def test_another_category_takes_the_acceptance_away(officer, drafts):
    save(officer, drafts.drivers, accept="on")
    drafts.drivers.refresh_from_db()

    save(officer, drafts.drivers, category=Category.NO_PROBLEMS, comment="To lagre er lukket")

    drafts.drivers.refresh_from_db()
    assert (drafts.drivers.accepted_by, drafts.drivers.accepted_at) == (None, None)
    assert drafts.drivers.is_reviewed


def test_the_rest_is_accepted_with_one_reason_and_what_was_said_stays(officer, drafts, sjaelland):
    save(officer, drafts.drivers, category=Category.NO_PROBLEMS, comment="To lagre er lukket")

    page = text_of(accept_the_rest(officer, drafts.report))

    assert "2 linjer er godkendt." in page
    assert f"Resten godkendt af Hanne Vestergaard, Område Sjælland „{WHY}“" in page
    assert "Kok: ikke vurderet, godkendt" not in page
    drafts.drivers.refresh_from_db()
    assert drafts.drivers.accepted_at is None
    assert drafts.report.lines.not_reviewed().count() == 0
    assert drafts.elsewhere.lines.not_reviewed().count() == 2
    assert drafts.report.log.get().comment == WHY


def test_without_a_reason_the_rest_is_not_accepted(officer, drafts):
    page = accept_the_rest(officer, drafts.report, why=" ")

    assert "Skriv, hvorfor resten kan godkendes" in text_of(page)
    assert drafts.report.lines.not_reviewed().count() == 3


def test_another_areas_lines_are_not_there_to_accept(officer, drafts):
    assert accept_the_rest(officer, drafts.elsewhere).status_code == 404
    assert drafts.elsewhere.lines.not_reviewed().count() == 2


def test_nothing_is_accepted_in_a_published_report_or_twice(drafts, by_officer):
    reviewing.accept_the_rest(report=drafts.report, reason=WHY, **by_officer)
    with pytest.raises(TransitionRefused):
        reviewing.accept_the_rest(report=drafts.report, reason=WHY, **by_officer)
    publish_reviewed(drafts.report, reason=WHY, **by_officer)
    with pytest.raises(TransitionRefused):
        reviewing.accept_the_rest(report=drafts.report, reason=WHY, **by_officer)


@pytest.mark.parametrize(("more", "stays"), [({"not_filled": 4}, True), ({"filled_as_wanted": 200}, False)])
def test_a_line_stays_accepted_while_the_same_is_proposed(
    close, sjaelland, bottleneck_rule, by_officer, more, stays
):
    close(not_filled=6)
    compute(HALF_YEAR)
    report = drafting.draft(area=sjaelland.area, period=HALF_YEAR)
    reviewing.accept_the_rest(report=report, reason=WHY, **by_officer)
    close(**more)
    compute(HALF_YEAR)

    drafting.draft(area=sjaelland.area, period=HALF_YEAR)

    line = report.lines.get()
    assert line.attempts > 6
    assert line.category == line.proposed
    assert (line.accepted_at is not None) is stays


def test_what_the_night_comes_to_propose_meanwhile_is_reviewed_before_the_report_is_published(
    close, sjaelland, bottleneck_rule, by_officer
):
    close(not_filled=6)
    compute(HALF_YEAR)
    report = drafting.draft(area=sjaelland.area, period=HALF_YEAR)
    reviewing.accept_the_rest(report=report, reason=WHY, **by_officer)
    close(filled_as_wanted=200)
    compute(HALF_YEAR)
    drafting.draft(area=sjaelland.area, period=HALF_YEAR)

    with pytest.raises(TransitionRefused, match="1 linje er ikke gennemgået"):
        publishing.publish(report=report, reason=WHY, **by_officer)


def test_the_database_refuses_an_acceptance_of_something_else_or_by_nobody(drafts, sjaelland):
    now = timezone.now()
    drafts.drivers.comment = "Lukket"
    drafts.drivers.save()
    with pytest.raises(IntegrityError, match="line_accepted_as_proposed_by_a_person"):
        Line.objects.filter(pk=drafts.drivers.pk).update(
            category=Category.NO_PROBLEMS, accepted_at=now, accepted_by=sjaelland.officer
        )


def test_the_database_refuses_an_acceptance_without_a_name(drafts):
    assert drafts.report.state == State.DRAFT
    with pytest.raises(IntegrityError, match="line_accepted_as_proposed_by_a_person"):
        drafts.report.lines.update(accepted_at=timezone.now())


def test_accepting_and_showing_six_lines_takes_as_many_queries_as_three(officer, drafts, by_officer):
    def accepted_and_shown():
        reviewing.accept_the_rest(report=drafts.report, reason=WHY, **by_officer)
        officer.get(drafts.report.get_absolute_url())

    officer.get(drafts.report.get_absolute_url())
    with_three = asked(accepted_and_shown)
    for code in ("4110", "5223", "9112"):
        occupation = make_occupation(code, f"Fag {code}")
        make_line(drafts.report, occupation, failed=9, attempts=20, category=Category.PROBLEMS)

    assert asked(accepted_and_shown).total() == with_three.total()

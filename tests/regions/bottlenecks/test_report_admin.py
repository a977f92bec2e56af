"""The review and the publication in the administration pages: the same rows, and the same refusals."""

import pytest
from django.urls import reverse

from jobcenter.classifications.models import Outlook
from regions.bottlenecks.forms import said
from regions.bottlenecks.models import Category, Line, Report, State
from tests.regions.bottlenecks.test_publish_pages import REASON, publish
from tests.regions.making import review_all

WRONG = "To lagre var talt med to gange."
LIST = "/admin/bottlenecks/report/"


def address(report):
    return reverse("admin:bottlenecks_report_change", args=[report.pk])


def form_of(report, **changes):
    """What the change form sends. changes: fields of the form; `lines`: pk → fields of a line."""
    lines = list(report.lines.order_by("occupation__sort_key"))
    of_line = changes.pop("lines", {})
    data = {
        "lines-TOTAL_FORMS": len(lines),
        "lines-INITIAL_FORMS": len(lines),
        "log-TOTAL_FORMS": 0,
        "log-INITIAL_FORMS": 0,
        "reason": "",
        **changes,
    }
    for number, line in enumerate(lines):
        fields = {"id": line.pk, "category": line.category, "comment": line.comment, "seen": said(line)}
        for name, value in {**fields, **of_line.get(line.pk, {})}.items():
            data[f"lines-{number}-{name}"] = value
    return data


@pytest.fixture
def officer(client, sjaelland):
    client.force_login(sjaelland.officer)
    return client


def test_publishing_here_gives_the_same_rows_as_on_the_page(officer, drafts, sjaelland, midtjylland):
    review_all(drafts.report)
    officer.post(address(drafts.report), form_of(drafts.report, publish="on", reason=REASON))
    officer.force_login(midtjylland.officer)
    publish(officer, drafts.elsewhere)

    here, there = (
        (
            report.state,
            report.published_at is not None,
            [(step.to_state, step.comment) for step in report.log.all()],
        )
        for report in Report.objects.order_by("area__sort_key")
    )
    assert here == there == (State.PUBLISHED, True, [(State.PUBLISHED, REASON)])
    assert drafts.report.log.get().by == sjaelland.officer
    assert drafts.report.log.get().organisation == sjaelland.office.organisation
    assert Outlook.objects.filter(area=sjaelland.area).count() == 3


def test_without_a_reason_there_is_an_error_and_nothing_is_saved(officer, drafts):
    page = officer.post(
        address(drafts.report),
        form_of(drafts.report, publish="on", lines={drafts.drivers.pk: {"comment": "Skal ikke gemmes"}}),
    )

    drafts.report.refresh_from_db()
    drafts.drivers.refresh_from_db()
    assert page.status_code == 200
    assert "Skriv, hvorfor rapporten kan offentliggøres" in page.text
    assert drafts.report.state == State.DRAFT
    assert drafts.drivers.comment == ""
    assert not Outlook.objects.exists()


def test_a_reason_without_the_tick_publishes_nothing(officer, drafts):
    page = officer.post(address(drafts.report), form_of(drafts.report, reason=REASON))

    drafts.report.refresh_from_db()
    assert "Sæt hak, hvis rapporten skal offentliggøres" in page.text
    assert drafts.report.state == State.DRAFT


def test_lines_are_reviewed_here_too_and_published_as_reviewed(officer, drafts):
    drafts.report.lines.exclude(pk=drafts.drivers.pk).update(comment="Set")

    officer.post(
        address(drafts.report),
        form_of(
            drafts.report,
            publish="on",
            reason=REASON,
            lines={drafts.drivers.pk: {"category": Category.NO_PROBLEMS, "comment": "To lagre er lukket"}},
        ),
    )

    drafts.drivers.refresh_from_db()
    assert (drafts.drivers.category, drafts.drivers.comment) == (Category.NO_PROBLEMS, "To lagre er lukket")
    assert Outlook.objects.get(occupation=drafts.drivers.occupation).category == Category.NO_PROBLEMS


def test_a_changed_category_needs_a_remark_here_too(officer, drafts):
    page = officer.post(
        address(drafts.report),
        form_of(drafts.report, lines={drafts.drivers.pk: {"category": Category.NO_PROBLEMS}}),
    )

    drafts.drivers.refresh_from_db()
    assert "Skriv, hvorfor kategorien ændres." in page.text
    assert drafts.drivers.category == Category.PROBLEMS


def test_the_second_saver_is_told_here_too(officer, drafts):
    sent = form_of(drafts.report, lines={drafts.drivers.pk: {"comment": "Det andet"}})
    Line.objects.filter(pk=drafts.drivers.pk).update(comment="Det første")

    page = officer.post(address(drafts.report), sent)

    drafts.drivers.refresh_from_db()
    assert "Det første" in page.text
    assert drafts.drivers.comment == "Det første"


def test_another_areas_draft_can_be_read_and_not_changed(officer, drafts):
    page = officer.get(address(drafts.elsewhere))
    answer = officer.post(address(drafts.elsewhere), form_of(drafts.elsewhere, publish="on", reason=REASON))

    drafts.elsewhere.refresh_from_db()
    assert page.status_code == 200
    assert 'name="reason"' not in page.text
    assert 'name="_save"' not in page.text
    assert answer.status_code == 403
    assert drafts.elsewhere.state == State.DRAFT


def test_a_published_report_has_nothing_to_save_but_a_correction(officer, drafts):
    publish(officer, drafts.report)

    page = officer.get(address(drafts.report))

    assert 'name="lines-0-comment"' not in page.text
    assert 'name="reason"' not in page.text
    assert 'name="correction_reason"' in page.text
    assert REASON in page.text


def test_a_correction_is_begun_here_once_and_the_published_one_has_nothing_to_save_then(officer, drafts):
    publish(officer, drafts.report)

    officer.post(
        address(drafts.report), form_of(drafts.report, correction_reason=WRONG, basis="as_published")
    )

    correction = Report.objects.get(corrects=drafts.report)
    assert (correction.number, correction.state, correction.correction) == (2, State.DRAFT, WRONG)
    assert [line.attempts for line in correction.lines.all()] == [58, 3, 61]
    assert 'name="_save"' not in officer.get(address(drafts.report)).text
    assert WRONG in officer.get(address(correction)).text


def test_nothing_is_corrected_here_without_saying_what_was_wrong(officer, drafts):
    publish(officer, drafts.report)

    page = officer.post(address(drafts.report), form_of(drafts.report, basis="as_published"))

    assert page.status_code == 200
    assert not Report.objects.filter(corrects=drafts.report).exists()


def test_another_areas_published_report_is_not_corrected_here(officer, drafts, midtjylland):
    officer.force_login(midtjylland.officer)
    publish(officer, drafts.elsewhere)
    elsewhere = address(drafts.report)

    answer = officer.post(elsewhere, form_of(drafts.report, correction_reason=WRONG, basis="as_published"))

    assert answer.status_code == 403
    assert not Report.objects.filter(corrects__isnull=False).exists()


def test_lines_are_accepted_here_with_the_name_of_whoever_saves(officer, drafts, sjaelland):
    officer.post(address(drafts.report), form_of(drafts.report, lines={drafts.drivers.pk: {"accept": "on"}}))

    accepted = drafts.report.lines.filter(accepted_by=sjaelland.officer, accepted_at__isnull=False)
    assert list(accepted) == [drafts.drivers]


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ("category=no_problems", ["elsewhere"]),
        ("category=problems", ["report", "elsewhere"]),
        ("category=paradox", []),
    ],
)
def test_reports_are_found_by_the_category_of_a_line_each_once(officer, drafts, chosen, found):
    page = officer.get(f"{LIST}?lines__{chosen.replace('=', '__exact=')}")

    shown = [report.pk for report in page.context["cl"].result_list]
    assert sorted(shown) == sorted(getattr(drafts, name).pk for name in found)


def test_what_is_published_meanwhile_is_not_published_again(officer, drafts, colleague, sjaelland):
    sent = form_of(drafts.report, publish="on", reason=REASON)
    publish(officer, drafts.report, reason="Først")

    page = officer.post(address(drafts.report), sent)

    assert page.status_code == 200
    assert "Rapporten er ikke længere et udkast. Intet blev gemt." in page.text
    assert [step.comment for step in drafts.report.log.all()] == ["Først"]


def test_the_administrator_reads_everything_and_publishes_nothing(client, drafts, administrator):
    client.force_login(administrator)

    page = client.get(address(drafts.report))
    answer = client.post(address(drafts.report), form_of(drafts.report, publish="on", reason=REASON))

    drafts.report.refresh_from_db()
    assert page.status_code == 200
    assert 'name="_save"' not in page.text
    assert answer.status_code == 403
    assert drafts.report.state == State.DRAFT


@pytest.mark.parametrize("who", ["caseworker", "manager"])
def test_jobcentres_have_no_administration_pages(client, drafts, koege, who):
    client.force_login(getattr(koege, who))

    assert client.get(LIST).status_code == 302
    assert client.get(address(drafts.report)).status_code == 302


def test_the_list_shows_every_areas_reports_and_their_state(officer, drafts):
    page = officer.get(LIST).text

    assert "Sjælland" in page
    assert "Midtjylland" in page
    assert "Udkast" in page or "udkast" in page


def test_nothing_is_added_or_deleted_here(officer, drafts):
    assert officer.get(f"{LIST}add/").status_code == 403
    assert officer.get(reverse("admin:bottlenecks_report_delete", args=[drafts.report.pk])).status_code == 403


def test_the_rest_is_accepted_here_too_with_a_reason_and_what_was_said_stays(officer, drafts, sjaelland):
    changed = {"category": Category.NO_PROBLEMS, "comment": "To lagre er lukket"}
    sent = form_of(drafts.report, accepting="Jobcentrene er enige.", lines={drafts.drivers.pk: changed})

    officer.post(address(drafts.report), sent)

    drafts.report.refresh_from_db()
    accepted = drafts.report.lines.filter(accepted_by=sjaelland.officer)
    assert set(accepted) == {drafts.nurses, drafts.cooks}
    assert [step.comment for step in drafts.report.log.all()] == ["Jobcentrene er enige."]
    assert drafts.report.state == State.DRAFT


def test_the_history_here_says_in_words_what_was_done(officer, drafts):
    sent = form_of(drafts.report, accepting="Jobcentrene er enige.", publish="on", reason=REASON)
    officer.post(address(drafts.report), sent)
    officer.post(
        address(drafts.report), form_of(drafts.report, correction_reason=WRONG, basis="as_published")
    )

    before = officer.get(address(drafts.report)).text
    after = officer.get(address(Report.objects.get(corrects=drafts.report))).text

    assert "resten godkendt" in before
    assert "offentliggjort" in before
    assert "rettelse begyndt" in after


def test_nothing_left_to_accept_is_said_and_stands_in_no_history(officer, drafts):
    Line.objects.filter(report=drafts.report).update(comment="Set")
    sent = form_of(drafts.report, accepting="Jobcentrene er enige.", _continue="")

    page = officer.post(address(drafts.report), sent, follow=True)

    assert "Alle linjer er allerede gennemgået." in page.text
    assert not drafts.report.log.exists()


def test_what_nobody_has_reviewed_is_not_published_here_and_the_lines_are_saved(officer, drafts):
    lines = {drafts.drivers.pk: {"comment": "Set"}}
    sent = form_of(drafts.report, publish="on", reason=REASON, lines=lines, _continue="")

    page = officer.post(address(drafts.report), sent, follow=True)

    drafts.report.refresh_from_db()
    drafts.drivers.refresh_from_db()
    assert "2 linjer er ikke gennemgået." in page.text
    assert (drafts.report.state, drafts.drivers.comment) == (State.DRAFT, "Set")
    assert not Outlook.objects.exists()


def test_the_rest_is_accepted_and_the_report_published_in_one_save(officer, drafts):
    sent = form_of(drafts.report, accepting="Jobcentrene er enige.", publish="on", reason=REASON)

    officer.post(address(drafts.report), sent)

    drafts.report.refresh_from_db()
    assert drafts.report.state == State.PUBLISHED
    assert [step.comment for step in drafts.report.log.all()] == ["Jobcentrene er enige.", REASON]


def test_the_list_finds_the_areas_that_have_reports(officer, drafts):
    page = officer.get(LIST, {"area__id__exact": drafts.report.area.pk})

    assert [report.pk for report in page.context["cl"].result_list] == [drafts.report.pk]
    assert drafts.report.area.name in page.text

"""Reviewing a draft line by line: a change has a reason, and the second saver sees both texts."""

import pytest
from django.db import DatabaseError, IntegrityError
from django.urls import reverse

from regions.bottlenecks.forms import said
from regions.bottlenecks.models import Category, Line
from tests.regions.making import publish_reviewed
from tests.regions.reading import text_of


@pytest.fixture
def officer(client, sjaelland):
    client.force_login(sjaelland.officer)
    return client


def save(client, line, *, seen=None, **fields):
    data = {"category": line.category, "comment": line.comment, "seen": seen or said(line), **fields}
    return client.post(reverse("bottlenecks:review", args=[line.pk]), data, follow=True)


def test_a_changed_category_with_a_remark_is_saved(officer, drafts):
    page = save(officer, drafts.drivers, category=Category.NO_PROBLEMS, comment="To store lagre er lukket.")

    drafts.drivers.refresh_from_db()
    assert drafts.drivers.category == Category.NO_PROBLEMS
    assert drafts.drivers.proposed == Category.PROBLEMS
    assert "Linjen er gemt." in text_of(page)
    assert "Reglen foreslog „rekrutteringsproblemer“." in text_of(page)
    assert "1 af 3 linjer i Sjælland er gennemgået" in text_of(page)


@pytest.mark.parametrize("comment", ["", "   "])
def test_a_changed_category_without_a_remark_is_not_saved(officer, drafts, comment):
    page = save(officer, drafts.drivers, category=Category.NO_PROBLEMS, comment=comment)

    drafts.drivers.refresh_from_db()
    assert page.status_code == 200
    assert "Skriv, hvorfor kategorien ændres." in text_of(page)
    assert drafts.drivers.category == Category.PROBLEMS


def test_every_save_stands_in_the_reports_history_with_the_name_and_recomputations_do_not(
    officer, drafts, colleague
):
    Line.objects.filter(pk=drafts.nurses.pk).update(attempts=59)
    save(officer, drafts.drivers, category=Category.NO_PROBLEMS, comment="To store lagre er lukket.")
    officer.force_login(colleague)
    drafts.drivers.refresh_from_db()
    save(officer, drafts.drivers, category=Category.PROBLEMS, comment="Kun det ene er lukket.")

    text = text_of(officer.get(drafts.report.get_absolute_url()))

    first = "Hanne Vestergaard Truckfører: ingen rekrutteringsproblemer: „To store lagre er lukket.“"
    second = "Jens Colding Truckfører: rekrutteringsproblemer: „Kun det ene er lukket.“"
    assert text.index(second) < text.index(first)
    assert "Sygeplejerske:" not in text


def test_a_line_can_be_accepted_with_a_remark(officer, drafts):
    save(officer, drafts.drivers, comment="Passer med det, jobcentrene melder.")

    drafts.drivers.refresh_from_db()
    assert (drafts.drivers.category, drafts.drivers.comment) == (
        Category.PROBLEMS,
        "Passer med det, jobcentrene melder.",
    )


def test_a_category_that_does_not_exist_is_not_saved(officer, drafts):
    page = save(officer, drafts.drivers, category="mangel", comment="Fordi")

    drafts.drivers.refresh_from_db()
    assert "form-error" in page.text
    assert drafts.drivers.category == Category.PROBLEMS


def test_the_second_saver_sees_both_texts_and_nothing_is_overwritten(officer, drafts):
    opened = said(drafts.drivers)
    save(officer, drafts.drivers, comment="Det første.")

    page = save(officer, drafts.drivers, seen=opened, category=Category.NO_PROBLEMS, comment="Det andet.")

    drafts.drivers.refresh_from_db()
    assert drafts.drivers.comment == "Det første."
    assert "der står nu „rekrutteringsproblemer“ med bemærkningen „Det første.“" in text_of(page)
    assert "Det andet.</textarea>" in page.text.replace("\n", "")


def test_having_seen_both_the_second_saver_may_save_again(officer, drafts):
    opened = said(drafts.drivers)
    save(officer, drafts.drivers, comment="Det første.")
    page = save(officer, drafts.drivers, seen=opened, comment="Det andet.")
    drafts.drivers.refresh_from_db()
    assert f'name="seen" value="{said(drafts.drivers)}"' in page.text

    save(officer, drafts.drivers, comment="Det andet.")

    drafts.drivers.refresh_from_db()
    assert drafts.drivers.comment == "Det andet."


def test_a_form_without_what_was_seen_is_not_saved(officer, drafts):
    page = officer.post(
        reverse("bottlenecks:review", args=[drafts.drivers.pk]),
        {"category": "problems", "comment": "Uden om"},
    )

    drafts.drivers.refresh_from_db()
    assert page.status_code == 200
    assert drafts.drivers.comment == ""


def test_a_line_of_another_areas_draft_is_not_there_to_review(officer, drafts):
    answer = save(officer, drafts.drivers_elsewhere, comment="Vi ved bedre")

    drafts.drivers_elsewhere.refresh_from_db()
    assert answer.status_code == 404
    assert drafts.drivers_elsewhere.comment == ""


def test_a_caseworker_reviews_nothing(client, drafts, koege):
    client.force_login(koege.caseworker)

    assert save(client, drafts.drivers, comment="Vi ved bedre").status_code == 403
    page = client.get(reverse("bottlenecks:reports"), {"line": drafts.drivers.pk})
    assert "Gem linjen" not in text_of(page)


def test_a_published_line_is_not_there_to_review(officer, drafts, sjaelland):
    publish_reviewed(
        drafts.report,
        by=sjaelland.officer,
        organisation=sjaelland.office.organisation,
        reason="Gennemgået",
    )

    assert save(officer, drafts.drivers, comment="For sent").status_code == 404


def test_the_database_refuses_a_changed_category_without_a_remark(drafts):
    with pytest.raises(IntegrityError, match="line_changed_category_has_a_remark"):
        Line.objects.filter(pk=drafts.drivers.pk).update(category=Category.NO_PROBLEMS)


@pytest.mark.parametrize("tamper", ["update", "delete"])
def test_the_lines_of_a_published_report_never_change(drafts, sjaelland, tamper):
    publish_reviewed(
        drafts.report,
        by=sjaelland.officer,
        organisation=sjaelland.office.organisation,
        reason="Gennemgået",
    )
    lines = Line.objects.filter(report=drafts.report)

    with pytest.raises(DatabaseError, match="a published report never changes"):
        lines.update(comment="Noget andet") if tamper == "update" else lines.delete()

"""Publishing a report with a reason, on its page; and what anyone may read afterwards."""

import pytest
from django.urls import reverse

from jobcenter.classifications.models import Outlook
from regions.bottlenecks.models import Category, Report, State
from tests.regions.making import make_line, make_report, publish_reviewed, review_all
from tests.regions.reading import text_of

REASON = "Gennemgået linje for linje med jobcentrene."
PUBLIC = "/flaskehalse/"


@pytest.fixture
def officer(client, sjaelland):
    client.force_login(sjaelland.officer)
    return client


def publish(client, report, reason=REASON):
    """What comes of publishing a report of which every line has been reviewed."""
    review_all(report)
    return client.post(reverse("bottlenecks:publish", args=[report.pk]), {"reason": reason}, follow=True)


def outlooks():
    return {(str(row.occupation), row.category, row.attempts) for row in Outlook.objects.all()}


def test_publishing_stores_who_why_and_when_and_writes_the_outlook(officer, drafts, sjaelland):
    page = publish(officer, drafts.report)

    drafts.report.refresh_from_db()
    [step] = drafts.report.log.all()
    assert drafts.report.state == State.PUBLISHED
    assert drafts.report.published_at is not None
    assert (step.by, step.organisation, step.comment) == (
        sjaelland.officer,
        sjaelland.office.organisation,
        REASON,
    )
    assert outlooks() == {
        ("Truckfører", "problems", 61),
        ("Sygeplejerske", "problems", 58),
        ("Kok", "not_assessed", 3),
    }
    text = text_of(page)
    assert "Rapporten er offentliggjort." in text
    assert "Offentliggjort af Hanne Vestergaard, Område Sjælland" in text
    assert f"„{REASON}“" in text


def test_what_nobody_has_reviewed_is_not_published_and_the_page_says_how_much_is_left(officer, drafts):
    drafts.nurses.comment = "Set"
    drafts.nurses.save()
    address = reverse("bottlenecks:publish", args=[drafts.report.pk])

    page = text_of(officer.post(address, {"reason": REASON}, follow=True))

    drafts.report.refresh_from_db()
    assert drafts.report.state == State.DRAFT
    assert not Outlook.objects.exists()
    # As the answer, and where the report is published.
    assert page.count("2 linjer er ikke gennemgået.") == 2
    assert "Offentliggør som" not in page


@pytest.mark.parametrize("reason", ["", "  "])
def test_without_a_reason_nothing_is_published(officer, drafts, reason):
    page = publish(officer, drafts.report, reason)

    drafts.report.refresh_from_db()
    assert page.status_code == 200
    assert "Skriv, hvorfor rapporten kan offentliggøres" in text_of(page)
    assert drafts.report.state == State.DRAFT
    assert not drafts.report.log.exists()
    assert not Outlook.objects.exists()


def test_the_second_to_publish_is_told(officer, drafts, colleague, sjaelland):
    publish_reviewed(
        Report.objects.get(pk=drafts.report.pk),
        by=colleague,
        organisation=sjaelland.office.organisation,
        reason="Først",
    )

    page = publish(officer, drafts.report)

    assert "allerede ændret til „offentliggjort“" in text_of(page)
    assert [step.comment for step in drafts.report.log.all()] == ["Først"]


def test_a_published_report_offers_nothing_to_publish(officer, drafts):
    page = publish(officer, drafts.report)

    assert "Offentliggør som" not in text_of(page)


def test_another_areas_report_can_be_read_and_not_published(officer, drafts):
    answer = publish(officer, drafts.elsewhere)

    drafts.elsewhere.refresh_from_db()
    assert answer.status_code == 404
    assert drafts.elsewhere.state == State.DRAFT
    page = officer.get(drafts.elsewhere.get_absolute_url())
    assert "Flaskehalse i Midtjylland" in text_of(page)
    assert "Offentliggør som" not in text_of(page)


@pytest.mark.parametrize("who", ["caseworker", "manager"])
def test_jobcentres_read_reports_and_publish_none(client, drafts, koege, who):
    client.force_login(getattr(koege, who))

    assert client.get(drafts.report.get_absolute_url()).status_code == 200
    assert publish(client, drafts.report).status_code == 403


def test_the_share_of_answers_stands_beside_every_rate(officer, drafts):
    """Drivers: 61 attempts and 4 withdrawn were told of, 35 were not."""
    drafts.drivers.withdrawn, drafts.drivers.unknown = 4, 35
    drafts.drivers.save()

    report = text_of(officer.get(drafts.report.get_absolute_url()))
    line = text_of(officer.get(reverse("bottlenecks:reports"), {"line": drafts.drivers.pk}))

    assert "27 af 61 44 % 33–57 % 65 % af 100 lukkede" in report.replace("\N{WORD JOINER}", "")
    assert "1. halvår 2026 27 af 61 44,3 % 33–57 % 65 %" in line.replace("\N{WORD JOINER}", "")


# --- what anyone may read ----------------------------------------------------------------------------


def test_the_public_page_shows_only_what_is_published(client, officer, drafts):
    """Midtjylland is still a draft: its categories must not be seen."""
    publish(officer, drafts.report)
    client.logout()

    text = text_of(client.get(PUBLIC))

    assert "Truckfører DISCO 8344 Problemer 61 svar" in text
    assert "Sjælland: 1. halvår 2026, offentliggjort" in text
    assert "Midtjylland" not in text
    assert "120 svar" not in text


def test_before_anything_is_published_the_public_page_says_so_and_leaks_no_draft(client, drafts):
    text = text_of(client.get(PUBLIC))

    assert "Der er endnu ikke offentliggjort en rapport." in text
    assert "Truckfører" not in text


def test_remarks_of_the_review_are_not_public(client, officer, drafts):
    drafts.drivers.comment = "Ringede til lagerchefen, der var sur"
    drafts.drivers.save()
    publish(officer, drafts.report)
    client.logout()

    assert "lagerchefen" not in client.get(PUBLIC).text


def test_each_area_is_shown_with_its_newest_published_report(client, drafts, sjaelland, midtjylland):
    """Midtjylland has published nothing since last year: that is what is shown of it."""
    old = make_report(midtjylland.area, period="2025H02")
    make_line(old, drafts.nurses.occupation, failed=2, attempts=77, category=Category.NO_PROBLEMS)
    older = make_report(sjaelland.area, period="2025H01")
    make_line(older, drafts.nurses.occupation, failed=9, attempts=33, category=Category.PROBLEMS)
    for report, office in ((old, midtjylland), (older, sjaelland), (drafts.report, sjaelland)):
        publish_reviewed(report, by=office.officer, organisation=office.office.organisation, reason="Klar")

    text = text_of(client.get(PUBLIC))

    assert "Midtjylland: 2. halvår 2025" in text
    assert "77 svar" in text
    assert "Sjælland: 1. halvår 2026" in text
    assert "33 svar" not in text

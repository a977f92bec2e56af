"""A correction begun by mistake is given up: it stays to be read, and its issue can be corrected anew."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.classifications.models import Outlook
from regions.bottlenecks.models import Line, Report, State
from regions.bottlenecks.reports import correcting, drafting, matrix
from regions.bottlenecks.reports.correcting import Basis
from regions.measures.periods import parse
from tests.queries import asked
from tests.regions.bottlenecks.test_report_admin import address, form_of
from tests.regions.making import publish_reviewed, review_all
from tests.regions.reading import text_of

WRONG = "To lagre var talt med to gange."
WHY = "Lagrene var ikke talt med to gange."
HALF_YEAR = parse("2026H01")


@pytest.fixture
def by_officer(sjaelland):
    return {"by": sjaelland.officer, "organisation": sjaelland.office.organisation}


@pytest.fixture
def published(drafts, by_officer):
    return publish_reviewed(drafts.report, **by_officer)


@pytest.fixture
def begin(published, by_officer):
    def act(report=published, reason=WRONG):
        return correcting.begin(report=report, reason=reason, basis=Basis.AS_PUBLISHED, **by_officer)

    return act


@pytest.fixture
def correction(begin):
    return begin()


@pytest.fixture
def officer(client, sjaelland):
    client.force_login(sjaelland.officer)
    return client


def give_up(client, report, why=WHY):
    return client.post(reverse("bottlenecks:give_up", args=[report.pk]), {"giving_up": why}, follow=True)


def test_what_is_given_up_stays_to_be_read_with_who_and_why(correction, published, by_officer, sjaelland):
    correction.give_up(reason=WHY, **by_officer)

    correction.refresh_from_db()
    assert (correction.state, correction.number, correction.correction) == (State.GIVEN_UP, 2, WRONG)
    assert correction.lines.count() == 3
    step = correction.log.latest("at")
    assert (step.by, step.to_state, step.comment) == (sjaelland.officer, State.GIVEN_UP, WHY)
    assert correcting.meant_to_correct(correction) == published
    assert published.replaced_by is None
    assert set(Outlook.objects.values_list("published_at", flat=True)) == {published.published_at}


def test_the_issue_can_be_corrected_anew_by_an_issue_of_the_same_number(begin, published, by_officer):
    for _attempt in range(2):
        begin().give_up(reason=WHY, **by_officer)

    correction = publish_reviewed(begin(), **by_officer)

    assert (correction.number, correction.corrects) == (2, published)
    assert published.replaced_by == correction
    assert list(Report.objects.newest_issues().filter(area=published.area)) == [correction]
    assert [step.to_state for step in correcting.steps_of(published)].count(State.GIVEN_UP) == 2


def test_the_issue_it_was_of_is_the_newest_again_and_the_night_drafts_nothing(
    correction, published, by_officer, sjaelland, drafts
):
    correction.give_up(reason=WHY, **by_officer)

    assert set(matrix.latest(Report.objects.all())) == {published, drafts.elsewhere}
    assert drafting.draft(area=sjaelland.area, period=HALF_YEAR) == published


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_without_a_reason_nothing_is_given_up(correction, by_officer, reason):
    with pytest.raises(TransitionRefused):
        correction.give_up(reason=reason, **by_officer)

    correction.refresh_from_db()
    assert correction.is_draft


def test_only_a_corrections_draft_is_given_up(drafts, correction, by_officer, midtjylland):
    with pytest.raises(TransitionRefused, match="Kun en rettelse"):
        drafts.elsewhere.give_up(
            by=midtjylland.officer, organisation=midtjylland.office.organisation, reason=WHY
        )
    stale = Report.objects.get(pk=correction.pk)
    publish_reviewed(correction, **by_officer)
    with pytest.raises(TransitionRefused, match="offentliggjort"):
        stale.give_up(reason=WHY, **by_officer)


def test_what_is_given_up_is_neither_accepted_published_nor_corrected(correction, begin, by_officer):
    correction.give_up(reason=WHY, **by_officer)

    with pytest.raises(TransitionRefused, match="opgivet"):
        correction.mark_published(reason="Alligevel", **by_officer)
    with pytest.raises(TransitionRefused):
        begin(correction)


# --- what the database refuses -----------------------------------------------------------------------


def test_the_database_gives_up_no_first_issue_and_none_that_still_corrects(drafts, correction):
    for report in (drafts.elsewhere, correction):
        with pytest.raises(IntegrityError, match="until_given_up"), transaction.atomic():
            Report.objects.filter(pk=report.pk).update(state="given_up")


@pytest.mark.parametrize("fields", [{"state": "draft"}, {"correction": "Noget andet"}, None])
def test_the_database_refuses_every_change_of_what_was_given_up(correction, by_officer, fields):
    correction.give_up(reason=WHY, **by_officer)
    found = Report.objects.filter(pk=correction.pk)

    with pytest.raises(DatabaseError), transaction.atomic():
        found.update(**fields) if fields else found.delete()
    with pytest.raises(DatabaseError, match="a given_up report never changes"), transaction.atomic():
        Line.objects.filter(report=correction).update(comment="Alligevel")


def test_the_database_holds_a_draft_to_the_issue_it_corrects(correction):
    with pytest.raises(IntegrityError, match="until_given_up"):
        Report.objects.filter(pk=correction.pk).update(corrects=None)


# --- on the page -------------------------------------------------------------------------------------


def test_a_correction_is_given_up_on_its_page_and_both_issues_say_so(officer, correction, published):
    page = text_of(give_up(officer, correction))

    assert "Rettelsen er opgivet." in page
    assert "Udgave 2 · 1. halvår 2026 · opgivet" in page
    assert "Den skulle rette udgave 1, som står ved magt." in page
    assert f"Opgivet af Hanne Vestergaard, Område Sjælland „{WHY}“" in page
    assert "Opgiv rettelsen" not in page
    before = text_of(officer.get(published.get_absolute_url()))
    assert "En rettelse af denne udgave er opgivet af Hanne Vestergaard, Område Sjælland" in before
    assert WHY in before
    assert "Begynd en rettelse" in before


def test_without_a_reason_the_page_asks_for_one(officer, correction):
    assert "Skriv, hvorfor rettelsen opgives" in text_of(give_up(officer, correction, why=" "))
    assert Report.objects.get(pk=correction.pk).is_draft


def test_a_first_draft_is_not_given_up_and_the_answer_says_why(officer, drafts):
    assert "Opgiv rettelsen" not in text_of(officer.get(drafts.report.get_absolute_url()))

    page = text_of(give_up(officer, drafts.report))

    assert "Kun en rettelse kan opgives." in page
    assert Report.objects.get(pk=drafts.report.pk).is_draft


def test_another_areas_correction_is_not_there_to_give_up(client, correction, midtjylland):
    client.force_login(midtjylland.officer)

    assert give_up(client, correction).status_code == 404
    assert "Opgiv rettelsen" not in text_of(client.get(correction.get_absolute_url()))


def test_the_public_reads_nothing_of_what_was_given_up(client, correction, by_officer, drafts):
    correction.lines.filter(occupation=drafts.cooks.occupation).update(attempts=77)
    correction.give_up(reason=WHY, **by_officer)

    page = text_of(client.get(reverse("bottlenecks:published")))

    assert "3 svar" in page
    assert "77 svar" not in page


def test_an_issue_with_many_corrections_given_up_takes_as_many_queries_as_with_one(
    officer, begin, published, by_officer
):
    def given_up():
        begin().give_up(reason=WHY, **by_officer)

    given_up()
    officer.get(published.get_absolute_url())
    with_one = asked(lambda: officer.get(published.get_absolute_url()))
    given_up()
    given_up()

    assert asked(lambda: officer.get(published.get_absolute_url())).total() == with_one.total()


# --- in the administration ---------------------------------------------------------------------------


def test_a_correction_is_given_up_in_the_administration_too(officer, correction, sjaelland):
    officer.post(address(correction), form_of(correction, giving_up=WHY))

    correction.refresh_from_db()
    assert correction.is_given_up
    step = correction.log.latest("at")
    assert (step.by, step.comment) == (sjaelland.officer, WHY)
    assert 'name="_save"' not in officer.get(address(correction)).text


def test_the_administration_publishes_or_gives_up_and_never_both(officer, correction):
    review_all(correction)
    sent = form_of(correction, giving_up=WHY, publish="on", reason="Talt om")

    page = officer.post(address(correction), sent)

    assert "ikke begge dele" in page.text
    assert Report.objects.get(pk=correction.pk).is_draft


def test_a_first_draft_is_offered_no_giving_up_in_the_administration(officer, drafts):
    assert 'name="giving_up"' not in officer.get(address(drafts.report)).text
    sent = form_of(drafts.report, giving_up=WHY, _continue="")

    page = officer.post(address(drafts.report), sent, follow=True)

    assert "Kun en rettelse kan opgives." in page.text
    assert Report.objects.get(pk=drafts.report.pk).is_draft

"""What is promised for each kind at each jobcentre, from when, and how well it has been kept."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from employers.enquiries.clock import DENMARK, working_days_between
from employers.enquiries.intake import submit
from employers.enquiries.models import AnswerTime, Enquiry, Kind
from employers.enquiries.promise import kept_by_kind, promise, promised_days, promised_spans, working_days
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db

THURSDAY = datetime(2026, 11, 19, 10, 51, tzinfo=DENMARK)


@pytest.fixture
def quick(koege):
    """Køge answers about dismissals within one day."""
    return AnswerTime.objects.create(
        jobcentre=koege.jobcentre, kind=Kind.DISMISSALS, working_days=1, valid_from=THURSDAY.date()
    )


def test_a_kind_has_its_own_time_and_the_others_the_jobcentres(koege, make_draft, quick):
    dismissals = submit(draft=make_draft(Kind.DISMISSALS), at=THURSDAY)
    other = submit(draft=make_draft(Kind.OTHER), at=THURSDAY)

    assert dismissals.answer_due_at == datetime(2026, 11, 20, 12, tzinfo=DENMARK)
    assert other.answer_due_at == datetime(2026, 11, 23, 12, tzinfo=DENMARK)


def test_it_begins_on_its_day_and_ends_when_the_next_begins(koege, quick):
    def days(after: int) -> int:
        on = THURSDAY.date() + timedelta(days=after)
        return working_days(jobcentre=koege.jobcentre, kind=Kind.DISMISSALS, on=on)

    AnswerTime.objects.create(
        jobcentre=koege.jobcentre,
        kind=Kind.DISMISSALS,
        working_days=None,
        valid_from=THURSDAY.date() + timedelta(days=5),
    )

    assert [days(-1), days(0), days(4), days(5)] == [2, 1, 1, 2]


def test_another_jobcentre_is_not_touched(koege, roskilde, quick):
    assert working_days(jobcentre=roskilde.jobcentre, kind=Kind.DISMISSALS, on=THURSDAY.date()) == 2


def test_what_was_promised_before_is_not_moved(koege, make_draft):
    enquiry = submit(draft=make_draft(Kind.OTHER), at=THURSDAY)
    promise(
        jobcentre=koege.jobcentre,
        kind=Kind.OTHER,
        working_days=1,
        valid_from=THURSDAY.date(),
        by=koege.manager,
    )

    assert Enquiry.objects.get().answer_due_at == enquiry.answer_due_at


@pytest.mark.parametrize("days", [0, 11])
def test_the_database_refuses_other_than_1_to_10_days(koege, days):
    with pytest.raises(IntegrityError), transaction.atomic():
        AnswerTime.objects.create(
            jobcentre=koege.jobcentre, kind=Kind.OTHER, working_days=days, valid_from=THURSDAY.date()
        )


def test_the_span_of_all_promises(koege, roskilde, quick):
    today = THURSDAY.date()
    assert promised_spans(on=today) == {koege.jobcentre.pk: (1, 2), roskilde.jobcentre.pk: (2, 2)}
    assert promised_days(at=THURSDAY) == (1, 2)


@pytest.mark.parametrize("days", [1, 2, 5, 10])
def test_how_many_working_days_a_promise_was(days):
    from employers.enquiries.clock import answer_due

    for hours in range(0, 24 * 20, 7):
        received = THURSDAY + timedelta(hours=hours)
        assert working_days_between(received, answer_due(received, days)) == days


# --- published ------------------------------------------------------------------------------------------


def make_many(make_enquiry, number: int, *, in_time: int, **fields) -> None:
    received = timezone.now() - timedelta(days=30)
    for count in range(number):
        due = received + timedelta(days=2)
        answered = due - timedelta(hours=1) if count < in_time else due + timedelta(hours=1)
        make_enquiry(
            received_at=received, answer_due_at=due, answered_at=answered, state="answered", **fields
        )


def test_the_public_sees_how_well_it_was_kept_by_kind(client, koege, make_enquiry):
    make_many(make_enquiry, 20, in_time=15, kind=Kind.OTHER, message="Hej")
    make_many(make_enquiry, 3, in_time=3, kind=Kind.WORK_TRIAL, message="Hej")

    page = client.get(reverse("enquiries:answer_times_of_jobcentre", args=[koege.jobcentre.code]))

    assertContains(page, "Hvor hurtigt Jobcenter Køge svarer")
    assertContains(page, "75 %".replace(" ", "\N{NO-BREAK SPACE}"))
    assertContains(page, "3 af 3")
    country = client.get(reverse("enquiries:answer_times"))
    assertContains(country, reverse("enquiries:answer_times_of_jobcentre", args=["0259"]))
    assertContains(country, "Efter hvad I beder om")


def test_few_confidential_enquiries_are_not_told_of(client, koege, make_enquiry):
    make_many(make_enquiry, 3, in_time=1, kind=Kind.DISMISSALS, message="Hej")

    assert kept_by_kind(at=timezone.now())[Kind.DISMISSALS] is None
    for path in ("enquiries:answer_times_of_jobcentre", "enquiries:answer_times"):
        page = client.get(reverse(path, args=[koege.jobcentre.code] if "of" in path else []))
        told = [
            kept
            for words, *_promised, kept in page.context.get("kinds", page.context["rows"])
            if "fskedigelser" in str(words.name)
        ]
        assert told == [None]
        assertContains(page, "for få til at vise")


def test_a_jobcentre_there_is_none_of_is_not_found(client, koege):
    assert client.get("/svarfrister/9999/").status_code == 404


def test_the_public_page_asks_no_more_for_more_jobcentres(client, koege):
    from tests.conftest import make_centre

    codes = iter(("0330", "0360", "0390"))

    def add() -> None:
        code = next(codes)
        make_centre(code=code, name=f"By {code}", caseworker=f"A {code}", manager=f"B {code}", postcode=code)

    assert_same_queries(open_page=lambda: client.get(reverse("enquiries:answer_times")), add_row=add)


# --- set by the manager ---------------------------------------------------------------------------------


def test_the_manager_sets_it_and_sees_what_was_set_before(client, koege):
    client.force_login(koege.manager)
    address = reverse("desk:answer_times")
    today = timezone.localdate()
    assertContains(client.get(reverse("desk:queue")), address)

    typed = {"kind": Kind.DISMISSALS, "working_days": "1", "valid_from": str(today)}
    page = client.post(address, typed, follow=True)

    assertContains(page, "Løftet er ændret")
    assertContains(page, "Lone Friis")
    row = AnswerTime.objects.get()
    assert (row.jobcentre, row.kind, row.working_days, row.set_by) == (
        koege.jobcentre,
        "dismissals",
        1,
        koege.manager,
    )
    client.post(address, {**typed, "working_days": ""})
    assert AnswerTime.objects.get().working_days is None, "a second one of the same day replaces it"
    assert AnswerTime.events.rel.related_model.objects.count() == 2, "and the history has both"


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("kind", "", "Vælg, hvad det drejer sig om"),
        ("working_days", "11", "Et svar loves inden for 1 til 10 hverdage"),
        ("valid_from", "", "Skriv, fra hvilken dag det loves"),
        ("valid_from", "i morgen", "Skriv en dato, der findes"),
        ("valid_from", "2020-01-01", "Et løfte kan ikke begynde i fortiden"),
        ("valid_from", "2090-01-01", "Datoen ligger mere end et år ude i fremtiden"),
    ],
)
def test_a_fault_changes_nothing(client, koege, field, typed, sentence):
    client.force_login(koege.manager)
    whole = {"kind": Kind.OTHER, "working_days": "3", "valid_from": str(timezone.localdate())}

    page = client.post(reverse("desk:answer_times"), {**whole, field: typed})

    assertContains(page, sentence)
    assert not AnswerTime.objects.exists()


def test_one_jobcentre_does_not_see_what_another_has_set(client, roskilde, quick):
    client.force_login(roskilde.manager)

    page = client.get(reverse("desk:answer_times"))

    assert page.context["history"] == []
    assert {days for _words, days in page.context["promised"]} == {2}


def test_a_caseworker_has_no_button_for_it(client, koege):
    client.force_login(koege.caseworker)

    assertNotContains(client.get(reverse("desk:queue")), reverse("desk:answer_times"))

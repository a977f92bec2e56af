"""The portal's own figures: counted from real rows of the employers' storey, and delivered once."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from employers.enquiries.models import Enquiry
from employers.placements.models import Placement
from employers.referrals.load import load_credit
from employers.referrals.models import State
from employers.vacancies.models import Terms
from regions.feeds.models import Arrival, OwnMonth
from regions.feeds.own.counting import KINDS
from regions.feeds.own.delivering import CAUGHT_UP, SOURCE, carry_out, promise, sweep, tell
from regions.feeds.receiving import Origin, read_anew
from regions.measures.models import Measurement
from regions.measures.periods import parse
from tests import making_companies
from tests.making_placements import complete as placement
from tests.making_placements import make_law
from tests.making_referrals import candidate_of
from tests.making_referrals import complete as referral
from tests.queries import asked

MARCH, APRIL, JUNE = parse("2026M03"), parse("2026M04"), parse("2026M06")


def at(month: int, day: int, hour: int = 12) -> datetime:
    return timezone.make_aware(datetime.combine(date(2026, month, day), time(hour)))


@pytest.fixture(autouse=True)
def _defined(measures):
    """The measures are there."""


@pytest.fixture
def make_company():
    """Makes a company with a workplace in a municipality."""
    return making_companies.complete


@pytest.fixture
def make_referral(occupation):
    """Puts a candidate of a centre forward for a vacancy, sent to the employer at a time."""

    def make(vacancy, centre, *, state=State.SENT, **fields):
        candidate = candidate_of(centre, occupation=occupation)
        return referral(vacancy=vacancy, candidate=candidate, state=state, **fields)

    return make


def told(month, measure, centre):
    """What the month's run tells of a measure at a centre: period, and numerator and denominator or value."""
    for one in tell(month):
        for figure in one.figures:
            if (figure.measure, figure.jobcentre) == (measure, centre.jobcentre.code):
                counts = (figure.numerator, figure.denominator)
                return figure.period.code, figure.value if figure.denominator is None else counts
    return None


def test_vacancies_and_their_positions_count_in_the_month_they_came_in(make_vacancy, koege, roskilde):
    make_vacancy(created_at=at(3, 1, hour=0), positions=2)
    make_vacancy(created_at=at(3, 31, hour=23))
    make_vacancy(created_at=at(4, 1, hour=0))
    make_vacancy(created_at=at(3, 9), terms=Terms.INCLUSIVE)
    make_vacancy(created_at=at(3, 9), awaits_confirmation=True)

    assert told(MARCH, "vacancies_received", koege) == ("2026M03", 2)
    assert told(MARCH, "positions_received", koege) == ("2026M03", 3)
    assert told(MARCH, "vacancies_received", roskilde) == ("2026M03", 0)


def test_a_candidate_put_forward_within_a_month_counts_and_a_later_one_does_not(
    make_vacancy, make_referral, koege, roskilde
):
    in_time, late, declined, _nobody = (make_vacancy(created_at=at(3, day)) for day in (5, 6, 7, 8))
    make_referral(in_time, roskilde, sent_at=at(4, 30, hour=23))
    make_referral(in_time, koege, sent_at=at(4, 2))
    make_referral(late, koege, sent_at=at(5, 1, hour=0))
    make_referral(declined, roskilde, state=State.DECLINED)

    assert told(APRIL, "vacancies_with_referral", koege) == ("2026M03", (1, 4))


def test_filled_is_counted_of_those_with_a_candidate_three_months_later(make_vacancy, make_referral, koege):
    hired, late, seen, _nobody = (make_vacancy(created_at=at(3, day)) for day in (5, 6, 7, 8))
    make_referral(hired, koege, sent_at=at(4, 2), state=State.HIRED, ended_at=at(6, 30, hour=23))
    make_referral(late, koege, sent_at=at(4, 2), state=State.HIRED, ended_at=at(7, 1, hour=0))
    make_referral(seen, koege, sent_at=at(4, 2), state=State.NOT_SUITABLE, ended_at=at(4, 9))

    assert told(JUNE, "vacancies_filled_by_referred", koege) == ("2026M03", (1, 3))


def test_answers_count_by_the_promise_without_the_withdrawn_and_the_confidential(make_enquiry, koege):
    received, due = at(3, 10), at(3, 12)
    answered = {"state": Enquiry.State.ANSWERED}
    make_enquiry(received_at=received, answer_due_at=due, answered_at=at(3, 11), **answered)
    make_enquiry(received_at=received, answer_due_at=due, answered_at=at(3, 13), **answered)
    make_enquiry(received_at=received, answer_due_at=due)
    make_enquiry(received_at=received, answer_due_at=due, state=Enquiry.State.CLOSED, closed_at=at(3, 11))
    make_enquiry(
        received_at=received, answer_due_at=due, kind=Enquiry.Kind.DISMISSALS, message="Fyrre i støberiet"
    )

    assert told(APRIL, "answers_in_time", koege) == ("2026M03", (1, 3))


def test_a_hire_across_the_border_counts_at_both_jobcentres(make_vacancy, make_referral, koege, roskilde):
    load_credit()
    vacancy = make_vacancy(created_at=at(2, 1))
    for centre in (koege, roskilde):
        make_referral(vacancy, centre, sent_at=at(2, 9), state=State.HIRED, ended_at=at(3, 9))

    assert told(MARCH, "hires_across_borders", koege) == ("2026M03", (1, 2))
    assert told(MARCH, "hires_across_borders", roskilde) == ("2026M03", (1, 1))


def test_cooperation_is_counted_of_the_companies_there_with_each_once(make_company, koege, roskilde, aarhus):
    make_law()
    here = [make_company(cvr, koege.municipality) for cvr in ("99000027", "99000035", "99000043")]
    make_company("99000051", koege.municipality, employees=0)
    for company, centre in ((here[0], koege), (here[0], roskilde), (here[1], roskilde), (here[1], aarhus)):
        _place(company, centre, starts_on=date(2026, 3, 31))
    _place(here[2], koege, starts_on=date(2026, 4, 1))

    assert told(APRIL, "cooperation_own", koege) == ("2026M03", (1, 3))
    assert told(APRIL, "cooperation_other", koege) == ("2026M03", (2, 3))
    assert told(APRIL, "cooperation_any", koege) == ("2026M03", (2, 3))


def _place(company, centre, *, starts_on):
    placement(
        company=company,
        jobcentre=centre.jobcentre,
        owner=centre.caseworker,
        state=Placement.State.GRANTED,
        starts_on=starts_on,
    )


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    homes=st.lists(st.integers(0, 2), min_size=1, max_size=4),
    placed=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), max_size=8),
)
def test_cooperation_with_any_is_no_more_than_with_ones_own_and_others_together(
    make_company, koege, roskilde, aarhus, homes, placed
):
    centres = (koege, roskilde, aarhus)
    with transaction.atomic():
        make_law()
        companies = [
            make_company(f"9900010{number}", centres[home].municipality) for number, home in enumerate(homes)
        ]
        for number, centre in placed:
            _place(companies[number % len(companies)], centres[centre], starts_on=date(2026, 3, 2))
        told_of = {one.measure.code: one.figures for one in tell(APRIL)}
        transaction.set_rollback(True)

    of_centre = {code: {figure.jobcentre: figure for figure in figures} for code, figures in told_of.items()}
    for code, either in of_centre["cooperation_any"].items():
        own, other = of_centre["cooperation_own"][code], of_centre["cooperation_other"][code]
        assert own.denominator == other.denominator == either.denominator
        assert max(own.numerator, other.numerator) <= either.numerator <= own.numerator + other.numerator
        assert either.numerator <= either.denominator


def test_where_nobody_has_any_nothing_is_told_and_the_month_is_done(koege):
    [run, *_earlier] = promise(on=date(2026, 5, 3))

    carry_out(run.pk)

    run.refresh_from_db()
    assert (run.counted, run.delivery) == ([], None)
    assert run.finished_at
    assert not Measurement.objects.exists()


def test_a_month_is_promised_once_when_it_is_over_and_some_months_back(db):
    promise(on=date(2026, 5, 1))
    promise(on=date(2026, 5, 31))

    assert [run.month for run in OwnMonth.objects.all()] == ["2026M04", "2026M03", "2026M02"]
    assert CAUGHT_UP == 3


def test_a_run_delivers_the_figures_once_with_the_file_they_make_as_evidence(make_vacancy, koege):
    make_vacancy(created_at=at(3, 5), positions=4)
    run = OwnMonth.objects.create(month=MARCH.code)

    carry_out(run.pk)
    carry_out(run.pk)

    arrival = Arrival.objects.get()
    run.refresh_from_db()
    assert (arrival.delivery, arrival.source, arrival.data_date) == (run.delivery, SOURCE, date(2026, 3, 31))
    again = read_anew(Origin.of(arrival))
    told_now = [figure for one in tell(MARCH) for figure in one.figures]
    assert [figure._replace(line=0) for figure in again.figures] == told_now
    assert {
        "measure": "positions_received",
        "definition": 1,
        "period": "2026M03",
        "counted_before": at(4, 1, hour=0).isoformat(),
    } in run.counted


def test_what_is_registered_after_a_month_was_told_changes_nothing_that_was_told(make_vacancy, koege):
    make_vacancy(created_at=at(3, 5))
    for month in (MARCH, APRIL):
        run = OwnMonth.objects.create(month=month.code)
        carry_out(run.pk)
        make_vacancy(created_at=at(3, 6))

    told_of = Measurement.objects.filter(measure__code="vacancies_received", jobcentre=koege.jobcentre)
    assert dict(told_of.values_list("period", "value")) == {"2026M03": 1}


def test_what_is_not_mature_is_held_back(make_vacancy, make_referral, make_enquiry, koege):
    vacancy = make_vacancy(created_at=at(3, 5))
    make_referral(vacancy, koege, sent_at=at(3, 9), state=State.HIRED, ended_at=at(3, 20))
    make_enquiry(received_at=at(3, 10), answer_due_at=at(3, 12), vacancy=vacancy)

    for month, mature in ((MARCH, False), (APRIL, True)):
        assert (told(month, "vacancies_with_referral", koege) is not None) is mature
        assert (told(month, "answers_in_time", koege) is not None) is mature
    assert told(APRIL, "vacancies_filled_by_referred", koege) is None
    assert told(JUNE, "vacancies_filled_by_referred", koege) == ("2026M03", (1, 1))


def test_a_run_that_fails_delivers_nothing_and_is_done_again(make_vacancy, koege, monkeypatch):
    make_vacancy(created_at=at(3, 5))
    run = OwnMonth.objects.create(month=MARCH.code)
    with monkeypatch.context() as patched:
        patched.setattr(OwnMonth, "finish", lambda self: 1 / 0)
        carry_out(run.pk)
    assert not Measurement.objects.exists()

    OwnMonth.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    asked_for = []
    monkeypatch.setattr(
        "regions.feeds.own.delivering.publish", lambda _task, pk: (asked_for.append(pk), carry_out(pk))
    )
    sweep()
    sweep()

    assert asked_for == [run.pk]
    assert Measurement.objects.filter(measure__code="vacancies_received", value=1).exists()


def test_the_country_costs_as_many_queries_as_one_jobcentre(make_vacancy, koege, request):
    make_vacancy(created_at=at(3, 5))
    load_credit()
    alone = asked(lambda: list(tell(MARCH))).total()
    request.getfixturevalue("roskilde")
    request.getfixturevalue("aarhus")

    assert asked(lambda: list(tell(MARCH))).total() == alone


def test_measures_counted_together_mature_together_and_nobody_is_assessed_on_them(measures):
    for kind in KINDS:
        assert len({measures[code].mature_after for code in kind.measures}) == 1
        assert not any(measures[code].is_assessable for code in kind.measures)

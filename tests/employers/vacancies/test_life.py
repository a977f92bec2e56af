"""A vacancy from received to closed: what is refused, what is kept, and what the whole ended as."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from employers.vacancies.models import Filling, FoundThrough, HeldFor, Outcome, State, Terms, Vacancy
from employers.vacancies.outcomes import outcome_of
from jobcenter.accounts.workflow import TransitionRefused

WANTED, OTHER = Outcome.FILLED_AS_WANTED, Outcome.FILLED_OTHER_PROFILE
EMPLOYER = {"by": None, "organisation": None}


@pytest.fixture
def caseworker(koege):
    return {"by": koege.caseworker, "organisation": koege.jobcentre.organisation}


@pytest.fixture
def published(make_vacancy):
    return make_vacancy(state=State.PUBLISHED, positions=3)


def stored(vacancy):
    return Vacancy.objects.get(pk=vacancy.pk)


def test_a_pause_takes_it_from_the_public_and_resuming_gives_it_back(published):
    first = published.published_at
    published.pause(**EMPLOYER)
    assert not Vacancy.objects.public().exists()

    published.resume(**EMPLOYER)

    assert list(Vacancy.objects.public()) == [published]
    assert stored(published).published_at == first


def test_it_is_not_resumed_after_the_last_day_to_apply(make_vacancy):
    paused = make_vacancy(
        state=State.PAUSED,
        published_at=timezone.now() - timedelta(days=9),
        apply_by=timezone.localdate() - timedelta(days=1),
    )

    with pytest.raises(TransitionRefused, match="Ansøgningsfristen"):
        paused.resume(**EMPLOYER)


def test_a_vacancy_held_for_its_words_is_published_only_with_a_reason(make_vacancy, caseworker):
    held = make_vacancy().hold()

    with pytest.raises(TransitionRefused, match="Skriv, hvorfor"):
        held.publish(reason=" ", **caseworker)
    held.publish(reason="Alderen er et lovkrav: der serveres spiritus.", **caseworker)

    assert (stored(held).state, stored(held).held_for) == (State.PUBLISHED, "")
    assert held.log.last().comment == "Alderen er et lovkrav: der serveres spiritus."


def test_what_is_sent_back_carries_what_to_change(make_vacancy, caseworker):
    held = make_vacancy().hold()

    with pytest.raises(TransitionRefused):
        held.send_back(reason="", **caseworker)
    held.send_back(reason="Tag alderen ud.", **caseworker)

    assert (held.state, held.log.last().comment) == (State.RETURNED, "Tag alderen ud.")
    assert held.held_for == ""


def test_a_published_vacancy_is_neither_held_for_words_nor_sent_back(published, caseworker):
    with pytest.raises(TransitionRefused):
        published.hold()
    with pytest.raises(TransitionRefused):
        published.send_back(reason="Ret det", **caseworker)
    assert stored(published).state == State.PUBLISHED


def test_extending_moves_the_days_and_is_logged(published):
    later = published.apply_by + timedelta(days=30)

    published.extend(apply_by=later, starts_on=later, **EMPLOYER)

    assert stored(published).apply_by == later
    assert published.log.last().act == "extended"


@pytest.mark.parametrize(
    ("apply_by", "starts_on"), [(0, 40), (-1, 40), (-400, 40), (30, 29), (730, 730), (20, 731)]
)
def test_days_that_do_not_fit_are_refused(published, apply_by, starts_on):
    before = published.apply_by

    with pytest.raises(TransitionRefused):
        published.extend(
            apply_by=before + timedelta(days=apply_by),
            starts_on=before + timedelta(days=starts_on),
            **EMPLOYER,
        )

    assert stored(published).apply_by == before


def test_a_temporary_job_is_not_extended_past_its_end(make_vacancy):
    today = timezone.localdate()
    temporary = make_vacancy(state=State.PUBLISHED, terms=Terms.TEMPORARY, ends_on=today + timedelta(days=60))

    with pytest.raises(TransitionRefused, match="slutte, før"):
        temporary.extend(
            apply_by=today + timedelta(days=61), starts_on=today + timedelta(days=61), **EMPLOYER
        )


def test_positions_are_filled_bit_by_bit_and_the_last_closes_it(published):
    published.fill(number=1, outcome=WANTED, found_through=FoundThrough.JOBCENTRE, **EMPLOYER)
    assert (published.state, published.positions_left) == (State.PUBLISHED, 2)

    published.fill(number=2, outcome=OTHER, found_through=FoundThrough.OURSELVES, **EMPLOYER)

    assert (stored(published).state, stored(published).outcome) == (State.CLOSED, OTHER)
    assert list(published.fillings.values_list("number", "outcome")) == [(1, WANTED), (2, OTHER)]


@pytest.mark.parametrize("number", [0, -1, 4])
def test_more_than_are_left_cannot_be_filled(published, number):
    with pytest.raises(TransitionRefused):
        published.fill(number=number, outcome=WANTED, found_through="", **EMPLOYER)

    assert not Filling.objects.exists()
    assert stored(published).positions_filled == 0


def test_closing_as_filled_fills_the_rest(published):
    published.fill(number=1, outcome=OTHER, found_through="", **EMPLOYER)

    published.close(outcome=WANTED, found_through=FoundThrough.ADVERTISEMENT, **EMPLOYER)

    assert (stored(published).outcome, stored(published).positions_left) == (OTHER, 0)
    assert published.fillings.last().number == 2


def test_closing_twice_leaves_one_filling(published):
    stale = stored(published)
    published.close(outcome=WANTED, **EMPLOYER)

    with pytest.raises(TransitionRefused):
        stale.close(outcome=OTHER, **EMPLOYER)

    assert Filling.objects.count() == 1
    assert stored(published).outcome == WANTED


@pytest.mark.parametrize(
    ("answer", "filled", "whole"),
    [
        (WANTED, [], WANTED),
        (WANTED, [OTHER], OTHER),
        (OTHER, [WANTED], OTHER),
        (Outcome.NOT_FILLED, [WANTED, WANTED], Outcome.NOT_FILLED),
        (Outcome.WITHDRAWN, [], Outcome.WITHDRAWN),
        (Outcome.WITHDRAWN, [WANTED], WANTED),
        (Outcome.WITHDRAWN, [WANTED, OTHER], OTHER),
        (Outcome.UNKNOWN, [], Outcome.UNKNOWN),
        (Outcome.UNKNOWN, [WANTED], Outcome.UNKNOWN),
    ],
)
def test_the_whole_is_counted_once(answer, filled, whole):
    assert outcome_of(answer, filled=filled) == whole


def test_the_outcome_can_be_told_afterwards_once(published):
    published.close(outcome=Outcome.UNKNOWN, **EMPLOYER)

    published.tell_outcome(outcome=WANTED, found_through=FoundThrough.JOBCENTRE, **EMPLOYER)
    with pytest.raises(TransitionRefused):
        published.tell_outcome(outcome=Outcome.NOT_FILLED, **EMPLOYER)

    assert (stored(published).outcome, stored(published).positions_filled) == (WANTED, 3)
    assert published.log.last().act == "answered"


@pytest.mark.parametrize(
    "fields",
    [
        {"terms": Terms.TEMPORARY},
        {"terms": Terms.TEMPORARY, "ends_on": timezone.localdate()},
        {"terms": Terms.STUDENT, "ends_on": timezone.localdate() + timedelta(days=90)},
        {"positions": 2, "positions_filled": 3},
        {"state": State.HELD},
        {"state": State.HELD, "held_for": HeldFor.CONFLICT},
        {"state": State.PAUSED},
        {"state": State.PUBLISHED, "held_for": HeldFor.WORDS},
        {"state": State.RETURNED, "published_at": timezone.now()},
    ],
)
def test_the_database_refuses_what_does_not_fit_together(make_vacancy, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_vacancy(**fields)


def test_a_neighbour_sees_what_runs_and_not_what_waits(make_vacancy, published, roskilde, caseworker):
    make_vacancy(title="Hemmelig")
    make_vacancy().hold()
    make_vacancy().send_back(reason="Ret det", **caseworker)
    paused = make_vacancy(state=State.PAUSED, published_at=timezone.now())

    assert set(Vacancy.objects.visible_to(roskilde.jobcentre)) == {published, paused}

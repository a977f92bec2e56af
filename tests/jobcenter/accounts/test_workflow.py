"""A step is taken once, by somebody, and only if the table of transitions has it. A vacancy shows it."""

from __future__ import annotations

from threading import Thread

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone
from django.utils.translation import override

from employers.vacancies.models import Outcome, State, Vacancy
from jobcenter.accounts.workflow import TransitionRefused
from tests.side_by_side import wait_until_somebody_is_locked_out

SECONDS_TO_WAIT = 10


def publish(vacancy: Vacancy, koege) -> Vacancy:
    return vacancy.move(
        State.PUBLISHED,
        by=koege.caseworker,
        organisation=koege.jobcentre.organisation,
        comment="Alt er på plads",
        published_at=timezone.now(),
    )


def test_a_step_is_stored_with_who_for_whom_and_why(make_vacancy, koege):
    vacancy = publish(make_vacancy(), koege)

    vacancy.refresh_from_db()
    (step,) = vacancy.log.all()
    assert vacancy.state == State.PUBLISHED
    assert vacancy.published_at is not None
    assert (step.from_state, step.to_state) == ("submitted", "published")
    assert (step.by, step.organisation) == (koege.caseworker, koege.jobcentre.organisation)
    assert step.comment == "Alt er på plads"


def test_a_step_is_told_in_words(make_vacancy, koege):
    (step,) = publish(make_vacancy(), koege).log.all()

    with override("da"):
        assert str(step) == "afventer en medarbejder → offentliggjort"


def test_a_step_that_is_not_in_the_table_is_refused_and_nothing_changes(make_vacancy, koege):
    vacancy = make_vacancy(state=State.CLOSED, outcome=Outcome.WITHDRAWN, closed_at=timezone.now())

    with pytest.raises(TransitionRefused) as refusal:
        publish(vacancy, koege)

    assert "allerede ændret" in refusal.value.messages[0]
    assert Vacancy.objects.get(pk=vacancy.pk).state == State.CLOSED
    assert not vacancy.log.exists()


def test_the_step_is_judged_by_the_stored_state_and_not_by_an_old_copy(make_vacancy, koege):
    vacancy = make_vacancy()
    old_copy = Vacancy.objects.get(pk=vacancy.pk)
    publish(vacancy, koege)

    with pytest.raises(TransitionRefused):
        publish(old_copy, koege)

    assert vacancy.log.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_the_second_is_refused(make_vacancy, koege):
    vacancy = make_vacancy()
    outcome = []

    def publish_too() -> None:
        try:
            outcome.append(publish(Vacancy.objects.get(pk=vacancy.pk), koege))
        except TransitionRefused as refusal:
            outcome.append(refusal)
        connection.close()

    second = Thread(target=publish_too)
    with transaction.atomic():
        publish(vacancy, koege)
        second.start()
        wait_until_somebody_is_locked_out()
    second.join(timeout=SECONDS_TO_WAIT)

    assert [type(result) for result in outcome] == [TransitionRefused]
    assert vacancy.log.count() == 1


def test_the_database_refuses_a_step_outside_the_table_also_of_a_bulk_update(make_vacancy):
    vacancy = make_vacancy(state=State.CLOSED, outcome=Outcome.WITHDRAWN, closed_at=timezone.now())

    with pytest.raises(IntegrityError, match="no transition from closed to submitted"), transaction.atomic():
        Vacancy.objects.filter(pk=vacancy.pk).update(state=State.SUBMITTED, closed_at=None, outcome="")

    assert Vacancy.objects.get(pk=vacancy.pk).state == State.CLOSED


def test_a_step_that_was_logged_is_never_changed_nor_removed(make_vacancy, koege):
    vacancy = publish(make_vacancy(), koege)

    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        vacancy.log.update(comment="Noget andet")
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        vacancy.log.all().delete()

    assert vacancy.log.get().comment == "Alt er på plads"

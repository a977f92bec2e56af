"""The owner is told before a promised answer is due, the manager when it is late; each once."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from employers.enquiries import escalating
from employers.enquiries.clock import DENMARK
from employers.enquiries.models import Escalation
from employers.enquiries.warning import warned_at
from jobcenter.notifications.models import Mail


def at(day, hour, minute=0, month=11):
    return datetime(2026, month, day, hour, minute, tzinfo=DENMARK)


@pytest.mark.parametrize(
    ("due", "warned"),
    [
        (at(19, 16), at(19, 12)),
        (at(19, 12), at(19, 8)),
        (at(19, 10), at(18, 14)),
        (at(23, 9), at(20, 13)),  # over a weekend
        (at(23, 20), at(23, 12)),  # after the office has closed
        (at(2, 9, month=1), at(30, 13, month=12).replace(year=2025)),  # over New Year
    ],
)
def test_the_warning_leaves_four_hours_of_office_time(due, warned):
    assert warned_at(due) == warned


def test_a_time_without_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        warned_at(datetime(2026, 11, 19, 12))  # noqa: DTZ001


@pytest.fixture
def late(make_enquiry):
    """Should have been answered an hour ago."""
    now = timezone.now()
    enquiry = make_enquiry(received_at=now - timedelta(days=9), answer_due_at=now - timedelta(hours=1))
    escalating.watch(enquiry)
    return enquiry


def do_escalate():
    for pk in Escalation.objects.waiting().order_by("due_at", "pk").values_list("pk", flat=True):
        escalating.escalate(pk)


def test_the_owner_is_told_first_and_then_the_manager(koege, late):
    do_escalate()

    assert list(Mail.objects.order_by("pk").values_list("to", "kind")) == [
        (koege.caseworker.email, "enquiry_nearly_due"),
        (koege.manager.email, "enquiry_late"),
    ]
    assert [row.told_to for row in late.escalations.order_by("due_at")] == ["Karim Holst", "Lone Friis"]
    assert late.reference in Mail.objects.last().subject


def test_each_is_told_once_however_often_it_is_asked(late):
    pks = list(Escalation.objects.values_list("pk", flat=True))
    for pk in pks * 2:
        escalating.escalate(pk)

    assert Mail.objects.count() == 2


def test_nobody_is_told_about_what_is_answered_or_closed(koege, late):
    late.answer(by=koege.caseworker, organisation=koege.jobcentre.organisation, text="Vi kommer.")
    Mail.objects.all().delete()

    do_escalate()

    assert not Mail.objects.exists()
    assert not Escalation.objects.unfinished().exists()
    assert not Escalation.objects.told().exists()


def test_a_new_promise_takes_the_old_one_back(late):
    late.answer_due_at = timezone.now() + timedelta(days=30)
    late.save()

    escalating.watch(late)
    escalating.watch(late)

    assert {row.promised_for for row in Escalation.objects.all()} == {late.answer_due_at}
    assert Escalation.objects.count() == 2
    do_escalate()
    assert not Mail.objects.exists()


def test_what_is_not_due_waits(make_enquiry):
    escalating.watch(make_enquiry(answer_due_at=timezone.now() + timedelta(days=30)))

    assert not Escalation.objects.waiting().exists()


def test_a_promise_too_short_for_a_warning_has_none(make_enquiry):
    enquiry = make_enquiry(received_at=at(19, 9), answer_due_at=at(19, 12))

    escalating.watch(enquiry)

    assert [row.step for row in enquiry.escalations.all()] == ["late"]


@pytest.mark.django_db(transaction=True)
def test_a_worker_tells_what_the_sweep_finds(koege, make_enquiry, worker):
    now = timezone.now()
    enquiry = make_enquiry(received_at=now - timedelta(days=9), answer_due_at=now - timedelta(hours=1))
    escalating.watch(enquiry)

    escalating.sweep()

    worker.wait_until(lambda: Escalation.objects.told().count() == 2)

"""Escalation: the owner is told before an answer is due, the manager when it is late. Each once."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from employers.enquiries import ownership_letters
from employers.enquiries.models import Enquiry, Escalation
from employers.enquiries.warning import warned_at
from jobcenter.accounts.models import User
from jobcenter.runtime.work import publish

BATCH = 200


def watch(enquiry: Enquiry) -> None:
    """Promise to tell about the time the answer is now promised for. Needs the transaction that promises it.

    What was promised for an earlier time and is not yet told is taken back. A promise so short that the
    warning would come with the enquiry itself has none.
    """
    enquiry.escalations.unfinished().exclude(promised_for=enquiry.due_at).delete()
    due = {Escalation.Step.LATE: enquiry.due_at}
    before = warned_at(enquiry.due_at)
    if before > timezone.now() or (enquiry.reply_due_at is None and before > enquiry.received_at):
        due[Escalation.Step.BEFORE] = before
    Escalation.objects.bulk_create(
        [
            Escalation(enquiry=enquiry, step=step, due_at=at, promised_for=enquiry.due_at)
            for step, at in due.items()
        ],
        ignore_conflicts=True,
    )


def escalate(pk: int) -> None:
    """Tell about one, if it still waits for its answer; nobody is told twice."""
    with Escalation.objects.claim(pk) as work:
        if work:
            with transaction.atomic():
                work.told_to = _tell(work)
                work.save(update_fields=["told_to"])
                work.finish()


def sweep() -> None:
    """Look for what is due to be told, a bounded batch of it."""
    waiting = Escalation.objects.waiting().order_by("due_at", "pk")
    for pk in waiting.values_list("pk", flat=True)[:BATCH]:
        publish("enquiries.escalate", pk)


def _tell(work: Escalation) -> str:
    """Mail those it concerns. Returns their names, "" when the answer came or the promise was changed."""
    enquiry = (
        Enquiry.objects.select_for_update(of=("self",))
        .select_related("company", "jobcentre", "owner", "workplace__municipality", "vacancy")
        .get(pk=work.enquiry_id)
    )
    if not enquiry.is_waiting or enquiry.due_at != work.promised_for:
        return ""
    people = [enquiry.owner] if work.step == Escalation.Step.BEFORE else _managers(enquiry)
    for person in people:
        ownership_letters.send_escalation(enquiry, to=person, is_late=work.step == Escalation.Step.LATE)
    return ", ".join(str(person) for person in people)[:400]


def _managers(enquiry: Enquiry) -> list[User]:
    """The managers of the responsible jobcentre; where there are none, the owner once more."""
    return list(enquiry.jobcentre.managers()) or [enquiry.owner]

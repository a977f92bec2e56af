"""Writing to each other about an enquiry, and the clock that goes with it.

The first answer stops the clock of the promise. A question after that starts a new one, which everybody
sees: the enquiry waits for a reply, by a time that is promised as the first was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from employers.enquiries import letters
from employers.enquiries.attaching import attach, remove
from employers.enquiries.clock import answer_due
from employers.enquiries.escalating import watch
from employers.enquiries.models import Enquiry, Message, State
from employers.enquiries.promise import working_days
from jobcenter.accounts.models import Organisation, User
from jobcenter.accounts.workflow import TransitionRefused

MOST_IN_A_ROW = 20
"""So many messages an employer may write before somebody replies; whoever has the link could else go on."""


def ask(enquiry: Enquiry, *, text: str, files: Sequence[UploadedFile] = ()) -> Message:
    """The employer writes: it is kept, the owner is told, and an answered enquiry waits for a reply again.

    All of it happens, or nothing: no file is left behind. Raises TransitionRefused without a text, once the
    enquiry is closed, and after MOST_IN_A_ROW; ValidationError for a file that is not fit.
    """
    if not text.strip():
        raise TransitionRefused(_("Write what you want to say."))
    with _whole() as written:
        current = Enquiry.objects.select_for_update(of=("self",)).get(pk=enquiry.pk)
        if current.state == State.CLOSED:
            raise TransitionRefused(_("The enquiry is closed. Send a new one if you need more."))
        if _in_a_row(current) >= MOST_IN_A_ROW:
            raise TransitionRefused(_("You have written many times. Call your contact, or wait for a reply."))
        message = current.messages.create(is_from_employer=True, text=text.strip())
        written.extend(attach(message, files))
        if current.state == State.ANSWERED:
            now = timezone.now()
            days = working_days(jobcentre=current.jobcentre, kind=current.kind, on=timezone.localdate(now))
            current.move(
                State.QUESTION,
                by=None,
                organisation=current.company.organisation,
                reply_due_at=answer_due(now, days),
            )
            watch(current)
        letters.tell_owner(current)
    return message


def reply(
    enquiry: Enquiry,
    *,
    by: User,
    organisation: Organisation,
    text: str,
    files: Sequence[UploadedFile] = (),
) -> Message:
    """The jobcentre answers, as `Enquiry.answer` says, with files. All of it happens, or nothing."""
    with _whole() as written:
        enquiry.answer(by=by, organisation=organisation, text=text, files=len(files))
        message = enquiry.messages.latest("pk")
        written.extend(attach(message, files))
    return message


def conversation(enquiry: Enquiry) -> list[Message]:
    """All that was written, the oldest first, with the files. Two queries."""
    return list(enquiry.messages.select_related("by").prefetch_related("attachments"))


def _in_a_row(enquiry: Enquiry) -> int:
    """How many messages of the employer nobody has replied to."""
    last = enquiry.messages.filter(is_from_employer=False).order_by("-at", "-pk").first()
    since = enquiry.messages.filter(is_from_employer=True)
    return (since.filter(pk__gt=last.pk) if last else since).count()


@contextmanager
def _whole() -> Iterator[list[Path]]:
    """A transaction whose files go with it: those in the list are removed when it does not hold."""
    written: list[Path] = []
    try:
        with transaction.atomic():
            yield written
    except BaseException:
        remove(written)
        raise

"""One act on several rows: each has its own fate, and what is refused for one stops none of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from employers.contacts.models import AlreadyDone, FollowUp
from employers.enquiries import moving, ownership_letters
from employers.enquiries.models import Enquiry
from jobcenter.accounts.models import Organisation, User

Row = TypeVar("Row", bound=Enquiry | FollowUp)


@dataclass(frozen=True)
class Fate:
    """What became of one row: done, or why not."""

    name: str
    note: str
    why_not: str = ""

    @property
    def is_done(self) -> bool:
        return not self.why_not


@transaction.atomic
def give(enquiries: Iterable[Enquiry], *, to: User, by: User, at: datetime) -> list[Fate]:
    """Give each to a colleague, who is told of all that came to them in one mail."""
    given: list[Enquiry] = []

    def give_one(enquiry: Enquiry) -> None:
        given.append(moving.give(enquiry, to=to, by=by, at=at, is_told=False))

    fates = _each(enquiries, give_one)
    if given and to != by:
        why = _("%(name)s has given you enquiries.") % {"name": by}
        ownership_letters.send_handed_over(to, given, why=why)
    return fates


def take_up(enquiries: Iterable[Enquiry], *, by: User, organisation: Organisation) -> list[Fate]:
    return _each(enquiries, lambda enquiry: enquiry.start(by=by, organisation=organisation))


def finish(follow_ups: Iterable[FollowUp]) -> list[Fate]:
    return _each(follow_ups, lambda follow_up: follow_up.finish())


def postpone(follow_ups: Iterable[FollowUp], *, until: date) -> list[Fate]:
    return _each(follow_ups, lambda follow_up: follow_up.postpone(until=until))


def _each(rows: Iterable[Row], act: Callable[[Row], object]) -> list[Fate]:
    return [_fate(row, act) for row in rows]


def _fate(row: Row, act: Callable[[Row], object]) -> Fate:
    name = str(row.company)
    note = row.reference if isinstance(row, Enquiry) else row.what
    try:
        with transaction.atomic():
            act(row)
    except AlreadyDone:
        return Fate(name, note, _("It was done already."))
    except ValidationError as refusal:
        return Fate(name, note, " ".join(refusal.messages))
    return Fate(name, note)

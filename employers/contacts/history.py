"""What has been changed in a contact: who, when, what and why. For the jobcentre that logged it alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from employers.companies.models import Person, Workplace
from employers.contacts.models import Contact, Purpose
from jobcenter.pages.templatetags.ei import short_time

LABELS: dict[str, str | Promise] = {
    "state": gettext_lazy("State"),
    "happened_at": gettext_lazy("Time"),
    "channel": gettext_lazy("Channel"),
    "direction": gettext_lazy("Who made contact?"),
    "person": gettext_lazy("Person"),
    "workplace": gettext_lazy("Workplace"),
    "purposes": gettext_lazy("Purposes"),
    "outcome": gettext_lazy("Outcome"),
    "occasion": gettext_lazy("What was it?"),
    "note": gettext_lazy("Note"),
    "visibility": gettext_lazy("Who may read the note"),
}
"""What is shown of a change, and what it is called; the rest follows from it."""


@dataclass(frozen=True)
class Changed:
    """One field: its name, what stood there, and what stands there since."""

    label: str | Promise
    before: str
    after: str


@dataclass(frozen=True)
class Step:
    """One change. `changed` is empty for the first, when it was put down."""

    at: datetime
    what: str
    by: str
    because: str
    changed: list[Changed]


def steps_of(contact: Contact) -> list[Step]:
    """From the newest to the day it was put down. Three queries, however many there are."""
    events = list(
        apps.get_model("contacts", "ContactEvent")
        .objects.filter(pgh_obj=contact)
        .select_related("by", "changed_by")
        .order_by("pgh_id")
    )
    if not events:
        return []
    names = _Names(events)
    first = events[0]
    put_down = _("Planned") if first.state == Contact.State.PLANNED else _("Logged")
    steps = [Step(first.logged_at, put_down, str(first.by), "", [])]
    for before, after in pairwise(events):
        if changed := list(_changed(before, after, names)):
            is_signed = after.version > before.version
            steps.append(
                Step(
                    at=after.changed_at if is_signed else after.pgh_created_at,
                    what=_what(before, after),
                    by=str(after.changed_by) if is_signed else _("the portal"),
                    because=after.changed_because if is_signed else "",
                    changed=changed,
                )
            )
    return steps[::-1]


def _what(before: Any, after: Any) -> str:
    if after.state != before.state:
        return _("Took place") if after.state == Contact.State.HELD else _("Cancelled")
    return _("Corrected") if after.changed_because and after.state == Contact.State.HELD else _("Changed")


def _changed(before: Any, after: Any, names: _Names) -> Iterator[Changed]:
    for name, label in LABELS.items():
        key = Contact._meta.get_field(name).attname  # type: ignore[union-attr]
        old, new = getattr(before, key), getattr(after, key)
        if old != new:
            yield Changed(label, names.told(name, before, old), names.told(name, after, new))


class _Names:
    """People and workplaces by their key, read once for all steps."""

    def __init__(self, events: list[Any]) -> None:
        self.people = Person.objects.in_bulk({event.person_id for event in events} - {None})
        self.workplaces = Workplace.objects.in_bulk({event.workplace_id for event in events} - {None})

    def told(self, name: str, event: Any, value: Any) -> str:
        match name:
            case "purposes":
                return Purpose.in_words(value)
            case "happened_at":
                return str(short_time(value))
            case "person":
                return str(self.people.get(value, "–"))
            case "workplace":
                return str(self.workplaces.get(value, "–"))
            case "note":
                return value or "–"
            case _choice:
                return str(getattr(event, f"get_{name}_display")()) or "–"

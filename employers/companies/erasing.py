"""All that the portal holds about a contact person, and its erasure in one step.

Source: the data protection regulation, articles 15 and 17. What a jobcentre has done is kept, without the
person, since an authority must be able to account for it: article 17(3)(b).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from pghistory.models import Event

from employers.companies.about import About, Told, about
from employers.companies.models import ERASED, Erasure, Person
from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre
from jobcenter.retention.removing import blank, delete


class ErasureRefused(ValidationError):
    """The person is still needed, or is erased already. Says for what."""


@dataclass(frozen=True)
class Found:
    """What there is of a kind: what the reader may see of it, and which other jobcentres have more."""

    about: About
    rows: Sequence[Any]
    told: Sequence[Told]
    elsewhere: Sequence[str]


def find(person: Person, *, jobcentre: Jobcentre, user: User) -> list[Found]:
    """Everything about the person that a manager of the jobcentre may see, kind by kind, the person first."""
    found = []
    for kind in about():
        rows = kind.rows(person).order_by("pk")
        seen = list(kind.seen_by(rows, jobcentre, user))
        rest = kind.named(rows).exclude(pk__in=[row.pk for row in seen])
        names = rest.values_list(kind.holder, flat=True).distinct() if kind.holder else ()
        elsewhere = sorted(set(names))
        if seen or elsewhere:
            found.append(Found(kind, seen, [kind.tell(row, jobcentre) for row in seen], elsewhere))
    return found[::-1]


def refusals(person: Person, *, jobcentre: Jobcentre, user: User) -> list[str]:
    """Why the person cannot be erased yet; of what the reader may not see, only that there is something."""
    said = []
    for kind in about():
        needed = kind.needed(kind.rows(person))
        if kind.seen_by(needed, jobcentre, user).exists():
            said.append(str(kind.until))
        elif needed.exists():
            said.append(_("Something that you may not see needs this person. Erasure has to wait for it."))
    return list(dict.fromkeys(said))


@transaction.atomic
def erase(person: Person, *, jobcentre: Jobcentre, by: User, reason: str) -> Erasure:
    """Take the person out of every table that is searched, and out of history. Raises ErasureRefused.

    What is kept refers to a row without name and address; where nothing is kept, that goes, too.
    """
    person = Person.objects.select_for_update().select_related("company").get(pk=person.pk)
    if person.is_erased:
        raise ErasureRefused(_("The person is erased already."))
    if said := refusals(person, jobcentre=jobcentre, user=by):
        raise ErasureRefused(said)
    if any(word and word.casefold() in reason.casefold() for word in (person.name, person.email)):
        raise ErasureRefused(_("The reason is kept: write it without the person's name and e-mail."))
    counts = {kind.code: kind.forget(kind.rows(person)) for kind in about() if kind.forget}
    row = Person.objects.filter(pk=person.pk)
    blank("email", "phone")(row)
    blank("name", leaving=ERASED)(row)
    if not _is_referred_to(person):
        delete(row)
    return Erasure.objects.create(
        company_number=person.company.number,
        jobcentre=jobcentre,
        by=by,
        reason=reason,
        counts={code: number for code, number in counts.items() if number},
    )


def _is_referred_to(person: Person) -> bool:
    return any(
        Person.objects.filter(
            Exists(relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})),
            pk=person.pk,
        ).exists()
        for relation in Person._meta.related_objects
        if not issubclass(relation.related_model, Event)
    )

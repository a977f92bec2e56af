"""How rows go: with their history, and past the triggers that keep everybody else from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pgtrigger
from django.db.models import Model, QuerySet
from django.db.models.deletion import Collector
from pghistory.core import event_models


def redact_history(
    model: type[Model], keys: Iterable[Any], *, fields: Sequence[str] = (), leaving: str = ""
) -> None:
    """Take the fields out of the history of these rows; without fields, all of their history.

    The only place where history is touched: it is kept to show who did what, and not to keep what has been
    deleted (the data protection regulation, article 5(1)(e)). That something was changed, and when, stays.
    """
    for events in event_models(tracks_model=model, include_missing_pgh_obj=True):
        of_rows = events._default_manager.filter(pgh_obj_id__in=list(keys))
        if fields:
            of_rows.update(**dict.fromkeys(fields, leaving))
        else:
            of_rows.delete()


def delete(rows: QuerySet[Any]) -> int:
    """Delete the rows, what cannot be without them, and the history of both. Raises ProtectedError.

    Returns how many of the rows themselves went.
    """
    collector = Collector(using=rows.db, origin=rows)
    collector.collect(rows)
    number = rows.count()
    with pgtrigger.ignore():
        for model, found in collector.data.items():
            redact_history(model, [one.pk for one in found])
        for queryset in collector.fast_deletes:
            redact_history(queryset.model, queryset.values_list("pk", flat=True))
        rows.delete()
    return number


def blank(*fields: str, leaving: str = "") -> Callable[[QuerySet[Any]], int]:
    """Empties the fields, in the rows and in their history; the rows stay, to be counted.

    leaving: what stands there instead, where a constraint wants something.
    """

    def remove(rows: QuerySet[Any]) -> int:
        keys = list(rows.values_list("pk", flat=True))
        with pgtrigger.ignore():
            number = rows.model._default_manager.filter(pk__in=keys).update(**dict.fromkeys(fields, leaving))
            redact_history(rows.model, keys, fields=fields, leaving=leaving)
        return number

    return remove

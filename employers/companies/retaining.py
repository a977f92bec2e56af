"""Contact persons whom nothing here refers to any more."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from pghistory.core import event_models
from pghistory.models import Event

from employers.companies.models import Person
from jobcenter.retention.kinds import Kind


def _unused(before: datetime) -> QuerySet[Person]:
    """Nothing refers to them, and nothing about them has changed since."""
    found = Person.objects.all()
    for relation in Person._meta.related_objects:
        refers = relation.related_model
        if not issubclass(refers, Event):
            found = found.exclude(
                Exists(refers._base_manager.filter(**{relation.field.name: OuterRef("pk")}))
            )
    for events in event_models(tracks_model=Person):
        lately = events._default_manager.filter(pgh_obj_id=OuterRef("pk"), pgh_created_at__gte=before)
        found = found.exclude(Exists(lately))
    return found


KINDS = [Kind("companies.person", _("Contact persons that nothing refers to"), _unused)]

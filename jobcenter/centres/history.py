"""What happened to a row, shown beside it in the administration pages. The database keeps it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import BigIntegerField, Model, OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import User

SHOWN = 50
"""So many of the latest events; the older ones stay in the table."""


class HistoryInline(admin.TabularInline):
    """Subclass it with `model`, the event model, and `tracked`, the fields worth showing."""

    fk_name = "pgh_obj"
    extra = 0
    can_delete = False
    verbose_name_plural = _("history")
    classes = ("collapse",)
    tracked: tuple[str, ...] = ()

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return ("at", "what", "by", *self.tracked)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return self.get_fields(request, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        who = Cast(KeyTextTransform("user", OuterRef("pgh_context__metadata")), BigIntegerField())
        return (
            super()
            .get_queryset(request)
            .annotate(who=Subquery(User.objects.filter(pk=who).values("email")[:1]))
            .order_by("-pgh_id")
        )

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whoever may see the row may see its history."""
        return bool(request.user.is_active and request.user.is_staff)

    @admin.display(description=_("time"))
    def at(self, event: Any) -> Any:
        return event.pgh_created_at

    @admin.display(description=_("what"))
    def what(self, event: Any) -> str:
        return str({"insert": _("made"), "update": _("changed"), "delete": _("deleted")}[event.pgh_label])

    @admin.display(description=_("by whom"), empty_value="–")
    def by(self, event: Any) -> str | None:
        who: str | None = event.who
        return who

"""Who tells us of vacancies from outside, with what token, and what they have told."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from employers.vacancies.models import ExternalVacancy, Source, Token
from jobcenter.pages.administration import ToBeRead


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    list_display = ("name", "code", "covers", "is_active", "heard_at")
    list_filter = ("is_active",)
    search_fields = ("name", "code")
    readonly_fields = ("heard_at",)
    ordering = ("name", "pk")


@admin.register(Token)
class TokenAdmin(admin.ModelAdmin):
    """A token is issued here, shown once, and revoked; it is never changed or deleted."""

    list_display = ("source", "label", "issued_by", "issued_at", "used_at", "revoked_at")
    list_filter = ("source",)
    list_select_related = ("source", "issued_by")
    fields = ("source", "label", "issued_by", "issued_at", "used_at", "revoked_at")
    readonly_fields = ("issued_by", "issued_at", "used_at", "revoked_at")
    actions = ("revoke",)
    ordering = ("-issued_at", "-pk")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        issued, secret = Token.issue(source=obj.source, label=obj.label, by=request.user)  # type: ignore[arg-type]
        obj.pk = issued.pk
        obj.digest, obj.issued_by, obj.issued_at = issued.digest, issued.issued_by, issued.issued_at
        self.message_user(
            request,
            _("The token is %(secret)s. Hand it over now: it is never shown again.") % {"secret": secret},
            messages.WARNING,
        )

    @admin.action(description=_("Revoke: they open nothing any more"), permissions=["view"])
    def revoke(self, request: HttpRequest, tokens: QuerySet[Token]) -> None:
        for token in tokens:
            token.revoke()
        number = len(tokens)
        told = ngettext("%(number)d token is revoked.", "%(number)d tokens are revoked.", number)
        self.message_user(request, told % {"number": number})

    def has_change_permission(self, request: HttpRequest, obj: Token | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Token | None = None) -> bool:
        return False


@admin.register(ExternalVacancy)
class ExternalVacancyAdmin(ToBeRead, admin.ModelAdmin):
    """What sources have told: read here, and let through when it was held for its words."""

    list_display = ("title", "employer", "municipality", "source", "state", "apply_by", "seen_at")
    list_filter = ("state", "source")
    list_select_related = ("source", "municipality")
    search_fields = ("title", "employer", "external_id", "cvr")
    actions = ("let_through",)
    ordering = ("-seen_at", "-pk")

    @admin.action(description=_("Publish: the words are lawful here"), permissions=["view"])
    def let_through(self, request: HttpRequest, vacancies: QuerySet[ExternalVacancy]) -> None:
        held = [one for one in vacancies if one.state == ExternalVacancy.State.HELD]
        for vacancy in held:
            vacancy.release()
        told = ngettext("%(number)d vacancy is published.", "%(number)d vacancies are published.", len(held))
        self.message_user(request, told % {"number": len(held)})

"""What was mailed, to whom, and what became of it. To be read only: mail is written by the rooms."""

from django.contrib import admin
from django.http import HttpRequest

from jobcenter.notifications.models import LETS_IN, Mail
from jobcenter.pages.administration import ToBeRead


@admin.register(Mail)
class MailAdmin(ToBeRead, admin.ModelAdmin):
    list_display = ("created_at", "kind", "to", "subject", "finished_at", "given_up_at", "attempts")
    list_filter = ("kind", "language")
    search_fields = ("to", "subject", "message_id")
    ordering = ("-created_at", "-pk")
    fields = (
        *("kind", "to", "subject", "body", "language", "message_id"),
        *("created_at", "due_at", "leased_until", "attempts", "finished_at", "given_up_at", "error"),
    )

    def get_fields(self, request: HttpRequest, obj: Mail | None = None) -> tuple[str, ...]:
        is_secret = obj is not None and obj.kind.startswith(LETS_IN)
        return tuple(field for field in self.fields if not (is_secret and field == "body"))

"""Published comparisons in the administration pages: to be read, and drafts to be published with a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import Membership, Role
from jobcenter.pages.administration import NeitherMadeNorDeleted
from jobcenter.pages.privacy import without_cpr
from regions.comparison.templatetags.regions import period_name
from regions.publications import checking, publishing
from regions.publications.models import Publication, PublicationLog
from regions.publications.templatetags.publications import title_of, why_left_out

SHOWN = (
    *("in_period", "number", "state", "drawn_at", "published_at", "corrects_number", "correction"),
    *("held", "told_as_left_out"),
)

PUBLISHING = (
    _("Publish"),
    {"fields": ["reason"], "description": _("What is published never changes.")},
)


class PublicationAdminForm(forms.ModelForm):
    """Publishes the draft; nothing of it is edited."""

    reason = forms.CharField(
        label=_("Why the comparison can be published"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        validators=[without_cpr],
        error_messages={
            "required": _("Write why the comparison can be published: it stands in the history.")
        },
    )

    class Meta:
        model = Publication
        fields: list[str] = []

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.instance.is_draft:
            self.add_error(None, _("It is published already. Nothing was saved."))
        for obstacle in checking.obstacles(self.instance):
            self.add_error(None, str(checking.OBSTACLES[obstacle]))
        return cleaned


class PublicationLogInline(admin.TabularInline):
    model = PublicationLog
    verbose_name_plural = _("History")
    fields = readonly_fields = ("at", "who", "to_state", "comment")
    extra = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[PublicationLog]:
        return super().get_queryset(request).select_related("by", "organisation")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.has_perm("publications.view_publication"))

    @admin.display(description=_("Who"))
    def who(self, step: PublicationLog) -> str:
        return ", ".join(str(part) for part in (step.by, step.organisation) if part)


@admin.register(Publication)
class PublicationAdmin(NeitherMadeNorDeleted, admin.ModelAdmin):
    """The national authority publishes here as on the page of the check; all others only read."""

    form = PublicationAdminForm
    list_display = ["in_period", "number", "state", "drawn_at", "published_at", "corrects_number"]
    list_filter = ["state", "period"]
    list_select_related = ["corrects"]
    actions = None
    inlines = [PublicationLogInline]
    readonly_fields = SHOWN
    fieldsets = [(None, {"fields": SHOWN})]

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Publication | None:
        """Locked while it is published, so that of two at the same time the second is told."""
        found: Publication | None = super().get_object(request, object_id, from_field)
        if found and request.method == "POST":
            return self.get_queryset(request).select_for_update(of=("self",)).get(pk=found.pk)
        return found

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        return [*fieldsets, PUBLISHING] if may_publish(request, obj) else fieldsets

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return publisher(request) is not None and (obj is None or obj.is_draft)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *arguments: Any, **named: Any
    ) -> HttpResponse:
        """Without buttons where there is nothing left to do."""
        if not may_publish(request, named.get("obj")):
            context |= {"show_save": False, "show_save_and_continue": False}
        return super().render_change_form(request, context, *arguments, **named)

    @admin.display(description=_("period"), ordering="ends_on")
    def in_period(self, publication: Publication) -> str:
        return period_name(publication.period)

    @admin.display(description=_("corrects"))
    def corrects_number(self, publication: Publication) -> str:
        return str(publication.corrects.number) if publication.corrects else "–"

    @admin.display(description=_("comparisons"))
    def held(self, publication: Publication) -> str:
        counted = checking.check(publication)
        return _("%(comparisons)s comparisons, %(results)s results, %(hidden)s of them hidden") % {
            "comparisons": publication.comparisons.count(),
            "results": counted.results,
            "hidden": counted.hidden,
        }

    @admin.display(description=_("what is left out"))
    def told_as_left_out(self, publication: Publication) -> SafeString | str:
        told = ((title_of(one), why_left_out(one)) for one in publication.left_out)
        return format_html_join("", "{}: {}<br>", told) or "–"

    def save_model(
        self, request: HttpRequest, obj: Publication, form: PublicationAdminForm, change: bool
    ) -> None:
        if membership := publisher(request):
            publishing.publish(
                publication=obj,
                by=membership.user,
                organisation=membership.organisation,
                reason=form.cleaned_data["reason"],
            )


def publisher(request: HttpRequest) -> Membership | None:
    """The membership of the national officer who is signed in; None for everybody else."""
    membership: Membership | None = getattr(request, "membership", None)
    return membership if membership and membership.role == Role.NATIONAL else None


def may_publish(request: HttpRequest, publication: Publication | None) -> bool:
    return bool(publication and publication.is_draft and publisher(request))

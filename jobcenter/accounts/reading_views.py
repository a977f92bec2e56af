"""The manager's page: who has read what the jobcentre keeps about citizens, and its notes of contacts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.apps import apps
from django.core.paginator import Paginator
from django.db.models import Q
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from jobcenter.accounts.models import Reading, ReadingQuerySet, Role
from jobcenter.accounts.scope import StaffRequest, acts_as
from jobcenter.pages import sheets
from jobcenter.pages.sheets import Column

ROWS_ON_A_PAGE = 50


class ReadingsForm(forms.Form):
    """Which of the readings to show."""

    who = forms.CharField(label=gettext_lazy("Who"), required=False, max_length=120)
    since = forms.DateField(
        label=gettext_lazy("From"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    until = forms.DateField(
        label=gettext_lazy("To"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    others = forms.BooleanField(label=gettext_lazy("Only by others than us"), required=False)

    def chosen(self, readings: ReadingQuerySet) -> ReadingQuerySet:
        if not self.is_valid():
            return readings
        said = self.cleaned_data
        if said["who"]:
            readings = readings.filter(Q(by__name__icontains=said["who"]) | Q(by__email__iexact=said["who"]))
        if said["since"]:
            readings = readings.filter(at__date__gte=said["since"])
        if said["until"]:
            readings = readings.filter(at__date__lte=said["until"])
        return readings.by_others() if said["others"] else readings


COLUMNS: list[Column[Reading]] = [
    Column(gettext_lazy("When"), lambda reading: reading.at),
    Column(gettext_lazy("Who"), lambda reading: reading.by),
    Column(gettext_lazy("Acting for"), lambda reading: reading.organisation),
    Column(gettext_lazy("What"), lambda reading: _name_of_kind(reading.kind)),
    Column(gettext_lazy("Key"), lambda reading: reading.key),
    Column(gettext_lazy("Where"), lambda reading: reading.get_where_display()),
    Column(gettext_lazy("Page"), lambda reading: reading.page),
]


@acts_as(Role.MANAGER)
@require_safe
def readings(request: StaffRequest) -> HttpResponseBase:
    owner = request.membership.organisation
    form = ReadingsForm(request.GET or None)
    found = form.chosen(Reading.objects.of(owner))
    if sheet := sheets.asked(request, _("Read log"), COLUMNS, found):
        return sheet
    page = Paginator(found, ROWS_ON_A_PAGE).get_page(request.GET.get("side"))
    things = _things(page)
    return render(
        request,
        "jobcenter/accounts/readings.html",
        {
            "form": form,
            "page": page,
            "owner": owner,
            "rows": [
                {
                    "reading": one,
                    "kind": _name_of_kind(one.kind),
                    "thing": things.get((one.kind, one.key)),
                    "is_by_others": one.organisation_id != owner.pk,
                }
                for one in page
            ],
        },
    )


def _things(readings: Iterable[Reading]) -> dict[tuple[str, int], Any]:
    """What was read and is still there, one query for each kind."""
    keys: dict[str, set[int]] = {}
    for one in readings:
        keys.setdefault(one.kind, set()).add(one.key)
    return {
        (kind, thing.pk): thing
        for kind, pks in keys.items()
        for thing in apps.get_model(kind)._default_manager.filter(pk__in=pks)
    }


def _name_of_kind(kind: str) -> str:
    return str(apps.get_model(kind)._meta.verbose_name)

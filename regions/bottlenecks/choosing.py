"""Choosing what of the monitoring to look at: values in the address, so that a page can be kept and sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.scope import StaffRequest
from regions.bottlenecks.models import Place
from regions.bottlenecks.places import SLUGS, Atlas, Spot
from regions.measures.periods import Period, parse


class MonitoringForm(forms.Form):
    """Which half-year and where; what the address leaves open is filled in by the view."""

    period = forms.ChoiceField(label=_("Half-year"))
    place = forms.ChoiceField(label=_("Place"))
    by = forms.ChoiceField(label=_("Shown by"))

    def __init__(
        self,
        asked: Mapping[str, str],
        *,
        atlas: Atlas,
        half_years: Sequence[Period],
        chosen: Spot,
        by: Place,
    ) -> None:
        first = {"period": half_years[0].code, "place": chosen.key, "by": SLUGS[by]}
        super().__init__({**first, **asked})
        self.atlas = atlas
        fields: Any = self.fields
        fields["period"].choices = [
            (one.code, one.in_words(language=get_language() or "da")) for one in half_years
        ]
        fields["place"].choices = places_to_choose(atlas)
        fields["by"].choices = [(SLUGS[kind], name) for kind, name in PLURAL.items()]

    def chosen(self) -> tuple[Period, Spot, Place]:
        """Raises Http404 for a half-year or place that is not there."""
        if not self.is_valid():
            raise Http404
        told = self.cleaned_data
        kind = next(place for place, slug in SLUGS.items() if slug == told["by"])
        self.kind_name = PLURAL[kind]
        return parse(told["period"]), self.atlas.by_key[told["place"]], kind


PLURAL: Mapping[Place, str | Promise] = {
    Place.AREA: _("Areas"),
    Place.CATCHMENT: _("Labour catchments"),
    Place.MUNICIPALITY: _("Municipalities"),
}


def places_to_choose(atlas: Atlas) -> list[tuple[str, Any]]:
    """The country, and the other places by their kind."""

    def named(spots: Sequence[Spot]) -> list[tuple[str, str]]:
        return [(spot.key, spot.name[:1].upper() + spot.name[1:]) for spot in spots]

    return [*named([atlas.country]), *((str(PLURAL[kind]), named(atlas.of(kind))) for kind in PLURAL)]


def first_place(request: StaffRequest, *, atlas: Atlas, own: frozenset[str]) -> Spot:
    """Where somebody looks first: an officer at the own area, a jobcentre at its municipality."""
    area = getattr(request, "area", None)
    mine = [spot for spot in atlas.areas if area and spot.code == area.code]
    mine += [spot for spot in atlas.municipalities if spot.code in own]
    return mine[0] if mine else atlas.country

"""Choosing what of the monitoring to look at: values in the address, so that a page can be kept and sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from jobcenter.accounts.scope import StaffRequest
from jobcenter.classifications.models import Occupation
from regions.bottlenecks.models import Indicators, Place
from regions.bottlenecks.monitoring.places import SLUGS, Atlas, Spot, atlas
from regions.bottlenecks.monitoring.seeing import own_municipalities
from regions.bottlenecks.templatetags.bottlenecks import SHORT
from regions.measures.periods import Period, parse

PLURAL: Mapping[Place, str | Promise] = {
    Place.AREA: gettext_lazy("Areas"),
    Place.CATCHMENT: gettext_lazy("Labour catchments"),
    Place.MUNICIPALITY: gettext_lazy("Municipalities"),
}

EVERYTHING = ""
"""Chosen where a filter lets everything through."""


@dataclass(frozen=True)
class Looking:
    """What there is to look at, and who looks.

    half_years: the latest first. own: municipalities whose numbers the reader may read in full. first: the
    place to begin at.
    """

    half_years: Sequence[Period]
    atlas: Atlas
    own: frozenset[str]
    first: Spot

    @property
    def latest(self) -> Period:
        """The last half-year that is over, where there is one: of the running one little is known yet."""
        today = timezone.localdate()
        return next((one for one in self.half_years if one.ends_on < today), self.half_years[0])


def looking(request: StaffRequest) -> Looking | None:
    """None before anything has been computed. Four queries, one more for a jobcentre.

    An officer looks at the own area first, a jobcentre at its municipality.
    """
    half_years = computed_half_years()
    if not half_years:
        return None
    places, own = atlas(timezone.localdate()), own_municipalities(request)
    area = getattr(request, "area", None)
    mine = [spot for spot in places.areas if area and spot.code == area.code]
    mine += [spot for spot in places.municipalities if spot.code in own]
    return Looking(half_years, places, own, mine[0] if mine else places.country)


def computed_half_years() -> list[Period]:
    """Those that indicators are of, the latest first. One query."""
    codes = Indicators.objects.of(Place.COUNTRY).order_by("-period").values_list("period", flat=True)
    return [parse(code) for code in codes.distinct()]


class Choosing(forms.Form):
    """Fields are filled by their names from what there is; what the address leaves open is chosen first."""

    lets_everything_through = True

    def __init__(self, asked: Mapping[str, str], *, at: Looking, **first: str) -> None:
        super().__init__({"period": at.latest.code, "place": at.first.key, **first, **asked})
        self.at = at
        there: dict[str, Callable[[], Any]] = {
            "period": self._half_years,
            "place": self._places,
            "by": lambda: [(SLUGS[kind], name) for kind, name in PLURAL.items()],
            "group": self._main_groups,
            "category": lambda: [(EVERYTHING, _("All categories")), *SHORT.items()],
        }
        for name, choices in there.items():
            if name in self.fields:
                field: Any = self.fields[name]
                field.choices = choices()

    def chosen(self) -> Mapping[str, Any]:
        """Half-year, place and kind of place as such. Raises Http404 for any that is not there."""
        if not self.is_valid():
            raise Http404
        told = dict(self.cleaned_data)
        kind_of = {slug: place for place, slug in SLUGS.items()}
        as_such: dict[str, Callable[[str], Any]] = {
            "period": parse,
            "place": self.at.atlas.by_key.__getitem__,
            "by": kind_of.__getitem__,
        }
        return {name: as_such[name](value) if name in as_such else value for name, value in told.items()}

    def _half_years(self) -> list[tuple[str, str]]:
        language = get_language() or "da"
        return [(one.code, one.in_words(language=language)) for one in self.at.half_years]

    def _places(self) -> list[tuple[str, Any]]:
        """The country, and the other places by their kind."""
        everywhere = self.at.atlas
        return [
            (everywhere.country.key, everywhere.country.title),
            *(
                (
                    str(name),
                    [(spot.key, spot.name[:1].upper() + spot.name[1:]) for spot in everywhere.of(kind)],
                )
                for kind, name in PLURAL.items()
            ),
        ]

    def _main_groups(self) -> list[tuple[str, str]]:
        """One query."""
        groups = Occupation.objects.filter(level=1).order_by("code")
        everything = [(EVERYTHING, _("All main groups"))] if self.lets_everything_through else []
        return [*everything, *((one.code, f"{one.code} {one.title}") for one in groups)]


class OccupationForm(Choosing):
    period = forms.ChoiceField(label=gettext_lazy("Half-year"))
    place = forms.ChoiceField(label=gettext_lazy("Place"))
    by = forms.ChoiceField(label=gettext_lazy("Shown by"))


DIGITS = [
    ("1", gettext_lazy("Main groups (1 digit)")),
    ("2", gettext_lazy("Groups (2 digits)")),
    ("3", gettext_lazy("Groups (3 digits)")),
    ("4", gettext_lazy("Occupations (4 digits)")),
]


class PlaceForm(Choosing):
    place = forms.ChoiceField(label=gettext_lazy("Place"))
    period = forms.ChoiceField(label=gettext_lazy("Half-year"))
    digits = forms.ChoiceField(label=gettext_lazy("Level"), choices=DIGITS)
    group = forms.ChoiceField(label=gettext_lazy("Main group"), required=False)
    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False)
    sort = forms.ChoiceField(
        label=gettext_lazy("Sorted by"),
        choices=[
            ("answers", gettext_lazy("Most answers")),
            ("rate", gettext_lazy("Most in vain")),
            ("unemployment", gettext_lazy("Fewest unemployed")),
            ("tightness", gettext_lazy("Most positions per unemployed")),
            ("days", gettext_lazy("Longest open")),
            ("title", gettext_lazy("Title")),
        ],
    )


class MatrixForm(Choosing):
    period = forms.ChoiceField(label=gettext_lazy("Half-year"))
    place = forms.ChoiceField(label=gettext_lazy("Around"))
    by = forms.ChoiceField(label=gettext_lazy("Columns"))
    digits = forms.ChoiceField(label=gettext_lazy("Level"), choices=DIGITS)
    group = forms.ChoiceField(label=gettext_lazy("Main group"), required=False)


class BeveridgeForm(Choosing):
    lets_everything_through = False

    place = forms.ChoiceField(label=gettext_lazy("Place"))
    group = forms.ChoiceField(label=gettext_lazy("Main group"), required=False)

"""The monitoring itself: every occupation, everywhere, half-year by half-year."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobcenter.classifications.models import Occupation
from regions.bottlenecks.models.figures import Category, Figures


class Place(models.TextChoices):
    MUNICIPALITY = "municipality", _("municipality")
    CATCHMENT = "catchment", _("labour catchment")
    AREA = "area", _("area")
    COUNTRY = "country", _("the whole country")


class IndicatorsQuerySet(models.QuerySet["Indicators"]):
    def of(self, place: Place, code: str = "") -> Self:
        """Those of one place; of every place of its kind without a code, unless it is the country."""
        chosen = self.filter(place=place)
        return chosen.filter(code=code) if code or place == Place.COUNTRY else chosen


class Indicators(Figures):
    """One occupation, of one to four digits, in one place in one half-year; computed anew as a whole.

    code: of the municipality or area, the key of the catchment, and empty for the country. A catchment is one
    of the version that was in force when it was computed. hides_answers, hides_persons: whether the numbers
    of employers' answers, and those of persons, are read by the jobcentre there alone (`figures/hiding.py`).
    """

    period = models.CharField(_("period"), max_length=10)
    occupation = models.ForeignKey(
        Occupation, on_delete=models.PROTECT, related_name="+", verbose_name=_("occupation")
    )
    place = models.CharField(_("place"), max_length=12, choices=Place)
    code = models.CharField(_("code"), max_length=20, blank=True)
    category = models.CharField(_("category"), max_length=20, choices=Category)
    hides_answers = models.BooleanField(_("answers hidden from others"), default=False)
    hides_persons = models.BooleanField(_("persons hidden from others"), default=False)
    computed_at = models.DateTimeField(_("computed"))

    objects = IndicatorsQuerySet.as_manager()

    class Meta(Figures.Meta):
        abstract = False
        verbose_name = _("indicators of an occupation")
        verbose_name_plural = _("indicators of occupations")
        indexes = [models.Index(fields=["period", "place", "code"], name="indicators_of_a_place")]
        constraints = [
            *Figures.Meta.constraints,
            models.UniqueConstraint(
                fields=["period", "occupation", "place", "code"], name="indicators_once_in_a_place"
            ),
            models.CheckConstraint(
                name="indicators_place_has_a_code_unless_it_is_the_country",
                condition=Q(place="country", code="") | (~Q(place="country") & ~Q(code="")),
            ),
            models.CheckConstraint(
                name="indicators_areas_and_the_country_hide_nothing",
                condition=Q(place__in=["municipality", "catchment"])
                | Q(hides_answers=False, hides_persons=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occupation_id} {self.place} {self.code} {self.period}"

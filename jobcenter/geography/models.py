"""Where things are: areas, municipalities, postcodes and labour catchments, each with its dates."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, Self, TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _


def ids(field: str) -> Func:
    """A one-element range over an id: lets an exclusion constraint compare ids without an extension."""
    return Func(F(field), F(field), Value("[]"), function="int8range")


def validity() -> Func:
    """The dates a row is valid in, as a range: the last day is not included."""
    return Func(F("valid_from"), F("valid_to"), function="daterange")


AnyDated = TypeVar("AnyDated", bound="Dated")


class DatedQuerySet(models.QuerySet[AnyDated]):
    def valid(self, on: date) -> Self:
        """Rows in force on the date; `valid_to` is the first day they no longer are."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=on), valid_from__lte=on)


class Dated(models.Model):
    """A row that is true in a period; its manager comes from a DatedQuerySet.

    `valid_to` is the first day it no longer is true.
    """

    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_valid_to_after_valid_from",
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                violation_error_message=_("The last date must be after the first."),
            ),
        ]


class Area(Dated):
    """The area an area office looks after: which areas there are has changed three times."""

    class Division(models.TextChoices):
        EMPLOYMENT_REGIONS = "employment_regions_2007", _("four employment regions 2007–2014")
        LABOUR_MARKET_COUNCILS = (
            "labour_market_councils_2015",
            _("eight regional labour market councils 2015–2024"),
        )
        REGIONS = "regions_2025", _("five areas that follow the regions from 2025")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    division = models.CharField(_("division"), max_length=40, choices=Division)
    name = models.CharField(_("name"), max_length=80)
    sort_key = models.CharField(max_length=120, editable=False)
    municipalities: models.ManyToManyField[Municipality, AreaMunicipality] = models.ManyToManyField(
        "Municipality", through="AreaMunicipality", related_name="areas"
    )

    objects = DatedQuerySet["Area"].as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.name


class MunicipalityQuerySet(DatedQuerySet["Municipality"]):
    def in_area(self, area: Area) -> Self:
        return self.filter(areamunicipality__area=area)

    def in_catchment_of(self, municipalities: models.QuerySet[Municipality]) -> Self:
        """Municipalities that share a labour supply with any of the given ones, themselves included."""
        return self.filter(catchments__centre__in=municipalities).distinct()


class Municipality(Dated):
    code = models.CharField(_("code"), max_length=4, unique=True)
    name = models.CharField(_("name"), max_length=60)
    official_name = models.CharField(_("official name"), max_length=80)
    sort_key = models.CharField(max_length=90, editable=False)
    latitude = models.FloatField(_("latitude of the centre"))
    longitude = models.FloatField(_("longitude of the centre"))
    population = models.PositiveIntegerField(_("population"))
    population_year = models.PositiveSmallIntegerField(_("year of the population"))

    objects = MunicipalityQuerySet.as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.name


class Outline(models.Model):
    """A municipality's outline for maps drawn on the server, in the drawing's own units."""

    municipality = models.OneToOneField(
        Municipality, on_delete=models.CASCADE, primary_key=True, verbose_name=_("municipality")
    )
    path = models.TextField(_("path"))

    def __str__(self) -> str:
        return str(self.municipality)


class AreaMunicipality(Dated):
    """Which municipalities an area has; in one division a municipality is in one area at a time."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, verbose_name=_("area"))
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, verbose_name=_("municipality"))
    division = models.CharField(_("division"), max_length=40, choices=Area.Division, editable=False)

    objects = DatedQuerySet["AreaMunicipality"].as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("municipality of an area")
        verbose_name_plural = _("municipalities of an area")
        constraints = [
            *Dated.Meta.constraints,
            *(
                ExclusionConstraint(
                    name=f"areamunicipality_one_area_at_a_time_{division.value}",
                    expressions=[
                        (ids("municipality"), RangeOperators.OVERLAPS),
                        (validity(), RangeOperators.OVERLAPS),
                    ],
                    condition=Q(division=division.value),
                    violation_error_message=_("In one division a municipality is in one area at a time."),
                )
                for division in Area.Division
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} – {self.municipality}"

    def save(self, **options: Any) -> None:
        """The division is the area's: the constraints above compare within it."""
        self.division = self.area.division
        super().save(**options)

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Nobody types the division in, so a form leaves it out; the constraints need it all the same."""
        if area := getattr(self, "area", None):
            self.division = area.division
            super().validate_constraints({*(exclude or ())} - {"division"})


class Postcode(Dated):
    """A postcode; its first municipality is the one with most of its land."""

    code = models.CharField(_("postcode"), max_length=4, unique=True)
    name = models.CharField(_("name"), max_length=60)
    sort_key = models.CharField(max_length=90, editable=False)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="postcodes", verbose_name=_("municipality")
    )
    municipalities = models.ManyToManyField(Municipality, related_name="all_postcodes")
    latitude = models.FloatField(_("latitude"), null=True)
    longitude = models.FloatField(_("longitude"), null=True)

    objects = DatedQuerySet["Postcode"].as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = _("postcode")
        verbose_name_plural = _("postcodes")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Catchment(models.Model):
    """A municipality that shares its labour supply with a centre; catchments overlap.

    `estimated`: found from distance, since no commuting matrix is loaded.
    """

    centre = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="catchment", verbose_name=_("centre")
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="catchments", verbose_name=_("municipality")
    )
    distance_km = models.FloatField(_("distance in km"))
    estimated = models.BooleanField(_("estimated"), default=True)

    class Meta:
        verbose_name = _("municipality of a labour catchment")
        verbose_name_plural = _("labour catchments")
        constraints = [
            models.UniqueConstraint(fields=["centre", "municipality"], name="catchment_municipality_once"),
        ]

    def __str__(self) -> str:
        return f"{self.centre} – {self.municipality}"

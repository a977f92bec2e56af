"""Where things are: areas, municipalities and postcodes, each with its dates."""

from __future__ import annotations

from collections.abc import Collection
from math import cos, radians
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jobcenter.geography.models.dated import Dated, DatedQuerySet, ids, validity


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
        """Municipalities that share a labour supply with any of the given ones, themselves included.

        Two share one when some labour catchment that is in force holds both: Ishøj and Ballerup do by
        Copenhagen's, though hardly anybody goes from the one to work in the other.
        """
        # Not before: the table of catchments points to this one.
        from jobcenter.geography.models.catchments import Catchment  # noqa: PLC0415

        members = Catchment.objects.in_force().members()
        centres = members.filter(municipality__in=municipalities).values("centre")
        return self.filter(pk__in=members.filter(centre__in=centres).values("municipality"))

    def nearest_to(self, place: Municipality) -> Self:
        """The nearest first, as the crow flies; a degree of longitude shrinks with the cosine."""
        across = (F("longitude") - place.longitude) * cos(radians(place.latitude))
        return self.annotate(away=across**2 + (F("latitude") - place.latitude) ** 2).order_by("away", "pk")


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

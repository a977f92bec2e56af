"""Labour catchments: the rule, its outcomes one after the other, and what people have corrected in them."""

from __future__ import annotations

from typing import Self

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jobcenter.accounts.models import User
from jobcenter.geography.models.commuting import CommutingMatrix
from jobcenter.geography.models.dated import Dated, DatedQuerySet, validity
from jobcenter.geography.models.places import Area, Municipality


class Parameters(models.Model):
    """What the rule needs to know.

    link_share: of a municipality's employed residents, so many must work in a centre to belong to its
    catchment. self_containment: so many of a catchment's should work within it; a figure to judge by.
    half_distance_km, exponent: of the gravity model, where no commuting is known (docs/catchments.md).
    """

    link_share = models.FloatField(_("share of residents that links"))
    self_containment = models.FloatField(_("share that should stay within"))
    half_distance_km = models.FloatField(_("half distance in km"))
    exponent = models.FloatField(_("exponent"))

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_parameters_are_sound",
                condition=Q(link_share__gt=0, link_share__lt=1)
                & Q(self_containment__gt=0, self_containment__lt=1)
                & Q(half_distance_km__gt=0, exponent__gt=0),
                violation_error_message=_("Shares lie between 0 and 1; distance and exponent are positive."),
            ),
        ]


class CatchmentRule(Parameters, Dated):
    """The parameters in a period, and where they are from."""

    source = models.TextField(_("source"))

    objects = DatedQuerySet["CatchmentRule"].as_manager()

    class Meta:
        verbose_name = _("rule of labour catchments")
        verbose_name_plural = _("rules of labour catchments")
        ordering = ["-valid_from"]
        constraints = [
            *Parameters.Meta.constraints,
            *Dated.Meta.constraints,
            ExclusionConstraint(
                name="catchmentrule_one_at_a_time",
                expressions=[(validity(), RangeOperators.OVERLAPS)],
                violation_error_message=_("There is another rule in that period."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.link_share:.0%}"


class CatchmentVersionQuerySet(models.QuerySet["CatchmentVersion"]):
    def in_force(self) -> Self:
        """The last one made: at most one. Each is in force until the next, so there is never a gap."""
        return self.order_by("-made_at")[:1]


class CatchmentVersion(Parameters):
    """All catchments as they were found once, and with which figures; never changed afterwards.

    by: whose correction or command it was; empty for the portal itself.
    """

    class Basis(models.TextChoices):
        COMMUTING = "commuting", _("commuting")
        GRAVITY = "gravity", _("estimated from distance and size")

    class Cause(models.TextChoices):
        REFERENCE = "reference", _("rule or municipalities loaded")
        MATRIX = "matrix", _("commuting figures imported")
        CORRECTION = "correction", _("a correction")
        CORRECTION_ENDED = "correction_ended", _("a correction ended")

    basis = models.CharField(_("found from"), max_length=20, choices=Basis)
    matrix = models.ForeignKey(
        CommutingMatrix,
        on_delete=models.PROTECT,
        null=True,
        related_name="versions",
        verbose_name=_("commuting matrix"),
    )
    year = models.PositiveSmallIntegerField(_("year of the figures"))
    cause = models.CharField(_("made because of"), max_length=20, choices=Cause)
    made_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("in force from"), unique=True)

    objects = CatchmentVersionQuerySet.as_manager()

    class Meta(Parameters.Meta):
        abstract = False
        verbose_name = _("version of the labour catchments")
        verbose_name_plural = _("versions of the labour catchments")
        ordering = ["-made_at"]
        constraints = [
            *Parameters.Meta.constraints,
            models.CheckConstraint(
                name="catchmentversion_commuting_has_its_matrix",
                condition=Q(basis="commuting", matrix__isnull=False) | Q(basis="gravity", matrix=None),
            ),
        ]
        triggers = [pgtrigger.Protect(name="version_never_changes", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def is_estimated(self) -> bool:
        return self.basis == self.Basis.GRAVITY


class CatchmentQuerySet(models.QuerySet["Catchment"]):
    def in_force(self) -> Self:
        """Asked for by its one number, so that the database finds it once however the rest is joined."""
        return self.filter(version=CatchmentVersion.objects.in_force().values("pk"))

    def members(self) -> Self:
        """Without the rows that tell why a municipality does not belong."""
        return self.filter(belongs=True)


class Catchment(models.Model):
    """What a version says of a municipality and the catchment of a centre; catchments overlap.

    share, commuters: of the municipality's employed residents, those who work at the centre; an estimate
    has no number. self_containment: on the centre's own row, how many of the catchment's work within it.
    """

    class Ground(models.TextChoices):
        CENTRE = "centre", pgettext_lazy("of a catchment", "the centre itself")
        LINKED = "linked", _("enough work there")
        INCLUDED = "included", _("included by correction")
        EXCLUDED = "excluded", _("excluded by correction")
        TOO_FEW = "too_few", _("too few work there")

    version = models.ForeignKey(
        CatchmentVersion, on_delete=models.CASCADE, related_name="rows", verbose_name=_("version")
    )
    centre = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="catchment", verbose_name=_("centre")
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="catchments", verbose_name=_("municipality")
    )
    distance_km = models.FloatField(_("distance in km"))
    share = models.FloatField(_("share who work there"))
    commuters = models.PositiveIntegerField(_("number who work there"), null=True)
    self_containment = models.FloatField(_("share who work within"), null=True)
    ground = models.CharField(_("why"), max_length=20, choices=Ground)
    belongs = models.BooleanField(_("belongs"))
    correction = models.ForeignKey(
        "Correction", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("correction")
    )

    objects = CatchmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("municipality of a labour catchment")
        verbose_name_plural = _("labour catchments")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "centre", "municipality"], name="catchment_municipality_once"
            ),
            models.CheckConstraint(
                name="catchment_belongs_on_its_ground",
                condition=Q(belongs=True, ground__in=["centre", "linked", "included"])
                | Q(belongs=False, ground__in=["excluded", "too_few"]),
            ),
            models.CheckConstraint(
                name="catchment_corrected_by_a_correction",
                condition=Q(ground__in=["included", "excluded"], correction__isnull=False)
                | (~Q(ground__in=["included", "excluded"]) & Q(correction=None)),
            ),
        ]
        indexes = [models.Index(fields=["version", "municipality"], name="catchment_by_municipality")]
        triggers = [pgtrigger.Protect(name="catchment_never_changes", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.centre} – {self.municipality}"


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def open(self) -> Self:
        return self.filter(ended_at=None)

    def editable_by(self, *, area: Area | None) -> Self:
        """Those an area office may end: of the centres in its area. None: the national office, all."""
        return self if area is None else self.filter(centre__areamunicipality__area=area)


@pghistory.track()
class Correction(models.Model):
    """That a municipality belongs, or does not, to a catchment, whatever the figures say.

    Kept through every recomputation until somebody ends it and says why.
    """

    class Effect(models.TextChoices):
        INCLUDE = "include", _("include")
        EXCLUDE = "exclude", _("exclude")

    centre = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="corrections", verbose_name=_("centre")
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="+", verbose_name=_("municipality")
    )
    effect = models.CharField(_("effect"), max_length=10, choices=Effect)
    reason = models.TextField(_("reason"), max_length=1000)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("ended by")
    )
    ended_at = models.DateTimeField(_("ended"), null=True)
    end_reason = models.TextField(_("why it was ended"), max_length=1000, blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction of a labour catchment")
        verbose_name_plural = _("corrections of labour catchments")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="correction_one_open_of_a_pair",
                fields=["centre", "municipality"],
                condition=Q(ended_at=None),
                violation_error_message=_("There is a correction of this already. End it first."),
            ),
            models.CheckConstraint(
                name="correction_not_of_the_centre_itself",
                condition=~Q(centre=F("municipality")),
                violation_error_message=_("A centre always belongs to its own catchment."),
            ),
            models.CheckConstraint(
                name="correction_has_a_reason",
                condition=~Q(reason=""),
                violation_error_message=_("A correction needs a reason."),
            ),
            models.CheckConstraint(
                name="correction_ended_by_somebody_for_a_reason",
                condition=Q(ended_at=None, ended_by=None, end_reason="")
                | (Q(ended_at__gte=F("made_at"), ended_by__isnull=False) & ~Q(end_reason="")),
                violation_error_message=_("To end a correction needs a reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.centre}: {self.get_effect_display()} {self.municipality}"

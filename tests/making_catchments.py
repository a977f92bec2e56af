"""Labour catchments of tests: rows in the version in force, made by hand."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from jobcenter.accounts.models import User
from jobcenter.geography.models import Catchment, CatchmentRule, CatchmentVersion, Correction, Municipality

PARAMETERS = {"link_share": 0.10, "self_containment": 0.65, "half_distance_km": 12.0, "exponent": 2.5}


def make_rule(**fields: Any) -> CatchmentRule:
    values: dict[str, Any] = {**PARAMETERS, "source": "A test", "valid_from": "2007-01-01", **fields}
    return CatchmentRule.objects.create(**values)


def make_version(**fields: Any) -> CatchmentVersion:
    values: dict[str, Any] = {
        **PARAMETERS,
        "basis": CatchmentVersion.Basis.GRAVITY,
        "year": 2023,
        "cause": CatchmentVersion.Cause.REFERENCE,
        "made_at": timezone.now(),
        **fields,
    }
    return CatchmentVersion.objects.create(**values)


def share_labour(*, centre: Municipality, municipality: Municipality, **fields: Any) -> Catchment:
    """The municipality belongs to the centre's catchment, in the version in force."""
    is_centre = centre == municipality
    values: dict[str, Any] = {
        "distance_km": 0.0,
        "share": 0.5 if is_centre else 0.2,
        "self_containment": 0.7 if is_centre else None,
        "ground": Catchment.Ground.CENTRE if is_centre else Catchment.Ground.LINKED,
        "belongs": True,
        **fields,
    }
    version = CatchmentVersion.objects.in_force().first() or make_version()
    return Catchment.objects.create(version=version, centre=centre, municipality=municipality, **values)


def make_correction(**fields: Any) -> Correction:
    values: dict[str, Any] = {
        "effect": Correction.Effect.INCLUDE,
        "reason": "Den nye bro er åbnet",
        **fields,
    }
    values.setdefault("made_by", User.objects.order_by("pk").first())
    return Correction.objects.create(**values)

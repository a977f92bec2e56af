"""Correcting a catchment by hand, and ending a correction: in force at once, each by a new version."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from jobcenter.accounts.models import User
from jobcenter.geography.finding import find_catchments, one_at_a_time
from jobcenter.geography.models import CatchmentVersion, Correction, Municipality


class AlreadyCorrected(ValueError):
    """Somebody has corrected the same; `standing` is their correction."""

    def __init__(self, standing: Correction) -> None:
        super().__init__(str(standing))
        self.standing = standing


class AlreadyEnded(ValueError):
    """Somebody has ended the correction."""


@transaction.atomic
def correct(
    *, centre: Municipality, municipality: Municipality, effect: str, reason: str, by: User
) -> Correction:
    """Include a municipality in a catchment, or exclude it. Raises AlreadyCorrected."""
    one_at_a_time()
    standing = Correction.objects.open().filter(centre=centre, municipality=municipality).first()
    if standing:
        raise AlreadyCorrected(standing)
    correction = Correction.objects.create(
        centre=centre, municipality=municipality, effect=effect, reason=reason, made_by=by
    )
    find_catchments(cause=CatchmentVersion.Cause.CORRECTION, by=by)
    return correction


@transaction.atomic
def end(correction: Correction, *, reason: str, by: User) -> None:
    """From now on the figures decide again. Raises AlreadyEnded."""
    one_at_a_time()
    ended = (
        Correction.objects.open()
        .filter(pk=correction.pk)
        .update(ended_by=by, ended_at=timezone.now(), end_reason=reason)
    )
    if not ended:
        raise AlreadyEnded
    find_catchments(cause=CatchmentVersion.Cause.CORRECTION_ENDED, by=by)

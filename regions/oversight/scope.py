"""Which flags somebody who signed in may read of."""

from __future__ import annotations

from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest
from regions.oversight.models import Flag, FlagQuerySet


def flags_of(request: StaffRequest) -> FlagQuerySet:
    """An officer's area, a manager's own jobcentre, nationally what has been confirmed; else none."""
    match request.membership.role:
        case Role.AREA_OFFICER:
            return Flag.objects.visible_to_area(request.area)
        case Role.MANAGER:
            return Flag.objects.visible_to_jobcentre(request.jobcentre)
        case Role.NATIONAL:
            return Flag.objects.visible_nationally()
        case _:
            return Flag.objects.none()

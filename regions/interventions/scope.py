"""Which interventions somebody who signed in may read of."""

from __future__ import annotations

from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest
from regions.interventions.models import Intervention, InterventionQuerySet


def interventions_of(request: StaffRequest) -> InterventionQuerySet:
    """An officer's area, a manager's own jobcentre; else none, the national authority included."""
    match request.membership.role:
        case Role.AREA_OFFICER:
            return Intervention.objects.visible_to_office(request.area_office)
        case Role.MANAGER:
            return Intervention.objects.visible_to_jobcentre(request.jobcentre)
        case _:
            return Intervention.objects.none()

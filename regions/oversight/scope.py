"""Which flags somebody who signed in may read of."""

from __future__ import annotations

from django.db.models import QuerySet

from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest
from jobcenter.centres.models import Jobcentre
from regions.oversight.models import Flag, FlagQuerySet


def flags_of(request: StaffRequest) -> FlagQuerySet:
    """An officer's area, a manager's own jobcentre, nationally what has been confirmed; else none."""
    match request.membership.role:
        case Role.AREA_OFFICER:
            return Flag.objects.visible_to_office(request.area_office)
        case Role.MANAGER:
            return Flag.objects.visible_to_jobcentre(request.jobcentre)
        case Role.NATIONAL:
            return Flag.objects.visible_nationally()
        case _:
            return Flag.objects.none()


def jobcentres_of(request: StaffRequest) -> QuerySet[Jobcentre]:
    """Those whose flags somebody may read of: of an area, one's own, nationally all."""
    match request.membership.role:
        case Role.AREA_OFFICER:
            return Jobcentre.objects.filter(pk__in=request.area_office.jobcentres)
        case Role.MANAGER:
            return Jobcentre.objects.filter(pk=request.jobcentre.pk)
        case _:
            return Jobcentre.objects.all()

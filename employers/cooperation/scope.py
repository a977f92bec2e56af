"""Whose figures somebody reads: a jobcentre its own in full, others those of many without small numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from employers.cooperation.catalogue import COOPERATION, FIGURES, Figure, Numbers
from employers.cooperation.counting import count_each, count_together
from employers.cooperation.happened import Period
from employers.cooperation.rates import HIDDEN, Ratio, Shown, in_full, without_small
from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest
from jobcenter.centres.models import Jobcentre, JobcentreQuerySet


@dataclass(frozen=True)
class Scope:
    """name: as the page says it. is_own: a jobcentre reads its own."""

    name: str
    jobcentres: JobcentreQuerySet
    is_own: bool = False


@dataclass(frozen=True)
class Line:
    """One figure of a jobcentre, or of all of them together (without a jobcentre), as it may be shown."""

    code: str
    figure: Figure
    shown: Shown
    jobcentre: Jobcentre | None = None


def scope_of(request: StaffRequest, *, on: date) -> Scope:
    match request.membership.role:
        case Role.AREA_OFFICER:
            return Scope(request.area.name, Jobcentre.objects.valid(on).in_area(request.area, on=on))
        case Role.NATIONAL:
            return Scope(_("The whole country"), Jobcentre.objects.valid(on))
        case _:
            own = request.jobcentre
            return Scope(own.name, Jobcentre.objects.filter(pk=own.pk), is_own=True)


def read(scope: Scope, period: Period) -> list[Line]:
    """Every figure: of the jobcentre, or of all together and then of each."""
    jobcentres = list(scope.jobcentres)
    each = count_each(scope.jobcentres, period=period)
    if scope.is_own:
        return [
            Line(code, figure, in_full(figure.of(each[jobcentre.pk])), jobcentre)
            for jobcentre in jobcentres
            for code, figure in FIGURES.items()
        ]
    counted: dict[Jobcentre | None, Numbers] = {
        None: count_together(scope.jobcentres, period=period, each=each),
        **{jobcentre: each[jobcentre.pk] for jobcentre in jobcentres},
    }
    shown = {code: _column(figure, counted) for code, figure in FIGURES.items()}
    for one in counted:
        if any(shown[code][one].is_hidden for code in COOPERATION):
            for code in COOPERATION:
                shown[code][one] = HIDDEN
    return [Line(code, figure, shown[code][one], one) for one in counted for code, figure in FIGURES.items()]


def _column(figure: Figure, counted: dict[Jobcentre | None, Numbers]) -> dict[Jobcentre | None, Shown]:
    """The total is judged by its own size, those beside it so that none can be subtracted from it."""
    ratios = {one: figure.of(numbers) for one, numbers in counted.items()}
    total: dict[Jobcentre | None, Ratio] = {None: ratios.pop(None)}
    return {
        **without_small(total, is_part=figure.is_part),
        **without_small(ratios, is_part=figure.is_part),
    }

"""Taking a hold on a company: within the limits of the day, and one of two who want the same."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from employers.companies import following
from employers.companies.models import Workplace
from employers.contacts.models import Hold, HoldLimit
from employers.contacts.saying import day_in_full
from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre
from jobcenter.runtime.days import midnight


class HeldAlready(Exception):
    """Somebody was there first: `hold` is theirs."""

    def __init__(self, hold: Hold) -> None:
        super().__init__(str(hold))
        self.hold = hold


@transaction.atomic
def take(
    *, workplace: Workplace, jobcentre: Jobcentre, by: User, purpose: str, days: int, at: datetime
) -> Hold:
    """Hold a workplace's company for a purpose, from now to the end of the last of so many days.

    Holds of one company are taken one after the other: the second of two who want the same is told who has
    it. Raises HeldAlready, and ValidationError beyond the limits of the day.
    """
    Jobcentre.objects.select_for_update(no_key=True).get(pk=jobcentre.pk)
    following.locked(workplace.company)
    workplace = following.now(workplace)
    alike = Hold.objects.filter(workplace=workplace, purpose=purpose)
    if running := alike.running(at=at).select_related("jobcentre", "by").first():
        raise HeldAlready(running)
    _check_limits(jobcentre=jobcentre, alike=alike.filter(jobcentre=jobcentre).first(), days=days, at=at)
    hold = Hold(
        workplace=workplace,
        jobcentre=jobcentre,
        by=by,
        purpose=purpose,
        starts_at=at,
        expires_at=_end_of(days, at=at),
    )
    hold.full_clean()
    hold.save()
    return hold


def _check_limits(*, jobcentre: Jobcentre, alike: Hold | None, days: int, at: datetime) -> None:
    """alike: the jobcentre's newest hold for the same purpose there, which has ended."""
    limit = HoldLimit.objects.of(timezone.localdate(at))
    if limit is None:
        raise ValidationError(_("No rule for holds is in force today."))
    if days > limit.most_days:
        text = ngettext(
            "A hold lasts %(most)d day at most.", "A hold lasts %(most)d days at most.", limit.most_days
        )
        raise ValidationError({"days": text % {"most": limit.most_days}})
    if Hold.objects.filter(jobcentre=jobcentre).running(at=at).count() >= limit.most_running:
        text = ngettext(
            "%(jobcentre)s has %(most)d hold already, and may have no more at a time. Release one first.",
            "%(jobcentre)s has %(most)d holds already, and may have no more at a time. Release one first.",
            limit.most_running,
        )
        raise ValidationError(text % {"jobcentre": jobcentre, "most": limit.most_running})
    today = timezone.localdate(at)
    if alike and today < (again := alike.free_on + timedelta(days=limit.rest_days)):
        raise ValidationError(
            {
                "purpose": _("You have held them for this lately. You may again from %(day)s.")
                % {"day": day_in_full(again)}
            }
        )


def _end_of(days: int, *, at: datetime) -> datetime:
    """Midnight after the last of so many days, today among them."""
    return midnight(timezone.localdate(at) + timedelta(days=days))

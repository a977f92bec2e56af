"""Where an intervention stands: what it may contain, what of it has been, and what is going on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from regions.interventions.models import Intervention, Part, State
from regions.interventions.table import UNFINISHED, Thing
from regions.oversight.path import Step


def path_of(whole: Intervention) -> list[Step]:
    """Beginning, the four things it may contain, in no order, and the end."""
    return [
        _beginning(whole),
        _part(_("Dialogue"), whole.meetings.all(), none=_("no meeting yet")),
        _part(_("Agreement"), whole.agreements.all(), none=_("none yet")),
        _part(_("Assistance"), whole.assistances.all(), none=_("not offered")),
        _part(_("Follow-up"), whole.follow_ups.all(), none=_("not planned")),
        Step(
            _("Effect"),
            whole.get_state_display() if whole.ended_at else _("when it is closed"),
            day=whole.ended_at,
            is_done=whole.ended_at is not None,
        ),
    ]


def _beginning(whole: Intervention) -> Step:
    name = _("Own wish") if whole.at_own_wish else _("Confirmed flag")
    if whole.began_on:
        return Step(name, pgettext_lazy("an intervention", "begun"), day=whole.began_on, is_done=True)
    return Step(name, whole.get_state_display(), day=whole.asked_at, is_now=whole.state == State.REQUESTED)


def _part(name: object, parts: Iterable[Part], *, none: object) -> Step:
    """The one that waits for somebody if there is one, else the latest."""
    known: Sequence[Part] = list(parts)
    if not known:
        return Step(name, none)  # type: ignore[arg-type]
    waiting = [part for part in known if part.state in UNFINISHED[part.THING]]
    shown = waiting[0] if waiting else known[-1]
    return Step(
        name,  # type: ignore[arg-type]
        shown.get_state_display(),
        day=shown.day if waiting else None,
        is_done=not waiting,
        is_now=bool(waiting) and not _is_for_a_later_day(waiting[0]),
    )


def _is_for_a_later_day(part: Part) -> bool:
    """A follow-up waits for its day, and nobody does anything before."""
    return part.THING == Thing.FOLLOW_UP and part.day > timezone.localdate()

"""What came of a vacancy, as its employer tells it: of each filled position, and of the whole."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    FILLED_AS_WANTED = "filled_as_wanted", _("filled as we wanted")
    FILLED_OTHER_PROFILE = "filled_other_profile", _("filled with another profile")
    NOT_FILLED = "not_filled", _("not filled")
    WITHDRAWN = "withdrawn", _("withdrawn")
    UNKNOWN = "unknown", _("unknown")


FILLED = (Outcome.FILLED_AS_WANTED, Outcome.FILLED_OTHER_PROFILE)


class FoundThrough(models.TextChoices):
    """Who filled a position. Never a name: the page that asks is opened by a link without an account."""

    JOBCENTRE = "jobcentre", _("somebody the jobcentre put forward")
    ADVERTISEMENT = "advertisement", _("somebody who answered the advertisement here")
    OURSELVES = "ourselves", _("somebody we found in another way")
    COLLEAGUE = "colleague", _("somebody who worked here already")


def outcome_of(answer: str, *, filled: Iterable[str]) -> Outcome:
    """What the whole vacancy ended as, which is counted once, however many positions it had.

    answer: what the employer says about the positions that were left. filled: how each group of positions
    was filled before. Positions looked for in vain make the whole an attempt that failed; withdrawing the
    rest does not undo those who were hired; and without an answer about the rest the whole is unknown.
    """
    rest = Outcome(answer)
    if rest in (Outcome.NOT_FILLED, Outcome.UNKNOWN):
        return rest
    ways = [Outcome(way) for way in filled]
    if rest in FILLED:
        ways.append(rest)
    if not ways:
        return rest
    return Outcome.FILLED_OTHER_PROFILE if Outcome.FILLED_OTHER_PROFILE in ways else Outcome.FILLED_AS_WANTED

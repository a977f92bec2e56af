"""A piece of advice and each of its reasons as one plain sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from employers.contacts.coordination import Advice, Ground, Reason
from employers.contacts.models import Contact, Purpose
from jobcenter.pages import words

NAMES: dict[Advice, str | Promise] = {
    Advice.FREE: gettext_lazy("Nothing speaks against it"),
    Advice.THINK: gettext_lazy("Think about it"),
    Advice.ASK: gettext_lazy("Ask first"),
    Advice.WAIT: gettext_lazy("Wait"),
}
"""The advice in two words, beside the colour, which never stands alone."""


def sentence(ground: Ground) -> str:
    """What to do, if there is anything to do, and why."""
    text = _cap if ground.reason == Reason.CAP else _TEXTS[ground.reason]
    return text(ground) % {
        "jobcentre": ground.jobcentre,
        "name": ground.name,
        "purpose": Purpose.in_words(ground.purposes),
        "channel": Contact.Channel(ground.channel).label if ground.channel else "",
        "on": _near(ground.on),
        "until": _near(ground.until),
        "most": ground.most,
        "lately": ground.lately,
    }


_TEXTS: dict[Reason, Callable[[Ground], str]] = {
    Reason.HOLD: lambda _ground: _(
        "Wait until %(until)s: %(jobcentre)s (%(name)s) has reserved them for %(purpose)s."
    ),
    Reason.PAUSE: lambda _ground: _(
        "Wait until %(until)s: the company has asked not to be contacted before then."
    ),
    Reason.PLAN: lambda _ground: _(
        "Wait until %(until)s: %(jobcentre)s means to contact them %(on)s about the same."
    ),
    Reason.TOPIC: lambda _ground: _(
        "Ask somebody who knows them first: the company does not want to be contacted about %(purpose)s."
    ),
    Reason.RECENT: lambda _ground: _(
        "Ask %(jobcentre)s (%(name)s) first: they were in contact with them %(on)s about the same."
    ),
    Reason.LEAD: lambda _ground: _(
        "Ask %(name)s, %(jobcentre)s, first: the company has agreed to deal with that person."
    ),
    Reason.OTHER_HOLD: lambda _ground: _(
        "%(jobcentre)s (%(name)s) has reserved them for %(purpose)s until %(until)s."
    ),
    Reason.OTHER_PLAN: lambda _ground: _(
        "%(jobcentre)s (%(name)s) means to contact them %(on)s about %(purpose)s."
    ),
    Reason.OTHER_RECENT: lambda _ground: _(
        "%(jobcentre)s was in contact with them %(on)s about %(purpose)s."
    ),
    Reason.CHANNEL: lambda _ground: _("The company prefers to be contacted by %(channel)s."),
    Reason.PROTECTED: lambda _ground: _(
        "The company is protected from advertising: do not use the contact to advertise."
    ),
    Reason.RULED_LEAD: lambda ground: (
        _("%(name)s, %(jobcentre)s, leads the company here: tell them what you agree on with it.")
        if ground.name
        else _("%(jobcentre)s leads the company here: tell them what you agree on with it.")
    ),
    Reason.NEVER_DELAYED: lambda _ground: _(
        "Contact them now: answers, running placements and the law's follow-ups never wait."
    ),
    Reason.NOTHING: lambda _ground: _(
        "No other jobcentre has been in contact with them in the last 30 days, and nothing speaks against it."
    ),
}


def _cap(ground: Ground) -> str:
    return ngettext(
        "Wait until %(until)s: they want %(most)d contact in 4 weeks at most and have had %(lately)d.",
        "Wait until %(until)s: they want %(most)d contacts in 4 weeks at most and have had %(lately)d.",
        ground.most,
    )


def _near(day: date | None) -> str:
    return day_in_full(day) if day else ""


def day_in_full(day: date) -> str:
    """“i morgen”, “søndag 29. november”: without an abbreviation, since a sentence may end with it."""
    today, language = timezone.localdate(), get_language() or "da"
    if abs((day - today).days) <= 1:
        return words.near_day(day, today=today, language=language)
    return words.day(day, today=today, language=language)

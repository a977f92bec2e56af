"""What has happened to an enquiry and what comes, as the employer is told."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from employers.enquiries.models import Enquiry, EnquiryLog, State
from employers.enquiries.promise import neighbours_of
from jobcenter.pages.components import Happening
from jobcenter.pages.templatetags.ei import day_time, short_time


def story(enquiry: Enquiry, log: list[EnquiryLog]) -> list[Happening]:
    """Four steps: received, worked on, answered, ended. `log`: the enquiry's own, oldest first.

    Once it is closed, only those that were taken: nothing more is to come.
    """
    steps = [
        _received(enquiry),
        _worked_on(enquiry, _first(log, State.IN_PROGRESS, State.ANSWERED)),
        _answered(enquiry),
        *([_waits_for_reply(enquiry)] if enquiry.reply_due_at else []),
        _vacancy_ended(enquiry) if enquiry.vacancy else _ended(enquiry),
    ]
    return [step for step in steps if step.is_done or enquiry.state != State.CLOSED]


def _received(enquiry: Enquiry) -> Happening:
    return Happening(
        title=_("Received and given an owner"),
        when=short_time(enquiry.received_at),
        text=_("It lies with %(owner)s. Nobody else will call you about it.") % {"owner": enquiry.owner},
        is_done=True,
    )


def _worked_on(enquiry: Enquiry, began: datetime | None) -> Happening:
    owner = enquiry.owner.get_short_name()
    if not enquiry.vacancy:
        return Happening(
            title=_("%(owner)s reads it") % {"owner": owner},
            when=short_time(began) if began else "",
            text=_("If others are needed, %(owner)s asks them; you are not sent on.") % {"owner": owner},
            is_done=began is not None,
        )
    neighbours = neighbours_of(enquiry.workplace.municipality)
    text = (
        _("If candidates are lacking in %(municipality)s, %(owner)s asks the jobcentres in %(neighbours)s.")
        if neighbours
        else _("%(owner)s looks for candidates in %(municipality)s.")
    )
    return Happening(
        title=_("%(owner)s reads it and searches") % {"owner": owner},
        when=short_time(began) if began else "",
        text=text
        % {"municipality": enquiry.workplace.municipality.name, "owner": owner, "neighbours": neighbours},
        is_done=began is not None,
    )


def _answered(enquiry: Enquiry) -> Happening:
    return Happening(
        title=_("You got an answer") if enquiry.answered_at else _("You get an answer"),
        when=short_time(enquiry.answered_at)
        if enquiry.answered_at
        else _("by %(time)s at the latest") % {"time": day_time(enquiry.answer_due_at)},
        text=_("By e-mail to %(address)s, and on this page.") % {"address": enquiry.person.email},
        is_done=enquiry.answered_at is not None,
    )


def _waits_for_reply(enquiry: Enquiry) -> Happening:
    assert enquiry.reply_due_at
    return Happening(
        title=_("You have written again, and get a reply"),
        when=_("by %(time)s at the latest") % {"time": day_time(enquiry.reply_due_at)},
        text=_("By e-mail to %(address)s, and on this page.") % {"address": enquiry.person.email},
        is_done=False,
    )


def _vacancy_ended(enquiry: Enquiry) -> Happening:
    vacancy = enquiry.vacancy
    assert vacancy
    return Happening(
        title=_("You have closed the vacancy") if vacancy.closed_at else _("You close the vacancy"),
        when=short_time(vacancy.closed_at) if vacancy.closed_at else "",
        text=_("Outcome: %(outcome)s") % {"outcome": vacancy.get_outcome_display()}
        if vacancy.closed_at
        else _("When it is filled, or you no longer need it: one click, and tell us what came of it."),
        is_done=vacancy.closed_at is not None,
    )


def _ended(enquiry: Enquiry) -> Happening:
    return Happening(
        title=_("The enquiry was closed") if enquiry.closed_at else _("The enquiry is closed"),
        when=short_time(enquiry.closed_at) if enquiry.closed_at else "",
        text="" if enquiry.closed_at else _("When you have what you need."),
        is_done=enquiry.closed_at is not None,
    )


def _first(log: list[EnquiryLog], *states: State) -> datetime | None:
    return next((row.at for row in log if row.to_state in states), None)

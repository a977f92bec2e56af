"""What an officer may do with a flag, and who is told: alike on the page and in the administration pages."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from jobcenter.accounts.models import Organisation, User
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.notifications import outbox
from jobcenter.pages import words
from regions.oversight.models import Flag
from regions.oversight.way import Demand, State, transition

LANGUAGE = "da"
"""Of the letters: jobcentres and area offices are written to in Danish."""


class Decision(models.TextChoices):
    CONFIRM = "confirm", gettext_lazy("Confirm")
    HEARING = "hearing", gettext_lazy("Send to hearing")
    WATCH = "watch", gettext_lazy("Watch one more period")
    DISMISS = "dismiss", gettext_lazy("Dismiss")

    @property
    def state(self) -> State:
        """Where it brings a flag."""
        return {
            Decision.CONFIRM: State.CONFIRMED,
            Decision.HEARING: State.HEARING,
            Decision.WATCH: State.WATCHED,
            Decision.DISMISS: State.DISMISSED,
        }[self]


def possible(flag: Flag) -> list[Decision]:
    """What may be decided in the state the flag is in; nothing once it is closed.

    What demands that the jobcentre has been heard waits for its answer, or for the day to pass.
    """
    today = timezone.localdate()
    steps = ((decision, transition(flag.state, decision.state)) for decision in Decision)
    return [
        decision
        for decision, step in steps
        if step and (Demand.HEARD not in step.demands or flag.has_been_heard(on=today))
    ]


def nobody_to_ask(flag: Flag) -> str:
    return _("%(jobcentre)s has no manager who can be asked: the administrator can add one.") % {
        "jobcentre": flag.jobcentre
    }


@transaction.atomic
def decide(
    *, flag: Flag, decision: str, reason: str, due_on: date | None, by: User, organisation: Organisation
) -> Flag:
    """Take the step, log it with its reason, and ask the jobcentre's managers when it is to be heard.

    due_on: the last day to answer a hearing; not read otherwise. Raises TransitionRefused without a
    reason, when somebody else was first, or when nobody at the jobcentre can be asked.
    """
    match Decision(decision):
        case Decision.HEARING:
            if due_on is None:
                raise TransitionRefused(_("Say by when the jobcentre is to answer."))
            managers = list(flag.jobcentre.managers())
            if not managers:
                raise TransitionRefused(nobody_to_ask(flag))
            flag.send_to_hearing(by=by, organisation=organisation, reason=reason, due_on=due_on)
            for manager in managers:
                _ask(manager, flag=flag, reason=reason, due_on=due_on, organisation=organisation)
        case Decision.CONFIRM:
            flag.confirm(by=by, organisation=organisation, reason=reason)
        case Decision.WATCH:
            flag.watch(by=by, organisation=organisation, reason=reason)
        case Decision.DISMISS:
            flag.dismiss(by=by, organisation=organisation, reason=reason)
    return flag


@transaction.atomic
def answer(*, flag: Flag, text: str, by: User, organisation: Organisation) -> Flag:
    """Keep the jobcentre's answer to a hearing, and tell the officer who asked.

    Raises TransitionRefused outside a hearing, or a second time.
    """
    flag.answer(text, by=by, organisation=organisation)
    asked = flag.log.filter(to_state=State.HEARING).exclude(from_state=State.HEARING).last()
    if asked and asked.by and asked.by.is_active:
        _tell(asked.by, flag=flag)
    return flag


def _ask(manager: User, *, flag: Flag, reason: str, due_on: date, organisation: Organisation) -> None:
    """Source: Public Administration Act (forvaltningsloven) § 19, hearing of a party."""
    with override(LANGUAGE):
        outbox.put(
            to=manager.email,
            subject=_("%(jobcentre)s is asked for its view") % {"jobcentre": flag.jobcentre},
            body=_(
                "Hello %(name)s\n\n"
                "%(organisation)s is looking at a result and would like to hear from you before anything is "
                "decided:\n\n"
                "%(measure)s, %(group)s\n\n"
                "They write: “%(reason)s”\n\n"
                "Please answer by %(day)s. The figures and the answer form are here:\n%(link)s\n\n"
                "A flag is a reason to look, not a verdict."
            )
            % {
                "name": manager.get_full_name(),
                "organisation": organisation,
                "measure": flag.measure,
                "group": flag.target_group,
                "reason": reason,
                "day": words.day_with_year(due_on, language=LANGUAGE),
                "link": _link(flag),
            },
            language=LANGUAGE,
            kind="hearing",
        )


def _tell(officer: User, *, flag: Flag) -> None:
    with override(LANGUAGE):
        outbox.put(
            to=officer.email,
            subject=_("%(jobcentre)s has answered the hearing") % {"jobcentre": flag.jobcentre},
            body=_(
                "Hello %(name)s\n\n"
                "%(jobcentre)s has answered the hearing about this result:\n\n"
                "%(measure)s, %(group)s\n\n"
                "The answer stands beside the figures, where you can also decide:\n%(link)s"
            )
            % {
                "name": officer.get_full_name(),
                "jobcentre": flag.jobcentre,
                "measure": flag.measure,
                "group": flag.target_group,
                "link": _link(flag),
            },
            language=LANGUAGE,
            kind="hearing_answered",
        )


def _link(flag: Flag) -> str:
    return f"{settings.PUBLIC_URL}{flag.get_absolute_url()}"

"""What an officer may do with a flag, and who is told: alike on the page and in the administration pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from jobcenter.accounts.models import Organisation, User
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.notifications import outbox
from jobcenter.pages import words
from regions.oversight import attaching
from regions.oversight.models import Flag
from regions.oversight.way import Demand, State, transition

LANGUAGE = "da"
"""Of the letters: jobcentres and area offices are written to in Danish."""


class Decision(models.TextChoices):
    REVIEW = "review", gettext_lazy("Begin the review")
    CHECK = "check", gettext_lazy("Save the data check")
    CONFIRM = "confirm", gettext_lazy("Confirm")
    HEARING = "hearing", gettext_lazy("Send to hearing")
    WATCH = "watch", gettext_lazy("Watch one more period")
    DISMISS = "dismiss", gettext_lazy("Dismiss")

    @property
    def state(self) -> State:
        """Where it brings a flag. A data check leaves it under review."""
        return {
            Decision.REVIEW: State.UNDER_REVIEW,
            Decision.CHECK: State.UNDER_REVIEW,
            Decision.CONFIRM: State.CONFIRMED,
            Decision.HEARING: State.HEARING,
            Decision.WATCH: State.WATCHED,
            Decision.DISMISS: State.DISMISSED,
        }[self]


def possible(flag: Flag) -> list[Decision]:
    """What may be decided in the state the flag is in; nothing once it is closed.

    A hearing waits for the data check, a confirmation for the jobcentre's answer or for its day to pass.
    """
    return [decision for decision in Decision if _is_possible(decision, flag=flag)]


def _is_possible(decision: Decision, *, flag: Flag) -> bool:
    if decision == Decision.CHECK:
        return flag.state == State.UNDER_REVIEW and not flag.checked_at
    step = transition(flag.state, decision.state)
    if not step:
        return False
    is_checked = Demand.DATA_CHECK not in step.demands or flag.checked_at is not None
    is_heard = Demand.HEARD not in step.demands or flag.has_been_heard(on=timezone.localdate())
    return is_checked and is_heard


def asks_for_reason(decision: str, *, flag: Flag) -> bool:
    """Whether the step the decision takes demands a reason."""
    step = transition(flag.state, Decision(decision).state)
    return step is not None and Demand.REASON in step.demands


def nobody_to_ask(flag: Flag) -> str:
    return _("%(jobcentre)s has no manager who can be asked: the administrator can add one.") % {
        "jobcentre": flag.jobcentre
    }


@transaction.atomic
def decide(
    *,
    flag: Flag,
    decision: str,
    by: User,
    organisation: Organisation,
    reason: str = "",
    due_on: date | None = None,
    findings: Mapping[str, tuple[str, str]] | None = None,
) -> Flag:
    """Take the step, log it with its reason, and ask the jobcentre's managers when it is to be heard.

    due_on: the last day to answer a hearing; not read otherwise. findings: of a data check. Raises
    TransitionRefused when the step lacks what it demands, when somebody else was first, or when nobody at
    the jobcentre can be asked.
    """
    match Decision(decision):
        case Decision.REVIEW:
            flag.review(by=by, organisation=organisation)
        case Decision.CHECK:
            flag.check_data(findings or {}, by=by, organisation=organisation)
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


def answer(
    *, flag: Flag, text: str, by: User, organisation: Organisation, files: Sequence[UploadedFile] = ()
) -> Flag:
    """Keep the jobcentre's answer to a hearing with its files, and tell the officer who asked.

    Raises TransitionRefused outside a hearing, or a second time, and ValidationError for files that are
    not received: then nothing is kept.
    """
    attaching.look_through(files)
    with transaction.atomic():
        flag.answer(text, by=by, organisation=organisation)
        if flag.heard_at:
            attaching.keep(flag, files, at=flag.heard_at)
        if flag.officer and flag.officer.is_active:
            _tell_of_answer(flag.officer, flag=flag)
    return flag


def record_silences(*, on: date) -> int:
    """Write of every hearing whose last day has passed that no answer came, and tell its officer."""
    written = 0
    for flag in Flag.objects.unanswered(on=on).select_related("officer", "jobcentre", "rule"):
        with transaction.atomic():
            if flag.record_silence(on=on):
                written += 1
                if flag.officer and flag.officer.is_active:
                    _tell_of_silence(flag.officer, flag=flag)
    return written


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


def _tell_of_answer(officer: User, *, flag: Flag) -> None:
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


def _tell_of_silence(officer: User, *, flag: Flag) -> None:
    assert flag.hearing_due_on, "silence follows a hearing"
    with override(LANGUAGE):
        outbox.put(
            to=officer.email,
            subject=_("%(jobcentre)s has not answered the hearing") % {"jobcentre": flag.jobcentre},
            body=_(
                "Hello %(name)s\n\n"
                "%(jobcentre)s had until %(day)s to answer the hearing about this result, and no answer "
                "came:\n\n"
                "%(measure)s, %(group)s\n\n"
                "That is no admission: decide by the figures and what else is known. An answer that comes "
                "later is still kept.\n%(link)s"
            )
            % {
                "name": officer.get_full_name(),
                "jobcentre": flag.jobcentre,
                "day": words.day_with_year(flag.hearing_due_on, language=LANGUAGE),
                "measure": flag.measure,
                "group": flag.target_group,
                "link": _link(flag),
            },
            language=LANGUAGE,
            kind="hearing_unanswered",
        )


def _link(flag: Flag) -> str:
    return f"{settings.PUBLIC_URL}{flag.get_absolute_url()}"

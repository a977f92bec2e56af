"""Telling the other side of a step: the managers what the office does, and the office what they do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from jobcenter.accounts.models import Membership, Organisation, Role, User
from jobcenter.centres.models import AreaOffice, Jobcentre, Serves
from jobcenter.notifications.telling import language_of, notify
from jobcenter.pages import words
from regions.interventions.models import Done, Intervention, Part
from regions.interventions.notices import INTERVENTIONS
from regions.interventions.table import Step

Words = Callable[[dict[str, str]], str]

Letter = tuple[str, str]
"""Its subject, and its text."""

LONGEST_SUBJECT = 200
"""Letters; names of organisations may be longer than a subject is read."""

SAYS: Mapping[str, Words] = {
    "begin": lambda told: _("%(who)s begins an intervention") % told,
    "ask_for_help": lambda told: _("%(jobcentre)s asks for help") % told,
    "take_up": lambda told: _("%(who)s takes up your wish for help") % told,
    "turn_down": lambda told: _("%(who)s has turned down your wish for help") % told,
    "withdraw": lambda told: _("%(jobcentre)s has withdrawn its wish for help") % told,
    "resolve": lambda told: _("The intervention at %(jobcentre)s is closed as resolved") % told,
    "leave": lambda told: _("The intervention at %(jobcentre)s is closed without being resolved") % told,
    "escalate": lambda told: _("The intervention at %(jobcentre)s is escalated") % told,
    "plan_meeting": lambda told: _("%(who)s proposes a meeting %(day)s") % told,
    "move_meeting": lambda told: _("The meeting is moved to %(day)s") % told,
    "cancel_meeting": lambda told: _("The meeting %(day)s is cancelled") % told,
    "hold_meeting": lambda told: _("The notes of the meeting %(day)s wait for you") % told,
    "agree_notes": lambda told: _("%(jobcentre)s agrees to the notes of the meeting %(day)s") % told,
    "object_to_notes": lambda told: _("%(jobcentre)s sees the meeting %(day)s otherwise") % told,
    "rewrite_notes": lambda told: _("The notes of the meeting %(day)s are written anew") % told,
    "put_forward": lambda told: _("An agreement waits for your signature") % told,
    "sign": lambda told: _("%(jobcentre)s has signed the agreement") % told,
    "send_back": lambda told: _("%(jobcentre)s has sent the agreement back") % told,
    "take_back": lambda told: _("%(who)s has taken the agreement back") % told,
    "change_agreement": lambda told: _("%(who)s is changing the agreement: you will sign it anew") % told,
    "drop_agreement": lambda told: _("%(who)s has dropped the draft of an agreement") % told,
    "offer_assistance": lambda told: _("%(who)s offers consultant assistance") % told,
    "accept_assistance": lambda told: _("%(jobcentre)s accepts consultant assistance") % told,
    "decline_assistance": lambda told: _("%(jobcentre)s declines consultant assistance") % told,
    "withdraw_offer": lambda told: _("%(who)s has withdrawn its offer of assistance") % told,
    "finish_assistance": lambda told: _("The consultant's report is there") % told,
    "stop_assistance": lambda told: _("The consultant assistance is stopped") % told,
    "do_follow_up": lambda told: _("%(who)s has followed up") % told,
}
"""Every step the other side should know of. A draft is told with what comes of it."""


def step_taken(step: Step, thing: Intervention | Part, *, by: Membership, reason: str) -> None:
    """Each of the other side, in the language they were last told something in; once a step."""
    if step.code not in SAYS:
        return
    whole = thing.intervention

    def says(language: str) -> Letter:
        day = words.day_with_year(thing.day, language=language) if thing.day else ""
        told = {"who": str(by.organisation), "jobcentre": str(whole.jobcentre), "day": day}
        text = _("They write: “%(reason)s”") % {"reason": reason} if reason else ""
        return SAYS[step.code](told), text

    key = f"intervention step {thing.log.latest('pk').pk}"
    _tell(_other_side(whole, by=by), says, key=key, link=thing.get_absolute_url())
    if step.code == "escalate":
        _tell_nationally(whole, who=by.organisation)


def action_done(done: Done, *, by: Membership) -> None:
    """The other side, of an action of the agreement that is said to be done."""

    def says(language: str) -> Letter:
        return _("%(who)s has done something that was agreed") % {"who": by.organisation}, done.what

    _tell(
        _other_side(done.agreement.intervention, by=by),
        says,
        key=f"intervention action {done.pk}",
        link=done.agreement.get_absolute_url(),
    )


def replied(whole: Intervention, *, text: str, number: int) -> None:
    """The area's officers, of what the jobcentre has to say."""

    def says(language: str) -> Letter:
        return _("%(jobcentre)s has written in the intervention") % {"jobcentre": whole.jobcentre}, text

    key = f"intervention {whole.pk} reply {number}"
    _tell(_officers(whole), says, key=key, link=whole.get_absolute_url())


def _tell_nationally(whole: Intervention, *, who: Organisation) -> None:
    """Without a link: the case is the area office's and the jobcentre's, and comes as a document."""

    def says(language: str) -> Letter:
        subject = _("%(who)s escalates an intervention at %(jobcentre)s")
        told = {"who": who, "jobcentre": whole.jobcentre}
        return subject % told, _("The area office sends you the case as a document.")

    _tell(_national_officers(), says, key=f"intervention {whole.pk} escalated", link="")


def _tell(people: Iterable[User], says: Callable[[str], Letter], *, key: str, link: str) -> None:
    """says: a letter in a language, which is active while it is written."""
    for person in people:
        language = language_of(person.email)
        with translation.override(language):
            subject, text = says(language)
            notify(
                to=person.email,
                kind=INTERVENTIONS,
                key=key,
                subject=subject[:LONGEST_SUBJECT],
                text=text,
                link=link,
                language=language,
            )


def _other_side(whole: Intervention, *, by: Membership) -> list[User]:
    return _officers(whole) if by.role == Role.MANAGER else list(whole.jobcentre.managers())


def _officers(whole: Intervention) -> list[User]:
    """The officer of the intervention; while it has none, every officer of the jobcentre's area."""
    if whole.officer and whole.officer.is_active:
        return [whole.officer]
    return list(
        User.objects.filter(
            memberships__organisation__area_office__in=_offices(whole.jobcentre),
            memberships__role=Role.AREA_OFFICER,
            is_active=True,
        )
        .distinct()
        .order_by("pk")
    )


def _offices(jobcentre: Jobcentre) -> Any:
    today = timezone.localdate()
    served = Serves.objects.valid(today).filter(jobcentre=jobcentre).values("municipality")
    return AreaOffice.objects.valid(today).filter(area__areamunicipality__municipality__in=served)


def _national_officers() -> list[User]:
    return list(
        User.objects.filter(memberships__role=Role.NATIONAL, is_active=True).distinct().order_by("pk")
    )

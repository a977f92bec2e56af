"""The names of steps, and what is asked in them: what a button, a heading and a field's label say."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from regions.interventions.table import Thing

NAMES: Mapping[str, str | Promise] = {
    "begin": _("Begin an intervention"),
    "ask_for_help": _("Ask for help"),
    "take_up": _("Take up the wish"),
    "turn_down": _("Turn down the wish"),
    "withdraw": _("Withdraw the wish"),
    "resolve": _("Close as resolved"),
    "leave": _("Close without being resolved"),
    "escalate": _("Escalate to the national authority"),
    "plan_meeting": _("Plan a meeting"),
    "move_meeting": _("Move the meeting"),
    "cancel_meeting": _("Cancel the meeting"),
    "hold_meeting": _("Write the notes"),
    "agree_notes": _("Agree to the notes"),
    "object_to_notes": _("Say what you see otherwise"),
    "rewrite_notes": _("Write the notes anew"),
    "draft_agreement": _("Draft an agreement"),
    "put_forward": _("Sign and put forward"),
    "sign": _("Sign for the jobcentre"),
    "send_back": _("Send back"),
    "take_back": _("Take back"),
    "change_agreement": _("Change the agreement"),
    "drop_agreement": _("Drop the draft"),
    "offer_assistance": _("Offer consultant assistance"),
    "accept_assistance": _("Accept the offer"),
    "decline_assistance": _("Decline the offer"),
    "withdraw_offer": _("Withdraw the offer"),
    "finish_assistance": _("Write the report"),
    "stop_assistance": _("Stop the assistance"),
    "plan_follow_up": _("Plan a follow-up"),
    "do_follow_up": _("Follow up now"),
    "drop_follow_up": _("Drop the follow-up"),
}

HINTS: Mapping[str, str | Promise] = {
    "ask_for_help": _("The area office reads it, and answers. Asking is never held against anybody."),
    "take_up": _("Whoever takes it up is the jobcentre's contact in the area office."),
    "resolve": _(
        "It demands that each measure lies within its limits in the two latest periods in a row. "
        "The effect is worked out and frozen."
    ),
    "leave": _("The effect is worked out and frozen, whatever it says."),
    "escalate": _(
        "The national authority is told, and you send it the case as a document. "
        "What still waits for somebody stands as it is."
    ),
    "agree_notes": _("The notes cannot be changed afterwards."),
    "put_forward": _(
        "You sign for the area office. The jobcentre signs the same wording, or sends it back with a reason."
    ),
    "sign": _("You sign the wording shown here. A change later must be signed anew by both."),
    "change_agreement": _("A change makes a new version. Until both have signed it, this one stands."),
    "decline_assistance": _("Declining is never held against the jobcentre."),
    "do_follow_up": _("The newest figures are kept beside the targets, as they are now."),
}
"""What somebody should know before they take the step."""

THINGS: Mapping[str, str | Promise] = {
    Thing.INTERVENTION: _("Intervention"),
    Thing.MEETING: _("Meeting"),
    Thing.AGREEMENT: _("Agreement"),
    Thing.ASSISTANCE: _("Assistance"),
    Thing.FOLLOW_UP: _("Follow-up"),
}

HAPPENED: Mapping[tuple[str, str], str | Promise] = {
    (Thing.INTERVENTION, "requested"): _("asked for by the jobcentre"),
    (Thing.INTERVENTION, "open"): pgettext_lazy("an intervention", "begun"),
    (Thing.AGREEMENT, "draft"): pgettext_lazy("an agreement", "being drafted"),
    (Thing.AGREEMENT, "proposed"): _("put forward, signed by the area office"),
    (Thing.FOLLOW_UP, "due"): pgettext_lazy("a follow-up", "planned"),
}
"""What happened, where the name of the state does not say it."""

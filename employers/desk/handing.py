"""Whose an enquiry is, why, and who else has been asked: what stands beside it on its page."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from employers.desk.handing_forms import GiveForm
from employers.enquiries.asking import agreements_of, of_other_workplaces
from employers.enquiries.models import Assignment, Enquiry, Escalation, HelpRequest
from employers.enquiries.models.assignment import Occasion, Rule
from jobcenter.centres.authorities import authorities_of


def handing(enquiry: Enquiry) -> dict[str, Any]:
    """For the template: the latest assignment in words, who was told, what partners were asked."""
    latest = enquiry.assignments.select_related("team", "stands_in_for", "by", "from_jobcentre").last()
    today = timezone.localdate()
    is_shareable = not enquiry.is_confidential and enquiry.state != "closed"
    return {
        "whose": why_owner(latest) if latest else "",
        "works_for": authorities_of(enquiry.jobcentre, on=today).get(enquiry.owner_id, []),
        "give": GiveForm(enquiry=enquiry),
        "told": list(Escalation.objects.told().filter(enquiry=enquiry).order_by("due_at")),
        "help_requests": list(
            HelpRequest.objects.filter(enquiry=enquiry)
            .select_related("agreement", "asked_by")
            .prefetch_related("answers__jobcentre", "answers__by")
        ),
        "other_workplaces": list(
            enquiry.other_workplaces.select_related("workplace__municipality").order_by("pk")
        ),
        "may_ask": is_shareable
        and (
            agreements_of(enquiry.jobcentre, on=today).exists()
            or of_other_workplaces(enquiry, on=today).exists()
        ),
        "may_move": is_shareable,
    }


def why_owner(assignment: Assignment) -> str:
    """One sentence: by which rule it is this person's."""
    if assignment.occasion == Occasion.RETURN:
        return _("Back from absence: nobody had taken it up meanwhile.")
    if assignment.occasion == Occasion.RECEIVED and assignment.by:
        return _("%(name)s spoke with the company and registered it.") % {"name": assignment.by}
    if assignment.stands_in_for:
        return _("Stands in for %(name)s, who is away.") % {"name": assignment.stands_in_for}
    if assignment.occasion == Occasion.GIVEN and assignment.by:
        return _("Given by %(name)s.") % {"name": assignment.by}
    match assignment.rule:
        case Rule.LEAD:
            return _("The company's lead.")
        case Rule.TEAM if assignment.team:
            return _("Next in turn in the team %(team)s.") % {"team": assignment.team}
        case Rule.MANAGER:
            return _("The manager, since no caseworker was there.")
        case Rule.DEFAULT:
            return _("The default owner: no municipality decides who is responsible.")
        case Rule.SUBSTITUTE:
            return _("The substitute of the one whose it would have been.")
        case _rule:
            return _("Next in turn in the jobcentre.")

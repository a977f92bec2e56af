"""Interventions: what an area office and a jobcentre do together about a result, and whether it helped."""

from regions.interventions.models.agreement import (
    Action,
    Agreement,
    AgreementState,
    Done,
    Side,
    Signature,
    Target,
    Wording,
)
from regions.interventions.models.assistance import Assistance, AssistanceState
from regions.interventions.models.follow_up import FollowUp, FollowUpState
from regions.interventions.models.happened import Happened
from regions.interventions.models.intervention import (
    Concern,
    Ground,
    Intervention,
    InterventionQuerySet,
    State,
)
from regions.interventions.models.meeting import Meeting, MeetingState
from regions.interventions.models.part import Part
from regions.interventions.models.reply import Reply

__all__ = [
    "Action",
    "Agreement",
    "AgreementState",
    "Assistance",
    "AssistanceState",
    "Concern",
    "Done",
    "FollowUp",
    "FollowUpState",
    "Ground",
    "Happened",
    "Intervention",
    "InterventionQuerySet",
    "Meeting",
    "MeetingState",
    "Part",
    "Reply",
    "Side",
    "Signature",
    "State",
    "Target",
    "Wording",
]

"""Wage subsidies and work trials, and the law they are counted by."""

from employers.placements.models.beside import (
    ASKED_AFTER,
    REMINDERS,
    Effect,
    Extension,
    PriorityAccess,
    Reminder,
    effects_of,
)
from employers.placements.models.law import (
    Condition,
    Duration,
    Exemption,
    Group,
    Kind,
    Rate,
    RuleVersion,
    Sector,
)
from employers.placements.models.placement import (
    TRANSITIONS,
    VITAS_REFERENCE,
    Answer,
    Ending,
    Placement,
    PlacementLog,
    State,
)

__all__ = [
    "ASKED_AFTER",
    "REMINDERS",
    "TRANSITIONS",
    "VITAS_REFERENCE",
    "Answer",
    "Condition",
    "Duration",
    "Effect",
    "Ending",
    "Exemption",
    "Extension",
    "Group",
    "Kind",
    "Placement",
    "PlacementLog",
    "PriorityAccess",
    "Rate",
    "Reminder",
    "RuleVersion",
    "Sector",
    "State",
    "effects_of",
]

"""Contacts, wishes, leads and follow-ups; holds and what went on against them."""

from employers.contacts.models.contact import (
    AlreadyDone,
    Contact,
    ContactQuerySet,
    FollowUp,
    FollowUpQuerySet,
    Lead,
    Preferences,
    Purpose,
)
from employers.contacts.models.hold import Hold, HoldLimit, HoldQuerySet, Override

__all__ = [
    "AlreadyDone",
    "Contact",
    "ContactQuerySet",
    "FollowUp",
    "FollowUpQuerySet",
    "Hold",
    "HoldLimit",
    "HoldQuerySet",
    "Lead",
    "Override",
    "Preferences",
    "Purpose",
]

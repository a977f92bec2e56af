"""The one entrance: what an employer asks, who is responsible, who owns it and when they get an answer."""

from employers.enquiries.models.answer_time import AnswerTime
from employers.enquiries.models.assignment import Assignment
from employers.enquiries.models.behalf import OnBehalf
from employers.enquiries.models.confidentiality import Handler, Release
from employers.enquiries.models.confirmation import Confirmation
from employers.enquiries.models.conversation import Attachment, Message
from employers.enquiries.models.details import OF_KIND, Details
from employers.enquiries.models.enquiry import (
    CONFIDENTIAL,
    CONFIRM_WITHIN,
    DRAFT_KEPT,
    LINK,
    REFERENCE_ALPHABET,
    TRANSITIONS,
    Draft,
    DraftQuerySet,
    Enquiry,
    EnquiryLog,
    EnquiryQuerySet,
    Kind,
    State,
    Step,
    new_reference,
)
from employers.enquiries.models.escalation import Escalation
from employers.enquiries.models.helping import HelpAnswer, HelpRequest
from employers.enquiries.models.offer import Offer
from employers.enquiries.models.workplaces import OtherWorkplace

__all__ = [
    "CONFIDENTIAL",
    "CONFIRM_WITHIN",
    "DRAFT_KEPT",
    "LINK",
    "OF_KIND",
    "REFERENCE_ALPHABET",
    "TRANSITIONS",
    "AnswerTime",
    "Assignment",
    "Attachment",
    "Confirmation",
    "Details",
    "Draft",
    "DraftQuerySet",
    "Enquiry",
    "EnquiryLog",
    "EnquiryQuerySet",
    "Escalation",
    "Handler",
    "HelpAnswer",
    "HelpRequest",
    "Kind",
    "Message",
    "Offer",
    "OnBehalf",
    "OtherWorkplace",
    "Release",
    "State",
    "Step",
    "new_reference",
]

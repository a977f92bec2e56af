"""Flags with what people decided about them, and the dated parameters they are judged by."""

from regions.oversight.models.data_check import DataCheck, Finding, Question
from regions.oversight.models.flag import Flag, FlagLog, FlagQuerySet, Ground, Severity
from regions.oversight.models.hearing_file import HearingFile
from regions.oversight.models.parameters import THRESHOLDS, Mark, Requirement, RuleParameters

__all__ = [
    "THRESHOLDS",
    "DataCheck",
    "Finding",
    "Flag",
    "FlagLog",
    "FlagQuerySet",
    "Ground",
    "HearingFile",
    "Mark",
    "Question",
    "Requirement",
    "RuleParameters",
    "Severity",
]

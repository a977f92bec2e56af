"""The room's tables: conditions, comparisons, groups, recomputations, and what jobcentres say of results."""

from regions.comparison.models.comparison import Comparison, Result
from regions.comparison.models.condition import Condition, ConditionFile, FrameworkCondition
from regions.comparison.models.group import NamedGroup, Selection
from regions.comparison.models.recomputation import Outcome, Recomputation, Step, StepQuerySet
from regions.comparison.models.reply import Reply, ReplyQuerySet

__all__ = [
    "Comparison",
    "Condition",
    "ConditionFile",
    "FrameworkCondition",
    "NamedGroup",
    "Outcome",
    "Recomputation",
    "Reply",
    "ReplyQuerySet",
    "Result",
    "Selection",
    "Step",
    "StepQuerySet",
]

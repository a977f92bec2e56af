"""Bottlenecks: the rule, what registers say, what is computed of it, and the reports that people review."""

from regions.bottlenecks.models.campaign import LineCampaign
from regions.bottlenecks.models.figures import Category, Figures
from regions.bottlenecks.models.indicators import Indicators, Place
from regions.bottlenecks.models.report import (
    TRANSITIONS,
    Line,
    Report,
    ReportLog,
    ReportQuerySet,
    State,
    still_to_review,
)
from regions.bottlenecks.models.rule import Rule
from regions.bottlenecks.models.stock import StockChange, StockDelivery, StockFigure

__all__ = [
    "TRANSITIONS",
    "Category",
    "Figures",
    "Indicators",
    "Line",
    "LineCampaign",
    "Place",
    "Report",
    "ReportLog",
    "ReportQuerySet",
    "Rule",
    "State",
    "StockChange",
    "StockDelivery",
    "StockFigure",
    "still_to_review",
]

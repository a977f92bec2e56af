"""What changed from one report to the next, in words: `{% load report_changes %}`."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from regions.bottlenecks.reports.changes import Kind

register = template.Library()

KINDS: dict[Kind, Promise] = {
    Kind.BECAME_HARD: _("It has become hard to find people for"),
    Kind.NO_LONGER_HARD: _("It is no longer hard to find people for"),
    Kind.ASSESSED: _("Assessed now, and not the last time"),
    Kind.NOT_ASSESSED: _("Assessed the last time, and not now"),
    Kind.OTHERWISE: _("Another category otherwise"),
    Kind.NEW: _("New in the report"),
    Kind.GONE: _("No longer in the report"),
}


@register.filter
def kind_name(kind: Kind) -> str:
    """The heading above the occupations that differ in one way."""
    return str(KINDS[kind])

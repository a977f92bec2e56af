"""Tags of bottleneck reports: `{% load bottlenecks %}`."""

from collections.abc import Iterable
from typing import Any

from babel.lists import format_list
from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from jobcenter.pages import words
from jobcenter.pages.templatetags.ei import sign
from regions.bottlenecks.models import Category

register = template.Library()

SHAPES = {
    Category.PROBLEMS: "shortage",
    Category.NO_PROBLEMS: "chances",
    Category.NOT_ASSESSED: "too_few",
}
CELLS = {
    Category.PROBLEMS: "ei-cell-short",
    Category.NO_PROBLEMS: "ei-cell-good",
    Category.NOT_ASSESSED: "ei-cell-none",
}


@register.simple_tag
def category_sign(category: str, tone: str = "") -> SafeString:
    """Shape and words of a category."""
    known = Category(category)
    label = str(known.label)
    return sign(SHAPES[known], label[:1].upper() + label[1:], tone)


@register.filter
def cell_class(category: str) -> str:
    """How a cell of the matrix looks."""
    return CELLS[Category(category)]


@register.filter
def listed(things: Iterable[Any]) -> str:
    """“Nordjylland, Midtjylland og Syddanmark”."""
    return format_list([str(thing) for thing in things], locale=words.spoken(get_language() or "da"))

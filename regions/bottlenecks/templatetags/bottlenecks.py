"""Tags of bottleneck reports: `{% load bottlenecks %}`."""

from collections.abc import Iterable
from typing import Any

from babel.lists import format_list
from django import template
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jobcenter.pages import words
from jobcenter.pages.templatetags.ei import sign
from regions.bottlenecks.models import Category, Line
from regions.bottlenecks.signs import Unit

register = template.Library()

SHAPES = {
    Category.SHORTAGE: "shortage",
    Category.PARADOX: "paradox",
    Category.GOOD: "chances",
    Category.LESS_GOOD: "fewer",
    Category.PROBLEMS: "bad",
    Category.NO_PROBLEMS: "over",
    Category.NOT_ASSESSED: "too_few",
}
SHORT: dict[Category, str | Promise] = {
    Category.SHORTAGE: _("Shortage"),
    Category.PARADOX: _("Paradox"),
    Category.GOOD: _("Good prospects"),
    Category.LESS_GOOD: _("Less good"),
    Category.PROBLEMS: _("Problems"),
    Category.NO_PROBLEMS: _("No problems"),
    Category.NOT_ASSESSED: _("Not assessed"),
}
CELLS = {
    Category.SHORTAGE: "ei-cell-short",
    Category.PARADOX: "ei-cell-paradox",
    Category.GOOD: "ei-cell-good",
    Category.LESS_GOOD: "ei-cell-less",
    Category.PROBLEMS: "ei-cell-short",
    Category.NO_PROBLEMS: "ei-cell-less",
    Category.NOT_ASSESSED: "ei-cell-none",
}


@register.simple_tag
def category_sign(category: str, tone: str = "") -> SafeString:
    """Shape and words of a category."""
    known = Category(category)
    label = str(known.label)
    return sign(SHAPES[known], label[:1].upper() + label[1:], tone)


@register.simple_tag
def category_word(category: str, tone: str = "") -> SafeString:
    """The same in a word or two, where room is short."""
    known = Category(category)
    return sign(SHAPES[known], SHORT[known], tone)


@register.filter
def interval(line: Line) -> str:
    """“41–65 %”, the 95 % interval of the rate."""
    if line.lower is None or line.upper is None:
        return words.NOTHING
    language = get_language() or "da"
    low = words.number(100 * line.lower, language=language, decimals=0)
    return f"{low}–\N{WORD JOINER}{words.percent(line.upper, language=language, decimals=0)}"


@register.filter
def sign_value(value: float | None, unit: Unit) -> str:
    """A value of a sign in its unit: “30,7 %”, “1,4”, “23”."""
    if value is None:
        return words.NOTHING
    language = get_language() or "da"
    if unit == "percent":
        return words.percent(value, language=language)
    return words.number(value, language=language, decimals=0 if unit == "days" else 1)


@register.filter
def cell_class(category: str) -> str:
    """How a cell of the matrix looks."""
    return CELLS[Category(category)]


@register.filter
def listed(things: Iterable[Any]) -> str:
    """“Nordjylland, Midtjylland og Syddanmark”."""
    return format_list([str(thing) for thing in things], locale=words.spoken(get_language() or "da"))

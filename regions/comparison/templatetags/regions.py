"""Tags of the second floor: `{% load regions %}`."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from babel.lists import format_list
from django import template
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jobcenter.pages import words
from jobcenter.pages.templatetags.ei import sign
from regions.comparison.intervals import Interval
from regions.comparison.models import Result
from regions.comparison.placing import Place
from regions.comparison.replying import Replies
from regions.comparison.showing import Figures
from regions.comparison.standing import Standing
from regions.measures.periods import parse

register = template.Library()

SMALL = {
    "da": ("nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv"),
    "en": (
        *("zero", "one", "two", "three", "four", "five", "six"),
        *("seven", "eight", "nine", "ten", "eleven", "twelve"),
    ),
}


def _language() -> str:
    return get_language() or "da"


@register.filter
def names(rows: Iterable[Any]) -> SafeString:
    """“<strong>Odsherred</strong> og <strong>Lolland</strong>”: of anything that has a jobcentre."""
    bold = [format_html("<strong>{}</strong>", row.jobcentre.short_name) for row in rows]
    return mark_safe(format_list(bold, locale=words.spoken(_language())))


@register.filter
def spelled(count: int) -> str:
    """“to” for 2; figures from 13."""
    small = SMALL[words.spoken(_language())]
    return small[count] if count < len(small) else words.number(count, language=_language())


@register.filter
def probability(p: float | None) -> str:
    """“= 0,002”, or "< 0,001" where there is nothing but noughts to show."""
    if p is None:
        return words.NOTHING
    if p < 0.001:
        return f"< {words.number(0.001, language=_language(), decimals=3)}"
    return f"= {words.number(p, language=_language(), decimals=3)}"


@register.filter
def points(share: float) -> str:
    """“+1,24”: a share as percentage points with its sign, to three digits that say something."""
    decimals = 2 if abs(share) >= 0.001 else 4
    return words.signed(100 * share, language=_language(), decimals=decimals)


@register.filter
def shares(interval: Interval, decimals: int = 1) -> str:
    """“56,9–63,0 %”: from where to where a share may lie."""
    lower = words.number(100 * interval.lower, language=_language(), decimals=decimals)
    return f"{lower}–{words.percent(interval.upper, language=_language(), decimals=decimals)}"


@register.filter
def period_name(code: str) -> str:
    return parse(code).in_words(language=_language())


TOLD: Mapping[str, Callable[[float], str]] = {
    "actual": lambda value: words.number(value, language=_language()),
    "base": lambda value: words.number(value, language=_language()),
    "expected": lambda value: words.number(value, language=_language(), decimals=0),
    "ratio": lambda value: words.number(value, language=_language(), decimals=0),
    "share": lambda value: words.percent(value, language=_language(), decimals=1),
    "difference": lambda value: words.signed(value, language=_language(), decimals=0),
    "points": lambda value: words.signed(value, language=_language(), decimals=1),
}


@register.simple_tag
def told(figures: Figures, name: str) -> str:
    """A number of a result; “hidden” where it is too small to be told, “–” where there is none."""
    if figures.is_hidden:
        return format_html('<span class="ei-muted">{}</span>', _("hidden"))
    value = getattr(figures, name)
    return words.NOTHING if value is None else TOLD[name](value)


@register.simple_tag
def ratio_link(result: Result, figures: Figures, about: Any) -> SafeString:
    """In per cent of expected, leading to what it was computed from. about: whose or which it is."""
    shown = told(figures, "ratio")
    said = _("%(figure)s: what it was computed from, %(about)s") % {
        "figure": strip_tags(shown),
        "about": about,
    }
    return format_html('<a href="{}" aria-label="{}">{}</a>', result.get_absolute_url(), said, shown)


@register.simple_tag
def place_among_peers(places: Mapping[int, Place], result: Result) -> str:
    """“3 of 8”: 1 is the best beside what was expected; “–” where there is no place."""
    place = places.get(result.pk)
    if place is None:
        return words.NOTHING
    return _("%(rank)s of %(among)s") % {"rank": place.rank, "among": place.among}


@register.inclusion_tag("regions/comparison/_reply.html")
def reply_beside(replies: Replies, result: Result) -> dict[str, Any]:
    """What the jobcentre has said of a result, in the cell that names it; nothing where it has not."""
    return {"reply": replies.get(result.pk), "result": result}


@register.simple_tag
def weak_sign(weakness: str) -> SafeString:
    """“Weak model” on a line of its own, where what was expected should be read with care; else nothing."""
    return format_html("<small>{}</small>", sign("warn", _("Weak model"))) if weakness else mark_safe("")


@register.simple_tag
def standing_sign(standing: Standing, text: Any = "") -> SafeString:
    """Sign and word of a standing; `text` in place of the word."""
    return sign(standing.sign, text or standing.word, standing.tone)

"""Tags of the second floor: `{% load regions %}`."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from babel.lists import format_list
from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jobcenter.pages import words
from jobcenter.pages.templatetags.ei import sign
from regions.comparison.axis import Dot
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
def told_cells(figures: Figures, *names: str) -> SafeString:
    """Numbers of a result, each in a cell of its own: written at once, since a table has many."""
    return format_html_join("", '<td class="ei-num">{}</td>', ((told(figures, name),) for name in names))


@register.simple_tag
def ratio_link(result: Result, figures: Figures, about: Any) -> SafeString:
    """In per cent of expected, leading to what it was computed from. about: whose or which it is."""
    return figure_link(result, figures, "ratio", about)


def figure_link(result: Result, figures: Figures, name: str, about: Any) -> SafeString:
    """A number of a result, leading to what it was computed from."""
    shown = told(figures, name)
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


@register.simple_tag
def reply_beside(replies: Replies, result: Result) -> str:
    """What the jobcentre has said of a result, in the cell that names it; nothing where it has not."""
    reply = replies.get(result.pk)
    return (
        render_to_string("regions/comparison/_reply.html", {"reply": reply, "result": result})
        if reply
        else ""
    )


AXIS = (
    '<svg class="ei-dot" viewBox="0 0 132 18" aria-hidden="true" focusable="false">'
    '<path class="ei-dot-axis" d="M6 9h120"/><path class="ei-dot-range" d="M{} 9H{}"/>'
    '<path class="ei-dot-mid" d="M66 2v14"/>{}</svg>'
)
WITHIN = '<circle class="ei-dot-mark" cx="{}" cy="9" r="4"/>'
OUTSIDE = '<path class="ei-dot-mark ei-dot-{}" transform="translate({} 9)" d="{}"/>'
SHAPES: Mapping[str, str] = {
    "under": "M0 -6l6 6-6 6-6-6z",
    "over": "M-6 5.5h12l-6 -11z",
    "bad": "M-6 -5.5h12l-6 11z",
}
"""By the sign of a standing that is notable."""


@register.simple_tag
def on_axis(dot: Dot | None, standing: Standing) -> SafeString:
    """A result on the small axis of its row; nothing where it may not be told.

    Written here and not in a template, since every row has one.
    """
    if dot is None:
        return mark_safe("")
    at = f"{dot.at:.1f}"
    if standing.is_notable:
        tone = "good" if standing.tone == "info" else standing.tone
        mark = format_html(OUTSIDE, tone, at, SHAPES[standing.sign])
    else:
        mark = format_html(WITHIN, at)
    return format_html(AXIS, f"{dot.low:.1f}", f"{dot.high:.1f}", mark)


@register.simple_tag
def weak_sign(weakness: str) -> SafeString:
    """“Weak model” on a line of its own, where what was expected should be read with care; else nothing."""
    return format_html("<small>{}</small>", sign("warn", _("Weak model"))) if weakness else mark_safe("")


@register.simple_tag
def standing_sign(standing: Standing, text: Any = "") -> SafeString:
    """Sign and word of a standing; `text` in place of the word."""
    return sign(standing.sign, text or standing.word, standing.tone)

"""Tags of published comparisons: `{% load publications %}`."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jobcenter.pages import words
from jobcenter.pages.templatetags.ei import sign
from regions.comparison.showing import Figures
from regions.comparison.templatetags.regions import standing_sign
from regions.measures.suppression import State
from regions.publications.checking import Why
from regions.publications.correcting import Said
from regions.publications.models import FrozenComparison, FrozenResult

register = template.Library()


def _language() -> str:
    return get_language() or "da"


@register.simple_tag
def published_sign(frozen: FrozenResult) -> SafeString:
    """Where a result lies beside expected; of one that is hidden or not there, that it is."""
    match frozen.state:
        case State.SUPPRESSED:
            return sign("too_few", _("Hidden"), "calm")
        case State.MISSING:
            return sign("too_few", _("No figures"), "calm")
        case _:
            return standing_sign(frozen.standing)


@register.simple_tag
def of_country(frozen: FrozenComparison, name: str) -> str:
    """A number of all jobcentres together; “hidden” where it would tell of somebody."""
    if frozen.actual is None:
        return format_html('<span class="ei-muted">{}</span>', _("hidden"))
    if name == "share":
        return words.percent(frozen.whole_share, language=_language(), decimals=1)
    return words.number(getattr(frozen, name), language=_language())


@register.simple_tag
def expected_share(figures: Figures) -> str:
    """What share was expected; “hidden” with the numbers it would be found from."""
    if figures.is_hidden:
        return format_html('<span class="ei-muted">{}</span>', _("hidden"))
    if figures.expected is None or not figures.base:
        return words.NOTHING
    return words.percent(figures.expected / figures.base, language=_language(), decimals=1)


@register.filter
def said(one: Said) -> str:
    """“354 of 1.346”: what an issue says of a result."""
    if one.state is None or one.state is State.MISSING:
        return _("no figures")
    if one.is_hidden:
        return _("hidden")
    return _("%(actual)s of %(base)s") % {
        "actual": words.number(one.actual, language=_language()),
        "base": words.number(one.base, language=_language()),
    }


@register.filter
def title_of(left_out: Mapping[str, Any]) -> str:
    """The name of a measure that is left out."""
    return str(left_out["en" if _language() == "en" else "da"])


@register.filter
def why_left_out(left_out: Mapping[str, Any]) -> str:
    match left_out["why"]:
        case Why.REQUIRED:
            return _("the law requires it of all alike, so it is not compared")
        case Why.IMMATURE:
            day = words.day_with_year(date.fromisoformat(left_out["usable"]), language=_language())
            return _("immature until %(day)s") % {"day": day}
        case Why.WAITING:
            return _("a delivery waits")
        case _:
            return _("no figures to compare")

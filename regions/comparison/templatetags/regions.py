"""Tags of the second floor: `{% load regions %}`."""

from collections.abc import Iterable
from typing import Any

from babel.lists import format_list
from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jobcenter.pages.templatetags.ei import sign
from regions.comparison.standing import Standing
from regions.measures.periods import parse

register = template.Library()


@register.filter
def names(rows: Iterable[Any]) -> str:
    """“Odsherred, Faxe og Lolland”."""
    return format_list(
        [row.jobcentre.short_name for row in rows], locale=get_language() or "da"
    )


@register.filter
def period_name(code: str) -> str:
    return parse(code).in_words(language=get_language() or "da")


@register.simple_tag
def standing_sign(standing: Standing, text: Any = "") -> SafeString:
    """Sign and word of a standing; `text` in place of the word."""
    return sign(standing.sign, text or standing.word, standing.tone)


@register.simple_tag
def map_legend() -> list[dict[str, str]]:
    """What the looks of the map mean."""
    return [
        {"css": "ei-map-0", "text": _("Clearly worse (99.8 %)")},
        {"css": "ei-map-1", "text": _("Worse (95 %)")},
        {"css": "ei-map-2", "text": _("As expected")},
        {"css": "ei-map-3", "text": _("Better")},
        {"css": "ei-map-5", "text": _("Too few data")},
    ]

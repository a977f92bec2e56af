"""Tags for results that are held against what the law requires: `{% load law %}`."""

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from jobcenter.pages import words
from jobcenter.pages.templatetags.ei import percent, sign
from regions.comparison.templatetags.regions import figure_link, shares, told, told_cells
from regions.oversight.law import Held, Keeping

register = template.Library()


@register.simple_tag
def keeping_sign(keeping: Keeping) -> SafeString:
    """Sign and word of how a result keeps what the law requires."""
    return sign(keeping.sign, keeping.word, keeping.tone)


@register.simple_tag
def law_cells(one: Held[Any], about: Any) -> SafeString:
    """The cells under `_law_heads.html`. about: whose or which the result is, for the link of its share."""
    row, requirement = one.row, one.law.requirement
    cells = format_html_join(
        "",
        '<td class="{}">{}</td>',
        (
            ("ei-nowrap", keeping_sign(one.keeping)),
            ("ei-num", figure_link(row.result, row.figures, "share", about)),
            ("ei-num ei-nowrap", shares(one.interval) if one.interval else told(row.figures, "share")),
            ("ei-num", percent(requirement.required_share, 0) if requirement else words.NOTHING),
        ),
    )
    return format_html("{}{}", cells, told_cells(row.figures, "actual", "base"))

"""Tags for results that are held against what the law requires: `{% load law %}`."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from jobcenter.pages import words
from jobcenter.pages.templatetags.ei import percent, sign
from regions.comparison.models import Result
from regions.comparison.standing import Standing
from regions.comparison.templatetags.regions import figure_link, shares, standing_sign, told, told_cells
from regions.oversight.law import Held, Keeping, Law

register = template.Library()


@register.simple_tag
def keeping_sign(keeping: Keeping) -> SafeString:
    """Sign and word of how a result keeps what the law requires."""
    return sign(keeping.sign, keeping.word, keeping.tone)


@register.simple_tag
def assessment(laws: Mapping[int, Law], result: Result, standing: Standing) -> SafeString:
    """How a result keeps the law where that has a say in it, else how it stands beside what was expected."""
    law = laws.get(result.comparison_id)
    return keeping_sign(law.keeping(result)) if law else standing_sign(standing)


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

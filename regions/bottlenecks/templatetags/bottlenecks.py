"""Tags of bottleneck reports: `{% load bottlenecks %}`."""

from collections.abc import Iterable, Sequence
from typing import Any

from babel.lists import format_list
from django import template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from jobcenter.pages import words
from jobcenter.pages.templatetags.ei import sign
from regions.bottlenecks.figures.signs import Unit
from regions.bottlenecks.models import Category, Figures
from regions.bottlenecks.monitoring.grid import GridRow
from regions.bottlenecks.monitoring.occupations import At
from regions.bottlenecks.monitoring.places import Spot
from regions.bottlenecks.monitoring.seeing import NUMBERS, Seen
from regions.bottlenecks.monitoring.somewhere import Row
from regions.comparison.templatetags.regions import spelled

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


@register.simple_tag
def severe_sign() -> SafeString:
    """Of an occupation that is severely short over areas."""
    return sign("severe", _("Severe shortage"))


@register.filter
def interval(figures: Figures) -> str:
    """“41–65 %”, the 95 % interval of the rate."""
    if figures.lower is None or figures.upper is None:
        return words.NOTHING
    language = get_language() or "da"
    low = words.number(100 * figures.lower, language=language, decimals=0)
    return f"{low}–\N{WORD JOINER}{words.percent(figures.upper, language=language, decimals=0)}"


@register.filter
def sign_value(value: float | None, unit: Unit) -> str:
    """A value of a sign in its unit: “30,7 %”, “1,4”, “23”."""
    if value is None:
        return words.NOTHING
    language = get_language() or "da"
    if unit == "percent":
        return words.percent(value, language=language)
    if unit == "days":
        return words.number(value, language=language, decimals=0)
    return words.number(value, language=language, decimals=2 if 0 < value < 1 else 1)


@register.simple_tag
def seen_category(seen: Seen | None, tone: str = "") -> SafeString:
    """Sign and word of a category as its reader may see it."""
    if seen is None:
        return sign("too_few", _("Nobody has recruited"), "calm")
    return category_word(seen.category, tone) if seen.category else _hidden()


@register.simple_tag
def seen_answers(seen: Seen | None) -> str:
    """“27 af 88”: attempts that failed, of all; “hidden” where they are few."""
    if seen is None:
        return words.NOTHING
    if seen.hides_answers:
        return _hidden()
    if not seen.figures.attempts:
        return "0"
    return _("%(failed)s of %(attempts)s") % {
        "failed": seen.figures.failed,
        "attempts": seen.figures.attempts,
    }


@register.simple_tag
def seen_number(seen: Seen | None, name: str) -> str:
    """One of the indicators in its unit; “hidden” where it rests on a number that is."""
    if seen is None:
        return words.NOTHING
    number = NUMBERS[name]
    return _hidden() if seen.hides(number.rests_on) else sign_value(seen.number(name), number.unit)


@register.simple_tag
def seen_persons(seen: Seen, name: str) -> str:
    """A number of persons; “hidden” where it is."""
    if seen.hides_persons:
        return _hidden()
    return words.number(getattr(seen.figures, name), language=get_language() or "da")


@register.simple_tag
def grid_cells(row: GridRow, spots: Sequence[Spot], period: str) -> SafeString:
    """The cells of an occupation, each a link to it in its place. Written here, since a page has hundreds."""
    address = reverse("bottlenecks:occupation", args=[row.occupation.code])
    return format_html_join(
        "",
        '<td><a class="ei-cell {}" href="{}?period={}&amp;place={}#place" title="{}">{}{}'
        '<span class="sr-only">, {}</span></a></td>',
        (
            (look, address, period, spot.key, spot.title, category, answers, spot.title)
            for spot, cell in zip(spots, row.cells, strict=True)
            for look, category, answers in [_cell(cell)]
        ),
    )


def _cell(seen: Seen | None) -> tuple[str, SafeString | str, SafeString | str]:
    """Class, category and number of answers of a cell."""
    if seen is None:
        return "ei-cell-none", format_html("<span>{}</span>", words.NOTHING), ""
    if not seen.category:
        return "ei-cell-hidden", format_html("<small>{}</small>", _("hidden")), ""
    counted = format_html(
        '<small>{}<span class="ei-cell-word"> {}</span></small>',
        seen.figures.attempts,
        ngettext("answer", "answers", seen.figures.attempts),
    )
    return cell_class(seen.category), category_word(seen.category, "calm"), counted


@register.simple_tag
def grid_legend() -> SafeString:
    """What the shapes of the narrow cells mean."""
    return format_html_join("", "<li>{}</li>", ((category_word(category, "calm"),) for category in SHAPES))


def _hidden() -> SafeString:
    return format_html('<span class="ei-muted">{}</span>', _("hidden"))


@register.filter
def cell_class(category: str) -> str:
    """How a cell of the matrix looks."""
    return CELLS[Category(category)]


@register.filter
def spelled_out(count: int) -> str:
    """A small number of areas, places or occupations in words: in Danish those are neuter, “et af fem”."""
    text = spelled(count)
    return "et" if text == "en" else text


@register.filter
def listed_occupations(rows: Iterable[Row]) -> str:
    """The occupations of a place, in words."""
    return listed(row.occupation.title for row in rows)


@register.filter
def listed_places(found: Iterable[At]) -> str:
    """The places of an occupation, in words."""
    return listed(at.spot.name for at in found)


@register.filter
def listed(things: Iterable[Any]) -> str:
    """“Nordjylland, Midtjylland og Syddanmark”."""
    return format_list([str(thing) for thing in things], locale=words.spoken(get_language() or "da"))

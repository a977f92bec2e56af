"""The portal's template tags: `{% load ei %}`. How they are used stands in docs/frontend.md."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jobcenter.pages import fields, sheets, words, workdays
from jobcenter.pages.components import SHAPES, Happening, Step

register = template.Library()

ICONS = "vendor/dkfds/img/all-svg-icons.svg"


@register.simple_tag
def icon(name: str, classes: str = "", label: str = "") -> SafeString:
    """An icon of the design system. Without `label` it is decoration; with it, it is read aloud."""
    return _icon(name, classes, label) if label else _decoration(name, classes)


def _icon(name: str, classes: str, label: str) -> SafeString:
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon-svg{}" focusable="false" {}><use href="{}#{}"></use></svg>',
        f" {classes}" if classes else "",
        spoken,
        static(ICONS),
        name,
    )


@lru_cache(maxsize=512)
def _decoration(name: str, classes: str) -> SafeString:
    """Remembered: a page has dozens, and the same as the page before."""
    return _icon(name, classes, "")


@register.simple_tag
def sign(kind: str, text: Any, tone: str = "") -> SafeString:
    """Shape, word and colour together: never the colour alone. Kinds: `components.SHAPES`."""
    shape = SHAPES[kind]
    return format_html(
        '<span class="ei-sign ei-sign-{}">'
        '<svg viewBox="0 0 14 14" aria-hidden="true" focusable="false">{}</svg>{}</span>',
        tone or shape.tone,
        mark_safe(shape.drawing),
        text,
    )


# --- forms ---------------------------------------------------------------------------------------


@register.inclusion_tag("jobcenter/pages/components/field.html")
def field(
    bound: BoundField,
    width: str = "",
    group: str = "",
    label: str = "",
    hint: str = "",
    mark_optional: bool = True,
    hide_label: bool = False,
    look: str = "",
) -> dict[str, Any]:
    """A form field with label, hint and error. Width: xxs xs s m l xl.

    Look: "pick" for chips, "keys" for chips that a digit chooses.
    """
    classes = f"input-width-{width}" if width else ""
    is_chips = look in ("pick", "keys")
    return {
        "field": fields.describe(bound, classes=classes, label=label, hint=hint, as_chips=is_chips),
        "group": group,
        "mark_optional": mark_optional,
        "hide_label": hide_label,
        "look": look,
        "hidden": bound.as_widget() if bound.is_hidden else "",
    }


@register.inclusion_tag("jobcenter/pages/components/error_summary.html")
def error_summary(*shown: forms.BaseForm, heading: str = "") -> dict[str, Any]:
    """What to put right, each line a link to its field. Nothing when the forms have no errors."""
    return {
        "problems": fields.problems(shown),
        "heading": heading or _("Something on the page must be put right"),
    }


@register.simple_tag
def error_prefix(*shown: forms.BaseForm) -> str:
    """“Fejl: ” for the page's title when a form has errors, so that it is heard first."""
    return _("Error: ") if any(form.errors for form in shown) else ""


@register.simple_tag
def counted_checkbox(prefix: str, name: str, choice: Any, said: str) -> SafeString:
    """A box to tick beside a list, with how many it would leave, and in `said` what they are.

    choice: has `value`, `label`, `told`, `is_taken` and `depth`. prefix: of its id, where the boxes stand
    twice on a page. Written here and not in a template, since a page may have a hundred.
    """
    return format_html(
        '<div class="form-group-checkbox{}"><input type="checkbox" class="form-checkbox" id="{}" name="{}"'
        ' value="{}"{}><label class="form-label" for="{}">{}<span class="ei-facet-n">'
        '<span class="sr-only">: </span>{}<span class="sr-only"> {}</span></span></label></div>',
        f" ei-facet-{choice.depth}" if choice.depth else "",
        identity := f"{prefix}-{name}-{choice.value}",
        name,
        choice.value,
        mark_safe(" checked") if choice.is_taken else "",
        identity,
        choice.label,
        choice.told,
        said,
    )


# --- parts of a page -----------------------------------------------------------------------------


@register.inclusion_tag("jobcenter/pages/components/breadcrumbs.html")
def breadcrumbs(*parts: Any) -> dict[str, Any]:
    """`{% breadcrumbs "Companies" url company.name %}`: name and address by turns, the page's name last."""
    if len(parts) % 2 == 0:
        raise template.TemplateSyntaxError("breadcrumbs takes pairs of name and address, and the page's name")
    return {"links": list(zip(parts[:-1:2], parts[1:-1:2], strict=True)), "here": parts[-1]}


@register.inclusion_tag("jobcenter/pages/components/pagination.html", takes_context=True)
def pagination(context: dict[str, Any], page: Page[Any], parameter: str = "side") -> dict[str, Any]:
    """Links to a list's pages; the other values in the address are kept. Nothing for a single page."""
    request: HttpRequest = context["request"]

    kept = request.GET.copy()
    kept.pop(parameter, None)
    begins = f"?{kept.urlencode()}&" if kept else "?"

    def address(number: int) -> str:
        return f"{begins}{parameter}={number}"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "numbers": [(number, address(number) if isinstance(number, int) else "") for number in numbers],
        "first": address(1),
        "last": address(page.paginator.num_pages),
        "previous": address(page.number - 1),
        "next": address(page.number + 1),
    }


@register.inclusion_tag("jobcenter/pages/components/kpi.html")
def kpi(
    name: str,
    value: Any,
    note: str = "",
    unit: str = "",
    url: str = "",
    note_sign: str = "",
    sign_kind: str = "",
) -> dict[str, Any]:
    """A figure: inside `<nav class="ei-kpis">` when it is a link, else inside `<dl class="ei-kpis">`.

    note_sign: words after the sign `sign_kind`, in place of the plain note.
    """
    return {
        "name": name,
        "value": value,
        "note": note,
        "unit": unit,
        "url": url,
        "note_sign": note_sign,
        "sign_kind": sign_kind,
    }


@register.inclusion_tag("jobcenter/pages/components/source_line.html")
def source_line(*parts: Any, downloads: str = "") -> dict[str, Any]:
    """Origin, data date, version. The last line of a box with figures.

    downloads: the address that gives the box as a file, but for the kind: see `file_address`.
    """
    kinds = {"csv": "CSV", "xlsx": "XLSX", "json": "JSON-stat"} if downloads else {}
    return {
        "parts": [part for part in parts if part],
        "downloads": [(name, f"{downloads}{kind}") for kind, name in kinds.items()],
    }


@register.simple_tag(takes_context=True)
def file_address(context: dict[str, Any]) -> str:
    """The page's address as a file, but for the kind, with what is chosen in it: "?period=2026Q3&hent="."""
    kept = context["request"].GET.copy()
    for parameter in ("side", sheets.ASKED):
        kept.pop(parameter, None)
    kept[sheets.ASKED] = ""
    return f"?{kept.urlencode()}"


@register.inclusion_tag("jobcenter/pages/components/downloads.html", takes_context=True)
def downloads(context: dict[str, Any], count: int) -> dict[str, Any]:
    """The whole list as a file, whichever page of it is shown: for a view that asks `sheets.asked`.

    The last line of the list's box; the filters in the address are kept.
    """
    address = file_address(context)
    return {"count": count, "downloads": [(kind.upper(), f"{address}{kind}") for kind in ("csv", "xlsx")]}


@register.inclusion_tag("jobcenter/pages/components/step_indicator.html")
def step_indicator(steps: Sequence[Step], compact: bool = False) -> dict[str, Any]:
    """Where one is in a form of several pages.

    Twice on a page: the list at the left of a wide screen, and `compact=True` above the heading,
    where a small screen says "Step 1 of 5" and opens the list.
    """
    current = next((number for number, step in enumerate(steps, 1) if step.is_current), 1)
    return {"steps": steps, "current": current, "compact": compact}


@register.inclusion_tag("jobcenter/pages/components/steps_down.html")
def steps_down(happenings: Sequence[Happening]) -> dict[str, Any]:
    """What has happened and what comes, downwards."""
    return {"happenings": happenings}


@register.inclusion_tag("jobcenter/pages/components/progress.html")
def progress(done: int, total: int, label: str) -> dict[str, Any]:
    """A bar of stored counts; the counts are said in words beside it."""
    return {"done": done, "total": max(total, 1), "label": label}


@register.inclusion_tag("jobcenter/pages/components/chart.html")
def chart(kind: str, data: dict[str, Any], identity: str, label: str, size: str = "") -> dict[str, Any]:
    """A chart drawn by charts.js from `data`. Size: "", "low", "small".

    Kinds: "funnel", "intervals", "process", "beveridge". The same figures must stand in a table on the page;
    `label` is what is read aloud.
    """
    return {"kind": kind, "data": data, "identity": identity, "label": label, "size": size}


# --- dates and numbers in words --------------------------------------------------------------------


@register.filter
def day(value: date | None) -> str:
    return words.NOTHING if value is None else words.day(_local(value), today=_today(), language=_language())


@register.filter
def day_with_year(value: date | None) -> str:
    return words.NOTHING if value is None else words.day_with_year(_local(value), language=_language())


@register.filter
def day_short(value: date | None) -> str:
    return (
        words.NOTHING
        if value is None
        else words.day_short(_local(value), today=_today(), language=_language())
    )


@register.filter
def day_time(value: datetime | None) -> str:
    if value is None:
        return words.NOTHING
    return words.day_time(timezone.localtime(value), today=_today(), language=_language())


@register.filter
def short_time(value: datetime | None) -> str:
    if value is None:
        return words.NOTHING
    return words.short_time(timezone.localtime(value), today=_today(), language=_language())


@register.filter
def near_day(value: date | None) -> str:
    return (
        words.NOTHING
        if value is None
        else words.near_day(_local(value), today=_today(), language=_language())
    )


@register.filter
def clock(value: datetime | None) -> str:
    return words.NOTHING if value is None else words.clock(timezone.localtime(value), language=_language())


@register.filter
def iso(value: date | None) -> str:
    """For `<time datetime="…">`: local date, or local date and time with its offset."""
    return "" if value is None else _local(value).isoformat()


@register.filter
def ago_or_due(value: datetime | None) -> str:
    """Time left in calendar days, or how late it is."""
    if value is None:
        return words.NOTHING
    return words.time_left(timezone.localtime(value), now=timezone.localtime(), language=_language())


@register.filter
def workdays_left(value: datetime | None) -> str:
    """Time left where the promise is made in working days: "2 hverdage"."""
    if value is None:
        return words.NOTHING
    return words.time_left(
        timezone.localtime(value),
        now=timezone.localtime(),
        language=_language(),
        days=workdays.between,
        unit=(_("working day"), _("working days")),
    )


@register.filter
def number(value: words.Number | None, decimals: int | None = None) -> str:
    return words.number(value, language=_language(), decimals=decimals)


@register.filter
def signed(value: words.Number | None, decimals: int | None = None) -> str:
    return words.signed(value, language=_language(), decimals=decimals)


@register.filter
def percent(value: words.Number | None, decimals: int = 1) -> str:
    return words.percent(value, language=_language(), decimals=decimals)


def _language() -> str:
    return get_language() or "da"


def _today() -> date:
    return timezone.localdate()


def _local(value: date) -> date:
    return timezone.localtime(value) if isinstance(value, datetime) else value

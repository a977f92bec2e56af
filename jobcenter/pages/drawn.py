"""The charts of `charts.js` as SVG that needs no script: for documents and for what is kept. Pure.

    funnel(data)    size across on a logarithmic axis, a result upwards, limits that narrow
    process(data)   figures in order between their limits
    periods(data)   figures in order, each with what chance lets it be

data: as the pages' charts take them (docs/frontend.md). The same data give the same text, byte for byte.
Shapes tell what colours only help with: ◆ and ▲ ▼ stand out, ○ and ● do not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import log10
from typing import Any
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 760, 440
LEFT, RIGHT, TOP, BOTTOM = 56, 56, 40, 56
"""Room around the plot, in pixels."""

INK, SOFT, GREY, RING = "#1a1a1a", "#3f3f3f", "#5c5c5c", "#8e8e8e"
COLOURS = {"own": "#004d99", "warn": "#8a5300", "bad": "#b00000", "good": "#004d99", "": "#004d99"}
SVG = "http://www.w3.org/2000/svg"
FONT = "IBM Plex Sans, system-ui, sans-serif"
LETTER = 7.0
"""Width of one in the legend, in pixels, about."""

LINE = 15
"""Between the lines of a label, in pixels."""

WHISKER = 6
"""Half the width of an interval's ends, in pixels."""

Axis = Callable[[float], float]


def funnel(data: Mapping[str, Any], *, mark: str = "") -> str:
    """mark: a sentence that must not be parted from the chart, such as that it assesses nobody."""
    x = _axis(log10(data["x_min"]), log10(data["x_max"]), LEFT, WIDTH - RIGHT)
    y = _axis(data["y_min"], data["y_max"], HEIGHT - BOTTOM, TOP)

    def across(value: float) -> float:
        return x(log10(value))

    parts = [
        *_ticks_up(data["y_ticks"], y),
        *_ticks_across((across(tick), _told(tick)) for tick in data["x_ticks"]),
        _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, data["x_name"], anchor="middle", size=13),
    ]
    ends = [(data["centre"], _told(data["centre"]))]
    parts.append(_path([(LEFT, y(data["centre"])), (WIDTH - RIGHT, y(data["centre"]))], colour=INK))
    for limit in data["limits"]:
        inside = [
            (across(one), y(min(max(value, data["y_min"]), data["y_max"]))) for one, value in limit["points"]
        ]
        parts.append(_path(inside, colour=GREY, dashed=limit["dashed"]))
        ends.append((limit["points"][-1][1], limit["label"]))
    parts += _ends([(y(value), label) for value, label in ends])
    for group in data["groups"]:
        for point in group["points"]:
            at = (across(point["x"]), y(point["y"]))
            parts.append(_point(group["kind"], *at, is_below=point["y"] < data["centre"]))
            if group["named"]:
                parts.append(_name(point["name"], *at, side=point.get("label", "right")))
    shown = [
        (group["kind"], group["name"], all(point["y"] < data["centre"] for point in group["points"]))
        for group in data["groups"]
        if group["points"]
    ]
    return _drawing([*parts, *_legend(shown)], description=data["description"], mark=mark)


def process(data: Mapping[str, Any], *, mark: str = "") -> str:
    y = _axis(data["y_min"], data["y_max"], HEIGHT - BOTTOM, TOP)
    rows: Sequence[Mapping[str, Any]] = data["rows"]
    step = (WIDTH - LEFT - RIGHT) / len(rows)
    places = [LEFT + step * (place + 0.5) for place in range(len(rows))]
    parts = [
        *_ticks_up(data["y_ticks"], y),
        *_ticks_across((at, row["label"].split("\n")[-1]) for at, row in zip(places, rows, strict=True)),
        _text(LEFT, 22, data["unit"], size=13),
    ]
    for line in data["lines"]:
        ends = [(LEFT, y(line["value"])), (WIDTH - RIGHT, y(line["value"]))]
        parts.append(_path(ends, colour=GREY if line["dashed"] else INK, dashed=line["dashed"]))
    parts += _ends([(y(line["value"]), line["label"]) for line in data["lines"]])
    drawn = [(at, y(row["value"])) for at, row in zip(places, rows, strict=True)]
    parts.append(_path(drawn, colour=COLOURS[""], width=1.6))
    middle = data["lines"][1]["value"]
    parts += [
        _point(row["kind"], *at, is_below=row["value"] < middle) for at, row in zip(drawn, rows, strict=True)
    ]
    return _drawing(parts, description=data["description"], mark=mark)


def periods(data: Mapping[str, Any]) -> str:
    """Without a row, axes and nothing on them."""
    y = _axis(data["y_min"], data["y_max"], HEIGHT - BOTTOM, TOP)
    rows: Sequence[Mapping[str, Any]] = data["rows"]
    step = (WIDTH - LEFT - RIGHT) / max(1, len(rows))
    places = [LEFT + step * (place + 0.5) for place in range(len(rows))]
    middle = data["limit"]["value"]
    parts = [
        *_ticks_up(data["y_ticks"], y),
        *_ticks_across((at, row["label"]) for at, row in zip(places, rows, strict=True)),
        _path([(LEFT, y(middle)), (WIDTH - RIGHT, y(middle))], colour=GREY, dashed=True),
        *_ends([(y(middle), data["limit"]["label"])]),
    ]
    for at, row in zip(places, rows, strict=True):
        low, high, value = (y(row[name]) for name in ("low", "high", "value"))
        parts += [
            _path([(at, low), (at, high)], colour=INK),
            *(_path([(at - WHISKER, end), (at + WHISKER, end)], colour=INK) for end in (low, high)),
            _point(row["kind"], at, value, is_below=row["value"] < middle),
            _text(at + 12, value + 4, f"{row['value']:.0f}", halo=True),
        ]
    return _drawing(parts, description=data["description"])


def _axis(low: float, high: float, start: float, end: float) -> Axis:
    return lambda value: start + (end - start) * (value - low) / (high - low)


def _ticks_up(ticks: Iterable[float], y: Axis) -> list[str]:
    parts = [_path([(LEFT, TOP), (LEFT, HEIGHT - BOTTOM)], colour=INK)]
    for tick in ticks:
        parts.append(_path([(LEFT - 5, y(tick)), (LEFT, y(tick))], colour=INK))
        parts.append(_text(LEFT - 9, y(tick) + 4, _told(tick), anchor="end", colour=SOFT))
    return parts


def _ticks_across(ticks: Iterable[tuple[float, str]]) -> list[str]:
    """A label may have lines of its own."""
    bottom = HEIGHT - BOTTOM
    parts = [_path([(LEFT, bottom), (WIDTH - RIGHT, bottom)], colour=INK)]
    for at, label in ticks:
        parts.append(_path([(at, bottom), (at, bottom + 5)], colour=INK))
        for number, line in enumerate(label.split("\n")):
            parts.append(_text(at, bottom + 19 + LINE * number, line, anchor="middle", colour=SOFT))
    return parts


def _ends(labels: Sequence[tuple[float, str]], *, gap: float = 13) -> list[str]:
    """What lines are called at their right end, moved down where one would stand on another."""
    parts, taken = [], float("-inf")
    for at, label in sorted(labels):
        taken = max(at, taken + gap)
        parts.append(_text(WIDTH - RIGHT + 5, taken + 4, label, colour=GREY))
    return parts


def _point(kind: str, across: float, down: float, *, is_below: bool) -> str:
    match kind:
        case "other":
            shape = f'<circle r="3" fill="none" stroke="{RING}" stroke-width="1.2"'
        case "warn":
            shape = f'<path d="M0 -7l7 7-7 7-7-7z" fill="{COLOURS[kind]}"'
        case "bad" | "good" if is_below:
            shape = f'<path d="M-7 -6h14l-7 13z" fill="{COLOURS[kind]}"'
        case "bad" | "good":
            shape = f'<path d="M-7 6h14l-7 -13z" fill="{COLOURS[kind]}"'
        case _:
            shape = f'<circle r="4" fill="{COLOURS[kind]}"'
    return f'{shape} transform="translate({across:.1f} {down:.1f})"/>'


def _name(name: str, across: float, down: float, *, side: str) -> str:
    anchor = {"right": "start", "left": "end"}.get(side, "middle")
    along = {"right": 11, "left": -11}.get(side, 0)
    below = {"bottom": 22, "top": -12}.get(side, 4)
    return _text(across + along, down + below, name, anchor=anchor, size=13, halo=True)


def _legend(groups: Iterable[tuple[str, str, bool]]) -> list[str]:
    """Each kind once, by its shape. groups: kind, name, and whether all its points lie below the centre."""
    parts, at, seen = [], float(LEFT), set()
    for kind, name, is_below in groups:
        if (kind, name) in seen:
            continue
        seen.add((kind, name))
        parts.append(_point(kind, at + 7, 18, is_below=is_below))
        parts.append(_text(at + 20, 22, name, size=13))
        at += 44 + LETTER * len(name)
    return parts


def _path(
    points: Sequence[tuple[float, float]], *, colour: str, dashed: bool = False, width: float = 1.2
) -> str:
    line = "L".join(f"{across:.1f} {down:.1f}" for across, down in points)
    dashes = ' stroke-dasharray="5 4"' if dashed else ""
    return f'<path d="M{line}" fill="none" stroke="{colour}" stroke-width="{width}"{dashes}/>'


def _text(
    across: float,
    down: float,
    text: str,
    *,
    anchor: str = "start",
    size: int = 12,
    colour: str = INK,
    halo: bool = False,
) -> str:
    """halo: white around the letters, where lines and points lie below them."""
    around = ' stroke="#fff" stroke-width="3" paint-order="stroke"' if halo else ""
    return (
        f'<text x="{across:.1f}" y="{down:.1f}" text-anchor="{anchor}" font-size="{size}" '
        f'fill="{colour}"{around}>{escape(text)}</text>'
    )


def _told(value: float) -> str:
    return f"{value:g}"


def _drawing(parts: Sequence[str], *, description: str, mark: str = "") -> str:
    """White below, so that it can be read on a dark page too."""
    if mark:
        parts = [*parts, _text(WIDTH - 8, 22, mark, anchor="end", size=13, colour=COLOURS["bad"])]
    lines = [
        f'<svg xmlns="{SVG}" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-family="{FONT}">',
        f"<title>{escape(description)}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        *parts,
        "</svg>",
    ]
    return "\n".join(lines) + "\n"

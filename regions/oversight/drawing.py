"""The periods of a flag as an SVG that needs no script: for the document that goes to the journal. Pure.

Shapes tell what colours only help with: ▼ and ▲ lie clearly outside what chance does, ◆ outside, ● within.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 680, 300
LEFT, RIGHT, TOP, BOTTOM = 44, 44, 16, 48
"""Room around the plot, in pixels."""

INK, GREY, WARN, BAD = "#1a1a1a", "#5c5c5c", "#8a5300", "#b00000"
WHISKER, LINE = 6, 15


def periods(chart: Mapping[str, Any]) -> str:
    """chart: as the page takes it (`comparison.periods_chart.draw`). The same chart gives the same text."""
    bottom, top = chart["y_min"], chart["y_max"]

    def down(value: float) -> float:
        return TOP + (top - value) / (top - bottom) * (HEIGHT - TOP - BOTTOM)

    rows = chart["rows"]
    step = (WIDTH - LEFT - RIGHT) / max(1, len(rows))
    parts = [
        *(_text(LEFT - 8, down(tick) + 4, f"{tick}", anchor="end") for tick in chart["y_ticks"]),
        _line(
            LEFT, down(chart["limit"]["value"]), WIDTH - RIGHT, down(chart["limit"]["value"]), is_dashed=True
        ),
        _line(LEFT, TOP, LEFT, HEIGHT - BOTTOM),
        _line(LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM),
    ]
    for place, row in enumerate(rows):
        parts += _period(row, across=LEFT + step * (place + 0.5), down=down, limit=chart["limit"]["value"])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'font-family="sans-serif" font-size="12"><title>{escape(chart["description"])}</title>'
        f"{''.join(parts)}</svg>"
    )


def _period(
    row: Mapping[str, Any], *, across: float, down: Callable[[float], float], limit: float
) -> list[str]:
    low, high, value = (down(row[name]) for name in ("low", "high", "value"))
    return [
        _line(across, low, across, high),
        _line(across - WHISKER, low, across + WHISKER, low),
        _line(across - WHISKER, high, across + WHISKER, high),
        _point(row["kind"], across, value, is_below=row["value"] < limit),
        _text(across + 12, value + 4, f"{row['value']:.0f}", halo=True),
        *(
            _text(across, HEIGHT - BOTTOM + LINE * (1 + number), line, anchor="middle")
            for number, line in enumerate(row["label"].split("\n"))
        ),
    ]


def _point(kind: str, across: float, down: float, *, is_below: bool) -> str:
    match kind:
        case "bad":
            shape = f'<path d="M-7 {"-6h14l-7 13" if is_below else "6h14l-7 -13"}z" fill="{BAD}"'
        case "warn":
            shape = f'<path d="M0 -7l7 7-7 7-7-7z" fill="{WARN}"'
        case _:
            shape = f'<circle r="5" fill="{INK}"'
    return f'{shape} transform="translate({across:.1f} {down:.1f})"/>'


def _line(left: float, top: float, right: float, bottom: float, *, is_dashed: bool = False) -> str:
    dashes = f' stroke-dasharray="5 4" stroke="{GREY}"' if is_dashed else f' stroke="{INK}"'
    return f'<path d="M{left:.1f} {top:.1f}L{right:.1f} {bottom:.1f}" stroke-width="1.4"{dashes}/>'


def _text(across: float, down: float, text: str, *, anchor: str = "start", halo: bool = False) -> str:
    """halo: white around the letters, where lines lie below them."""
    around = ' stroke="#fff" stroke-width="3" paint-order="stroke"' if halo else ""
    return (
        f'<text x="{across:.1f}" y="{down:.1f}" text-anchor="{anchor}" fill="{INK}"{around}>'
        f"{escape(text)}</text>"
    )

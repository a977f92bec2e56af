"""The illustration as text: the page that explains the method on it, and the file with every figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from jobcenter.pages import words
from jobcenter.pages.sheets import Column
from regions.comparison.funnel import ALARM, ALERT
from regions.comparison.process import Process, Rule
from regions.illustration.panel import CONDITIONS, YEARS, Topic
from regions.illustration.years import Illustration, Line, Year, cusum_of, process_of

TEXT = Path(__file__).parent / "method.md"

MARK = gettext_lazy("Illustration, not assessment")

YEAR, EXAMPLE = 2019, "0259"
"""What the page explains the method on: the last year before the pandemic, and Køge."""

RULES = {
    Rule.OUTSIDE_LIMITS: "outside the limits in",
    Rule.TREND_OF_SEVEN: "part of a trend of seven in",
    Rule.TWO_OF_THREE: "two of three in the outer third in",
    Rule.SEVEN_ON_ONE_SIDE: "seven on one side in",
}


def rows_of(years: Sequence[Year]) -> Iterator[tuple[Year, Line]]:
    """Every line of the file: a municipality in a year."""
    return ((year, line) for year in years for line in year.lines)


def _outside(line: Line) -> str:
    """Which limit the line lies beyond; nothing inside both."""
    if not line.standing.is_notable:
        return ""
    return "99.8 %" if line.standing.is_clear else "95 %"


COLUMNS: Sequence[Column[tuple[Year, Line]]] = [
    Column(gettext_lazy("What this is"), lambda row: MARK),
    Column(gettext_lazy("Year"), lambda row: row[0].year),
    Column(gettext_lazy("Result"), lambda row: row[0].topic.heading),
    Column(gettext_lazy("Municipality code"), lambda row: row[1].code),
    Column(gettext_lazy("Municipality"), lambda row: row[1].name),
    Column(gettext_lazy("Actual"), lambda row: row[1].actual),
    Column(gettext_lazy("Residents"), lambda row: row[1].base),
    Column(gettext_lazy("Expected"), lambda row: round(row[1].expected, 2)),
    Column(gettext_lazy("Difference, persons"), lambda row: round(row[1].difference, 2)),
    Column(gettext_lazy("Difference, percentage points"), lambda row: round(row[1].points, 4)),
    Column(gettext_lazy("In per cent of expected"), lambda row: round(row[1].ratio, 2)),
    Column(gettext_lazy("Share, lower end"), lambda row: round(100 * row[1].interval.lower, 4)),
    Column(gettext_lazy("Share, upper end"), lambda row: round(100 * row[1].interval.upper, 4)),
    Column("z", lambda row: round(row[1].z, 4)),
    Column(gettext_lazy("z, adjusted for over-dispersion"), lambda row: round(row[1].z_adjusted, 4)),
    Column("p", lambda row: round(row[1].p, 6)),
    Column(
        gettext_lazy("p, adjusted for the number of comparisons"), lambda row: round(row[1].p_adjusted, 6)
    ),
    Column(pgettext_lazy("limit", "Outside"), lambda row: _outside(row[1])),
    Column(gettext_lazy("Peers"), lambda row: " ".join(row[0].peers.of[row[1].code])),
]


def method(illustration: Illustration) -> str:
    """docs/method.md, every figure in it computed."""
    text = TEXT.read_text(encoding="utf-8")
    return text.format_map(_facts(illustration))


def _facts(illustration: Illustration) -> dict[str, Any]:
    """What stands in the text, by the word it has there."""
    year = illustration.year(Topic.UNEMPLOYED, YEAR)
    every_year = [one for topic in Topic for one in illustration.years[topic]]
    of_the_year = [line for topic in Topic for line in illustration.year(topic, YEAR).lines]
    everything = [(one, line) for one in every_year for line in one.lines]
    one = year.of(EXAMPLE)
    largest, smallest = (edge(year.lines, key=lambda line: line.base) for edge in (max, min))
    extreme_year, extreme = max(everything, key=lambda row: row[1].ratio)
    fewest_year, fewest = min(everything, key=lambda row: row[1].actual)
    over_time = illustration.over_time(Topic.UNEMPLOYED, EXAMPLE)
    process = process_of(over_time)
    return {
        "mark": MARK,
        "municipalities": len(year.lines),
        "first": YEARS[0],
        "last": YEARS[-1],
        "year": YEAR,
        "name": one.name,
        "coefficients": "\n".join(
            f"| {condition} | {_signed(100 * weight, 3)} |"
            for condition, weight in zip(CONDITIONS, year.coefficients, strict=True)
        ),
        "base": f"{one.base:,}",
        "actual": f"{one.actual:,}",
        "expected": f"{one.expected:,.0f}",
        "expected_share": _per_cent(one.expected_share),
        "difference": _signed(one.difference, 0),
        "points": _signed(one.points, 2),
        "ratio": f"{one.ratio:.0f}",
        "largest": largest.name,
        "smallest": smallest.name,
        "times": f"{largest.base / smallest.base:.0f}",
        "largest_share": _per_cent(largest.share),
        "with_itself": _per_cent(_with_itself(illustration, year, largest)),
        "without_itself": _per_cent(largest.expected_share),
        "leverage": f"{largest.leverage:.2f}",
        "r_squared": _explained(year),
        "least_r_squared": _explained(min(every_year, key=lambda one: one.r_squared)),
        "most_r_squared": _explained(max(every_year, key=lambda one: one.r_squared)),
        "extreme": extreme.name,
        "extreme_year": extreme_year.year,
        "extreme_expected": f"{extreme.expected:.0f}",
        "extreme_actual": extreme.actual,
        "outside_by_chance": _by_chance(year),
        "outside": len(year.out_of_line),
        "phi": f"{year.phi:.1f}",
        "tau": f"{year.tau:.3f}",
        "z": _signed(one.z, 2),
        "z_adjusted": _signed(one.z_adjusted, 2),
        "p": f"{one.p:.2f}",
        "comparisons": len(of_the_year),
        "raw": sum(line.p < 0.05 for line in of_the_year),
        "adjusted": sum(line.p_adjusted < 0.05 for line in of_the_year),
        "small_share": smallest.actual,
        "small_base": f"{smallest.base:,}",
        "small_lower": _per_cent(smallest.interval.lower),
        "small_upper": _per_cent(smallest.interval.upper),
        "large_lower": _per_cent(largest.interval.lower),
        "large_upper": _per_cent(largest.interval.upper),
        "mean": f"{process.mean:.1f}",
        "moving": f"{process.average_moving_range:.1f}",
        "lower": f"{process.lower:.1f}",
        "upper": f"{process.upper:.1f}",
        "rules": "; ".join(_broken(process)),
        "cusum_highest": f"{cusum_of(over_time).sums.max():.1f}",
        "cusum_alarms": sum(
            bool(cusum_of(illustration.over_time(Topic.UNEMPLOYED, line.code)).alarms.any())
            for line in year.lines
        ),
        "peers": ", ".join(
            f"{year.of(code).name} ({_per_cent(year.of(code).expected_share)})"
            for code in year.peers.of[EXAMPLE]
        ),
        "compared_with": ", ".join(year.of(code).name for code in year.peers.compared_with(EXAMPLE)),
        "fewest": fewest.actual,
        "fewest_name": fewest.name,
        "fewest_year": fewest_year.year,
        "every_year": "\n\n".join(_table(topic, illustration.years[topic]) for topic in Topic),
    }


def _with_itself(illustration: Illustration, year: Year, line: Line) -> float:
    """What would be expected of a municipality by the line fitted to all, itself among them."""
    conditions = illustration.panel.conditions[YEARS.index(year.year), line.pk]
    return year.intercept + float(conditions @ year.coefficients)


def _by_chance(year: Year) -> int:
    """How many lie outside the limits when nothing but chance is allowed for."""
    return sum(abs(line.z) > ALERT for line in year.lines)


def _broken(process: Process) -> Iterator[str]:
    """Each rule that some figure has part in breaking, with those years."""
    for rule, name in RULES.items():
        if years := [str(year) for year, hit in zip(YEARS, process.hits[rule], strict=True) if hit]:
            yield f"{name} {', '.join(years)}"


def _table(topic: Topic, years: Sequence[Year]) -> str:
    lines = [
        f"**{topic.heading}**",
        "",
        "| Year | All, % | Explained | φ | τ | Outside by chance alone | Above expected | Below expected |",
        "|---|---|---|---|---|---|---|---|",
        *(
            f"| {year.year} | {100 * year.share:.2f} | {_explained(year)} | {year.phi:.1f} "
            f"| {year.tau:.3f} | {_by_chance(year)} | {_names(year.above)} | {_names(year.below)} |"
            for year in years
        ),
    ]
    return "\n".join(lines)


def _names(lines: Sequence[Line]) -> str:
    return (
        ", ".join(f"**{line.name}**" if abs(line.z_adjusted) >= ALARM else line.name for line in lines)
        or "none"
    )


def _explained(year: Year) -> str:
    return f"{100 * year.r_squared:.0f} %"


def _signed(value: float, decimals: int) -> str:
    return words.signed(value, language="en", decimals=decimals)


def _per_cent(share: float) -> str:
    return f"{100 * share:.2f} %"

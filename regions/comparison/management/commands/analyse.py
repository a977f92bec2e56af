"""`manage.py analyse funnel|process|expected FILE.csv [--json]`: for whoever wants to try a measure."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations

from regions.comparison import analysing
from regions.measures.direction import Direction


class Command(BaseCommand):
    help = (
        "Put the figures of a CSV file through the portal's arithmetic; nothing is saved. Columns: "
        "unit,numerator,denominator for a funnel; period,value for a process; "
        "unit,numerator,denominator,x1,x2,… for what to expect."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("how", choices=["funnel", "process", "expected"])
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="every figure, for a program")
        parser.add_argument(
            "--direction",
            type=Direction,
            choices=[Direction.HIGHER_BETTER, Direction.LOWER_BETTER],
            help="which way is good: p then asks for worse alone, else for a difference either way",
        )

    @no_translations
    def handle(
        self,
        *args: Any,
        how: str,
        file: Path,
        json: bool,
        direction: Direction | None,
        **options: Any,
    ) -> None:
        if direction and how != "funnel":
            raise CommandError("--direction belongs to a funnel.")
        try:
            found = _analysed(how, file.read_bytes(), direction)
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(_as_json(found) if json else _as_text(found))


def _analysed(how: str, content: bytes, direction: Direction | None) -> dict[str, Any]:
    match how:
        case "funnel":
            return analysing.funnel(content, direction=direction)
        case "process":
            return analysing.process_over_time(content)
        case _:
            return analysing.expected(content)


def _as_json(found: dict[str, Any]) -> str:
    return json.dumps(found, indent=2, ensure_ascii=False, allow_nan=False)


def _as_text(found: dict[str, Any]) -> str:
    """The figures of the whole, then a line for each unit or period."""
    whole = {name: value for name, value in found.items() if not _is_table(value)}
    lines = [f"{name}: {_shown(value)}" for name, value in whole.items()]
    for rows in (value for value in found.values() if _is_table(value)):
        table = [list(rows[0]), *([_shown(value) for value in row.values()] for row in rows)]
        widths = [max(len(line[place]) for line in table) for place in range(len(table[0]))]
        lines.append("")
        lines += ["  ".join(map(str.ljust, line, widths)).rstrip() for line in table]
    return "\n".join(lines)


def _is_table(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _shown(value: Any) -> str:
    match value:
        case float():
            return f"{value:.6g}"
        case list():
            return ", ".join(map(str, value)) or "–"
        case dict():
            return ", ".join(f"{name} {_shown(one)}" for name, one in value.items())
        case None:
            return "–"
    return str(value)

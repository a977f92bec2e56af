"""The definition files, checked: what is wrong with them in sentences, and how each version reads.

    definitions/job_after_6_months.toml    the measure as it is defined now
    sealed/job_after_6_months.1.toml       how version 1 reads, kept when it came into force

A sealed version is never edited. Whoever changes a definition gives it the next version and a date, and
seals it, so that a result that names version 1 can be explained by the text of version 1.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from regions.measures.models import Measure

HERE = Path(__file__).parent
DEFINITIONS = HERE / "definitions"
SEALED = HERE / "sealed"

LANGUAGES = ("da", "en")
TEXTS = ("title", "shows", "computed", "split", "source", "numerator", "denominator")
BASE = ("numerator", "denominator")
FACTS: Mapping[str, type] = {
    "kind": str,
    "direction": str,
    "unit": str,
    "period_type": str,
    "mature_after": int,
    "least_base": int,
    "is_fictional": bool,
    "version": int,
    "valid_from": date,
    "author": str,
    "checker": str,
    "next_review": date,
}
NAMES_OF_TYPES = {
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    date: "a date such as 2026-11-01",
}
CHOICES = {
    "kind": Measure.Kind.values,
    "direction": Measure.Direction.values,
    "unit": Measure.Unit.values,
    "period_type": Measure.PeriodType.values,
}
LEAST = {"version": 1, "least_base": 1, "mature_after": 0}
MOST = {"version": 1_000, "least_base": 1_000_000, "mature_after": 240}
LONGEST = {
    "title": 200,
    "source": 300,
    "numerator": 300,
    "denominator": 300,
    "author": 120,
    "checker": 120,
}
"""Letters, as many as the columns hold."""

UNSEALED = frozenset({"next_review"})
"""What may change without a new version: that somebody has looked at a definition changes no figure."""

Said = Mapping[str, Any]


@dataclass(frozen=True)
class Fault:
    """What is wrong with a file, and on which line, counted from 1 as an editor counts."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


def faults(*, definitions: Path = DEFINITIONS, sealed: Path = SEALED) -> list[Fault]:
    """Everything that is wrong with the definitions; none when they can be used."""
    found = []
    for path in sorted(definitions.glob("*.toml")):
        wrong = faults_of(path, sealed=sealed)
        found += wrong
        if not wrong and not _seal_of(path, sealed=sealed).exists():
            found.append(Fault(path.name, 1, "is not sealed: run “manage.py measures seal”"))
    defined = {path.stem for path in definitions.glob("*.toml")}
    found += [
        Fault(path.name, 1, "the measure has no definition any more: it is kept, since results may name it")
        for path in sorted(sealed.glob("*.toml"))
        if path.name.split(".")[0] not in defined
    ]
    return found


def faults_of(path: Path, *, sealed: Path = SEALED) -> list[Fault]:
    """What is wrong with one definition: by itself, or else beside the versions that are sealed."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return [Fault(path.name, 1, "is not UTF-8")]
    if text.startswith("\ufeff"):
        return [Fault(path.name, 1, "begins with a byte order mark: save it as UTF-8 without one")]
    found = list(faults_in(text, file=path.name))
    if not found:
        wrong = _out_of_step(path.stem, tomllib.loads(text), sealed=sealed)
        if wrong:
            found.append(Fault(path.name, line_of("version", text), f"version: {wrong}"))
    return found


def overdue(*, on: date, definitions: Path = DEFINITIONS) -> list[Fault]:
    """Definitions whose review was due before the day. They can be used, and somebody should look at them."""
    found = []
    for path in sorted(definitions.glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        due = tomllib.loads(text)["next_review"]
        if due < on:
            found.append(Fault(path.name, line_of("next_review", text), f"the review was due on {due}"))
    return found


def seal(*, definitions: Path = DEFINITIONS, sealed: Path = SEALED) -> list[str]:
    """Keep how each faultless version reads that is not kept yet; returns the names of the new files."""
    made = []
    for path in sorted(definitions.glob("*.toml")):
        if not faults_of(path, sealed=sealed):
            kept = _seal_of(path, sealed=sealed)
            if not kept.exists():
                kept.write_bytes(path.read_bytes())
                made.append(kept.name)
    return made


def _seal_of(path: Path, *, sealed: Path) -> Path:
    """Where a definition's own version is kept."""
    version = tomllib.loads(path.read_text(encoding="utf-8"))["version"]
    return sealed / f"{path.stem}.{version}.toml"


def versions(*, sealed: Path = SEALED) -> Iterator[tuple[str, Said]]:
    """Every sealed version: the measure's code, and what it says."""
    for path in sorted(sealed.glob("*.toml")):
        yield path.name.split(".")[0], tomllib.loads(path.read_text(encoding="utf-8"))


def faults_in(text: str, *, file: str) -> Iterator[Fault]:
    """What one definition gets wrong by itself."""

    def fault(name: str, said: str) -> Fault:
        return Fault(file, line_of(name, text), f"{name}: {said}")

    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        yield Fault(file, int(line[1]) if line else 1, f"this is not TOML: {error}")
        return
    if not re.fullmatch(r"[a-z][a-z0-9_]*\.toml", file):
        yield Fault(file, 1, "the file's name is the measure's code: small letters, digits and underscores")
    for name in said.keys() - FACTS.keys() - set(TEXTS):
        yield fault(name, "no measure has this")
    usable = {}
    for name, kind in FACTS.items():
        if name not in said:
            yield Fault(file, 1, f"{name} is missing")
        elif type(said[name]) is not kind:
            yield fault(name, f"must be {NAMES_OF_TYPES[kind]}")
        elif kind is str and not said[name].strip():
            yield fault(name, "is empty")
        elif name in CHOICES and said[name] not in CHOICES[name]:
            yield fault(name, f"there is no “{said[name]}”, but {', '.join(CHOICES[name])}")
        elif name in LEAST and not LEAST[name] <= said[name] <= MOST[name]:
            yield fault(name, f"must lie between {LEAST[name]} and {MOST[name]}")
        elif kind is str and (wrong := _unkeepable(name, said[name])):
            yield fault(name, wrong)
        else:
            usable[name] = said[name]
    for name in TEXTS:
        wrong = _wrong_with_text(name, said.get(name))
        if wrong:
            yield fault(name, wrong)
        else:
            usable[name] = said[name]
    yield from (fault(name, wrong) for name, wrong in _contradictions(usable))


def _wrong_with_text(name: str, said: Any) -> str:
    """Why a text cannot be used; "" when it can."""
    if not isinstance(said, Mapping) or set(said) != set(LANGUAGES):
        return "must be there in both languages, da and en, and in no other"
    texts = [said[language] for language in LANGUAGES]
    if not all(isinstance(text, str) for text in texts):
        return "must be a text in both languages"
    are_filled = [bool(text.strip()) for text in texts]
    if not all(are_filled) and (name not in BASE or any(are_filled)):
        return "is empty in one language" if any(are_filled) else "is empty"
    return next(filter(None, (_unkeepable(name, text) for text in texts)), "")


def _unkeepable(name: str, text: str) -> str:
    """Why the database could not keep a text; "" when it can."""
    if "\0" in text:
        return "holds a character that is none (NUL)"
    longest = LONGEST.get(name)
    return f"is longer than {longest} letters" if longest and len(text) > longest else ""


def _contradictions(said: Said) -> Iterator[tuple[str, str]]:
    """What cannot be true together, of what is usable by itself."""
    kind, direction = said.get("kind"), said.get("direction")
    if kind == Measure.Kind.LABOUR_MARKET and direction not in (None, Measure.Direction.NEUTRAL):
        yield "direction", "a fact about the labour market is nobody's result: it is neutral"
    if kind == Measure.Kind.LEGAL_REQUIREMENT and direction == Measure.Direction.NEUTRAL:
        yield "direction", "a legal requirement is kept or broken: it is not neutral"
    if "author" in said and _name(said["author"]) == _name(said.get("checker", "")):
        yield "checker", "nobody checks what they wrote themselves"
    if {"next_review", "valid_from"} <= said.keys() and said["next_review"] <= said["valid_from"]:
        yield "next_review", "must lie after valid_from"
    if {*BASE} <= said.keys() and said["denominator"]["da"].strip() and not said["numerator"]["da"].strip():
        yield "numerator", "is empty, and there is a denominator"


def _name(of_somebody: str) -> str:
    return " ".join(of_somebody.casefold().split())


def _out_of_step(code: str, said: Said, *, sealed: Path) -> str:
    """Why a definition cannot stand beside the sealed versions; "" when it can, sealed itself or not."""
    version = said["version"]
    if (sealed / f"{code}.{version + 1}.toml").exists():
        return f"{version} is not the latest that was sealed"
    kept, before = (sealed / f"{code}.{number}.toml" for number in (version, version - 1))
    if kept.exists():
        changed = differences(said, tomllib.loads(kept.read_text(encoding="utf-8")))
        return changed and (
            f"{version} was sealed and reads otherwise now ({changed}): "
            f"a changed definition is version {version + 1}, with a valid_from of its own"
        )
    if version == 1:
        return ""
    if not before.exists():
        return f"{version} comes after a version that was never sealed"
    if tomllib.loads(before.read_text(encoding="utf-8"))["valid_from"] >= said["valid_from"]:
        return f"{version} must be valid from a later day than {version - 1}"
    return ""


def differences(one: Said, other: Said) -> str:
    """The names of what two versions say differently, in the order of the file."""
    names = (*FACTS, *TEXTS)
    return ", ".join(name for name in names if name not in UNSEALED and one.get(name) != other.get(name))


def line_of(name: str, text: str) -> int:
    """The line on which a field or a table begins; 1 when it is not there."""
    begins = re.compile(rf"\[{re.escape(name)}\]|{re.escape(name)}\s*[=.]")
    return next((number for number, line in enumerate(text.splitlines(), 1) if begins.match(line)), 1)

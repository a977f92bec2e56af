"""The Danish catalogue: found in the sources, merged, checked and compiled with Babel alone.

The source strings are English. `locale/<language>/LC_MESSAGES/django.po` is kept in the repository,
sorted and without locations, so that two people's additions meet in different lines. The compiled
file is made by each installation, in its own folder, and is never kept.

Django's own strings and those of django-allauth have Danish catalogues of their own. The few that ours says
better stand in `borrowed.py`, so that a source of ours holds them.
"""

import fcntl
import io
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCES = ("jobcenter", "employers", "regions", "templates")
TEMPLATE_SUFFIXES = (".html", ".txt")
WIDTH = 110
FUNCTIONS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_PLACEHOLDER = re.compile(r"%(?:\((?P<name>\w+)\))?[-+ 0#]*\d*(?:\.\d+)?(?P<kind>[a-zA-Z%])")

Found = tuple[str | tuple[str, ...], str | None]
"""A string, or singular and plural, and its context."""


def extract(root: Path, *, folders: Iterable[str] = SOURCES) -> Catalog:
    """Every string marked for translation in the Python files and templates under `root`.

    Raises SyntaxError naming the file when a template cannot be read.
    """
    found = Catalog(charset="utf-8", fuzzy=False)
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            for text, context in _strings_of(path):
                found.add(text, context=context)
    return found


def update(root: Path, po_file: Path) -> tuple[list[str], list[str]]:
    """Merge what the sources hold into the catalogue; returns the strings added and those dropped.

    Nothing is guessed from similar strings, and a string no source holds any more is removed.
    """
    with locked(po_file):
        catalogue = load(po_file)
        before = {_key(message): _name(message) for message in catalogue if message.id}
        found = extract(root)
        catalogue.update(found, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        after = {_key(message): _name(message) for message in catalogue if message.id}
        save(catalogue, po_file)
    added = [name for key, name in after.items() if key not in before]
    dropped = [name for key, name in before.items() if key not in after]
    return added, dropped


def faults(root: Path, po_file: Path) -> list[str]:
    """What is wrong with the catalogue, a sentence each: missing, empty, unused, or other placeholders."""
    catalogue = load(po_file)
    found = extract(root)
    wanted = {_key(message) for message in found if message.id}
    kept = {_key(message): message for message in catalogue if message.id}
    lacking = [message for message in found if message.id and _key(message) not in kept]
    told = [f"not in the catalogue: {_name(message)}" for message in lacking]
    for key, message in kept.items():
        if key not in wanted:
            told.append(f"in the catalogue, but in no source: {_name(message)}")
        elif not _is_translated(message):
            told.append(f"not translated: {_name(message)}")
        elif message.fuzzy:
            told.append(f"marked as a guess: {_name(message)}")
        else:
            told.extend(f"{fault}: {_name(message)}" for fault in _differences(message))
    return told


def compile_to(po_file: Path, mo_file: Path) -> None:
    """Write the compiled catalogue; whoever reads meanwhile sees the old one or the new one whole."""
    mo_file.parent.mkdir(parents=True, exist_ok=True)
    compiled = io.BytesIO()
    write_mo(compiled, load(po_file))
    handle, name = tempfile.mkstemp(dir=mo_file.parent, prefix=".django-", suffix=".mo")
    with os.fdopen(handle, "wb") as temporary:
        temporary.write(compiled.getvalue())
    Path(name).chmod(0o644)
    Path(name).replace(mo_file)


def load(po_file: Path) -> Catalog:
    if not po_file.exists():
        return Catalog(locale=po_file.parent.parent.name, project="Én Indgang", charset="utf-8", fuzzy=False)
    with po_file.open("rb") as opened:
        return read_po(opened, locale=po_file.parent.parent.name)


def save(catalogue: Catalog, po_file: Path) -> None:
    po_file.parent.mkdir(parents=True, exist_ok=True)
    written = io.BytesIO()
    write_po(written, catalogue, width=WIDTH, sort_output=True, no_location=True, ignore_obsolete=True)
    po_file.write_bytes(written.getvalue())


@contextmanager
def locked(po_file: Path) -> Iterator[None]:
    """Alone with the catalogue: two updates at once wait for each other."""
    po_file.parent.mkdir(parents=True, exist_ok=True)
    folder = os.open(po_file.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _strings_of(path: Path) -> Iterator[Found]:
    if path.suffix == ".py":
        source = path.read_text(encoding="utf-8")
    elif path.suffix in TEMPLATE_SUFFIXES and "templates" in path.parts:
        # What stands around the strings becomes letters, which indented would be read as Python's blocks.
        flat = templatize(path.read_text(encoding="utf-8"), origin=str(path)).splitlines()
        source = "\n".join(line.lstrip() for line in flat)
    else:
        return
    # Babel's own account of its types leaves out functions with several strings.
    calls: Any = extract_python(io.BytesIO(source.encode()), FUNCTIONS, [], {"encoding": "utf-8"})
    for _, function, texts, _ in calls:
        given = texts if isinstance(texts, tuple) else (texts,)
        places = FUNCTIONS[function] or (1,)
        chosen = tuple(given[place - 1] for place in places if isinstance(place, int))
        if all(chosen):
            context = next((given[place[0] - 1] for place in places if isinstance(place, tuple)), None)
            yield (chosen if len(chosen) > 1 else chosen[0]), context


def _forms(text: Any) -> list[str]:
    """A message's singular and plural, or its only form."""
    return [form or "" for form in text] if isinstance(text, list | tuple) else [text or ""]


def _key(message: Message) -> tuple[str, str | None]:
    return _forms(message.id)[0], message.context


def _name(message: Message) -> str:
    return f"“{_forms(message.id)[0]}”" + (f" ({message.context})" if message.context else "")


def _is_translated(message: Message) -> bool:
    strings = _forms(message.string)
    return len(strings) >= len(_forms(message.id)) and all(strings)


def _differences(message: Message) -> Iterator[str]:
    """Placeholders and edges in which the translation differs from the source.

    The singular may leave a number out: "one day" for "%(count)s day".
    """
    ids, strings = _forms(message.id), _forms(message.string)
    for form, translated in enumerate(strings):
        source = ids[min(form, len(ids) - 1)]
        wanted, given = _placeholders(source), _placeholders(translated)
        missing, strange = wanted - given, given - wanted
        if len(ids) > 1 and form == 0:
            missing, strange = set(), given - _placeholders(ids[-1]) - wanted
        if missing or strange:
            yield f"other placeholders ({', '.join(sorted(missing | strange))})"
        if _edges(source) != _edges(translated):
            yield "another space or line at an end"


def _edges(text: str) -> tuple[bool, bool]:
    return text[:1].isspace(), text[-1:].isspace()


def _placeholders(text: str) -> set[str]:
    """`%(name)s`, `%s` and `%d`; a percentage sign in running text is none."""
    return {
        match.group(0)
        for match in _PLACEHOLDER.finditer(text)
        if match.group("name") or match.group("kind") in ("s", "d")
    }

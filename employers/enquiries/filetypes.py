"""What a file is, judged by its content and not by its name. Pure: bytes in, a kind or a fault out."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from enum import StrEnum
from typing import BinaryIO

import puremagic

HEAD = 8192
LONGEST_NAME = 100
MOST_PARTS = 5000
"""An office document is an archive of parts; one with more is not opened."""

ENDINGS: dict[str, tuple[str, ...]] = {
    "pdf": ("pdf",),
    "png": ("png",),
    "jpeg": ("jpg", "jpeg", "jfif"),
    "docx": ("docx",),
    "xlsx": ("xlsx",),
    "odt": ("odt",),
    "text": ("txt", "text", "csv", "md"),
}
"""The kinds that are received, and how their names may end; the first is used where a name has none."""

BY_MIME = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpeg"}
PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
ODT = b"application/vnd.oasis.opendocument.text"


class Fault(StrEnum):
    """Why a file is not received."""

    EMPTY = "empty"
    UNKNOWN = "unknown"
    MACROS = "macros"
    OTHER_NAME = "other name"


class Unfit(ValueError):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def judge(name: str, file: BinaryIO) -> str:
    """The kind of the file. Raises Unfit where it is none of ours, or its name says it is another."""
    kind = recognise(file)
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending and ending not in ENDINGS[kind]:
        raise Unfit(Fault.OTHER_NAME)
    return kind


def recognise(file: BinaryIO) -> str:
    """By the content alone. Raises Unfit."""
    file.seek(0)
    head = file.read(HEAD)
    if not head:
        raise Unfit(Fault.EMPTY)
    if head.startswith(b"PK"):
        return _in_archive(file)
    kind = BY_MIME.get(_mime(head), "")
    if kind and not (kind == "pdf" and not head.startswith(b"%PDF-")):
        return kind
    if _is_text(file):
        return "text"
    raise Unfit(Fault.UNKNOWN)


def clean_name(name: str, *, kind: str) -> str:
    """The name as it may be written anywhere: no folders, no control or direction characters, not endless."""
    base = unicodedata.normalize("NFC", re.split(r"[\\/]", name)[-1])
    shown = "".join(letter for letter in base if unicodedata.category(letter)[0] != "C")
    stem, dot, ending = re.sub(r'[<>:"|?*%;]', "_", " ".join(shown.split())).rpartition(".")
    if not dot:
        stem, ending = ending, ENDINGS[kind][0]
    stem = stem.strip(". ")[: LONGEST_NAME - len(ending) - 1].rstrip(". ")
    return f"{stem or 'fil'}.{ending.lower()}"


def _mime(head: bytes) -> str:
    try:
        return str(puremagic.from_string(head, mime=True))
    except (puremagic.PureError, ValueError):
        return ""


def _in_archive(file: BinaryIO) -> str:
    """Which office document it is. Only the list of parts and a short text are read."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if len(parts) > MOST_PARTS or any(part.flag_bits & 1 for part in parts):
                raise Unfit(Fault.UNKNOWN)
            if any(name.lower().endswith(("vbaproject.bin", ".exe", ".js", ".vbs")) for name in names):
                raise Unfit(Fault.MACROS)
            if "[Content_Types].xml" in names:
                for kind, part in PARTS.items():
                    if part in names:
                        return kind
            if "mimetype" in names and archive.getinfo("mimetype").file_size == len(ODT):
                with archive.open("mimetype") as said:
                    if said.read(len(ODT)) == ODT and "content.xml" in names:
                        return "odt"
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, RuntimeError) as error:
        if isinstance(error, Unfit):
            raise
    raise Unfit(Fault.UNKNOWN)


def _is_text(file: BinaryIO) -> bool:
    """Text that people write: readable as UTF-8 or as Windows does, without control characters or markup."""
    file.seek(0)
    content = file.read()
    if re.search(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]", content):
        return False
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError:
            return False
    return not re.match(r"\s*(<[!?a-zA-Z]|#!|%!|%PDF|\{\\rtf)", text)

"""What costs much to find and may be a little old: kept in the memory of the process that found it.

Only for what is no worse for it: reference data, and numbers whose age the page tells. Each process finds
its own, so nothing has to be there but the database.
"""

from __future__ import annotations

from time import monotonic
from typing import Any, ClassVar, Generic, TypeVar

Key = TypeVar("Key")
Found = TypeVar("Found")


class Kept(Generic[Key, Found]):
    """So many things for so many seconds; the oldest gives way."""

    all: ClassVar[list[Kept[Any, Any]]] = []

    def __init__(self, *, seconds: float, most: int) -> None:
        self.seconds, self.most = seconds, most
        self.found: dict[Key, tuple[float, Found]] = {}
        self.all.append(self)

    def get(self, key: Key) -> Found | None:
        """What is kept and not too old."""
        kept_at, found = self.found.get(key, (0.0, None))
        return found if monotonic() - kept_at < self.seconds else None

    def put(self, key: Key, found: Found) -> Found:
        self.found.pop(key, None)
        self.found[key] = monotonic(), found
        while len(self.found) > self.most:
            self.found.pop(next(iter(self.found)), None)
        return found

    @classmethod
    def forget_all(cls) -> None:
        """So that one test knows nothing of another."""
        for kept in cls.all:
            kept.found.clear()

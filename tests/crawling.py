"""Going wherever one can: from some addresses on, every page, list, download and feed linked from them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from io import BytesIO
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit
from zipfile import ZipFile

from django.http import HttpResponse
from django.test import Client

ALIKE = 5
"""So many addresses that differ in the values of their query alone are opened."""


@dataclass(frozen=True)
class Seen:
    """One answer: where, and all text in it."""

    address: str
    status: int
    text: str


class _Links(HTMLParser):
    """Where a page leads without changing anything: links, what is fetched by a press, and its searches."""

    def __init__(self, *, words: Sequence[str]) -> None:
        super().__init__()
        self.found: list[str] = []
        self.words = words
        self._search = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.found += [given[name] for name in ("href", "hx-get") if given.get(name)]
        if tag == "form":
            self._search = given.get("action", "?") if given.get("method", "get").lower() == "get" else ""
        if tag == "input" and self._search and given.get("type", "text") in ("text", "search"):
            self.found += [f"{self._search}?{urlencode({given['name']: word})}" for word in self.words]


def crawl(client: Client, starts: Iterable[str], *, words: Sequence[str] = ()) -> Iterator[Seen]:
    """Everything that can be reached, each address once.

    words: what is searched for, wherever there is a search. Filters of filters are not followed: one at a
    time shows as much.
    """
    waiting, known, alike = deque(starts), set[str](), dict[tuple[str, tuple[str, ...]], int]()
    while waiting:
        address = waiting.popleft()
        if address in known:
            continue
        known.add(address)
        kind = _kind(address)
        alike[kind] = alike.get(kind, 0) + 1
        if kind[1] and alike[kind] > ALIKE:
            continue
        response = client.get(address)
        text = text_of(response)
        yield Seen(address, response.status_code, text)
        if len(kind[1]) < 2:
            waiting.extend(_leads_to(response, text, at=address, words=words))


def text_of(response: HttpResponse) -> str:
    """All text of an answer: of a spreadsheet that of its parts, of a calendar with its lines joined."""
    content = b"".join(response) if response.streaming else response.content  # type: ignore[arg-type]
    kind = response.headers.get("Content-Type", "")
    if "spreadsheet" in kind:
        with ZipFile(BytesIO(content)) as book:
            return "\n".join(book.read(name).decode() for name in book.namelist())
    text = content.decode("utf-8", errors="replace")
    return text.replace("\r\n ", "") if "calendar" in kind else text


def _leads_to(response: HttpResponse, text: str, *, at: str, words: Sequence[str]) -> list[str]:
    if response.status_code in (301, 302, 303):
        return _ours([response["Location"]], at=at)
    if "text/html" not in response.headers.get("Content-Type", ""):
        return []
    links = _Links(words=words)
    links.feed(text)
    return _ours(links.found, at=at)


def _ours(addresses: Iterable[str], *, at: str) -> list[str]:
    found = []
    for address in addresses:
        parts = urlsplit(urljoin(at, address))
        if parts.scheme not in ("", "http", "https") or parts.netloc not in ("", "testserver"):
            continue
        if parts.path.startswith("/static/"):
            continue
        found.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    return found


def _kind(address: str) -> tuple[str, tuple[str, ...]]:
    parts = urlsplit(address)
    return parts.path, tuple(sorted(name for name, _value in parse_qsl(parts.query, keep_blank_values=True)))

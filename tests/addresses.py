"""Every address of the portal, read from its URLconf."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """One pattern of a URLconf: its name with namespaces, "" without one; its route and its view's name."""

    name: str
    route: str
    view: str

    def __str__(self) -> str:
        return f"/{self.route} ({self.name or 'without a name'})"


def addresses() -> Iterator[Address]:
    yield from _within(get_resolver(), namespace="", route="")


def _within(resolver: URLResolver, *, namespace: str, route: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        whole = route + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            name = f"{namespace}{pattern.name}" if pattern.name else ""
            yield Address(name=name, route=whole, view=pattern.lookup_str)
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _within(pattern, namespace=inner, route=whole)

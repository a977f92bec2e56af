"""How long pages take, each beside the floor; and what a browser fetches for one it has never seen."""

from __future__ import annotations

import http.client
import os
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.cases import Case

FLOOR = "/floor/"
ROUNDS = 160
WARM_UP = 12
SECONDS_FOR_A_CASE = 60.0


class Failed(Exception):
    """A page did not answer as it should; the text says which."""


@dataclass(frozen=True)
class Timing:
    """Milliseconds of one case and of the floor, asked for by turns."""

    rounds: int
    p50: float
    p95: float
    floor_p50: float
    floor_p95: float
    kilobytes: float

    @property
    def ratio_p50(self) -> float:
        return self.p50 / self.floor_p50

    @property
    def ratio_p95(self) -> float:
        return self.p95 / self.floor_p95


class Asking:
    """One kept connection to the server on loopback, as a browser has."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def ask(self, address: str, headers: dict[str, str]) -> tuple[float, int]:
        """Milliseconds until the last byte, and the number of bytes. Raises Failed unless it is a 200."""
        started = time.perf_counter()
        self.connection.request("GET", address, headers=headers)
        answer = self.connection.getresponse()
        body = answer.read()
        took = (time.perf_counter() - started) * 1000
        if answer.status != 200:
            raise Failed(f"{address} answered {answer.status}")
        return took, len(body)


def measure(case: Case, *, port: int) -> Timing:
    """Ask for the floor and the case by turns, a bounded number of times and for a bounded time."""
    asking, addresses = Asking(port), case.addresses()
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in case.cookies().items())}
    for number in range(WARM_UP):
        asking.ask(FLOOR, {})
        asking.ask(addresses[-1 - number % len(addresses)], headers)
    floor, found, size = [], [], 0
    until = time.monotonic() + SECONDS_FOR_A_CASE
    for number in range(ROUNDS):
        floor.append(asking.ask(FLOOR, {})[0])
        took, size_of_this = asking.ask(addresses[number % len(addresses)], headers)
        found.append(took)
        size = max(size, size_of_this)
        if time.monotonic() > until:
            break
    return Timing(
        rounds=len(found),
        p50=percentile(found, 50),
        p95=percentile(found, 95),
        floor_p50=percentile(floor, 50),
        floor_p95=percentile(floor, 95),
        kilobytes=size / 1000,
    )


def percentile(values: Sequence[float], wanted: int) -> float:
    """The value that `wanted` per cent lie at or below: the nearest rank. Raises ValueError without any."""
    if not values:
        raise ValueError("nothing was measured")
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * wanted // 100) - 1)]


@dataclass(frozen=True)
class Fetched:
    """What a browser that has nothing yet fetches for a page."""

    requests: int
    kilobytes: float


def first_visit(case: Case, *, port: int) -> Fetched | None:
    """Open the first page in a Chromium that has nothing yet, and count; None where there is no Chromium."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not program:
        return None
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    bytes_of: dict[str, float] = {}
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-proxy-server"]
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        context = browser.new_context(locale="da-DK")
        at = f"http://127.0.0.1:{port}"
        context.add_cookies(
            [{"name": name, "value": value, "url": at} for name, value in case.cookies().items()]
        )
        page = context.new_page()
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        network.on(
            "Network.loadingFinished",
            lambda event: bytes_of.update({event["requestId"]: event["encodedDataLength"]}),
        )
        page.goto(f"{at}{case.addresses()[0]}")
        page.wait_for_load_state("networkidle")
        browser.close()
    return Fetched(requests=len(bytes_of), kilobytes=sum(bytes_of.values()) / 1000)

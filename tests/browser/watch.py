"""What a browser complains of while a test goes on, and what axe-core finds on a page."""

from __future__ import annotations

import threading
import time
from typing import Any

from django.conf import settings
from django.core.signals import request_finished, request_started
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

TELL_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (violation) => console.error(
    `policy violation: ${violation.effectiveDirective} forbids ${violation.blockedURI} ` +
    `(${violation.sourceFile}:${violation.lineNumber} ${violation.sample})`
))
"""
LEFT_BEHIND = "net::ERR_ABORTED"
"""A request that was still on its way when the page was left."""

GRAVE = ("serious", "critical")

SECONDS_TO_ANSWER = 20.0
MILLISECONDS_BETWEEN_LOOKS = 20


class Answering:
    """How many requests the server in this process is answering now.

    A page that is left goes on being made, and what it asks the database would stand in the way of
    emptying the tables after the test.
    """

    def __init__(self) -> None:
        self.number = 0
        self.changed = threading.Condition()
        request_started.connect(self.one_more)
        request_finished.connect(self.one_less)

    def one_more(self, **_sent: Any) -> None:
        with self.changed:
            self.number += 1

    def one_less(self, **_sent: Any) -> None:
        with self.changed:
            self.number -= 1
            self.changed.notify_all()

    def wait_until_done(self) -> None:
        with self.changed:
            done = self.changed.wait_for(lambda: self.number <= 0, timeout=SECONDS_TO_ANSWER)
        assert done, f"{self.number} requests have no answer yet"

    def stop(self) -> None:
        request_started.disconnect(self.one_more)
        request_finished.disconnect(self.one_less)


class Watch:
    """Collects errors of console and scripts, policy violations, failed requests, answers from 400 on."""

    def __init__(self, context: BrowserContext) -> None:
        self.complaints: list[str] = []
        self.allowed: set[int] = set()
        self.on_their_way: set[Request] = set()
        self.look_at(context)

    def look_at(self, context: BrowserContext) -> None:
        """Another window of the same test is watched like the first."""
        context.on("request", self.hear_request)
        context.on("requestfinished", self.hear_end)
        context.add_init_script(TELL_VIOLATIONS)
        context.on("console", self.hear_console)
        context.on("weberror", lambda error: self.complaints.append(f"script error: {error.error}"))
        context.on("requestfailed", self.hear_failure)
        context.on("response", self.hear_response)

    def allow(self, status: int) -> None:
        """From now on an answer of this status belongs to the test."""
        self.allowed.add(status)

    def hear_console(self, message: ConsoleMessage) -> None:
        is_allowed = any(f"responded with a status of {status} " in message.text for status in self.allowed)
        if message.type == "error" and not is_allowed:
            self.complaints.append(f"console: {message.text} ({message.location['url']})")

    def hear_request(self, request: Request) -> None:
        self.on_their_way.add(request)

    def hear_end(self, request: Request) -> None:
        self.on_their_way.discard(request)

    def hear_failure(self, request: Request) -> None:
        self.hear_end(request)
        if request.failure != LEFT_BEHIND:
            self.complaints.append(f"request failed: {request.method} {request.url} ({request.failure})")

    def hear_response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.allowed:
            request = response.request
            self.complaints.append(f"answer {response.status}: {request.method} {request.url}")

    def wait_until_answered(self, page: Page) -> None:
        """Return when the browser has an answer to all it has asked for."""
        deadline = time.monotonic() + SECONDS_TO_ANSWER
        while self.on_their_way and not page.is_closed() and time.monotonic() < deadline:
            page.wait_for_timeout(MILLISECONDS_BETWEEN_LOOKS)  # it hears of answers meanwhile

    def assert_quiet(self) -> None:
        assert not self.complaints, "the browser complains:\n" + "\n".join(self.complaints)


def open_with_scripts(page: Page, address: str) -> None:
    """The page, once htmx has taken it over: before that links and fields do no more than without scripts."""
    page.goto(address)
    wait_for_scripts(page)


def wait_for_scripts(page: Page) -> None:
    """For a page that was come to by a link or a button, where something is asked for by htmx."""
    page.wait_for_function("document.querySelector('[hx-get], [hx-post]')?._htmx")


def look_with_axe(page: Page) -> None:
    """Fail on what axe-core calls serious or critical, by WCAG 2.1 AA and its own good practice."""
    page.wait_for_load_state()  # what a link has just led to may be an empty document yet
    source = settings.NODE_MODULES / "axe-core/axe.min.js"
    page.evaluate(source.read_text())
    found: dict[str, Any] = page.evaluate(
        """() => axe.run(document, {
            resultTypes: ["violations"],
            preload: false,  // it would copy stylesheets into style elements, which the policy forbids
            runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
        })"""
    )
    grave = [
        f"{finding['impact']} {finding['id']}: {finding['help']}\n    {node['html']}"
        for finding in found["violations"]
        if finding["impact"] in GRAVE
        for node in finding["nodes"]
    ]
    assert not grave, f"axe-core finds on {page.url}:\n" + "\n".join(grave)

"""A real Chromium in front of the portal: at 1280 and at 390 pixels, in Danish, under the real policy."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from jobcenter.accounts.models import User
from tests.browser.watch import Answering, Watch, look_with_axe

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--no-proxy-server",
    "--hide-scrollbars",
    # Nothing is asked of anybody but the portal.
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = {1280: 900, 390: 844}
TOUR = django_settings.BASE_DIR / "docs/tour"
IS_TOUR = os.environ.get("TOUR") == "1"
MILLISECONDS_TO_WAIT = 20_000
expect.set_options(timeout=MILLISECONDS_TO_WAIT)
WATCH = pytest.StashKey[Watch]()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of a test at both widths `make test` tries one, by turns, `make verify` the other, and a tour both."""
    here = Path(__file__).parent
    widths: dict[str, list[pytest.Function]] = {}
    for item in items:
        if here not in item.path.parents or not isinstance(item, pytest.Function):
            continue
        item.add_marker("browser")
        chosen = dict(item.callspec.params) if hasattr(item, "callspec") else {}
        if chosen.pop("page", None) in WIDTHS:
            widths.setdefault(f"{item.parent}{item.originalname}{chosen}", []).append(item)
    if IS_TOUR:
        return
    for number, same in enumerate(both for both in widths.values() if len(both) == len(WIDTHS)):
        same[number % len(WIDTHS)].add_marker("verify")


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """A test whose browser has complained fails like one whose assertion has."""
    watch = pyfuncitem.stash.get(WATCH, None)
    try:
        result = yield
    except BaseException as failure:
        if watch and watch.complaints:
            failure.add_note("the browser complains:\n" + "\n".join(watch.complaints))
        raise
    if watch:
        watch.assert_quiet()
    return result


def chromium() -> str:
    """Chromium of this machine; without one the test is skipped loudly, or fails under CI=true."""
    if program := os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None):
        return program
    missing = f"NO CHROMIUM ON THIS MACHINE ({', '.join(NAMES)}): WHAT PEOPLE SEE IS NOT TESTED"
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = chromium()
    # Playwright keeps an event loop in this thread, where Django would then refuse every query.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def new_context(browser: Browser, *, address: str, width: int) -> BrowserContext:
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": WIDTHS[width]},
        locale="da-DK",
        timezone_id="Europe/Copenhagen",
        reduced_motion="reduce",
    )
    context.set_default_timeout(MILLISECONDS_TO_WAIT)
    return context


@pytest.fixture(params=WIDTHS, ids=str)
def page(request: pytest.FixtureRequest, browser: Browser, live_server: Any, settings: Any) -> Iterator[Page]:
    """An empty window, at each of the widths; the test fails when the browser complains of anything."""
    settings.PUBLIC_URL = live_server.url  # mailed links lead here
    context = new_context(browser, address=live_server.url, width=request.param)
    watch = request.node.stash[WATCH] = Watch(context)
    page = context.new_page()
    answering = Answering()
    yield page
    watch.wait_until_answered(page)
    context.close()
    answering.wait_until_done()
    answering.stop()


@pytest.fixture
def watch(page: Page, request: pytest.FixtureRequest) -> Watch:
    """For a test that means to see an error page: `watch.allow(404)`, before it goes there."""
    return request.node.stash[WATCH]


@pytest.fixture
def sign_in(live_server: Any) -> Callable[[Page, User], None]:
    """`sign_in(page, user)`: from now on the page is asked for by this person."""

    def sign_in(page: Page, user: User) -> None:
        client = Client()
        client.force_login(user)
        name = django_settings.SESSION_COOKIE_NAME
        page.context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": live_server.url, "httpOnly": True}]
        )

    return sign_in


@pytest.fixture
def another_window(
    page: Page, watch: Watch, browser: Browser, live_server: Any, sign_in: Callable[[Page, User], None]
) -> Iterator[Callable[[User], Page]]:
    """`another_window(user)`: a window of somebody else's, as wide as `page` and watched like it."""
    opened: list[Page] = []

    def open_window(user: User) -> Page:
        assert page.viewport_size
        context = new_context(browser, address=live_server.url, width=page.viewport_size["width"])
        watch.look_at(context)
        opened.append(context.new_page())
        sign_in(opened[-1], user)
        return opened[-1]

    yield open_window
    for window in opened:
        watch.wait_until_answered(window)
        window.context.close()


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """`axe(page)` fails on a serious or critical finding."""
    return look_with_axe


@pytest.fixture
def see(tmp_path: Path) -> Callable[[Page, str], Path]:
    """`see(page, "01-forside")` keeps a picture: in docs/tour/ under TOUR=1, else in a temporary folder."""
    folder = TOUR if IS_TOUR else tmp_path
    folder.mkdir(parents=True, exist_ok=True)

    def see(page: Page, name: str) -> Path:
        assert page.viewport_size
        path = folder / f"{name}-{page.viewport_size['width']}.png"
        # Holding animations and the caret still would take a style element, which the policy forbids.
        page.screenshot(path=path, full_page=True, animations="allow", caret="initial")
        return path

    return see

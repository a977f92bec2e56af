"""The browser kit's own promises: it shows what it should, and it complains when it should."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe
from playwright.sync_api import expect

from jobcenter.accounts.scope import public
from tests.browser.conftest import WATCH, chromium, pytest_pyfunc_call
from tests.browser.watch import Watch

PAGE = """<!doctype html><html lang="da"><head><title>Prøve</title><link rel="icon" href="data:,"></head>
<body><main><h1>Prøve</h1>{}</main></body></html>"""


@pytest.fixture
def at(settings):
    """`at("/x/", body)`: the portal consists of this page."""

    def at(address: str, body: str, status: int = 200) -> None:
        @public
        @require_safe
        def view(request: HttpRequest) -> HttpResponse:
            return HttpResponse(PAGE.format(body), status=status)

        settings.ROOT_URLCONF = (path(address.removeprefix("/"), view),)

    return at


def test_a_page_is_shown_in_danish_at_its_width(page, at):
    at("/x/", "<p>Goddag</p>")

    page.goto("/x/")

    expect(page.get_by_role("heading", name="Prøve")).to_be_visible()
    assert page.evaluate("[navigator.language, innerWidth]") == ["da-DK", page.viewport_size["width"]]


@pytest.mark.parametrize("page", [1280], indirect=True)
@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("<p style='color: red'>Rød</p>", "policy violation: style-src-attr"),
        ("<script>document.title = 'x'</script>", "policy violation: script-src-elem"),
        ("<img src='https://example.invalid/x.png' alt=''>", "policy violation: img-src"),
        ("<img src='/findes-ikke.png' alt=''>", "answer 404"),
    ],
)
def test_what_the_policy_forbids_is_complained_of(page, watch, at, body, complaint):
    at("/x/", body)

    page.goto("/x/", wait_until="networkidle")

    assert any(complaint in said for said in watch.complaints), watch.complaints
    watch.complaints.clear()


@pytest.mark.parametrize("page", [1280], indirect=True)
def test_an_error_in_a_script_is_complained_of(page, watch, at):
    at("/x/", "")

    page.goto("/x/")
    page.evaluate("setTimeout(() => { throw new Error('slået itu') })")
    page.wait_for_function("true")

    assert any("slået itu" in said for said in watch.complaints), watch.complaints
    watch.complaints.clear()


@pytest.mark.parametrize("page", [1280], indirect=True)
def test_an_error_page_may_be_meant(page, watch, at):
    at("/x/", "", status=422)
    watch.allow(422)

    page.goto("/x/")

    watch.assert_quiet()


@pytest.mark.parametrize("page", [1280], indirect=True)
def test_axe_finds_a_picture_nobody_can_hear(page, axe, at):
    at("/x/", "<img src='/static/ei/favicon.svg'>")

    page.goto("/x/")

    with pytest.raises(AssertionError, match="critical image-alt"):
        axe(page)


def test_a_test_whose_browser_complains_fails():
    watch = Watch.__new__(Watch)
    watch.complaints = ["console: slået itu"]
    test = SimpleNamespace(stash={WATCH: watch})
    around = pytest_pyfunc_call(test)
    next(around)

    with pytest.raises(AssertionError, match="console: slået itu"):
        around.send(None)


@pytest.mark.parametrize(("ci", "outcome"), [("true", pytest.fail.Exception), ("", pytest.skip.Exception)])
def test_without_a_browser_nothing_passes_for_tested(monkeypatch, tmp_path, ci, outcome):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("CI", ci)

    with pytest.raises(outcome, match="NO CHROMIUM"):
        chromium()

"""What is around every page, as people meet it: menu, language, shortcuts, sign-in, charts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.watch import open_with_scripts

FUNNEL = {
    "description": "Tragtdiagram. Slagelse ligger under den nedre grænse.",
    "x_name": "Forventet antal i job",
    "x_unit": "forventet i job",
    "y_unit": "pct. af forventet",
    "x_min": 20,
    "x_max": 2000,
    "x_ticks": [25, 50, 100, 200, 400, 800, 1600],
    "y_min": 50,
    "y_max": 150,
    "y_ticks": [50, 75, 100, 125, 150],
    "centre": 100,
    "limits": [
        {"label": "99,8 %", "dashed": False, "points": [[20, 52], [200, 82], [2000, 94]]},
        {"label": "95 %", "dashed": True, "points": [[20, 70], [200, 89], [2000, 96]]},
    ],
    "groups": [
        {"name": "Andre områder", "kind": "other", "points": [{"name": "Odense", "x": 1160, "y": 104}]},
        {
            "name": "Uden for 99,8 %",
            "kind": "bad",
            "named": True,
            "points": [{"name": "Slagelse", "x": 470, "y": 75}],
        },
        {"name": "Uden for 95 %", "kind": "warn", "points": []},
    ],
}
INTERVALS = {
    "description": "Forgæves rekruttering pr. halvår",
    "unit": "pct.",
    "decimals": 1,
    "y_min": 0,
    "y_max": 50,
    "y_ticks": [0, 20, 40],
    "limit": {"value": 20, "label": "20"},
    "rows": [
        {"name": "2. halvår 2025", "label": "2. halvår\n2025", "low": 11.3, "value": 18.1, "high": 27.7},
        {
            "name": "1. halvår 2026",
            "label": "1. halvår\n2026",
            "low": 22,
            "value": 30.7,
            "high": 41,
            "note": "88 svar",
        },
    ],
}
PLACE_A_CHART = """([kind, data]) => {
    const block = document.createElement('script');
    block.type = 'application/json'; block.id = kind + '-data'; block.textContent = JSON.stringify(data);
    const frame = document.createElement('div');
    frame.id = kind; frame.className = 'ei-chart';
    frame.dataset.chart = kind; frame.dataset.options = block.id;
    frame.setAttribute('role', 'img'); frame.setAttribute('aria-label', 'Diagram');
    document.querySelector('main').append(block, frame);
}"""


@pytest.mark.parametrize(
    "path",
    ["/hjaelp/", "/data/", "/tilgaengelighed/", "/log-ind/", "/log-ind/kode/", "/log-ind/ingen-konto/"],
)
def test_a_page_anyone_may_read_is_readable_by_everyone(page, axe, path):
    page.goto(path)

    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_a_page_that_is_not_there_leads_on(page, watch, axe):
    watch.allow(404)
    page.goto("/findes-ikke/")

    axe(page)
    page.get_by_role("main").get_by_role("link", name="Hjælp og kontakt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hjælp og kontakt")


def test_the_first_tab_leads_past_the_frame(page):
    page.goto("/hjaelp/")
    page.keyboard.press("Tab")

    expect(page.get_by_role("link", name="Gå til sidens indhold")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_menu_of_a_small_screen_opens_closes_and_changes_the_language(page, axe):
    page.goto("/hjaelp/")
    opener = page.get_by_role("button", name="Menu", exact=True)
    if page.viewport_size["width"] > 991:
        expect(opener).to_be_hidden()
        page.locator("header").get_by_role("button", name="English").click()
    else:
        opener.click()
        menu = page.get_by_role("dialog", name="Menu")
        expect(menu.get_by_role("link", name="Ledige stillinger")).to_be_visible()
        axe(page)
        menu.get_by_role("button", name="Luk menuen").click()
        expect(menu).to_be_hidden()
        opener.click()
        menu.get_by_role("button", name="English").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Help and contact")
    expect(page).to_have_url(re.compile("/hjaelp/$"))
    assert page.locator("html").get_attribute("lang") == "en"


def test_a_wrong_sign_in_is_told_first_and_leads_to_the_field(page, axe):
    page.goto("/log-ind/")
    page.get_by_role("region", name="Med adgangskode").get_by_role("button", name="Log ind").click()

    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    axe(page)
    summary.get_by_role("link", name="Udfyld „Adgangskode“").click()
    expect(page.get_by_role("textbox", name="Adgangskode")).to_be_focused()


def test_the_key_that_logs_a_contact_can_be_turned_off(page, sign_in, koege):
    sign_in(page, koege.caseworker)
    open_with_scripts(page, "/min-dag/")
    page.keyboard.press("k")
    dialog = page.get_by_role("dialog", name="Log kontakt")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()

    page.goto("/hjaelp/")
    page.get_by_label("Brug genvejene").uncheck(force=True)
    open_with_scripts(page, "/min-dag/")
    page.keyboard.press("k")

    expect(dialog).to_be_hidden()


@pytest.mark.parametrize(
    ("kind", "data", "point", "told"),
    [
        ("funnel", FUNNEL, "Slagelse", "75 pct. af forventet"),
        ("intervals", INTERVALS, "31", "30,7 pct. (22,0–41,0)"),
    ],
)
def test_a_chart_is_drawn_and_explains_its_points_under_the_policy(page, kind, data, point, told):
    page.goto("/data/")
    page.evaluate(PLACE_A_CHART, [kind, data])
    page.add_script_tag(url="/static/vendor/echarts/echarts.min.js")
    page.add_script_tag(url="/static/ei/charts.js")

    chart = page.locator(f"#{kind}")
    expect(chart.locator("svg")).to_be_visible()
    assert chart.get_attribute("aria-label") == data["description"]
    chart.scroll_into_view_if_needed()
    words = chart.locator("svg text").filter(has_text=re.compile(f"^{point}$")).last.bounding_box()
    page.mouse.move(words["x"] - 12, words["y"] + words["height"] / 2)
    expect(chart.locator("svg")).to_contain_text(told)

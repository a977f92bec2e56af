"""Charts as SVG: well formed, whatever they hold, and everything inside the drawing."""

from __future__ import annotations

import itertools
from xml.etree import ElementTree as ET

import pytest

from jobcenter.pages import drawn

TEXT = "{http://www.w3.org/2000/svg}text"

FUNNEL = {
    "description": "Tragt over <to> & flere",
    "x_name": "Forventet",
    "x_min": 10,
    "x_max": 1000,
    "x_ticks": [25, 100, 800],
    "y_min": 50,
    "y_max": 150,
    "y_ticks": [50, 100, 150],
    "centre": 100,
    "limits": [{"label": "95 %", "dashed": True, "points": [[10, 180.0], [1000, 110.0]]}],
    "groups": [
        {"name": "Øvrige", "kind": "other", "named": False, "points": [{"name": "A", "x": 30, "y": 90}]},
        {
            "name": "Værre",
            "kind": "bad",
            "named": True,
            "points": [{"name": "Sø & Å", "x": 100, "y": 60, "label": "left"}],
        },
    ],
}

PROCESS = {
    "description": "Over tid",
    "unit": "pct.",
    "decimals": 0,
    "y_min": 90,
    "y_max": 120,
    "y_ticks": [90, 100, 110, 120],
    "lines": [
        {"value": 115, "label": "115", "dashed": True},
        {"value": 105, "label": "105", "dashed": False},
        {"value": 95, "label": "95", "dashed": True},
    ],
    "rows": [
        {"name": "2019", "label": "2019", "value": 104, "kind": ""},
        {"name": "2020", "label": "2020", "value": 119, "kind": "bad"},
    ],
}


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg).iter(TEXT)]


@pytest.mark.parametrize(("place", "down", "up"), [(60, 2, 0), (140, 0, 2)])
def test_the_legend_has_the_sign_that_is_drawn(place, down, up):
    *others, bad = FUNNEL["groups"]
    data = FUNNEL | {"groups": [*others, bad | {"points": [bad["points"][0] | {"y": place}]}]}

    svg = drawn.funnel(data)

    assert (svg.count("M-7 -6h14l-7 13z"), svg.count("M-7 6h14l-7 -13z")) == (down, up)


def test_names_are_written_whatever_letters_they_have_and_only_those_that_are_named():
    said = texts(drawn.funnel(FUNNEL, mark="Kun <et> eksempel"))

    assert "Sø & Å" in said
    assert "A" not in said
    assert "Kun <et> eksempel" in said
    assert "Kun <et> eksempel" not in texts(drawn.funnel(FUNNEL))


def test_a_limit_beyond_the_axis_is_drawn_at_its_end():
    drawing = ET.fromstring(drawn.funnel(FUNNEL))
    dashed = [element for element in drawing.iter() if "stroke-dasharray" in element.attrib]

    assert [line.attrib["d"].split("L")[0] for line in dashed] == [f"M{drawn.LEFT:.1f} {drawn.TOP:.1f}"]


def test_of_labels_that_would_stand_on_each_other_one_moves():
    close = PROCESS | {
        "lines": [
            {"value": 105.2, "label": "105,2", "dashed": True},
            {"value": 105, "label": "105", "dashed": False},
            {"value": 104.8, "label": "104,8", "dashed": True},
        ]
    }
    drawing = ET.fromstring(drawn.process(close))
    heights = sorted(
        float(element.attrib["y"])
        for element in drawing.iter(TEXT)
        if element.text in ("105,2", "105", "104,8") and float(element.attrib["x"]) > drawn.WIDTH / 2
    )

    assert len(heights) == 3
    assert all(below - above >= 13 for above, below in itertools.pairwise(heights))


@pytest.mark.parametrize(("value", "shape"), [(119, "M-7 6h14l-7 -13z"), (91, "M-7 -6h14l-7 13z")])
def test_a_figure_that_stands_out_points_to_its_side(value, shape):
    rows = [PROCESS["rows"][0], {"name": "2020", "label": "2020", "value": value, "kind": "bad"}]

    assert shape in drawn.process(PROCESS | {"rows": rows})


def test_the_same_data_give_the_same_text():
    assert drawn.funnel(FUNNEL) == drawn.funnel(dict(FUNNEL))
    assert drawn.process(PROCESS) == drawn.process(dict(PROCESS))

"""JSON-stat 2.0: the shape programs expect, and three states that are never mixed up."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regions.measures.jsonstat import Dimension, dataset

PLACES = Dimension("place", "Jobcentre", {"0259": "Køge", "0265": "Roskilde"}, role="geo")
YEARS = Dimension("year", "Year", {"2025Y01": "2025", "2026Y01": "2026"}, role="time")
SHARE = Dimension("number", "Figure", {"share": "Share"}, role="metric", units={"share": "per cent"})


def cube(values, **said):
    return dataset(
        **{
            "label": "Jobs",
            "source": "Test",
            "updated": date(2026, 11, 12),
            "dimensions": [PLACES, YEARS],
            "values": values,
            **said,
        }
    )


def test_a_cube_reads_as_the_format_says():
    assert cube({("0259", "2025Y01"): 1.5, ("0265", "2026Y01"): 4}, notes=["Version 1."]) == {
        "version": "2.0",
        "class": "dataset",
        "label": "Jobs",
        "source": "Test",
        "updated": "2026-11-12",
        "id": ["place", "year"],
        "size": [2, 2],
        "role": {"geo": ["place"], "time": ["year"]},
        "dimension": {
            "place": {
                "label": "Jobcentre",
                "category": {"index": ["0259", "0265"], "label": {"0259": "Køge", "0265": "Roskilde"}},
            },
            "year": {
                "label": "Year",
                "category": {
                    "index": ["2025Y01", "2026Y01"],
                    "label": {"2025Y01": "2025", "2026Y01": "2026"},
                },
            },
        },
        "value": [1.5, None, None, 4],
        "status": {"1": "missing", "2": "missing"},
        "note": ["Version 1."],
    }


def test_zero_hidden_and_missing_are_three_things():
    made = cube({("0259", "2025Y01"): 0}, suppressed=frozenset({("0259", "2026Y01")}))

    assert made["value"] == [0, None, None, None]
    assert made["status"] == {"1": "suppressed", "2": "missing", "3": "missing"}


def test_a_unit_stands_with_its_category():
    made = cube({}, dimensions=[SHARE])

    assert made["dimension"]["number"]["category"]["unit"] == {"share": {"base": "per cent"}}
    assert made["role"] == {"metric": ["number"]}


def test_what_is_hidden_is_never_told():
    key = ("0259", "2025Y01")

    with pytest.raises(ValueError, match="is not told"):
        cube({key: 3}, suppressed=frozenset({key}))


@pytest.mark.parametrize("where", ["values", "suppressed"])
def test_a_code_that_no_dimension_has_is_refused(where):
    key = ("0999", "2025Y01")
    said = {"values": {key: 1.0}} if where == "values" else {"values": {}, "suppressed": frozenset({key})}

    with pytest.raises(ValueError, match="no dimension has all of"):
        cube(**said)


def test_a_cube_of_nothing_is_a_cube():
    made = cube({}, dimensions=[Dimension("place", "Jobcentre", {})], updated=None)

    assert (made["size"], made["value"], made["status"]) == ([0], [], {})
    assert "updated" not in made


@given(st.dictionaries(st.tuples(st.sampled_from("abc"), st.sampled_from("xy")), st.integers()))
def test_every_value_is_found_again_where_its_codes_say(values):
    made = cube(
        values,
        dimensions=[
            Dimension("one", "One", {code: code for code in "abc"}),
            Dimension("two", "Two", {code: code for code in "xy"}),
        ],
    )

    for (one, two), value in values.items():
        assert made["value"]["abc".index(one) * 2 + "xy".index(two)] == value
    assert len(made["status"]) == 6 - len(values)

"""The illustration: the same to the last byte, what the docs say, and always marked as what it is."""

from __future__ import annotations

import csv
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.core.management import CommandError, call_command

from regions.comparison import analysing
from regions.illustration.panel import YEARS, Topic, read_files
from regions.illustration.years import illustrate

DOCS = Path(__file__).parents[3] / "docs"
MARK = "Illustration, not assessment"


def written(directory: Path) -> dict[str, bytes]:
    """All that a run writes, of which nothing is remembered from a run before."""
    illustrate.cache_clear()
    directory.mkdir()
    call_command("illustrate", str(directory), "--figures", verbosity=0)
    return {path.name: path.read_bytes() for path in directory.iterdir()}


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> dict[str, bytes]:
    return written(tmp_path_factory.mktemp("illustration") / "first")


def test_two_runs_write_the_same_bytes(files, tmp_path):
    assert written(tmp_path / "second") == files


@pytest.mark.parametrize("name", ["method.md", "method-funnel.svg", "method-over-time.svg"])
def test_the_docs_are_what_the_command_writes(files, name):
    assert (DOCS / name).read_text(encoding="utf-8") == files[name].decode()


def test_every_municipality_stands_in_the_file_in_every_year_and_every_line_says_what_it_is(files):
    rows = list(csv.DictReader(files["illustration.csv"].decode("utf-8-sig").splitlines(), delimiter=";"))

    assert len(rows) == 98 * len(YEARS) * len(Topic)
    assert {row["What this is"] for row in rows} == {MARK}
    assert len({(row["Year"], row["Result"], row["Municipality code"]) for row in rows}) == len(rows)
    assert {row["Outside"] for row in rows} == {"", "95 %", "99.8 %"}
    assert all(len(row["Peers"].split()) == 7 for row in rows)


@pytest.mark.parametrize("name", ["method-funnel.svg", "method-over-time.svg"])
def test_a_chart_is_marked_and_needs_neither_script_nor_style(files, name):
    drawing = ET.fromstring(files[name])

    assert MARK in [element.text for element in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert {element.tag.rpartition("}")[2] for element in drawing.iter()} <= {
        *("svg", "title", "rect", "path", "circle", "text"),
    }
    assert not [element for element in drawing.iter() if "style" in element.attrib]


def test_a_directory_that_is_not_there_is_told(tmp_path):
    with pytest.raises(CommandError, match="nowhere"):
        call_command("illustrate", str(tmp_path / "nowhere"))


@pytest.mark.parametrize("topic", Topic)
def test_an_analyst_finds_the_same_expected_values_from_the_same_figures(topic):
    """The one from a file, the other from the panel: both go through the portal's one model."""
    panel, year, place = read_files(), 5, list(Topic).index(topic)
    lines = ["unit,numerator,denominator,size,far,jobs"]
    lines += [
        f"{code},{actual:.0f},{residents:.0f},{','.join(map(repr, conditions.tolist()))}"
        for code, actual, residents, conditions in zip(
            panel.codes,
            panel.actual[year, place],
            panel.residents[year],
            panel.conditions[year],
            strict=True,
        )
    ]

    found = analysing.expected("\n".join(lines).encode())
    shown = illustrate().years[topic][year]

    assert [unit["unit"] for unit in found["units"]] == [line.code for line in shown.lines]
    assert [unit["expected"] for unit in found["units"]] == pytest.approx(
        [line.expected for line in shown.lines]
    )
    assert found["r_squared"] == pytest.approx(shown.r_squared)
    assert list(found["coefficients"].values()) == pytest.approx([shown.intercept, *shown.coefficients])


def test_p_is_adjusted_for_both_results_of_a_year_as_one_family():
    for year in YEARS:
        lines = [line for topic in Topic for line in illustrate().year(topic, year).lines]
        smallest = min(lines, key=lambda line: line.p)
        largest = max(lines, key=lambda line: line.p)

        assert smallest.p_adjusted <= smallest.p * len(lines)
        assert largest.p_adjusted == pytest.approx(largest.p)
        assert all(line.p <= line.p_adjusted <= 1 for line in lines)


def test_out_of_line_is_whoever_lies_outside_the_limits_on_either_side():
    shown = illustrate().year(Topic.UNEMPLOYED, 2019)

    assert shown.above[0].name == "Ishøj"
    assert all(line.z_adjusted >= 1.959964 for line in shown.above)
    assert all(line.z_adjusted <= -1.959964 for line in shown.below)
    assert len(shown.above) + len(shown.below) == len(shown.out_of_line)
    assert all(abs(line.z_adjusted) < 1.959964 for line in shown.lines if line not in shown.out_of_line)

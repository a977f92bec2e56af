import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.regions.comparison.test_funnel import DENOMINATOR, NUMERATOR
from tests.regions.comparison.test_process import WITH_A_JUMP

SHARES = "unit,numerator,denominator\n" + "".join(
    f"nr{place},{r},{n}\n" for place, (r, n) in enumerate(zip(NUMERATOR, DENOMINATOR, strict=True), start=1)
)
SERIES = "period,value\n" + "".join(
    f"2024M{month:02},{value}\n" for month, value in enumerate(WITH_A_JUMP, start=1)
)
LINE = "unit,numerator,denominator,x1,x2\n" + "".join(
    f"u{place},{40 + 4 * place},200,{2 * place},{place % 3}\n" for place in range(12)
)


@pytest.fixture
def analysed(tmp_path):
    def analyse(how, text, *options):
        file, out = tmp_path / "figures.csv", StringIO()
        file.write_text(text, encoding="utf-8")
        call_command("analyse", how, str(file), *options, stdout=out)
        return out.getvalue()

    return analyse


def of_json(text):
    return json.loads(text)


def test_a_funnel_has_the_worked_examples_figures(analysed):
    found = of_json(analysed("funnel", SHARES, "--json"))

    assert found["theta"] == pytest.approx(0.364179, abs=5e-7)
    assert found["phi"] == pytest.approx(2.916973, abs=5e-7)
    assert found["tau2"] == pytest.approx(0.00430757, abs=5e-9)
    ninth = found["units"][8]
    assert ninth["unit"] == "nr9"
    assert ninth["value"] == 0.5
    assert ninth["z"] == pytest.approx(4.7648, abs=5e-5)
    assert ninth["z_od"] == pytest.approx(1.9184, abs=5e-5)
    assert (ninth["lower_998"], ninth["upper_998"]) == pytest.approx((0.1710, 0.5836), abs=5e-5)


def test_without_a_direction_p_asks_for_a_difference_either_way_and_with_one_for_worse_alone(analysed):
    either, worse = (
        of_json(analysed("funnel", SHARES, "--json", *options))["units"][8]
        for options in ([], ["--direction", "lower_better"])
    )

    assert worse["p"] == pytest.approx(0.02753, abs=5e-5)
    assert either["p"] == pytest.approx(2 * worse["p"])
    assert worse["p_adjusted"] >= worse["p"]


def test_a_funnel_of_nine_units_is_not_adjusted_for_overdispersion(analysed):
    nine = "\n".join(SHARES.splitlines()[:10]) + "\n"

    found = of_json(analysed("funnel", nine, "--json"))

    assert found["tau2"] == 0
    assert [unit["z_od"] for unit in found["units"]] == [unit["z"] for unit in found["units"]]


def test_a_process_has_the_worked_examples_limits_and_its_jump(analysed):
    found = of_json(analysed("process", SERIES, "--json"))

    assert found["mean"] == 52.5
    assert found["average_moving_range"] == pytest.approx(2.2222, abs=5e-5)
    assert (found["lower"], found["upper"]) == pytest.approx((46.5889, 58.4111), abs=5e-5)
    assert {point["period"]: point["rules"] for point in found["points"] if point["rules"]} == {
        "2024M10": ["outside_limits"]
    }


def test_what_lies_on_a_line_is_as_expected(analysed):
    found = of_json(analysed("expected", LINE, "--json"))

    assert found["r_squared"] == pytest.approx(1)
    assert found["coefficients"] == pytest.approx({"intercept": 0.2, "x1": 0.01, "x2": 0}, abs=1e-9)
    assert found["units"][5] == pytest.approx(
        {"unit": "u5", "actual": 60, "expected": 60, "difference_pp": 0, "ratio": 1}, abs=1e-9
    )


def test_as_text_each_unit_stands_on_a_line_under_its_headings(analysed):
    lines = analysed("funnel", SHARES).splitlines()

    assert lines[0] == "theta: 0.364179"
    assert lines[4].split() == [
        *("unit", "value", "z", "z_od", "lower_95", "upper_95", "lower_998", "upper_998", "p", "p_adjusted")
    ]
    assert len(lines) == 5 + 10


@pytest.mark.parametrize(
    ("how", "text", "said"),
    [
        ("funnel", "unit,numerator\na,1\n", "The column denominator is missing."),
        ("funnel", "unit,numerator,denominator\na,1,2\nb,3,2\n", "line 3: numerator cannot be more"),
        ("funnel", "unit,numerator,denominator\na,0,0\nb,1,2\n", "line 2: denominator must be above 0"),
        ("funnel", "unit,numerator,denominator\na,1,2\na,1,2\n", "line 3: it repeats line 2"),
        ("process", "period,value\n2024,1\n", "At least two lines"),
        ("process", "period,value\n2024,1\n2025,many\n", "line 3: value must be a number"),
        (
            "process",
            "period,value\n2025-02,1\n2025-01,1\n",
            "2025-01 comes after 2025-02: the lines must stand",
        ),
        ("process", "period,value\n2025Q01,1\n2025Q03,1\n2025Q02,1\n", "2025Q02 comes after 2025Q03"),
        ("process", "period,value\n2024,1\n2025,1_0\n", "line 3: value must be a number"),
        ("funnel", "unit\tnumerator\tdenominator\na\t1\t2\n", "separated by tabs"),
        ("funnel", "unit,numerator,denominator\na\0,1,2\nb,1,2\n", "Line 2 holds a character that is none"),
        ("expected", "unit,numerator,denominator\na,1,2\nb,1,2\n", "At least one column beside"),
        ("expected", "unit,numerator,denominator,\na,1,2,3\nb,1,2,3\n", "A column has no name."),
        (
            "expected",
            "unit,numerator,denominator,x1,x1\na,1,2,3,4\nb,1,2,3,4\n",
            "x1 is there more than once",
        ),
        ("funnel", "unit;numerator;denominator\na;1;2\nb;1;2\n", "separated by semicolons"),
        ("funnel", 'unit,numerator,denominator\na,"1,5",2\nb,1,2\n', "line 2: numerator must be a number"),
        ("funnel", "unit,numerator,denominator\na,nan,2\nb,1,2\n", "line 2: numerator must be a number"),
        ("funnel", "", "The column unit is missing."),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_the_line(analysed, how, text, said):
    with pytest.raises(CommandError, match=said):
        analysed(how, text)


def test_spaces_around_the_names_of_columns_and_periods_of_ones_own_are_no_trouble(analysed):
    found = json.loads(analysed("process", "period, value\nuge 9,1\nuge 10,3\n", "--json"))

    assert [point["period"] for point in found["points"]] == ["uge 9", "uge 10"]
    assert found["mean"] == 2


def test_a_direction_belongs_to_a_funnel(analysed):
    with pytest.raises(CommandError, match="belongs to a funnel"):
        analysed("process", SERIES, "--direction", "lower_better")

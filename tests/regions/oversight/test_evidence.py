"""What a flag's page says is read from the evidence alone, as it was frozen."""

import json
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from django.utils.translation import override

from jobcenter.pages import drawn
from regions.comparison.standing import Side
from regions.oversight import telling
from regions.oversight.evidence import Evidence
from regions.oversight.facts import Reason, Required
from regions.oversight.rule import Condition
from tests.regions.making import (
    A_YEAR_AGO,
    AS_EXPECTED,
    FAR_OVER,
    FAR_UNDER,
    NOW,
    TOO_FEW,
    UNDER,
    Said,
    evidence,
    figures,
)


def test_evidence_comes_back_from_the_database_as_it_was_frozen():
    frozen = evidence()

    assert Evidence.from_json(json.loads(json.dumps(frozen.as_json()))) == frozen


def test_periods_in_a_row_are_counted_back_from_the_latest():
    said = evidence(
        periods=[
            figures(period="2024QMAT03", said=AS_EXPECTED),
            figures(period=A_YEAR_AGO, said=UNDER),
            figures(period=NOW, said=FAR_UNDER),
        ]
    )

    assert said.in_a_row == 2


def test_a_period_left_out_breaks_the_row():
    said = evidence(periods=[figures(period="2024QMAT03"), figures(period=NOW)])

    assert said.in_a_row == 1


def test_too_few_data_in_between_break_the_row():
    said = evidence(
        periods=[
            figures(period="2024QMAT03"),
            figures(period=A_YEAR_AGO, said=TOO_FEW),
            figures(period=NOW),
        ]
    )

    assert said.in_a_row == 1


@pytest.mark.parametrize(("direction", "place"), [("higher_better", 3), ("lower_better", 1)])
def test_the_place_among_peers_counts_those_that_do_better(direction, place):
    said = evidence(
        direction=direction,
        peers=[figures("Jobcenter Roskilde", said=AS_EXPECTED), figures("Jobcenter Greve", said=FAR_OVER)],
    )

    assert (said.place, said.field) == (place, 3)


def test_the_jobcentre_stands_first_among_its_peers_each_with_its_sign():
    said = evidence(
        peers=[figures("Jobcenter Greve", said=FAR_OVER), figures("Jobcenter Fanø", said=TOO_FEW)]
    )

    rows = said.rows

    assert [row[0].short_name for row in rows] == ["Køge", "Greve", "Fanø"]
    assert [row[1].side for row in rows] == [Side.CLEARLY_UNDER, Side.CLEARLY_OVER, Side.TOO_FEW]
    assert [row[2] is None for row in rows] == [False, False, True]


def test_every_condition_of_the_rule_can_be_told():
    said = evidence(
        reasons=[Reason(condition=one, held=True, observed=1.5, threshold=1.0) for one in Condition]
    )

    told = telling.reasons(said)

    assert len(told) == len(Condition)
    assert all("1" in one.text for one in told)


@pytest.mark.parametrize(
    ("condition", "observed", "threshold", "text"),
    [
        (Condition.ENOUGH_DATA, 1346, 20, "Personer nok at vurdere ud fra: 1.346 (mindst 20)"),
        (
            Condition.BEYOND_SERIOUS,
            4.41,
            3.09,
            "Så meget, at tilfældet næsten aldrig gør det: z 4,41 (mindst 3,09)",
        ),
        (
            Condition.RARE_AMONG_ALL,
            0.0021,
            0.05,
            "Sjældent også blandt alt, der er sammenlignet: justeret p 0,002 (under 0,050)",
        ),
        (
            Condition.SHARE_OF_EXPECTED,
            0.248,
            0.05,
            "En forskel, der betyder noget: 24,8 % af det forventede (mindst 5,0 %)",
        ),
        (Condition.IN_A_ROW, 2.0, 2, "Alvorligt i flere perioder i træk: 2 (mindst 2)"),
    ],
)
def test_conditions_are_told_in_their_own_units(condition, observed, threshold, text):
    said = evidence(reasons=[Reason(condition=condition, held=True, observed=observed, threshold=threshold)])

    assert [one.text.replace("\N{NO-BREAK SPACE}", " ") for one in telling.reasons(said)] == [text]


def test_the_chart_has_a_point_for_each_period_and_keeps_everything_within_its_axis():
    chart = telling.periods_chart(evidence())

    assert [row["name"] for row in chart["rows"]] == [
        "4 kvartaler til 3. kvt. 2025",
        "4 kvartaler til 3. kvt. 2026",
    ]
    assert [row["kind"] for row in chart["rows"]] == ["bad", "bad"]
    for row in chart["rows"]:
        assert chart["y_min"] <= min(row["low"], row["value"])
        assert max(row["high"], row["value"]) <= chart["y_max"]


def test_a_chart_without_anything_expected_has_an_axis_and_no_points():
    chart = telling.periods_chart(evidence(periods=[figures(said=TOO_FEW)]))

    assert chart["rows"] == []
    assert (chart["y_min"], chart["y_max"]) == (75, 125)


def test_the_sentences_and_the_chart_are_frozen_in_both_languages():
    frozen = evidence().frozen()

    assert Evidence.from_json(json.loads(json.dumps(frozen.as_json()))) == frozen
    assert "117 personer færre" in str(frozen.sentences)
    assert "Køge var 471 at vente" in str(frozen.sentences)
    with override("en"):
        assert "117 persons fewer" in str(frozen.sentences)
        assert frozen.chart["rows"][0]["name"] == "4 quarters to Q3 2025"
    assert frozen.chart == telling.periods_chart(evidence())


LAW = Required(share=0.8, law_reference="Prøveloven § 1", mark="read")


def held_against_the_law(*shares, **fields):
    """shares: persons of 1,000 in each quarter of 2026."""
    said = [
        figures(period=f"2026Q{number:02d}", said=Said(actual, 1000, None, None))
        for number, actual in enumerate(shares, start=1)
    ]
    return evidence(periods=said, required=LAW, **fields)


def test_a_legal_requirement_is_drawn_as_shares_beside_what_is_required():
    chart = telling.periods_chart(held_against_the_law(850, 790, 600))

    assert chart["limit"] == {"value": 80, "label": "80\N{NO-BREAK SPACE}%"}
    assert [row["value"] for row in chart["rows"]] == [85, 79, 60]
    assert [row["kind"] for row in chart["rows"]] == ["", "warn", "bad"]
    for row in chart["rows"]:
        assert chart["y_min"] < row["low"] < row["value"] < row["high"] < chart["y_max"]
    assert "loven kræver" in chart["description"]


def test_where_lower_is_better_what_lies_above_the_requirement_is_marked():
    chart = telling.periods_chart(held_against_the_law(750, 810, 900, direction="lower_better"))

    assert [row["kind"] for row in chart["rows"]] == ["", "warn", "bad"]


def test_a_chart_frozen_beside_what_was_expected_still_says_so():
    """As flags on the law were drawn before they had a chart of their own."""
    now = held_against_the_law(600).frozen()
    old = telling.periods_chart(replace(now, required=None))
    drawn_before = {name: old[name] for name in old if name not in ("about", "caption")}
    told = {language: said | {"chart": drawn_before} for language, said in now.told.items()}
    stored = replace(now, told=told).as_json()
    stored.pop("weakness")

    read = Evidence.from_json(json.loads(json.dumps(stored)))

    assert read.chart == old
    assert "pct. af forventet" in read.chart["about"]


@pytest.mark.parametrize(("weakness", "said"), [("poor_fit", True), ("", False)])
def test_a_weak_model_is_said_and_frozen(weakness, said):
    frozen = evidence(weakness=weakness).frozen()

    assert ("Modellen er svag" in frozen.sentences.caution) is said
    assert ("Vilkårene forklarer kun lidt" in frozen.sentences.caution) is said
    with override("en"):
        assert ("The model is weak" in str(frozen.sentences)) is said
    assert Evidence.from_json(json.loads(json.dumps(frozen.as_json()))).weakness == weakness


def test_of_the_law_nothing_is_said_of_the_model():
    assert "svag" not in str(held_against_the_law(600, weakness="poor_fit").sentences)


def test_what_was_frozen_is_said_though_it_would_be_said_otherwise_today():
    frozen = evidence().frozen()
    told = {
        language: {
            "sentences": {**said["sentences"], "figures": "Som det blev sagt dengang."},
            "chart": {**said["chart"], "y_max": 999},
        }
        for language, said in frozen.told.items()
    }
    earlier = replace(frozen, told=told)

    assert earlier.sentences.figures == "Som det blev sagt dengang."
    assert earlier.chart["y_max"] == 999


def test_evidence_frozen_before_sentences_were_is_told_from_its_figures():
    stored = {name: value for name, value in evidence().as_json().items() if name != "told"}

    earlier = Evidence.from_json(stored)

    assert earlier.sentences == evidence().frozen().sentences
    assert earlier.chart == evidence().frozen().chart


def test_the_chart_of_the_journal_draws_every_period_and_needs_nothing_else():
    chart = evidence(periods=[figures("<Køge>", period=A_YEAR_AGO), figures()]).frozen().chart
    svg = ET.fromstring(drawn.periods(chart))

    texts = [element.text for element in svg.iter("{http://www.w3.org/2000/svg}text")]
    assert {"75", "100", "125", "3. kvt. 2025", "3. kvt. 2026"} <= set(texts)
    assert svg.find("{http://www.w3.org/2000/svg}title").text == chart["description"]
    places = [
        float(place)
        for element in svg.iter("{http://www.w3.org/2000/svg}text")
        for place in (element.get("x"), element.get("y"))
    ]
    assert all(0 <= place <= drawn.WIDTH for place in places)


def test_a_chart_without_a_period_is_drawn_as_an_empty_axis():
    svg = ET.fromstring(drawn.periods(telling.periods_chart(evidence(periods=[figures(said=TOO_FEW)]))))

    assert not list(svg.iter("{http://www.w3.org/2000/svg}circle"))

"""What the law requires is judged of each jobcentre by itself, and apart from results."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.text import capfirst
from pytest_django.asserts import assertContains

from regions.measures.direction import Direction
from regions.measures.models import TargetGroup
from regions.oversight import journal
from regions.oversight import load as flag_rules
from regions.oversight.evidence import Evidence
from regions.oversight.flagging import flag
from regions.oversight.law import required_of
from regions.oversight.models import Flag, Requirement
from regions.oversight.rule import Condition, Level, judge_requirement
from tests.regions.making import AS_EXPECTED, FAR_UNDER, NOW, Said, evidence, make_comparison
from tests.regions.reading import text_of

JUDGED = {"required": 0.8, "direction": Direction.HIGHER_BETTER, "least_base": 20}


@pytest.mark.parametrize(
    ("actual", "base", "level"),
    [
        (700, 1000, Level.SERIOUS),
        (780, 1000, Level.WATCH),
        (800, 1000, None),
        (900, 1000, None),
        (17, 24, Level.WATCH),
        (10, 24, Level.SERIOUS),
        (0, 19, Level.TOO_FEW_DATA),
    ],
)
def test_serious_is_what_the_whole_interval_misses(actual, base, level):
    assert judge_requirement(actual=actual, base=base, **JUDGED).level == level


def test_where_lower_is_better_it_is_the_lower_end_that_decides():
    asked = {"required": 0.3, "direction": Direction.LOWER_BETTER, "least_base": 20}

    assert judge_requirement(actual=400, base=1000, **asked).level == Level.SERIOUS
    assert judge_requirement(actual=310, base=1000, **asked).level == Level.WATCH
    assert judge_requirement(actual=300, base=1000, **asked).level is None


def test_nothing_is_required_of_a_measure_without_a_good_side():
    with pytest.raises(ValueError, match="good side"):
        judge_requirement(actual=1, base=100, required=0.8, direction=Direction.NEUTRAL, least_base=20)


@pytest.fixture
def timely(measures):
    return measures["timely_interviews"]


@pytest.fixture
def required(timely):
    for reference in flag_rules.REFERENCES:
        reference.load()
    return Requirement.objects.get(measure=timely)


@pytest.fixture
def flagged(required, timely, group, koege, roskilde, aarhus):
    """Køge clearly short of what is required, Roskilde by what chance explains, Aarhus as it should be."""
    results = {
        koege.jobcentre: Said(600, 1000, 700.0, -1.0),
        roskilde.jobcentre: Said(78, 100, None, None),
        aarhus.jobcentre: Said(950, 1000, 700.0, 5.0),
    }
    make_comparison(timely, group, results, period="2026Q03")
    return flag(timely, target_group=group)


def test_the_flag_says_which_ground_it_has(flagged, koege, roskilde):
    assert {(one.jobcentre, one.ground, one.severity) for one in flagged} == {
        (koege.jobcentre, Flag.Ground.REQUIREMENT, Flag.Severity.SERIOUS),
        (roskilde.jobcentre, Flag.Ground.REQUIREMENT, Flag.Severity.WATCH),
    }


def test_the_evidence_freezes_what_was_required_and_by_which_law(flagged, koege, required):
    frozen = Evidence.from_json(Flag.objects.get(jobcentre=koege.jobcentre).evidence)

    assert (frozen.required.share, frozen.required.mark) == (0.8, "proposed")
    assert frozen.required.law_reference == required.law_reference
    assert {one.condition for one in frozen.reasons if one.held} == {
        Condition.ENOUGH_DATA,
        Condition.BELOW_REQUIREMENT,
        Condition.CLEARLY_BELOW_REQUIREMENT,
    }


def test_the_page_says_what_the_law_requires(client, flagged, koege, sjaelland):
    client.force_login(sjaelland.officer)

    text = text_of(client.get(Flag.objects.get(jobcentre=koege.jobcentre).get_absolute_url()))

    assert "Lovens krav ikke opfyldt – forslag" in text
    assert "Kravet er opfyldt i 600 af 1.000 tilfælde" in text


def test_the_page_holds_each_period_against_the_law_and_not_against_others(client, flagged, koege, sjaelland):
    client.force_login(sjaelland.officer)

    page = client.get(Flag.objects.get(jobcentre=koege.jobcentre).get_absolute_url())

    assert page.context["evidence"].chart["limit"]["value"] == 80
    text = text_of(page)
    assert "600 af 1.000 60,0 % 56,9–63,0 % 80 %" in text
    assert "den stiplede linje er det, loven kræver" in text
    assert "Sammenlignelige jobcentre" not in text
    assert "af forventet" not in text
    assert "Frosset" in text


def test_beside_another_flag_a_legal_requirement_is_held_against_the_law(
    client, flagged, koege, sjaelland, result_measure, group
):
    make_comparison(result_measure, group, {koege.jobcentre: FAR_UNDER}, period="2026Q03")
    [raised] = flag(result_measure, target_group=group)
    client.force_login(sjaelland.officer)

    text = text_of(client.get(raised.get_absolute_url()))

    assert "Samtaler til tiden Jobparate kontanthjælpsmodtagere Klart ikke opfyldt" in text


def test_the_journal_draws_the_share_beside_what_is_required(flagged, koege):
    document = journal.document(Flag.objects.get(jobcentre=koege.jobcentre))

    assert "56,9–63,0" in document
    assert "<title>Andelen over for det, loven kræver, periode for periode." in document
    assert "Sammenlignelige jobcentre" not in document


def test_the_administration_page_holds_it_against_the_law_too(client, flagged, koege, sjaelland):
    client.force_login(sjaelland.officer)

    page = client.get(reverse("admin:oversight_flag_change", args=[flagged[0].pk]))

    assert "3. kvt. 2026: 600 / 1.000 · 56,9–63,0 % · krævet 80 %" in text_of(page)


def test_the_administration_calls_it_what_its_page_calls_it(client, flagged, koege, sjaelland):
    client.force_login(sjaelland.officer)
    one = Flag.objects.get(jobcentre=koege.jobcentre)

    listed = client.get(reverse("admin:oversight_flag_changelist"))
    page = client.get(reverse("admin:oversight_flag_change", args=[one.pk]))

    assertContains(listed, f'<td class="field-how_severe">{capfirst(one.severity_in_words)}</td>', html=True)
    assert f"Alvor: {capfirst(one.severity_in_words)}" in text_of(page)


def test_where_nothing_is_required_nobody_is_flagged(required, timely, group, koege):
    required.delete()
    make_comparison(timely, group, {koege.jobcentre: Said(1, 1000, 700.0, -30.0)}, period="2026Q03")

    assert flag(timely, target_group=group) == []


def test_what_is_required_of_a_group_goes_before_what_is_required_of_all(required, timely, group):
    other = TargetGroup.objects.exclude(pk=group.pk).first()
    own = Requirement.objects.create(
        measure=timely,
        target_group=group,
        required_share=0.9,
        valid_from=date(2026, 1, 1),
        law_reference="Prøve",
        mark="read",
        reason="Prøve",
    )

    assert required_of(timely, group, on=date(2026, 9, 30)) == own
    assert required_of(timely, other, on=date(2026, 9, 30)) == required
    assert required_of(timely, group, on=date(2025, 9, 30)) == required
    assert required_of(timely, group, on=date(2020, 9, 30)) is None


def test_two_shares_are_not_required_at_once(required, timely):
    with pytest.raises(IntegrityError, match="requirement_one_at_a_time"), transaction.atomic():
        Requirement.objects.create(
            measure=timely,
            required_share=0.7,
            valid_from=date(2026, 1, 1),
            law_reference="Prøve",
            mark="read",
            reason="Prøve",
        )


def test_evidence_frozen_before_there_were_two_grounds_is_still_read():
    now = evidence().as_json()
    before = {name: said for name, said in now.items() if name != "required"}

    assert "required" in now
    assert Evidence.from_json(before) == Evidence.from_json(now)


def test_a_result_is_still_held_against_what_was_expected(required, result_measure, group, koege, roskilde):
    results = {koege.jobcentre: FAR_UNDER, roskilde.jobcentre: AS_EXPECTED}
    make_comparison(result_measure, group, results, period=NOW)

    [raised] = flag(result_measure, target_group=group)

    assert raised.ground == Flag.Ground.RESULT

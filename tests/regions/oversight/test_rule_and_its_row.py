"""The pure rule and the database row its thresholds come from name the same things."""

from dataclasses import fields

from regions.oversight.models import RuleParameters, Severity
from regions.oversight.rule import FlagRule, Level


def test_every_threshold_of_the_rule_is_a_column_with_the_same_default():
    from_the_measure = {"least_base"}
    thresholds = {
        field.name: field.default for field in fields(FlagRule) if field.name not in from_the_measure
    }

    assert thresholds == {name: RuleParameters._meta.get_field(name).default for name in thresholds}


def test_the_smallest_base_has_the_default_it_has_on_the_measure():
    from regions.measures.models import Measure

    assert FlagRule().least_base == Measure._meta.get_field("least_base").default


def test_every_severity_a_flag_can_be_stored_with_is_a_level_of_the_rule():
    assert {severity.value for severity in Severity} == {level.value for level in Level} - {
        Level.TOO_FEW_DATA
    }

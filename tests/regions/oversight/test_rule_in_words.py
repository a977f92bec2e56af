"""The rule's page: every threshold with its value and meaning, the law apart from it, and how it has held."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.translation import override

from regions.oversight import stating
from regions.oversight.models import Requirement, RuleParameters
from tests.regions.reading import text_of

RULE = "/flag/regel/"
NOT_THRESHOLDS = {"id", "version", "valid_from", "valid_to", "reason", "reason_da", "author", "mark"}


def test_every_threshold_of_a_version_is_told():
    columns = {field.name for field in RuleParameters._meta.concrete_fields}

    assert set(stating.ASKS) == columns - NOT_THRESHOLDS


def test_thresholds_are_written_in_their_own_units():
    with override("da"):
        told = {one.name: one.value for one in stating.thresholds(RuleParameters(serious_z=3.09))}

    assert "3,09" in told.values()
    assert "5\N{NO-BREAK SPACE}%" in told.values()


def test_the_page_states_the_rule_in_force_with_who_and_since_when(client, flag_rule, sjaelland):
    client.force_login(sjaelland.officer)

    text = text_of(client.get(RULE))

    for said in (
        "Version 1, i kraft siden mandag 1. januar 2007. Af Én Indgang. Foreslået",
        "3,09",
        "Set fra de første data",
        "Resultatproblem",
        "Lovkrav",
    ):
        assert said in text


def test_a_requirement_stands_apart_with_its_law_and_how_sure_it_is(client, flag_rule, sjaelland, measures):
    measure = measures["timely_first_interview"]
    Requirement.objects.filter(measure=measure).delete()
    Requirement.objects.create(
        measure=measure,
        required_share=0.8,
        law_reference="Prøveloven § 1",
        mark="proposed",
        valid_from=date(2024, 3, 1),
        reason="Because.",
        reason_da="Derfor.",
    )
    client.force_login(sjaelland.officer)

    text = text_of(client.get(RULE))

    assert "Prøveloven § 1" in text
    assert "Derfor." in text
    assert "Because." not in text
    assert "80 %" in text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_flag_leads_to_the_version_it_was_raised_by_also_when_another_is_in_force(client, flag, sjaelland):
    RuleParameters.objects.filter(version=1).update(valid_to=date(2024, 1, 1))
    RuleParameters.objects.create(
        version=2, valid_from=date(2024, 1, 1), serious_z=3.5, reason="Stricter.", reason_da="Strengere."
    )
    client.force_login(sjaelland.officer)

    assert 'href="/flag/regel/?version=1"' in client.get(flag.get_absolute_url()).content.decode()
    earlier, now = (text_of(client.get(RULE, asked)) for asked in ({"version": "1"}, {}))
    assert "som ikke længere er i kraft" in earlier
    assert "3,09" in earlier
    assert "Version 2, i kraft siden" in now
    assert "3,5" in now


@pytest.mark.parametrize("version", ["9", "x", "99999999999", "²"])
def test_a_version_that_is_not_there_is_no_fault(client, flag_rule, sjaelland, version):
    client.force_login(sjaelland.officer)

    assert client.get(RULE, {"version": version}).status_code in (200, 404)


def test_everyone_who_uses_flags_sees_how_they_have_held(
    client, make_flag, confirm, sjaelland, koege, national
):
    confirm(make_flag())
    make_flag(period="2025QMAT03").dismiss(
        by=sjaelland.officer, organisation=sjaelland.office.organisation, reason="Dataefterslæb"
    )
    for user in (sjaelland.officer, koege.manager, national):
        client.force_login(user)
        text = text_of(client.get(RULE))
        assert "Bekræftet 1" in text
        assert "Falske alarmer 1" in text

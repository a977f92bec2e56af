"""The definition files: what they may say, and that what they said stays said."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from regions.measures import reviewing
from regions.measures.reviewing import faults, faults_in, line_of, overdue, seal

DEFINITION = (reviewing.DEFINITIONS / "job_after_6_months.toml").read_text(encoding="utf-8")


def wrong_with(text, *, file="job_after_6_months.toml"):
    return [str(fault) for fault in faults_in(text, file=file)]


@pytest.fixture
def room(tmp_path):
    """A folder with one measure, sealed."""
    for name in ("definitions", "sealed"):
        (tmp_path / name).mkdir()
    write(tmp_path, DEFINITION)
    seal(definitions=tmp_path / "definitions", sealed=tmp_path / "sealed")
    return tmp_path


def write(room: Path, text: str) -> None:
    (room / "definitions" / "job_after_6_months.toml").write_text(text, encoding="utf-8")


def said_of(room):
    return [str(fault) for fault in faults(definitions=room / "definitions", sealed=room / "sealed")]


def test_the_portals_own_definitions_can_be_used(capsys):
    call_command("measures", "check")

    assert "The definitions can be used." in capsys.readouterr().out


def test_a_definition_as_it_should_be_has_no_fault():
    assert wrong_with(DEFINITION) == []


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('kind = "result"', 'kind = "luck"', ":1: kind: there is no “luck”, but labour_market, "),
        ('kind = "result"', "", ":1: kind is missing"),
        ('kind = "result"', 'kind = "result"\nhappy = true', ":2: happy: no measure has this"),
        ('unit = "per_cent"', "unit = 7", ":3: unit: must be a text"),
        ("mature_after = 1", "mature_after = -1", ":5: mature_after: must lie between 0 and 240"),
        ("mature_after = 1", "mature_after = true", ":5: mature_after: must be a whole number"),
        ("least_base = 20", "least_base = 0", ":6: least_base: must lie between 1 and 1000000"),
        ("mature_after = 1", "mature_after = 99999", ":5: mature_after: must lie between 0 and 240"),
        ("least_base = 20", "least_base = 10000000000000", ":6: least_base: must lie between"),
        ("Portalens statistikere", "s" * 121, ":11: checker: is longer than 120 letters"),
        ("Portalens statistikere", "a\\u0000b", ":11: checker: holds a character that is none"),
        (
            '"In a job six months after an ended spell"',
            '"a\\u0000b"',
            ":14: title: holds a character that is none",
        ),
        ("2027-11-01", '"next year"', ":12: next_review: must be a date such as 2026-11-01"),
        ("2027-11-01", "2026-10-01", ":12: next_review: must lie after valid_from"),
        ('period_type = "QMAT"', 'period_type = "D"', ":4: period_type: there is no “D”"),
        (
            'kind = "result"',
            'kind = "labour_market"',
            ":2: direction: a fact about the labour market is nobody",
        ),
        ('"Portalens statistikere"', '"portalens  REDAKTION"', ":11: checker: nobody checks what they wrote"),
        ('"Portalens statistikere"', '" "', ":11: checker: is empty"),
        ('en = "In a job six', '# "In a job six', ":14: title: must be there in both languages"),
        ('"In a job six months after an ended spell"', '""', ":14: title: is empty in one language"),
        ("[split]", "[split", ":26: this is not TOML"),
    ],
)
def test_each_fault_is_told_with_its_line(before, after, said):
    assert before in DEFINITION

    told = wrong_with(DEFINITION.replace(before, after, 1))

    assert any(f"job_after_6_months.toml{said}" in text for text in told), told


def test_a_legal_requirement_has_a_worse_side():
    text = DEFINITION.replace('"result"', '"legal_requirement"').replace('"higher_better"', '"neutral"')

    assert [text for text in wrong_with(text) if "is not neutral" in text]


def test_a_figure_without_a_base_needs_neither_numerator_nor_denominator():
    texts, _base = DEFINITION.split("[numerator]")
    nothing = '[numerator]\nda = ""\nen = ""\n[denominator]\nda = ""\nen = ""\n'

    assert wrong_with(texts + nothing) == []
    assert wrong_with(
        texts + nothing.replace('[denominator]\nda = ""\nen = ""', "[denominator]\nda='a'\nen='b'")
    )


def test_a_byte_order_mark_is_called_what_it_is(tmp_path):
    file = tmp_path / "job_after_6_months.toml"
    file.write_text(DEFINITION, encoding="utf-8-sig")

    [fault] = reviewing.faults_of(file, sealed=tmp_path)

    assert "byte order mark" in str(fault)


def test_a_file_is_named_as_a_code_is_written():
    assert "small letters" in wrong_with(DEFINITION, file="Job After.toml")[0]


def test_the_line_of_a_field_is_not_that_of_a_longer_name():
    assert line_of("kind", 'kinder = 1\n# kind = 2\nkind = "x"\n') == 3


def test_a_changed_definition_does_not_pass_without_a_new_version(room):
    write(room, DEFINITION.replace("least_base = 20", "least_base = 30"))

    (said,) = said_of(room)
    assert said == (
        "job_after_6_months.toml:8: version: 1 was sealed and reads otherwise now (least_base): "
        "a changed definition is version 2, with a valid_from of its own"
    )


def test_a_new_review_date_needs_no_new_version(room):
    write(room, DEFINITION.replace("2027-11-01", "2028-11-01"))

    assert said_of(room) == []


SECOND = (
    DEFINITION.replace("least_base = 20", "least_base = 30")
    .replace("version = 1", "version = 2")
    .replace("valid_from = 2026-11-01", "valid_from = 2027-01-01")
)


def test_a_new_version_passes_when_it_is_sealed_and_leaves_the_old_one_as_it_was(room):
    write(room, SECOND)
    assert said_of(room) == [
        "job_after_6_months.toml:1: is not sealed: run “manage.py measures seal”",
    ]

    made = seal(definitions=room / "definitions", sealed=room / "sealed")

    assert made == ["job_after_6_months.2.toml"]
    assert said_of(room) == []
    assert (room / "sealed/job_after_6_months.1.toml").read_text(encoding="utf-8") == DEFINITION


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SECOND.replace("version = 2", "version = 3"), "3 comes after a version that was never sealed"),
        (SECOND.replace("2027-01-01", "2026-11-01"), "2 must be valid from a later day than 1"),
    ],
)
def test_a_version_out_of_turn_is_not_sealed(room, text, said):
    write(room, text)

    assert seal(definitions=room / "definitions", sealed=room / "sealed") == []
    assert said in said_of(room)[0]


def test_nobody_goes_back_to_an_earlier_version(room):
    write(room, SECOND)
    seal(definitions=room / "definitions", sealed=room / "sealed")

    write(room, DEFINITION)

    assert "1 is not the latest that was sealed" in said_of(room)[0]


def test_a_sealed_measure_keeps_its_definition(room):
    (room / "definitions/job_after_6_months.toml").unlink()

    assert "has no definition any more" in said_of(room)[0]


def test_a_review_that_was_due_is_a_warning_with_its_line(room):
    definitions = room / "definitions"

    assert overdue(on=date(2027, 11, 1), definitions=definitions) == []
    assert [str(late) for late in overdue(on=date(2027, 11, 2), definitions=definitions)] == [
        "job_after_6_months.toml:12: the review was due on 2027-11-01"
    ]


def test_the_command_says_every_fault_and_fails(room, monkeypatch, capsys):
    write(room, DEFINITION.replace('"result"', '"luck"').replace("least_base = 20", "least_base = 0"))
    monkeypatch.setattr(
        reviewing.faults, "__kwdefaults__", {"definitions": room / "definitions", "sealed": room / "sealed"}
    )

    with pytest.raises(CommandError, match="2 faults"):
        call_command("measures", "check")
    assert len(capsys.readouterr().err.splitlines()) == 2

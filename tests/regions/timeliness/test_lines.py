"""A case system's file: what it says, and everything that makes a line unusable, told without a key."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from jobcenter.runtime.csvlines import Unreadable
from regions.timeliness.lines import Reading, Window, read

HEADER = "art;nøgle;forløb;målgruppe;fra;til;hvad;givet;timer;tilmeldt"
KEY = "k7f3a90c41d2e5b8"
SPELL = f"forløb;{KEY};2026-01-05;ready_for_work;;2026-06-12;job;;;2026-01-02"
INTERVIEW = f"samtale;{KEY};2026-01-05;;2026-01-08;;jobcenter;;;"
OFFER = f"tilbud;{KEY};2026-01-05;;2026-03-02;2026-03-27;virksomhedspraktik;;30,5;"
SICK = f"fritagelse;{KEY};2026-01-05;;2026-02-09;2026-02-13;syg;;;"

WINDOW = Window(date(2026, 1, 1), date(2026, 6, 30))


def reading_of(*lines: str, header: str = HEADER) -> Reading:
    content = "\n".join([header, *lines, ""]).encode()
    return read(content, window=WINDOW, groups=frozenset({"ready_for_work"}))


def problems_of(*lines: str) -> list[tuple[int, str]]:
    return [(one.line, one.text) for one in reading_of(*lines).problems]


def test_a_spell_is_read_with_all_that_belongs_to_it():
    reading = reading_of(SPELL, SICK, OFFER, INTERVIEW)

    assert not reading.problems
    [spell] = reading.spells
    assert (spell.person, spell.group, spell.exit_to) == (KEY, "ready_for_work", "job")
    assert (spell.starts_on, spell.ends_on) == (date(2026, 1, 5), date(2026, 6, 12))
    assert spell.registered_on == date(2026, 1, 2)
    interview, offer = spell.activities
    assert (interview.event, interview.kind, interview.starts_on) == (
        "interview",
        "jobcentre",
        date(2026, 1, 8),
    )
    assert (offer.event, offer.kind, offer.ends_on, offer.hours) == (
        "offer",
        "work_trial",
        date(2026, 3, 27),
        30.5,
    )
    assert [(one.reason, one.ends_on) for one in spell.exemptions] == [("sick", date(2026, 2, 13))]


def test_the_order_of_lines_and_the_language_of_the_columns_do_not_matter():
    english = "kind;person;spell;group;start;end;what;given;hours;registered"
    same = reading_of(
        INTERVIEW.replace("samtale", "interview"), SPELL.replace("forløb", "spell"), OFFER, header=english
    )

    assert same.spells[0].digest == reading_of(SPELL, OFFER, INTERVIEW).spells[0].digest


@pytest.mark.parametrize(
    ("line", "other"),
    [
        (SPELL, SPELL.replace(";job;", ";uddannelse;")),
        (SPELL, SPELL.replace("2026-06-12", "2026-06-11")),
        (INTERVIEW, INTERVIEW.replace("jobcenter", "a-kasse")),
        (OFFER, OFFER.replace("30,5", "37")),
        (SICK, SICK.replace("syg", "orlov")),
    ],
)
def test_the_digest_changes_with_anything_that_is_told(line, other):
    as_told = [SPELL, INTERVIEW, OFFER, SICK]
    changed = [other if one == line else one for one in as_told]

    assert reading_of(*as_told).spells[0].digest != reading_of(*changed).spells[0].digest


@pytest.mark.parametrize(
    "key",
    ["010180-1234", "0101801234", "CPR0101801234", "cpr-010180-1234-borger", "010180_1234", "x010180-1234"],
)
def test_what_looks_like_a_cpr_number_is_refused_and_never_repeated(key):
    [(line, text)] = problems_of(SPELL.replace(KEY, key))

    assert line == 2
    assert "CPR" in text
    assert "1234" not in text


@pytest.mark.parametrize(
    "key", ["kort", "1234567890123456", "a" * 65, "med mellemrum i sig", "k7f3a90c41d2e5bæ", ""]
)
def test_what_is_no_key_is_refused(key):
    [(_line, text)] = problems_of(SPELL.replace(KEY, key))

    assert "16" in text
    assert not key or key not in text


@pytest.mark.parametrize("key", ["9f0101801234567890abcdef12345678", "6b1d7c1e-0101-4801-b234-0a1b2c3d4e5f"])
def test_a_key_of_random_digits_is_no_cpr_number(key):
    assert not problems_of(SPELL.replace(KEY, key))


@pytest.mark.parametrize(
    ("lines", "line", "words"),
    [
        ([SPELL.replace("forløb;", "sag;")], 2, "forløb, samtale, tilbud, fritagelse"),
        ([SPELL.replace("ready_for_work", "alle")], 2, "„alle“"),
        ([SPELL.replace("2026-01-05", "5. januar")], 2, "„forløb“"),
        ([SPELL.replace("2026-06-12", "2026-01-04")], 2, "slutter"),
        ([SPELL.replace("2026-06-12", "2026-07-01")], 2, "sidste dag"),
        ([SPELL.replace("2026-06-12", "")], 2, "hvornår"),
        ([SPELL.replace(";job;", ";rejse;")], 2, "job, uddannelse, ydelse, andet"),
        ([SPELL.replace("2026-01-05", "2025-01-05").replace("2026-06-12", "2025-06-12")], 2, "Ingen dag"),
        ([SPELL, SPELL], 3, "linje 2"),
        ([SPELL, SPELL.replace("2026-01-05", "2026-03-05")], 3, "linje 2"),
        ([INTERVIEW], 2, "ikke i filen"),
        ([SPELL, INTERVIEW.replace("2026-01-08", "2026-01-01")], 3, "før"),
        ([SPELL, INTERVIEW.replace("2026-01-08", "2026-06-13")], 3, "efter"),
        ([SPELL, INTERVIEW.replace("jobcenter", "mig")], 3, "jobcenter, a-kasse"),
        ([SPELL, OFFER.replace("2026-03-27", "")], 3, "„til“"),
        ([SPELL, OFFER.replace("30,5", "")], 3, "„timer“"),
        ([SPELL, OFFER.replace("30,5", "61")], 3, "60"),
        ([SPELL, OFFER.replace("virksomhedspraktik", "løntilskud")], 3, "„givet“"),
        (
            [SPELL, SICK, SICK.replace("2026-02-09", "2026-02-13").replace(";2026-02-13;syg", ";;syg")],
            2,
            "overlapper",
        ),
    ],
)
def test_a_line_that_cannot_be_used_is_told_with_its_number_and_the_reason(lines, line, words):
    with translation.override("da"):
        [(number, text)] = problems_of(*lines)

    assert number == line
    assert words.casefold() in text.casefold()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "„art“"),
        (HEADER.replace(";hvad", "").encode(), "„hvad“"),
        (HEADER.encode(), "intet forløb"),
        (f"{HEADER}\nforløb;{KEY}".encode(), "Linje 2"),
        (f"{HEADER}\n".encode() + b"forl\xf8b", "linje 2"),
    ],
)
def test_a_file_that_is_no_table_is_refused_as_a_whole(content, words):
    with translation.override("da"), pytest.raises(Unreadable, match=words):
        read(content, window=WINDOW, groups=frozenset())

"""What a file of register figures would change, by hand and by every small file there is."""

from hypothesis import given
from hypothesis import strategies as st

from regions.bottlenecks.registers.changes import Difference, difference
from regions.measures.periods import parse

LATEST = parse("2026H01")
KOEGE, ROSKILDE = ("2026H01", "8142", "0259"), ("2026H01", "8142", "0265")
BEFORE = ("2025H02", "8142", "0259")


def changed_by(figures, *, standing=None, before=None) -> Difference:
    return difference(figures, standing=standing or {}, before=before or {}, latest=LATEST)


def test_every_line_is_added_changed_removed_or_as_before():
    found = changed_by(
        {KOEGE: (400, 9, 38, 6), ROSKILDE: (300, 3, 20, 1)},
        standing={KOEGE: (400, 8, 38, 6), ("2026H01", "2221", "0259"): (60, 1, 2, 0)},
    )

    assert (found.added, found.changed, found.removed, found.unchanged) == (1, 1, 1, 0)
    assert [(one.occupation, one.after) for one in found.changes] == [
        ("2221", None),
        ("8142", (400, 9, 38, 6)),
    ]


def test_a_number_ten_times_the_one_before_is_held_back_also_of_the_half_year_before():
    of_same = changed_by({KOEGE: (4000, 9, 38, 6)}, standing={KOEGE: (400, 9, 38, 6)})
    of_earlier = changed_by({KOEGE: (4000, 9, 38, 6)}, before={BEFORE: (400, 9, 38, 6)})

    for found, known_of in ((of_same, "2026H01"), (of_earlier, "2025H02")):
        [jump] = found.jumps
        assert (jump.number, jump.before, jump.after, jump.known_of) == ("employed", 400, 4000, known_of)
        assert found.held == found.jumped == 1


def test_nearly_ten_times_few_persons_and_what_is_withheld_are_no_jump():
    for was, now in (
        ((400, 9, 38, 6), (3999, 9, 38, 6)),
        ((4, 1, 0, 0), (49, 12, 49, 49)),
        ((400, None, 38, 6), (400, 900, 38, None)),
    ):
        assert not changed_by({KOEGE: now}, standing={KOEGE: was}).jumps


def test_what_stands_of_the_half_year_itself_is_asked_before_the_one_before():
    found = changed_by(
        {KOEGE: (400, 9, 38, 6)}, standing={KOEGE: (390, 9, 38, 6)}, before={BEFORE: (39, 9, 38, 6)}
    )

    assert not found.jumps


def test_an_older_half_year_is_held_back_when_it_changes_and_not_when_it_comes():
    standing = {BEFORE: (400, 9, 38, 6)}

    assert changed_by({BEFORE: (401, 9, 38, 6)}, standing=standing).rewritten == 1
    assert changed_by({("2025H02", "2221", "0259"): (1, 1, 1, 1)}, standing=standing).rewritten == 1
    assert changed_by({BEFORE: (401, 9, 38, 6)}).held == 0
    assert changed_by({KOEGE: (401, 9, 38, 6)}, standing={KOEGE: (400, 9, 38, 6)}).held == 0


keys = st.tuples(st.sampled_from(["2025H02", "2026H01"]), st.sampled_from("123"), st.sampled_from("ab"))
files = st.dictionaries(keys, st.tuples(*4 * [st.none() | st.integers(0, 300)]), max_size=8)


@given(files, files)
def test_counts_add_up_and_a_file_that_stands_changes_nothing(figures, standing):
    told = {period for period, *_rest in figures}
    standing = {key: persons for key, persons in standing.items() if key[0] in told}

    found = changed_by(figures, standing=standing)

    assert found.added + found.changed + found.unchanged == len(figures)
    assert found.removed + found.changed + found.unchanged == len(standing)
    assert found.is_empty == (figures == standing)
    assert changed_by(figures, standing=figures).is_empty


@given(files, files, files)
def test_another_difference_has_another_digest_and_all_is_kept_as_json(figures, one, other):
    told = {period for period, *_rest in figures}
    first, second = (
        changed_by(figures, standing={key: persons for key, persons in there.items() if key[0] in told})
        for there in (one, other)
    )

    assert Difference.from_json(first.as_json()).as_json() == first.as_json()
    if first.changes != second.changes or first.jumps != second.jumps:
        assert first.digest != second.digest

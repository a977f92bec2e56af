"""What differs between two issues: all told once, and nothing claimed of what was not assessed."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobcenter.classifications.models import Outlook
from regions.bottlenecks.figures.balance import Balance
from regions.bottlenecks.reports.changes import HARD, Change, Changes, Kind, compare

ISSUES = st.dictionaries(
    st.sampled_from([f"{code:04d}" for code in range(1000, 1040)]), st.sampled_from(Balance)
)

MIRRORED = {
    Kind.BECAME_HARD: Kind.NO_LONGER_HARD,
    Kind.ASSESSED: Kind.NOT_ASSESSED,
    Kind.OTHERWISE: Kind.OTHERWISE,
    Kind.NEW: Kind.GONE,
}
MIRRORED |= {other: one for one, other in MIRRORED.items()}


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("no_problems", "problems", "became_hard"),
        ("good", "paradox", "became_hard"),
        ("shortage", "less_good", "no_longer_hard"),
        ("not_assessed", "shortage", "assessed"),
        ("shortage", "not_assessed", "not_assessed"),
        ("shortage", "paradox", "otherwise"),
        ("good", "less_good", "otherwise"),
        (None, "shortage", "new"),
        ("shortage", None, "gone"),
        ("not_assessed", None, "gone"),
    ],
)
def test_an_occupation_became_hard_only_where_it_was_assessed_both_times(before, after, kind):
    assert Change("8344", before and Balance(before), after and Balance(after)).kind == kind


def test_those_that_became_hard_come_first_and_each_kind_by_code():
    fine, short, unknown = Balance.NO_PROBLEMS, Balance.SHORTAGE, Balance.NOT_ASSESSED
    before = {"9112": fine, "5120": fine, "2221": short, "4110": unknown, "7115": fine}
    after = {"9112": short, "5120": short, "2221": fine, "4110": fine, "7115": fine, "1111": short}

    changes = compare(before, after)

    assert [(change.occupation, change.kind) for change in changes.found] == [
        ("5120", Kind.BECAME_HARD),
        ("9112", Kind.BECAME_HARD),
        ("2221", Kind.NO_LONGER_HARD),
        ("4110", Kind.ASSESSED),
        ("1111", Kind.NEW),
    ]
    assert changes.as_before == 1


def test_what_is_hard_is_what_an_outlook_calls_hard():
    assert set(HARD) == set(Outlook.HARD_TO_FILL)


@given(ISSUES)
def test_an_issue_does_not_differ_from_itself(issue):
    assert compare(issue, issue) == Changes(found=[], as_before=len(issue))


@given(ISSUES, ISSUES)
def test_every_occupation_of_either_is_told_once_or_is_as_before(before, after):
    changes = compare(before, after)

    told = Counter(change.occupation for change in changes.found)
    assert set(told.values()) <= {1}
    same = {code for code in before if before[code] == after.get(code)}
    assert set(told) == (before.keys() | after.keys()) - same
    assert changes.as_before == len(same)


@given(ISSUES, ISSUES)
def test_the_other_way_round_it_is_mirrored(before, after):
    forth, back = compare(before, after), compare(after, before)

    assert {(change.occupation, MIRRORED[change.kind]) for change in forth.found} == {
        (change.occupation, change.kind) for change in back.found
    }
    assert forth.as_before == back.as_before


@given(ISSUES, ISSUES, st.randoms())
def test_the_order_of_the_lines_does_not_matter(before, after, random):
    def shuffled(issue):
        lines = list(issue.items())
        random.shuffle(lines)
        return dict(lines)

    assert compare(shuffled(before), shuffled(after)) == compare(before, after)


@given(ISSUES, ISSUES)
def test_nothing_is_said_to_be_hard_that_was_not_assessed(before, after):
    for change in compare(before, after).found:
        if change.kind in {Kind.BECAME_HARD, Kind.NO_LONGER_HARD}:
            assert Balance.NOT_ASSESSED not in {change.before, change.after}
            assert (change.after in HARD) is (change.kind == Kind.BECAME_HARD)

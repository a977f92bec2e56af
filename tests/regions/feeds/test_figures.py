"""A difference is kept with what arrived, and read back as it was."""

import json

from regions.feeds.figures import Change, Difference, Jump, Part, Stored


def test_a_difference_is_the_same_after_it_was_kept():
    found = Difference(
        added=3,
        changed=1,
        unchanged=5,
        removed=1,
        held=1,
        parts_left_out=2,
        parts=[Part("unemployed", None, "2020Y01", 3, 1, 1)],
        changes=[
            Change("unemployed", None, "0259", None, "2020Y01", Stored(7.0), Stored(70.5)),
            Change("job_after_6_months", "all", None, "0265", "2020Y01", Stored(40.0, 4, 10), None),
        ],
        jumps=[
            Jump("unemployed", None, "0259", None, "2020Y01", "2019Y01", Stored(7.0), Stored(70.5)),
        ],
    )

    assert Difference.from_json(json.loads(json.dumps(found.as_json()))) == found
    assert (found.changes_left_out, found.jumps_left_out) == (0, 0)


def test_what_only_removes_is_not_empty():
    assert Difference(unchanged=4).is_empty
    assert not Difference(removed=1).is_empty

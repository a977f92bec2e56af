"""What is kept in memory for a while."""

import pytest

from jobcenter.runtime.kept import Kept


@pytest.fixture
def clock(monkeypatch):
    """Moves the clock that ages are measured by."""
    now = [100.0]
    monkeypatch.setattr("jobcenter.runtime.kept.monotonic", lambda: now[0])

    def move(seconds):
        now[0] += seconds

    return move


def test_what_is_kept_is_there_until_it_is_too_old(clock):
    kept = Kept(seconds=60, most=10)

    assert kept.get("a") is None
    assert kept.put("a", 1) == 1
    clock(59)
    assert kept.get("a") == 1
    clock(1)
    assert kept.get("a") is None


def test_what_was_kept_first_gives_way(clock):
    kept = Kept(seconds=60, most=2)
    for key in ("a", "b", "a", "c"):
        kept.put(key, key)

    assert [kept.get(key) for key in "abc"] == ["a", None, "c"]


def test_everything_can_be_forgotten():
    kept = Kept(seconds=60, most=10)
    kept.put("a", 1)

    Kept.forget_all()

    assert kept.get("a") is None

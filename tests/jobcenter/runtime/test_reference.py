from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from jobcenter.runtime import reference
from jobcenter.runtime.csvlines import Reading, read
from jobcenter.runtime.merging import Merged, merge
from jobcenter.runtime.models import Heartbeat, Loaded
from jobcenter.runtime.reference import Reference, load

pytestmark = pytest.mark.django_db

HEAD = "name,seen_at\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "heartbeats.csv"
    path.write_text(f"{HEAD}worker,2026-11-22T08:00Z\nbeat,2026-11-22T08:00Z\n")
    return path


@pytest.fixture
def heartbeats(file):
    """Reference data of any kind: here a table that the room of these tests has."""

    def load_heartbeats() -> list[Merged[Heartbeat]]:
        lines: Reading[tuple[str, str]] = read(
            file.read_bytes(),
            lambda row: (row["name"], row["seen_at"]),
            columns=("name", "seen_at"),
            key=lambda line: line[0],
        )
        rows = lines.then(lambda line: Heartbeat(name=line[0], seen_at=line[1]))
        return [merge(rows, into=Heartbeat.objects.all(), by=["name"])]

    return Reference("runtime.heartbeats", files=[file], load=load_heartbeats)


def test_a_load_tells_what_was_added_and_the_next_one_that_nothing_has_changed(heartbeats):
    first, second = load(heartbeats), load(heartbeats)

    assert [str(table) for table in first.tables] == [
        "runtime.Heartbeat: 2 added, 0 changed, 0 unchanged, 0 refused"
    ]
    assert second.tables == ()
    assert second.is_clean


def test_nothing_has_changed_costs_two_queries_and_no_reading_of_rows(heartbeats, django_assert_num_queries):
    load(heartbeats)

    # Besides the lock and the look: the savepoint in which the test runs it.
    with django_assert_num_queries(4):
        load(heartbeats)


def test_by_force_it_is_loaded_again_and_everything_is_unchanged(heartbeats):
    load(heartbeats)

    again = load(heartbeats, force=True)

    assert [(table.added, table.unchanged) for table in again.tables] == [(0, 2)]


def test_a_changed_file_is_loaded_again(heartbeats, file):
    load(heartbeats)
    file.write_text(file.read_text() + "web,2026-11-22T08:00Z\n")

    again = load(heartbeats)

    assert [(table.added, table.unchanged) for table in again.tables] == [(1, 2)]


def test_what_had_refusals_is_tried_and_told_again(heartbeats, file):
    file.write_text(file.read_text() + f"{'long' * 9},2026-11-22T08:00Z\n")

    reports = [load(heartbeats), load(heartbeats)]

    assert [[refusal.line for refusal in report.refusals] for report in reports] == [[4], [4]]
    assert set(Heartbeat.objects.values_list("name", flat=True)) == {"worker", "beat"}
    assert not Loaded.objects.filter(name="runtime.heartbeats").exists()


def test_an_unreadable_file_changes_nothing_and_says_why(heartbeats, file):
    load(heartbeats)
    file.write_bytes(f"{HEAD}sidste øjeblik,2026-11-22T08:00Z\n".encode("latin-1"))

    report = load(heartbeats)

    assert "not UTF-8" in report.unreadable
    assert not report.is_clean
    assert Heartbeat.objects.count() == 2


def test_what_is_missing_is_told_each_time(heartbeats):
    lonely = Reference(
        heartbeats.name,
        files=heartbeats.files,
        load=heartbeats.load,
        gaps=lambda: ["nobody looks after the web"],
    )

    assert [list(load(lonely).gaps), list(load(lonely).gaps)] == [["nobody looks after the web"]] * 2
    assert not load(lonely).is_clean


def test_the_command_tells_refused_lines_with_file_line_and_reason(heartbeats, file, monkeypatch, capsys):
    monkeypatch.setattr(
        "jobcenter.runtime.management.commands.load_reference_data.references", lambda: [heartbeats]
    )
    file.write_text(f"{HEAD}worker\nbeat,2026-11-22T08:00Z\n")

    call_command("load_reference_data")

    said = capsys.readouterr()
    assert said.out == "runtime.Heartbeat: 1 added, 0 changed, 0 unchanged, 1 refused\n"
    assert said.err == "  runtime.heartbeats, line 2: it has another number of fields than the first line\n"
    with pytest.raises(CommandError, match="refused or are missing"):
        call_command("load_reference_data", "--strict")


def test_a_room_without_reference_data_is_named():
    with pytest.raises(CommandError, match="The room cellar has no reference data"):
        call_command("load_reference_data", "cellar")


def test_the_rooms_are_loaded_in_the_order_they_build_on_each_other():
    rooms = [one.room for one in reference.references()]

    assert rooms.index("geography") < rooms.index("classifications") < rooms.index("centres")
    for one in reference.references():
        assert all(Path(file).is_file() for file in one.files)

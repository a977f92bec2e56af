"""`manage.py up` before it starts anything: what stands in its way is said in one sentence."""

import json
import os
import shutil
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobcenter.runtime import children, setup, state
from jobcenter.runtime.setup import CHECKOUT, Unable
from jobcenter.runtime.state import State, digest_of_sources, environment_of_running_portal
from tests.jobcenter.runtime.stranger import free_port


@pytest.fixture
def data(monkeypatch) -> Iterator[Path]:
    folder = children.fresh_folder()
    monkeypatch.setenv("DATA_FOLDER", str(folder))
    yield folder
    shutil.rmtree(folder)


def up(data: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "up"],
        cwd=CHECKOUT,
        env={"PATH": os.environ["PATH"], "DATA_FOLDER": str(data), "PORT": str(free_port()), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_taken_port_gives_one_sentence_and_starts_nothing(data):
    with socket.socket() as somebody:
        somebody.bind(("127.0.0.1", 0))
        somebody.listen()
        port = somebody.getsockname()[1]

        ended = up(data, PORT=str(port))

    assert ended.returncode == 1
    assert ended.stderr == f"Port {port} cannot be used (Address already in use): choose another with PORT.\n"
    assert not (data / "state").exists()


@pytest.mark.parametrize("port", ["ottetusind", "70000"])
def test_a_port_that_is_none_gives_one_sentence(data, port):
    ended = up(data, PORT=port)

    assert ended.stderr == f"PORT must be a number from 1 to 65535, not {port}.\n"
    assert ended.returncode == 1


@pytest.mark.parametrize(
    "made_by", ['{"data": 0, "postgresql": 18}', '{"data": 1, "postgresql": 17}', "", None]
)
def test_data_made_by_another_version_give_one_sentence_and_are_left_alone(data, made_by):
    (data / "state").mkdir()
    (data / "state/precious").write_text("kept")
    if made_by is not None:
        (data / "state/version.json").write_text(made_by)

    ended = up(data)

    assert ended.returncode == 1
    assert ended.stderr == (
        f"The data in {data}/state were made by another version of the portal: "
        "go back to that version, or forget them with `make reset`.\n"
    )
    assert {path.name for path in (data / "state").iterdir()} <= {"precious", "version.json"}


def test_a_second_portal_on_the_same_data_gives_one_sentence(data):
    with setup.held(data / "running.lock", busy="", wait=False):
        ended = up(data)

    assert ended.stderr == "The portal of this checkout is running already: stop that one first.\n"
    assert ended.returncode == 1


def test_servers_of_the_environment_that_do_not_answer_give_one_sentence(data):
    ended = up(
        data, DATABASE_URL=f"postgresql://a:b@127.0.0.1:{free_port()}/c", REDIS_URL="redis://127.0.0.1:1/0"
    )

    assert ended.returncode == 1
    assert ended.stderr.startswith("REDIS_URL cannot be used: ")
    assert ended.stderr.count("\n") == 1
    assert not (data / "state/postgres").exists()


def test_the_secret_key_is_made_once_and_only_its_owner_may_read_it(data):
    ours = State(data / "state")
    ours.open()

    key = ours.secret_key()

    assert len(key) >= 50
    assert State(data / "state").secret_key() == key
    assert stat.S_IMODE((data / "state/secret-key").stat().st_mode) == 0o600


def test_data_of_the_same_version_are_opened_again(data):
    State(data / "state").open()
    State(data / "state").open()

    (data / "state/version.json").write_text(json.dumps({"data": state.DATA_VERSION + 1, "postgresql": 18}))
    with pytest.raises(Unable, match="made by another version"):
        State(data / "state").open()


def test_manage_py_finds_the_portal_that_runs_and_nothing_when_none_does(data):
    assert environment_of_running_portal() == {}

    ours = State(data / "state")
    ours.open()
    ours.write("environment.json", json.dumps({"DATABASE_URL": "postgresql://there"}))

    assert environment_of_running_portal() == {"DATABASE_URL": "postgresql://there"}
    assert stat.S_IMODE((data / "state/environment.json").stat().st_mode) == 0o600


def test_a_changed_source_or_database_asks_for_a_new_preparation(tmp_path, monkeypatch):
    monkeypatch.setattr(state, "CHECKOUT", tmp_path)
    source = tmp_path / "jobcenter/room.py"
    source.parent.mkdir()
    source.write_text("one")
    before = digest_of_sources()
    assert digest_of_sources() == before

    (tmp_path / "jobcenter/__pycache__").mkdir()
    (tmp_path / "jobcenter/__pycache__/room.pyc").write_text("compiled")
    assert digest_of_sources() == before

    assert digest_of_sources(database="postgresql://another/one") != before

    source.write_text("two, longer")
    assert digest_of_sources() != before

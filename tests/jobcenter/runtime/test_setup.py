"""The set-up behind `make`: what is missing is said in one sentence, and everybody's data are their own."""

import importlib.util
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from jobcenter.runtime import setup
from jobcenter.runtime.setup import CHECKOUT, Unable

MAKE = shutil.which("make")
SCRIPT = CHECKOUT / "jobcenter/runtime/setup.py"


def put_on_path(folder: Path, *programs: str) -> str:
    """A PATH that holds these programs of the machine and no others."""
    folder.mkdir(exist_ok=True)
    for program in programs:
        found = shutil.which(program)
        assert found
        (folder / program).symlink_to(found)
    return str(folder)


def set_up(target: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, SCRIPT, target],
        env={"HOME": os.environ["HOME"], **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("git", "git is missing: install the package git.\n"),
        ("make", "make is missing: install the package make.\n"),
        ("setpriv", "setpriv is missing: install the package util-linux.\n"),
    ],
)
def test_a_missing_program_is_named_in_one_sentence(tmp_path, missing, sentence):
    path = put_on_path(tmp_path / "bin", *({"git", "make", "setpriv"} - {missing}))

    ended = set_up("run", PATH=path, DATA_FOLDER=str(tmp_path / "data"))

    assert (ended.returncode, ended.stderr, ended.stdout) == (1, sentence, "")
    assert not (tmp_path / "data").exists()


def test_a_missing_python_is_named_in_one_sentence(tmp_path):
    path = put_on_path(tmp_path / "bin", "git", "sh", "setpriv")

    ended = subprocess.run(
        [MAKE, "run"], cwd=CHECKOUT, env={"PATH": path}, capture_output=True, text=True, check=False
    )

    assert ended.stderr.splitlines()[0] == "python3 is missing: install Python 3.11 or newer with venv."
    assert ended.returncode


def test_a_missing_venv_is_named_in_one_sentence(monkeypatch):
    there = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "ensurepip" else there(name)
    )

    with pytest.raises(Unable, match=r"^Python's venv is missing: install the package python3-venv \(or "):
        setup.look_for_prerequisites()


def test_an_old_python_is_told_so_in_one_sentence(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 10, 12))

    with pytest.raises(Unable, match=r"^Python 3\.11 or newer is needed, not 3\.10: "):
        setup.look_for_prerequisites()


def test_a_python_for_which_no_wheel_carries_a_redis_needs_one_on_the_path(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 13, 1))
    monkeypatch.setenv("PATH", put_on_path(tmp_path / "bin", "git", "make", "setpriv"))
    monkeypatch.delenv("REDIS_URL", raising=False)
    with pytest.raises(
        Unable, match=r"^With Python 3\.13 a redis-server or valkey-server must be on the PATH"
    ):
        setup.look_for_prerequisites()

    valkey = tmp_path / "bin/valkey-server"
    valkey.write_text("#!/bin/sh\n")
    valkey.chmod(0o755)
    setup.look_for_prerequisites()


def test_two_users_of_one_checkout_have_data_of_their_own(monkeypatch):
    monkeypatch.delenv("DATA_FOLDER", raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", "/home/everybody/state")
    folders = set()
    for uid in (0, 1000, 1001):
        monkeypatch.setattr(os, "geteuid", lambda uid=uid: uid)
        folders.add(setup.data_folder())

    assert len(folders) == 3
    assert not any(folder.is_relative_to(CHECKOUT) for folder in folders)


def test_two_checkouts_of_one_user_have_data_of_their_own(tmp_path, monkeypatch):
    monkeypatch.delenv("DATA_FOLDER", raising=False)
    here = setup.data_folder()
    monkeypatch.setattr(setup, "CHECKOUT", tmp_path / CHECKOUT.name)

    assert setup.data_folder() != here


def test_a_new_data_folder_is_private_and_an_old_one_keeps_its_permissions(tmp_path, monkeypatch):
    above = tmp_path / "above"
    above.mkdir(mode=0o750)
    monkeypatch.setenv("DATA_FOLDER", str(above / "ours/data"))

    folder = setup.make_data_folder()

    assert stat.S_IMODE(above.stat().st_mode) == 0o750
    assert stat.S_IMODE(folder.stat().st_mode) == (0o711 if os.geteuid() == 0 else 0o700)
    folder.chmod(0o750)
    setup.make_data_folder()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o750


def test_a_data_folder_that_cannot_be_made_gives_one_sentence(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("DATA_FOLDER", str(tmp_path / "file/data"))

    with pytest.raises(
        Unable, match=r"cannot be made \(Not a directory\): set DATA_FOLDER to a folder of yours\.$"
    ):
        setup.make_data_folder()


def test_somebody_elses_checkout_is_not_written_to(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: CHECKOUT.stat().st_uid + 1)

    assert setup.venv_python().is_relative_to(setup.data_folder())
    assert setup.node_modules().is_relative_to(setup.data_folder())
    environment = setup.environment_of_programs()
    assert all(Path(value).is_relative_to(setup.data_folder()) for value in environment.values())
    assert "PYTHONPYCACHEPREFIX" in environment


def test_reset_refuses_while_the_portal_runs_and_forgets_when_it_does_not(tmp_path):
    (tmp_path / "state").mkdir()
    (tmp_path / "state/secret-key").write_text("kept")
    with setup.held(tmp_path / "running.lock", busy="", wait=False):
        refused = set_up("reset", PATH="", DATA_FOLDER=str(tmp_path))
        assert refused.stderr == "The portal runs on these data: stop it first, then `make reset`.\n"
        assert (refused.returncode, refused.stdout) == (1, "")
        assert (tmp_path / "state/secret-key").exists()

    done = set_up("reset", PATH="", DATA_FOLDER=str(tmp_path))

    assert (done.returncode, done.stdout) == (0, f"Forgot the data in {tmp_path}.\n")
    assert not (tmp_path / "state").exists()


def test_the_second_of_two_makes_waits_for_the_first_to_install(tmp_path):
    take = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1]); import setup\n"
        "with setup.held(Path(sys.argv[2]), busy='waiting', wait=True): print('mine', flush=True)"
    )
    with setup.held(tmp_path / "lock", busy="", wait=False):
        second = subprocess.Popen(
            [sys.executable, "-c", take, str(SCRIPT.parent), str(tmp_path / "lock")],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert second.stderr
        assert second.stderr.readline() == "waiting\n"
        assert second.poll() is None

    said, _ = second.communicate(timeout=20)
    assert said == "mine\n"


def test_packages_are_installed_anew_only_when_the_lock_file_or_the_python_changes(tmp_path):
    lock = tmp_path / "requirements.lock"
    lock.write_text("one==1")
    first = setup.digest(lock, "(3, 11) /here/.venv")

    assert setup.digest(lock, "(3, 11) /here/.venv") == first
    assert setup.digest(lock, "(3, 12) /here/.venv") != first
    lock.write_text("one==2")
    assert setup.digest(lock, "(3, 11) /here/.venv") != first


def test_a_venv_whose_python_is_gone_does_not_run(tmp_path):
    (tmp_path / "python").symlink_to(tmp_path / "removed")

    assert not setup.runs(tmp_path / "python")
    assert setup.runs(Path(sys.executable))


def test_a_command_that_does_not_end_in_time_gives_one_sentence():
    with pytest.raises(Unable, match=r"^npm did not do it\. It had not ended after 0 minutes\.$"):
        setup.carry_out(["sleep", "60"], within=0.1, failed="npm did not do it.")
    with pytest.raises(Unable, match=r"^npm did not do it\.$"):
        setup.carry_out(["false"], within=10, failed="npm did not do it.")

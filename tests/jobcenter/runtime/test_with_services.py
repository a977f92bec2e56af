"""A command beside a private PostgreSQL and Redis."""

import os
import signal
import subprocess
import sys
from pathlib import Path

COMMAND = [sys.executable, "-m", "jobcenter.runtime.with_services"]
BARE = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
GIVEN = {"DATABASE_URL": "postgresql://given/database", "REDIS_URL": "redis://given/0"}


def test_the_command_gets_servers_that_answer_and_they_are_gone_with_their_folder_afterwards():
    asks = (
        "import os, psycopg, redis;"
        "c = psycopg.connect(os.environ['DATABASE_URL']);"
        "redis.Redis.from_url(os.environ['REDIS_URL']).ping();"
        "print(c.info.host); raise SystemExit(7)"
    )

    ended = subprocess.run(
        [*COMMAND, sys.executable, "-c", asks],
        env=BARE,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert ended.returncode == 7, ended.stderr
    socket_folder = Path(ended.stdout.strip())
    assert socket_folder.is_absolute()
    assert not socket_folder.parents[1].exists()


def test_servers_named_in_the_environment_are_used():
    shows = "import os; print(os.environ['DATABASE_URL'], os.environ['REDIS_URL'])"

    said = subprocess.check_output([*COMMAND, sys.executable, "-c", shows], env=BARE | GIVEN, text=True)

    assert said.split() == list(GIVEN.values())


def test_a_signal_goes_on_to_the_command_and_its_status_comes_back():
    waits = "import signal; print('waiting', flush=True); signal.pause()"
    running = subprocess.Popen(
        [*COMMAND, sys.executable, "-c", waits], env=BARE | GIVEN, stdout=subprocess.PIPE, text=True
    )
    assert running.stdout
    assert running.stdout.readline() == "waiting\n"

    running.send_signal(signal.SIGTERM)

    assert running.wait(20) == 128 + signal.SIGTERM
    running.stdout.close()

"""The embedded PostgreSQL and Redis: private, needing a password, and gone when stopped."""

import os
import pwd
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import redis

from jobcenter.runtime import children, servers
from jobcenter.runtime import redis as embedded_redis
from jobcenter.runtime.postgres import MAJOR, PORT, Postgres
from jobcenter.runtime.redis import Redis
from jobcenter.runtime.setup import Unable
from tests.jobcenter.runtime.stranger import permissions_above


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder as a data folder is: the unprivileged user can pass through, and nothing more."""
    folder = children.fresh_folder()
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def postgres(place: Path) -> Iterator[Postgres]:
    (place / "postgres").mkdir()
    server = Postgres(place / "postgres", throwaway=True)
    before = permissions_above(server.folder / "cluster")
    server.start()
    server.wait()
    after = permissions_above(server.folder / "cluster")
    del before[server.folder], after[server.folder]
    assert after == before, "starting a server changes no permission above its folder"
    yield server
    server.stop()


@pytest.fixture
def redis_server(place: Path) -> Iterator[Redis]:
    (place / "redis").mkdir(exist_ok=True)
    server = Redis(place / "redis")
    server.start()
    server.wait()
    yield server
    server.stop()


def test_the_database_sorts_and_lowers_danish_letters_the_same_on_every_machine(postgres):
    with psycopg.connect(postgres.url) as connection:
        encoding, lowered, provider = connection.execute(
            "SELECT pg_encoding_to_char(encoding), lower('ÆØÅ'), datlocprovider"
            " FROM pg_database WHERE datname = current_database()"
        ).fetchone()

    assert (encoding, lowered, provider) == ("UTF8", "æøå", "b")


def test_a_wrong_password_is_refused(postgres):
    wrong = postgres.url.replace(postgres.password, "guessed")

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)


def test_no_password_at_all_is_refused_also_for_the_superuser(postgres):
    with pytest.raises(psycopg.OperationalError, match="no password supplied"):
        psycopg.connect(host=str(postgres.socket_folder), port=PORT, user="postgres", dbname="postgres")


def test_the_portal_is_not_the_superuser(postgres):
    with (
        psycopg.connect(postgres.url) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("COPY (SELECT 1) TO PROGRAM 'cat'")


def test_the_database_does_not_listen_on_the_network(postgres):
    with psycopg.connect(postgres.url) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_only_the_servers_own_user_may_enter_its_folder(postgres):
    about = postgres.folder.stat()
    owner = "nobody" if children.is_root() else pwd.getpwuid(os.geteuid()).pw_name

    assert pwd.getpwuid(about.st_uid).pw_name == owner
    assert stat.S_IMODE(about.st_mode) == 0o700
    assert stat.S_IMODE(postgres.password_file.stat().st_mode) == 0o600


def test_the_database_never_runs_as_root(postgres):
    assert postgres.process
    status = Path(f"/proc/{postgres.process.pid}/status").read_text()

    owners = next(line for line in status.splitlines() if line.startswith("Uid:")).split()[1:]
    assert "0" not in owners


def test_a_database_keeps_its_data_and_its_password_over_a_restart(postgres):
    with psycopg.connect(postgres.url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept AS SELECT 'Æbleskiver' AS what")
    url = postgres.url

    postgres.stop()
    assert not (postgres.socket_folder / f".s.PGSQL.{PORT}").exists()
    postgres.start()
    postgres.wait()

    assert postgres.url == url
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT what FROM kept").fetchone() == ("Æbleskiver",)


def test_a_socket_whose_path_would_be_too_long_lies_in_a_short_private_folder(place):
    deep = place / ("a-folder-with-a-long-name-" * 4)
    deep.mkdir()
    server = Postgres(deep)

    server.choose_socket_folder()

    assert len(str(server.socket_folder)) < 60
    assert stat.S_IMODE(server.socket_folder.stat().st_mode) == 0o700
    server.stop()
    assert not server.socket_folder.exists()


def test_a_program_that_is_no_server_gives_one_sentence(place, tmp_path):
    (place / "broken").mkdir()
    server = Postgres(place / "broken")
    server.process = subprocess.Popen(["false"], process_group=0)
    server.password_file.write_text("secret")

    with pytest.raises(Unable, match=r"^PostgreSQL did not start; .*postgres\.log says why\.$"):
        server.wait()


def test_redis_wants_its_password(redis_server):
    address = urlsplit(redis_server.url)
    for password in (None, "guessed"):
        stranger = redis.Redis(
            host=address.hostname, port=address.port, password=password, retry=embedded_redis.ONCE
        )
        with stranger, pytest.raises(redis.AuthenticationError):
            stranger.ping()


def test_redis_listens_on_this_machine_only_and_keeps_what_waits_over_a_restart(redis_server):
    with redis.Redis.from_url(redis_server.url) as connection:
        assert connection.config_get("bind") == {"bind": "127.0.0.1"}
        connection.set("waiting", "work")
    url = redis_server.url

    redis_server.stop()
    redis_server.start()
    redis_server.wait()

    assert redis_server.url == url
    with redis.Redis.from_url(url) as connection:
        assert connection.get("waiting") == b"work"


def test_servers_of_the_environment_are_asked_for_their_version(postgres, redis_server, monkeypatch):
    servers.check_postgresql(postgres.url)
    servers.check_redis(redis_server.url)

    monkeypatch.setattr(servers, "OLDEST_POSTGRESQL", MAJOR + 1)
    monkeypatch.setattr(servers, "OLDEST_REDIS", (999, 0))
    with pytest.raises(Unable, match=r"^DATABASE_URL is a PostgreSQL 18; 19 or newer is needed\.$"):
        servers.check_postgresql(postgres.url)
    with pytest.raises(Unable, match=r"^REDIS_URL is a Redis [0-9.]+; 6\.2 or newer is needed\.$"):
        servers.check_redis(redis_server.url)


def test_servers_of_the_environment_that_do_not_answer_give_a_sentence():
    port = embedded_redis.free_port()

    with pytest.raises(Unable, match=r"^DATABASE_URL cannot be used: "):
        servers.check_postgresql(f"postgresql://somebody@127.0.0.1:{port}/portal")
    with pytest.raises(Unable, match=r"^REDIS_URL cannot be used: "):
        servers.check_redis(f"redis://127.0.0.1:{port}/0")


@pytest.mark.skipif(not children.is_root(), reason="only root starts servers as somebody else")
def test_a_redis_behind_a_link_in_a_private_folder_is_started_from_a_copy(place, tmp_path):
    tmp_path.chmod(0o700)
    link = tmp_path / "redis-server"
    link.symlink_to("/bin/true")
    (place / "linked").mkdir()

    copy = Redis(place / "linked").own_copy(link)

    assert copy == place / "linked/redis-server"
    assert copy.read_bytes() == Path("/bin/true").read_bytes()
    assert Redis(place / "linked").own_copy(Path("/bin/true")) == Path("/bin/true")


def test_a_redis_older_than_needed_is_refused_by_name(tmp_path, monkeypatch):
    old = tmp_path / "redis-server"
    old.write_text("#!/bin/sh\necho 'Redis server v=6.0.16 sha=00000000:0 malloc=libc bits=64'\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)

    with pytest.raises(Unable, match=rf"^{old} is older than Redis 6\.2: install a newer one\.$"):
        embedded_redis.find_program()

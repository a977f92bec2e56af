"""What `make test`, `verify` and `bench` do once the packages are there; also `make lock` and `format`."""

import contextlib
import os
import platform
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from jobcenter.runtime import setup
from jobcenter.runtime.setup import CHECKOUT, Unable
from jobcenter.runtime.with_services import services

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_CHROMIUM = "!!! THERE IS NO CHROMIUM ON THIS MACHINE: THE BROWSER TESTS ARE SKIPPED !!!"
MINUTES_TO_VERIFY = 45
REPORT = CHECKOUT / "docs/verify.md"

PYTHON = sys.executable
CACHE = setup.data_folder() / "cache"
# Our own server is thrown away with its databases: dropping one while a worker is still taking its leave
# would fail for nothing. Another's server is left as it was.
OWN_SERVER = "DATABASE_URL" not in os.environ
KEPT = ["--reuse-db"] if OWN_SERVER else []
# Migrated once, and copied for each of the processes that test.
MIGRATE = {"database": [PYTHON, "manage.py", "migrate", "--verbosity=0"]} if OWN_SERVER else {}
PYTEST = [PYTHON, "-m", "pytest", "-q", "-o", f"cache_dir={CACHE / 'pytest'}", "--durations=5", *KEPT]
LINT_IMPORTS = [
    str(Path(PYTHON).with_name("lint-imports")),
    "--cache-dir",
    str(CACHE / "imports"),
    "--no-logo",
]
TEST = {
    "lint": [PYTHON, "-m", "ruff", "check", "."],
    "layout": [PYTHON, "-m", "ruff", "format", "--check", "."],
    "types": [PYTHON, "-m", "mypy"],
    "imports": LINT_IMPORTS,
    "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    "translations": [PYTHON, "manage.py", "catalogue", "check"],
    **MIGRATE,
    "static files": [PYTHON, "manage.py", "collectstatic", "--no-input", "--verbosity=0"],
    "tests": [*PYTEST, "-n", "2", "--dist", "worksteal"],
}
MINUTES_TO_MEASURE = 60
BENCH = {
    "measurements": [PYTHON, "-m", "benchmarks"],
    "recomputation": [PYTHON, "-m", "benchmarks.recomputing"],
    "bulk": [PYTHON, "-m", "benchmarks.bulk"],
}
# A stranger's first run fetches everything there is: that is no hang.
VERIFY = {
    **TEST,
    "other widths": [*PYTEST, "-m", "verify and browser", "-n", "2", "--dist", "worksteal"],
    "slow tests": [*PYTEST, "-m", "verify and not browser", "-o", "faulthandler_timeout=1200"],
}


@dataclass
class Outcome:
    """How one step went: its last words and how long it took."""

    name: str
    seconds: float
    passed: bool
    last_words: list[str] = field(default_factory=list)

    @property
    def verdict(self) -> str:
        return "passed" if self.passed else "failed"


def run_steps(steps: dict[str, list[str]], *, deadline: float) -> list[Outcome]:
    """Run the steps in turn beside a PostgreSQL and a Redis of their own; one that fails stops no other."""
    outcomes: list[Outcome] = []
    with services() as environment:
        environment["GENERATED_FOLDER"] = str(CACHE / "generated")
        if OWN_SERVER:
            environment["TESTS_COPY_THE_DATABASE"] = "1"
        for name, command in steps.items():
            print(f"\n== {name}", flush=True)
            outcomes.append(run_step(name, command, environment, deadline=deadline))
    return outcomes


def run_step(name: str, command: list[str], environment: dict[str, str], *, deadline: float) -> Outcome:
    """Show what the step says as it says it, and keep the end; ended by force at the deadline."""
    started_at = time.monotonic()
    program = subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        process_group=0,
    )
    end = threading.Timer(max(1.0, deadline - started_at), os.killpg, (program.pid, signal.SIGKILL))
    end.start()
    said: list[str] = []
    try:
        assert program.stdout
        for line in program.stdout:
            print(line, end="", flush=True)
            said = [*said[-14:], line.rstrip().replace(str(CHECKOUT), ".")]
        program.wait()
    finally:
        end.cancel()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGTERM)
    return Outcome(name, time.monotonic() - started_at, program.returncode == 0, said)


def look_for_chromium() -> None:
    """Set CHROMIUM to a browser of this machine; on Debian, root installs one where it is missing.

    Raises Unable if there is none under CI=true; elsewhere says loudly what is not tested.
    """
    found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if not found and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Chromium ...", flush=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
            with contextlib.suppress(subprocess.TimeoutExpired):
                subprocess.run(["apt-get", "--quiet=2", *words], env=quiet, timeout=600, check=False)
        found = shutil.which("chromium")
    if found:
        os.environ["CHROMIUM"] = found
    elif os.environ.get("CI") == "true":
        raise Unable("There is no Chromium on this machine, and under CI=true the browser tests must run.")
    else:
        print(NO_CHROMIUM, file=sys.stderr)


def write_report(outcomes: list[Outcome]) -> None:
    """Keep how `make verify` went in docs/verify.md."""
    minutes = sum(each.seconds for each in outcomes) / 60
    failed = [each.name for each in outcomes if not each.passed]
    verdict = f"{', '.join(failed)} failed" if failed else "passed"
    lines = [
        "# The last `make verify`",
        "",
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, commit {commit()}: **{verdict}**",
        f"after {minutes:.0f} minutes, with Python {platform.python_version()} on {os.cpu_count()} cores.",
        "",
        "| Step | Seconds | |",
        "|---|---|---|",
        *(f"| {each.name} | {each.seconds:.0f} | {each.verdict} |" for each in outcomes),
    ]
    for each in outcomes:
        lines += ["", f"## {each.name}", "", "```", *each.last_words, "```"]
    REPORT.write_text("\n".join(lines) + "\n")


def commit() -> str:
    """The commit that was tried, with a word if files differ from it."""
    git = ["git", "-c", f"safe.directory={CHECKOUT}"]
    found = subprocess.run(
        [*git, "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    changed = subprocess.run([*git, "diff", "--quiet", "HEAD"], capture_output=True, check=False).returncode
    return (found.stdout.strip() or "unknown") + (" with changes" if changed else "")


def write_lock() -> int:
    """Resolve the dependencies of pyproject.toml anew, for every platform and Python from 3.11."""
    return subprocess.run(
        [
            *(PYTHON, "-m", "uv", "pip", "compile", "pyproject.toml", "--group", "test", "--universal"),
            *("--python-version", "3.11", "--generate-hashes", "--custom-compile-command", "make lock"),
            *("--upgrade", "--quiet", "--output-file", "requirements.lock"),
        ],
        check=False,
    ).returncode


def lay_out() -> int:
    """Format the source, and mend what can be mended by itself."""
    formatted = subprocess.run([PYTHON, "-m", "ruff", "format", "."], check=False).returncode
    return formatted or subprocess.run([PYTHON, "-m", "ruff", "check", "--fix", "."], check=False).returncode


def check(target: str) -> int:
    """`test` or `verify`; returns the exit status."""
    look_for_chromium()
    started_at = time.monotonic()
    verifying = target == "verify"
    deadline = started_at + MINUTES_TO_VERIFY * 60
    outcomes = run_steps(VERIFY if verifying else TEST, deadline=deadline)
    if verifying and setup.is_own_checkout():
        write_report(outcomes)
    if "CHROMIUM" not in os.environ:
        print(NO_CHROMIUM, file=sys.stderr)
    print("\n" + ", ".join(f"{each.name} {each.seconds:.0f} s" for each in outcomes))
    seconds = time.monotonic() - started_at
    took = f"in {seconds // 60:.0f} min {seconds % 60:.0f} s"
    failed = [each.name for each in outcomes if not each.passed]
    if failed:
        print(f"make {target}: {', '.join(failed)} failed, {took}", file=sys.stderr)
        return 1
    print(f"make {target}: all passed {took}")
    return 0


def measure() -> int:
    """Run the benchmarks beside servers of their own; returns the exit status."""
    outcomes = run_steps(BENCH, deadline=time.monotonic() + MINUTES_TO_MEASURE * 60)
    return 0 if all(each.passed for each in outcomes) else 1


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        match sys.argv[1]:
            case "lock":
                sys.exit(write_lock())
            case "format":
                sys.exit(lay_out())
            case "bench":
                sys.exit(measure())
            case target:
                sys.exit(check(target))
    except Unable as problem:
        sys.exit(str(problem))
    except KeyboardInterrupt:
        sys.exit(130)

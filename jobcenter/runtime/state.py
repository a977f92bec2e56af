"""What one checkout's portal keeps between runs, and what `make reset` forgets: one folder."""

import hashlib
import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from jobcenter.runtime import children
from jobcenter.runtime.postgres import MAJOR
from jobcenter.runtime.setup import CHECKOUT, Unable, data_folder

DATA_VERSION = 1
"""Raise it when data that an older version made cannot be taken over by migrating them."""

SOURCES = ("jobcenter", "employers", "regions", "locale", "static", "package-lock.json", "requirements.lock")


@dataclass(frozen=True)
class Version:
    """What data are made by: the portal's own format, and PostgreSQL's."""

    data: int = DATA_VERSION
    postgresql: int = MAJOR


@dataclass(frozen=True)
class Prepared:
    """How the last preparation ended: for which sources, and who can sign in to try the portal."""

    sources: str
    demonstration: bool
    sign_ins: list[tuple[str, str]]
    """Pairs of who (such as "an employer") and how to get in."""


class State:
    """The folder and its small files. Only our own user may read them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def open(self) -> None:
        """Make the folder with its version, or see that its version is ours; raises Unable if not."""
        stamp = self.folder / "version.json"
        ours = asdict(Version())
        if not self.folder.exists():
            self.folder.mkdir()
            # The database's user has to pass through.
            self.folder.chmod(0o711 if children.is_root() else 0o700)
            self.write("version.json", json.dumps(ours))
        try:
            theirs = json.loads(stamp.read_text())
        except (FileNotFoundError, ValueError):
            theirs = {}
        if theirs != ours:
            raise Unable(
                f"The data in {self.folder} were made by another version of the portal: "
                "go back to that version, or forget them with `make reset`."
            )

    def folder_for(self, name: str) -> Path:
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        return folder

    def write(self, name: str, text: str) -> None:
        """Put a file in place at once, readable by us alone."""
        partial = self.folder / f".{name}"
        partial.unlink(missing_ok=True)
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(text)
        partial.replace(self.folder / name)

    def secret_key(self) -> str:
        """The key that signs links and sessions: made once, kept with the data."""
        file = self.folder / "secret-key"
        if not file.exists():
            self.write(file.name, secrets.token_urlsafe(48))
        return file.read_text()

    def prepared(self) -> Prepared | None:
        """How the last preparation ended, or None if there was none."""
        try:
            return Prepared(**json.loads((self.folder / "prepared.json").read_text()))
        except (FileNotFoundError, ValueError, TypeError):
            return None


def environment_of_running_portal() -> dict[str, str]:
    """Where the portal of this checkout that runs now keeps everything; empty when none does."""
    try:
        found: dict[str, str] = json.loads((data_folder() / "state/environment.json").read_text())
    except FileNotFoundError:
        return {}
    return found


def digest_of_sources(*, database: str = "") -> str:
    """Changes when a file of the portal or a lock file does (by name, size or time), or the database."""
    found = hashlib.sha256(database.encode())
    for name in SOURCES:
        for path in [CHECKOUT / name, *sorted((CHECKOUT / name).rglob("*"))]:
            if path.is_file() and "__pycache__" not in path.parts:
                about = path.stat()
                found.update(f"{path}\0{about.st_size}\0{about.st_mtime_ns}\n".encode())
    return found.hexdigest()

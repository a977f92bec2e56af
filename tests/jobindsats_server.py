"""A server that speaks as Jobindsats' API does, in both versions, with invented figures, and can be ill."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "hemmelig-nøgle".encode().hex()

TRUNCATED = "half a reply"
OTHER_SHAPE = "another shape"
TOO_DEEP = "lists in lists without end"
NO_JSON = "no JSON"

NAMES = {"Område": "area", "Periode": "period"}
"""What v2 calls a column for machines; it calls the others by the ids of measures."""


class JobindsatsServer(ThreadingHTTPServer):
    """One table, y60b15, with `columns` and `rows`.

    ill: what the next answers are instead: a status, a status with what it asks to wait, or one of the above.
    """

    daemon_threads = True

    def __init__(
        self, rows: Sequence[Sequence[Any]], *, columns: Sequence[str], versions: Sequence[str] = ("v3", "v2")
    ) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.columns, self.rows, self.versions = list(columns), [list(row) for row in rows], versions
        self.ill: deque[Any] = deque()
        self.asked: list[tuple[str, dict[str, list[str]]]] = []

    def __enter__(self) -> JobindsatsServer:
        self.thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.shutdown()
        self.thread.join()
        self.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def figures(self, version: str) -> Any:
        if version == "v3":
            return {"columns": self.columns, "rows": self.rows}
        variables = [{"Name": NAMES.get(column, "memba02_4b"), "Label": column} for column in self.columns]
        return [{"TableID": "y60b15", "Variables": variables, "Data": self.rows}]

    def answer(self, version: str, path: str) -> Any:
        """Raises LookupError for what is not there."""
        match version, path.strip("/").split("/"):
            case "v3", ["data", "y60b15"]:
                return self.figures("v3")
            case "v2", ["data", "y60b15", "json"]:
                return self.figures("v2")
            case "v3", ["tables"]:
                table = {"table_id": "y60b15", "table_name": "Fra ydelse til job"}
                group = {"table_group_name": "Afsluttede forløb", "tables": [table]}
                return [{"subject_name": "Kontanthjælp", "table_groups": [group]}]
            case "v2", ["tables", "json"]:
                return [
                    {"TableID": "y60b15", "TableName": "Fra ydelse til job", "SubjectName": "Kontanthjælp"}
                ]
            case "v3", ["table", "y60b15"]:
                level = {"values": [{"value_id": 1, "value_name": "Køge"}]}
                hierarchy = {"hierarchy_id": "_nykom", "levels": [level]}
                return {"dimensions": [{"dimension_id": "_omrade", "hierarchies": [hierarchy]}]}
            case "v2", ["tables", "y60b15", "json"]:
                measurements = [{"ID": "membb15_3", "Name": "Andel i job"}]
                return [{"TableID": "y60b15", "Measurements": measurements, "Area": ["Hele landet", "Køge"]}]
        raise LookupError(path)


class Answer(BaseHTTPRequestHandler):
    server: JobindsatsServer

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        version, _, path = address.path.strip("/").partition("/")
        self.server.asked.append((address.path, parse_qs(address.query)))
        illness = self.server.ill.popleft() if self.server.ill else None
        expected = {"v3": f"Bearer {TOKEN}", "v2": TOKEN}[version]
        if isinstance(illness, tuple):
            self.say(illness[0], b"busy", wait=illness[1])
        elif isinstance(illness, int):
            self.say(illness, b"the server is ill")
        elif version not in self.server.versions:
            self.say(404, b"not here")
        elif self.headers["Authorization"] != expected:
            self.say(401, b"who are you?")
        elif illness == OTHER_SHAPE:
            self.say(200, b'{"message": "everything is fine"}')
        elif illness == TOO_DEEP:
            self.say(200, b"[" * 100_000)
        elif illness == NO_JSON:
            self.say(200, b"<!doctype html><title>Vedligeholdelse</title>")
        else:
            self.say_figures(version, path, truncated=illness == TRUNCATED)

    def say_figures(self, version: str, path: str, *, truncated: bool) -> None:
        try:
            content = json.dumps(self.server.answer(version, path), ensure_ascii=False).encode()
        except LookupError:
            self.say(404, b"no such table")
        else:
            self.say(200, content[: len(content) // 2] if truncated else content)

    def say(self, status: int, content: bytes, *, wait: str = "") -> None:
        self.send_response(status)
        if wait:
            self.send_header("Retry-After", wait)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *told: object) -> None:
        """Nothing: tests look at what was asked."""

"""A server that speaks as the CVR register's distribution does, with invented companies, and can be ill."""

from __future__ import annotations

import base64
import json
import threading
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

USER, PASSWORD = "enindgang", "hemmelig-nøgle"

NORMAL = 200
BROKEN = "broken JSON"
OTHER_SHAPE = "another shape"
SILENT = "silence"


def period(begin: str = "2014-03-01", end: str | None = None) -> dict[str, Any]:
    return {"gyldigFra": begin, "gyldigTil": end}


def address(
    street: str, house: int, postcode: int, town: str, municipality: int, **more: Any
) -> dict[str, Any]:
    """An address as the register writes it, with all the fields that are empty."""
    return {
        "landekode": "DK",
        "fritekst": None,
        "vejkode": 1234,
        "kommune": {
            "kommuneKode": municipality,
            "kommuneNavn": town.upper(),
            "periode": period("2007-01-01"),
            "sidstOpdateret": "2006-11-13T00:00:00.000+01:00",
        },
        "husnummerFra": house,
        "adresseId": None,
        "sidstValideret": None,
        "husnummerTil": None,
        "bogstavFra": None,
        "bogstavTil": None,
        "etage": None,
        "sidedoer": None,
        "conavn": None,
        "postboks": None,
        "vejnavn": street,
        "bynavn": None,
        "postnummer": postcode,
        "postdistrikt": town,
        "periode": period(),
        "sidstOpdateret": "2014-06-11T11:48:47.000+02:00",
        **more,
    }


def company(cvr: int, name: str, **more: Any) -> dict[str, Any]:
    """A Vrvirksomhed at Køge, active and with a former name; `more` replaces what it says."""
    return {
        "cvrNummer": cvr,
        "regNummer": [],
        "brancheAnsvarskode": None,
        "reklamebeskyttet": False,
        "navne": [
            {
                "navn": name,
                "periode": period("2019-05-01"),
                "sidstOpdateret": "2019-05-01T12:00:00.000+02:00",
            },
            {
                "navn": "Det gamle navn ApS",
                "periode": period("2014-03-01", "2019-04-30"),
                "sidstOpdateret": "2019-05-01T12:00:00.000+02:00",
            },
        ],
        "binavne": [],
        "postadresse": [],
        "beliggenhedsadresse": [
            address("Gammelvej", 1, 4000, "Roskilde", 265, periode=period("2014-03-01", "2019-04-30")),
            address("Tigermosen", 7, 4600, "Køge", 259),
        ],
        "telefonNummer": [],
        "elektroniskPost": [],
        "hjemmeside": [],
        "livsforloeb": [{"periode": period(), "sidstOpdateret": "2014-03-12T12:03:30.000+01:00"}],
        "hovedbranche": [
            {
                "branchekode": "222200",
                "branchetekst": "Fremstilling af plastemballage",
                "periode": period("2025-01-01"),
                "sidstOpdateret": "2025-01-01T00:00:00.000+01:00",
            }
        ],
        "bibranche1": [],
        "status": [],
        "virksomhedsstatus": [
            {
                "status": "NORMAL",
                "periode": period(),
                "sidstOpdateret": "2015-02-10T00:00:00.000+01:00",
            }
        ],
        "aarsbeskaeftigelse": [
            {
                "aar": 2024,
                "antalInklusivEjere": None,
                "antalAarsvaerk": None,
                "antalAnsatte": 41,
                "sidstOpdateret": "2025-10-01T00:00:00.000+02:00",
                "intervalKodeAntalInklusivEjere": None,
                "intervalKodeAntalAarsvaerk": "ANTAL_20_49",
                "intervalKodeAntalAnsatte": "ANTAL_20_49",
            }
        ],
        "kvartalsbeskaeftigelse": [],
        "maanedsbeskaeftigelse": [],
        "penheder": [],
        "virksomhedMetadata": {
            "sammensatStatus": "NORMAL",
            "nyesteNavn": {"navn": name, "periode": period()},
        },
        **more,
    }


def unit(p_number: int, *, since: str = "2014-03-01", until: str | None = None) -> dict[str, Any]:
    """A line of a company's `penheder`."""
    return {
        "pNummer": p_number,
        "periode": period(since, until),
        "sidstOpdateret": "2014-03-12T12:03:30.000+01:00",
    }


def workplace(p_number: int, name: str, at: dict[str, Any], *, employees: int | None = 18) -> dict[str, Any]:
    """A VrproduktionsEnhed."""
    told = {"aar": 2026, "maaned": 9, "antalAnsatte": employees, "intervalKodeAntalAnsatte": "ANTAL_10_19"}
    return {
        "pNummer": p_number,
        "navne": [{"navn": name, "periode": period(), "sidstOpdateret": "2014-03-12T12:03:30.000+01:00"}],
        "beliggenhedsadresse": [at],
        "livsforloeb": [{"periode": period(), "sidstOpdateret": "2014-03-12T12:03:30.000+01:00"}],
        "reklamebeskyttet": False,
        "erstMaanedsbeskaeftigelse": [told] if employees is not None else [],
        "virksomhedsrelation": [],
    }


class RegisterServer(ThreadingHTTPServer):
    """`with RegisterServer([company(…)]) as register:`; `register.ill.extend([500])` answers so first."""

    daemon_threads = True

    def __init__(
        self, companies: list[dict[str, Any]], workplaces: list[dict[str, Any]] | None = None
    ) -> None:
        super().__init__(("127.0.0.1", 0), Question)
        self.companies, self.workplaces = companies, workplaces or []
        self.ill: deque[int | str] = deque()
        self.questions: list[tuple[str, dict[str, Any]]] = []
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05})

    def __enter__(self) -> RegisterServer:
        self.thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.over.set()
        self.shutdown()
        self.thread.join()
        self.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def answer(self, path: str, question: dict[str, Any]) -> dict[str, Any]:
        """What Elasticsearch would find, as far as the portal asks."""
        if path == "/cvr-permanent/virksomhed/_search":
            kind, rows = "Vrvirksomhed", self.companies
        elif path == "/cvr-permanent/produktionsenhed/_search":
            kind, rows = "VrproduktionsEnhed", self.workplaces
        else:
            raise LookupError(path)
        ((how, what),) = question["query"].items()
        ((field, wanted),) = what.items()
        name = field.removeprefix(f"{kind}.")
        match how:
            case "term":
                found = [row for row in rows if row[name] == wanted]
            case "terms":
                found = [row for row in rows if row[name] in wanted]
            case _:
                words = wanted["query"].lower().split()
                found = [
                    row
                    for row in rows
                    if all(word in row["virksomhedMetadata"]["nyesteNavn"]["navn"].lower() for word in words)
                ]
        wanted_fields = {one.removeprefix(f"{kind}.") for one in question["_source"]}
        hits = [
            {
                "_index": "cvr-v-20220630",
                "_type": "_doc",
                "_id": str(4_000_000_000 + place),
                "_score": 11.7,
                "_source": {kind: {name: row[name] for name in row if name in wanted_fields}},
            }
            for place, row in enumerate(found[: question["size"]])
        ]
        return {
            "took": 2,
            "timed_out": False,
            "_shards": {"total": 6, "successful": 6, "skipped": 0, "failed": 0},
            "hits": {"total": len(found), "max_score": 11.7 if hits else None, "hits": hits},
        }


class Question(BaseHTTPRequestHandler):
    server: RegisterServer

    def do_POST(self) -> None:
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.questions.append((self.path, question))
        illness = self.server.ill.popleft() if self.server.ill else NORMAL
        expected = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if self.headers["Authorization"] != f"Basic {expected}":
            self.say(401, b"Unauthorized")
        elif illness == SILENT:
            self.server.over.wait()
        elif illness == BROKEN:
            self.say(200, b'{"took": 2, "hits": {"total": 1, "hits": [{"_so')
        elif illness == OTHER_SHAPE:
            self.say(200, b'{"took": 2, "hits": {"total": 1, "hits": [{"_source": {"Vrvirksomhed": {}}}]}}')
        elif illness != NORMAL:
            self.say(int(illness), b"the register is ill")
        else:
            self.say(200, json.dumps(self.server.answer(self.path, question)).encode())

    def say(self, status: int, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=UTF-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *told: object) -> None:
        """Nothing: tests look at what was asked."""

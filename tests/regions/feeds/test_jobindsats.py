"""Jobindsats' API over real HTTP: both versions, and what is said when it is ill."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from django.utils import translation

from jobcenter.runtime.csvlines import Unreadable
from regions.feeds import replies
from regions.feeds.jobindsats import PATIENCE, PAUSES, Away, Jobindsats, Question
from tests.jobindsats_server import OTHER_SHAPE, TOKEN, JobindsatsServer

COLUMNS = ["Område", "Periode", "Andel i job"]
ROWS = [
    ["Køge", "2025QMAT03", "40,6"],
    ["Hele landet", "2025QMAT03", 38.25],
    ["Roskilde", "2025QMAT03", None],
]
QUESTION = Question("y60b15", periods="QMAT", latest=8, asked={"v3": {"hierarchy._ygrpi09": "/2/"}})


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def server() -> Iterator[JobindsatsServer]:
    with JobindsatsServer(ROWS, columns=COLUMNS) as server:
        yield server


class Waiting:
    """Instead of sleeping: what was waited, and a clock that has gone on by as much."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    def pause(self, seconds: float) -> None:
        self.waits.append(seconds)

    def clock(self) -> float:
        return sum(self.waits)


@pytest.fixture
def waiting() -> Waiting:
    return Waiting()


@pytest.fixture
def client(server: JobindsatsServer, waiting: Waiting) -> Iterator[Jobindsats]:
    with Jobindsats(
        address=server.url, token=TOKEN, timeout=5, pause=waiting.pause, clock=waiting.clock
    ) as client:
        yield client


def said_by(client: Jobindsats) -> str:
    with pytest.raises(Away) as away:
        client.data(QUESTION)
    return str(away.value)


def test_version_3_is_asked_for_every_municipality_and_the_latest_periods(server, client):
    reply = client.data(QUESTION)

    assert server.asked == [
        (
            "/v3/data/y60b15",
            {
                "mgroup.*": ["*"],
                "period.QMAT": ["latest:8"],
                "hierarchy._nykom": ["*"],
                "hierarchy._ygrpi09": ["/2/"],
                "format": ["json"],
            },
        )
    ]
    table = replies.figures(reply.content)
    assert table.headings == COLUMNS
    assert list(table.lines) == [
        (1, ["Køge", "2025QMAT03", "40,6"]),
        (2, ["Hele landet", "2025QMAT03", "38,25"]),
        (3, ["Roskilde", "2025QMAT03", ""]),
    ]
    assert TOKEN not in reply.address


def test_where_version_3_is_not_there_version_2_gives_the_same_figures(server, client):
    from_v3 = list(replies.figures(client.data(QUESTION).content).lines)
    server.versions = ("v2",)

    reply = client.data(QUESTION)

    assert server.asked[-1] == ("/v2/data/y60b15/json/", {"period": ["l(QMAT:8)"], "area": ["*"]})
    assert list(replies.figures(reply.content).lines) == from_v3


def test_months_are_asked_for_as_version_2_writes_them():
    question = Question("y01a02", periods="M", latest=12, asked={"v2": {"_kon": "*", "area": "Hele landet"}})

    assert question.v2 == {"period": "l(m:12)", "area": "Hele landet", "_kon": "*"}


@pytest.mark.parametrize("version", ["v3", "v2"])
def test_tables_and_what_they_can_be_asked_about_are_read_in_both_versions(server, client, version):
    server.versions = (version,)

    assert client.tables() == [replies.Listed("y60b15", "Fra ydelse til job", "Kontanthjælp")]
    dimensions = client.about("y60b15").dimensions
    assert dimensions == (
        {"_omrade _nykom": ["Køge"]}
        if version == "v3"
        else {"Measurements": ["membb15_3"], "Area": ["Hele landet", "Køge"]}
    )


def test_a_table_that_is_in_neither_version_is_said_to_be_nowhere(client):
    with pytest.raises(Away, match=r"There is no v2/data/y99x99/json/ at Jobindsats\."):
        client.data(Question("y99x99", periods="M", latest=12, asked={}))


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_server_that_is_ill_once_is_asked_again(server, client, waiting, status):
    server.ill.append(status)

    assert list(replies.figures(client.data(QUESTION).content).lines)
    assert waiting.waits == [PAUSES[0]]


def test_pauses_grow_and_end_with_a_sentence(server, client, waiting):
    server.ill.extend([500] * 10)

    assert said_by(client) == "Jobindsats was asked 5 times: it answers 500."
    assert waiting.waits == sorted(waiting.waits) == list(PAUSES)
    assert len(server.ill) == 5


@pytest.mark.parametrize("as_date", [False, True])
def test_a_server_that_is_busy_is_left_alone_for_as_long_as_it_asks(server, client, waiting, as_date):
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    server.ill.append((429, until if as_date else "100"))

    client.data(QUESTION)

    assert len(waiting.waits) == 1
    assert 40 < waiting.waits[0] <= 100


def test_one_that_asks_for_too_long_is_given_up_at_once(server, client, waiting):
    server.ill.append((429, str(int(PATIENCE) + 1)))

    assert said_by(client) == "Jobindsats was asked once: it answers 429."
    assert waiting.waits == []


def test_a_wrong_token_is_told_and_not_tried_again(server, client, waiting):
    client.token = "stolen"

    assert "it does not accept our token (it answers 401)" in said_by(client)
    assert waiting.waits == []


def test_a_server_that_cannot_be_reached_is_told(waiting):
    with (
        JobindsatsServer([], columns=COLUMNS) as gone,
        Jobindsats(address=gone.url, token=TOKEN, pause=waiting.pause, clock=waiting.clock) as client,
    ):
        gone.server_close()
        assert said_by(client) == "Jobindsats was asked 5 times: it cannot be reached (ConnectError)."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            b'{"columns": ["A", "B"], "rows": [["K',
            "The reply is not whole: it breaks off after 36 characters.",
        ),
        (b'{"columns": ["A"], "rows": [["K"],', "The reply is not whole: it breaks off after 34 characters."),
        (b"", "The reply is not whole: it breaks off after 0 characters."),
        (b"<html>", "The reply is no JSON: character 1 cannot be read."),
        (b'{"message": "fine"}', "another shape"),
        (b"[]", "another shape"),
        (b"\xff", "The reply is not UTF-8."),
    ],
)
def test_a_broken_reply_is_told_in_one_sentence(content, said):
    with pytest.raises(Unreadable) as broken:
        replies.figures(content)

    assert said in str(broken.value)


def test_a_row_that_is_too_short_is_told():
    table = replies.figures(b'{"columns": ["A", "B"], "rows": [["1", "2"], ["3"]]}')

    with pytest.raises(Unreadable, match="Row 2 of the reply"):
        list(table.lines)


def test_a_byte_order_mark_is_no_reason_to_refuse():
    assert replies.figures('\ufeff{"columns": ["A"], "rows": []}'.encode()).headings == ["A"]


def test_tables_of_another_shape_are_told(server, client):
    server.ill.append(OTHER_SHAPE)

    with pytest.raises(Unreadable, match="another shape"):
        client.tables()

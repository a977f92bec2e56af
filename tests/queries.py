"""A list must not ask the database once for every row."""

import re
from collections import Counter
from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext


def assert_same_queries(*, open_page: Callable[[], object], add_row: Callable[[], object]) -> None:
    """Fail unless the page asks as much with three rows as with one.

    open_page: asks for the page, e.g. `lambda: client.get(url)`. add_row: adds one row that it shows.
    """
    add_row()
    open_page()  # what is asked once for each process is asked now
    with_one = asked(open_page)
    add_row()
    add_row()
    with_three = asked(open_page)
    more = "\n".join(f"{times} × {sql}" for sql, times in (with_three - with_one).items())
    assert with_three.total() == with_one.total(), f"asked for three rows, and not for one:\n{more}"


def asked(action: Callable[[], object]) -> Counter[str]:
    """The queries of an action, with numbers left out so that alike ones count together."""
    with CaptureQueriesContext(connection) as queries:
        action()
    return Counter(re.sub(r"\b\d+\b", "…", query["sql"]) for query in queries.captured_queries)

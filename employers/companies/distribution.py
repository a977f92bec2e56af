"""The CVR register's system-to-system access: Elasticsearch's `_search` over HTTP, with basic authentication.

The public service is distribution.virk.dk; where an installation reaches it, and as whom, stands in its
settings. An answer is kept locally with its date, so that what was asked once is there at once, and is
still there when the register is away.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import httpx
from django.utils import timezone

from employers.companies import told
from employers.companies.copied import Copy, keep, registered_of
from employers.companies.registered import RegisterAway, Registered
from employers.companies.told import Told, ToldWorkplace, Unexpected

log = logging.getLogger(__name__)

COMPANIES = "cvr-permanent/virksomhed/_search"
WORKPLACES = "cvr-permanent/produktionsenhed/_search"

COMPANY_FIELDS = (
    *("cvrNummer", "navne", "beliggenhedsadresse", "hovedbranche", "virksomhedsstatus", "livsforloeb"),
    *("reklamebeskyttet", "penheder", "aarsbeskaeftigelse", "kvartalsbeskaeftigelse"),
    *("maanedsbeskaeftigelse", "erstMaanedsbeskaeftigelse"),
)
WORKPLACE_FIELDS = (
    *("pNummer", "navne", "beliggenhedsadresse", "livsforloeb", "aarsbeskaeftigelse"),
    *("kvartalsbeskaeftigelse", "maanedsbeskaeftigelse", "erstMaanedsbeskaeftigelse"),
)

FRESH = timedelta(days=1)
"""So long an answer is used without asking again."""

PAUSES = (0.2, 0.6)
"""Seconds before the second and the third attempt: somebody waits for the page."""

PATIENCE = 6.0
"""Seconds after which no further attempt is begun."""

LEFT_ALONE = 30.0
"""Seconds for which a register that was away is not asked again: nobody waits for it twice."""

WORTH_ANOTHER_TRY = frozenset((429, 500, 502, 503, 504))

WORKPLACES_AT_ONCE = 500


class Distribution:
    """The register over the network; `copy` is where its answers are kept."""

    def __init__(
        self,
        *,
        url: str,
        user: str,
        password: str,
        timeout: float = 2.5,
        pause: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.client = httpx.Client(
            base_url=url.rstrip("/") + "/",
            auth=(user, password),
            timeout=httpx.Timeout(timeout, connect=min(timeout, 1.5)),
            headers={"Accept": "application/json"},
        )
        self.pause, self.clock = pause, clock
        self.left_alone_until = float("-inf")
        self.copy = Copy()

    def company(self, cvr: str) -> Registered | None:
        """As kept, if that is fresh; else asked for and kept; else as kept, however old."""
        kept = self.copy.company(cvr)
        if kept and kept.told_at and timezone.now() - kept.told_at < FRESH:
            return kept
        try:
            asked = self.ask(cvr, on=timezone.localdate())
        except RegisterAway:
            if kept:
                return kept
            raise
        if not asked:
            return kept
        company, workplaces = asked
        return keep(company, workplaces) or registered_of(company, workplaces)

    def named(self, typed: str, *, most: int) -> Sequence[Registered]:
        """Those of the copy, and those the register itself finds by the name. Never raises RegisterAway."""
        found = {one.cvr: one for one in self.copy.named(typed, most=most)}
        if len(found) >= most:
            return list(found.values())
        try:
            answer = self._search(
                COMPANIES,
                {
                    "size": most,
                    "_source": [f"Vrvirksomhed.{name}" for name in COMPANY_FIELDS],
                    "query": {
                        "match": {
                            "Vrvirksomhed.virksomhedMetadata.nyesteNavn.navn": {
                                "query": typed,
                                "operator": "and",
                                "fuzziness": "AUTO",
                            }
                        }
                    },
                },
            )
            today = timezone.localdate()
            for message in told.sources(answer, "Vrvirksomhed"):
                company = told.company(message, on=today)
                found.setdefault(company.cvr, registered_of(company, []))
        except (RegisterAway, Unexpected) as problem:
            log.warning("The register did not look for a name: %s", problem)
        return list(found.values())[:most]

    def ask(self, cvr: str, *, on: date) -> tuple[Told, list[ToldWorkplace]] | None:
        """The company and its workplaces as the register has them now. Raises RegisterAway."""
        try:
            answer = self._search(
                COMPANIES,
                {
                    "size": 1,
                    "_source": [f"Vrvirksomhed.{name}" for name in COMPANY_FIELDS],
                    "query": {"term": {"Vrvirksomhed.cvrNummer": int(cvr)}},
                },
            )
            found = [told.company(message, on=on) for message in told.sources(answer, "Vrvirksomhed")]
            if not found:
                return None
            return found[0], self._workplaces(found[0].units, on=on)
        except Unexpected as problem:
            raise self._away(f"its answer cannot be read: {problem}") from None

    def _workplaces(self, units: Sequence[str], *, on: date) -> list[ToldWorkplace]:
        """Those with an address in a municipality; one without is left out, and logged."""
        found = []
        for start in range(0, len(units), WORKPLACES_AT_ONCE):
            numbers = [int(unit) for unit in units[start : start + WORKPLACES_AT_ONCE]]
            answer = self._search(
                WORKPLACES,
                {
                    "size": len(numbers),
                    "_source": [f"VrproduktionsEnhed.{name}" for name in WORKPLACE_FIELDS],
                    "query": {"terms": {"VrproduktionsEnhed.pNummer": numbers}},
                },
            )
            for message in told.sources(answer, "VrproduktionsEnhed"):
                try:
                    found.append(told.workplace(message, on=on))
                except Unexpected as problem:
                    log.warning("A workplace of the register is left out: %s", problem)
        return found

    def _search(self, index: str, question: dict[str, Any]) -> Any:
        """The answer, after at most three attempts with growing pauses. Raises RegisterAway."""
        begun = self.clock()
        if begun < self.left_alone_until:
            raise RegisterAway("it was away a moment ago")
        problem = ""
        for wait in (0.0, *PAUSES):
            if wait:
                if self.clock() - begun + wait > PATIENCE:
                    break
                self.pause(wait)
            try:
                answer = self.client.post(index, json=question)
                if answer.status_code == httpx.codes.OK:
                    return answer.json()
            except httpx.TransportError as error:
                problem = f"{type(error).__name__}: {error}"
                continue
            except ValueError as error:
                problem = f"its answer is no JSON: {error}"
                continue
            problem = f"it answers {answer.status_code}"
            if answer.status_code not in WORTH_ANOTHER_TRY:
                break
        raise self._away(problem)

    def _away(self, problem: str) -> RegisterAway:
        """Leave it alone for a while, and say so where the administrators look."""
        self.left_alone_until = self.clock() + LEFT_ALONE
        log.error("The CVR register is away: %s", problem)
        return RegisterAway(problem)

"""What an issue says otherwise than the one it corrects. Both are frozen, so this never changes either."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from regions.measures.suppression import State
from regions.publications.models import FrozenComparison, Participant, Publication

DIFFER = """
    SELECT COALESCE(new.code, old.code), COALESCE(new.participant, old.participant),
           COALESCE(new.comparison, old.comparison), old.state, old.actual, old.base, old.expected,
           new.state, new.actual, new.base, new.expected
    FROM ({of_issue}) AS new FULL JOIN ({of_issue}) AS old USING (code, jobcentre)
    WHERE (new.state, new.actual, new.base, new.expected, new.z_adjusted)
          IS DISTINCT FROM (old.state, old.actual, old.base, old.expected, old.z_adjusted)
    ORDER BY 1, COALESCE(new.sort_key, old.sort_key)
""".format(
    of_issue="""
        SELECT comparison.code, participant.jobcentre_id AS jobcentre, participant.id AS participant,
               participant.sort_key, comparison.id AS comparison, result.state, result.actual, result.base,
               result.expected, result.z_adjusted
        FROM publications_frozenresult result
        JOIN publications_frozencomparison comparison ON comparison.id = result.comparison_id
        JOIN publications_participant participant ON participant.id = result.participant_id
        WHERE comparison.publication_id = %s
    """
)


@dataclass(frozen=True)
class Said:
    """What an issue says of a result. state: None where it has no such line."""

    state: State | None
    actual: int | None
    base: int | None
    expected: float | None

    @property
    def is_hidden(self) -> bool:
        return self.state is State.SUPPRESSED


@dataclass(frozen=True)
class Difference:
    """One result of which two issues do not say the same."""

    comparison: FrozenComparison
    participant: Participant
    before: Said
    after: Said

    @property
    def is_of_figures(self) -> bool:
        """Whether the figures themselves are others; else only what was expected is, or how far off."""
        one, other = self.before, self.after
        return (one.state, one.actual, one.base) != (other.state, other.actual, other.base)


def differences(publication: Publication) -> list[Difference]:
    """By measure, and then by jobcentre. Three queries; none where nothing is corrected."""
    if not publication.corrects_id:
        return []
    with connection.cursor() as cursor:
        cursor.execute(DIFFER, [publication.pk, publication.corrects_id])
        found = cursor.fetchall()
    comparisons = FrozenComparison.objects.select_related("definition").in_bulk({row[2] for row in found})
    participants = Participant.objects.in_bulk({row[1] for row in found})
    return [
        Difference(
            comparison=comparisons[comparison],
            participant=participants[participant],
            before=_said(*said[:4]),
            after=_said(*said[4:]),
        )
        for _code, participant, comparison, *said in found
    ]


def _said(state: str | None, actual: int | None, base: int | None, expected: float | None) -> Said:
    return Said(State(state) if state else None, actual, base, expected)

"""What a meeting is prepared from: the figures of each measure it is about, and an agenda made of them.

A flag tells by its frozen evidence: what was confirmed is what is talked about. A measure without a flag
tells by the jobcentre's results as they are today, small numbers hidden from others than itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jobcenter.centres.models import Jobcentre
from jobcenter.pages import words
from regions.comparison import beside, history
from regions.comparison.beside import Beside
from regions.comparison.history import Compared
from regions.interventions.models import AgreementState, AssistanceState, Concern, Intervention, MeetingState
from regions.measures.periods import parse
from regions.oversight.evidence import Evidence
from regions.oversight.models import Flag


@dataclass(frozen=True)
class Subject:
    """A measure to talk about. flag, evidence: None where no flag is behind it; compared, beside: else empty.

    compared: the jobcentre's results, the oldest first. beside: the latest of them, among its peers.
    """

    concern: Concern
    flag: Flag | None = None
    evidence: Evidence | None = None
    compared: Sequence[Compared] = ()
    beside: Beside | None = None

    @property
    def identity(self) -> str:
        """Of the chart, once on a page."""
        return f"materiale-{self.concern.pk}"

    @property
    def chart(self) -> Mapping[str, object] | None:
        return self.evidence.chart if self.evidence else history.draw(self.compared)

    @property
    def shows_peers(self) -> bool:
        """Not where the law is the ground: each jobcentre is held against it by itself."""
        return not self.evidence.required if self.evidence else self.beside is not None

    @property
    def sentence(self) -> str:
        """“I job …, jobparate, 4 kvartaler til 3. kvt. 2026: 354 af 1.346, hvor 471 kunne forventes”."""
        if self.evidence:
            latest, required = self.evidence.latest, self.evidence.required
            return told(
                self.concern,
                period=latest.period,
                counted=(latest.actual, latest.base, latest.expected),
                required=required.share if required else None,
            )
        if not self.compared:
            return str(self.concern)
        newest = self.compared[-1]
        figures = newest.figures
        counted = (figures.actual, figures.base, figures.expected)
        return told(self.concern, period=newest.comparison.period, counted=counted)


def read(whole: Intervention, *, reader: Jobcentre | None) -> list[Subject]:
    """Every measure the intervention is about. reader: the jobcentre whose own numbers are not hidden."""
    flags = {
        (flag.measure_id, flag.target_group_id): flag
        for flag in whole.flags.select_related("jobcentre", "measure", "target_group")
    }

    def subject(concern: Concern) -> Subject:
        if flag := flags.get((concern.measure_id, concern.target_group_id)):
            return Subject(concern, flag=flag, evidence=Evidence.from_json(flag.evidence))
        compared = history.read(
            jobcentre=whole.jobcentre,
            measure=concern.measure,
            target_group=concern.target_group,
            is_own=reader == whole.jobcentre,
        )
        if not compared:
            return Subject(concern)
        latest = compared[-1].comparison
        peers = beside.read(comparison=latest, members=None, focus=whole.jobcentre, reader=reader)
        return Subject(concern, compared=compared, beside=peers)

    return [subject(concern) for concern in whole.concerns.select_related("measure", "target_group")]


def agenda(whole: Intervention) -> str:
    """One thing a line, made of what the case holds; the officer writes on in it."""
    return "\n".join(_points(whole, read(whole, reader=None)))


def _points(whole: Intervention, subjects: Sequence[Subject]) -> Iterator[str]:
    yield from (subject.sentence for subject in subjects)
    if any(subject.flag and subject.flag.hearing_answer for subject in subjects):
        yield _("What the jobcentre itself sees, and its answer to the hearing")
    else:
        yield _("What the jobcentre itself sees")
    if any(meeting.state == MeetingState.AGREED for meeting in whole.meetings.all()):
        yield _("What has happened since the last meeting")
    else:
        yield _("What has been tried")
    if any(one.state == AgreementState.SIGNED for one in whole.agreements.all()):
        yield _("How far the targets and actions of the agreement are")
    if any(one.state == AssistanceState.FINISHED for one in whole.assistances.all()):
        yield _("The consultant's report, and what the jobcentre goes on with")
    yield _("What is to happen now, and who does it")


def told(
    concern: Concern,
    *,
    period: str,
    counted: tuple[int | None, int | None, float | None],
    required: float | None = None,
) -> str:
    """counted: persons with it, persons in all, and how many were to be expected; None where not told.

    required: the share, 0 to 1, where it is the law that it is held against.
    """
    language = get_language() or "da"
    name = f"{concern}, {parse(period).in_words(language=language)}"
    actual, base, expected = counted
    if actual is None or base is None:
        return _("%(name)s (the numbers are too small to be told)") % {"name": name}
    numbers = {
        "name": name,
        "actual": words.number(actual, language=language, decimals=0),
        "base": words.number(base, language=language, decimals=0),
    }
    if required is not None:
        numbers["required"] = words.percent(required, language=language, decimals=0)
        return _("%(name)s: %(actual)s of %(base)s, where %(required)s is required") % numbers
    if expected is None:
        return _("%(name)s: %(actual)s of %(base)s") % numbers
    numbers["expected"] = words.number(round(expected), language=language, decimals=0)
    return _("%(name)s: %(actual)s of %(base)s, where %(expected)s were to be expected") % numbers

"""How far a recomputation is, counted from its stored steps, and what is being computed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from jobcenter.geography.models import Area
from regions.comparison.models import Recomputation, Step
from regions.dashboard.recomputation import Stage
from regions.measures.models import Measure
from regions.measures.periods import parse

NAMES: dict[int, str | Promise] = {
    Stage.CONDITIONS: gettext_lazy("Framework conditions"),
    Stage.COMPARE: gettext_lazy("Comparisons of jobcentres"),
    Stage.WRITE: gettext_lazy("Results written"),
    Stage.FLAG: gettext_lazy("Flags"),
    Stage.INDICATORS: gettext_lazy("Indicators of occupations"),
    Stage.BOTTLENECKS: gettext_lazy("Draft bottleneck reports"),
}

ENOUGH_TO_TELL = 5
"""Steps that must be done before the time left says anything."""


@dataclass(frozen=True)
class StageProgress:
    name: str
    done: int
    total: int

    @property
    def is_done(self) -> bool:
        return self.done == self.total


@dataclass(frozen=True)
class Progress:
    """What the page says. Everything is counted from rows: it is true whichever worker is alive."""

    recomputation: Recomputation
    steps: Sequence[Step]

    @classmethod
    def of(cls, recomputation: Recomputation) -> Progress:
        """One query."""
        return cls(recomputation=recomputation, steps=list(recomputation.steps.all()))

    @property
    def total(self) -> int:
        return len(self.steps)

    @property
    def done(self) -> int:
        return sum(step.finished_at is not None for step in self.steps)

    @property
    def is_done(self) -> bool:
        return self.done == self.total

    @cached_property
    def stopped_at(self) -> Step | None:
        """The step that could not be done in many attempts; nothing after its stage will come."""
        return next((step for step in self.steps if step.given_up_at), None)

    @property
    def is_running(self) -> bool:
        return not self.is_done and self.stopped_at is None

    @property
    def finished_at(self) -> object:
        """When the last step was done."""
        return max((step.finished_at for step in self.steps if step.finished_at), default=None)

    @property
    def stages(self) -> list[StageProgress]:
        found = []
        for stage, name in NAMES.items():
            steps = [step for step in self.steps if step.stage == stage]
            if steps:
                done = sum(step.finished_at is not None for step in steps)
                found.append(StageProgress(name=str(name), done=done, total=len(steps)))
        return found

    @cached_property
    def current(self) -> Step | None:
        """What a worker is at, else what comes next."""
        now = timezone.now()
        waiting = [step for step in self.steps if not step.finished_at and not step.given_up_at]
        at_work = [step for step in waiting if step.leased_until and step.leased_until > now]
        return next(iter(at_work or waiting), None)

    @property
    def now(self) -> str:
        return in_words(self.current) if self.current else ""

    @property
    def stopped(self) -> str:
        return in_words(self.stopped_at) if self.stopped_at else ""

    @property
    def time_left(self) -> str:
        """From how long the steps so far have taken; says so while that is too few to tell."""
        if self.done < min(ENOUGH_TO_TELL, self.total):
            return _("The time left cannot be told yet.")
        spent = timezone.now() - self.recomputation.started_at
        left = spent * (self.total - self.done) / self.done
        if left < timedelta(minutes=1):
            return _("Less than a minute left.")
        minutes = round(left / timedelta(minutes=1))
        return ngettext("About %(count)s minute left.", "About %(count)s minutes left.", minutes) % {
            "count": minutes
        }


def in_words(step: Step) -> str:
    """“Sammenligninger af jobcentre: I job seks måneder efter …, Dagpengemodtagere, 3. kvt. 2026”."""
    about = step.about
    parts: list[str] = []
    if "measures" in about:
        parts += map(str, Measure.objects.filter(code__in=about["measures"]))
    if "area" in about:
        parts.append(str(Area.objects.get(code=about["area"])))
    if "period" in about:
        parts.append(parse(about["period"]).in_words(language=get_language() or "da"))
    name = str(NAMES[step.stage])
    return f"{name}: {', '.join(parts)}" if parts else name

"""An intervention as pages show it: its parts with what may be done, its history, its effect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from jobcenter.pages import words
from regions.interventions import effect_chart, measuring, wording
from regions.interventions.effect import Held, Kept, Verdict
from regions.interventions.measuring import Effect
from regions.interventions.models import Agreement, Done, Happened, Intervention, Part, Reply, State, Wording
from regions.interventions.table import UNFINISHED, By, Thing, offered
from regions.interventions.terms import ActionTerms, Terms
from regions.measures.models import Measure, TargetGroup
from regions.oversight.evidence import Evidence
from regions.oversight.models import Flag


@dataclass(frozen=True)
class Button:
    """A step that whoever looks may take."""

    code: str
    name: str | Promise
    part: int | None = None


@dataclass(frozen=True)
class Shown:
    """A part with its state in words, what may be done with it, and the last reason given."""

    part: Any
    buttons: list[Button]
    is_waiting: bool
    said: Happened | None
    figures: list[dict[str, Any]]


@dataclass(frozen=True)
class Line:
    """A line of the history."""

    at: Any
    who: Any
    organisation: Any
    what: str
    comment: str


@dataclass(frozen=True)
class Told:
    """An effect with the names of its measure and target group, its sentences and its chart."""

    effect: Effect
    measure: Measure | None
    group: TargetGroup | None
    sentence: str
    own_limits: str
    requirement: str

    @property
    def chart(self) -> dict[str, object] | None:
        return effect_chart.draw(self.effect, measure=self.measure) if self.measure else None

    @property
    def identity(self) -> str:
        """Of the chart, once on a page."""
        return f"virkning-{self.effect.measure}-{self.effect.group}"


@dataclass(frozen=True)
class Signed:
    """A wording of the agreement with its signatures."""

    wording: Wording
    terms: Terms
    signatures: list[Any]

    @property
    def is_signed_by_both(self) -> bool:
        return self.wording.is_signed_by_both


class Case:
    """The whole of one intervention, for somebody in a role."""

    def __init__(self, whole: Intervention, *, role: str) -> None:
        self.whole, self.role = whole, role

    @cached_property
    def history(self) -> list[Happened]:
        """Every step, oldest first. One query."""
        return list(
            self.whole.log.select_related(
                "by", "organisation", "meeting", "agreement", "assistance", "follow_up"
            )
        )

    @property
    def buttons(self) -> list[Button]:
        """Steps of the intervention itself, and what may be begun in it."""
        return [
            Button(step.code, wording.NAMES[step.code])
            for step in offered(Thing.INTERVENTION, state=self.whole.state, by=self.role)
        ]

    @property
    def beginnings(self) -> list[Button]:
        """What may be begun in it now. A draft agreement has its own page, and there is one at a time."""
        if not self.whole.is_open:
            return []
        has_agreement = any(one.state != "dropped" for one in self.whole.agreements.all())
        return [
            Button(step.code, wording.NAMES[step.code])
            for thing in (Thing.MEETING, Thing.AGREEMENT, Thing.ASSISTANCE, Thing.FOLLOW_UP)
            for step in offered(thing, state="", by=self.role)
            if self.role == By.OFFICER and not (thing == Thing.AGREEMENT and has_agreement)
        ]

    @property
    def meetings(self) -> list[Shown]:
        return [self._shown(part) for part in self.whole.meetings.all()]

    @property
    def agreements(self) -> list[Shown]:
        """A draft is the office's own until it is put forward."""
        return [self._shown(part) for part in self.whole.agreements.all() if self._may_see(part)]

    @property
    def assistances(self) -> list[Shown]:
        return [self._shown(part) for part in self.whole.assistances.all()]

    @property
    def follow_ups(self) -> list[Shown]:
        return [self._shown(part) for part in self.whole.follow_ups.all()]

    @cached_property
    def flags(self) -> list[tuple[Flag, Evidence]]:
        flags = self.whole.flags.select_related("measure", "target_group").order_by("pk")
        return [(flag, Evidence.from_json(flag.evidence)) for flag in flags]

    @cached_property
    def replies(self) -> list[Reply]:
        return list(self.whole.replies.select_related("by", "organisation"))

    @property
    def wish(self) -> Happened | None:
        """What the jobcentre asked for, where it began with that."""
        return next((line for line in self.history if line.to_state == State.REQUESTED), None)

    @property
    def ending(self) -> Happened | None:
        """The step that ended it, with its reason."""
        own = [line for line in self.history if line.thing == Thing.INTERVENTION]
        return own[-1] if self.whole.ended_at else None

    @cached_property
    def wordings(self) -> list[Signed]:
        """Every wording that was put forward, the newest first. Two queries."""
        rows = (
            Wording.objects.filter(agreement__intervention=self.whole)
            .prefetch_related("signatures__by", "signatures__organisation")
            .order_by("-pk")
        )
        return [Signed(row, row.terms, list(row.signatures.all())) for row in rows]

    @property
    def in_force(self) -> Signed | None:
        """What both signed last: it stands until both have signed another."""
        return next((one for one in self.wordings if one.is_signed_by_both), None)

    @cached_property
    def done(self) -> dict[str, Done]:
        """What has been said to be done, by its words. One query."""
        rows = Done.objects.filter(agreement__intervention=self.whole).select_related("by", "organisation")
        return {one.what: one for one in rows}

    @property
    def actions(self) -> list[tuple[ActionTerms, Done | None]]:
        """What is agreed to be done, each with who has said that it is."""
        agreed = self.in_force.terms.actions if self.in_force else ()
        return [(action, self.done.get(action.what)) for action in agreed]

    @property
    def to_be_signed(self) -> Signed | None:
        """What lies with the jobcentre."""
        proposed = any(one.state == "proposed" for one in self.whole.agreements.all())
        return self.wordings[0] if proposed and self.wordings else None

    @property
    def lines(self) -> list[Line]:
        """The history in words, the newest first, with what the jobcentre has said among it."""
        found = [Line(step.at, step.by, step.organisation, what(step), step.comment) for step in self.history]
        found += [
            Line(one.at, one.by, one.organisation, _("What the jobcentre has to say"), one.text)
            for one in self.replies
        ]
        found += [
            Line(one.at, one.by, one.organisation, _("Done: %(what)s") % {"what": one.what}, "")
            for one in self.done.values()
        ]
        return sorted(found, key=lambda line: line.at, reverse=True)

    @cached_property
    def effects(self) -> list[Told]:
        """Frozen when it was closed. Two queries."""
        return [self._told(Effect.from_json(kept)) for kept in self.whole.effects or []]

    @cached_property
    def so_far(self) -> list[Told]:
        """What it would be closed with today, of measures with a period after it began, while it is open.

        A handful of queries for each measure.
        """
        effects = measuring.effects(self.whole) if self.whole.is_open else []
        return [self._told(effect) for effect in effects if effect.after]

    @property
    def evidence(self) -> list[dict[str, Any]]:
        """The periods that were looked at when it was closed, each beside its limits."""
        return [
            {**one, "name": self._names.get((one["measure"], one["group"]), "")}
            for one in (self.whole.evidence or {}).get("seen", [])
        ]

    @cached_property
    def _names(self) -> Mapping[tuple[str, str], str]:
        return {
            (measure, group): f"{self._measures[measure]}, {self._groups[group]}"
            for measure in self._measures
            for group in self._groups
        }

    def _figures(self, kept: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
        """What was kept at a follow-up, with names."""
        return [{**one, "name": self._names.get((one["measure"], one["group"]), "")} for one in kept or []]

    @property
    def draft(self) -> Terms | None:
        """What the agreement says now, while it is a draft."""
        drafted = next((one for one in self.whole.agreements.all() if one.state == "draft"), None)
        return Terms.of(drafted) if drafted else None

    @cached_property
    def _measures(self) -> dict[str, Measure]:
        return {measure.code: measure for measure in Measure.objects.all()}

    @cached_property
    def _groups(self) -> dict[str, TargetGroup]:
        return {group.code: group for group in TargetGroup.objects.all()}

    def _told(self, effect: Effect) -> Told:
        return Told(
            effect=effect,
            measure=self._measures.get(effect.measure),
            group=self._groups.get(effect.group),
            sentence=sentence(effect),
            own_limits=own_limits(effect),
            requirement=requirement(effect),
        )

    def _may_see(self, part: Agreement) -> bool:
        return self.role == By.OFFICER or part.state != "draft" or part.version > 1

    def _shown(self, part: Part) -> Shown:
        said = [line for line in self.history if line.part == part and line.comment]
        may = offered(part.THING, state=part.state, by=self.role) if self.whole.is_open else ()
        return Shown(
            part=part,
            buttons=[Button(step.code, wording.NAMES[step.code], part.pk) for step in may],
            is_waiting=part.state in UNFINISHED[part.THING],
            said=said[-1] if said else None,
            figures=self._figures(getattr(part, "figures", None)),
        )


def what(step: Happened) -> str:
    """“Aftale: underskrevet af begge”: a line of the history without its reason."""
    thing = wording.THINGS[step.thing]
    known = wording.HAPPENED.get((step.thing, step.to_state))
    if step.from_state == step.to_state:
        known = _("moved")
    part: Any = step.part or step.subject
    return f"{thing}: {known or part.State(step.to_state).label}"


def sentence(effect: Effect) -> str:
    """What may honestly be said of a measure after an intervention, in one sentence.

    “Fra 26,3 til 33,1 pct.: 5,9 procentpoint mere end de ligestillede (95 pct.: fra 1,4 til 10,4), mere end
    tilfældet plejer at gøre.”
    """
    language = get_language() or "da"
    if effect.share_before is None or effect.share_after is None:
        return _("There are no whole periods both before and after yet: nothing can be said of the effect.")
    told = {
        "before": words.percent(effect.share_before, language=language),
        "after": words.percent(effect.share_after, language=language),
    }
    if not effect.difference:
        return _("From %(before)s to %(after)s; there are too few peers with figures to compare with.") % told
    found = effect.difference
    told |= {
        "more": _points(found.estimate, language),
        "low": _points(found.lower, language),
        "high": _points(found.upper, language),
    }
    match effect.against_peers:
        case Verdict.BETTER:
            judged = _("better than chance usually makes it")
        case Verdict.WORSE:
            judged = _("worse than chance usually makes it")
        case _:
            judged = _("which cannot be told apart from chance")
    said = _(
        "From %(before)s to %(after)s: %(more)s percentage points beside the peers' own change "
        "(95 per cent interval %(low)s to %(high)s), %(judged)s."
    )
    return said % {**told, "judged": judged}


def requirement(effect: Effect) -> str:
    """Whether the law's requirement was kept before and is kept after; "" where nothing is required.

    “Der kræves 80,0 %. Før: 62,0 % (95 pct.-interval op til 65,0 %), klart ikke overholdt. Efter: …”
    """
    if effect.required is None:
        return ""
    language = get_language() or "da"
    said = [_("Required is %(required)s.") % {"required": words.percent(effect.required, language=language)}]
    if effect.held_before:
        said.append(_("Before: %(held)s.") % {"held": _held(effect.held_before, effect, language)})
    if effect.held_after:
        said.append(_("After: %(held)s.") % {"held": _held(effect.held_after, effect, language)})
    return " ".join(said)


def _held(held: Held, effect: Effect, language: str) -> str:
    told = {
        "share": words.percent(held.share, language=language),
        "bound": words.percent(held.bound, language=language),
        "kept": KEPT[held.kept],
    }
    if effect.worse < 0:
        return _("%(share)s (95 per cent interval up to %(bound)s), %(kept)s") % told
    return _("%(share)s (95 per cent interval from %(bound)s), %(kept)s") % told


KEPT: Mapping[Kept, str | Promise] = {
    Kept.KEPT: gettext_lazy("kept"),
    Kept.MISSED: gettext_lazy("not kept, but chance may explain it"),
    Kept.CLEARLY_MISSED: gettext_lazy("clearly not kept"),
}


def own_limits(effect: Effect) -> str:
    """How the periods after lie beside the limits that those before set."""
    language = get_language() or "da"
    moved = effect.movement
    if not moved:
        return _("There are too few periods to set limits of its own.")
    told = {
        "number": moved.after,
        "lower": words.percent(max(moved.lower, 0.0), language=language),
        "upper": words.percent(min(moved.upper, 1.0), language=language),
    }
    match effect.against_itself:
        case Verdict.BETTER:
            said = _("Beside its own limits before (%(lower)s to %(upper)s) it has moved for the better.")
        case Verdict.WORSE:
            said = _("Beside its own limits before (%(lower)s to %(upper)s) it has moved for the worse.")
        case _:
            said = ngettext(
                "The period after lies as before (limits %(lower)s to %(upper)s).",
                "The %(number)d periods after lie as before (limits %(lower)s to %(upper)s).",
                moved.after,
            )
    text = said % told
    loose = "" if moved.is_firm else _("The limits are drawn from few periods, and are not firm.")
    return f"{text} {loose}".strip()


def _points(value: float, language: str) -> str:
    return words.signed(100 * value, language=language, decimals=1)

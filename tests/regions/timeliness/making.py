"""Rules of the law and benefit spells as rows, made from what the pure arithmetic takes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from jobcenter.centres.models import Jobcentre
from regions.measures.models import Measure, TargetGroup
from regions.timeliness import deadlines
from regions.timeliness.deadlines import Span
from regions.timeliness.models import Activity, DeadlineRule, Exemption, Spell, SpellDelivery

HOURS = 37.0


def in_iso(span: Span | None) -> str:
    if not span or span == Span():
        return ""
    return f"P{span.months}M" if span.months else f"P{span.days}D"


def store_rule(rule: deadlines.Rule, *, code: str, measure: Measure, group: TargetGroup) -> DeadlineRule:
    """The row of a rule."""
    return DeadlineRule.objects.create(
        code=code,
        measure=measure,
        target_group=group,
        event=rule.event,
        duty=rule.duty,
        anchor=rule.anchor,
        offset=in_iso(rule.offset),
        required=rule.required,
        window=in_iso(rule.window),
        least_days=rule.least_days,
        grace_days=rule.grace_days,
        grace_kinds=sorted(rule.grace_kinds),
        not_counted=sorted(rule.not_counted),
        pauses=sorted(rule.pauses),
        shifts=sorted(rule.shifts),
        resumes=in_iso(rule.resumes),
        valid_from=rule.valid_from,
        valid_to=rule.valid_to,
        title_da=code,
        title_en=code,
        law_ref="Lov om prøver § 1",
        read_in="Opdigtet",
    )


def deliver(jobcentre: Jobcentre, *, until: date, since: date = date(2020, 1, 1)) -> SpellDelivery:
    """A delivery whose data reach to a day."""
    return SpellDelivery.objects.create(
        jobcentre=jobcentre,
        file_name="forløb.csv",
        digest="0" * 64,
        window_from=since,
        window_to=until,
        added=0,
        changed=0,
        removed=0,
        unchanged=0,
    )


def store_spells(
    spells: Sequence[deadlines.Spell],
    *,
    delivery: SpellDelivery,
    group: TargetGroup,
    exits: Sequence[str] = (),
    first: int = 0,
) -> list[Spell]:
    """Rows of spells with all that belongs to them, each of another person. exits: of each that has ended."""
    stored = Spell.objects.bulk_create(
        Spell(
            jobcentre=delivery.jobcentre,
            delivery=delivery,
            person=f"invented-person-{number:06d}",
            target_group=group,
            starts_on=one.starts_on,
            ends_on=one.ends_on,
            registered_on=one.registered_on,
            exit_to=exits[number - first] if exits and one.ends_on else "",
        )
        for number, one in enumerate(spells, first)
    )
    Activity.objects.bulk_create(
        Activity(
            spell=row,
            event=activity.event,
            kind=activity.kind,
            starts_on=activity.starts_on,
            ends_on=activity.ends_on,
            given_on=activity.given_on,
            hours=None if activity.event is deadlines.Event.INTERVIEW else HOURS,
        )
        for row, one in zip(stored, spells, strict=True)
        for activity in one.activities
    )
    Exemption.objects.bulk_create(
        Exemption(
            spell=row,
            number=number,
            reason=each.reason,
            starts_on=each.starts_on,
            ends_on=each.ends_on,
        )
        for row, one in zip(stored, spells, strict=True)
        for number, each in enumerate(sorted(one.exemptions, key=lambda each: each.starts_on), 1)
    )
    return stored

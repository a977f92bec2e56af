"""What the officers have done about the flags of the invented results: one or more in every state.

The rule raises each flag by itself, a year ago and now (`regions/dashboard/demo.py` computes both). Here it
is told when it was raised, and what was done about it since, step by step through the real way. Nobody is
mailed. Every word is invented.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils import timezone

from jobcenter.accounts.models import Membership, Role
from jobcenter.runtime.demo import Demo
from regions.comparison.demo import BACK, DELIVERED_AFTER, INSURED, JOB, READY, latest_window
from regions.measures.periods import Period
from regions.oversight import attaching
from regions.oversight.models import Finding, Flag, Question
from regions.oversight.way import State

ORDER = 91

STAFFING = """Måned,Medarbejdere,Heraf under oplæring
januar,14,0
februar,11,0
marts,9,0
april,9,2
maj,12,5
juni,14,6
juli,14,4
august,14,2
september,14,0
"""
"""What a jobcentre sends with its answer."""

FINE = dict.fromkeys(Question.values, (Finding.FINE.value, ""))


@dataclass(frozen=True, kw_only=True)
class Case:
    """A flag with the two sides of it, told by how many days after a first day each step was taken."""

    flag: Flag
    first: date
    officer: Membership
    manager: Membership

    @classmethod
    def of(cls, flag: Flag, *, first: date) -> Case:
        """The flag is said to have been raised on the first day, early in the morning."""
        flag.raised_at = _at(first, 4)
        flag.due_on = first + timedelta(days=flag.rule.days_to_review)
        flag.save(update_fields=["raised_at", "due_on"])
        members = Membership.objects.select_related("user", "organisation").order_by("pk")
        return cls(
            flag=flag,
            first=first,
            officer=members.filter(
                role=Role.AREA_OFFICER,
                organisation__area_office__area__areamunicipality__municipality__in=(
                    flag.jobcentre.municipalities()
                ),
            )[0],
            manager=members.filter(role=Role.MANAGER, organisation=flag.jobcentre.organisation)[0],
        )

    def review(self, *, after: int) -> None:
        self.flag.review(**_of(self.officer), at=self._at(after, 9))

    def check(self, *, after: int, **remarks: str) -> None:
        """remarks: of the questions that are answered with doubt."""
        doubts = {question: (Finding.DOUBT.value, remark) for question, remark in remarks.items()}
        self.flag.check_data(FINE | doubts, **_of(self.officer), at=self._at(after, 11))

    def hear(self, reason: str, *, after: int, days: int = 14) -> None:
        """days: that the jobcentre has to answer in."""
        self.flag.send_to_hearing(
            reason=reason,
            due_on=self.first + timedelta(days=after + days),
            **_of(self.officer),
            at=self._at(after, 13),
        )

    def answer(self, text: str, *, after: int, files: Sequence[UploadedFile] = ()) -> None:
        at = self._at(after, 10)
        self.flag.answer(text, **_of(self.manager), at=at)
        attaching.keep(self.flag, files, at=at)

    def stay_silent(self, *, after: int) -> None:
        self.flag.record_silence(on=self.first + timedelta(days=after), at=self._at(after, 1))

    def confirm(self, reason: str, *, after: int) -> None:
        self.flag.confirm(reason=reason, **_of(self.officer), at=self._at(after, 14))

    def watch(self, reason: str, *, after: int) -> None:
        self.flag.watch(reason=reason, **_of(self.officer), at=self._at(after, 14))

    def dismiss(self, reason: str, *, after: int) -> None:
        self.flag.dismiss(reason=reason, **_of(self.officer), at=self._at(after, 14))

    def _at(self, after: int, hour: int) -> datetime:
        return _at(self.first + timedelta(days=after), hour)


def a_year_ago(*, today: date) -> date:
    """The day when the four quarters before the latest four were known."""
    latest = latest_window(today=today)
    return Period(latest.frequency, latest.last - latest.frequency.length).ends_on + DELIVERED_AFTER


def decide_what_was_raised(*, on: date) -> None:
    """What became of the flags that the results of a year ago raised: all of them are decided."""
    _confirmed(_found("0370", BACK, INSURED, first=on))
    _dismissed(_found("0326", JOB, INSURED, first=on))
    _watched(_found("0329", BACK, INSURED, first=on))
    for flag in Flag.objects.filter(state=State.PROPOSED).select_related("rule", "jobcentre"):
        case = Case.of(flag, first=on)
        case.dismiss(
            "Et enkelt år lidt uden for det ventede, som nogle af så mange vil være det ved et tilfælde. "
            "Bliver det ved, kommer der et nyt flag.",
            after=11,
        )


def load(world: Demo) -> None:
    """What is being done about the latest results."""
    today = world.today
    _just_confirmed(_found("0376", JOB, INSURED, first=today - timedelta(days=28)))
    _answered(_found("0316", JOB, INSURED, first=today - timedelta(days=27)))
    _silent(_found("0390", JOB, INSURED, first=today - timedelta(days=26)))
    _asked(_found("0330", BACK, READY, first=today - timedelta(days=14)))
    _checked(_found("0320", BACK, INSURED, first=today - timedelta(days=12)))
    _found("0306", JOB, READY, first=today - timedelta(days=17))  # overdue
    _found("0360", JOB, READY, first=today - timedelta(days=5))
    _found("0360", BACK, READY, first=today - timedelta(days=5))
    states = Flag.objects.order_by().values_list("state", flat=True).distinct()
    world.tell(f"{Flag.objects.count()} flags in {states.count()} states")


def _found(jobcentre: str, measure: str, group: str, *, first: date) -> Case:
    """The flag nobody has looked at that was raised about a jobcentre's result."""
    flags = Flag.objects.select_related("rule", "jobcentre__organisation")
    flag = flags.get(
        jobcentre__code=jobcentre,
        measure__code=measure,
        target_group__code=group,
        state=State.PROPOSED,
    )
    return Case.of(flag, first=first)


def _confirmed(case: Case) -> None:
    case.review(after=3)
    case.check(after=6)
    case.hear(
        "Flere end ventet er tilbage på ydelse inden for et år, to år i træk. Hvad ser I selv som årsagen?",
        after=8,
    )
    case.answer(
        "Vi genkender billedet. Opfølgningen i de første uger i et nyt job er faldet bort, siden to "
        "teams blev lagt sammen. Vi vil gerne tale om, hvad vi kan gøre.",
        after=19,
    )
    case.confirm(
        "Tallene er kontrolleret, og jobcentret genkender dem. Der er noget at gøre noget ved.", after=24
    )


def _dismissed(case: Case) -> None:
    case.review(after=4)
    case.check(
        after=9,
        complete="Et helt kvartals afslutninger mangler fra det gamle fagsystem.",
        same_definition="Registreret på en anden måde indtil skiftet af fagsystem.",
    )
    case.dismiss(
        "Skiftet af fagsystem forklarer faldet: i de måneder, der er talt ens, er resultatet som ventet.",
        after=13,
    )


def _watched(case: Case) -> None:
    case.review(after=5)
    case.watch("Kun det seneste år. Vi ser, om det bliver ved, før vi spørger jobcentret.", after=10)


def _just_confirmed(case: Case) -> None:
    case.review(after=1)
    case.check(after=3)
    case.hear(
        "Færre dagpengemodtagere end ventet er i job et halvt år efter, to år i træk. Hvordan ser I på det?",
        after=4,
    )
    case.answer(
        "Det passer med vores egne tal. Vi har haft stort fokus på de jobparate og for lidt på dem, der selv "
        "skulle finde et job. Vi tager gerne imod sparring.",
        after=15,
    )
    case.confirm(
        "To år i træk, uden at data eller vilkår forklarer det, og jobcentret er enigt i billedet.", after=21
    )


def _answered(case: Case) -> None:
    case.review(after=2)
    case.check(after=4, one_event="To større virksomheder lukkede i perioden; det kan være en del af det.")
    case.hear("Vi beder jer vurdere, hvor meget lukningerne betyder for resultatet.", after=6)
    case.answer(
        "Lukningerne betyder noget i det første år, men ikke i det andet. Vi har haft mange nye medarbejdere "
        "og er først nu tilbage på fuld styrke. Vedlagt er vores bemanding måned for måned.",
        after=17,
        files=[SimpleUploadedFile("bemanding.csv", STAFFING.encode())],
    )


def _silent(case: Case) -> None:
    case.review(after=2)
    case.check(after=3)
    case.hear("Resultatet ligger klart under det ventede to år i træk. Hvad ser I selv?", after=5)
    case.stay_silent(after=20)


def _asked(case: Case) -> None:
    case.review(after=2)
    case.check(after=5)
    case.hear(
        "Flere end ventet er tilbage på ydelse inden for et år. Hvad er jeres egen forklaring?", after=9
    )


def _checked(case: Case) -> None:
    case.review(after=6)
    case.check(after=9, mature="Det seneste kvartal kan stadig ændre sig lidt.")


def _of(membership: Membership) -> dict[str, Any]:
    return {"by": membership.user, "organisation": membership.organisation}


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))

"""A list into the portal: tried when it comes, done when it is confirmed, in batches that survive a crash."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from employers.companies.informing import inform
from employers.imports.judging import Judgement, judge, without_numbers
from employers.imports.models import Fate, ListImport, ListLine
from employers.imports.reading import read
from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre
from jobcenter.runtime.work import look_now, publish

BATCH = 25
"""So many lines are done at a time; after a crash only the last of these batches is done again."""


class _OnlyTried(Exception):
    """Ends a transaction of which nothing is to be kept."""


@transaction.atomic
def upload(content: bytes, *, name: str, by: User, jobcentre: Jobcentre) -> ListImport:
    """Read a list and foretell the fate of every line, by doing it all and keeping nothing of it.

    So a line that depends on one above it is judged as it will be. Raises reading.Unreadable.
    """
    lines = read(content, name=name)
    judgements: list[Judgement] = []
    try:
        with transaction.atomic():
            judgements += [judge(values, jobcentre=jobcentre) for _number, values in lines]
            raise _OnlyTried
    except _OnlyTried:
        pass
    made = ListImport.objects.create(jobcentre=jobcentre, by=by, file_name=name[:200])
    ListLine.objects.bulk_create(
        ListLine(
            list_import=made,
            number=number,
            values=without_numbers(values),
            fate=judged.fate,
            column=judged.column,
            said=judged.said,
        )
        for (number, values), judged in zip(lines, judgements, strict=True)
    )
    return made


@transaction.atomic
def confirm(wanted: ListImport) -> bool:
    """Promise that the list is brought in. False when somebody has confirmed it before."""
    is_first = wanted.confirm()
    if is_first:
        look_now("imports.bring_in", wanted.pk)
    return is_first


def carry_out(pk: int) -> None:
    """Bring a confirmed list in, from the first line that is not done yet."""
    with ListImport.objects.confirmed().claim(pk) as work:
        while work and _has_more(work):
            pass


def _has_more(work: ListImport) -> bool:
    """Do the next lines, together with saying that they are done; False when there were none left."""
    with transaction.atomic():
        work.keep_lease()
        lines = list(work.lines.filter(done_at=None).order_by("number")[:BATCH])
        for line in lines:
            _do(line, jobcentre=work.jobcentre)
        if not lines:
            work.finish()
    return bool(lines)


def _do(line: ListLine, *, jobcentre: Jobcentre) -> None:
    """What a CPR number was taken out of stays refused: the rest of the line is not used."""
    if "" not in line.values.values():
        judged = judge(line.values, jobcentre=jobcentre)
        line.fate, line.column, line.said = judged.fate, judged.column, judged.said
        line.company, line.person = judged.company, judged.person
        if judged.fate == Fate.NEW and judged.person:
            inform(judged.person, jobcentre=jobcentre)
    line.done_at = timezone.now()
    line.save()


def sweep() -> None:
    """Look for lists whose message was lost or whose worker died."""
    for pk in ListImport.objects.confirmed().waiting().values_list("pk", flat=True)[:10]:
        publish("imports.bring_in", pk)


def forget() -> None:
    """Lines that are not needed any more are removed, with the list they came in."""
    ListImport.objects.outdated().delete()

"""The lines of lists that have brought the person in, or would."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from employers.companies.about import About, Told, theirs_alone
from employers.companies.models import Person
from employers.imports.models import ListLine
from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre
from jobcenter.retention.removing import delete


def _lines(person: Person) -> QuerySet[ListLine]:
    by_address = theirs_alone(ListLine.objects.all(), person, "values__email")
    return ListLine.objects.filter(Q(person=person) | Q(pk__in=by_address)).select_related("list_import")


def _told(line: ListLine, _reader: Jobcentre) -> Told:
    return [
        (str(_("List")), line.list_import.file_name),
        (str(_("Line")), line.number),
        (str(_("What it says")), "; ".join(value for value in line.values.values() if value)),
    ]


def _seen_by(rows: QuerySet[ListLine], jobcentre: Jobcentre, _user: User) -> QuerySet[ListLine]:
    return rows.filter(list_import__jobcentre=jobcentre)


ABOUT = [
    About(
        "imports.line",
        _("Lines of lists"),
        _lines,
        _told,
        seen_by=_seen_by,
        holder="list_import__jobcentre__name",
        forget=delete,
    )
]

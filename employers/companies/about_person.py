"""The contact person itself, what merges have kept of it, and what was mailed to its address."""

from __future__ import annotations

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from employers.companies.about import About, Told, at_address, theirs_alone
from employers.companies.models import ERASED, Merge, Person
from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre
from jobcenter.notifications.models import Mail, Notice, Recipient
from jobcenter.retention.removing import delete, redact_history

PERSONAL = {"name": ERASED, "email": "", "phone": ""}


def _itself(person: Person) -> QuerySet[Person]:
    return Person.objects.filter(pk=person.pk)


def _person_told(person: Person, _reader: Jobcentre) -> Told:
    return [
        (str(_("Name")), person.name),
        (str(_("E-mail")), person.email),
        (str(_("Telephone")), person.phone),
    ]


def _merges(person: Person) -> QuerySet[Merge]:
    """Those of the person with another, and those of companies that made two of them one."""
    of_people = Q(kind=Merge.Kind.PERSON) & (Q(stays=person.pk) | Q(gone=person.pk))
    removed = Q(kept__removed__contains=[{"model": "companies.person", "into": person.pk}])
    changed = Q(kept__changed__contains=[{"model": "companies.Person", "pk": person.pk}])
    return Merge.objects.filter(of_people | removed | changed)


def _merge_told(merge: Merge, _reader: Jobcentre) -> Told:
    return [
        (str(_("When")), merge.at),
        (str(_("Became part")), merge.gone_name),
        (str(_("Stayed")), merge.stays_name),
    ]


def _merges_of(rows: QuerySet[Merge], jobcentre: Jobcentre, _user: User) -> QuerySet[Merge]:
    return rows.filter(jobcentre=jobcentre)


def _forget_merges(rows: QuerySet[Merge]) -> int:
    """What undoing needs is left, without whom it was. Of people also the names in words."""
    for merge in (found := list(rows)):
        for one in merge.kept["removed"]:
            if one["model"] == "companies.person":
                one["fields"].update(PERSONAL)
                redact_history(Person, [one["pk"]])
        for one in merge.kept["changed"]:
            if one["model"] == "companies.Person":
                for values in (one["before"], one["after"]):
                    values.update({name: value for name, value in PERSONAL.items() if name in values})
        if merge.kind == Merge.Kind.PERSON:
            merge.stays_name = merge.gone_name = ERASED
        merge.save()
    return len(found)


def _administered(person: Person) -> QuerySet[LogEntry]:
    kind = ContentType.objects.get_for_model(Person)
    return LogEntry.objects.filter(content_type=kind, object_id=str(person.pk))


def _administered_told(entry: LogEntry, _reader: Jobcentre) -> Told:
    return [(str(_("When")), entry.action_time), (str(_("Person")), entry.object_repr)]


def _forget_administered(rows: QuerySet[LogEntry]) -> int:
    return rows.update(object_repr=ERASED, change_message="")


def _mails(person: Person) -> QuerySet[Mail]:
    return theirs_alone(Mail.objects.all(), person, "to")


def _mail_told(mail: Mail, _reader: Jobcentre) -> Told:
    """That there was one. The text may be a code, or about a matter that is confidential."""
    return [(str(_("Written")), mail.created_at), (str(_("To")), mail.to)]


def _forget_mails(rows: QuerySet[Mail]) -> int:
    """With the notices that they carried, which hold on to them."""
    Notice.objects.filter(mail__in=rows).delete()
    return delete(rows)


def _recipients(person: Person) -> QuerySet[Recipient]:
    return theirs_alone(Recipient.objects.all(), person)


def _recipient_told(recipient: Recipient, _reader: Jobcentre) -> Told:
    return [
        (str(_("E-mail")), recipient.email),
        (str(_("Told things")), recipient.notices.count()),
        (str(_("Stopped everything")), recipient.stopped_at),
    ]


def _in_other_companies(person: Person) -> QuerySet[Person]:
    return at_address(Person.objects.exclude(pk=person.pk), person)


def _elsewhere_told(_person: Person, _reader: Jobcentre) -> Told:
    """Not in which: that is for those who know that company."""
    return [(str(_("Where")), str(_("in another company")))]


ABOUT = [
    About(
        "notifications.mail",
        _("Mails to the address"),
        _mails,
        _mail_told,
        forget=_forget_mails,
    ),
    About(
        "notifications.recipient",
        _("Notices to the address, and what it has chosen"),
        _recipients,
        _recipient_told,
        forget=delete,
    ),
    About(
        "companies.merge",
        _("Merges"),
        _merges,
        _merge_told,
        seen_by=_merges_of,
        holder="jobcentre__name",
        forget=_forget_merges,
    ),
    About(
        "companies.administered",
        _("Steps of administrators"),
        _administered,
        _administered_told,
        forget=_forget_administered,
    ),
    About(
        "companies.elsewhere",
        _("The same address in another company"),
        _in_other_companies,
        _elsewhere_told,
        kept=_("That company's jobcentre erases there. What belongs to the address stays until then."),
    ),
    About(
        "companies.person",
        _("The contact person"),
        _itself,
        _person_told,
        forget=QuerySet.count,
    ),
]

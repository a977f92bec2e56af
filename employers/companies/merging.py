"""Making one of two companies, or of two contact persons, that are one; and undoing it.

All of it or nothing, in one transaction, over every foreign key there is. What the register says is never
overwritten, so of two the one in the register stays. The one merged away is no more: the database itself
refuses while anything still points to it. Its addresses and its number lead to the one that stayed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from employers.companies.journal import Journal
from employers.companies.models import Company, Former, Merge, Person, Workplace
from employers.companies.relations import absorb, relation, relations_to
from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre
from jobcenter.runtime.merging import reason

Either = Company | Person

CHOSEN_AMONG: dict[type[models.Model], tuple[str, ...]] = {
    Company: ("name", "industry", "employees"),
    Person: ("name", "email", "phone"),
}
"""What may be chosen of the one or the other; all else of a company is the register's, or its number."""

TAKES_THEIRS = "goes"


class MergeRefused(ValidationError):
    """The two are not merged, or the merge is not undone; its messages say why."""


@dataclass(frozen=True)
class Difference:
    """A field of which the two say different things. `must_choose`: both say something."""

    name: str
    label: str
    ours: Any
    theirs: Any

    @property
    def must_choose(self) -> bool:
        return bool(self.ours) and bool(self.theirs)


def differences(stays: Either, goes: Either) -> list[Difference]:
    """What can be chosen. Nothing of a company as the register has it."""
    if isinstance(stays, Company) and stays.from_register:
        return []
    found = []
    for name in CHOSEN_AMONG[type(stays)]:
        ours, theirs = getattr(stays, name), getattr(goes, name)
        if ours != theirs:
            label = str(stays._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            found.append(Difference(name, label, ours, theirs))
    return found


def refusals(stays: Either, goes: Either) -> list[str]:
    """Why the one may not be merged into the other; [] if it may."""
    if type(stays) is not type(goes) or stays.pk == goes.pk:
        return [_("Choose two that are not the same.")]
    if isinstance(stays, Company) and isinstance(goes, Company):
        return _refusals_of_companies(stays, goes)
    assert isinstance(stays, Person)
    assert isinstance(goes, Person)
    return _refusals_of_people(stays, goes)


def _refusals_of_companies(stays: Company, goes: Company) -> list[str]:
    found = []
    if goes.from_register and not stays.from_register:
        found.append(_("%(company)s is in the register, so it is the one that stays.") % {"company": goes})
    if goes.from_register and stays.from_register:
        if not goes.has_ceased:
            found.append(
                _("%(number)s is in force in the register, so they are two companies.")
                % {"number": goes.number}
            )
        elif stays.has_ceased:
            found.append(_("Both have ceased in the register. Choose one that is in force to stay."))
    if goes.organisation and goes.organisation.memberships.exists():
        found.append(
            _(
                "People act for %(company)s on the portal, and would see what is %(other)s's. "
                "Let %(company)s stay, or have their access ended first."
            )
            % {"company": goes, "other": stays}
        )
    return found


def _refusals_of_people(stays: Person, goes: Person) -> list[str]:
    """Who has sent what is known by the address: with two, each would see what is the other's."""
    if stays.company_id != goes.company_id:
        return [_("They are in two companies. Merge the companies first, if these are one.")]
    if stays.email and goes.email and stays.email.lower() != goes.email.lower():
        return [
            _(
                "They have an e-mail address each. Who has sent what is known by the address, "
                "so they stay two people."
            )
        ]
    return []


@dataclass(frozen=True)
class Preview:
    """What merging would do: nothing of it is done. `moved`: primary keys by the name of the relation."""

    refusals: list[str]
    differences: list[Difference]
    moved: dict[str, list[int]]
    notes: list[str]


def look(stays: Either, goes: Either) -> Preview:
    """Everything a merge would do, without doing it."""
    journal = Journal(is_dry=True)
    found = refusals(stays, goes)
    if not found:
        absorb(stays, goes, journal)
    return Preview(found, differences(stays, goes), moved_in(journal.moved), journal.notes)


def moved_in(entries: Sequence[Mapping[str, Any]]) -> dict[str, list[int]]:
    """What moved, by the name of the relation."""
    by_label: dict[str, list[int]] = {}
    for entry in entries:
        by_label.setdefault(entry["relation"], []).extend(entry["rows"])
    return by_label


@transaction.atomic
def merge(
    stays: Either, goes: Either, *, chosen: Mapping[str, str], by: User, jobcentre: Jobcentre, why: str
) -> Merge:
    """Make them one. chosen: "goes" by a field's name, where theirs is to be taken; else ours stays.

    Both are locked as long as it lasts, and what is logged at the same moment waits and lands on the one
    that stays. Raises MergeRefused, also when something has changed since the preview so that it may not be.
    """
    stays, goes = _locked(stays, goes)
    if found := refusals(stays, goes):
        raise MergeRefused(found)
    journal = Journal(is_dry=False)
    try:
        with transaction.atomic():
            values = _values(stays, goes, chosen)
            absorb(stays, goes, journal)
            journal.change(stays, **values)
            connection.check_constraints()
    except IntegrityError as error:
        raise MergeRefused([_refused_by_the_database(error)]) from error
    company = stays if isinstance(stays, Company) else stays.company
    done = Merge(
        kind=Merge.Kind(type(stays)._meta.model_name or ""),
        company=company,
        stays=stays.pk,
        stays_name=_named(stays),
        gone=goes.pk,
        gone_name=_named(goes),
        jobcentre=jobcentre,
        by=by,
        why=why,
        kept={},
    )
    done.full_clean(exclude=["kept"])
    done.save()
    _leave_word(done, stays, goes, journal)
    done.kept = journal.kept()
    done.save(update_fields=["kept"])
    return done


def _locked(stays: Either, goes: Either) -> tuple[Either, Either]:
    """Both as they are now, locked in one order whoever asks; the company of people, too."""
    companies = {one.pk if isinstance(one, Company) else one.company_id for one in (stays, goes)}
    list(Company.objects.select_for_update().filter(pk__in=companies).order_by("pk"))
    rows = type(stays)._base_manager.select_for_update().filter(pk__in=[stays.pk, goes.pk]).order_by("pk")
    found = {row.pk: row for row in rows}
    if len(found) < len({stays.pk, goes.pk}):
        raise MergeRefused([_("One of them has been merged already. Look at what they are now.")])
    return found[stays.pk], found[goes.pk]


def _values(stays: Either, goes: Either, chosen: Mapping[str, str]) -> dict[str, Any]:
    """What the one that stays says now, by column: theirs where that is chosen, or where ours is empty."""
    taken = [one for one in differences(stays, goes) if chosen.get(one.name) == TAKES_THEIRS or not one.ours]
    columns = [stays._meta.get_field(one.name).attname for one in taken if one.theirs]  # type: ignore[union-attr]
    values = {column: getattr(goes, column) for column in columns}
    if isinstance(stays, Company) and isinstance(goes, Company) and not stays.from_register:
        values["advertising_protected"] = stays.advertising_protected or goes.advertising_protected
    return values


def _leave_word(done: Merge, stays: Either, goes: Either, journal: Journal) -> None:
    """Where everything is now that was merged away: in this merge, and in earlier ones into what went now."""
    for row in journal.removed:
        kind = row["model"].rpartition(".")[2]
        if row["into"] is None or kind not in Former.Kind.values:
            continue
        for former in Former.objects.filter(kind=kind, now=row["pk"]):
            journal.change(former, now=row["into"])
        is_company = isinstance(goes, Company) and kind == Former.Kind.COMPANY
        Former.objects.create(
            merge=done,
            kind=kind,
            gone=row["pk"],
            now=row["into"],
            cvr=(goes.cvr or "") if is_company else "",  # type: ignore[union-attr]
            country=goes.country if is_company else "",  # type: ignore[union-attr]
            foreign_number=goes.foreign_number if is_company else "",  # type: ignore[union-attr]
        )


def _named(one: Either) -> str:
    return f"{one.name} ({one.number})"[:250] if isinstance(one, Company) else one.name


def _refused_by_the_database(error: IntegrityError) -> str:
    """The words of the constraint; of whichever model has it."""
    table = getattr(getattr(error.__cause__, "diag", None), "table_name", None)
    model = next((one for one in _models() if one._meta.db_table == table), Company)
    return _("They cannot be merged as they are: %(reason)s") % {"reason": reason(error, model)}


def _models() -> set[type[models.Model]]:
    return {one.model for kind in (Company, Workplace, Person) for one in relations_to(kind)}


# --- undoing ---------------------------------------------------------------------------------------------


@transaction.atomic
def undo(merge: Merge, *, by: User) -> list[str]:
    """Give everything back that was moved, changed and removed; returns what is not as it was, in words.

    What came since stays with the one that stayed, unless it names a workplace or a person that goes back.
    Raises MergeRefused: later merges of the same company are undone first.
    """
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    if merge.undone_at:
        raise MergeRefused([_("The merge is undone already.")])
    Company.objects.select_for_update().get(pk=merge.company_id)
    later = Merge.objects.standing().filter(company=merge.company_id, pk__gt=merge.pk).order_by("-pk").first()
    if later:
        raise MergeRefused([_("Undo the later merge first: %(merge)s.") % {"merge": later}])
    try:
        with transaction.atomic():
            said = _give_back(merge)
            connection.check_constraints()
    except IntegrityError as error:
        raise MergeRefused([_refused_by_the_database(error)]) from error
    merge.undone_at, merge.undone_by = timezone.now(), by
    merge.save(update_fields=["undone_at", "undone_by"])
    return said


def _give_back(merge: Merge) -> list[str]:
    said: list[str] = []
    for entry in reversed(merge.kept["removed"]):
        fields = {name: value for name, value in entry.items() if name != "into"}
        for kept in serializers.deserialize("python", [fields]):
            kept.save()
    merge.formers.all().delete()
    fewer = sum(len(entry["rows"]) - _move_back(entry) for entry in reversed(merge.kept["moved"]))
    if fewer:
        said.append(
            ngettext(
                "%(number)d thing that had moved is no longer there, or belongs to another now.",
                "%(number)d things that had moved are no longer there, or belong to others now.",
                fewer,
            )
            % {"number": fewer}
        )
    said += [said for entry in reversed(merge.kept["changed"]) for said in _change_back(entry)]
    if merge.kind == Merge.Kind.COMPANY:
        followed = _follow_back(merge)
        if followed:
            said.append(
                ngettext(
                    "%(number)d thing that came since went along with the workplace or person it names.",
                    "%(number)d things that came since went along with the workplace or person they name.",
                    followed,
                )
                % {"number": followed}
            )
    return said


def _move_back(entry: Mapping[str, Any]) -> int:
    """How many still belonged to the one that stayed, and went back."""
    which = relation(entry["relation"])
    column = which.field.attname
    rows = which.model._base_manager.filter(pk__in=entry["rows"], **{column: entry["to"]})
    return rows.update(**{column: entry["from"]})


def _change_back(entry: Mapping[str, Any]) -> list[str]:
    """What somebody has changed since is left as it is, and said."""
    model = apps.get_model(entry["model"])
    row = model._base_manager.filter(pk=entry["pk"]).first()
    if row is None:
        return []
    said, names = [], []
    for column, before in entry["before"].items():
        field = next(one for one in model._meta.concrete_fields if one.attname == column)
        if getattr(row, column) == field.to_python(entry["after"][column]):
            setattr(row, column, field.to_python(before))
            names.append(field.name)
        else:
            said.append(_("%(field)s has been changed since, and was left.") % {"field": field.verbose_name})
    if names:
        row.save(update_fields=names)
    return said


def _follow_back(merge: Merge) -> int:
    """What came since and names a workplace or a person that went back belongs to the company they are in.

    Raises MergeRefused where it names something of both.
    """
    count = 0
    for each in relations_to(Company):
        parts = [
            field
            for field in each.model._meta.local_fields
            if isinstance(field, models.ForeignKey) and field.related_model in (Workplace, Person)
        ]
        if not parts:
            continue
        gone_back = models.Q()
        for field in parts:
            gone_back |= models.Q(**{f"{field.name}__company": merge.gone})
        astray = each.model._base_manager.filter(gone_back, **{each.field.attname: merge.stays})
        for row in astray:
            owners = {getattr(row, field.name).company_id for field in parts if getattr(row, field.attname)}
            if owners != {merge.gone} or each.field.one_to_one:
                raise MergeRefused(
                    [
                        _("%(kind)s, %(row)s, names a workplace or a person of each. Put it right first.")
                        % {"kind": each.model._meta.verbose_name, "row": row}
                    ]
                )
        count += each.model._base_manager.filter(pk__in=[row.pk for row in astray]).update(
            **{each.field.attname: merge.gone}
        )
    return count

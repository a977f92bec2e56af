"""Remarks between colleagues on an enquiry, in which somebody is called upon with an @ and their name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from employers.desk.list_forms import colleagues_of
from employers.desk.models import Mention, Remark
from employers.desk.notices import MENTIONED
from employers.enquiries.models import Enquiry, Handler
from jobcenter.accounts.models import User
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.centres.models import Jobcentre
from jobcenter.notifications.telling import language_of, notify

_CALL = re.compile(r"(?<![\w.])@(?=\w)")
"""Not the one in an e-mail address, which has something before it."""
_WORD = re.compile(r"\w+")


def who_may_see(enquiry: Enquiry) -> QuerySet[User]:
    """The colleagues one may call upon: those of the jobcentre who may see the enquiry, and nobody else."""
    colleagues = colleagues_of(enquiry.jobcentre)
    if not enquiry.is_confidential:
        return colleagues
    let_in = Q(pk=enquiry.owner_id) | Q(pk__in=Handler.objects.filter(enquiry=enquiry).values("user"))
    return colleagues.filter(let_in | Q(pk__in=enquiry.jobcentre.managers().values("pk")))


def called_upon(text: str, names: Mapping[int, str]) -> set[int]:
    """Whom a text calls upon: by the whole name, or by a first name that only one of them has.

    names: by the numbers that are returned. Raises ValidationError for a name that is nobody's, or several's.
    """
    return {_called(text[call.end() :], names) for call in _CALL.finditer(text)}


def _called(rest: str, names: Mapping[int, str]) -> int:
    whole = [number for number, name in names.items() if _begins_with(rest, name)]
    if whole:
        return max(whole, key=lambda number: len(names[number]))
    firsts = [number for number, name in names.items() if _begins_with(rest, name.split()[0])]
    if len(firsts) == 1:
        return firsts[0]
    word = _WORD.match(rest)
    told = {"word": word[0] if word else rest, "names": ", ".join(sorted(names.values()))}
    if firsts:
        raise ValidationError(_("Several are called %(word)s: write the whole name.") % told)
    raise ValidationError(
        _("Nobody called %(word)s may see the enquiry. You can call upon: %(names)s.") % told
    )


def _begins_with(rest: str, name: str) -> bool:
    after = rest[len(name) : len(name) + 1]
    return rest.casefold().startswith(name.casefold()) and not after.isalnum()


@transaction.atomic
def remark(enquiry: Enquiry, *, text: str, by: User, jobcentre: Jobcentre, at: datetime) -> Remark:
    """Keep it, and tell those it calls upon. Whoever writes has read what called upon them there.

    Raises TransitionRefused when the enquiry is closed; ValidationError for a name that nobody has who may
    see it.
    """
    if enquiry.state == Enquiry.State.CLOSED:
        raise TransitionRefused(_("The enquiry is closed, so nothing is written about it any more."))
    people = {user.pk: user for user in who_may_see(enquiry)}
    pks = called_upon(text, {pk: str(user) for pk, user in people.items()})
    kept = Remark.objects.create(enquiry=enquiry, jobcentre=jobcentre, by=by, text=text, at=at)
    Mention.objects.filter(user=by, read_at=None, remark__enquiry=enquiry).update(read_at=at)
    for user in (people[pk] for pk in sorted(pks - {by.pk})):
        _tell(Mention.objects.create(remark=kept, user=user), by=by)
    return kept


def _tell(mention: Mention, *, by: User) -> None:
    """That they are called upon, and where: what was written stays behind the sign-in."""
    language = language_of(mention.user.email)
    with translation.override(language):
        told = {"name": by, "reference": mention.remark.enquiry.reference}
        notify(
            to=mention.user.email,
            kind=MENTIONED,
            key=f"mention {mention.pk}",
            subject=_("%(name)s calls upon you in enquiry %(reference)s") % told,
            link=mention.remark.get_absolute_url(),
            language=language,
        )

"""What an address wants to be told, and how."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from jobcenter.notifications.kinds import Kind, declared
from jobcenter.notifications.models import Choice, How, Notice, Recipient, RecipientQuerySet


def way(recipient: Recipient, kind: Kind) -> How:
    """How the address is told of the kind. One query, none if it stopped everything."""
    return ways(recipient, [kind])[kind.code]


def ways(recipient: Recipient, kinds: Iterable[Kind]) -> dict[str, How]:
    """How the address is told of each kind, by the kind's code."""
    if recipient.stopped_at:
        return {kind.code: How.OFF for kind in kinds}
    chosen = dict(recipient.choices.values_list("kind", "how")) if recipient.pk else {}
    return {kind.code: How(chosen.get(kind.code, kind.usual)) for kind in kinds}


def unwanted(kind: Kind) -> RecipientQuerySet:
    """The addresses that want to hear nothing of the kind, or nothing at all."""
    turned_off = Q(pk__in=Choice.objects.filter(kind=kind.code, how=How.OFF).values("recipient"))
    return Recipient.objects.filter(Q(stopped_at__isnull=False) | turned_off)


def kinds_of(recipient: Recipient) -> list[Kind]:
    """Those the address has been told of, or has chosen about: what concerns whoever has only a link."""
    codes = {*recipient.notices.values_list("kind", flat=True).distinct()}
    codes |= {*recipient.choices.values_list("kind", flat=True)}
    return [kind for kind in declared() if kind.code in codes]


@transaction.atomic
def choose(*, email: str, choices: Mapping[str, How], language: str = "da") -> Recipient:
    """Keep what was chosen for each kind, in the language it was read in.

    What waits of a kind that is now off is not told any more.
    """
    recipient = locked(email)
    for kind, how in choices.items():
        Choice.objects.update_or_create(recipient=recipient, kind=kind, defaults={"how": how})
    recipient.stopped_at, recipient.language = None, language
    recipient.save(update_fields=["stopped_at", "language"])
    off = [kind for kind, how in choices.items() if how == How.OFF]
    Notice.objects.filter(recipient=recipient, kind__in=off, mail=None).delete()
    return recipient


@transaction.atomic
def stop(*, email: str) -> Recipient:
    """Tell the address nothing more but direct answers, until it chooses again."""
    recipient = locked(email)
    recipient.stopped_at = recipient.stopped_at or timezone.now()
    recipient.save(update_fields=["stopped_at"])
    Notice.objects.filter(recipient=recipient, mail=None).delete()
    return recipient


@transaction.atomic
def want(*, email: str, kind: Kind, language: str = "da") -> Recipient:
    """Tell the address of one kind from now on. Whoever had stopped everything hears of nothing else."""
    recipient = locked(email)
    if recipient.stopped_at:
        for other in declared():
            Choice.objects.update_or_create(recipient=recipient, kind=other.code, defaults={"how": How.OFF})
    recipient.stopped_at, recipient.language = None, language
    recipient.save(update_fields=["stopped_at", "language"])
    Choice.objects.update_or_create(recipient=recipient, kind=kind.code, defaults={"how": How.DAILY})
    return recipient


def forget_waiting(*, email: str, kind: Kind, key_begins: str) -> None:
    """Take out of the next mail what is no longer to be told."""
    Notice.objects.filter(
        recipient__in=Recipient.objects.of(email), kind=kind.code, key__startswith=key_begins, mail=None
    ).delete()


def locked(email: str) -> Recipient:
    """The address's row, made if there is none, and locked until the transaction ends."""
    recipient, _is_new = Recipient.objects.get_or_create(email=email.strip().lower())
    return Recipient.objects.select_for_update().get(pk=recipient.pk)

"""Asking partners about an enquiry, and answering. The responsible jobcentre stays the one that answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from employers.enquiries import ownership_letters
from employers.enquiries.clock import after_working_hours
from employers.enquiries.models import CONFIDENTIAL, Enquiry, HelpAnswer, HelpRequest, State
from jobcenter.accounts.models import User
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.centres.models import Agreement, Jobcentre, Serves, Shared
from jobcenter.centres.sharing import agreements_sharing, rows_within, shared_rows

WAY = {"industry": "company__industry", "occupation": "vacancy__occupation"}
"""From an enquiry to what an agreement is about."""


def agreements_of(jobcentre: Jobcentre, *, on: date) -> QuerySet[Agreement]:
    """Those in force within which the jobcentre may ask."""
    return Agreement.objects.in_force(on).of(jobcentre)


def asked_of(jobcentre: Jobcentre) -> QuerySet[HelpAnswer]:
    """What a jobcentre has been asked and may see: nothing of a confidential enquiry, and nothing of its own.

    A partner reads the question and the bare facts; the employer's own words stay with the responsible.
    """
    may_be_seen = Enquiry.objects.unrestricted().exclude(jobcentre=jobcentre)
    return HelpAnswer.objects.of(jobcentre).filter(request__enquiry__in=may_be_seen)


def of_other_workplaces(enquiry: Enquiry, *, on: date) -> QuerySet[Jobcentre]:
    """The other jobcentres that answer for workplaces of an enquiry that concerns several."""
    municipalities = enquiry.other_workplaces.values("workplace__municipality")
    serving = Serves.objects.valid(on).filter(municipality__in=municipalities)
    return Jobcentre.objects.valid(on).filter(serves__in=serving).exclude(pk=enquiry.jobcentre_id).distinct()


@dataclass(frozen=True)
class Answered:
    """How many answers to help asked within an agreement were due, and how many came in time."""

    due: int
    in_time: int


def answered_within(agreement: Agreement, *, at: datetime) -> Answered:
    """Since it began, whoever asked. An answer counts once it has come, or its time is over. One query."""
    in_time = Q(answered_at__lte=F("request__due_at"))
    late = Q(answered_at__gt=F("request__due_at")) | Q(answered_at=None, request__due_at__lt=at)
    asked = HelpAnswer.objects.filter(request__agreement=agreement, request__due_at__isnull=False)
    return Answered(
        **asked.aggregate(due=Count("pk", filter=in_time | late), in_time=Count("pk", filter=in_time))
    )


@transaction.atomic
def ask(
    enquiry: Enquiry, *, agreement: Agreement | None, question: str, by: User, at: datetime
) -> HelpRequest:
    """Ask the partners of an agreement in force; without one, those of the enquiry's other workplaces.

    Each is told by mail; within an agreement they have the time to answer that it says. Raises
    TransitionRefused when the enquiry is closed or confidential, the
    agreement is not one of the responsible jobcentre's, or nobody else is there to ask.
    """
    enquiry = _may_be_asked_about(enquiry)
    today = timezone.localdate(at)
    if agreement is None:
        others = of_other_workplaces(enquiry, on=today)
    elif agreements_of(enquiry.jobcentre, on=today).filter(pk=agreement.pk).exists():
        others = agreement.jobcentres(on=today).exclude(pk=enquiry.jobcentre_id)
    else:
        told = {"jobcentre": enquiry.jobcentre}
        raise TransitionRefused(_("The agreement is not in force for %(jobcentre)s.") % told)
    if not others:
        raise TransitionRefused(_("There is no partner to ask."))
    request = HelpRequest.objects.create(
        enquiry=enquiry,
        agreement=agreement,
        question=question.strip(),
        asked_by=by,
        asked_at=at,
        due_at=after_working_hours(at, agreement.answer_hours) if agreement else None,
    )
    for jobcentre in others:
        ownership_letters.send_asked(HelpAnswer.objects.create(request=request, jobcentre=jobcentre))
    return request


@transaction.atomic
def ask_where_they_are(enquiry: Enquiry, *, at: datetime) -> None:
    """Ask the jobcentres of the other workplaces as the enquiry comes in, in its owner's name.

    Nobody is asked about a confidential enquiry, nor where one jobcentre answers for all of them.
    """
    if enquiry.is_confidential or not of_other_workplaces(enquiry, on=timezone.localdate(at)).exists():
        return
    question = _(
        "The company has asked once for several workplaces, and some of them are in your municipality. "
        "Can you help there?"
    )
    ask(enquiry, agreement=None, question=question, by=enquiry.owner, at=at)


def partners_queue(jobcentre: Jobcentre, *, on: date) -> QuerySet[Enquiry]:
    """The partners' enquiries without an answer that agreements let the jobcentre read, the next due first.

    Of a confidential kind nothing, released or not: it was released for a reason of its own.
    """
    shared = shared_rows(Shared.QUEUE, jobcentre=jobcentre, on=on, **WAY)
    return Enquiry.objects.waiting().exclude(kind__in=CONFIDENTIAL).filter(shared)


def agreement_to_read(enquiry: Enquiry, *, jobcentre: Jobcentre, on: date) -> Agreement | None:
    """The oldest agreement that lets the jobcentre read it in the partners' queue."""
    for agreement in agreements_sharing(Shared.QUEUE, jobcentre=jobcentre, on=on):
        within = rows_within(agreement, jobcentre=jobcentre, **WAY)
        if Enquiry.objects.filter(within, pk=enquiry.pk).exclude(kind__in=CONFIDENTIAL).exists():
            return agreement
    return None


@transaction.atomic
def volunteer(enquiry: Enquiry, *, jobcentre: Jobcentre, text: str, by: User, at: datetime) -> HelpAnswer:
    """Offer help with what one has seen in the partners' queue, unasked; the owner is told.

    Raises TransitionRefused without a text, when no agreement lets the jobcentre read it any longer, when it
    is closed, and when the jobcentre has been asked or has offered already.
    """
    enquiry = _may_be_asked_about(enquiry)
    agreement = agreement_to_read(enquiry, jobcentre=jobcentre, on=timezone.localdate(at))
    if not agreement:
        raise TransitionRefused(_("No agreement lets your jobcentre read this enquiry any longer."))
    earlier = HelpAnswer.objects.filter(request__enquiry=enquiry, jobcentre=jobcentre)
    if earlier.exclude(state=HelpAnswer.State.DECLINED).exists():
        raise TransitionRefused(
            _("Your jobcentre has been asked about this enquiry, or has offered help, already.")
        )
    request, _is_new = HelpRequest.objects.get_or_create(
        enquiry=enquiry, agreement=agreement, asked_by=None, defaults={"asked_at": at}
    )
    answer, _is_new = HelpAnswer.objects.get_or_create(request=request, jobcentre=jobcentre)
    return offer(answer, text=text, by=by, at=at)


@transaction.atomic
def offer(answer: HelpAnswer, *, text: str, by: User, at: datetime) -> HelpAnswer:
    """Offer help; the owner is told. Raises TransitionRefused without a text, twice, and once closed."""
    if not text.strip():
        raise TransitionRefused(_("Write what you can help with."))
    return _answer(answer, HelpAnswer.State.OFFERED, text=text, by=by, at=at)


@transaction.atomic
def decline(answer: HelpAnswer, *, text: str, by: User, at: datetime) -> HelpAnswer:
    """Say that one cannot help this time; the owner is told. Raises TransitionRefused as `offer` does."""
    return _answer(answer, HelpAnswer.State.DECLINED, text=text, by=by, at=at)


def _may_be_asked_about(enquiry: Enquiry) -> Enquiry:
    found = (
        Enquiry.objects.select_for_update(of=("self",))
        .select_related("company", "jobcentre", "owner", "vacancy")
        .get(pk=enquiry.pk)
    )
    if found.state == State.CLOSED:
        raise TransitionRefused(_("The enquiry is closed, so there is nothing to ask about."))
    if found.is_confidential:
        raise TransitionRefused(
            _("The enquiry is restricted to those who work on it. Release it before partners are asked.")
        )
    return found


def _answer(answer: HelpAnswer, state: str, *, text: str, by: User, at: datetime) -> HelpAnswer:
    found = (
        HelpAnswer.objects.select_for_update(of=("self",))
        .select_related("request__enquiry__owner", "request__enquiry__company", "jobcentre")
        .get(pk=answer.pk)
    )
    if found.state != HelpAnswer.State.ASKED:
        raise TransitionRefused(_("%(jobcentre)s has answered already.") % {"jobcentre": found.jobcentre})
    if found.request.enquiry.state == State.CLOSED:
        raise TransitionRefused(_("The enquiry has been closed meanwhile."))
    found.state, found.text, found.by, found.answered_at = state, text.strip(), by, at
    found.save(update_fields=["state", "text", "by", "answered_at"])
    ownership_letters.send_help_answer(found)
    return found

"""Asking partners about an enquiry, and answering. The responsible jobcentre stays the one that answers."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from employers.enquiries import ownership_letters
from employers.enquiries.models import Enquiry, HelpAnswer, HelpRequest, State
from jobcenter.accounts.models import User
from jobcenter.accounts.workflow import TransitionRefused
from jobcenter.centres.models import Agreement, Jobcentre, Serves


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


@transaction.atomic
def ask(
    enquiry: Enquiry, *, agreement: Agreement | None, question: str, by: User, at: datetime
) -> HelpRequest:
    """Ask the partners of an agreement in force; without one, those of the enquiry's other workplaces.

    Each is told by mail. Raises TransitionRefused when the enquiry is closed or confidential, the
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
        enquiry=enquiry, agreement=agreement, question=question.strip(), asked_by=by, asked_at=at
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

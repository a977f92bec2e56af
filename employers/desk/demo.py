"""Jobcentres that help each other around Køge, a company with a lead, and late answers that were told of."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from employers.contacts.models import Contact, Lead, Purpose
from employers.desk.models import Mention, Remark, SavedView
from employers.desk.models.saved_view import Listed
from employers.enquiries.clock import after_working_hours
from employers.enquiries.models import CONFIDENTIAL, Enquiry, Escalation, HelpAnswer, HelpRequest, OnBehalf
from jobcenter.accounts.models import Role, User
from jobcenter.centres.agreeing import Proposal, accept, draft
from jobcenter.centres.demo import CASEWORKER, NEIGHBOUR, SignIn, join
from jobcenter.centres.manning import man_team
from jobcenter.centres.models import Agreement, Authority, Jobcentre
from jobcenter.classifications.models import Industry
from jobcenter.runtime.demo import Demo, address_of

ORDER = 60

PARTNERS = ("0259", "0265", "0253", "0269", "0336")
"""Køge, Roskilde, Greve, Solrød, Stevns."""

FARTHER = "0330"
"""Slagelse, whose manager one can sign in as: a draft waits for them."""

QUESTION = "Vi mangler to, der kan begynde først i næste måned. Har I nogen, der vil høre mere?"
OFFER = "Vi har to, der passer, og som gerne vil ringes op i morgen formiddag. Jeg sender deres profiler."


def load(world: Demo) -> None:
    partners = list(Jobcentre.objects.filter(code__in=PARTNERS))
    if len(partners) < 2:
        return
    agreement = _agreements(world, partners)
    karim, sofie = (User.objects.get(email=who.email) for who in (CASEWORKER, NEIGHBOUR))
    asked = 0
    for by, answers_by, is_answered in ((karim, sofie, True), (sofie, karim, False)):
        enquiry = Enquiry.objects.waiting().filter(owner=by).exclude(kind__in=CONFIDENTIAL).last()
        if not enquiry:
            continue
        request = HelpRequest.objects.create(
            enquiry=enquiry,
            agreement=agreement,
            question=QUESTION,
            asked_by=by,
            asked_at=(asked_at := world.now - timedelta(minutes=30)),
            due_at=after_working_hours(asked_at, agreement.answer_hours),
        )
        answer = HelpAnswer(
            request=request, jobcentre=Jobcentre.objects.get(organisation__memberships__user=answers_by)
        )
        if is_answered:
            answer.state, answer.text = HelpAnswer.State.OFFERED, OFFER
            answer.by, answer.answered_at = answers_by, world.now - timedelta(minutes=10)
        answer.save()
        asked += 1
    _telephoned(karim)
    _lead(world, karim)
    _teams(world, karim)
    _views(karim)
    _remark(world, sofie)
    _remark(world, karim)
    told = _late(world)
    world.tell(
        f"{len(partners)} jobcentres in an agreement, {asked} enquiries asked about, {told} late ones told of"
    )


def _agreements(world: Demo, partners: list[Jobcentre]) -> Agreement:
    """One that all have accepted, which is returned; and a draft that waits for two of the partners."""
    first, *others = partners
    everything = Proposal(
        name="Rekruttering på Østsjælland",
        purpose="Parterne spørger hinanden, når en arbejdsgiver mangler folk, og finder kandidater sammen.",
        partners=partners,
        lead_office=first,
        valid_from=world.today - timedelta(days=200),
        shared=list(Agreement.Shared.values),
        answer_hours=8,
        notice_days=90,
    )
    agreement = draft(everything, jobcentre=first, by=first.managers()[0])
    for partner in others:
        accept(agreement, seen=agreement.version, jobcentre=partner, by=partner.managers()[0])
    farther = Jobcentre.objects.filter(code=FARTHER).first()
    waiting = replace(
        everything,
        name="Industri og transport på tværs af Sjælland",
        purpose="Vi deler køen for industri og transport, så en virksomhed kun behøver at spørge ét sted.",
        partners=[*partners[:2], *([farther] if farther else [])],
        valid_from=world.today + timedelta(days=30),
        industries=list(
            Industry.objects.filter(version=Industry.Version.NACE_2_1, level=1, code__in=("C", "H"))
        ),
        answer_hours=4,
        notice_days=30,
    )
    draft(waiting, jobcentre=first, by=first.managers()[0])
    return agreement


def _views(user: User) -> None:
    """A view of one's own, and one that the jobcentre shares."""
    jobcentre = Jobcentre.objects.get(organisation__memberships__user=user)
    for name, query, is_shared in (
        ("Mine", "owner=mine", False),
        ("Løntilskud", "kind=wage_subsidy", True),
        ("Skal slås op", "state=unpublished", True),
    ):
        SavedView.objects.create(
            owner=user,
            jobcentre=jobcentre,
            listed=Listed.QUEUE,
            name=name,
            query=query,
            is_shared=is_shared,
        )


def _teams(world: Demo, karim: User) -> None:
    """Køge's own consultants, and one whom an unemployment fund has sent: they share queue and log."""
    name = world.somebody()
    sent = SignIn("", name, address_of(name, "a-kasse"), "Virksomhedskonsulent", "56 00 18 20")
    jobcentre = Jobcentre.objects.get(organisation__memberships__user=karim)
    colleague = join(world, sent, organisation=jobcentre.organisation, role=Role.CASEWORKER)
    for team, member, authority in (
        ("Virksomhedsservice", karim, Authority.MUNICIPAL),
        ("A-kassernes konsulenter", colleague, Authority.FUND),
    ):
        man_team(
            jobcentre=jobcentre,
            name=team,
            members=[member],
            kinds=[],
            industries=[],
            authority=authority,
            on=world.today - timedelta(days=300),
        )


def _remark(world: Demo, user: User) -> None:
    """A colleague calls upon somebody about an enquiry of theirs that waits."""
    enquiry = Enquiry.objects.waiting().filter(owner=user).exclude(kind__in=CONFIDENTIAL).first()
    if not enquiry:
        return
    remark = Remark.objects.create(
        enquiry=enquiry,
        jobcentre=enquiry.jobcentre,
        by=enquiry.jobcentre.managers()[0],
        text=f"@{user} Jeg mødte dem i går: de vil gerne ringes op før klokken ti.",
        at=world.now - timedelta(hours=1),
    )
    Mention.objects.create(remark=remark, user=user)


def _telephoned(by: User) -> None:
    """What waits longest for an answer was said on the telephone, and written down by whoever answered."""
    enquiry = Enquiry.objects.waiting().filter(owner=by).exclude(kind__in=CONFIDENTIAL).first()
    if not enquiry:
        return
    contact = Contact.objects.create(
        company=enquiry.company,
        workplace=enquiry.workplace,
        person=enquiry.person,
        jobcentre=enquiry.jobcentre,
        by=by,
        direction=Contact.Direction.IN,
        purposes=[Purpose.RECRUITMENT],
        outcome=Contact.Outcome.NEED,
        note="Ringede selv. Jeg skrev henvendelsen ned, mens vi talte.",
        happened_at=enquiry.received_at - timedelta(minutes=6),
        logged_at=enquiry.received_at - timedelta(minutes=1),
    )
    OnBehalf.objects.create(enquiry=enquiry, contact=contact, by=by)


def _lead(world: Demo, user: User) -> None:
    enquiry = Enquiry.objects.filter(owner=user).select_related("company").first()
    if enquiry:
        Lead.objects.create(
            company=enquiry.company,
            jobcentre=enquiry.jobcentre,
            user=user,
            agreed="Aftalt med direktøren på besøget i foråret",
            valid_from=world.today - timedelta(days=180),
        )


def _late(world: Demo) -> int:
    """What is late has been told to the manager when it became so."""
    late = Enquiry.objects.waiting().filter(answer_due_at__lt=world.now).select_related("jobcentre")
    rows = [
        Escalation(
            enquiry=enquiry,
            step=Escalation.Step.LATE,
            promised_for=enquiry.answer_due_at,
            due_at=enquiry.answer_due_at,
            finished_at=enquiry.answer_due_at + timedelta(minutes=1),
            told_to=", ".join(str(one) for one in enquiry.jobcentre.managers()),
        )
        for enquiry in late
    ]
    Escalation.objects.bulk_create(rows)
    return len(rows)

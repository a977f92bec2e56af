"""Receiving an enquiry: from a draft to a responsible jobcentre, an owner, a promised time and a receipt."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation

from employers.companies.adoption import adopt_workplace
from employers.companies.models import Person, Workplace
from employers.enquiries import asking, assigning, behalf, escalating, letters
from employers.enquiries.adoption import company_of, person_of, workplace_of
from employers.enquiries.asked import Asked, Contact, Incomplete
from employers.enquiries.clock import answer_due
from employers.enquiries.company_form import CompanyForm
from employers.enquiries.confirming import confirm
from employers.enquiries.drafting import typed_in
from employers.enquiries.forms import LONGEST_WHY, need_form
from employers.enquiries.models import Confirmation, Draft, Enquiry, OtherWorkplace, Step
from employers.enquiries.needs import MessageForm
from employers.enquiries.ownership import route
from employers.enquiries.promise import working_days
from employers.vacancies.arrival import settle
from employers.vacancies.forms import VacancyForm
from employers.vacancies.models import Vacancy
from jobcenter.accounts.models import User
from jobcenter.centres.models import Jobcentre


@transaction.atomic
def submit(*, draft: Draft, at: datetime, sender: User | None = None) -> Enquiry:
    """Receive what the draft asks for. All of it happens, or nothing: the draft is then as it was.

    The draft's row is locked: whoever sends it a second time, or at the same moment, gets the same
    enquiry and no second mail. `sender`: who is signed in; with the address of the enquiry they need not
    confirm it. Nor need a company that a caseworker has spoken with (`behalf`). Everybody else confirms
    it by mail before anything is published. Raises Incomplete when something in the draft no longer holds
    (such as a closing date that has passed since), NobodyAnswers and NobodyOwns.
    """
    # Without a join: whoever waited for the lock would get the enquiry as it was before, which is none.
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    if draft.enquiry:
        return draft.enquiry
    asked = asked_in(draft)
    today = timezone.localdate(at)
    language = behalf.language(draft) if draft.by else (translation.get_language() or "da")[:2]
    company = company_of(asked)
    municipality = asked.place.municipality
    if draft.by:
        choice = behalf.choice(draft, municipality=municipality, on=today)
    else:
        choice = route(municipality=municipality, kind=draft.kind, company=company, on=today)
    jobcentre = choice.jobcentre
    workplace = workplace_of(asked.place, company=company)
    person = person_of(asked.contact, company=company)
    enquiry = Enquiry.objects.create(
        kind=draft.kind,
        company=company,
        workplace=workplace,
        person=person,
        vacancy=_vacancy(asked, workplace=workplace, jobcentre=jobcentre, language=language, at=at),
        message=asked.message,
        language=language,
        jobcentre=jobcentre,
        owner=choice.owner,
        received_at=at,
        answer_due_at=answer_due(at, working_days(jobcentre=jobcentre, kind=draft.kind, on=today)),
    )
    if asked.details:
        asked.details.enquiry = enquiry
        asked.details.save(force_insert=True)
    enquiry.log.create(
        from_state="",
        to_state=enquiry.state,
        by=draft.by,
        organisation=jobcentre.organisation if draft.by else None,
        comment=_signature(asked.contact, person),
        at=at,
    )
    assigning.received(enquiry, choice, by=draft.by)
    escalating.watch(enquiry)
    _other_workplaces(enquiry, asked)
    asking.ask_where_they_are(enquiry, at=at)
    # What was typed now stands in the enquiry; the draft keeps only the way to it.
    draft.enquiry, draft.answers = enquiry, {}
    draft.save()
    if draft.by:
        behalf.register(enquiry, draft)
    elif sender and sender.email.lower() == person.email:
        confirm(enquiry, how=Confirmation.How.SIGNED_IN, by=sender)
    if enquiry.vacancy:
        enquiry.vacancy = settle(enquiry.vacancy, email=person.email)
    letters.send_receipt(enquiry)
    return enquiry


def _other_workplaces(enquiry: Enquiry, asked: Asked) -> None:
    """The other workplaces the enquiry concerns, as the register has them."""
    for place in asked.others:
        workplace = adopt_workplace(enquiry.company, place)
        OtherWorkplace.objects.create(enquiry=enquiry, workplace=workplace)


def asked_in(draft: Draft) -> Asked:
    """What the draft asks for, judged now. Raises Incomplete with the first step that does not hold."""
    company = CompanyForm(typed_in(draft, Step.COMPANY), kind=draft.kind)
    if not company.is_valid():
        raise Incomplete(Step.COMPANY)
    need = need_form(draft.kind, data=typed_in(draft, Step.NEED))
    if not need.is_valid():
        raise Incomplete(Step.NEED)
    return Asked(
        identity=company.identity(),
        company=company.company(),
        registered=company.registered,
        place=company.place(),
        others=company.others(),
        contact=company.contact(),
        vacancy=need.cleaned_data if isinstance(need, VacancyForm) else None,
        message=need.cleaned_data.get("message", ""),
        details=need.details() if isinstance(need, MessageForm) else None,
        health_words=tuple(need.health_words()) if isinstance(need, MessageForm) else (),
        why_another=why_another_in(draft),
    )


def why_another_in(draft: Draft) -> str:
    """Why the vacancy is not the one it resembles, as far as the employer has said."""
    return " ".join(typed_in(draft, Step.SEND).get("why_another", "").split())[:LONGEST_WHY]


def _vacancy(
    asked: Asked, *, workplace: Workplace, jobcentre: Jobcentre, language: str, at: datetime
) -> Vacancy | None:
    """The vacancy, which waits for its sender and for a caseworker; None where nobody is to be recruited."""
    if asked.vacancy is None:
        return None
    vacancy = Vacancy.objects.create(
        company=workplace.company,
        workplace=workplace,
        jobcentre=jobcentre,
        created_at=at,
        language=language,
        awaits_confirmation=True,
        why_another=asked.why_another,
        **{name: value for name, value in asked.vacancy.items() if name != "code"},
    )
    vacancy.log.create(from_state="", to_state=vacancy.state, at=at)
    return vacancy


def _signature(contact: Contact, person: Person) -> str:
    """Name and telephone as typed, where they differ from those of the person we know by the address."""
    typed = [contact.name] * (contact.name != person.name) + [contact.phone] * (contact.phone != person.phone)
    return ", ".join(part for part in typed if part)

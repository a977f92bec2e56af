"""Every field of the forms that employers, seekers and caseworkers meet, with whatever may be typed in it.

The fields are those the page shows, so that a new one is tried without anybody having thought of it. Whatever
is typed: no error of ours; either it is refused with a sentence in Danish, beside what was typed and with
nothing saved, or it is taken and never runs on a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django import forms
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from employers.enquiries.intake import submit
from employers.enquiries.models import Enquiry, Kind, Step
from employers.vacancies.models import State, Vacancy
from jobcenter.accounts.models import User
from jobcenter.notifications.choosing import choose
from jobcenter.notifications.models import How
from jobcenter.pages.fields import messages
from tests import given
from tests.employers.enquiries.conftest import (
    UNKNOWN_CVR,
    make_draft,
    registered,
    typed_company,
    typed_need,
    typed_vacancy,
)
from tests.world import World

__all__ = ["make_draft", "registered", "typed_company", "typed_need", "typed_vacancy"]

Fixture = Callable[[str], Any]

TEXTS = {
    "nothing": "",
    "too long": "æ" * 5_500,
    "script, right to left and emoji": '<script>alert("æ")</script> مرحبا بكم 👷‍♀️🧑🏽‍🍳',
    "what no database can keep": "Smed\x00 i Køge",
}
DATES = {"no date": "2026-02-30", "the first day": "0001-01-01", "the last day": "9999-12-31"}
NUMBERS = {"negative": "-1", "endless": "9" * 400, "not a number": "NaN", "huge": "1e400"}
ADDRESSES = {"a long address": "x" * 280 + "@example.dk", "two lines": "a@b.dk\nBcc: alle@example.dk"}
FIELDS: list[tuple[type[forms.Field], dict[str, str]]] = [
    (forms.DateField, DATES),
    (forms.IntegerField, NUMBERS),
    (forms.EmailField, ADDRESSES),
]

ENGLISH = re.compile(
    r"\b(?:the|this|that|is|are|write|enter|select|ensure|choose|must|has|with|your)\b", re.I
)
DJANGOS_OWN = re.compile(r"Dette felt|Sørg for, at|Indtast|gyldig valgmulighed", re.I)
"""Sentences that would stand at any field of any program: they do not say what is to be written here."""
TYPED_AGAIN = (forms.CharField, forms.DateField, forms.IntegerField)
KEPT_AS_TYPED = {"enquiries_draft", "placements_placement"}
"""Drafts, which keep what is typed before it is judged."""


@dataclass(frozen=True)
class Form:
    """address: where it is posted. typed: filled in without a fault. shown: where its page is, if elsewhere.

    key: its name in the page's context. is_asked: it stands in the address, and is a GET.
    """

    address: str
    typed: dict[str, Any]
    user: User | None = None
    shown: str = ""
    key: str = "form"
    is_asked: bool = False
    more: dict[str, str] = field(default_factory=dict)
    """What stands on the button."""


def of_step(step: Step, kind: Kind, **typed: str) -> Callable[[Fixture], Form]:
    def form(fixture: Fixture) -> Form:
        draft = fixture("make_draft")(kind, **typed)
        if step == Step.COMPANY:
            draft.answers[step] = {name: value for name, value in draft.answers[step].items() if value}
            draft.save()
        return Form(
            reverse("enquiries:step", args=[draft.pk, step]), draft.answers[step], more={"action": "on"}
        )

    return form


def of_world(
    view: str,
    at: Callable[[World], dict[str, Any]] = given.nothing,
    /,
    *,
    who: str = "anonymous",
    shown: str = "",
    key: str = "form",
    is_asked: bool = False,
    more: dict[str, str] | None = None,
    **typed: str | Callable[[World], int],
) -> Callable[[Fixture], Form]:
    def form(fixture: Fixture) -> Form:
        world = World(fixture)
        return Form(
            reverse(view, kwargs=at(world)),
            {name: value if isinstance(value, str) else str(value(world)) for name, value in typed.items()},
            user=world.actors[who],
            shown=reverse(shown, kwargs=at(world)) if shown and at(world) else shown and reverse(shown),
            key=key,
            is_asked=is_asked,
            more=more or {},
        )

    return form


def why_another(fixture: Fixture) -> Form:
    """The last step, of a vacancy that is much like one that is open."""
    open_one = submit(draft=fixture("make_draft")(), at=timezone.now()).vacancy
    Vacancy.objects.filter(pk=open_one.pk).update(
        state=State.PUBLISHED, published_at=timezone.now(), awaits_confirmation=False
    )
    draft = fixture("make_draft")()
    return Form(
        reverse("enquiries:step", args=[draft.pk, Step.SEND]), {"why_another": "En mere på aftenholdet."}
    )


def change_vacancy(fixture: Fixture) -> Form:
    enquiry = submit(draft=fixture("make_draft")(), at=timezone.now())
    return Form(reverse("enquiries:change_vacancy", args=[enquiry.token]), fixture("typed_vacancy"))


def of_open_vacancy(slug: str, **typed: str) -> Callable[[Fixture], Form]:
    def form(fixture: Fixture) -> Form:
        vacancy = fixture("make_vacancy")(state=State.PUBLISHED, positions=3)
        enquiry: Enquiry = fixture("make_enquiry")(vacancy=vacancy)
        return Form(reverse("enquiries:vacancy_step", args=[enquiry.token, slug]), typed)

    return form


def application(kind: str, **more: str) -> Callable[[Fixture], Form]:
    def form(fixture: Fixture) -> Form:
        world = World(fixture)
        placement = world.placement_draft
        if kind != placement.kind:
            type(placement).objects.filter(pk=placement.pk).update(kind=kind)
        typed = {
            "label": "Lagermedhjælper",
            "occupation": "plast",
            "code": fixture("occupation").code,
            "tasks": "Pluk og pak sammen med tre kolleger.",
            "sector": "private",
            "group": "unemployment",
            "starts_on": in_days(20),
            "ends_on": in_days(109),
            "hours": "37",
            **{f"staff_{number}": "31,4" for number in range(4)},
            "elsewhere": "0",
            "explanation": "",
            "representative_name": "Birgit Toft",
            "representative_email": "birgit.toft@strandmarken.example",
            **more,
        }
        return Form(placement.link, typed, more={"action": "send"})

    return form


def told_before(world: World) -> dict[str, Any]:
    choose(email=world.recipient.email, choices={"vacancy_deadlines": How.DAILY})
    return given.recipient(world)


def password(fixture: Fixture) -> Form:
    user = fixture("koege").manager
    user.set_password("otte-glade-terner-fløj")
    user.save()
    return Form(reverse("account_login"), {"login": user.email, "password": "otte-glade-terner-fløj"})


def in_days(number: int) -> str:
    return str(timezone.localdate() + timedelta(days=number))


ELSEWHERE = {"workplace": "andet", "address": "Havnevej 3", "postcode": "4600"}
BY_HAND = {"company_name": "Ny Virksomhed ApS", "address": "Nyvej 1", "postcode": "4600", "workplace": ""}
ABROAD = {**BY_HAND, "no_cvr": "on", "country": "DE", "foreign_number": "HRB 12345", "cvr": ""}
SUBSIDY = {"company_last_month": "31,4", "company_average": "30,8", "is_new_post": "on"}
PRIORITY = {
    "sector": "public",
    "situation": "not_hired",
    "interview_on": in_days(-3),
    "priority_reason": "En anden har mere erfaring.",
}

FORMS: dict[str, Callable[[Fixture], Form]] = {
    "a company of the register": of_step(Step.COMPANY, Kind.RECRUIT),
    "at another place": of_step(Step.COMPANY, Kind.RECRUIT, **ELSEWHERE),
    "a company the register lacks": of_step(Step.COMPANY, Kind.OTHER, cvr=UNKNOWN_CVR, **BY_HAND),
    "a company from abroad": of_step(Step.COMPANY, Kind.OTHER, **ABROAD),
    **{f"the need: {kind}": of_step(Step.NEED, kind) for kind in Kind},
    "why it is another vacancy": why_another,
    "find an enquiry": of_world("enquiries:find", reference="4K7Q-92FD", email="a@example.dk"),
    "write to the contact": of_world(
        "enquiries:write", given.link, shown="enquiries:enquiry", text="Kan I i morgen?"
    ),
    "change a vacancy": change_vacancy,
    "give longer": of_open_vacancy("forlaeng", apply_by=in_days(30), starts_on=in_days(50)),
    "some are filled": of_open_vacancy(
        "besat", number="1", outcome="filled_as_wanted", found_through="jobcentre"
    ),
    "the search": of_world("vacancies:search", is_asked=True, hvad="plast", hvor="4600", km="25"),
    "save a search": of_world("saved_searches:save", email="a@example.dk"),
    "ask for access": of_world(
        "access:ask",
        cvr=UNKNOWN_CVR,
        company="Ny ApS",
        postcode="4600",
        name="Vibe Venter",
        title="Leder",
        email="vibe@ny.example",
        phone="56 00 50 98",
    ),
    "invite a colleague": of_world(
        "access:colleagues", who="employer", key="invite", email="ny@firma.example", standing="colleague"
    ),
    "what a colleague may do": of_world(
        "access:colleague", given.own_membership, who="employer", standing="administrator"
    ),
    "how we want to be contacted": of_world(
        "desk:preferences",
        who="employer",
        most_contacts="4",
        channel="phone",
        person="",
        paused_until=in_days(30),
        version="0",
    ),
    "who contacted us": of_world("desk:who_contacted_us", who="employer", is_asked=True, dage="28"),
    "what to be told": of_world("notifications:choices", told_before, vacancy_deadlines="daily"),
    "sign in": of_world("account_request_login_code", email="a@example.dk"),
    "sign in with a password": password,
    "apply for a wage subsidy": application("wage_subsidy", **SUBSIDY),
    "a public employer applies": application("wage_subsidy", **{**SUBSIDY, **PRIORITY}),
    "apply for a work trial": application("work_trial", explanation="Vi er mange om vinteren."),
    "the representative objects": of_world(
        "placements:confirm",
        given.representatives_link,
        more={"answer": "objected"},
        text="Vi er ikke blevet spurgt.",
    ),
    "log a contact": of_world(
        "contacts:log",
        given.company,
        who="caseworker",
        channel="phone",
        direction="out",
        purposes="recruitment",
        outcome="need",
        note="Talt om natholdet.",
        happened_at=f"{timezone.localdate() - timedelta(days=1)}T10:00",
        next_step="Ring igen",
        next_on=in_days(3),
        person="new",
        new_person="Bo Holm",
    ),
    "register a labour conflict": of_world(
        "desk:new_conflict",
        given.pk_of("company"),
        who="caseworker",
        starts_on=in_days(0),
        ends_on=in_days(10),
        source="Varsel fra 3F",
        occupations="",
    ),
    "a new team": of_world(
        "desk:new_team",
        who="manager",
        name="Plastholdet",
        authority="municipal",
        members=lambda world: world.koege.caseworker.pk,
    ),
    "an agreement": of_world(
        "desk:new_agreement",
        who="manager",
        name="Aftalen",
        purpose="Fælles rekruttering",
        partners=lambda world: world.roskilde.jobcentre.pk,
        lead_office=lambda world: world.koege.jobcentre.pk,
        valid_from=in_days(1),
        valid_to=in_days(99),
        answer_hours="8",
        notice_days="30",
    ),
    "lead of a company": of_world("desk:lead", given.pk_of("company"), who="caseworker"),
    "move an enquiry": of_world(
        "desk:move",
        given.pk_of("enquiry"),
        who="caseworker",
        reason="De kender faget.",
        to=lambda world: world.roskilde.jobcentre.pk,
    ),
    "ask for help": of_world(
        "desk:ask",
        given.pk_of("enquiry"),
        who="caseworker",
        question="Har I to?",
        whom=lambda world: world.agreement.pk,
    ),
    "the queue": of_world("desk:queue", who="caseworker", is_asked=True),
    "companies": of_world("desk:companies", who="caseworker", is_asked=True, q="plast"),
    "the list of placements": of_world("placements:placements", who="caseworker", is_asked=True, hos="plast"),
    "begin a placement": of_world(
        "placements:start",
        given.company,
        who="caseworker",
        kind="wage_subsidy",
        workplace=lambda world: world.company.workplaces.get().pk,
        person=lambda world: world.company.people.get().pk,
    ),
    "what came of it": of_world("placements:effect", given.effects_link, outcome="hired", text="Det gik."),
}


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.django_db
def test_whatever_is_typed_in_a_field(request, name, koege, roskilde):
    form = FORMS[name](request.getfixturevalue)
    client = Client(raise_request_exception=True)
    if form.user:
        client.force_login(form.user)
    with transaction.atomic():
        page = client.get(form.shown or form.address, form.typed if form.is_asked else None)
        fields: dict[str, forms.Field] = page.context[form.key].fields
    assert fields

    with transaction.atomic():
        taken = send(client, form, {})
        transaction.set_rollback(True)
    assert not refused(taken, form), f"the form is filled in wrongly: {taken.context[form.key].errors}"
    found = [
        f"{field_name}, {what}: {fault}"
        for field_name, one in fields.items()
        for what, typed in odd(one).items()
        for fault in faults(client, form, field_name, one, typed)
    ]
    assert not found, "\n".join(found)


def odd(one: forms.Field) -> dict[str, str]:
    if isinstance(one, forms.FileField):
        return {}
    return TEXTS | next((values for kind, values in FIELDS if isinstance(one, kind)), {})


def send(client: Client, form: Form, changed: dict[str, str]) -> HttpResponse:
    data = {**form.typed, **form.more, **changed}
    return client.get(form.address, data) if form.is_asked else client.post(form.address, data)


def refused(answer: HttpResponse, form: Form) -> forms.Form | None:
    """The form on the page, if it says that something is wrong."""
    shown = answer.context[form.key] if answer.context and form.key in answer.context else None
    return shown if isinstance(shown, forms.Form) and shown.is_bound and shown.errors else None


def faults(client: Client, form: Form, name: str, one: forms.Field, typed: str) -> Iterator[str]:
    with transaction.atomic():
        try:
            with CaptureQueriesContext(connection) as queries:
                answer = send(client, form, {name: typed})
        except Exception as error:
            transaction.set_rollback(True)
            yield f"{type(error).__name__}: {error}"[:300]
            return
        shown = refused(answer, form)
        if shown:
            yield from told_wrongly(answer, shown, form, {**form.typed, name: typed})
            yield from (f"{table} was written" for table in written(queries) - KEPT_AS_TYPED)
        else:
            if len(typed) > 5_000 and isinstance(one, forms.CharField) and one.max_length:
                yield "so long a text was taken"
            if answer.status_code == 302:
                answer = client.get(answer.url)
        if "<script>alert" in answer.text:
            yield "the script stands on the page"
        transaction.set_rollback(True)


def told_wrongly(answer: HttpResponse, shown: forms.Form, form: Form, typed: dict[str, str]) -> Iterator[str]:
    for at in shown.errors:
        if form.is_asked and (isinstance(shown.fields[at], forms.ChoiceField) or not shown.fields[at].label):
            continue  # chosen by following a link: what does not exist asks for nothing
        for sentence in messages(shown[at]) if at in shown.fields else map(str, shown.errors[at]):
            if ENGLISH.search(sentence) or DJANGOS_OWN.search(sentence) or not sentence.strip():
                yield f"“{sentence}”"
            if escape(sentence) not in answer.text:
                yield f"“{sentence}” of {at} is not shown"
        is_there = at in shown.fields and f'name="{shown[at].html_name}"' in answer.text
        if is_there and not shown[at].is_hidden and 'aria-invalid="true"' not in answer.text:
            yield f"{at} is not marked"
    for name, one in shown.fields.items():
        if name not in typed or one.widget.is_hidden or (form.is_asked and not one.label):
            continue
        value = shown[name].value()
        if value != typed[name] and value != [typed[name]] and not isinstance(one, forms.BooleanField):
            yield f"{name} was lost: {value!r:.60}"
        elif (
            isinstance(one, TYPED_AGAIN)
            and not isinstance(one.widget, forms.PasswordInput)
            and without_nul(escape(typed[name])) not in without_nul(answer.text)
        ):
            yield f"{name} is not on the page again"


def without_nul(text: str) -> str:
    return text.replace("\x00", "")


def written(queries: CaptureQueriesContext) -> set[str]:
    """The tables that were written to."""
    pattern = re.compile(r'^(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
    return {found[1] for one in queries.captured_queries if (found := pattern.match(one["sql"]))}

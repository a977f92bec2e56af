"""Campaigns of the demonstration: one that runs around Køge, one Køge is asked to join, and a draft.

What came of them is not invented here: it is read from the contacts that are.
"""

from __future__ import annotations

from datetime import timedelta

from employers.campaigns.choosing import Choice, preview
from employers.campaigns.dividing import By
from employers.campaigns.models import Campaign, Target
from employers.campaigns.running import make
from employers.contacts.models import Purpose
from jobcenter.accounts.models import User
from jobcenter.centres.demo import CASEWORKER, NEIGHBOUR
from jobcenter.centres.models import Jobcentre
from jobcenter.runtime.demo import Demo

ORDER = 64

PARTNERS = ("0259", "0265", "0269", "0336")
"""Køge, Roskilde, Solrød, Stevns."""
COMPANIES = 28
TAKEN = 3
BEGUN = timedelta(days=21)

SPRING = (
    "Spørg, hvad de mangler til foråret, og hvad der skal til for at ansætte nu. Fortæl, at vi kan skaffe "
    "truckkort og svejsekursus på tre uger."
)
UPSKILLING = "Hør, om de har ufaglærte, der kunne blive faglærte, mens vi finder afløsere."
SENIORS = "Vi vil høre, hvordan de holder på de erfarne, og fortælle om delvis raskmelding."


def load(world: Demo) -> None:
    partners = list(Jobcentre.objects.filter(code__in=PARTNERS).order_by("code"))
    if len(partners) < 2:
        return
    karim, sofie = (User.objects.get(email=who.email) for who in (CASEWORKER, NEIGHBOUR))
    running = _make(
        world, Purpose.RECRUITMENT, "Hvem mangler folk til foråret?", SPRING, by=karim, partners=partners
    )
    _start(world, running)
    running.shares.exclude(answer="accepted").update(
        answer="accepted", answered_by=sofie, answered_at=world.now - BEGUN
    )
    own = Target.objects.filter(campaign=running, share__jobcentre__organisation=running.organisation)
    for target in own.with_contact().waiting()[:TAKEN]:
        target.taken_by, target.taken_at = karim, world.now - timedelta(hours=2)
        target.save()
    asked = _make(
        world, Purpose.UPSKILLING, "Fra ufaglært til faglært", UPSKILLING, by=sofie, partners=partners
    )
    _start(world, asked)
    _make(world, Purpose.RETENTION, "Hold på de erfarne", SENIORS, by=karim, partners=partners)
    world.tell("3 campaigns: one runs, one asks Køge to take part, one is being prepared")


def _make(
    world: Demo, purpose: Purpose, name: str, text: str, *, by: User, partners: list[Jobcentre]
) -> Campaign:
    jobcentre = Jobcentre.objects.get(organisation__memberships__user=by)
    choice = Choice(purpose, starts_on=world.today - BEGUN, ends_on=world.today + timedelta(days=24))
    companies = preview(choice, jobcentre=jobcentre).companies
    return make(
        choice,
        world.random.sample(companies, min(COMPANIES, len(companies))),
        name=name,
        text=text,
        partners=partners,
        by=By.RESPONSIBILITY,
        jobcentre=jobcentre,
        user=by,
    )


def _start(world: Demo, campaign: Campaign) -> None:
    """Without the mails that go with it: nobody is to be told of what was invented."""
    campaign.move(
        Campaign.State.RUNNING,
        by=campaign.made_by,
        organisation=campaign.organisation,
        started_at=world.now - BEGUN,
    )

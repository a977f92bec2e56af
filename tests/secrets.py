"""What must never show, and to whom it may: every secret of one world, planted before anybody looks.

    Secret("note of Køge", {"caseworker", "manager"}, lambda world: [world.contact.note])

`tests/test_never_shown.py` lets everybody in the world go wherever they can, and reads all they are given.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from employers.contacts.models import FollowUp
from employers.desk.models import Remark, SavedView
from employers.referrals import referring
from employers.referrals.models import CitizensAnswer, Referral
from tests import access
from tests.hidden import numbers_of_monitored
from tests.making_campaigns import campaign_of
from tests.making_referrals import candidate_of, complete
from tests.world import World

OWN = frozenset({"caseworker", "manager"})
"""Of Køge."""
NEIGHBOUR = frozenset({"neighbour"})
"""Of Roskilde, which shares its labour."""
COMPANY = frozenset({"employer"})
AREA = frozenset({"area_officer"})
STAFF = frozenset(access.STAFF.split())


@dataclass(frozen=True)
class Secret:
    """name: for whoever reads the failure. readers: who may find it; everybody else must not.

    texts: plants it, and gives what to look for: long or odd enough to stand on no page by accident.
    told: who may be told by mail besides, as what they knew before has ended.
    """

    name: str
    readers: frozenset[str]
    texts: Callable[[World], list[str]]
    told: frozenset[str] = frozenset()


def _note_of_neighbour(world: World) -> list[str]:
    note = "Roskildes direktør vil ikke ringes op om onsdagen"
    world.fixture("make_contact")(jobcentre=world.roskilde.jobcentre, by=world.roskilde.caseworker, note=note)
    return [note]


def _answers_of_few(world: World) -> list[str]:
    assert world.monitored
    return numbers_of_monitored(world)


def _plan_of_neighbour(world: World) -> list[str]:
    what = "Spørg Strandmarken om nattevagten i Roskilde"
    FollowUp.objects.create(
        contact=world.contact,
        company=world.company,
        owner=world.roskilde.caseworker,
        jobcentre=world.roskilde.jobcentre,
        what=what,
        due_on=timezone.localdate() + timedelta(days=3),
    )
    return [what]


def _candidate_kept_at_home(world: World) -> list[str]:
    """Of Roskilde, without a basis for showing them outside."""
    kept = candidate_of(world.roskilde, occupation=world.fixture("occupation"), basis="", shown_since=None)
    return [kept.reference]


def _candidate_withdrawn(world: World) -> list[str]:
    """Was put forward to the company, and is withdrawn: it hides at once."""
    candidate = candidate_of(world.roskilde, occupation=world.fixture("occupation"))
    complete(vacancy=world.vacancy, candidate=candidate, state=Referral.State.SENT)
    referring.withdraw(
        candidate, by=world.roskilde.caseworker, organisation=world.roskilde.jobcentre.organisation
    )
    return [candidate.reference]


def _answer_of_citizen(world: World) -> list[str]:
    """What the citizen says where the employer says they did not come."""
    said = "Borgeren mødte op kl. 8 og fandt porten låst"
    candidate = candidate_of(world.roskilde, occupation=world.fixture("occupation"))
    ended = complete(vacancy=world.vacancy, candidate=candidate, state=Referral.State.DID_NOT_COME)
    CitizensAnswer.objects.create(referral=ended, text=said, by=world.roskilde.caseworker)
    return [said]


def _note_for_the_catchment(world: World) -> list[str]:
    """Køge lets those it shares labour with read this one."""
    note = "Vagtplanen lægges om på tværs af kommunerne"
    world.fixture("make_contact")(
        note=note, visibility="catchment", happened_at=timezone.now() - timedelta(days=4)
    )
    return [note]


def _note_of_a_plan(world: World) -> list[str]:
    note = "Tag lønsedlerne med til mødet hos Strandmarken"
    at = timezone.now() + timedelta(days=2)
    world.fixture("make_contact")(note=note, happened_at=at, state="planned", outcome="")
    return [note]


def _remark(world: World) -> list[str]:
    """In an enquiry that Roskilde may read: what colleagues say about it stays with them."""
    text = "De ringede også sidste år og sagde nej"
    Remark.objects.create(
        enquiry=world.shared_enquiry,
        jobcentre=world.koege.jobcentre,
        by=world.koege.caseworker,
        text=text,
    )
    return [text]


def _view_of_ones_own(world: World) -> list[str]:
    name = "Mine besværlige sager"
    SavedView.objects.create(
        owner=world.koege.caseworker,
        jobcentre=world.koege.jobcentre,
        listed="desk:queue",
        name=name,
        query="state=new",
    )
    return [name]


def _draft_campaign(world: World) -> list[str]:
    """Of Køge, which means to ask Roskilde and has not done so yet."""
    name = "Kampagnen, som Roskilde ikke er spurgt om"
    return [campaign_of(world.koege, world.roskilde, world.company, is_running=False, name=name).name]


SECRETS = [
    Secret("a note of Køge", OWN, lambda world: [world.contact.note]),
    Secret("what Køge plans to do", OWN, lambda world: [world.follow_up.what]),
    Secret("a note of Roskilde", NEIGHBOUR, _note_of_neighbour),
    Secret("what Roskilde plans to do", NEIGHBOUR, _plan_of_neighbour),
    Secret("a campaign that is being prepared", OWN, _draft_campaign),
    Secret("a campaign", OWN | NEIGHBOUR, lambda world: [world.campaign.name]),
    Secret("what an employer wrote", OWN | COMPANY, lambda world: [world.enquiry.message]),
    Secret("an enquiry about dismissals", OWN, lambda world: [world.confidential_enquiry.message]),
    Secret("a vacancy nobody has published", OWN | COMPANY, lambda world: [world.waiting_vacancy.title]),
    Secret("a candidate of Køge", OWN, lambda world: [world.candidate.reference]),
    Secret("a candidate kept at home", NEIGHBOUR, _candidate_kept_at_home),
    Secret("a candidate who is withdrawn", NEIGHBOUR, _candidate_withdrawn, told=COMPANY),
    Secret("what a citizen answered", NEIGHBOUR, _answer_of_citizen),
    Secret("a note that Køge shows to its catchment", OWN | NEIGHBOUR, _note_for_the_catchment),
    Secret("the note of a plan", OWN, _note_of_a_plan),
    Secret("a remark between colleagues", OWN, _remark),
    Secret("a view of one's own", frozenset({"caseworker"}), _view_of_ones_own),
    Secret("a campaign", OWN | NEIGHBOUR, lambda world: [world.campaign.name]),
    Secret("an agreement that is drafted", OWN | NEIGHBOUR, lambda world: [world.drafted_agreement.name]),
    Secret("a flag that nobody has confirmed", AREA | {"manager"}, lambda world: [f"/flag/{world.flag.pk}/"]),
    Secret(
        "a comparison that is being checked",
        frozenset(f"{access.OFFICERS} national".split()),
        lambda world: [world.draft_publication.get_absolute_url()],
    ),
    Secret("a draft report", STAFF, lambda world: [world.line.report.get_absolute_url()]),
    Secret("few answers and persons of Køge", OWN, _answers_of_few),
    Secret("a delivery that waits", AREA, lambda world: [world.arrival.came_as]),
]

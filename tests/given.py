"""What the rows of the access matrix put into addresses, and what they look for on pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from regions.bottlenecks.forms import said
from regions.oversight.deciding import Decision
from tests.world import World

Values = dict[str, Any]

# --- in addresses ----------------------------------------------------------------------------------------


def nothing(world: World) -> Values:
    return {}


def rule_for_flags(world: World) -> Values:
    """There is one in force."""
    world.fixture("flag_rule")
    return {}


def pk_of(name: str) -> Callable[[World], Values]:
    """The primary key of something in the world."""
    return lambda world: {"pk": getattr(world, name).pk}


def the(**values: Any) -> Callable[[World], Values]:
    """These very values."""
    return lambda world: values


def half_year_of_draft(world: World) -> Values:
    return {"area": world.report.area.code, "period": world.report.period}


def issue_of_draft(world: World) -> Values:
    return {**half_year_of_draft(world), "number": world.report.number}


def number_of_publication(world: World) -> Values:
    return {"number": world.publication.number}


def jobcentre_in_publication(world: World) -> Values:
    return {"number": world.publication.number, "code": world.koege.jobcentre.code}


def municipality(world: World) -> Values:
    return {"code": world.koege.municipality.code}


def membership_of_caseworker(world: World) -> Values:
    return {"pk": world.koege.caseworker.memberships.get().pk}


def flag_to_begin_from(world: World) -> Values:
    return {"flag": world.confirmed_flag.pk}


def escalation(world: World) -> Values:
    return {"pk": world.intervention.pk, "code": "escalate"}


def agreed(world: World) -> Values:
    return {"pk": world.improvement.intervention_id}


def cancelling(world: World) -> Values:
    return {"pk": world.intervention.pk, "code": "cancel_meeting", "part": world.meeting.pk}


def company(world: World) -> Values:
    return {"company": world.company.pk}


def company_that_can_be_held(world: World) -> Values:
    assert world.contact
    world.fixture("hold_limit")
    return company(world)


def pk_of_company(world: World) -> Values:
    """A company about which there is something to hide."""
    assert world.follow_up
    assert world.enquiry
    assert world.confidential_enquiry
    return {"pk": world.company.pk}


def all_that_can_be_found(world: World) -> Values:
    """Nothing in the address: what is sought stands after the question mark."""
    pk_of_company(world)
    return {}


def company_and_double(world: World) -> Values:
    return {**pk_of_company(world), "other": world.double.pk}


def one_person(world: World) -> Values:
    return {"pk": world.company.pk, "person": world.company.people.order_by("pk")[0].pk}


def erasable_person(world: World) -> Values:
    """Somebody of the company whom nothing needs."""
    return {"pk": world.company.pk, "person": world.company.people.create(name="Kirsten Færdig").pk}


def person_and_double(world: World) -> Values:
    """Two people of one company."""
    return {**one_person(world), "other": world.company.people.create(name="Mette Brun").pk}


def calendar(world: World) -> Values:
    """The secret address of the caseworker's calendar, which holds a follow-up."""
    assert world.follow_up
    return {"token": world.calendar_token}


def part_of_company(part: str) -> Callable[[World], Values]:
    return lambda world: {**pk_of_company(world), "part": part}


def link(world: World) -> Values:
    """The signed link of an enquiry."""
    return {"token": world.published_enquiry.link.removeprefix("/h/").removesuffix("/")}


def confirmation_link(world: World) -> Values:
    """The signed link that stands in the mail alone."""
    path = world.published_enquiry.confirmation_link
    return {"token": path.removeprefix("/bekraeft/").removesuffix("/")}


def attachment(world: World) -> Values:
    return {"pk": world.attachment.message.enquiry_id, "number": world.attachment.pk}


def hearing_file(world: World) -> Values:
    return {"pk": world.hearing_file.flag_id, "number": world.hearing_file.pk}


def attachment_by_link(world: World) -> Values:
    return {"token": world.attachment.message.enquiry.token, "pk": world.attachment.pk}


def attachment_by_other_link(world: World) -> Values:
    return {"token": world.published_enquiry.token, "pk": world.attachment.pk}


def wrong_link(world: World) -> Values:
    token = link(world)["token"]
    return {"token": token[:-1] + ("x" if token[-1] != "x" else "y")}


def recipient(world: World) -> Values:
    """The signed link in a mail that can be stopped."""
    return {"token": world.recipient.token}


def no_recipient(world: World) -> Values:
    token = world.recipient.token
    return {"token": token[:-1] + ("x" if token[-1] != "x" else "y")}


def subsidy_link(world: World) -> Values:
    """The signed link of an enquiry about a wage subsidy."""
    return {"token": world.subsidy_enquiry.token}


def step_by_link(world: World) -> Values:
    return {**link(world), "slug": "pause"}


def step_by_wrong_link(world: World) -> Values:
    return {**wrong_link(world), "slug": "pause"}


def shared_enquiry(world: World) -> Values:
    return {"pk": world.shared_enquiry.pk}


def step_of_enquiry(world: World) -> Values:
    return {"pk": world.published_enquiry.pk, "slug": "pause"}


def draft(world: World) -> Values:
    return {"key": world.draft.key}


def first_step(world: World) -> Values:
    return {"key": world.draft.key, "step": "virksomhed"}


def no_draft(world: World) -> Values:
    return {"key": UUID(int=world.draft.key.int ^ 1), "step": "virksomhed"}


def proof(world: World) -> Values:
    """The signed link of somebody who asks for access."""
    return {"token": world.unproven_request.link.split("/")[-2]}


def invitation(world: World) -> Values:
    return {"token": world.invitation.link.split("/")[-2]}


def saved_search(world: World) -> Values:
    return {"token": world.saved_search.link.split("/")[-2]}


def wrong_token(world: World) -> Values:
    return {"token": invitation(world)["token"][:-2] + "xx"}


def own_membership(world: World) -> Values:
    """The administrator's own, in the company at Køge."""
    return {"pk": world.actors["employer"].memberships.get().pk}  # type: ignore[union-attr]


def placements_link(world: World) -> Values:
    """The employer's signed link of an application that is being filled in."""
    return {"token": world.placement_draft.token}


def representatives_link(world: World) -> Values:
    return {"token": world.placement.representatives_link.split("/")[-2]}


def effects_link(world: World) -> Values:
    return {"token": world.effect.link.split("/")[-2]}


def surveys_link(world: World) -> Values:
    return {"token": world.survey.link.split("/")[-2]}


def no_survey(world: World) -> Values:
    return {"token": f"{surveys_link(world)['token']}x"}


def no_placement(world: World) -> Values:
    return {"token": world.placement.token + "x"}


def step_of_placement(world: World) -> Values:
    return {"pk": world.placement.pk, "step": "afgoer"}


def vacancy_with_candidates(world: World) -> Values:
    assert world.candidate
    assert world.neighbours_candidate
    return {"pk": world.vacancy.pk}


def own_referral(world: World) -> Values:
    return {"pk": world.vacancy.pk, "candidate": world.candidate.pk}


def referral_across(world: World) -> Values:
    return {"pk": world.vacancy.pk, "candidate": world.neighbours_candidate.pk}


def step_of_referral(world: World) -> Values:
    return {"pk": world.waiting_referral.pk, "step": "accepter"}


def referrals_link(world: World) -> Values:
    """The signed link of a referral that waits for the employer."""
    return {"token": world.referral.token}


def contact_in_company(world: World) -> Values:
    """Nothing in the address: there is something to count."""
    assert world.contact
    return {}


def figure(code: str) -> Callable[[World], Values]:
    """A coordination figure, and a company that could be behind it."""
    return lambda world: {"code": code} if world.company else {}


def sent_referral(world: World) -> Values:
    """Nothing in the address: the page lists whom the employer is asked about."""
    assert world.referral
    return {}


def answer_of_employer(world: World) -> Values:
    return {"pk": world.referral.pk, "slug": "samtale"}


def no_referral(world: World) -> Values:
    return {"token": world.referral.token + "x"}


def answers_link(world: World) -> Values:
    return {"token": world.referral.token, "slug": "samtale"}


def no_answer(world: World) -> Values:
    return {"token": world.referral.token + "x", "slug": "samtale"}


# --- in forms ----------------------------------------------------------------------------------------------


def target(world: World) -> Values:
    """The company of a campaign."""
    return {"pk": world.campaign.pk, "target": world.campaign.targets.get().pk}


def share(world: World) -> Values:
    """A jobcentre's share of a campaign."""
    return {"pk": world.campaign.pk, "share": world.campaign.shares.earliest("pk").pk}


def decision(world: World) -> Values:
    return {"decision": Decision.WATCH, "reason": "Vi følger det.", "seen": world.flag.state}


def review(world: World) -> Values:
    return {"category": world.line.category, "comment": "", "seen": said(world.line)}


def colleague(world: World) -> Values:
    return {"give-to": world.koege.manager.pk}


def enquiry_to_give(world: World) -> Values:
    return {"action": "give", "pk": world.enquiry.pk}


def follow_up_that_is_done(world: World) -> Values:
    return {"action": "done", "pk": world.follow_up.pk}


def move(world: World) -> Values:
    return {"to": world.roskilde.jobcentre.pk, "reason": "Holdet flytter til Roskilde."}


def question(world: World) -> Values:
    return {"whom": world.agreement.pk, "question": "Har I to pakkere?"}


def code_of_monitored(world: World) -> Values:
    """An occupation of which only Køge's jobcentre may read how it is in Køge."""
    return {"code": world.monitored.occupation.code}


def place_of_monitored(world: World) -> Values:
    return {"key": f"kommune-{world.monitored.code}"}


def monitored(world: World) -> Values:
    """Nothing in the address: what is known of occupations is there."""
    assert world.monitored
    return {}

"""What the rows of the access matrix look for on pages where it must not be found."""

from __future__ import annotations

from tests.world import World


def address_of_company(world: World) -> list[str]:
    return [world.company.get_absolute_url()]


def name_of_list(world: World) -> list[str]:
    return [world.list_import.file_name]


def name_of_spells(world: World) -> list[str]:
    return [world.spell_delivery.file_name]


def name_of_merged(world: World) -> list[str]:
    return [world.merge.gone_name]


def name_of_campaign(world: World) -> list[str]:
    return [world.campaign.name]


def name_of_company(world: World) -> list[str]:
    return [world.company.name]


def person_of_company(world: World) -> list[str]:
    """Whom the jobcentres talk to in the company, and that they do."""
    return [world.enquiry.person.name, world.enquiry.person.email, world.enquiry.reference]


def name_of_jobcentre(world: World) -> list[str]:
    return [world.koege.jobcentre.name]


def waiting_title(world: World) -> list[str]:
    return [world.waiting_vacancy.title]


def asks_for_access(world: World) -> list[str]:
    return [world.access_request.name, world.access_request.email]


def name_of_jobcentre_and_company(world: World) -> list[str]:
    assert world.contact
    return [world.koege.jobcentre.name, world.company.name]


def colleagues(world: World) -> list[str]:
    return [world.invitation.email, "Mette Bruun"]


def placement_of_koege(world: World) -> list[str]:
    return [world.placement.reference, world.placement.label]


def candidates_of_koege(world: World) -> list[str]:
    return [world.candidate.reference]


def candidate_of_roskilde(world: World) -> list[str]:
    """Put forward by Køge, and for Køge and Roskilde alone."""
    return [world.waiting_referral.candidate.reference]


def candidate_at_employer(world: World) -> list[str]:
    return [world.referral.candidate.reference]


def source_of_conflict(world: World) -> list[str]:
    return [world.conflict.source]


def note(world: World) -> list[str]:
    return [world.contact.note]


def work_of_others(world: World) -> list[str]:
    """What is on another jobcentre's table."""
    return [
        world.enquiry.reference,
        f"/henvendelser/{world.enquiry.pk}/",
        world.confidential_enquiry.reference,
        f"/henvendelser/{world.confidential_enquiry.pk}/",
        world.follow_up.what,
        world.contact.note,
        world.mention.remark.text,
    ]


def not_in_calendars(world: World) -> list[str]:
    """A calendar program may lie anywhere."""
    return [world.follow_up.what, world.contact.note]


def secrets_of_company(world: World) -> list[str]:
    """What stays at the jobcentre that was told it."""
    confidential = world.confidential_enquiry
    return [
        *(world.contact.note, world.follow_up.what, world.enquiry.message, world.enquiry.reference),
        *(confidential.message, confidential.reference, str(confidential.get_kind_display())),
    ]


def enquiry_of_colleague(world: World) -> list[str]:
    return [world.enquiry.reference, world.enquiry.person.email, world.confidential_enquiry.reference]


def link_to_intervention(world: World) -> list[str]:
    return [world.intervention.get_absolute_url()]


def link_to_flag(world: World) -> list[str]:
    return [world.flag.get_absolute_url()]


def links_to_flag_and_intervention(world: World) -> list[str]:
    return [*link_to_flag(world), *link_to_intervention(world)]


def link_to_draft_report(world: World) -> list[str]:
    return [world.line.report.get_absolute_url()]


def numbers_of_monitored(world: World) -> list[str]:
    return ["74183", "74.183", "71906", "71.906", "65219", "65.219"]


def link_to_draft_publication(world: World) -> list[str]:
    return [world.draft_publication.get_absolute_url()]


def question_asked(world: World) -> list[str]:
    """What Køge asked Roskilde."""
    return [f"/hjaelp-til-andre/{world.help_answer.pk}/", world.company.name]


def words_of_shared_enquiry(world: World) -> list[str]:
    """What a partner does not read of an enquiry in the queue they share."""
    enquiry = world.shared_enquiry
    return [enquiry.message, enquiry.person.name, enquiry.person.email, enquiry.reference]


def words_of_employer(world: World) -> list[str]:
    """What a partner does not read of an enquiry it is asked about."""
    enquiry = world.help_answer.request.enquiry
    return [enquiry.message, enquiry.person.name, enquiry.person.email, enquiry.reference]


def staffing_of_koege(world: World) -> list[str]:
    return [world.team.name, str(world.absence.user), f"/bemanding/fravaer/{world.absence.pk}/"]


def name_of_agreement(world: World) -> list[str]:
    return [world.agreement.name]


def caseworker_of_koege(world: World) -> list[str]:
    return [str(world.koege.caseworker)]


def reading_of_koege(world: World) -> list[str]:
    return [str(world.reading.by), world.candidate.reference]

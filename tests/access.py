"""Who may open which address: at least one row for every address of the portal.

A row names the URL and, for groups of people, what they are answered. Everybody who is not named is refused:
the anonymous are sent to sign in, others get 403. A row may also say what nobody of a group may find on the
page. `tests/test_access.py` tries every row for every person, and fails on an address without a row.

    Row("desk:enquiry", {"caseworker": OPEN, "neighbour": MISSING}, given=pk_of("enquiry"))
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin

from regions.comparison.bringing import proposed
from tests import given
from tests.addresses import addresses
from tests.given import pk_of, the
from tests.world import World

OPEN = 200
GONE_ON = "redirected"
SIGN_IN = "sent to sign in"
REFUSED = 403
MISSING = 404
WRONG_METHOD = 405

Answer = int | str

OWN = "caseworker manager"
"""Of Køge: the company, the enquiry and the contact are theirs."""
SHARING = f"{OWN} neighbour"
NOT_SHARING = "stranger strange_manager"
OTHERS = f"neighbour {NOT_SHARING}"
JOBCENTRES = f"{OWN} {OTHERS}"
MANAGERS = "manager strange_manager"
OFFICERS = "area_officer other_officer"
STAFF = f"{JOBCENTRES} {OFFICERS} national"
EMPLOYERS = "employer newcomer competitor"
SIGNED_IN = f"{EMPLOYERS} {STAFF} administrator"
EVERYBODY = f"anonymous {SIGNED_IN}"

CSV = "?hent=csv"
"""What makes a file of a list."""


@dataclass(frozen=True)
class Row:
    """What each person is answered at one address.

    answers: groups of people (names with spaces between) → answer. given: the values in the address.
    data: what is posted; a row with data is a POST. hides: groups → texts they must not find there.
    query: what stands after the question mark. note: tells two rows of one address apart.
    """

    name: str
    answers: Mapping[str, Answer]
    given: Callable[[World], dict[str, Any]] = given.nothing
    data: Callable[[World], dict[str, Any]] | None = None
    hides: Mapping[str, Callable[[World], list[str]]] = field(default_factory=dict)
    query: str = ""
    note: str = ""

    def __str__(self) -> str:
        method = "POST" if self.data else "GET"
        return f"{self.name} {method} {self.note}".strip()

    def expected(self, actor: str) -> Answer:
        for actors, answer in self.answers.items():
            if actor in actors.split():
                return answer
        return SIGN_IN if actor == "anonymous" else REFUSED

    def hidden_from(self, actor: str, world: World) -> list[str]:
        found: list[str] = []
        for actors, texts in self.hides.items():
            if actor in actors.split():
                found += texts(world)
        return found


ROWS = [
    # --- the installation ---------------------------------------------------------------------------
    Row("runtime:healthz", {EVERYBODY: OPEN}),
    Row("runtime:readyz", {EVERYBODY: 503}, note="without a worker"),
    # --- pages of text ------------------------------------------------------------------------------
    Row("pages:help", {EVERYBODY: OPEN}),
    Row("pages:data", {EVERYBODY: OPEN}),
    Row("pages:accessibility", {EVERYBODY: OPEN}),
    Row("pages:favicon", {EVERYBODY: GONE_ON}),
    Row("pages:language", {EVERYBODY: WRONG_METHOD}),
    Row("pages:language", {EVERYBODY: GONE_ON}, data=the(language="en", next="/hjaelp/")),
    # --- signing in ---------------------------------------------------------------------------------
    Row("account_login", {"anonymous": OPEN, SIGNED_IN: GONE_ON}),
    Row("account_request_login_code", {"anonymous": OPEN, SIGNED_IN: GONE_ON}),
    Row("account_confirm_login_code", {EVERYBODY: GONE_ON}, note="without having asked for a code"),
    Row("account_inactive", {EVERYBODY: OPEN}),
    Row("account_signup", {EVERYBODY: OPEN}, note="says that nobody signs up"),
    Row("account_logout", {"anonymous": GONE_ON, SIGNED_IN: OPEN}),
    Row("account_logout", {EVERYBODY: GONE_ON}, data=given.nothing),
    Row(
        "mfa_authenticate", {"anonymous": SIGN_IN, SIGNED_IN: GONE_ON}, note="without having begun to sign in"
    ),
    Row("mfa_reauthenticate", {SIGNED_IN: REFUSED}, note="with no second factor"),
    Row("mfa_index", {SIGNED_IN: OPEN}),
    Row("mfa_activate_totp", {SIGNED_IN: OPEN}),
    Row("mfa_deactivate_totp", {SIGNED_IN: MISSING}, note="with no second factor"),
    Row("mfa_view_recovery_codes", {SIGNED_IN: MISSING}, note="with no second factor"),
    Row("mfa_generate_recovery_codes", {SIGNED_IN: OPEN}, note="which refuses without a second factor"),
    Row("accounts:second_factors", {MANAGERS: OPEN}, hides={"strange_manager": given.caseworker_of_koege}),
    Row(
        "accounts:reset_second_factor",
        {"manager": OPEN, "strange_manager": MISSING},
        given=given.membership_of_caseworker,
    ),
    Row("accounts:removals", {f"{MANAGERS} national": OPEN}),
    Row("accounts:readings", {MANAGERS: OPEN}, hides={"strange_manager": given.reading_of_koege}),
    Row("accounts:readings", {MANAGERS: OPEN}, query="?hent=csv", note="as a file"),
    Row("accounts:home", {SIGNED_IN: GONE_ON}),
    Row("accounts:choose", {SIGNED_IN: GONE_ON}, note="with nothing to choose"),
    Row("accounts:choose", {SIGNED_IN: MISSING}, data=the(membership="0"), note="none of theirs"),
    Row("accounts:notices", {SIGNED_IN: OPEN}),
    # --- what people are told by e-mail -------------------------------------------------------------
    Row("notifications:choices", {EVERYBODY: OPEN}, given=given.recipient, note="by the signed link"),
    Row("notifications:choices", {EVERYBODY: MISSING}, given=given.no_recipient, note="by another link"),
    Row("notifications:stop", {EVERYBODY: OPEN}, given=given.recipient, note="by the signed link"),
    Row("notifications:stop", {EVERYBODY: MISSING}, given=given.no_recipient, note="by another link"),
    Row("notifications:stop", {EVERYBODY: OPEN}, given=given.recipient, data=given.nothing),
    # --- the one entrance ---------------------------------------------------------------------------
    Row("enquiries:front", {EVERYBODY: OPEN}),
    Row("enquiries:answer_times", {EVERYBODY: OPEN}),
    Row(
        "enquiries:answer_times_of_jobcentre",
        {EVERYBODY: OPEN},
        given=lambda world: {"code": world.koege.jobcentre.code},
    ),
    Row("enquiries:find", {EVERYBODY: OPEN}),
    Row("enquiries:start", {EVERYBODY: OPEN}, given=the(kind="recruit")),
    Row(
        "enquiries:companies",
        {EVERYBODY: OPEN},
        query="?cvr=strandmarkens",
        hides={EVERYBODY: given.person_of_company},
    ),
    Row("enquiries:start", {EVERYBODY: MISSING}, given=the(kind="nothing"), note="of no kind"),
    Row("enquiries:step", {EVERYBODY: OPEN}, given=given.first_step, note="by its secret key"),
    Row("enquiries:step", {EVERYBODY: MISSING}, given=given.no_draft, note="by another key"),
    Row("enquiries:draft", {EVERYBODY: GONE_ON}, given=given.draft),
    Row("enquiries:saved", {EVERYBODY: OPEN}, given=given.draft),
    Row("enquiries:receipt", {EVERYBODY: GONE_ON}, given=given.draft),
    Row("enquiries:enquiry", {EVERYBODY: OPEN}, given=given.link, note="by its signed link"),
    Row("enquiries:enquiry", {EVERYBODY: MISSING}, given=given.wrong_link, note="by another link"),
    Row("enquiries:confirm", {EVERYBODY: OPEN}, given=given.confirmation_link, note="by the mailed link"),
    Row("enquiries:confirm", {EVERYBODY: MISSING}, given=given.link, note="by the private page's link"),
    Row("enquiries:send_confirmation", {EVERYBODY: WRONG_METHOD}, given=given.link),
    Row("enquiries:send_confirmation", {EVERYBODY: GONE_ON}, given=given.link, data=given.nothing),
    Row(
        "enquiries:send_confirmation",
        {EVERYBODY: MISSING},
        given=given.wrong_link,
        data=given.nothing,
        note="by another link",
    ),
    Row("enquiries:write", {EVERYBODY: WRONG_METHOD}, given=given.link),
    Row("enquiries:write", {EVERYBODY: GONE_ON}, given=given.link, data=the(text="Kan I i morgen?")),
    Row(
        "enquiries:write",
        {EVERYBODY: MISSING},
        given=given.wrong_link,
        data=the(text="Hej"),
        note="by another link",
    ),
    Row("enquiries:file", {EVERYBODY: OPEN}, given=given.attachment_by_link, note="by its own link"),
    Row("enquiries:file", {EVERYBODY: MISSING}, given=given.attachment_by_other_link, note="of another"),
    Row("enquiries:close_vacancy", {EVERYBODY: OPEN}, given=given.link, note="by its signed link"),
    Row("enquiries:close_vacancy", {EVERYBODY: MISSING}, given=given.wrong_link, note="by another link"),
    Row("enquiries:preview", {EVERYBODY: GONE_ON}, given=given.draft, note="of a draft that lacks all"),
    Row("enquiries:vacancy_step", {EVERYBODY: OPEN}, given=given.step_by_link, note="by its signed link"),
    Row("enquiries:vacancy_step", {EVERYBODY: MISSING}, given=given.step_by_wrong_link),
    Row("enquiries:vacancy_step", {EVERYBODY: GONE_ON}, given=given.step_by_link, data=given.nothing),
    Row("enquiries:change_vacancy", {EVERYBODY: GONE_ON}, given=given.link, note="published already"),
    Row("enquiries:change_vacancy", {EVERYBODY: MISSING}, given=given.wrong_link, note="by another link"),
    Row("enquiries:copy_vacancy", {EVERYBODY: WRONG_METHOD}, given=given.link),
    Row(
        "enquiries:copy_vacancy",
        {EVERYBODY: GONE_ON},
        given=given.link,
        data=given.nothing,
        note="by its link",
    ),
    Row(
        "enquiries:copy_vacancy",
        {EVERYBODY: MISSING},
        given=given.wrong_link,
        data=given.nothing,
        note="by another link",
    ),
    # --- vacancies ----------------------------------------------------------------------------------
    Row("vacancies:search", {EVERYBODY: OPEN}, hides={EVERYBODY: given.waiting_title}),
    Row("vacancies:feed", {EVERYBODY: OPEN}, hides={EVERYBODY: given.waiting_title}),
    Row("vacancies:external", {EVERYBODY: OPEN}, given=pk_of("external_vacancy")),
    Row("vacancies:external", {EVERYBODY: MISSING}, given=pk_of("held_external"), note="held for its words"),
    Row("api:schema", {EVERYBODY: OPEN}),
    Row("api:vacancies", {EVERYBODY: OPEN}, hides={EVERYBODY: given.waiting_title}),
    Row("api:vacancies", {EVERYBODY: 401}, data=the(title="x"), note="without a token"),
    Row("api:own_vacancy", {EVERYBODY: WRONG_METHOD}, given=the(external_id="A-1")),
    Row("crawlers:robots", {EVERYBODY: OPEN}),
    Row("crawlers:index", {EVERYBODY: OPEN}),
    Row("crawlers:sitemap", {EVERYBODY: OPEN}, given=the(section="stillinger")),
    Row("crawlers:sitemap", {EVERYBODY: MISSING}, given=the(section="andet"), note="of no kind"),
    Row("vacancies:occupations", {EVERYBODY: OPEN}),
    Row("vacancies:vacancy", {EVERYBODY: OPEN}, given=pk_of("vacancy"), note="published"),
    Row("vacancies:vacancy", {EVERYBODY: MISSING}, given=pk_of("waiting_vacancy"), note="that still waits"),
    # --- saved searches -----------------------------------------------------------------------------
    Row("saved_searches:save", {EVERYBODY: OPEN}, query="?hvad=lager"),
    Row("saved_searches:save", {EVERYBODY: OPEN}, data=the(email="seeker@example.dk"), note="saving"),
    Row(
        "saved_searches:saved",
        {EVERYBODY: OPEN},
        given=given.saved_search,
        note="by the signed link",
    ),
    Row("saved_searches:saved", {EVERYBODY: GONE_ON}, given=given.saved_search, data=the(do="confirm")),
    Row("saved_searches:saved", {EVERYBODY: MISSING}, given=given.wrong_token, note="by another link"),
    # --- campaigns ----------------------------------------------------------------------------------
    Row("campaigns:campaigns", {JOBCENTRES: OPEN}, hides={NOT_SHARING: given.name_of_campaign}),
    Row("campaigns:new", {JOBCENTRES: OPEN}),
    Row("campaigns:divide", {JOBCENTRES: GONE_ON}, note="without what it is about"),
    Row("campaigns:campaign", {SHARING: OPEN, NOT_SHARING: MISSING}, given=pk_of("campaign")),
    Row("campaigns:start", {JOBCENTRES: WRONG_METHOD}, given=pk_of("campaign")),
    Row("campaigns:start", {OWN: GONE_ON, OTHERS: MISSING}, given=pk_of("campaign"), data=given.nothing),
    Row("campaigns:end", {JOBCENTRES: WRONG_METHOD}, given=pk_of("campaign")),
    Row("campaigns:end", {OWN: GONE_ON, OTHERS: MISSING}, given=pk_of("campaign"), data=given.nothing),
    Row("campaigns:accept", {JOBCENTRES: WRONG_METHOD}, given=pk_of("campaign")),
    Row(
        "campaigns:accept",
        {SHARING: GONE_ON, NOT_SHARING: MISSING},
        given=pk_of("campaign"),
        data=given.nothing,
    ),
    Row("campaigns:decline", {JOBCENTRES: WRONG_METHOD}, given=pk_of("campaign")),
    Row(
        "campaigns:decline",
        {SHARING: OPEN, NOT_SHARING: MISSING},
        given=pk_of("campaign"),
        data=given.nothing,
        note="without a reason",
    ),
    Row("campaigns:move", {JOBCENTRES: WRONG_METHOD}, given=pk_of("campaign")),
    Row("campaigns:move", {OWN: OPEN, OTHERS: MISSING}, given=pk_of("campaign"), data=given.nothing),
    Row("campaigns:take", {OWN: OPEN, OTHERS: MISSING}, given=given.target),
    Row("campaigns:give_back", {JOBCENTRES: WRONG_METHOD}, given=given.target),
    Row("campaigns:give_back", {OWN: GONE_ON, OTHERS: MISSING}, given=given.target, data=given.nothing),
    # --- candidates and referrals -------------------------------------------------------------------
    Row("referrals:candidates", {JOBCENTRES: OPEN}, hides={OTHERS: given.candidates_of_koege}),
    Row(
        "referrals:candidates",
        {JOBCENTRES: OPEN},
        hides={OTHERS: given.candidates_of_koege},
        query=CSV,
        note="as a file",
    ),
    Row("referrals:new", {JOBCENTRES: OPEN}),
    Row("referrals:candidate", {OWN: OPEN, OTHERS: MISSING}, given=pk_of("candidate")),
    Row("referrals:change", {OWN: OPEN, OTHERS: MISSING}, given=pk_of("candidate")),
    Row("referrals:withdraw", {JOBCENTRES: WRONG_METHOD}, given=pk_of("candidate")),
    Row("referrals:withdraw", {OWN: GONE_ON, OTHERS: MISSING}, given=pk_of("candidate"), data=given.nothing),
    Row(
        "referrals:matches",
        {JOBCENTRES: OPEN},
        given=given.vacancy_with_candidates,
        hides={OTHERS: given.candidates_of_koege, NOT_SHARING: given.candidate_of_roskilde},
    ),
    Row("referrals:refer", {OWN: OPEN, OTHERS: MISSING}, given=given.own_referral, note="one's own"),
    Row(
        "referrals:refer",
        {SHARING: OPEN, NOT_SHARING: MISSING},
        given=given.referral_across,
        note="of the catchment",
    ),
    Row(
        "referrals:referrals",
        {JOBCENTRES: OPEN},
        hides={NOT_SHARING: given.candidate_of_roskilde, OTHERS: given.candidates_of_koege},
    ),
    Row(
        "referrals:referrals",
        {JOBCENTRES: OPEN},
        hides={NOT_SHARING: given.candidate_of_roskilde, OTHERS: given.candidates_of_koege},
        query=CSV,
        note="as a file",
    ),
    Row("referrals:accept_several", {JOBCENTRES: WRONG_METHOD}),
    Row("referrals:accept_several", {JOBCENTRES: GONE_ON}, data=given.nothing),
    Row("referrals:take", {JOBCENTRES: WRONG_METHOD}, given=given.step_of_referral),
    Row(
        "referrals:take",
        {"neighbour": GONE_ON, f"{OWN} {NOT_SHARING}": MISSING},
        given=given.step_of_referral,
        data=given.nothing,
        note="of the neighbour's candidate",
    ),
    Row("referrals:employer", {EVERYBODY: OPEN}, given=given.referrals_link, note="by its signed link"),
    Row("referrals:employer", {EVERYBODY: MISSING}, given=given.no_referral, note="by another link"),
    Row("referrals:answer", {EVERYBODY: OPEN}, given=given.answers_link, note="by its signed link"),
    Row("referrals:answer", {EVERYBODY: MISSING}, given=given.no_answer, note="by another link"),
    Row(
        "referrals:put_forward",
        {"employer competitor": OPEN},
        given=given.sent_referral,
        hides={"competitor": given.candidate_at_employer},
    ),
    Row("referrals:answer_own", {EMPLOYERS: WRONG_METHOD}, given=given.answer_of_employer),
    Row(
        "referrals:answer_own",
        {"employer": GONE_ON, "competitor": MISSING},
        given=given.answer_of_employer,
        data=given.nothing,
    ),
    # --- coordination figures -----------------------------------------------------------------------
    Row("cooperation:figures", {STAFF: OPEN}, given=given.contact_in_company, hides={STAFF: given.note}),
    Row(
        "cooperation:figure",
        {STAFF: OPEN},
        given=given.figure("aldrig-kontaktet"),
        hides={f"{OTHERS} {OFFICERS} national": given.name_of_company},
    ),
    Row(
        "cooperation:figure",
        {f"{OFFICERS} national": OPEN, JOBCENTRES: MISSING},
        given=given.figure("andre"),
        note="with others",
    ),
    # --- wage subsidies and work trials -------------------------------------------------------------
    Row("placements:placements", {JOBCENTRES: OPEN}, hides={OTHERS: given.placement_of_koege}),
    Row(
        "placements:placements",
        {JOBCENTRES: OPEN},
        hides={OTHERS: given.placement_of_koege},
        query=CSV,
        note="as a file",
    ),
    Row("placements:rules", {EVERYBODY: OPEN}),
    Row("placements:start", {SHARING: OPEN, NOT_SHARING: MISSING}, given=given.company),
    Row("placements:placement", {OWN: OPEN, OTHERS: MISSING}, given=pk_of("placement")),
    Row("placements:fill", {OWN: OPEN, OTHERS: MISSING}, given=pk_of("placement_draft")),
    Row("placements:fill_arithmetic", {JOBCENTRES: WRONG_METHOD}, given=pk_of("placement_draft")),
    Row(
        "placements:fill_arithmetic",
        {OWN: OPEN, OTHERS: MISSING},
        given=pk_of("placement_draft"),
        data=given.nothing,
    ),
    Row("placements:take", {JOBCENTRES: WRONG_METHOD}, given=given.step_of_placement),
    Row(
        "placements:take",
        {OWN: GONE_ON, OTHERS: MISSING},
        given=given.step_of_placement,
        data=the(decision="refuse", reason="Der er ikke plads."),
    ),
    Row("placements:application", {EVERYBODY: OPEN}, given=given.placements_link, note="by its signed link"),
    Row("placements:application", {EVERYBODY: MISSING}, given=given.no_placement, note="by another link"),
    Row("placements:arithmetic", {EVERYBODY: WRONG_METHOD}, given=given.placements_link),
    Row("placements:arithmetic", {EVERYBODY: OPEN}, given=given.placements_link, data=given.nothing),
    Row("placements:confirm", {EVERYBODY: OPEN}, given=given.representatives_link, note="by its signed link"),
    Row("placements:confirm", {EVERYBODY: MISSING}, given=given.no_placement, note="by another link"),
    Row("placements:effect", {EVERYBODY: OPEN}, given=given.effects_link, note="by its signed link"),
    Row("placements:effect", {EVERYBODY: MISSING}, given=given.no_placement, note="by another link"),
    # --- the recruitment survey ---------------------------------------------------------------------
    Row("surveys:overview", {f"{OFFICERS} national": OPEN}),
    Row("surveys:overview", {f"{OFFICERS} national": OPEN}, query=CSV, note="as a file"),
    Row("surveys:answer", {EVERYBODY: OPEN}, given=given.surveys_link, note="by its signed link"),
    Row("surveys:answer", {EVERYBODY: MISSING}, given=given.no_survey, note="by another link"),
    Row("surveys:answer", {EVERYBODY: OPEN}, given=given.surveys_link, data=given.nothing),
    # --- contacts -----------------------------------------------------------------------------------
    Row("contacts:choose", {JOBCENTRES: OPEN}, hides={NOT_SHARING: given.name_of_company}),
    Row(
        "contacts:log",
        {SHARING: OPEN, NOT_SHARING: MISSING},
        given=given.company,
        hides={SHARING: given.note},
    ),
    Row("contacts:advice", {JOBCENTRES: WRONG_METHOD}, given=given.company),
    Row(
        "contacts:advice",
        {SHARING: OPEN, NOT_SHARING: MISSING},
        given=given.company,
        data=given.nothing,
        hides={SHARING: given.note},
    ),
    Row(
        "contacts:hold",
        {SHARING: OPEN, NOT_SHARING: MISSING},
        given=given.company_that_can_be_held,
        hides={SHARING: given.note},
    ),
    Row("contacts:release", {JOBCENTRES: WRONG_METHOD}, given=pk_of("hold")),
    Row("contacts:release", {OWN: GONE_ON, OTHERS: MISSING}, given=pk_of("hold"), data=given.nothing),
    Row("contacts:done", {JOBCENTRES: WRONG_METHOD}, given=pk_of("follow_up")),
    Row("contacts:done", {OWN: GONE_ON, OTHERS: MISSING}, given=pk_of("follow_up"), data=given.nothing),
    Row("contacts:postpone", {OWN: OPEN, OTHERS: MISSING}, given=pk_of("follow_up")),
    Row("contacts:change", {OWN: OPEN, OTHERS: MISSING}, given=pk_of("contact")),
    Row("contacts:cancel", {JOBCENTRES: WRONG_METHOD}, given=pk_of("contact")),
    Row("contacts:cancel", {OWN: GONE_ON, OTHERS: MISSING}, given=pk_of("contact"), data=the(version="1")),
    # --- the desk -----------------------------------------------------------------------------------
    Row("desk:my_day", {JOBCENTRES: OPEN}, hides={OTHERS: given.work_of_others}),
    Row(
        "search",
        {STAFF: OPEN},
        given=given.all_that_can_be_found,
        query="?q=strandmarken",
        hides={
            f"{NOT_SHARING} {OFFICERS} national": given.name_of_company,
            f"{OTHERS} {OFFICERS} national": given.work_of_others,
        },
    ),
    Row("desk:contact", {OWN: OPEN, OTHERS: MISSING}, given=pk_of("contact")),
    Row("desk:open_from", {OWN: OPEN, OTHERS: MISSING}, given=pk_of("contact")),
    Row("desk:queue", {JOBCENTRES: OPEN}, hides={OTHERS: given.work_of_others}),
    *(
        Row(name, {JOBCENTRES: OPEN}, hides={OTHERS: given.work_of_others}, query=CSV, note="as a file")
        for name in ("desk:my_day", "desk:queue", "desk:follow_ups")
    ),
    Row("desk:bulk_enquiries", {JOBCENTRES: WRONG_METHOD}),
    Row(
        "desk:bulk_enquiries",
        {OWN: OPEN, OTHERS: GONE_ON},
        data=given.enquiry_to_give,
        note="to whom is asked, or there is nothing to give",
    ),
    Row(
        "desk:follow_ups",
        {JOBCENTRES: OPEN},
        query="?due=all&owner=all",
        hides={OTHERS: given.work_of_others},
    ),
    Row("desk:bulk_follow_ups", {JOBCENTRES: WRONG_METHOD}),
    Row("desk:bulk_follow_ups", {JOBCENTRES: GONE_ON}, data=given.follow_up_that_is_done),
    Row("desk:write_remark", {JOBCENTRES: WRONG_METHOD}, given=pk_of("enquiry")),
    Row(
        "desk:write_remark",
        {OWN: GONE_ON, OTHERS: MISSING},
        given=pk_of("enquiry"),
        data=the(**{"remark-text": "Ringer selv."}),
    ),
    Row("desk:read_mention", {JOBCENTRES: WRONG_METHOD}, given=pk_of("mention")),
    Row(
        "desk:read_mention",
        {"manager": GONE_ON, f"caseworker {OTHERS}": MISSING},
        given=pk_of("mention"),
        data=given.nothing,
        note="of the manager",
    ),
    Row("desk:my_calendar", {JOBCENTRES: OPEN}),
    Row("desk:my_calendar", {JOBCENTRES: OPEN}, data=given.nothing, note="a new address"),
    Row("desk:revoke_calendar", {JOBCENTRES: WRONG_METHOD}),
    Row("desk:revoke_calendar", {JOBCENTRES: GONE_ON}, data=given.nothing),
    Row("desk:calendar", {EVERYBODY: OPEN}, given=given.calendar, hides={EVERYBODY: given.not_in_calendars}),
    Row("desk:calendar", {EVERYBODY: MISSING}, given=the(token="x" * 43), note="by another address"),
    Row("desk:save_view", {JOBCENTRES: WRONG_METHOD}),
    Row("desk:save_view", {JOBCENTRES: MISSING}, data=the(listed="admin:index"), note="of no list"),
    Row("desk:save_view", {JOBCENTRES: GONE_ON}, data=the(listed="desk:queue", name="Mine")),
    Row("desk:forget_view", {JOBCENTRES: WRONG_METHOD}, given=pk_of("saved_view")),
    Row(
        "desk:forget_view",
        {OWN: GONE_ON, OTHERS: MISSING},
        given=pk_of("saved_view"),
        data=given.nothing,
        note="shared by a caseworker",
    ),
    Row("desk:enquiry", {OWN: OPEN, OTHERS: MISSING}, given=pk_of("enquiry")),
    Row(
        "desk:enquiry",
        {OWN: OPEN, OTHERS: MISSING},
        given=pk_of("confidential_enquiry"),
        note="that is confidential",
    ),
    Row("desk:file", {OWN: OPEN, OTHERS: MISSING}, given=given.attachment),
    Row("desk:confirm", {JOBCENTRES: WRONG_METHOD}, given=pk_of("enquiry")),
    Row(
        "desk:confirm",
        {OWN: GONE_ON, OTHERS: MISSING},
        given=pk_of("enquiry"),
        data=the(**{"confirm-reason": "Talt med Mette."}),
    ),
    *(
        row
        for name, data in (("add_handler", given.nothing), ("release", given.nothing))
        for row in (
            Row(f"desk:{name}", {JOBCENTRES: WRONG_METHOD}, given=pk_of("confidential_enquiry")),
            Row(
                f"desk:{name}",
                {OWN: OPEN, OTHERS: MISSING},
                given=pk_of("confidential_enquiry"),
                data=data,
                note="with nothing chosen",
            ),
        )
    ),
    Row("desk:answer_times", {"manager strange_manager": OPEN}),
    Row(
        "desk:answer_times",
        {"manager strange_manager": OPEN},
        data=the(kind="other", working_days="11", valid_from=""),
        note="with faults",
    ),
    Row("desk:start", {JOBCENTRES: WRONG_METHOD}, given=pk_of("enquiry")),
    Row("desk:start", {OWN: GONE_ON, OTHERS: MISSING}, given=pk_of("enquiry"), data=given.nothing),
    Row("desk:answer", {JOBCENTRES: WRONG_METHOD}, given=pk_of("enquiry")),
    Row("desk:answer", {OWN: GONE_ON, OTHERS: MISSING}, given=pk_of("enquiry"), data=the(text="Vi ringer.")),
    Row("desk:close", {JOBCENTRES: WRONG_METHOD}, given=pk_of("enquiry")),
    Row("desk:close", {OWN: GONE_ON, OTHERS: MISSING}, given=pk_of("enquiry"), data=the(comment="Aftalt.")),
    Row("desk:publish", {OWN: OPEN, OTHERS: MISSING}, given=pk_of("enquiry")),
    Row("desk:publish", {OWN: GONE_ON, OTHERS: MISSING}, given=pk_of("enquiry"), data=given.nothing),
    Row("desk:begin_placement", {JOBCENTRES: WRONG_METHOD}, given=pk_of("subsidy_enquiry")),
    Row(
        "desk:begin_placement",
        {OWN: GONE_ON, OTHERS: MISSING},
        given=pk_of("subsidy_enquiry"),
        data=the(action="fill"),
    ),
    Row("desk:apply", {EVERYBODY: WRONG_METHOD}, given=given.subsidy_link),
    Row("desk:apply", {EVERYBODY: GONE_ON}, given=given.subsidy_link, data=given.nothing),
    Row("desk:apply", {EVERYBODY: MISSING}, given=given.wrong_link, data=given.nothing, note="another link"),
    Row("desk:vacancy", {OWN: OPEN, OTHERS: MISSING}, given=pk_of("enquiry")),
    Row("desk:vacancy_step", {JOBCENTRES: WRONG_METHOD}, given=given.step_of_enquiry),
    Row(
        "desk:vacancy_step",
        {OWN: GONE_ON, OTHERS: MISSING},
        given=given.step_of_enquiry,
        data=given.nothing,
    ),
    Row("desk:send_back", {JOBCENTRES: WRONG_METHOD}, given=pk_of("enquiry")),
    Row(
        "desk:send_back",
        {OWN: GONE_ON, OTHERS: MISSING},
        given=pk_of("enquiry"),
        data=the(**{"back-reason": "Skriv timetallet."}),
    ),
    Row("desk:verify", {JOBCENTRES: WRONG_METHOD}, given=pk_of("enquiry")),
    Row(
        "desk:verify",
        {OWN: GONE_ON, OTHERS: MISSING},
        given=pk_of("enquiry"),
        data=the(**{"verify-how": "Ringede til hovednummeret."}),
    ),
    Row("desk:end_verification", {JOBCENTRES: WRONG_METHOD}, given=pk_of("enquiry")),
    Row(
        "desk:end_verification",
        {OWN: GONE_ON, OTHERS: MISSING},
        given=pk_of("enquiry"),
        data=given.nothing,
    ),
    Row("desk:conflicts", {JOBCENTRES: OPEN}, hides={NOT_SHARING: given.source_of_conflict}),
    Row("desk:new_conflict", {SHARING: OPEN, NOT_SHARING: MISSING}, given=pk_of("company")),
    Row("desk:end_conflict", {SHARING: OPEN, NOT_SHARING: MISSING}, given=pk_of("conflict")),
    Row("desk:companies", {JOBCENTRES: OPEN}, hides={NOT_SHARING: given.name_of_company}),
    Row(
        "desk:companies",
        {JOBCENTRES: OPEN},
        hides={NOT_SHARING: given.name_of_company},
        query=CSV,
        note="as a file",
    ),
    Row(
        "desk:company",
        {SHARING: OPEN, NOT_SHARING: MISSING},
        given=given.pk_of_company,
        hides={"neighbour": given.secrets_of_company},
    ),
    Row("imports:lists", {JOBCENTRES: OPEN}, hides={OTHERS: given.name_of_list}),
    Row("imports:template", {JOBCENTRES: OPEN}, query=CSV),
    Row("imports:list", {OWN: OPEN, OTHERS: MISSING}, given=pk_of("list_import")),
    Row(
        "imports:list", {OWN: OPEN, OTHERS: MISSING}, given=pk_of("list_import"), query=CSV, note="as a file"
    ),
    Row("imports:list", {OWN: GONE_ON, OTHERS: MISSING}, given=pk_of("list_import"), data=given.nothing),
    Row("desk:new_company", {JOBCENTRES: OPEN}),
    Row(
        "desk:companies_like",
        {JOBCENTRES: OPEN},
        query="?name=Strandmarkens+Emballage",
        hides={NOT_SHARING: given.address_of_company},
        note="far away only that it exists",
    ),
    Row("desk:doubles", {OWN: OPEN, OTHERS: MISSING}, given=given.pk_of_company),
    Row("desk:merge_companies", {OWN: OPEN, OTHERS: MISSING}, given=given.company_and_double),
    Row("desk:new_person", {SHARING: OPEN, NOT_SHARING: MISSING}, given=given.pk_of_company),
    Row("desk:people_like", {SHARING: OPEN, NOT_SHARING: MISSING}, given=given.pk_of_company),
    Row("desk:double_people", {OWN: OPEN, OTHERS: MISSING}, given=given.one_person),
    Row("desk:about_person", {"manager": OPEN, "strange_manager": MISSING}, given=given.one_person),
    Row(
        "desk:about_person",
        {"manager": OPEN, "strange_manager": MISSING},
        given=given.one_person,
        query="?hent=json",
        note="as a file",
    ),
    Row("desk:erase_person", {"manager": OPEN, "strange_manager": MISSING}, given=given.one_person),
    Row(
        "desk:erase_person",
        {"manager": GONE_ON, "strange_manager": MISSING},
        given=given.erasable_person,
        data=the(reason="Har bedt om det"),
    ),
    Row("desk:merge_people", {OWN: OPEN, OTHERS: MISSING}, given=given.person_and_double),
    Row("desk:merges", {JOBCENTRES: OPEN}, hides={OTHERS: given.name_of_merged}),
    Row("desk:merge", {OWN: OPEN, OTHERS: MISSING}, given=pk_of("merge")),
    Row("desk:merge", {OWN: GONE_ON, OTHERS: MISSING}, given=pk_of("merge"), data=given.nothing),
    *(
        Row(
            "desk:company_part",
            {SHARING: OPEN, NOT_SHARING: MISSING},
            given=given.part_of_company(part),
            hides={"neighbour": given.secrets_of_company},
            query=query,
            note=f"{part} {query}",
        )
        for part in ("kontakter", "henvendelser", "stillinger", "forloeb", "personer")
        for query in ("", CSV)
    ),
    Row("desk:company_part", {JOBCENTRES: MISSING}, given=given.part_of_company("andet"), note="of no kind"),
    Row(
        "desk:my_company",
        {EMPLOYERS: OPEN},
        hides={EMPLOYERS: given.note, "newcomer competitor": given.enquiry_of_colleague},
    ),
    Row("desk:first_users", {JOBCENTRES: OPEN}, hides={OTHERS: given.asks_for_access}),
    Row("desk:first_user", {OWN: OPEN, OTHERS: MISSING}, given=pk_of("access_request")),
    Row(
        "desk:first_user",
        {OWN: GONE_ON, OTHERS: MISSING},
        given=pk_of("access_request"),
        data=the(confirm="1"),
        note="confirming",
    ),
    Row(
        "desk:who_contacted_us",
        {"employer competitor": OPEN},
        hides={"employer": given.note, "competitor": given.name_of_jobcentre_and_company},
    ),
    Row("desk:preferences", {"employer competitor": OPEN}, hides={"competitor": given.name_of_company}),
    Row("desk:preferences", {"employer competitor": GONE_ON}, data=the(version="0")),
    # --- who acts for a company ---------------------------------------------------------------------
    Row("access:ask", {EVERYBODY: OPEN}),
    Row("access:ask", {EVERYBODY: OPEN}, data=given.nothing, note="with nothing typed"),
    Row("access:prove", {EVERYBODY: OPEN}, given=given.proof, note="by the signed link"),
    Row("access:prove", {EVERYBODY: GONE_ON}, given=given.proof, data=given.nothing, note="pressed"),
    Row("access:prove", {EVERYBODY: MISSING}, given=given.wrong_token, note="by another link"),
    Row("access:accept", {EVERYBODY: OPEN}, given=given.invitation, note="by the signed link"),
    Row("access:accept", {EVERYBODY: GONE_ON}, given=given.invitation, data=given.nothing, note="pressed"),
    Row("access:accept", {EVERYBODY: MISSING}, given=given.wrong_token, note="by another link"),
    Row("access:colleagues", {"employer competitor": OPEN}, hides={"competitor": given.colleagues}),
    Row(
        "access:colleagues",
        {"employer competitor": GONE_ON},
        data=the(email="ny@firma.example", standing="colleague"),
        note="inviting",
    ),
    Row("access:leave", {EMPLOYERS: OPEN}),
    Row("access:leave", {"employer competitor": OPEN, "newcomer": GONE_ON}, data=given.nothing),
    Row("access:colleague", {"employer": OPEN, "competitor": MISSING}, given=given.own_membership),
    Row(
        "access:colleague",
        {"employer": GONE_ON, "competitor": MISSING},
        given=given.own_membership,
        data=the(standing="administrator"),
    ),
    Row("access:remove", {EMPLOYERS: WRONG_METHOD}, given=given.own_membership),
    Row(
        "access:remove",
        {"employer": GONE_ON, "competitor": MISSING},
        given=given.own_membership,
        data=given.nothing,
    ),
    Row("access:revoke", {EMPLOYERS: WRONG_METHOD}, given=pk_of("invitation")),
    Row(
        "access:revoke",
        {"employer": GONE_ON, "competitor": MISSING},
        given=pk_of("invitation"),
        data=given.nothing,
    ),
    Row("access:decide", {EMPLOYERS: WRONG_METHOD}, given=pk_of("later_request")),
    Row(
        "access:decide",
        {"employer": GONE_ON, "competitor": MISSING},
        given=pk_of("later_request"),
        data=the(confirm="1"),
    ),
    # --- whose an enquiry is, and help between jobcentres ------------------------------------------
    Row("desk:give", {JOBCENTRES: WRONG_METHOD}, given=pk_of("enquiry")),
    Row("desk:give", {OWN: GONE_ON, OTHERS: MISSING}, given=pk_of("enquiry"), data=given.colleague),
    Row("desk:move", {OWN: OPEN, OTHERS: MISSING}, given=pk_of("enquiry")),
    Row("desk:move", {OWN: GONE_ON, OTHERS: MISSING}, given=pk_of("enquiry"), data=given.move),
    Row("desk:ask", {OWN: OPEN, OTHERS: MISSING}, given=pk_of("enquiry")),
    Row("desk:ask", {OWN: GONE_ON, OTHERS: MISSING}, given=pk_of("enquiry"), data=given.question),
    Row("desk:helps", {JOBCENTRES: OPEN}, hides={f"{OWN} {NOT_SHARING}": given.question_asked}),
    Row(
        "desk:help",
        {"neighbour": OPEN, f"{OWN} {NOT_SHARING}": MISSING},
        given=pk_of("help_answer"),
        hides={"neighbour": given.words_of_employer},
    ),
    Row(
        "desk:help",
        {"neighbour": GONE_ON, f"{OWN} {NOT_SHARING}": MISSING},
        given=pk_of("help_answer"),
        data=the(action="offer", text="Vi har to."),
    ),
    Row(
        "desk:help",
        {JOBCENTRES: MISSING},
        given=pk_of("confidential_help_answer"),
        note="about an enquiry that has become confidential",
    ),
    # --- a manager's pages --------------------------------------------------------------------------
    Row("desk:staffing", {MANAGERS: OPEN}, hides={"strange_manager": given.staffing_of_koege}),
    Row("desk:absent", {MANAGERS: WRONG_METHOD}),
    Row("desk:absent", {MANAGERS: OPEN}, data=given.nothing, note="without anybody who is away"),
    Row("desk:back", {MANAGERS: WRONG_METHOD}, given=pk_of("absence")),
    Row(
        "desk:back",
        {"manager": GONE_ON, "strange_manager": MISSING},
        given=pk_of("absence"),
        data=given.nothing,
    ),
    Row("desk:new_team", {MANAGERS: OPEN}),
    Row("desk:team", {"manager": OPEN, "strange_manager": MISSING}, given=pk_of("team")),
    Row("desk:no_team", {MANAGERS: WRONG_METHOD}, given=pk_of("team")),
    Row(
        "desk:no_team",
        {"manager": GONE_ON, "strange_manager": MISSING},
        given=pk_of("team"),
        data=given.nothing,
    ),
    Row("desk:agreements", {JOBCENTRES: OPEN}, hides={NOT_SHARING: given.name_of_agreement}),
    Row("desk:partners_queue", {JOBCENTRES: OPEN}, hides={OTHERS: given.name_of_company}),
    Row("desk:partners_enquiry", {JOBCENTRES: MISSING}, given=pk_of("enquiry"), note="of no agreement"),
    Row(
        "desk:partners_enquiry",
        {"neighbour": OPEN, f"{OWN} {NOT_SHARING}": MISSING},
        given=given.shared_enquiry,
        hides={"neighbour": given.words_of_shared_enquiry},
        note="of a queue that an agreement shares",
    ),
    Row(
        "desk:partners_enquiry",
        {"neighbour": OPEN, f"{OWN} {NOT_SHARING}": MISSING},
        given=given.shared_enquiry,
        data=given.nothing,
        note="without an offer",
    ),
    Row("desk:new_agreement", {MANAGERS: OPEN}),
    Row("desk:agreement", {SHARING: OPEN, NOT_SHARING: MISSING}, given=pk_of("agreement")),
    Row(
        "desk:change_agreement",
        {"manager": OPEN, "strange_manager": MISSING},
        given=pk_of("drafted_agreement"),
        note="of a draft",
    ),
    Row("desk:change_agreement", {"manager": GONE_ON, "strange_manager": MISSING}, given=pk_of("agreement")),
    *(
        row
        for step in ("accept_agreement", "refuse_agreement", "withdraw_agreement", "end_agreement")
        for row in (
            Row(f"desk:{step}", {MANAGERS: WRONG_METHOD}, given=pk_of("agreement")),
            Row(
                f"desk:{step}",
                {
                    "manager": OPEN if step in ("refuse_agreement", "end_agreement") else GONE_ON,
                    "strange_manager": MISSING,
                },
                given=pk_of("agreement"),
                data=given.nothing,
                note="without a word",
            ),
        )
    ),
    Row("desk:lead", {SHARING: OPEN, NOT_SHARING: MISSING}, given=pk_of("company")),
    Row("desk:no_lead", {JOBCENTRES: WRONG_METHOD}, given=pk_of("company")),
    Row(
        "desk:no_lead",
        {SHARING: GONE_ON, NOT_SHARING: MISSING},
        given=pk_of("company"),
        data=given.nothing,
    ),
    # --- the dashboard ------------------------------------------------------------------------------
    Row("dashboard:area", {OFFICERS: OPEN}, hides={"other_officer": given.name_of_jobcentre}),
    Row("dashboard:area", {OFFICERS: MISSING}, query=CSV, note="as a file before anything is compared"),
    Row("dashboard:country", {f"{OFFICERS} national": OPEN}),
    Row("dashboard:my_jobcentre", {JOBCENTRES: GONE_ON}),
    Row(
        "dashboard:jobcentre",
        {STAFF: OPEN},
        given=lambda world: {"pk": world.koege.jobcentre.pk},
        hides={f"caseworker {OTHERS} other_officer national": given.links_to_flag_and_intervention},
    ),
    Row(
        "dashboard:jobcentre",
        {STAFF: OPEN},
        given=lambda world: {"pk": world.koege.jobcentre.pk},
        query="?hent=json",
        note="as a file",
    ),
    Row(
        "dashboard:over_time",
        {STAFF: OPEN},
        given=lambda world: {"pk": world.koege.jobcentre.pk, "code": world.measure.code},
    ),
    Row(
        "dashboard:result",
        {STAFF: MISSING},
        given=lambda world: {
            "pk": world.koege.jobcentre.pk,
            "code": world.measure.code,
            "group": "ready_for_work",
            "period": "2026QMAT03",
        },
        note="of what was never compared",
    ),
    *(
        Row(
            "dashboard:reply",
            {"manager strange_manager": answer},
            given=lambda world: {
                "pk": world.koege.jobcentre.pk,
                "code": world.measure.code,
                "group": "ready_for_work",
                "period": "2026QMAT03",
            },
            data=data,
            note="to what was never compared",
        )
        for data, answer in ((None, WRONG_METHOD), (given.nothing, MISSING))
    ),
    Row("dashboard:recompute", {OFFICERS: WRONG_METHOD}),
    Row("dashboard:recompute", {OFFICERS: GONE_ON}, data=given.nothing),
    Row("dashboard:recomputation", {OFFICERS: OPEN}, given=pk_of("recomputation")),
    Row("dashboard:measures", {STAFF: OPEN}),
    Row("dashboard:measure", {STAFF: OPEN}, given=lambda world: {"code": world.measure.code}),
    Row("dashboard:compare", {STAFF: OPEN}),
    Row("illustration:year", {STAFF: OPEN}),
    Row("dashboard:save_selection", {STAFF: WRONG_METHOD}),
    Row("dashboard:save_selection", {STAFF: GONE_ON}, data=given.nothing, note="without a name"),
    Row("dashboard:forget_selection", {STAFF: WRONG_METHOD}, given=pk_of("selection")),
    Row(
        "dashboard:forget_selection",
        {"caseworker": GONE_ON, f"manager {OTHERS} {OFFICERS} national": MISSING},
        given=pk_of("selection"),
        data=given.nothing,
    ),
    # --- labour catchments --------------------------------------------------------------------------
    Row("geography:catchments", {STAFF: GONE_ON}),
    Row("geography:catchment", {STAFF: OPEN}, given=given.municipality),
    Row("geography:catchment", {STAFF: OPEN}, given=given.municipality, query="?hent=csv", note="as a file"),
    Row("geography:catchment", {STAFF: MISSING}, given=the(code="0999"), note="of no municipality"),
    Row(
        "geography:correct",
        {"area_officer national": OPEN, "other_officer": MISSING},
        given=given.municipality,
    ),
    Row(
        "geography:end_correction",
        {"area_officer national": OPEN, "other_officer": MISSING},
        given=pk_of("correction"),
    ),
    # --- deliveries of figures ----------------------------------------------------------------------
    Row("feeds:deliveries", {OFFICERS: OPEN}),
    Row("feeds:freshness", {OFFICERS: OPEN}),
    Row("feeds:upload", {OFFICERS: OPEN}),
    Row("feeds:upload", {OFFICERS: OPEN}, data=given.nothing, note="without a file"),
    Row("feeds:delivery", {"area_officer": OPEN, "other_officer": MISSING}, given=pk_of("arrival")),
    Row("feeds:evidence", {"area_officer": OPEN, "other_officer": MISSING}, given=pk_of("arrival")),
    Row("feeds:explain", {"area_officer": OPEN, "other_officer": MISSING}, given=pk_of("refused_arrival")),
    Row(
        "feeds:explain",
        {"area_officer": OPEN, "other_officer": MISSING},
        given=pk_of("refused_arrival"),
        data=given.nothing,
        note="without an explanation",
    ),
    Row("feeds:fetch", {OFFICERS: GONE_ON}, given=pk_of("fetched_table"), data=given.nothing),
    Row(
        "feeds:count",
        {"area_officer": GONE_ON, "other_officer": MISSING},
        given=pk_of("arrival"),
        data=lambda world: {"shown": world.arrival.shown},
    ),
    Row(
        "feeds:drop",
        {"area_officer": GONE_ON, "other_officer": MISSING},
        given=pk_of("arrival"),
        data=lambda world: {"shown": world.arrival.shown, "reason": "Den gamle fil"},
    ),
    # --- framework conditions -----------------------------------------------------------------------
    Row("comparison:conditions", {f"{OFFICERS} national": OPEN}),
    Row("comparison:upload", {f"{OFFICERS} national": OPEN}),
    Row("comparison:upload", {f"{OFFICERS} national": OPEN}, data=given.nothing, note="without a file"),
    Row("comparison:file", {f"{OFFICERS} national": OPEN}, given=pk_of("condition_file")),
    Row("comparison:evidence", {f"{OFFICERS} national": OPEN}, given=pk_of("condition_file")),
    Row(
        "comparison:count",
        {f"{OFFICERS} national": GONE_ON},
        given=pk_of("condition_file"),
        data=lambda world: {"shown": proposed(world.condition_file).digest},
    ),
    Row(
        "comparison:drop",
        {f"{OFFICERS} national": GONE_ON},
        given=pk_of("condition_file"),
        data=lambda world: {"shown": "x", "reason": "Den gamle fil"},
    ),
    # --- the law's deadlines, and benefit spells -----------------------------------------------------
    Row("timeliness:overview", {f"{OFFICERS} national": OPEN}),
    Row("timeliness:own", {JOBCENTRES: GONE_ON}),
    Row("timeliness:late", {JOBCENTRES: OPEN}),
    Row("timeliness:jobcentre", {STAFF: OPEN}, given=lambda world: {"pk": world.koege.jobcentre.pk}),
    Row("timeliness:rules", {STAFF: OPEN}),
    Row("timeliness:rule", {STAFF: OPEN}, given=pk_of("deadline_rule")),
    Row("timeliness:deliveries", {JOBCENTRES: OPEN}, hides={OTHERS: given.name_of_spells}),
    Row("timeliness:deliveries", {JOBCENTRES: OPEN}, data=given.nothing, note="without a file"),
    Row("timeliness:check", {JOBCENTRES: GONE_ON}, note="without a file that waits"),
    Row("timeliness:check", {JOBCENTRES: GONE_ON}, data=given.nothing, note="without a file that waits"),
    # --- oversight ----------------------------------------------------------------------------------
    Row(
        "oversight:flags",
        {f"manager strange_manager {OFFICERS} national": OPEN},
        hides={"strange_manager other_officer national": given.link_to_flag},
    ),
    Row(
        "oversight:flags",
        {f"manager strange_manager {OFFICERS} national": OPEN},
        query=CSV,
        hides={"strange_manager other_officer national": given.name_of_jobcentre},
        note="as a file",
    ),
    Row(
        "oversight:rule",
        {f"manager strange_manager {OFFICERS} national": OPEN},
        given=given.rule_for_flags,
    ),
    Row(
        "oversight:flag",
        {"manager area_officer": OPEN, "strange_manager other_officer national": MISSING},
        given=pk_of("flag"),
    ),
    Row(
        "oversight:flag",
        {"manager area_officer national": OPEN, "strange_manager other_officer": MISSING},
        given=pk_of("confirmed_flag"),
        note="that is confirmed",
    ),
    Row(
        "oversight:archive",
        {"manager area_officer": OPEN, "strange_manager other_officer national": MISSING},
        given=pk_of("flag"),
    ),
    Row(
        "oversight:file",
        {"manager area_officer national": OPEN, "strange_manager other_officer": MISSING},
        given=given.hearing_file,
        note="of a flag that is confirmed",
    ),
    Row("oversight:decide", {OFFICERS: WRONG_METHOD}, given=pk_of("flag")),
    Row(
        "oversight:decide",
        {"area_officer": GONE_ON, "other_officer": MISSING},
        given=pk_of("flag"),
        data=given.decision,
    ),
    Row("oversight:answer", {"manager strange_manager": WRONG_METHOD}, given=pk_of("flag")),
    Row(
        "oversight:answer",
        {"manager": GONE_ON, "strange_manager": MISSING},
        given=pk_of("heard_flag"),
        data=the(answer="Vi har manglet to konsulenter."),
    ),
    # --- interventions ------------------------------------------------------------------------------
    Row(
        "interventions:board",
        {f"manager strange_manager {OFFICERS}": OPEN},
        hides={"strange_manager other_officer": given.link_to_intervention},
    ),
    Row("interventions:ask_for_help", {"manager strange_manager": OPEN}),
    Row(
        "interventions:of_flag",
        {"manager area_officer": GONE_ON, "strange_manager other_officer": MISSING},
        given=given.flag_to_begin_from,
    ),
    Row(
        "interventions:begin",
        {"area_officer": OPEN, "other_officer": MISSING},
        given=given.flag_to_begin_from,
    ),
    Row(
        "interventions:intervention",
        {"manager area_officer": OPEN, "strange_manager other_officer": MISSING},
        given=pk_of("intervention"),
    ),
    Row(
        "interventions:material",
        {"manager area_officer": OPEN, "strange_manager other_officer": MISSING},
        given=pk_of("intervention"),
    ),
    Row(
        "interventions:archive",
        {"manager area_officer": OPEN, "strange_manager other_officer": MISSING},
        given=pk_of("intervention"),
    ),
    Row("interventions:reply", {"manager strange_manager": WRONG_METHOD}, given=pk_of("intervention")),
    Row(
        "interventions:reply",
        {"manager": GONE_ON, "strange_manager": MISSING},
        given=pk_of("intervention"),
        data=the(text="Vi er i gang."),
    ),
    Row(
        "interventions:action_done",
        {f"manager strange_manager {OFFICERS}": WRONG_METHOD},
        given=pk_of("intervention"),
    ),
    Row(
        "interventions:action_done",
        {"manager area_officer": GONE_ON, "strange_manager other_officer": MISSING},
        given=given.agreed,
        data=the(what="Samtalerne gennemgås"),
    ),
    Row(
        "interventions:agreement",
        {"area_officer": OPEN, "other_officer": MISSING},
        given=pk_of("intervention"),
    ),
    Row(
        "interventions:step",
        {"area_officer": OPEN, "manager strange_manager other_officer": MISSING},
        given=given.escalation,
    ),
    Row(
        "interventions:step_of_part",
        {"area_officer": OPEN, "manager strange_manager other_officer": MISSING},
        given=given.cancelling,
    ),
    # --- bottlenecks --------------------------------------------------------------------------------
    Row("bottlenecks:published", {EVERYBODY: OPEN}, hides={EVERYBODY: given.link_to_draft_report}),
    Row("bottlenecks:reports", {STAFF: OPEN}),
    Row("bottlenecks:report", {STAFF: OPEN}, given=pk_of("report")),
    Row("bottlenecks:publish", {OFFICERS: WRONG_METHOD}, given=pk_of("report")),
    Row(
        "bottlenecks:publish",
        {"area_officer": GONE_ON, "other_officer": MISSING},
        given=pk_of("report"),
        data=the(reason="Gennemgået med rådet."),
    ),
    Row("bottlenecks:begin_campaign", {OFFICERS: MISSING}, given=pk_of("line"), note="of a draft"),
    Row("bottlenecks:campaign", {OFFICERS: MISSING}, given=pk_of("campaign"), note="a jobcentre's"),
    Row("bottlenecks:end_campaign", {OFFICERS: WRONG_METHOD}, given=pk_of("campaign")),
    Row("bottlenecks:end_campaign", {OFFICERS: MISSING}, given=pk_of("campaign"), data=given.nothing),
    Row("bottlenecks:accept_the_rest", {OFFICERS: WRONG_METHOD}, given=pk_of("report")),
    Row(
        "bottlenecks:accept_the_rest",
        {"area_officer": GONE_ON, "other_officer": MISSING},
        given=pk_of("report"),
        data=the(accepting="Gennemgået med rådet."),
    ),
    Row("bottlenecks:correct", {OFFICERS: WRONG_METHOD}, given=pk_of("report")),
    Row(
        "bottlenecks:correct",
        {"area_officer": GONE_ON, "other_officer": MISSING},
        given=pk_of("report"),
        data=the(correction="Et lager var talt med to gange.", basis="as_published"),
    ),
    Row("bottlenecks:review", {OFFICERS: WRONG_METHOD}, given=pk_of("line")),
    Row(
        "bottlenecks:review",
        {"area_officer": GONE_ON, "other_officer": MISSING},
        given=pk_of("line"),
        data=given.review,
    ),
    Row(
        "bottlenecks:occupation",
        {STAFF: OPEN},
        given=given.code_of_monitored,
        query="?place=kommune-0259&by=kommune",
        hides={f"{OTHERS} {OFFICERS} national": given.numbers_of_monitored},
    ),
    Row(
        "bottlenecks:occupation",
        {STAFF: OPEN},
        given=given.code_of_monitored,
        query=CSV,
        hides={f"{OTHERS} {OFFICERS} national": given.numbers_of_monitored},
        note="as a file",
    ),
    Row("bottlenecks:places", {STAFF: GONE_ON}, given=given.monitored),
    Row(
        "bottlenecks:place",
        {STAFF: OPEN},
        given=given.place_of_monitored,
        query="?occupation=8142",
        hides={f"{OTHERS} {OFFICERS} national": given.numbers_of_monitored},
    ),
    Row(
        "bottlenecks:monitoring",
        {STAFF: OPEN},
        given=given.monitored,
        query="?place=omraade-sjaelland&by=kommune&digits=4",
        hides={f"{OTHERS} {OFFICERS} national": given.numbers_of_monitored},
    ),
    Row(
        "bottlenecks:beveridge",
        {STAFF: OPEN},
        given=given.monitored,
        query="?place=kommune-0259",
        hides={f"{OTHERS} {OFFICERS} national": given.numbers_of_monitored},
    ),
    Row("bottlenecks:registers", {f"{OFFICERS} national": OPEN}),
    Row("bottlenecks:register_upload", {f"{OFFICERS} national": OPEN}),
    Row(
        "bottlenecks:register_upload",
        {f"{OFFICERS} national": OPEN},
        data=given.nothing,
        note="without a file",
    ),
    Row("bottlenecks:register", {f"{OFFICERS} national": OPEN}, given=pk_of("stock_delivery")),
    Row("bottlenecks:register_evidence", {f"{OFFICERS} national": OPEN}, given=pk_of("stock_delivery")),
    Row(
        "bottlenecks:register_count",
        {f"{OFFICERS} national": GONE_ON},
        given=pk_of("stock_delivery"),
        data=lambda world: {"shown": world.stock_delivery.difference.digest},
    ),
    Row(
        "bottlenecks:register_drop",
        {f"{OFFICERS} national": GONE_ON},
        given=pk_of("stock_delivery"),
        data=lambda world: {"shown": "x", "reason": "Den gamle fil"},
    ),
    # --- published comparisons ----------------------------------------------------------------------
    Row("publications:latest", {EVERYBODY: OPEN}, hides={EVERYBODY: given.link_to_draft_publication}),
    Row("publications:method", {EVERYBODY: OPEN}),
    Row("publications:issue", {EVERYBODY: OPEN}, given=given.number_of_publication),
    Row(
        "publications:issue",
        {EVERYBODY: OPEN},
        given=given.number_of_publication,
        query="?hent=json",
        note="as a file",
    ),
    Row("publications:participant", {EVERYBODY: OPEN}, given=given.jobcentre_in_publication),
    Row(
        "publications:compared_with",
        {STAFF: OPEN},
        given=lambda world: {"pk": world.koege.jobcentre.pk},
        hides={STAFF: given.link_to_draft_publication},
    ),
    Row("publications:issues", {f"{OFFICERS} national": OPEN}),
    Row("publications:issues", {"national": OPEN}, data=given.nothing, note="drawing up"),
    Row("publications:check", {f"{OFFICERS} national": OPEN}, given=pk_of("draft_publication")),
    Row("publications:preview", {f"{OFFICERS} national": OPEN}, given=pk_of("draft_publication")),
    Row("publications:draw_up_again", {"national": WRONG_METHOD}, given=pk_of("draft_publication")),
    Row(
        "publications:draw_up_again",
        {"national": GONE_ON},
        given=pk_of("draft_publication"),
        data=given.nothing,
    ),
    Row("publications:publish", {"national": WRONG_METHOD}, given=pk_of("draft_publication")),
    Row(
        "publications:publish",
        {"national": GONE_ON},
        given=pk_of("draft_publication"),
        data=the(reason="Gennemgået måling for måling."),
    ),
]

AREA_OFFICERS_ADMINISTER = {
    "comparison.reply",
    "feeds.arrival",
    "oversight.flag",
    "interventions.intervention",
    "bottlenecks.report",
    "bottlenecks.line",
    "bottlenecks.stockdelivery",
    "publications.publication",
}
"""What area staff may open in the administration pages; all else there is the administrator's alone."""


def admin_rows() -> Iterator[Row]:
    """The administration pages: one rule for every model that is registered there."""
    away: dict[str, Answer] = {f"anonymous {EMPLOYERS} {JOBCENTRES} national": SIGN_IN}
    for name in ("index", "password_change", "password_change_done", "jsi18n"):
        yield Row(f"admin:{name}", {f"administrator {OFFICERS}": OPEN, **away})
    yield Row("admin:login", {"anonymous": SIGN_IN, f"administrator {OFFICERS}": GONE_ON})
    yield Row("admin:logout", {SIGNED_IN: GONE_ON}, data=given.nothing)
    yield Row("admin:autocomplete", {f"administrator {OFFICERS}": REFUSED, **away})
    yield Row(
        "admin:view_on_site",
        {f"administrator {OFFICERS}": MISSING, **away},
        given=the(content_type_id=0, object_id=0),
    )
    yield Row(
        "admin:app_list", {"administrator": OPEN, OFFICERS: MISSING, **away}, given=the(app_label="accounts")
    )
    yield Row(
        "admin:feeds_arrival_evidence",
        {"administrator area_officer": OPEN, "other_officer": MISSING, **away},
        given=pk_of("arrival"),
    )
    for model in admin.site._registry:
        label = model._meta.label_lower
        theirs = OPEN if label in AREA_OFFICERS_ADMINISTER else REFUSED
        name = f"admin:{label.replace('.', '_')}_changelist"
        yield Row(name, {"administrator": OPEN, OFFICERS: theirs, **away})


def covered_by_their_list() -> Iterator[str]:
    """Pages of one row in the administration: Django asks the same permissions for them as for the list."""
    for model in admin.site._registry:
        for page in ("add", "history", "delete", "change"):
            yield f"admin:{model._meta.label_lower.replace('.', '_')}_{page}"
    yield "admin:auth_user_password_change"


def rows() -> list[Row]:
    return [*ROWS, *admin_rows()]


def undeclared() -> list[str]:
    """The addresses of which nobody has said who may open them."""
    declared = {row.name for row in rows()} | set(covered_by_their_list())
    return [
        str(address)
        for address in addresses()
        if address.name not in declared
        # Django's own: an old form of the address of a row, and "no such page" for those who signed in.
        and not (
            address.route.startswith("admin/") and not address.name and address.view.startswith("django.")
        )
    ]

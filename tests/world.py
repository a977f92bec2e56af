"""One world for the access matrix: everybody who may ask for a page, and everything that could leak."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from employers.access.models import AccessRequest, Invitation
from employers.campaigns.models import Campaign
from employers.companies.merging import merge
from employers.companies.models import Company, Merge, Person, Workplace
from employers.contacts.models import Contact, FollowUp, Hold
from employers.desk.models import CalendarFeed, Mention, Remark, SavedView
from employers.enquiries import asking
from employers.enquiries.conversing import ask
from employers.enquiries.models import Attachment, Draft, Enquiry, HelpAnswer
from employers.imports.bringing import upload
from employers.imports.models import ListImport
from employers.placements.models import Effect, Placement
from employers.referrals.models import Candidate, Referral
from employers.saved_searches.models import SavedSearch
from employers.surveys.drawing import monday
from employers.surveys.models import Draw, Survey
from employers.vacancies.models import ExternalVacancy, LabourConflict, Vacancy
from jobcenter.accounts.models import Membership, Organisation, Reading, Role, Standing, User
from jobcenter.centres.agreeing import Proposal, draft
from jobcenter.centres.models import Absence, Agreement, Team
from jobcenter.classifications.models import Outlook
from jobcenter.geography.models import Correction
from jobcenter.notifications.models import Recipient
from regions.bottlenecks.demo import as_file
from regions.bottlenecks.models import Indicators, Line, Place, Report, StockDelivery
from regions.bottlenecks.registers import receiving as registers
from regions.comparison.load import load_conditions
from regions.comparison.models import ConditionFile, Recomputation, Selection
from regions.feeds.models import Arrival, Setup, Source
from regions.feeds.receiving import Origin, arrive, keep_unread
from regions.interventions import acting, agreeing, opening
from regions.interventions.models import Action, Intervention, Meeting
from regions.interventions.models import Agreement as AgreementOnImprovement
from regions.measures.models import Measure
from regions.measures.periods import Frequency, latest_ended, parse
from regions.oversight.evidence import Evidence
from regions.oversight.facts import Figures
from regions.oversight.models import Flag, HearingFile
from regions.publications.freezing import draw_up
from regions.publications.models import Publication
from regions.timeliness.models import DeadlineRule, SpellDelivery
from tests.conftest import Centre, Office, agree, make_user
from tests.making_campaigns import campaign_of
from tests.making_catchments import make_correction
from tests.making_placements import complete, make_law
from tests.making_referrals import candidate_of
from tests.making_referrals import complete as complete_referral
from tests.regions.making import review as review_flag
from tests.regions.publications.making import compare_in, publish_quarter
from tests.regions.timeliness.making import deliver

NOTE = "Direktøren overvejer at lukke natholdet"
"""What Køge wrote about the company, and nobody else may read."""


class World:
    """Køge is at home here. Things are made when a row asks for them, people at once."""

    def __init__(self, fixture: Callable[[str], Any]) -> None:
        self.fixture = fixture
        self.koege: Centre = fixture("koege")
        self.roskilde: Centre = fixture("roskilde")
        self.aarhus: Centre = fixture("aarhus")
        self.sjaelland: Office = fixture("sjaelland")
        self.midtjylland: Office = fixture("midtjylland")
        self.national: User = fixture("national")
        self.company: Company = fixture("company")
        self.actors: dict[str, User | None] = {
            "anonymous": None,
            "employer": fixture("employer"),
            "newcomer": self.make_newcomer(),
            "competitor": self.make_competitor(),
            "caseworker": self.koege.caseworker,
            "manager": self.koege.manager,
            "neighbour": self.roskilde.caseworker,
            "stranger": self.aarhus.caseworker,
            "strange_manager": self.aarhus.manager,
            "area_officer": self.sjaelland.officer,
            "other_officer": self.midtjylland.officer,
            "national": self.national,
            "administrator": fixture("administrator"),
        }

    def make_newcomer(self) -> User:
        """Says to be from the company, which nobody has confirmed yet."""
        user = make_user("Niels Ny", self.company.organisation, Role.EMPLOYER)
        Membership.objects.filter(user=user).update(confirmed_at=None)
        return user

    def make_competitor(self) -> User:
        """A confirmed user of another company, which also lies in Køge."""
        organisation = Organisation.objects.create(kind=Organisation.Kind.COMPANY, name="Ølby Plast ApS")
        other = Company.objects.create(cvr="99000027", name=organisation.name, organisation=organisation)
        Workplace.objects.create(
            company=other, address="Ølbyvej 3", postcode="4600", municipality=self.koege.municipality
        )
        Person.objects.create(company=other, name="Kim Konkurrent", email="kim@oelby.example")
        return make_user("Kim Konkurrent", organisation, Role.EMPLOYER)

    @cached_property
    def double(self) -> Company:
        """The company once more, typed in by hand."""
        made = Company.objects.create(
            country="DE", foreign_number="HRB 12345", name="Strandmarkens Emballage GmbH"
        )
        Workplace.objects.create(
            company=made, address="Havnen 1", postcode="4600", municipality=self.koege.municipality
        )
        return made

    @cached_property
    def merge(self) -> Merge:
        """Køge has made one of the two."""
        return merge(
            self.company,
            self.double,
            chosen={},
            by=self.koege.caseworker,
            jobcentre=self.koege.jobcentre,
            why="De har ringet og sagt det",
        )

    @cached_property
    def correction(self) -> Correction:
        """Of Køge's catchment, which lies in the area of Sjælland."""
        return make_correction(centre=self.koege.municipality, municipality=self.aarhus.municipality)

    @cached_property
    def list_import(self) -> ListImport:
        """Køge has uploaded a list and not confirmed it."""
        return upload(
            b"Virksomhed;Kontaktperson\nStrandmarkens Emballage A/S;Hemmelige Hans\n",
            name="vores-kontakter.csv",
            by=self.koege.caseworker,
            jobcentre=self.koege.jobcentre,
        )

    @cached_property
    def enquiry(self) -> Enquiry:
        return self.fixture("make_enquiry")(message="Vi vil helst ikke nævnes")

    @cached_property
    def confidential_enquiry(self) -> Enquiry:
        return self.fixture("make_enquiry")(
            kind=Enquiry.Kind.DISMISSALS, message="Fyrre i støberiet mister jobbet"
        )

    @cached_property
    def attachment(self) -> Attachment:
        """A file that the employer has sent along with the enquiry."""
        message = ask(
            self.enquiry, text="Se planen.", files=[SimpleUploadedFile("plan.txt", b"Natholdet lukker")]
        )
        return message.attachments.get()

    @cached_property
    def vacancy(self) -> Vacancy:
        return self.fixture("make_vacancy")(state=Vacancy.State.PUBLISHED, published_at=timezone.now())

    @cached_property
    def waiting_vacancy(self) -> Vacancy:
        return self.fixture("make_vacancy")(title="Hemmelig natholdsleder")

    @cached_property
    def external_vacancy(self) -> ExternalVacancy:
        return self.fixture("make_external")()

    @cached_property
    def held_external(self) -> ExternalVacancy:
        return self.fixture("make_external")(title="Ung mand søges", state=ExternalVacancy.State.HELD)

    @cached_property
    def published_enquiry(self) -> Enquiry:
        return self.fixture("make_enquiry")(vacancy=self.vacancy)

    @cached_property
    def subsidy_enquiry(self) -> Enquiry:
        return self.fixture("make_enquiry")(kind=Enquiry.Kind.WAGE_SUBSIDY, message="En på lageret.")

    @cached_property
    def survey(self) -> Survey:
        """The company is asked about a vacancy that closed without an answer."""
        now, today = timezone.now(), timezone.localdate()
        vacancy = self.fixture("make_vacancy")(
            title="Aftenholdets truckfører",
            state=Vacancy.State.CLOSED,
            outcome=Vacancy.Outcome.UNKNOWN,
            published_at=now - timedelta(days=40),
            closed_at=now - timedelta(days=14),
        )
        self.fixture("make_enquiry")(vacancy=vacancy)
        draw = Draw.objects.create(
            week=monday(today) - timedelta(days=14),
            percent=50,
            all_up_to=40,
            open_days=21,
            frame=[[vacancy.pk, vacancy.company_id]],
            finished_at=now,
        )
        return Survey.objects.create(
            draw=draw,
            vacancy=vacancy,
            company=vacancy.company,
            asked_on=today,
            open_until=today + timedelta(days=21),
            sent_at=now,
        )

    @cached_property
    def campaign(self) -> Campaign:
        """Of Køge and Roskilde, about the company, which is in Køge's share."""
        return campaign_of(self.koege, self.roskilde, self.company, name="Flere til natholdet")

    @cached_property
    def placement(self) -> Placement:
        """Waits for the employees and for Køge's decision."""
        return complete(label="Natholdets pakker", **self._of_koege)

    @cached_property
    def placement_draft(self) -> Placement:
        return complete(state=Placement.State.DRAFT, applied_at=None, **self._of_koege)

    @cached_property
    def effect(self) -> Effect:
        """What came of a placement that has ended is asked."""
        today = timezone.localdate()
        over = complete(
            state=Placement.State.ENDED,
            starts_on=today - timedelta(days=120),
            ended_on=today - timedelta(days=40),
            ending=Placement.Ending.EMPLOYER,
            **self._of_koege,
        )
        return Effect.objects.create(placement=over, weeks=2, due_on=today)

    @property
    def _of_koege(self) -> dict[str, Any]:
        make_law()
        return {
            "company": self.company,
            "jobcentre": self.koege.jobcentre,
            "owner": self.koege.caseworker,
        }

    @cached_property
    def candidate(self) -> Candidate:
        """Of Køge, and not to be shown outside."""
        return candidate_of(self.koege, occupation=self.fixture("occupation"), basis="", shown_since=None)

    @cached_property
    def neighbours_candidate(self) -> Candidate:
        """Of Roskilde, who may be shown outside."""
        return candidate_of(self.roskilde, occupation=self.fixture("occupation"))

    @cached_property
    def waiting_referral(self) -> Referral:
        """Køge asks Roskilde for its candidate."""
        return complete_referral(
            vacancy=self.vacancy, candidate=self.neighbours_candidate, state=Referral.State.PROPOSED
        )

    @cached_property
    def referral(self) -> Referral:
        return complete_referral(
            vacancy=self.vacancy, candidate=self.neighbours_candidate, state=Referral.State.SENT
        )

    @cached_property
    def conflict(self) -> LabourConflict:
        return LabourConflict.objects.create(
            company=self.company,
            jobcentre=self.koege.jobcentre,
            registered_by=self.koege.caseworker,
            starts_on=timezone.localdate(),
            source="Varsel fra forbundet, 12. november",
        )

    @cached_property
    def contact(self) -> Contact:
        return self.fixture("make_contact")(note=NOTE)

    @cached_property
    def reading(self) -> Reading:
        """Roskilde's caseworker has read about Køge's candidate."""
        return Reading.objects.create(
            by=self.roskilde.caseworker,
            organisation=self.roskilde.jobcentre.organisation,
            owner=self.koege.jobcentre.organisation,
            kind="referrals.candidate",
            key=self.candidate.pk,
            where=Reading.Where.MATCHING,
            page="referrals:matches",
        )

    def notes_and_candidates(self) -> dict[tuple[str, int], str]:
        """What the read log must hold a line for, and the text that shows that a page tells of it."""
        made = vars(self)
        found = {("contacts.contact", made["contact"].pk): NOTE} if "contact" in made else {}
        for name in ("candidate", "neighbours_candidate"):
            if name in made:
                found["referrals.candidate", made[name].pk] = made[name].reference
        return found

    @cached_property
    def hold(self) -> Hold:
        return self.fixture("make_hold")(jobcentre=self.koege.jobcentre, by=self.koege.caseworker)

    @cached_property
    def follow_up(self) -> FollowUp:
        return FollowUp.objects.create(
            contact=self.contact,
            company=self.company,
            owner=self.koege.caseworker,
            jobcentre=self.koege.jobcentre,
            what="Ring om natholdet",
            due_on=timezone.localdate(),
        )

    @cached_property
    def saved_view(self) -> SavedView:
        """Køge's caseworker shares it with the jobcentre."""
        return SavedView.objects.create(
            owner=self.koege.caseworker,
            jobcentre=self.koege.jobcentre,
            listed="desk:queue",
            name="Praktik, der venter",
            query="kind=work_trial",
            is_shared=True,
        )

    @cached_property
    def mention(self) -> Mention:
        """Køge's caseworker calls upon the manager in a remark on the enquiry."""
        remark = Remark.objects.create(
            enquiry=self.enquiry,
            jobcentre=self.koege.jobcentre,
            by=self.koege.caseworker,
            text="@Lone Friis, de har lovet for meget før",
        )
        return Mention.objects.create(remark=remark, user=self.koege.manager)

    @cached_property
    def calendar_token(self) -> str:
        return CalendarFeed.objects.renew(self.koege.caseworker, self.koege.jobcentre, at=timezone.now())

    def ask_for_access(self, of: Company, **fields: Any) -> AccessRequest:
        values = {
            "cvr": "99000015",
            "company_name": of.name,
            "postcode": "4600",
            "name": "Vibe Venter",
            "title": "Leder",
            "email": "vibe@venter.example",
            "phone": "56 00 50 98",
            "jobcentre": self.koege.jobcentre,
        }
        return AccessRequest.objects.create(**{**values, **fields})

    def wait_for_access(self, company: Company) -> AccessRequest:
        """Somebody whose address is proven, with a membership that nobody has confirmed."""
        assert company.organisation
        user = make_user("Vibe Venter", company.organisation, Role.EMPLOYER)
        Membership.objects.filter(user=user).update(confirmed_at=None, standing=Standing.COLLEAGUE)
        return self.ask_for_access(
            company,
            company=company,
            user=user,
            state=AccessRequest.State.WAITING,
            proven_at=timezone.now(),
            email=user.email,
        )

    @cached_property
    def unproven_request(self) -> AccessRequest:
        return self.ask_for_access(self.company)

    @cached_property
    def access_request(self) -> AccessRequest:
        """Of a company at Køge that has nobody yet."""
        organisation = Organisation.objects.create(kind=Organisation.Kind.COMPANY, name="Nystartet ApS")
        return self.wait_for_access(
            Company.objects.create(cvr="99000043", name=organisation.name, organisation=organisation)
        )

    @cached_property
    def later_request(self) -> AccessRequest:
        """Of the company, which has an administrator."""
        return self.wait_for_access(self.company)

    @cached_property
    def invitation(self) -> Invitation:
        inviter = self.actors["employer"]
        assert inviter
        return Invitation.objects.create(
            company=self.company,
            email="inviteret@strandmarken.example",
            standing=Standing.COLLEAGUE,
            invited_by=inviter,
            expires_at=timezone.now() + timedelta(days=14),
        )

    @cached_property
    def saved_search(self) -> SavedSearch:
        return SavedSearch.objects.create(email="seeker@example.dk", query="hvad=lager")

    @cached_property
    def recipient(self) -> Recipient:
        return Recipient.objects.create(email="mette.bruun@strandmarken.example")

    @cached_property
    def agreement(self) -> Agreement:
        """Between Køge and Roskilde."""
        return agree(
            name="Østsjællandsaftalen",
            purpose="Fælles rekruttering",
            jobcentres=[self.koege.jobcentre, self.roskilde.jobcentre],
            valid_from=timezone.localdate() - timedelta(days=30),
        )

    @cached_property
    def shared_enquiry(self) -> Enquiry:
        """Køge's, in a queue that Roskilde may read."""
        agree(
            name="Køaftalen",
            purpose="Fælles kø",
            jobcentres=[self.koege.jobcentre, self.roskilde.jobcentre],
            valid_from=timezone.localdate(),
            shared=[Agreement.Shared.QUEUE],
        )
        return self.enquiry

    @cached_property
    def drafted_agreement(self) -> Agreement:
        """Drafted by Køge: Roskilde has not accepted it."""
        return draft(
            Proposal(
                name="Udkastet",
                purpose="Fælles kandidater",
                partners=[self.koege.jobcentre, self.roskilde.jobcentre],
                lead_office=self.koege.jobcentre,
                valid_from=timezone.localdate(),
            ),
            jobcentre=self.koege.jobcentre,
            by=self.koege.manager,
        )

    @cached_property
    def help_answer(self) -> HelpAnswer:
        """Roskilde is asked by Køge, and has not answered."""
        return asking.ask(
            self.enquiry,
            agreement=self.agreement,
            question="Har I to pakkere?",
            by=self.koege.caseworker,
            at=timezone.now(),
        ).answers.get()

    @cached_property
    def confidential_help_answer(self) -> HelpAnswer:
        """As if somebody had been asked before the enquiry was found to be about dismissals."""
        answer = self.help_answer
        Enquiry.objects.filter(pk=self.enquiry.pk).update(kind=Enquiry.Kind.DISMISSALS, vacancy=None)
        return answer

    @cached_property
    def team(self) -> Team:
        return Team.objects.create(
            jobcentre=self.koege.jobcentre, name="Rekrutteringsholdet", valid_from=timezone.localdate()
        )

    @cached_property
    def absence(self) -> Absence:
        return Absence.objects.create(
            jobcentre=self.koege.jobcentre,
            user=self.koege.caseworker,
            valid_from=timezone.localdate() - timedelta(days=2),
        )

    @cached_property
    def draft(self) -> Draft:
        return Draft.objects.create(kind=Enquiry.Kind.RECRUIT)

    @cached_property
    def measure(self) -> Measure:
        return self.fixture("result_measure")

    @cached_property
    def refused_arrival(self) -> Arrival:
        """A file of Sjælland's officer whose columns nobody has explained."""
        return keep_unread(
            Origin(
                source="Kommunens egne tal",
                data_date=timezone.localdate(),
                file_name="tal.csv",
                content="Sted;2020Y01\nKøge;5\n".encode(),
                by=self.sjaelland.officer,
                area=self.sjaelland.area,
            )
        )

    @cached_property
    def fetched_table(self) -> Setup:
        """A table that is fetched for the whole country."""
        return Setup.objects.create(
            source=Source.objects.create(name="Jobindsats, y60b15"),
            valid_from=date(2007, 1, 1),
            address="https://api.jobindsats.example",
            table="y60b15",
            frequency=Setup.Frequency.FOUR_QUARTERS,
            layout={"columns": {}},
        )

    @cached_property
    def arrival(self) -> Arrival:
        """A file of Sjælland's officer that waits to count."""
        assert self.measure
        return arrive(
            Origin(
                source="Kommunens egne tal",
                data_date=timezone.localdate(),
                file_name="kommunens-egne-tal.csv",
                content=b"measure;period;municipality;value\nunemployed;2020Y01;0259;5\n",
                by=self.sjaelland.officer,
                area=self.sjaelland.area,
            )
        )

    @cached_property
    def deadline_rule(self) -> DeadlineRule:
        rules = self.fixture("law_in_force")
        return rules["offer", "ready_for_work", 2024]

    @cached_property
    def spell_delivery(self) -> SpellDelivery:
        """What Køge has delivered of its spells."""
        return deliver(self.koege.jobcentre, until=timezone.localdate() - timedelta(days=1))

    @cached_property
    def condition_file(self) -> ConditionFile:
        """A file of framework conditions that waits to count."""
        load_conditions()
        return ConditionFile.objects.create(
            source="Danmarks Statistik",
            came_as="rammevilkaar.csv",
            content="jobcenter;år;rammevilkår;værdi\n0259;2025;no_qualification;24,1\n".encode(),
            by=self.sjaelland.officer,
        )

    @cached_property
    def stock_delivery(self) -> StockDelivery:
        """A file of register figures that waits to count."""
        occupation, today = self.fixture("occupation"), timezone.localdate()
        half_year = latest_ended(Frequency.HALF_YEAR, on=today).code
        figures = {(half_year, occupation.code, "0259"): (400, 9, 38, 6)}
        found = registers.arrive(
            figures,
            origin=registers.Origin(
                source="Danmarks Statistik",
                data_date=today,
                file_name="register.csv",
                content=as_file(figures),
                by=self.sjaelland.officer,
            ),
        )
        assert found
        return found

    @cached_property
    def selection(self) -> Selection:
        """Jobcentres that Køge's caseworker compares with, kept to themselves."""
        selection = Selection.objects.create(
            owner=self.koege.caseworker, organisation=self.koege.jobcentre.organisation, name="Naboerne"
        )
        selection.jobcentres.add(self.roskilde.jobcentre)
        return selection

    @cached_property
    def flag(self) -> Flag:
        """Nobody has confirmed it."""
        return self._flag_raised(year=2026)

    def _flag_raised(self, *, year: int) -> Flag:
        before, latest = (
            Figures(
                name="Jobcenter Køge",
                period=f"{of_year}Y01",
                actual=actual,
                base=1000,
                expected=400.0,
                z_adjusted=-3.4,
                p_adjusted=0.001,
            )
            for of_year, actual in ((year - 1, 330), (year, 320))
        )
        evidence = Evidence(
            direction=self.measure.direction,
            periods=[before, latest],
            peers=[],
            reasons=[],
            share=0.4,
            tau2=0.001,
            comparisons=94,
            false_discovery_rate=0.05,
            definition_version=1,
            rule_version=1,
            data_date="2026-11-12",
        )
        return Flag.objects.create(
            jobcentre=self.koege.jobcentre,
            measure=self.measure,
            target_group=self.fixture("group"),
            period=latest.period,
            severity=Flag.Severity.SERIOUS,
            rule=self.fixture("flag_rule"),
            evidence=evidence.as_json(),
            due_on=timezone.localdate() + timedelta(days=14),
        )

    @cached_property
    def heard_flag(self) -> Flag:
        """In hearing: it is the jobcentre's turn."""
        return self._heard(self.flag)

    @cached_property
    def confirmed_flag(self) -> Flag:
        """Another one, heard and decided."""
        heard = self._heard(self._flag_raised(year=2024))
        heard.answer(
            "Vi genkender billedet.", by=self.koege.manager, organisation=self.koege.jobcentre.organisation
        )
        return heard.confirm(
            by=self.sjaelland.officer,
            organisation=self.sjaelland.office.organisation,
            reason="Jobcentret genkender billedet.",
        )

    @cached_property
    def hearing_file(self) -> HearingFile:
        """Came with the answer about the flag that is confirmed."""
        flag = self.confirmed_flag
        content = b"%PDF-1.7\n%%EOF\n"
        return HearingFile.objects.create(
            flag=flag,
            name="bemanding.pdf",
            kind="pdf",
            size=len(content),
            digest="0" * 64,
            content=content,
            at=flag.heard_at,
        )

    def _heard(self, flag: Flag) -> Flag:
        officer = {"by": self.sjaelland.officer, "organisation": self.sjaelland.office.organisation}
        return review_flag(flag, **officer).send_to_hearing(
            **officer,
            reason="Resultatet skal forklares",
            due_on=timezone.localdate() + timedelta(days=14),
        )

    @cached_property
    def intervention(self) -> Intervention:
        """At Køge's own wish, and taken up."""
        asked = opening.ask_for_help(
            jobcentre=self.koege.jobcentre,
            about=[],
            by=self.koege.manager.memberships.get(),
            reason="Vi vil gerne se på samtalerne",
        )
        return opening.take_up(asked, by=self.sjaelland.officer.memberships.get(), reason="Det gør vi gerne")

    @cached_property
    def improvement(self) -> AgreementOnImprovement:
        """An agreement signed by both, in the intervention."""
        officer = self.sjaelland.officer.memberships.get()
        soon = timezone.localdate() + timedelta(days=30)
        drafted = agreeing.draft(
            self.intervention,
            purpose="Samtaler til tiden",
            targets=[],
            actions=[Action(what="Samtalerne gennemgås", who="Faglig leder", due_on=soon)],
            by=officer,
        )
        agreeing.put_forward(drafted, answer_by=soon, by=officer)
        return agreeing.sign(drafted, seen=1, by=self.koege.manager.memberships.get())

    @cached_property
    def meeting(self) -> Meeting:
        """Planned, in the intervention."""
        planned = Meeting(
            intervention=self.intervention,
            starts_at=timezone.now() + timedelta(days=7),
            participants="Jobcenterchef",
            agenda="Samtalerne",
        )
        return acting.take("plan_meeting", planned, by=self.sjaelland.officer.memberships.get())

    @cached_property
    def line(self) -> Line:
        """Of Sjælland's draft report."""
        self.fixture("bottleneck_rule")
        half = parse("2026H01")
        report = Report.objects.create(
            area=self.sjaelland.area, period=half.code, starts_on=half.starts_on, ends_on=half.ends_on
        )
        return Line.objects.create(
            report=report,
            occupation=self.fixture("occupation"),
            attempts=40,
            failed=15,
            lower=0.24,
            upper=0.53,
            proposed=Outlook.Category.PROBLEMS,
            category=Outlook.Category.PROBLEMS,
        )

    @cached_property
    def report(self) -> Report:
        return self.line.report

    @cached_property
    def monitored(self) -> Indicators:
        """What only Køge's jobcentre may read: its own few answers and persons of an occupation."""
        self.fixture("bottleneck_rule")
        assert self.sjaelland
        known = {"period": "2026H01", "occupation": self.fixture("occupation"), "computed_at": timezone.now()}
        numbers = {"attempts": 74_183, "failed": 71_906, "category": Outlook.Category.PROBLEMS}
        Indicators.objects.create(**known, place=Place.COUNTRY, category=Outlook.Category.NOT_ASSESSED)
        return Indicators.objects.create(
            **known,
            **numbers,
            place=Place.MUNICIPALITY,
            code=self.koege.municipality.code,
            employed=None,
            unemployed=65_219,
            hides_answers=True,
            hides_persons=True,
        )

    @cached_property
    def publication(self) -> Publication:
        """The second quarter of 2026, which anyone may read."""
        jobcentres = [self.koege.jobcentre, self.roskilde.jobcentre]
        compare_in("2026Q02", jobcentres, measure=self.measure, group=self.fixture("group"))
        return publish_quarter("2026Q02", by=self.national)

    @cached_property
    def draft_publication(self) -> Publication:
        """The quarter after, which is still being checked."""
        assert self.publication
        jobcentres = [self.koege.jobcentre, self.roskilde.jobcentre]
        compare_in("2026Q03", jobcentres, measure=self.measure, group=self.fixture("group"))
        return draw_up(quarter=parse("2026Q03"), on=timezone.localdate())

    @cached_property
    def recomputation(self) -> Recomputation:
        return Recomputation.objects.create(
            started_by=self.sjaelland.officer, organisation=self.sjaelland.office.organisation
        )

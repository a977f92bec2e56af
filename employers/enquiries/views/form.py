"""The way from a choice on the front page to a receipt: three steps, kept as a draft at each."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from employers.companies.cvr import is_whole
from employers.enquiries import letters
from employers.enquiries.advertising import as_seekers_see_it, known_duplicates
from employers.enquiries.asked import Asked, Incomplete
from employers.enquiries.company_form import CompanyForm, is_only_a_number, only_look, suggested
from employers.enquiries.drafting import AlreadySent, save, typed_in
from employers.enquiries.forms import SendForm, names_of_need, need_form
from employers.enquiries.intake import asked_in, submit
from employers.enquiries.kinds import WORDS, offered
from employers.enquiries.models import Draft, Enquiry, Kind, Offer, Step
from employers.enquiries.needs import MessageForm
from employers.enquiries.ownership import NobodyOwns
from employers.enquiries.promise import Promise, promise_for
from employers.enquiries.several import typed_of
from employers.vacancies.forms import VacancyForm
from employers.vacancies.outlook import prospect_for
from employers.vacancies.pointing import wording_of
from jobcenter.accounts.models import User
from jobcenter.accounts.scope import public
from jobcenter.centres.routing import NobodyAnswers, responsible_jobcentre
from jobcenter.pages import components
from jobcenter.pages.middleware import speak
from jobcenter.pages.templatetags.ei import day_with_year
from jobcenter.pages.views import gone

StepForm = CompanyForm | VacancyForm | MessageForm | SendForm

MOST_TYPED = 120
SHOW_FAULTS = "ret"
"""In the address of a step: what is kept there is judged at once."""


@public
@never_cache
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, kind: str) -> HttpResponse:
    """The first step before anything is typed. Typing makes the draft, whose address is then the page's."""
    if kind not in Kind:
        raise Http404
    if kind not in offered(on=timezone.localdate()):
        return withdrawn(request, kind)
    return fill_in(request, Draft(kind=kind), Step.COMPANY)


@public
@never_cache
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, key: UUID, step: str) -> HttpResponse:
    found = kept(request, key)
    if step not in Step:
        raise Http404
    if found.enquiry_id:
        return redirect("enquiries:receipt", key)
    if found.kind not in offered(on=timezone.localdate()):
        return withdrawn(request, found.kind)
    if step == Step.SEND:
        return look_and_send(request, found)
    return fill_in(request, found, Step(step))


@public
@require_safe
def companies(request: HttpRequest) -> HttpResponse:
    """Companies whose name fits what is being typed: what anyone may read in the register, no more.

    Once a whole CVR number is typed the page is told so, and fetches the company without being asked.
    """
    typed = request.GET.get("cvr", "").replace("\0", "").strip()[:MOST_TYPED]
    answer = render(
        request,
        "employers/companies/matches.html",
        {"suggestions": suggested(typed), "typed": typed, "chosen": None},
    )
    if is_whole(typed):
        answer["HX-Trigger"] = "whole-number"
    return answer


@public
@never_cache
@require_safe
def draft(request: HttpRequest, key: UUID) -> HttpResponse:
    """The draft's private address: on to the first step that is not done."""
    found = kept(request, key)
    if found.enquiry_id:
        return redirect("enquiries:receipt", key)
    try:
        asked_in(found)
    except Incomplete as missing:
        return redirect("enquiries:step", key, missing.step)
    return redirect("enquiries:step", key, Step.SEND)


@public
@never_cache
@require_safe
def saved(request: HttpRequest, key: UUID) -> HttpResponse:
    """The draft is put aside: its private address, and until when it is kept."""
    found = kept(request, key, enquiry=None)
    address = request.build_absolute_uri(reverse("enquiries:draft", args=[key]))
    return render(
        request,
        "employers/enquiries/saved.html",
        {"draft": found, "address": address},
    )


@public
@never_cache
@require_safe
def receipt(request: HttpRequest, key: UUID) -> HttpResponse:
    """Where a sent draft leads: the enquiry's private page."""
    found = get_object_or_404(Draft.objects.kept().select_related("enquiry"), pk=key)
    return redirect(found.enquiry.link) if found.enquiry else redirect("enquiries:draft", key)


def kept(request: HttpRequest, key: UUID, **more: object) -> Draft:
    """The draft of the address, in the language it was last typed in. A caseworker's is theirs alone."""
    drafts = Draft.objects.kept().open_to(_signed_in(request)).select_related("by", "contact__jobcentre")
    found: Draft = get_object_or_404(drafts, pk=key, **more)
    speak(request, found.language)
    return found


def withdrawn(request: HttpRequest, kind: str) -> HttpResponse:
    """The kind has ended with its law: which law, and from when."""
    last = Offer.objects.filter(kind=kind).order_by("-valid_from").first()
    text = _("It is not offered today. Choose “Something else” and tell us what you need; we find a way.")
    if last and last.valid_to and last.valid_to <= timezone.localdate():
        text = _(
            "It could be asked for until %(day)s, by %(law)s. "
            "Choose “Something else” and tell us what you need; we find a way."
        ) % {"day": day_with_year(last.valid_to - timedelta(days=1)), "law": last.law}
    heading = _("%(kind)s is no longer offered") % {"kind": WORDS[kind].name}
    return gone(request, heading=heading, text=text)


def fill_in(request: HttpRequest, draft: Draft, step: Step) -> HttpResponse:
    """A step that is typed in. What is posted is kept first; then looked at, put aside or gone on with."""
    is_new = draft._state.adding
    if request.method != "POST":
        typed = typed_in(draft, step)
        return _shown(request, draft, step, _form(draft, step, typed, judged=SHOW_FAULTS in request.GET))
    try:
        typed = typed_of(request.POST)
        draft = save(draft=draft, step=step, typed=typed, names=_names(draft, step))
    except AlreadySent:
        return redirect("enquiries:receipt", draft.pk)
    form = _form(draft, step, typed, judged=True)
    wanted = request.POST.get("action")
    here = reverse("enquiries:step", args=[draft.pk, step])
    if wanted == "later":
        return put_aside(request, draft)
    if wanted == "look" or is_only_a_number(form):
        only_look(form)
        if is_new and "HX-Request" not in request.headers:
            return redirect(here)
    elif form.is_valid():
        return redirect("enquiries:step", draft.pk, _after(step))
    elif is_new:
        return redirect(f"{here}?{SHOW_FAULTS}")
    answer = _shown(request, draft, step, form)
    # The first look makes the draft: a page that is fetched again shall find it.
    answer["HX-Replace-Url"] = here
    return answer


def look_and_send(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The last step: everything that was typed, what to think of first, who answers, and one button."""
    try:
        if request.method == "POST":
            draft = save(draft=draft, step=Step.SEND, typed=request.POST, names=SendForm.base_fields)
        asked = asked_in(draft)
        duplicates = known_duplicates(asked)
        typed = typed_in(draft, Step.SEND)
        form = SendForm(
            typed if request.method == "POST" else None, resembles=bool(duplicates), initial=typed
        )
        if form.is_valid():
            enquiry = submit(draft=draft, at=timezone.now(), sender=_signed_in(request))
            if draft.by_id:
                return registered(request, enquiry)
            return redirect("enquiries:receipt", draft.pk)
    except AlreadySent:
        return redirect("enquiries:receipt", draft.pk)
    except Incomplete as missing:
        return redirect(f"{reverse('enquiries:step', args=[draft.pk, missing.step])}?{SHOW_FAULTS}")
    except (NobodyAnswers, NobodyOwns):
        return _shown(request, draft, Step.SEND, None, nobody=True)
    return _shown(
        request,
        draft,
        Step.SEND,
        form,
        asked=asked,
        duplicates=duplicates,
        **(_advertised(asked) if asked.vacancy else {}),
    )


def registered(request: HttpRequest, enquiry: Enquiry) -> HttpResponse:
    """On to the enquiry as the caseworker who registered it for the company works on it."""
    told = {"reference": enquiry.reference, "email": enquiry.person.email}
    messages.success(
        request, _("%(reference)s is registered, and the receipt is on its way to %(email)s.") % told
    )
    return redirect("desk:enquiry", enquiry.pk)


def _advertised(asked: Asked) -> dict[str, object]:
    vacancy = as_seekers_see_it(asked, at=timezone.now())
    return {
        "vacancy": vacancy,
        "prospect": prospect_for(vacancy, on=timezone.localdate()),
        "wording": wording_of(title=vacancy.title, text=vacancy.text),
    }


@public
@never_cache
@require_safe
def preview(request: HttpRequest, key: UUID) -> HttpResponse:
    """The vacancy as seekers will see it, with the words pointed out that a caseworker would look at."""
    found = kept(request, key, kind=Kind.RECRUIT)
    if found.enquiry_id:
        return redirect("enquiries:receipt", key)
    now = timezone.now()
    try:
        asked = asked_in(found)
        jobcentre = responsible_jobcentre(municipality=asked.place.municipality, on=timezone.localdate(now))
    except Incomplete as missing:
        return redirect(f"{reverse('enquiries:step', args=[key, missing.step])}?{SHOW_FAULTS}")
    except NobodyAnswers:
        return redirect("enquiries:step", key, Step.SEND)
    vacancy = as_seekers_see_it(asked, jobcentre=jobcentre, at=now)
    return render(
        request,
        "employers/enquiries/preview.html",
        {
            "draft": found,
            "vacancy": vacancy,
            "prospect": prospect_for(vacancy, on=timezone.localdate(now)),
            "wording": wording_of(title=vacancy.title, text=vacancy.text),
            "duplicates": known_duplicates(asked),
        },
    )


@transaction.atomic
def put_aside(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Gone on with later: the private address is shown, and mailed if an address was given."""
    if address := _address_typed(draft):
        letters.send_draft(draft, to=address)
        messages.success(request, _("The address is also sent to %(address)s.") % {"address": address})
    return redirect("enquiries:saved", draft.pk)


def _shown(
    request: HttpRequest, draft: Draft, step: Step, form: StepForm | None, **more: object
) -> HttpResponse:
    is_new = draft._state.adding
    return render(
        request,
        f"employers/enquiries/step_{step}.html",
        {
            "draft": draft,
            "words": WORDS[draft.kind],
            "form": form,
            "is_new": is_new,
            "action": request.path if is_new else reverse("enquiries:step", args=[draft.pk, step]),
            "steps": _steps(draft, step, form),
            "number": list(Step).index(step) + 1,
            "promise": _promise(draft, form),
            **more,
        },
    )


def _form(draft: Draft, step: Step, typed: dict[str, str], *, judged: bool) -> StepForm:
    """The step's form with what was typed: judged, or only shown."""
    data, initial = (typed, None) if judged else (None, typed)
    if step == Step.COMPANY:
        return CompanyForm(data, kind=draft.kind, initial=initial)
    form = need_form(draft.kind, data=data, initial=initial)
    if isinstance(form, VacancyForm):
        form.work_in = _company_form(draft).municipality_of_workplace
    return form


def _company_form(draft: Draft) -> CompanyForm:
    """What is kept of the first step."""
    return CompanyForm(kind=draft.kind, initial=typed_in(draft, Step.COMPANY))


def _names(draft: Draft, step: Step) -> list[str]:
    """Every field the step can have, asked for now or not."""
    if step == Step.COMPANY:
        return list(CompanyForm.base_fields)
    return names_of_need(draft.kind)


def _after(step: Step) -> Step:
    return Step.NEED if step == Step.COMPANY else Step.SEND


def _steps(draft: Draft, current: Step, form: StepForm | None) -> list[components.Step]:
    """The steps as they stand at the left: those behind can be gone back to."""
    titles = {Step.COMPANY: Step.COMPANY.label, Step.NEED: WORDS[draft.kind].step, Step.SEND: Step.SEND.label}
    faults = len(form.errors) if form and form.is_bound else 0
    shown = []
    is_behind = True
    for one, title in titles.items():
        is_here = one == current
        is_behind = is_behind and not is_here
        state = components.StepState.DONE if is_behind else components.StepState.WAITING
        note = ""
        if is_here:
            state = components.StepState.ERROR if faults else components.StepState.CURRENT
        if is_here and faults:
            note = ngettext("%(number)d field to put right", "%(number)d fields to put right", faults) % {
                "number": faults
            }
        can_be_opened = (is_here or is_behind) and not draft._state.adding
        url = reverse("enquiries:step", args=[draft.pk, one]) if can_be_opened else None
        if is_here and not url:
            url = reverse("enquiries:start", args=[draft.kind])
        shown.append(components.Step(title=str(title), url=url, state=state, note=note))
    return shown


def _promise(draft: Draft, form: StepForm | None) -> Promise | None:
    """Who answers and by when, as soon as the workplace is known."""
    if not isinstance(form, CompanyForm):
        form = _company_form(draft)
    municipality = form.municipality_of_workplace
    try:
        if not municipality:
            return None
        jobcentre = draft.contact.jobcentre if draft.contact else None
        return promise_for(municipality, kind=draft.kind, at=timezone.now(), by=jobcentre)
    except NobodyAnswers:
        return None


def _signed_in(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _address_typed(draft: Draft) -> str:
    """The e-mail address in the draft, if it can be one."""
    address = typed_in(draft, Step.COMPANY).get("email", "").strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address

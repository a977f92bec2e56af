"""Where the jobs are: the list, the map and the feed of a search."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape, linebreaks
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from employers.vacancies import job_map
from employers.vacancies.distance import kilometres_to
from employers.vacancies.facets import address_without, groups_of, told
from employers.vacancies.forms import SearchForm, address_of
from employers.vacancies.models import Listing, Source
from employers.vacancies.search import EXACT_UP_TO, count, find
from jobcenter.accounts.scope import public

ON_A_PAGE = 10
IN_THE_FEED = 50


class Pages(Paginator):
    """The numbers of a list's pages; what stands on them is found beside."""

    def __init__(self, *, length: int) -> None:
        super().__init__(range(length), ON_A_PAGE)


@public
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    asked = request.GET.copy()
    if "km" not in asked:
        asked["km"] = SearchForm.USUAL_DISTANCE
    form = SearchForm(asked)
    wish = form.wish()
    counts = count(wish, at=now)
    page = Pages(length=counts.readable).get_page(request.GET.get("side"))
    listings = find(wish, at=now).shown((page.number - 1) * ON_A_PAGE, page.number * ON_A_PAGE)
    groups = groups_of(asked, counts)
    choices = render_to_string(
        "employers/vacancies/groups.html",
        {
            "groups": groups,
            "kept": [(name, asked[name]) for name in ("hvad", "hvor", "km", "vis") if asked.get(name)],
        },
    )
    is_map = request.GET.get("vis") == "kort"
    return render(
        request,
        "employers/vacancies/search.html",
        {
            "form": form,
            "wish": wish,
            "counts": counts,
            "told": told(counts.vacancies),
            "is_more": counts.vacancies > EXACT_UP_TO,
            "page": page,
            "rows": with_distances(listings, kilometres_to(wish.place, listings) if wish.place else {}),
            "groups": groups,
            "is_narrowed": any(group.taken for group in groups),
            "address_without_all": address_without(asked, *(group.name for group in groups)),
            "choices": choices,
            "choices_small": mark_safe(choices.replace('="wide-', '="small-')),
            "map": job_map.draw(counts.municipalities, address=lambda code: address_with(asked, code))
            if is_map
            else None,
            "is_map": is_map,
            "address_of_list": address_without(asked, "vis"),
            "address_of_map": f"{address_without(asked, 'vis')}&vis=kort",
            "query": address_of(wish),
            "updated_at": now,
            "sources": Source.objects.filter(is_active=True),
        },
    )


@public
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The newest that fit a search, as Atom: what the list shows, without its pages."""
    now = timezone.now()
    wish = SearchForm(request.GET).wish()
    listings = find(wish, at=now).order_by("-published_at", "-pk").shown(0, IN_THE_FEED)
    query = address_of(wish)
    address = settings.PUBLIC_URL + reverse("vacancies:search") + (f"?{query}" if query else "")
    atom = Atom1Feed(
        title=_("Vacancies"),
        link=address,
        description="",
        language=get_language(),
        feed_url=settings.PUBLIC_URL + request.get_full_path(),
        feed_guid=address,
        author_name="Én Indgang",
    )
    for one in listings:
        atom.add_item(
            title=f"{one.of.title}, {one.employer}",
            link=settings.PUBLIC_URL + one.get_absolute_url(),
            description=linebreaks(escape(one.of.text)),
            unique_id=settings.PUBLIC_URL + one.get_absolute_url(),
            unique_id_is_permalink=True,
            pubdate=one.published_at,
            updateddate=one.published_at,
            categories=[one.municipality.name],
            author_name=one.employer,
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def with_distances(listings: list[Listing], kilometres: dict[int, float]) -> list[dict[str, Any]]:
    return [{"listing": one, "vacancy": one.of, "km": kilometres.get(one.pk)} for one in listings]


def address_with(asked: QueryDict, municipality: str) -> str:
    """The list of one municipality, still on the map."""
    wanted = asked.copy()
    wanted.pop("side", None)
    wanted["kommune"] = municipality
    return f"?{wanted.urlencode()}"

"""What a saved search asks for, in words and in vacancies."""

from __future__ import annotations

from datetime import datetime

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from employers.saved_searches.models import SavedSearch
from employers.vacancies.forms import SearchForm
from employers.vacancies.models import Listing
from employers.vacancies.search import Wish, find

LEFT_OUT = {"nyt"}
"""How new a vacancy must be is the mail's own matter."""
TOLD_AT_MOST = 20


def query_of(asked: QueryDict) -> str:
    """What is asked for, without pages and views, always in the same order."""
    kept = QueryDict(mutable=True)
    for name in SearchForm.base_fields:
        values = [value.strip() for value in asked.getlist(name) if value.strip()]
        if values and name not in LEFT_OUT:
            kept.setlist(name, values)
    if "hvor" not in kept:
        kept.pop("km", None)
    elif "km" not in asked:
        kept["km"] = SearchForm.USUAL_DISTANCE
    return kept.urlencode()


def wish_of(query: str) -> Wish:
    return SearchForm(QueryDict(query)).wish()


def in_words(query: str) -> str:
    """“lager, within 25 km of Køge, and 2 choices more”."""
    asked, wish = QueryDict(query), wish_of(query)
    parts = [wish.text] if wish.text else []
    if wish.place and wish.within_km:
        parts.append(_("within %(km)d km of %(place)s") % {"km": wish.within_km, "place": wish.place.name})
    elif wish.place:
        parts.append(wish.place.name)
    more = sum(len(asked.getlist(name)) for name in asked if name not in {"hvad", "hvor", "km"})
    if more:
        text = ngettext("%(number)d choice more", "%(number)d choices more", more)
        parts.append(text % {"number": more})
    return ", ".join(parts) or _("all vacancies")


def published_since(saved: SavedSearch, *, until: datetime) -> list[Listing]:
    """What fits and was published after it was last looked into, the newest first; not endlessly many."""
    found = find(wish_of(saved.query), at=until).filter(
        published_at__gt=saved.looked_at, published_at__lte=until
    )
    return found.order_by("-published_at", "-pk").shown(0, TOLD_AT_MOST + 1)

"""The searches that are saved for the person's address."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from employers.companies.about import About, Told, theirs_alone
from employers.companies.models import Person
from employers.saved_searches.models import SavedSearch
from jobcenter.centres.models import Jobcentre
from jobcenter.retention.removing import delete


def _saved(person: Person) -> QuerySet[SavedSearch]:
    return theirs_alone(SavedSearch.objects.all(), person)


def _told(search: SavedSearch, _reader: Jobcentre) -> Told:
    """That there is one. What somebody seeks is theirs: it may be work elsewhere."""
    return [(str(_("Asked")), search.asked_at), (str(_("Runs until")), search.runs_until)]


ABOUT = [About("saved_searches.search", _("Saved searches"), _saved, _told, forget=delete)]

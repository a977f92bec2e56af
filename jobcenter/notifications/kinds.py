"""What people may be told without having asked just then, put together from what each room declares.

A room that tells people things has a `notices.py` with a list `KINDS`; it is read the first time someone
chooses what to be told.

    DEADLINE = Kind("vacancy_deadline", _("The last day to apply comes near"), Audience.EMPLOYER)
    KINDS = [DEADLINE]
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import import_module

from django.apps import apps
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule

from jobcenter.notifications.models import How

HOUSES = ("jobcenter.", "employers.", "regions.")


class Audience(StrEnum):
    EMPLOYER = "employer"
    SEEKER = "seeker"
    STAFF = "staff"


@dataclass(frozen=True)
class Kind:
    """One kind of notice. name: what it is about, as people choose it. usual: how, until one chooses."""

    code: str
    name: str | Promise
    audience: Audience
    hint: str | Promise = ""
    usual: How = How.DAILY

    @property
    def ways(self) -> tuple[How, ...]:
        """Only staff may be told at once: others have one mail a day at most, outside direct answers."""
        at_once = (How.AT_ONCE,) if self.audience == Audience.STAFF else ()
        return (*at_once, How.DAILY, How.OFF)


@cache
def declared() -> tuple[Kind, ...]:
    """Every kind of every room of the three houses."""
    found: list[Kind] = []
    for app in apps.get_app_configs():
        if app.name.startswith(HOUSES) and module_has_submodule(app.module, "notices"):
            found.extend(import_module(f"{app.name}.notices").KINDS)
    return tuple(found)


def for_audiences(*audiences: Audience) -> list[Kind]:
    return [kind for kind in declared() if kind.audience in audiences]

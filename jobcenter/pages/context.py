"""What every page needs to draw its frame, under one name: `ei`."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from jobcenter.pages import menu


class Frame:
    """The frame around a page. Everything is asked for when the page shows it, and once."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.demonstration: bool = settings.DEMONSTRATION

    @cached_property
    def membership(self) -> Any:
        """The signed-in person's membership, or None; set by the accounts middleware."""
        return getattr(self.request, "membership", None)

    @cached_property
    def is_signed_in(self) -> bool:
        user = getattr(self.request, "user", None)
        return user is not None and user.is_authenticated

    @cached_property
    def person(self) -> str:
        """The signed-in person's name, or the address they signed in with."""
        return str(self.request.user)

    @cached_property
    def organisation(self) -> str:
        return str(self.membership.organisation) if self.membership else ""

    @cached_property
    def role(self) -> str:
        """The person's own job title, or else the role in words."""
        if not self.membership:
            return ""
        person: Any = self.request.user
        return person.title or str(self.membership.get_role_display())

    @cached_property
    def has_choice(self) -> bool:
        """Whether the person belongs to several organisations, and acts for one of them."""
        return len(getattr(self.request, "memberships", ())) > 1

    @cached_property
    def is_staff(self) -> bool:
        """Whether the person works in a jobcentre, an area or nationally: not an employer."""
        return self.membership is not None and self.membership.role != "employer"

    @cached_property
    def menu(self) -> list[menu.Group]:
        return menu.groups_for(self.membership, self.request) if self.membership else []

    @cached_property
    def home_url(self) -> str | None:
        return menu.home_url(self.membership) if self.membership else None

    @cached_property
    def admin_url(self) -> str | None:
        """The administration pages, for those who may use them."""
        return reverse("admin:index") if self.is_signed_in and self.request.user.is_staff else None

    @cached_property
    def search_url(self) -> str | None:
        """The search across rooms for staff, once a room offers one under the name `search`."""
        if not self.is_staff:
            return None
        try:
            return reverse("search")
        except NoReverseMatch:
            return None

    @cached_property
    def other_languages(self) -> list[tuple[str, str]]:
        """The languages one can change to: code and the language's own name."""
        current = translation.get_language()
        return [
            (code, translation.get_language_info(code)["name_local"].capitalize())
            for code, _ in settings.LANGUAGES
            if code != current
        ]

    @cached_property
    def address(self) -> str:
        """The page's own address, to come back to after the language is changed."""
        return self.request.get_full_path()


def page(request: HttpRequest) -> dict[str, Frame]:
    return {"ei": Frame(request)}

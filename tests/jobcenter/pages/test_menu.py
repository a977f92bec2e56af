"""The menu is put together from declarations; which declarations there are is each room's own matter."""

from dataclasses import dataclass

from django.test import RequestFactory
from django.urls import reverse

from jobcenter.pages import menu
from jobcenter.pages.menu import Item


@dataclass
class Member:
    role: str


def lines(role: str, *items: Item, path: str = "/hjaelp/") -> list[menu.Line]:
    groups = menu.groups_for(Member(role), RequestFactory().get(path), items=items)
    return [line for group in groups for line in group.lines]


def test_everyone_sees_the_items_of_their_role_only():
    items = (Item("Kø", "pages:help", {"caseworker"}), Item("Flag", "pages:data", {"area_officer"}))

    assert [line.name for line in lines("caseworker", *items)] == ["Kø"]
    assert [line.name for line in lines("area_officer", *items)] == ["Flag"]
    assert lines("employer", *items) == []


def test_lines_follow_their_order_and_groups_their_first_line():
    items = (
        Item("Sidst", "pages:help", {"manager"}, group="Overblik", order=9),
        Item("To", "pages:help", {"manager"}, order=20),
        Item("Én", "pages:help", {"manager"}, order=10),
        Item("Grund", "pages:help", {"manager"}, group="Grundlag", order=5),
    )

    groups = menu.groups_for(Member("manager"), RequestFactory().get("/"), items=items)

    assert [group.title for group in groups] == ["", "Grundlag", "Overblik"]
    assert [line.name for line in groups[0].lines] == ["Én", "To"]


def test_the_open_line_is_the_one_nearest_to_the_page():
    items = (
        Item("Alt", "enquiries:front", {"manager"}, order=1),
        Item("Hjælp", "pages:help", {"manager"}, order=2),
    )

    here = lines("manager", *items, path="/hjaelp/")
    below = lines("manager", *items, path="/hjaelp/mere/")

    assert [(line.is_open, line.is_here) for line in here] == [(False, False), (True, True)]
    assert [(line.is_open, line.is_here) for line in below] == [(False, False), (True, False)]


def test_a_count_is_asked_with_the_membership_and_once():
    asked = []

    def count(member: Member) -> int:
        asked.append(member.role)
        return 7

    items = (
        Item("Kø", "pages:help", {"manager"}, count=count),
        Item("Andre", "pages:data", {"caseworker"}, count=count),
    )

    assert [line.count for line in lines("manager", *items)] == [7]
    assert asked == ["manager"]


def test_work_begins_at_the_first_line():
    items = (
        Item("Senere", "pages:data", {"manager"}, order=2),
        Item("Først", "pages:help", {"manager"}, order=1),
    )

    assert menu.home_url(Member("manager"), items=items) == "/hjaelp/"
    assert menu.home_url(Member("employer"), items=items) is None


def test_every_item_a_room_declares_leads_somewhere():
    for item in menu.declared():
        assert reverse(item.url_name)

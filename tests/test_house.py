"""The order of the house, where import-linter cannot look: relations between tables, and names of files."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator

from django.apps import apps
from django.conf import settings
from django.db import models

HOUSES = ("jobcenter", "employers", "regions")
NAMELESS = ("utils", "helpers", "services", "managers", "signals", "selectors")
"""Names that do not say what is in the file, or hide who calls whom."""


def rooms_in_order() -> list[str]:
    """The rooms from the ground up, as the contracts in pyproject.toml give them."""
    tool = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["tool"]
    contracts = tool["importlinter"]["contracts"]
    layers = {
        contract["containers"][0]: contract["layers"] for contract in contracts if "containers" in contract
    }
    return [f"{house}.{room}" for house in HOUSES for room in reversed(layers[house])]


def relations() -> Iterator[tuple[str, str, str]]:
    """Every relation of every table of ours: its room, the room it points to, and its name."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields(include_hidden=True):
            if isinstance(field, models.ForeignKey | models.ManyToManyField):
                target = field.related_model
                assert isinstance(target, type), field
                yield room_of(model), room_of(target), str(field)


def room_of(model: type[models.Model]) -> str:
    return apps.get_app_config(model._meta.app_label).name


def upward(found: Iterable[tuple[str, str, str]]) -> list[str]:
    """The relations that point to a room above their own."""
    height = {room: number for number, room in enumerate(rooms_in_order())}
    return [name for room, target, name in found if height.get(target, -1) > height.get(room, len(height))]


def test_every_room_has_its_place_in_the_order():
    ours = {app.name for app in apps.get_app_configs() if app.name.startswith(HOUSES)}

    assert sorted(rooms_in_order()) == sorted(ours)


def test_no_relation_points_upwards():
    found = list(relations())

    assert ("employers.enquiries", "employers.vacancies", "enquiries.Enquiry.vacancy") in found
    assert upward(found) == []


def test_a_relation_that_points_upwards_is_found():
    down = ("employers.contacts", "employers.companies", "contacts.Contact.company")
    to_django = ("jobcenter.runtime", "django.contrib.auth", "runtime.Work.group")
    up = ("jobcenter.centres", "employers.companies", "centres.Jobcentre.company")
    up_inside_a_house = ("employers.companies", "employers.contacts", "companies.Company.contact")

    assert upward([down, to_django, up, up_inside_a_house]) == [up[2], up_inside_a_house[2]]


def test_no_file_is_called_something_that_says_nothing():
    found = [
        str(path.relative_to(settings.BASE_DIR))
        for house in HOUSES
        for path in (settings.BASE_DIR / house).rglob("*.py")
        if path.stem in NAMELESS or path.parent.name in NAMELESS
    ]

    assert found == []

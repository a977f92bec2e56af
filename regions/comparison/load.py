"""What the room stands on: what is a framework condition, and which jobcentres were grouped under a name."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jobcenter.geography.models import Municipality
from jobcenter.runtime.csvlines import Line, Unreadable
from jobcenter.runtime.merging import Merged, merge
from jobcenter.runtime.reference import Reference
from regions.comparison.models import Condition, NamedGroup

HERE = Path(__file__).parent
CONDITIONS = HERE / "conditions.toml"
NAMED_GROUPS = HERE / "named_groups.toml"


GROUPS_SOURCE = (
    "SFI 06:15, De nye kommuners rammevilkår for beskæftigelsesindsatsen (Clausen, Heinesen og Hussain), "
    "som nævnt i jobcentrenes resultatrevision 2007"
)


def condition(code: str, said: dict[str, Any]) -> Condition:
    """The condition that a part of the file describes. Raises Unreadable when the part lacks something."""
    try:
        texts = {
            f"{text}_{language}": said[text][language]
            for text in ("title", "source", "unchangeable")
            for language in ("da", "en")
        }
        return Condition(
            code=code,
            is_computed=said.get("computed", False),
            is_fictional=said.get("fictional", False),
            lowest=said.get("lowest"),
            highest=said.get("highest"),
            valid_from=said["valid_from"],
            valid_to=said.get("valid_to"),
            reviewed_by=said["reviewed_by"],
            reviewed_on=said["reviewed_on"],
            **texts,
        )
    except KeyError as error:
        raise Unreadable(f"{CONDITIONS.name}: the condition {code} lacks {error}") from None


def load_conditions() -> Sequence[Merged[Any]]:
    described = tomllib.loads(CONDITIONS.read_text(encoding="utf-8"))
    rows = [Line(1, condition(code, said)) for code, said in described.items()]
    fields = [field.name for field in Condition._meta.concrete_fields if field.name not in ("id", "code")]
    return [merge(rows, into=Condition.objects.all(), by=["code"], fields=fields)]


def load_named_groups() -> Sequence[Merged[Any]]:
    described = tomllib.loads(NAMED_GROUPS.read_text(encoding="utf-8"))
    rows = [
        Line(
            1,
            NamedGroup(
                code=code,
                title_da=said["title"]["da"],
                title_en=said["title"]["en"],
                source=GROUPS_SOURCE,
                valid_from=said["valid_from"],
                valid_to=said.get("valid_to"),
            ),
        )
        for code, said in described.items()
    ]
    fields = ["title_da", "title_en", "source", "valid_from", "valid_to"]
    merged = merge(rows, into=NamedGroup.objects.all(), by=["code"], fields=fields)
    municipalities = Municipality.objects.in_bulk(field_name="code")
    for code, said in described.items():
        unknown = set(said["municipalities"]) - municipalities.keys()
        if unknown:
            raise Unreadable(f"{NAMED_GROUPS.name}: there is no municipality {min(unknown)}")
        merged.rows[(code,)].municipalities.set(municipalities[one] for one in said["municipalities"])
    return [merged]


REFERENCES = [
    Reference("comparison.conditions", files=[CONDITIONS], load=load_conditions),
    Reference("comparison.named_groups", files=[NAMED_GROUPS], load=load_named_groups),
]

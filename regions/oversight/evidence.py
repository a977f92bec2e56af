"""The evidence of a flag: everything its page says, frozen the moment it was raised.

Pages read only this, never today's results: what was decided is explained by what was known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

from django.conf import settings
from django.utils.translation import get_language, override

from regions.comparison.periods_chart import said_of_expected
from regions.oversight import telling
from regions.oversight.facts import Facts, Figures, Reason, Required
from regions.oversight.saying import Sentences, sentences


@dataclass(frozen=True, kw_only=True)
class Evidence(Facts):
    """The facts, with what is said of them.

    told: by language, the sentences and the chart as they were made when the flag was raised; empty in what
    was frozen before.
    """

    told: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def frozen(self) -> Self:
        """With its sentences and its chart in every language, as they will be shown from now on."""
        told = {}
        for language, _name in settings.LANGUAGES:
            with override(language):
                told[language] = {
                    "sentences": asdict(sentences(self)),
                    "chart": telling.periods_chart(self),
                }
        return replace(self, told=told)

    def as_json(self) -> dict[str, Any]:
        return {
            **vars(self),
            "periods": [vars(figures) for figures in self.periods],
            "peers": [vars(figures) for figures in self.peers],
            "reasons": [vars(reason) for reason in self.reasons],
            "required": vars(self.required) if self.required else None,
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        return cls(
            **{
                **stored,
                "periods": [Figures(**figures) for figures in stored["periods"]],
                "peers": [Figures(**figures) for figures in stored["peers"]],
                "reasons": [Reason(**reason) for reason in stored["reasons"]],
                "required": Required(**stored["required"]) if stored.get("required") else None,
            }
        )

    @property
    def sentences(self) -> Sentences:
        """As they were frozen; made of the frozen figures where none were."""
        told = self.told.get(get_language() or "da")
        return Sentences(**told["sentences"]) if told else sentences(self)

    @property
    def chart(self) -> Mapping[str, Any]:
        """The periods, for charts.js; as `sentences`.

        What was frozen before charts had words of their own was drawn beside what was expected.
        """
        told = self.told.get(get_language() or "da")
        return said_of_expected() | told["chart"] if told else telling.periods_chart(self)

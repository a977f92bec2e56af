"""What an agreement says, as a text that is put forward, signed and compared with the one before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from regions.interventions.models import Agreement


@dataclass(frozen=True)
class TargetTerms:
    """A target by the codes of measure and target group, and their names when it was put forward."""

    measure: str
    measure_name: str
    group: str
    group_name: str
    from_value: float
    to_value: float
    period: str


@dataclass(frozen=True)
class ActionTerms:
    """due_on: in ISO form."""

    what: str
    who: str
    due_on: str

    @property
    def day(self) -> date:
        return date.fromisoformat(self.due_on)


@dataclass(frozen=True)
class Terms:
    """One wording, whole."""

    purpose: str
    targets: tuple[TargetTerms, ...]
    actions: tuple[ActionTerms, ...]

    @classmethod
    def of(cls, agreement: Agreement) -> Terms:
        """What the agreement says now. Two queries."""
        return cls(
            purpose=agreement.purpose,
            targets=tuple(
                TargetTerms(
                    measure=target.measure.code,
                    measure_name=target.measure.title_da,
                    group=target.target_group.code,
                    group_name=target.target_group.title_da,
                    from_value=target.from_value,
                    to_value=target.to_value,
                    period=target.period,
                )
                for target in agreement.targets.select_related("measure", "target_group")
            ),
            actions=tuple(
                ActionTerms(what=action.what, who=action.who, due_on=action.due_on.isoformat())
                for action in agreement.actions.all()
            ),
        )

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Terms:
        return cls(
            purpose=kept["purpose"],
            targets=tuple(TargetTerms(**target) for target in kept["targets"]),
            actions=tuple(ActionTerms(**action) for action in kept["actions"]),
        )

"""A workflow is stored state, a table of allowed transitions, and one log row per transition."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobcenter.accounts.models import Organisation, User

Transitions = Mapping[Any, tuple[str, ...]]
"""From each state, the states one may go to."""


class TransitionRefused(ValidationError):
    """The step is not in the table of transitions, or lacks what it demands."""


class Logged(models.Model):
    """One transition of one object: the subclass adds the ForeignKey `subject`. Rows are never changed."""

    from_state = models.CharField(_("from"), max_length=20)
    to_state = models.CharField(_("to"), max_length=20)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    comment = models.TextField(_("reason"), blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        abstract = True
        ordering = ["at", "pk"]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        """“i høring → bekræftet”; what is no state of the object stands as it is."""
        state: Any = self.moved._meta.get_field("state")
        words = dict(state.flatchoices)
        return " → ".join(str(words.get(state, state)) for state in (self.from_state, self.to_state) if state)

    @property
    def moved(self) -> models.Model:
        """The object that took the step."""
        return self.subject  # type: ignore[attr-defined]


def only(transitions: Transitions, *, field: str = "state") -> pgtrigger.Trigger:
    """A database trigger that refuses every step outside the table, whoever tries it."""
    allowed = " OR ".join(
        f"(OLD.{field} = '{start}' AND NEW.{field} IN ({', '.join(repr(str(end)) for end in ends)}))"
        for start, ends in ((str(start), ends) for start, ends in transitions.items())
        if ends
    )
    return pgtrigger.Trigger(
        name="only_known_transitions",
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf(field),
        condition=pgtrigger.Condition(f"OLD.{field} IS DISTINCT FROM NEW.{field}"),
        func=f"""
            IF NOT ({allowed}) THEN
                RAISE EXCEPTION 'no transition from % to %', OLD.{field}, NEW.{field}
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


class Workflow(models.Model):
    """An object with a stored `state`. Its class gives TRANSITIONS and the class of its log."""

    TRANSITIONS: ClassVar[Transitions]
    log: Any
    state: Any

    class Meta:
        abstract = True

    @transaction.atomic
    def move(
        self,
        to: str,
        *,
        by: User | None,
        organisation: Organisation | None,
        comment: str = "",
        at: datetime | None = None,
        **changes: Any,
    ) -> Self:
        """Take one step of the workflow and log who did it, for whom and why; now, unless told when.

        Locks the row, so of two people at the same time the second is refused. `changes` are fields
        set together with the state. Raises TransitionRefused if the step is not in the table.
        """
        manager = type(self)._default_manager
        current = manager.select_for_update(of=("self",)).get(pk=self.pk)
        if to not in self.TRANSITIONS.get(current.state, ()):
            raise TransitionRefused(
                _("This was already changed to “%(state)s”, so the step was not taken."),
                params={"state": current.get_state_display()},  # type: ignore[attr-defined]
            )
        before, self.state = current.state, to
        for field, value in changes.items():
            setattr(self, field, value)
        self.save(update_fields=["state", *changes])
        self.log.create(
            from_state=before,
            to_state=to,
            by=by,
            organisation=organisation,
            comment=comment,
            at=at or timezone.now(),
        )
        return self

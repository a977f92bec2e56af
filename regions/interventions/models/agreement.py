"""The agreement: targets and actions, the wordings that were put forward, who signed, and what is done."""

from __future__ import annotations

from datetime import date
from typing import Any

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jobcenter.accounts.workflow import only
from regions.interventions import guarding
from regions.interventions.models.intervention import Intervention
from regions.interventions.models.part import Part
from regions.interventions.models.statement import Statement
from regions.interventions.table import By, Thing, transitions
from regions.interventions.terms import ActionTerms, Terms
from regions.measures.models import Measure, TargetGroup
from regions.measures.periods import parse


class AgreementState(models.TextChoices):
    DRAFT = "draft", _("draft")
    PROPOSED = "proposed", _("waits for the jobcentre's signature")
    SIGNED = "signed", _("signed by both")
    DROPPED = "dropped", _("dropped")


@pghistory.track()
class Agreement(Part):
    """Targets and actions that both sign. `version` is the wording there is now; a change makes a new one.

    While a change is being drafted or waits, the wording both signed last is still what they agreed on.
    """

    TRANSITIONS = transitions(Thing.AGREEMENT)
    THING = Thing.AGREEMENT
    State = AgreementState

    intervention = models.ForeignKey(Intervention, on_delete=models.CASCADE, related_name="agreements")
    state = models.CharField(_("state"), max_length=10, choices=AgreementState, default=AgreementState.DRAFT)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    purpose = models.TextField(_("what is agreed"), max_length=5000)
    answer_by = models.DateField(_("signed by the jobcentre by"), null=True, blank=True)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["pk"]
        triggers = [
            only(transitions(Thing.AGREEMENT)),
            guarding.told(Thing.AGREEMENT),
            guarding.both_have_signed(),
            pgtrigger.Protect(
                name="what_was_put_forward_stands",
                operation=pgtrigger.UpdateOf("purpose", "intervention_id"),
                condition=~pgtrigger.Q(old__state="draft"),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="agreement_one_in_an_intervention",
                fields=["intervention"],
                condition=~Q(state="dropped"),
                violation_error_message=_("There is an agreement already: change that one."),
            ),
            models.CheckConstraint(
                name="agreement_put_forward_has_a_day",
                condition=~Q(state="proposed") | Q(answer_by__isnull=False),
                violation_error_message=_("Say by when the jobcentre is to sign."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.intervention}, {self.version}"

    @property
    def day(self) -> date | None:
        return self.answer_by

    def in_force(self) -> Wording | None:
        """What both signed last: it stands until both have signed another."""
        return next((one for one in reversed(self.wordings.all()) if one.is_signed_by_both), None)

    def undone(self) -> list[ActionTerms]:
        """What is agreed to be done, and nobody has said is done; asks nothing where it is prefetched."""
        wording, done = self.in_force(), {one.what for one in self.done.all()}
        return [action for action in wording.terms.actions if action.what not in done] if wording else []

    def is_signed_by_both(self) -> bool:
        """Whether the area office and the jobcentre have signed the wording there is now."""
        signed = Signature.objects.filter(wording__agreement=self, wording__number=self.version)
        return set(signed.values_list("side", flat=True)) == set(Side.values)


@pghistory.track()
class Target(models.Model):
    """That a measure of a target group goes from one value to another by a period. Values in its unit."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="targets")
    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, related_name="+", verbose_name=_("measure")
    )
    target_group = models.ForeignKey(
        TargetGroup, on_delete=models.PROTECT, related_name="+", verbose_name=_("target group")
    )
    from_value = models.FloatField(_("from"))
    to_value = models.FloatField(_("to"))
    period = models.CharField(_("by the period"), max_length=10)

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["pk"]
        triggers = [guarding.terms_stand_outside_a_draft()]
        constraints = [
            models.UniqueConstraint(
                name="target_once_in_an_agreement",
                fields=["agreement", "measure", "target_group", "period"],
                violation_error_message=_("This measure has a target for that period already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}, {self.target_group}, {self.period}"

    @property
    def due_on(self) -> date:
        """The last day of its period."""
        return parse(self.period).ends_on


@pghistory.track()
class Action(models.Model):
    """What somebody does, and by when. Who is told by role and place, never by name."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="actions")
    what = models.CharField(_("what"), max_length=400)
    who = models.CharField(_("who, by role"), max_length=200)
    due_on = models.DateField(pgettext_lazy("a deadline", "by"))

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ["due_on", "pk"]
        triggers = [guarding.terms_stand_outside_a_draft()]

    def __str__(self) -> str:
        return self.what


class Wording(models.Model):
    """An agreement as it was put forward once. Never changed: it is what somebody has signed."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="wordings")
    number = models.PositiveSmallIntegerField(_("version"))
    kept: models.JSONField[dict[str, Any]] = models.JSONField(_("terms"))

    class Meta:
        verbose_name = _("wording of an agreement on improvement")
        verbose_name_plural = _("wordings of agreements on improvement")
        ordering = ["number"]
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete)]
        constraints = [
            models.UniqueConstraint(name="wording_once_a_number", fields=["agreement", "number"]),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}, {self.number}"

    @property
    def terms(self) -> Terms:
        return Terms.from_json(self.kept)

    @property
    def is_signed_by_both(self) -> bool:
        return len(self.signatures.all()) == len(Side)


class Side(models.TextChoices):
    AREA = By.OFFICER.value, _("the area office")
    JOBCENTRE = By.MANAGER.value, _("the jobcentre")


class Signature(Statement):
    """That one side has signed a wording."""

    wording = models.ForeignKey(Wording, on_delete=models.CASCADE, related_name="signatures")
    side = models.CharField(_("side"), max_length=14, choices=Side)

    class Meta(Statement.Meta):
        abstract = False
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        triggers = [*Statement.Meta.triggers, guarding.signed_by_its_side()]
        constraints = [
            models.UniqueConstraint(name="signature_once_a_side", fields=["wording", "side"]),
        ]

    def __str__(self) -> str:
        return f"{self.by}, {self.organisation}"


class Done(Statement):
    """That an action of a signed agreement has been taken: said once, by either side, and never changed.

    It is known by its words, so that it stands when the agreement is changed around it.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="done")
    what = models.CharField(_("what"), max_length=400)

    class Meta(Statement.Meta):
        abstract = False
        verbose_name = _("action that is done")
        verbose_name_plural = _("actions that are done")
        triggers = [*Statement.Meta.triggers, guarding.agreed_by_both()]
        constraints = [
            models.UniqueConstraint(name="done_once", fields=["agreement", "what"]),
        ]

    def __str__(self) -> str:
        return self.what

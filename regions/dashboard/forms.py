"""Choosing what to look at: values in the address, so that a page can be kept and sent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Count, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jobcenter.centres.models import AreaOffice, Jobcentre
from jobcenter.pages.privacy import without_cpr
from regions.comparison.models import Comparison
from regions.measures.models import Measure, TargetGroup
from regions.measures.periods import parse
from regions.oversight.models import Flag


class ComparisonForm(forms.Form):
    """Measure, target group and period, by their codes; each from what has been compared at all."""

    measure = forms.ChoiceField(label=_("Measure"))
    group = forms.ChoiceField(label=_("Target group"))
    period = forms.ChoiceField(label=_("Period"))

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        compared = Comparison.objects.order_by()
        measures = Measure.objects.filter(pk__in=compared.values("measure"))
        groups = TargetGroup.objects.filter(pk__in=compared.values("target_group"))
        periods = map(parse, Comparison.periods())
        language = get_language() or "da"
        choices = {
            "measure": [(one.code, str(one)) for one in measures.only("code", "title_da", "title_en")],
            "group": [(one.code, str(one)) for one in groups],
            "period": [
                (one.code, one.in_words(language=language))
                for one in sorted(periods, key=lambda one: (one.ends_on, one.starts_on), reverse=True)
            ],
        }
        for name, of_field in choices.items():
            self.fields[name].choices = of_field  # type: ignore[attr-defined]

    def chosen(self) -> Comparison | None:
        """The comparison of the three; None where these three were never compared together."""
        if not self.is_valid():
            return None
        return (
            Comparison.objects.select_related("measure", "target_group")
            .filter(
                measure__code=self.cleaned_data["measure"],
                target_group__code=self.cleaned_data["group"],
                period=self.cleaned_data["period"],
            )
            .first()
        )


class GroupForm(forms.Form):
    """The target groups that there are figures of, for one jobcentre on one measure."""

    group = forms.ModelChoiceField(
        TargetGroup.objects.none(), label=_("Target group"), to_field_name="code", empty_label=None
    )

    def __init__(self, *arguments: Any, jobcentre: Jobcentre, measure: Measure, **named: Any) -> None:
        super().__init__(*arguments, **named)
        figures = measure.measurements.filter(jobcentre=jobcentre)
        self.groups = list(TargetGroup.objects.filter(pk__in=figures.order_by().values("target_group")))
        self.fields["group"].queryset = TargetGroup.objects.filter(pk__in=[one.pk for one in self.groups])  # type: ignore[attr-defined]

    def chosen(self) -> TargetGroup | None:
        """The one asked for, else the first; None of a measure that is about nobody in particular."""
        if self.is_bound and self.is_valid():
            return self.cleaned_data["group"]
        return self.groups[0] if self.groups else None


def values_of(comparison: Comparison) -> dict[str, str]:
    """What stands in the address of a comparison's page."""
    return {
        "measure": comparison.measure.code,
        "group": comparison.target_group.code,
        "period": comparison.period,
    }


def widest() -> Comparison | None:
    """Of the latest comparisons the one of most jobcentres; None while nothing has been compared."""
    return (
        Comparison.objects.filter(pk__in=Comparison.objects.newest().values("pk"))
        .select_related("measure", "target_group")
        .order_by("-compared", "-ends_on", "measure__code", "target_group__code")
        .first()
    )


def most_in_need(office: AreaOffice) -> Comparison | None:
    """What an officer should see first: the latest comparison where most flags wait, serious ones first.

    None while nothing has been compared.
    """
    flagged = (
        Flag.objects.visible_to_office(office)
        .open()
        .order_by()
        .values("measure", "target_group")
        .annotate(serious=Count("pk", filter=Q(severity=Flag.Severity.SERIOUS)), all=Count("pk"))
        .order_by("-serious", "-all", "measure", "target_group")
        .first()
    )
    comparisons = Comparison.objects.select_related("measure", "target_group").order_by(
        "-ends_on", "measure__code", "target_group__code"
    )
    of_flagged = (
        comparisons.filter(measure=flagged["measure"], target_group=flagged["target_group"])
        if flagged
        else comparisons
    )
    return of_flagged.first() or comparisons.first()


class ReplyForm(forms.Form):
    """What a jobcentre's manager has to say of a result of its own."""

    text = forms.CharField(
        label=_("The jobcentre's comment"),
        help_text=_(
            "Everybody who works in the system can read it beside the result, with your name and the day. "
            "A newer comment stands in its place; the older stay in the history. Name no persons, and no "
            "numbers that are hidden from others."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        validators=[without_cpr],
        error_messages={"required": _("Write what the jobcentre has to say.")},
    )

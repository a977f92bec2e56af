"""Bringing a file, and deciding about what has arrived."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from jobcenter.accounts.models import User
from jobcenter.geography.models import Area
from jobcenter.pages import words
from jobcenter.pages.privacy import without_cpr
from regions.feeds.fields import DataDateField, TableField
from regions.feeds.figures import JUMP
from regions.feeds.layout import DANISH, VALUE_OF, Layout, is_period
from regions.feeds.models import Arrival, Setup, Source
from regions.feeds.receiving import Origin, digest_of
from regions.measures.models import Delivery, Measure, TargetGroup

HOLDS = {
    "measure": gettext_lazy("which measure"),
    "group": gettext_lazy("which target group"),
    "municipality": gettext_lazy("which municipality: its code or name"),
    "jobcentre": gettext_lazy("which jobcentre: its code or name"),
    "period": gettext_lazy("which period: its code"),
    "numerator": gettext_lazy("the numerator"),
    "denominator": gettext_lazy("the denominator"),
    "value": gettext_lazy("the figure itself"),
}


class UploadForm(forms.Form):
    file = TableField(
        megabytes=2,
        missing=gettext_lazy("Choose the file with the figures."),
        too_large=gettext_lazy("The file is larger than 2 MB."),
    )
    """Every figure of a year for all jobcentres takes less than a tenth of it."""

    known_source = forms.ModelChoiceField(
        Source.objects.none(),
        label=gettext_lazy("Read as"),
        required=False,
        empty_label=gettext_lazy("the portal's own form"),
        help_text=gettext_lazy(
            "A source whose columns have been explained before, or the portal's own form."
        ),
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        help_text=gettext_lazy("Whose figures they are, for example “Jobindsats, y60b15”."),
        max_length=200,
        required=False,
        validators=[without_cpr],
    )
    explain = forms.BooleanField(
        label=gettext_lazy("The columns are called otherwise: I explain them next"), required=False
    )
    data_date = DataDateField()

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        today = timezone.localdate()
        brought = Source.objects.filter(setups__in=Setup.objects.valid(today).filter(address=""))
        self.fields["known_source"].queryset = brought  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        if not self.cleaned_data.get("known_source") and not self.cleaned_data.get("source"):
            self.add_error("source", _("Write whose figures they are."))
        return super().clean()

    def origin(self, *, by: User, area: Area) -> Origin:
        """What was brought. Only after it is valid."""
        known: Source | None = self.cleaned_data["known_source"]
        return Origin(
            source=known.name if known else self.cleaned_data["source"],
            data_date=self.cleaned_data["data_date"],
            file_name=self.cleaned_data["file"].name,
            content=self.cleaned_data["file"].read(),
            by=by,
            area=area,
            setup=known.setup if known else None,
        )

    def say_why_not(self, arrival: Arrival) -> None:
        """At the file: why it cannot be used, or that it changes nothing."""
        if arrival.state == Arrival.State.UNCHANGED:
            self.add_error("file", already_there(arrival))
        elif arrival.said:
            self.add_error("file", arrival.said)
        else:
            self.add_error(
                "file",
                ngettext(
                    "A line in the file cannot be used, so nothing was saved. It stands below.",
                    "%(count)s lines in the file cannot be used, so nothing was saved. They stand below.",
                    arrival.refused,
                )
                % {"count": arrival.refused},
            )


class ExplainForm(forms.Form):
    """What each column of a table holds. After it is valid, `layout` says it.

    headings: of the table. words: by "measure" and "group", the texts of the columns that hold them.
    """

    jump = forms.IntegerField(
        label=gettext_lazy("Hold back from"),
        help_text=gettext_lazy("So many times more or less than the same place's figure before."),
        min_value=2,
        max_value=1000,
        initial=JUMP,
    )
    withdraws = forms.BooleanField(
        label=gettext_lazy("Each delivery is whole: what is no longer there is removed"), required=False
    )
    factor = forms.ChoiceField(
        label=gettext_lazy("Figures are written"),
        choices=[
            ("1", gettext_lazy("as they are")),
            ("100", gettext_lazy("as shares: 0,406 is 40,6 per cent")),
            ("1000", gettext_lazy("in thousands")),
            ("1000000", gettext_lazy("in millions")),
        ],
        initial="1",
    )
    constant_measure = forms.ChoiceField(label=gettext_lazy("Measure"), required=False)
    constant_group = forms.ChoiceField(label=gettext_lazy("Target group"), required=False)
    constant_period = forms.RegexField(
        r"^\d{4}[A-Za-z]{1,4}\d{2}$",
        label=gettext_lazy("Period"),
        help_text=gettext_lazy("For example 2026Q03, where no column says it."),
        required=False,
        error_messages={
            "invalid": gettext_lazy("Write it like 2026M09, 2026Q03, 2026H01, 2026Y01 or 2026QMAT03.")
        },
    )
    tried = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *arguments: Any,
        headings: Sequence[str],
        guess: Layout,
        texts: Callable[[int], Sequence[str]],
        **named: Any,
    ) -> None:
        super().__init__(*arguments, **named)
        self.headings, self.guess = headings, guess
        measures = [(measure.code, measure.title) for measure in Measure.objects.all()]
        groups = [(group.code, str(group)) for group in TargetGroup.objects.all()]
        nothing = ("", _("said by a column, or none"))
        self._choose("constant_measure", [nothing, *measures], guess.constants.get("measure", ""))
        self._choose("constant_group", [nothing, *groups], guess.constants.get("group", ""))
        self.initial["constant_period"] = guess.constants.get("period", "")
        self.initial["factor"] = str(int(guess.factor))
        for number, heading in enumerate(headings):
            held = guess.columns.get(heading, "")
            self._add(f"column_{number}", heading, self._held(heading, measures), held)
        self.words: dict[str, dict[str, str]] = {"measure": {}, "group": {}}
        for name, choices in (("measure", measures), ("group", groups)):
            for number in self._columns_that_hold(name):
                for place, text in enumerate(texts(number)):
                    field = f"word_{name}_{place}"
                    self.words[name][field] = text
                    known = guess.words.get(name, {}).get(text, "")
                    self._add(field, text, [("", _("as it is written")), *choices], known)

    def _choose(self, name: str, choices: Sequence[tuple[str, Any]], initial: str) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.initial[name] = initial

    def _add(self, name: str, label: str, choices: Sequence[Any], initial: str) -> None:
        self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False, initial=initial)

    def _held(self, heading: str, measures: Sequence[tuple[str, str]]) -> Sequence[Any]:
        """What a column can hold. One whose heading is a period may hold the figures of it."""
        period = [(VALUE_OF + heading.upper(), _("the figures of this period"))] if is_period(heading) else []
        of_measures = [(VALUE_OF + code, title) for code, title in measures]
        plain = [(name, HOLDS[name]) for name in DANISH]
        return [("", _("nothing we use")), *period, *plain, (_("The figures of a measure"), of_measures)]

    def _columns_that_hold(self, name: str) -> Iterator[int]:
        for number, heading in enumerate(self.headings):
            held = self.data.get(f"column_{number}") if self.is_bound else self.guess.columns.get(heading)
            if held == name:
                yield number

    @property
    def columns(self) -> list[forms.BoundField]:
        return [self[f"column_{number}"] for number in range(len(self.headings))]

    @property
    def said_words(self) -> list[forms.BoundField]:
        return [self[field] for fields in self.words.values() for field in fields]

    @property
    def layout(self) -> Layout:
        said = self.cleaned_data
        return Layout(
            columns={heading: said[f"column_{number}"] for number, heading in enumerate(self.headings)},
            constants={
                name: said[f"constant_{name}"]
                for name in ("measure", "group", "period")
                if said[f"constant_{name}"]
            },
            words={
                name: {text: said[field] for field, text in fields.items() if said[field]}
                for name, fields in self.words.items()
            },
            factor=float(said["factor"]),
            aliases=self.guess.aliases,
        )

    @property
    def digest(self) -> str:
        """What tells one explanation from another: it is kept only as it was tried."""
        return digest_of(json.dumps(self.layout.as_json(), sort_keys=True).encode())

    @property
    def is_as_tried(self) -> bool:
        """Whether it is to be kept, and says what it said when it was tried."""
        return "again" not in self.data and self.cleaned_data["tried"] == self.digest


class DecisionForm(forms.Form):
    """Letting a delivery count, or putting it aside. `shown`: the difference that was on the page."""

    shown = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[without_cpr],
    )

    def __init__(self, *arguments: Any, needs_reason: bool, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if needs_reason:
            self.fields["reason"].required = True
            self.fields["reason"].error_messages["required"] = _("Write why.")


def already_there(arrival: Arrival) -> str:
    """What is said of a file that changes nothing: the same one again, or another with the same figures."""
    earlier = Delivery.objects.filter(digest=arrival.digest).first()
    if earlier is None:
        return ngettext(
            "The file changes nothing: its %(count)s figure is there already.",
            "The file changes nothing: all its %(count)s figures are there already.",
            arrival.unchanged,
        ) % {"count": arrival.unchanged}
    received = timezone.localtime(earlier.received_at)
    return _("This file was received already, %(when)s, and all its figures are there.") % {
        "when": words.day_time(received, today=timezone.localdate(), language=get_language() or "da")
    }

"""The three questions, which fit one screen of a telephone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from employers.surveys.models import Lacking
from employers.vacancies.models import Outcome
from employers.vacancies.outcomes import FILLED
from jobcenter.pages.fields import capitalised

ANSWERS = [
    (Outcome.FILLED_AS_WANTED.value, _("Yes, whom we wanted")),
    (Outcome.FILLED_OTHER_PROFILE.value, _("Somebody with another profile")),
    (Outcome.NOT_FILLED.value, _("Nobody")),
]
NOT_NEEDED = Outcome.WITHDRAWN.value
"""Said by a button of its own: whoever stopped looking has no answer to the questions."""


class AnswerForm(forms.Form):
    """left: how many positions nobody had told of when it closed; of a single one no number is asked."""

    outcome = forms.ChoiceField(
        label=_("Did you get whom you wanted?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the three answers"),
            "invalid_choice": _("Choose one of the three answers"),
        },
    )
    filled = forms.IntegerField(
        label=_("How many positions were filled?"),
        required=False,
        min_value=0,
        error_messages={
            "invalid": _("Write the number of positions as a whole number"),
            "min_value": _("Write the number of positions as a whole number"),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    lacking = forms.ChoiceField(
        label=_("What was lacking most?"),
        required=False,
        choices=capitalised(Lacking.choices),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of the answers on the list")},
    )

    def __init__(self, data: Any = None, *, left: int) -> None:
        super().__init__(data, initial={"filled": left})
        self.left = left
        outcome = self.fields["outcome"]
        outcome.choices = [*ANSWERS, (NOT_NEEDED, "")]  # type: ignore[attr-defined]
        outcome.widget.choices = ANSWERS
        if left == 1:
            del self.fields["filled"]

    def clean(self) -> dict[str, Any]:
        """The number belongs to an answer that somebody was hired, and says how many."""
        cleaned: dict[str, Any] = super().clean() or {}
        is_filled = cleaned.get("outcome") in FILLED
        if "filled" not in self.fields:
            cleaned["filled"] = 1 if is_filled else 0
        elif is_filled and "filled" not in self.errors and not 1 <= (cleaned.get("filled") or 0) <= self.left:
            self.add_error(
                "filled", _("Write a number from 1 to %(left)d, or choose “Nobody”") % {"left": self.left}
            )
        elif not is_filled:
            self.errors.pop("filled", None)
            cleaned["filled"] = 0
        return cleaned

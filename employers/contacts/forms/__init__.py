"""Forms of the room: searching, the quick log, holds, and what a company wishes."""

from employers.contacts.forms.contact import (
    CancelForm,
    ChangeForm,
    ContactForm,
    LogForm,
    PostponeForm,
    as_logged,
)
from employers.contacts.forms.hold import HoldForm, PurposeForm
from employers.contacts.forms.preferences import PreferencesForm, as_kept
from employers.contacts.forms.searching import SearchForm

__all__ = [
    "CancelForm",
    "ChangeForm",
    "ContactForm",
    "HoldForm",
    "LogForm",
    "PostponeForm",
    "PreferencesForm",
    "PurposeForm",
    "SearchForm",
    "as_kept",
    "as_logged",
]

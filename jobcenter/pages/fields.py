"""A form field as the pages show it: after the design system's own markup.

`describe` turns Django's bound field into what `components/field.html` needs, so that the
template holds no logic about widgets, and a form stays an ordinary Django form.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.forms.boundfield import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

TOO_LONG = gettext_lazy(
    "This is longer than the %(limit_value)d characters there is room for: it has %(show_value)d."
)


def capitalised(choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Choices as they stand in a form, where each begins a line of its own: with a capital letter."""
    return [(value, capfirst(label)) for value, label in choices]


class DateInput(forms.DateInput):
    """The browser's own date field. It speaks ISO 8601 whatever the page's language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """The browser's own field for a time of day."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class DateTimeInput(forms.DateTimeInput):
    """The browser's own field for a day and a time."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class Select(forms.Select):
    """Drawn here and not by Django's templates, three for each option: a page may have a hundred."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        drawn = self.get_context(name, value, attrs)["widget"]
        return format_html(
            '<select name="{}"{}>{}\n</select>',
            drawn["name"],
            _written(drawn["attrs"]),
            mark_safe("".join(_group(label, options) for label, options, _index in drawn["optgroups"])),
        )


def _group(label: str | None, options: Iterable[Mapping[str, Any]]) -> SafeString:
    """Options under their heading; label: None for those without."""
    drawn = format_html_join(
        "",
        '\n  <option value="{}"{}>{}</option>',
        ((option["value"], _written(option["attrs"]), option["label"]) for option in options),
    )
    return format_html('\n  <optgroup label="{}">{}\n  </optgroup>', label, drawn) if label else drawn


def _written(attributes: Mapping[str, Any]) -> SafeString:
    """As a tag holds them: True is the name alone, and what is False is left out."""
    return mark_safe(
        "".join(
            format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value)
            for name, value in attributes.items()
            if value is not False
        )
    )


@dataclass(frozen=True)
class Labelled:
    """A choice with a line of explanation under it: `(value, Labelled("Main site", "61 employees"))`.

    A choice that is a record: override `label_from_instance` to return one.
    """

    label: str
    hint: str = ""
    icon: str = ""

    def __str__(self) -> str:
        return str(self.label)


@dataclass(frozen=True)
class Choice:
    """A radio button or checkbox, ready to be written. `shape`: "radio" or "checkbox"."""

    id: str
    tag: str
    label: str
    hint: str
    icon: str
    shape: str


@dataclass(frozen=True)
class FieldView:
    """What `components/field.html` shows of a field.

    kind: "input" (also select and textarea), "choices" (radio buttons or checkboxes in a fieldset)
    or "checkbox" (one). `described_by` joins the ids of hint and error for a fieldset.
    """

    kind: str
    id: str
    label: str
    hint: str
    errors: list[str]
    is_optional: bool
    tag: str = ""
    choices: list[Choice] = field(default_factory=list)

    @property
    def hint_id(self) -> str:
        return f"{self.id}_helptext"

    @property
    def error_id(self) -> str:
        return f"{self.id}_error"

    @property
    def described_by(self) -> str:
        parts = {self.hint_id: bool(self.hint), self.error_id: bool(self.errors)}
        return " ".join(part for part, is_shown in parts.items() if is_shown)


@dataclass(frozen=True)
class Problem:
    """One line of the error summary: what to do, and the field's id (None: the form as a whole)."""

    text: str
    target: str | None


def describe(
    bound: BoundField, *, classes: str = "", label: str = "", hint: str = "", as_chips: bool = False
) -> FieldView:
    """The field as it is shown; `classes` go on the input itself, label and hint replace the form's own.

    as_chips: choices without the round and square boxes that the design system draws.
    """
    widget = _widget(bound)
    shown_label = label or str(bound.label or "")
    shown_hint = hint or str(bound.help_text or "")
    common: dict[str, Any] = {
        "id": str(bound.auto_id),
        "label": shown_label,
        "hint": shown_hint,
        "errors": messages(bound),
        "is_optional": not bound.field.required,
    }
    if isinstance(widget, forms.RadioSelect):
        return FieldView(kind="choices", choices=_choices(bound, as_chips=as_chips), **common)
    if isinstance(widget, forms.CheckboxInput):
        tag = bound.as_widget(attrs=_attributes(bound, widget, f"form-checkbox {classes}", shown_hint))
        return FieldView(kind="checkbox", tag=tag, **common)
    kind_class = "form-select" if isinstance(widget, forms.Select) else "form-input"
    tag = bound.as_widget(widget, attrs=_attributes(bound, widget, f"{kind_class} {classes}", shown_hint))
    return FieldView(kind="input", tag=tag, **common)


def messages(bound: BoundField) -> list[str]:
    """The field's errors; Django's general sentences become ones that say what to do."""
    return [_sentence(error, bound) for error in bound.form.errors.as_data().get(bound.name, [])]


def _sentence(error: ValidationError, bound: BoundField) -> str:
    text = " ".join(str(message) for message in error.messages)
    if error.code == "required" and text == str(forms.Field.default_error_messages["required"]):
        return _what_to_do(bound.field) % {"label": bound.label}
    if error.code == "max_length" and error.message is MaxLengthValidator.message:
        return str(TOO_LONG) % error.params
    return text


def _what_to_do(empty: forms.Field) -> str:
    if isinstance(empty.widget, forms.CheckboxInput):
        return _("Tick “%(label)s”")
    if isinstance(empty.widget, forms.Select | forms.RadioSelect):
        return _("Choose under “%(label)s”")
    return _("Fill in “%(label)s”")


def problems(forms_: Iterable[forms.BaseForm]) -> list[Problem]:
    """Every error of the forms, in the order of their fields; those of the whole form first."""
    found: list[Problem] = []
    for form in forms_:
        found.extend(Problem(text=str(text), target=None) for text in form.non_field_errors())
        for bound in form:
            target = None if bound.is_hidden else _first_id(bound)
            found.extend(Problem(text=text, target=target) for text in messages(bound))
    return found


_BROWSERS_OWN: dict[type[forms.Widget], Callable[..., forms.Widget]] = {
    forms.DateInput: DateInput,
    forms.TimeInput: TimeInput,
    forms.DateTimeInput: DateTimeInput,
}


def _widget(bound: BoundField) -> forms.Widget:
    """The form's widget, with the browser's own fields for dates and times."""
    widget = bound.field.widget
    if type(widget) is forms.Select:
        return Select(attrs=widget.attrs, choices=widget.choices)
    own = _BROWSERS_OWN.get(type(widget))
    return own(attrs=widget.attrs) if own else widget


def _attributes(bound: BoundField, widget: forms.Widget, classes: str, hint: str) -> dict[str, Any]:
    attributes = {"class": " ".join([*classes.split(), *str(widget.attrs.get("class", "")).split()])}
    described_by = {f"{bound.auto_id}_helptext": bool(hint), f"{bound.auto_id}_error": bool(bound.errors)}
    if any(described_by.values()):
        attributes["aria-describedby"] = " ".join(part for part, is_shown in described_by.items() if is_shown)
    if isinstance(bound.field, forms.EmailField):
        attributes["autocomplete"] = "email"
    if isinstance(bound.field, forms.IntegerField | forms.DecimalField):
        attributes["inputmode"] = "numeric" if type(bound.field) is forms.IntegerField else "decimal"
    kept = {name: value for name, value in widget.attrs.items() if name != "class"}
    # What stands in a field is taken for an answer, and is gone when one needs it: hints stand above.
    return attributes | kept | {"placeholder": False}


def _choices(bound: BoundField, *, as_chips: bool) -> list[Choice]:
    """The options as Django makes them, with the design system's classes and each one's own hint."""
    shape = "checkbox" if bound.field.widget.allow_multiple_selected else "radio"
    found = []
    for option in bound.subwidgets:
        said = option.data["label"]
        hint = str(said.hint) if isinstance(said, Labelled) else ""
        if not as_chips:
            option.data["attrs"]["class"] = f"form-{shape}"
        if hint:
            option.data["attrs"]["aria-describedby"] = f"{option.id_for_label}_helptext"
        found.append(
            Choice(
                id=option.id_for_label,
                tag=option.tag(wrap_label=False),
                label=str(said),
                hint=hint,
                icon=said.icon if isinstance(said, Labelled) else "",
                shape=shape,
            )
        )
    return found


def _first_id(bound: BoundField) -> str:
    """Where a link from the summary goes: the field, or the first of its choices."""
    if isinstance(bound.field.widget, forms.RadioSelect):
        options = bound.subwidgets
        if options:
            return str(options[0].id_for_label)
    return str(bound.id_for_label or bound.auto_id)

"""Ordinary Django forms, written as the design system writes them."""

from datetime import date

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from jobcenter.pages import fields


class Recruiting(forms.Form):
    cvr = forms.CharField(
        label="CVR-nummer", help_text="8 cifre", widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    place = forms.ChoiceField(
        label="Arbejdssted",
        widget=forms.RadioSelect,
        choices=[("1", fields.Labelled("Tangmosevej 88", "61 ansatte")), ("2", "Et andet sted")],
        error_messages={"required": "Vælg et arbejdssted"},
    )
    email = forms.EmailField(
        label="E-mail", widget=forms.EmailInput(attrs={"class": "egen", "placeholder": "navn@firma.dk"})
    )
    phone = forms.CharField(label="Telefon", required=False)
    kind = forms.ChoiceField(label="Slags", choices=[("a", "Fast"), ("b", "Vikar")])
    start = forms.DateField(label="Start")
    positions = forms.IntegerField(label="Antal", min_value=1)
    skills = forms.MultipleChoiceField(
        label="Krav", widget=forms.CheckboxSelectMultiple, choices=[("k", "Kørekort")], required=False
    )
    right = forms.BooleanField(label="Vi må slå stillingen op")
    token = forms.CharField(widget=forms.HiddenInput)


def shown(source: str, **context: object) -> str:
    with translation.override("da"):
        return Template("{% load ei %}" + source).render(Context(context))


def test_a_field_has_its_label_its_hint_and_points_at_them():
    page = shown("{% field form.cvr width='s' %}", form=Recruiting())

    assert '<label class="form-label" for="id_cvr">CVR-nummer</label>' in page
    assert '<span class="form-hint" id="id_cvr_helptext">8 cifre</span>' in page
    assert 'class="form-input input-width-s"' in page
    assert 'aria-describedby="id_cvr_helptext"' in page
    assert 'inputmode="numeric"' in page
    assert "form-error" not in page


def test_an_error_is_said_at_the_field_and_announced_as_one():
    page = shown("{% field form.cvr %}", form=Recruiting({}))

    assert 'class="form-group form-error"' in page
    assert 'aria-describedby="id_cvr_helptext id_cvr_error"' in page
    assert 'aria-invalid="true"' in page
    assert '<span class="sr-only">Fejl: </span>Udfyld „CVR-nummer“</span>' in page


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("place", "Vælg et arbejdssted"),
        ("kind", "Vælg under „Slags“"),
        ("right", "Sæt kryds ved „Vi må slå stillingen op“"),
    ],
)
def test_an_empty_field_says_what_to_do(name, told):
    with translation.override("da"):
        assert fields.messages(Recruiting({})[name]) == [told]


def test_what_was_typed_stays_when_it_is_wrong():
    page = shown("{% field form.email %}", form=Recruiting({"email": "<mette>@"}))

    assert 'value="&lt;mette&gt;@"' in page


def test_only_what_may_be_left_out_is_marked():
    form = Recruiting()

    assert "(frivilligt)" in shown("{% field form.phone %}", form=form)
    assert "(frivilligt)" not in shown("{% field form.cvr %}", form=form)
    assert "(frivilligt)" not in shown("{% field form.phone mark_optional=False %}", form=form)


def test_radio_buttons_stand_in_a_fieldset_with_their_own_hints():
    page = shown("{% field form.place %}", form=Recruiting({"place": "2"}))

    assert '<legend class="form-label">Arbejdssted</legend>' in page
    assert page.count('class="form-group-radio"') == 2
    assert '<span class="form-hint" id="id_place_0_helptext">61 ansatte</span>' in page
    assert 'aria-describedby="id_place_0_helptext"' in page
    assert page.count(" checked") == 1


def test_an_error_in_a_group_belongs_to_the_whole_group():
    page = shown("{% field form.place %}", form=Recruiting({}))

    assert '<fieldset aria-describedby="id_place_error">' in page


def test_chips_have_no_drawn_circles_and_keep_their_icons():
    form = Recruiting()
    form.fields["place"].choices = [("t", fields.Labelled("Telefon", icon="headset"))]

    page = shown("{% field form.place look='pick' %}", form=form)

    assert "ei-pick-row" in page
    assert "form-radio" not in page
    assert "all-svg-icons.svg#headset" in page


def test_several_choices_are_checkboxes_and_not_radio_buttons():
    page = shown("{% field form.skills %}", form=Recruiting())

    assert 'type="checkbox"' in page
    assert 'class="form-group-checkbox"' in page
    assert "form-radio" not in page


def test_a_date_is_the_browsers_own_field_in_the_only_notation_it_knows():
    with translation.override("da"):
        page = shown("{% field form.start %}", form=Recruiting(initial={"start": date(2027, 1, 4)}))

    assert 'type="date"' in page
    assert 'value="2027-01-04"' in page


def test_what_the_browser_sends_for_a_date_is_understood_in_danish():
    with translation.override("da"):
        form = Recruiting({"start": "2027-01-04"})
        form.is_valid()

    assert form.cleaned_data["start"] == date(2027, 1, 4)


def test_each_kind_of_input_has_its_own_type():
    form = Recruiting()

    email = shown("{% field form.email %}", form=form)
    positions = shown("{% field form.positions %}", form=form)
    kind = shown("{% field form.kind %}", form=form)

    assert 'type="email"' in email
    assert 'autocomplete="email"' in email
    assert 'class="form-input egen"' in email
    assert "placeholder" not in email
    assert 'type="number"' in positions
    assert 'inputmode="numeric"' in positions
    assert 'class="form-select"' in kind


def test_a_hidden_field_has_nothing_around_it():
    page = shown("{% field form.token %}", form=Recruiting())

    assert page.strip() == '<input type="hidden" name="token" id="id_token">'


def test_the_summary_leads_to_every_field_that_must_be_put_right():
    form = Recruiting({"cvr": "12345678"})
    form.is_valid()
    form.add_error(None, "CVR-nummeret er ikke i brug")

    page = shown("{% error_summary form %}", form=form)

    assert 'role="alert"' in page
    assert 'data-module="error-summary"' in page
    assert "<li>CVR-nummeret er ikke i brug</li>" in page
    assert '<a href="#id_place_0">Vælg et arbejdssted</a>' in page
    assert '<a href="#id_email">' in page
    assert "#id_cvr" not in page
    assert "#id_token" not in page


def test_a_form_without_errors_has_no_summary_and_no_word_in_the_title():
    page = shown("{% error_summary form %}{% error_prefix form %}", form=Recruiting())

    assert page.strip() == ""
    assert shown("{% error_prefix form %}", form=Recruiting({})) == "Fejl: "


class Sorting(forms.Form):
    order = forms.ChoiceField(
        choices=[("", "–"), ("x", "Få & <mange>"), ("Tid", [(1, "Nyeste"), ("2", "Ældste")])], required=False
    )


@pytest.mark.parametrize("data", [None, {"order": "1"}, {"order": "x"}, {"order": "findes ikke"}])
def test_a_list_of_choices_is_drawn_as_django_draws_it(data):
    bound = Sorting(data)["order"]

    drawn = fields.Select(choices=bound.field.widget.choices)

    djangos = bound.as_widget().splitlines()
    assert bound.as_widget(drawn).splitlines() == [line for line in djangos if line.strip()]

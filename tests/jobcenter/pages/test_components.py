from datetime import UTC, datetime

import pytest
import time_machine
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation

from jobcenter.pages.components import SHAPES, Happening, Step, StepState


def shown(source: str, language: str = "da", **context: object) -> str:
    with translation.override(language):
        return Template("{% load ei %}" + source).render(Context(context))


@pytest.mark.parametrize("kind", SHAPES)
def test_a_sign_is_a_shape_and_a_word(kind):
    page = shown("{% sign kind 'Under' %}", kind=kind)

    assert "<svg" in page
    assert page.endswith("Under</span>")
    assert f"ei-sign-{SHAPES[kind].tone}" in page


def test_a_signs_word_cannot_carry_markup():
    assert "<script>" not in shown("{% sign 'bad' word %}", word="<script>")


def test_an_icon_is_silent_unless_it_is_named():
    assert 'aria-hidden="true"' in shown("{% icon 'print' %}")
    assert 'role="img" aria-label="Fejl"' in shown("{% icon 'error' label='Fejl' %}")


def test_breadcrumbs_end_with_the_page_itself():
    page = shown("{% breadcrumbs 'Virksomheder' '/v/' 'Bøgevang' %}")

    assert '<a class="breadcrumbs__link" href="/v/">Virksomheder</a>' in page
    assert 'aria-current="page"' in page.split("</a>")[1]


def test_breadcrumbs_without_the_pages_own_name_are_refused():
    with pytest.raises(TemplateSyntaxError):
        shown("{% breadcrumbs 'Virksomheder' '/v/' %}")


def test_the_pages_of_a_list_keep_what_was_searched_for():
    request = RequestFactory().get("/stillinger/", {"hvad": "smed", "side": "3"})
    page_obj = Paginator(range(95), 10).get_page("3")

    page = shown("{% pagination page_obj %}", request=request, page_obj=page_obj)

    assert 'href="?hvad=smed&amp;side=2" aria-label="Forrige side"' in page
    assert 'href="?hvad=smed&amp;side=10"' in page
    assert page.count('aria-current="page"') == 1
    assert "Side 3 af 10" in page


def test_a_list_of_one_page_has_no_links_to_pages():
    request = RequestFactory().get("/stillinger/")

    page = shown("{% pagination page_obj %}", request=request, page_obj=Paginator(range(5), 10).get_page(1))

    assert page.strip() == ""


def test_a_figure_is_a_link_where_there_is_more_to_see():
    link = shown("{% kpi 'Henvendelser' 6 url='#alle' note_sign='1 haster' sign_kind='alarm' %}")
    figure = shown("{% kpi 'Faktisk' '26,3' unit='pct.' note='354 af 1.346' %}")

    assert link.startswith('<a class="ei-kpi" href="#alle">')
    assert "1 haster</span>" in link
    assert figure.startswith('<div class="ei-kpi"><dt>Faktisk</dt>')
    assert "354 af 1.346" in figure


def test_the_source_line_leaves_out_what_is_not_known():
    page = shown("{% source_line 'Jobindsats' '' version downloads='?hent=' %}", version=None)

    assert page.count("<span>") == 1
    assert 'href="?hent=csv"' in page
    assert "CSV</a>" in page
    assert 'href="?hent=json"' in page
    assert "JSON-stat</a>" in page


def test_steps_say_which_is_done_which_is_wrong_and_which_cannot_be_gone_to():
    steps = [
        Step("Virksomhed", "/1/", StepState.DONE),
        Step("Stillingen", "/2/", StepState.ERROR, note="2 felter mangler"),
        Step("Send"),
    ]

    page = shown("{% step_indicator steps %}", steps=steps)
    small = shown("{% step_indicator steps compact=True %}", steps=steps)

    assert 'aria-label="Trin 1 er udfyldt"' in page
    assert 'aria-label="Fejl i trin 2"' in page
    assert page.count('aria-current="step"') == 1
    assert page.count("<a ") == 2
    assert "Trin<strong> 2 </strong>af 3" in small


def test_what_has_happened_is_marked_as_done():
    happenings = [
        Happening("Modtaget", "i dag kl. 10.51", "Ligger hos Karim", is_done=True),
        Happening("Svar"),
    ]

    page = shown("{% steps_down happenings %}", happenings=happenings)

    assert page.count("ei-step-done") == 1
    assert page.index("Modtaget") < page.index("Svar")


@pytest.mark.parametrize(("done", "total"), [(0, 0), (120, 480), (480, 480)])
def test_progress_is_told_in_figures_beside_the_bar(done, total):
    page = shown("{% progress done total 'Genberegning' %}", done=done, total=total)

    assert f'value="{done}"' in page
    assert 'aria-label="Genberegning"' in page
    assert "style=" not in page


def test_a_charts_figures_cannot_break_out_of_their_block():
    data = {"description": "</script><script>alert(1)</script>"}

    page = shown("{% chart 'funnel' data 'tragt' 'Tragtdiagram' %}", data=data)

    assert page.count("<script") == 1
    assert '<script id="tragt-data" type="application/json">' in page
    assert 'data-options="tragt-data"' in page


@time_machine.travel(datetime(2026, 11, 19, 10, 5, tzinfo=UTC), tick=False)
def test_times_are_told_by_the_clock_in_denmark_in_the_readers_language():
    due = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
    source = "{{ due|day_time }}|{{ due|workdays_left }}|{{ due|ago_or_due }}|{{ due|iso }}"

    danish = shown(source, due=due).replace("\N{NO-BREAK SPACE}", " ")
    english = shown(source, "en", due=due).replace("\N{NO-BREAK SPACE}", " ")

    assert danish == "mandag 23. november kl. 12|2 hverdage|4 dage|2026-11-23T12:00:00+01:00"
    assert english == "Monday 23 November at 12:00|2 working days|4 days|2026-11-23T12:00:00+01:00"


def test_what_is_not_known_is_a_dash():
    source = "{{ x|day }}{{ x|day_time }}{{ x|ago_or_due }}{{ x|number }}{{ x|percent }}"

    assert shown(source, x=None) == "–––––"

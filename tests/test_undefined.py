"""The kit's own promise: an undefined variable never passes unseen."""

import pytest
from django.template import Context, engines
from django.template.loader import get_template

from tests.undefined import UndefinedVariable


def shown(source: str, **context: object) -> str:
    return engines["django"].engine.from_string(source).render(Context(context))


@pytest.mark.parametrize(
    "source",
    [
        "{{ missing }}",
        "{{ person.missing }}",
        "{{ missing|default:'nobody' }}",
        "{{ missing|upper }}",
        "{% for one in missing %}{{ one }}{% endfor %}",
        "{% for one in person.missing %}{{ one }}{% empty %}nobody{% endfor %}",
        "{% with name=missing %}{{ name }}{% endwith %}",
        "{% blocktranslate %}Hello {{ missing }}{% endblocktranslate %}",
        "{% blocktranslate with name=missing %}Hello {{ name }}{% endblocktranslate %}",
        "{% url missing %}",
        "{% include 'jobcenter/pages/messages.html' with other=missing %}",
    ],
)
def test_an_undefined_variable_fails(source):
    with pytest.raises(UndefinedVariable, match="missing"):
        shown(source, person={"name": "Mette"})


def test_the_error_names_template_and_line():
    with pytest.raises(UndefinedVariable, match=r"missing is not defined in .*, line 2"):
        shown("one\n{{ missing }}")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{% if missing %}yes{% else %}no{% endif %}", "no"),
        ("{% if person.missing and person.name %}yes{% else %}no{% endif %}", "no"),
        ("{% firstof missing person.name %}", "Mette"),
        ("{% for one in nobody %}{{ one }}{% empty %}nobody{% endfor %}", "nobody"),
        ("{{ nobody|default:'nobody' }}", "nobody"),
    ],
)
def test_a_template_may_ask_whether_a_variable_is_there(source, text):
    assert shown(source, person={"name": "Mette"}, nobody=[]) == text


def test_templates_of_libraries_may_show_something_empty():
    page = get_template("admin/filter.html")  # asks for {{ title }}, and walks through {{ choices }}

    assert "details" in page.render({})

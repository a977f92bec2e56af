import gettext
import threading
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.core.management import call_command
from django.utils import translation

from jobcenter.pages import catalogue

SOURCE = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext_lazy
label = _("Company")
count = ngettext("%(count)s day", "%(count)s days", 2)
verb = pgettext_lazy("verb", "Answer")
not_marked = "Nothing"
made_up = _(label)
"""

TEMPLATE = """
<ul>
    <li>{% translate "Sign in" %}</li>
  <li title="{% translate 'Close' context 'window' %}">{{ _("Help") }}</li>
</ul>
{% blocktranslate trimmed count n=number %}
    {{ n }} vacancy
{% plural %}
    {{ n }} vacancies
{% endblocktranslate %}
{# {% translate "Hidden" %} #}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "jobcenter").mkdir()
    (tmp_path / "jobcenter/forms.py").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/page.html").write_text(TEMPLATE, encoding="utf-8")
    return tmp_path


@pytest.fixture
def po_file(root: Path) -> Path:
    return root / "locale/da/LC_MESSAGES/django.po"


def translate(po_file: Path, strings: dict[str, str | tuple[str, ...]], context: str | None = None) -> None:
    kept = catalogue.load(po_file)
    for text, translated in strings.items():
        message = kept.get(text, context)
        assert message is not None, text
        message.string = translated
    catalogue.save(kept, po_file)


def translate_all(po_file: Path) -> None:
    translate(
        po_file,
        {
            "Company": "Virksomhed",
            "%(count)s day": ("én dag", "%(count)s dage"),
            "Sign in": "Log ind",
            "Help": "Hjælp",
            "%(n)s vacancy": ("%(n)s stilling", "%(n)s stillinger"),
        },
    )
    translate(po_file, {"Answer": "Svar"}, "verb")
    translate(po_file, {"Close": "Luk"}, "window")


def test_every_marked_string_is_found_in_sources_and_templates(root):
    found = {(message.id, message.context) for message in catalogue.extract(root) if message.id}

    assert found == {
        ("Company", None),
        (("%(count)s day", "%(count)s days"), None),
        ("Answer", "verb"),
        ("Sign in", None),
        ("Close", "window"),
        ("Help", None),
        (("%(n)s vacancy", "%(n)s vacancies"), None),
    }


def test_a_complete_catalogue_has_no_faults_and_is_the_same_after_another_update(root, po_file):
    catalogue.update(root, po_file)
    translate_all(po_file)
    before = po_file.read_bytes()

    assert catalogue.faults(root, po_file) == []
    assert catalogue.update(root, po_file) == ([], [])
    assert po_file.read_bytes() == before


def test_each_string_that_waits_for_its_translation_is_named(root, po_file):
    catalogue.update(root, po_file)

    assert "not translated: “Company”" in catalogue.faults(root, po_file)
    assert "not translated: “Answer” (verb)" in catalogue.faults(root, po_file)


def test_a_string_that_was_never_collected_is_named(root, po_file):
    catalogue.update(root, po_file)
    translate_all(po_file)
    (root / "templates/new.html").write_text('{% translate "New" %}', encoding="utf-8")

    assert catalogue.faults(root, po_file) == ["not in the catalogue: “New”"]


def test_a_string_no_source_holds_any_more_is_named_and_then_dropped(root, po_file):
    catalogue.update(root, po_file)
    translate_all(po_file)
    (root / "templates/page.html").unlink()

    assert "in the catalogue, but in no source: “Sign in”" in catalogue.faults(root, po_file)

    added, dropped = catalogue.update(root, po_file)

    assert added == []
    assert "“Sign in”" in dropped
    assert catalogue.faults(root, po_file) == []


def test_nothing_is_guessed_from_a_string_that_looks_alike(root, po_file):
    catalogue.update(root, po_file)
    translate_all(po_file)
    (root / "templates/new.html").write_text('{% translate "Sign in now" %}', encoding="utf-8")

    catalogue.update(root, po_file)

    assert catalogue.faults(root, po_file) == ["not translated: “Sign in now”"]


@pytest.mark.parametrize(
    ("translated", "is_right"),
    [
        (("én dag", "%(count)s dage"), True),
        (("%(count)s dag", "%(count)s dage"), True),
        (("én dag", "dage"), False),
        (("%(antal)s dag", "%(count)s dage"), False),
        (("én dag", "%(count)s dage i %(år)s"), False),
        (("én dag", ""), False),
        (("én dag\n", "%(count)s dage"), False),
    ],
)
def test_placeholders_and_line_ends_must_fit(root, po_file, translated, is_right):
    catalogue.update(root, po_file)
    translate_all(po_file)
    translate(po_file, {"%(count)s day": translated})

    assert (catalogue.faults(root, po_file) == []) is is_right


def test_what_is_compiled_is_what_was_translated(root, po_file, tmp_path):
    catalogue.update(root, po_file)
    translate_all(po_file)
    made = tmp_path / "generated/locale/da/LC_MESSAGES/django.mo"

    catalogue.compile_to(po_file, made)

    with made.open("rb") as opened:
        danish = gettext.GNUTranslations(opened)
    assert danish.gettext("Company") == "Virksomhed"
    assert danish.ngettext("%(n)s vacancy", "%(n)s vacancies", 2) == "%(n)s stillinger"
    assert danish.pgettext("verb", "Answer") == "Svar"
    assert [path.name for path in made.parent.iterdir()] == ["django.mo"]


def test_a_process_that_read_the_texts_before_they_were_compiled_reads_them_anew(settings, tmp_path):
    settings.LOCALE_PATHS = [tmp_path]
    with translation.override("da"):
        assert translation.gettext("Flags") == "Flags"

    call_command("catalogue", "compile")

    with translation.override("da"):
        assert translation.gettext("Flags") == "Flag"


def test_two_updates_at_once_lose_nothing(root, po_file):
    """Each adds what it sees; the second begins from what the first has written."""
    updates = [threading.Thread(target=catalogue.update, args=(root, po_file)) for _ in range(4)]
    for one in updates:
        one.start()
    for one in updates:
        one.join()

    assert len([message for message in catalogue.load(po_file) if message.id]) == 7


def test_an_unreadable_template_is_named(root):
    (root / "templates/broken.html").write_text(
        "{% blocktranslate %}{% if x %}no{% endif %}{% endblocktranslate %}", encoding="utf-8"
    )

    with pytest.raises(SyntaxError, match=r"broken\.html"):
        catalogue.extract(root)


def test_what_the_libraries_say_poorly_we_say_ourselves():
    class Asking(forms.Form):
        email = forms.EmailField()

    with translation.override("da"):
        assert Asking({"email": "mette@"}).errors["email"] == [
            "Ret e-mailadressen, så den har formen navn@firma.dk."
        ]


def test_danish_sentences_quote_in_one_way():
    """„Sådan“, whichever of us translated."""
    kept = catalogue.load(settings.BASE_DIR / "locale/da/LC_MESSAGES/django.po")
    said = [text for message in kept if message.id for text in _forms(message.string)]

    assert [text for text in said if set(text) & set("”»«")] == []


def _forms(string: str | tuple[str, ...] | list[str]) -> list[str]:
    return [string] if isinstance(string, str) else list(string)

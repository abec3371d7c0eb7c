"""The German interface is complete, and both languages are served."""

import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override

from alliance_portal import translations

ALLIANCE = "Alliance for Initial and Further Training"
GERMAN = 'msgstr "Allianz für Aus- und Weiterbildung"'
CHECKS_MADE = "%(count)s checks made."
IN_GERMAN = '"%(count)s Prüfungen durch'

CODE = b"""
subject = f"{prefix}{_('In a text put together')}"
label = format_lazy("{}", _("One" " of two"))
found = ngettext("%(n)s file", "%(n)s files", number) % {"n": number}
month = pgettext_lazy("month", "May")
nothing = gettext(variable), other("Not a message")
"""
TEMPLATE = b"""
{% load i18n %}
<p title="{% translate "Two" %}">{{ _("Three")|upper }} (as \'quoted\')</p>
    {% if x %}
  {% blocktranslate with n=x trimmed %}
    Four {{ n }}
  {% endblocktranslate %}
{% endif %}
{% blocktranslate count n=number %}{{ n }} file{% plural %}{{ n }} files{% endblocktranslate %}
{% translate "May" context "month" %}
"""


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """The project's own catalogue, to be damaged."""
    copy = tmp_path / "django.po"
    for suffix in (".po", ".mo"):
        shutil.copy(translations.CATALOGUE.with_suffix(suffix), copy.with_suffix(suffix))
    return copy


def damage(catalogue: Path, before: str, after: str) -> None:
    text = catalogue.read_text()
    assert text.count(before) == 1
    catalogue.write_text(text.replace(before, after))


def found_in(method: Callable, source: bytes) -> set[tuple[object, str | None]]:
    found = extract(method, BytesIO(source), translations.KEYWORDS)
    return {(message, context) for _line, message, _comments, context in found}


def test_german_catalogue_is_complete():
    assert list(translations.problems()) == []


def test_every_message_of_the_code_is_found():
    assert found_in(translations.extract_code, CODE) == {
        ("In a text put together", None),
        ("One of two", None),
        (("%(n)s file", "%(n)s files"), None),
        ("May", "month"),
    }


def test_every_message_of_a_template_is_found():
    assert found_in(translations.extract_template, TEMPLATE) == {
        ("Two", None),
        ("Three", None),
        ("Four %(n)s", None),
        (("%(n)s file", "%(n)s files"), None),
        ("May", "month"),
    }


def test_collecting_again_changes_nothing(catalogue: Path):
    before = catalogue.read_bytes(), catalogue.with_suffix(".mo").read_bytes()

    translations.update(catalogue)

    assert (catalogue.read_bytes(), catalogue.with_suffix(".mo").read_bytes()) == before


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        (
            GERMAN,
            'msgstr ""',
            f"not translated: '{ALLIANCE}'",
        ),
        (
            f'msgid "{ALLIANCE}"',
            '#, fuzzy\nmsgid "Alliance for Initial and Further Training"',
            f"not translated: '{ALLIANCE}'",
        ),
        (
            f'msgid "{ALLIANCE}"',
            'msgid "Phase"',
            f"not in the catalogue: '{ALLIANCE}'",
        ),
        (f'msgid "{ALLIANCE}"', 'msgid "Phase"', "no longer used: 'Phase'"),
        (IN_GERMAN, '"Prüfungen durch', f"placeholders differ: '{CHECKS_MADE}'"),
        (
            IN_GERMAN,
            '"%(count)d Prüfungen durch',
            f"placeholders differ: '{CHECKS_MADE}'",
        ),
        (
            IN_GERMAN,
            '"%(n)s %(count)s Prüf',
            f"placeholders differ: '{CHECKS_MADE}'",
        ),
        (
            GERMAN,
            'msgstr "Phase"',
            "the compiled catalogue is out of date",
        ),
    ],
)
def test_an_incomplete_catalogue_is_reported(catalogue: Path, before: str, after: str, problem: str):
    damage(catalogue, before, after)

    assert any(found.startswith(problem) for found in translations.problems(catalogue))


def test_collecting_keeps_translations_and_fuzzy_marks_and_drops_what_is_gone(catalogue: Path):
    damage(
        catalogue,
        f'msgid "{ALLIANCE}"',
        '#, fuzzy\nmsgid "Alliance for Initial and Further Training"',
    )
    catalogue.write_text(catalogue.read_text() + '\nmsgid "Gone"\nmsgstr "Weg"\n')

    translations.update(catalogue)

    assert list(translations.problems(catalogue)) == [f"not translated: '{ALLIANCE}'"]
    assert 'msgid "Gone"' not in catalogue.read_text()
    assert 'msgstr "Weg"' not in catalogue.read_text()
    assert GERMAN in catalogue.read_text()


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "heading"), [("de", "Anmelden"), ("en", "Sign in")])
def test_sign_in_page_speaks_the_browsers_language(client: Client, language: str, heading: str):
    response = client.get(reverse("account_login"), headers={"accept-language": language})

    assert heading in response.content.decode()
    assert response.headers["content-language"] == language


@pytest.mark.parametrize(
    ("retired", "instead"),
    [
        ("Dachverb", "Dachorganisation"),
        ("Datenpflege", "Datenmanagement"),
        ("Datenverwaltung", "Datenmanagement"),
        ("urückgehalten", "nicht übernommen"),
        ("zurückerb", "um Rückgabe gebeten"),
        ("Basiswert", "Ausgangswert"),
        ("Datenauszug", "Datengrundlage"),
        ("Zulieferer", "Lieferant"),
    ],
)
def test_german_has_one_word_for_each_thing(retired: str, instead: str):
    texts = [str(message.string) for message in translations.stored(translations.CATALOGUE) if message.id]
    assert any(instead in text for text in texts)
    assert [text for text in texts if retired in text] == []


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("This field is required.", "Bitte füllen Sie dieses Feld aus."),
        ("Bad Token", "Der Link gilt nicht mehr"),
    ],
)
def test_words_of_libraries_are_replaced_where_the_portal_has_better_ones(english: str, german: str):
    with override("de"):
        assert gettext(english) == german

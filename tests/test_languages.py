"""Every language of the interface has its texts everywhere: these tests name what a new one still lacks."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from alliance_portal import translations
from measures.absence_words import WRITTEN
from measures.enums import Absence, Quality
from measures.renderers import own_workbook
from measures.renderers.own_workbook_keys import QUALITY_WORDS, SHEETS

LANGUAGES = [code for code, _name in settings.LANGUAGES]
MESSAGES_ARE_WRITTEN_IN = "en"
TEMPLATES = settings.BASE_DIR / "templates"


def test_languages_with_a_catalogue_are_those_offered():
    assert sorted(translations.catalogues()) == sorted({*LANGUAGES} - {MESSAGES_ARE_WRITTEN_IN})


@pytest.mark.parametrize("language", sorted(translations.catalogues()))
def test_catalogue_is_complete(language: str):
    assert list(translations.problems(translations.catalogues()[language], language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_absences_are_written_in_the_language(language: str):
    assert set(WRITTEN.get(language, ())) == set(Absence.values)


@pytest.mark.parametrize("language", LANGUAGES)
def test_own_workbook_speaks_the_language(language: str):
    assert language in own_workbook.LANGUAGES
    assert set(SHEETS.get(language, ())) == set(SHEETS["de"])
    assert set(QUALITY_WORDS.get(language, ())) == set(Quality.values)


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_can_be_chosen_on_every_page(client: Client, db: None, language: str):
    page = client.get(reverse("account_login")).content.decode()

    assert page.count(f'value="{language}"') == 1


def test_another_language_opens_beside_what_was_typed_where_no_script_carries_it_over(client, db):
    page = client.get(reverse("account_login")).content.decode()

    told = "Die Schaltflächen am Anfang eines Formulars öffnen sie in diesem"
    assert any(told in words for words in re.findall(r"<noscript>(.*?)</noscript>", page, re.DOTALL))
    form = next(each for each in re.findall(r"<form[^>]*>", page) if reverse("set_language") in each)
    assert 'target="_blank"' in form


def test_new_language_begins_with_an_empty_folder(tmp_path: Path):
    catalogue = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    translations.update(catalogue, "fr")
    text = catalogue.read_text()

    assert '"Language: fr\\n"' in text
    assert 'msgid "Reporting year"\nmsgstr ""\n' in text
    assert "not translated: 'Reporting year'" in list(translations.problems(catalogue, "fr"))


def test_fields_are_judged_in_the_language_of_the_portal_and_not_by_the_browser_in_its_own():
    """Except where a file alone is chosen, which never reaches the portal."""
    judged_by_the_browser = {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        for form in re.findall(r"<form\b.*?</form>", path.read_text(), re.DOTALL)
        if 'method="post"' in form
        and re.search(r"{{ form|as_field_group|{{ fields|<input(?![^>]*hidden)[^>]* required|<textarea", form)
        and "novalidate" not in form
    }

    assert judged_by_the_browser == {"public/verify.html"}

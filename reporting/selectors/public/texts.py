"""Texts of the data in the language of the page."""

from django.utils.translation import get_language

from reporting.frozen.schema import Remark, Text
from reporting.renderers import wording


class GermanText(str):
    """A German text on a page in another language, which lacks a text of its own: pages mark it as German."""

    __slots__ = ()


def in_language_of_page(text: Text) -> str:
    language = get_language() or "de"
    shown = text.in_language(language)
    is_german = shown == text.de and shown != text.en
    printed = wording.as_printed(shown)
    return GermanText(printed) if is_german and not language.startswith("de") else printed


def written(remark: Remark) -> tuple[str, str]:
    """Whose a remark is, and what they wrote, in their language."""
    text = wording.as_printed(remark.text)
    is_foreign = remark.language == "de" and not (get_language() or "de").startswith("de")
    return in_language_of_page(remark.by) if remark.by else "", GermanText(text) if is_foreign else text

"""Texts in the form in which they are compared: tidied, folded, without endings and footnote marks."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾", "0123456789()")


_SUPERSCRIPT_END = re.compile(
    r"\s*(?<![⁰¹²³⁴-⁹])[⁰¹²³⁴-⁹]++[⁾)]?(?:(?:\s*[,;]\s*|\s+|(?<=[⁾)]))[⁰¹²³⁴-⁹]++[⁾)]?)*\s*$"
)


_MARK_END = re.compile(r"\s*(?<![\d.,(/-])(\d{1,2}|[a-h])\)\s*$")


_BRACKET_END = re.compile(r"\s*(?:\((?P<round>\d{1,2})\)|\[(?P<square>\d{1,2})\])\s*$")


_STAR_END = re.compile(r"\s*(\*{1,3})\)?\s*$")


_HYPHENATED = re.compile(
    r"(?:(?<=\w)[-\u2010\u00ad][ \t]*[\r\n]+\s*(?=[a-zäöüß])"
    r"|(?<=[A-ZÄÖÜ]{4})[-\u2010\u00ad][ \t]*[\r\n]+\s*(?=[A-ZÄÖÜ]{2}))"
    r"(?!(?:und|oder|bzw|sowie)\b)",
    re.UNICODE,
)


_BROKEN = re.compile(
    r"(?<=[a-zäöüß])-(?:\s?)(?=[a-zäöüß])(?!(?:und|oder|bzw|sowie|u)\b)()|(?<=[A-ZÄÖÜ]{2})-\s(?=[A-ZÄÖÜ][a-zäöü])"
)
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")


_PUNCTUATION = re.compile(r"[\s\-‐‑‒–—−/\\.,;:()\[\]\"„“”'’`´+_|*]+")


_DIGRAPHS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "&": " und "})


_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,5});")


PARTICIPLES = ("darunter", "davon", "dar", "dav", "hiervon")
"""Words, in folded form, behind which a part of what stands before them is named."""
_PARTICIPLE = re.compile(
    r"^(?:[.…–—-]+\s*)?(?:darunter|davon|dar\.|dav\.|nachrichtlich|of which|nur)\s*:?\s*", re.IGNORECASE
)


_SHORTEST_STEM = 5

REMEMBERED = 1024
"""A text is compared with names of several kinds one after the other; a column repeats its texts."""


_OF_BOTH_SEXES = re.compile(r"(?<=[a-zäöüß])Innen\b")
"""``BewerberInnen``, as ``Bewerber:innen`` and ``Bewerber/-innen``; ``bewerberinnen`` are women."""


@lru_cache(maxsize=REMEMBERED)
def tidy(text: str) -> str:
    """Text as a person reads it: one line, broken words joined again, without the mark that it is text."""
    if "&" in text and _ENTITY.search(text):
        text = html.unescape(text)
    text = _HYPHENATED.sub("", unicodedata.normalize("NFC", text))
    return " ".join(_INVISIBLE.sub("", text).split()).removeprefix("'")


@lru_cache(maxsize=REMEMBERED)
def fold(text: str) -> str:
    """The key under which names are compared."""
    text = _OF_BOTH_SEXES.sub(" innen", tidy(text)).casefold().translate(_DIGRAPHS)
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _PUNCTUATION.sub(" ", text).strip()


@lru_cache(maxsize=REMEMBERED)
def stem(key: str) -> str:
    """A folded word without the ending of a German noun or adjective: Beratung and Beratungen are one."""
    if " " in key or len(key) <= _SHORTEST_STEM:
        return key
    for ending in ("ungen", "en", "er", "es", "em", "e", "n", "s"):
        if key.endswith(ending) and len(key) - len(ending) >= _SHORTEST_STEM:
            return key[: -len(ending)] + ("ung" if ending == "ungen" else "")
    return key


def fold_without_digraphs(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", tidy(text).casefold())
    return fold("".join(c for c in decomposed if not unicodedata.combining(c)))


def split_marks(text: str) -> tuple[str, tuple[str, ...]]:
    """Take footnote marks (``Bremen 4)``, ``2016 (1)``, ``Bonn [2]``, ``2014²``) off the end of a label."""
    marks: list[str] = []
    text = text.strip()
    while True:
        if found := _SUPERSCRIPT_END.search(text):
            digits = found.group(0).translate(_SUPERSCRIPTS)
            marks[:0] = re.findall(r"\d+", digits)
        elif (
            (found := _BRACKET_END.search(text))
            or ((found := _MARK_END.search(text)) and text.count("(") < text.count(")"))
            or (found := _STAR_END.search(text))
        ):
            marks.insert(0, next(filter(None, found.groups())))
        else:
            return text, tuple(marks)
        if not text[: found.start()].strip():
            return text, tuple(marks[1:])
        text = text[: found.start()].rstrip(" ,;")


def with_broken_words(text: str) -> str:
    """``Migrations-hintergrund``, ``EQ- Plätze``: words joined again that a line used to break."""
    return _BROKEN.sub(lambda match: "-" if match[1] is None else "", text)


def without_participle(text: str) -> tuple[str, bool]:
    """Take ``darunter`` or ``… davon`` off the front."""
    found = _PARTICIPLE.match(text)
    return (text[found.end() :].strip(), True) if found else (text, False)

"""What texts say of the listed occupations: names beside codes, shortened or slightly misspelt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from measures.importing.text.folding import fold

if TYPE_CHECKING:
    from measures.importing.text.names import NameIndex

_CODED = re.compile(r"^(?:KldB\s*)?(\d{1,5})\s+([^\W\d].*)$", re.IGNORECASE)
_LONG_ENOUGH = 5
_NEARLY_CALLED = 88
_AND = re.compile(r"\bu\.")


def coded_occupation(names: NameIndex, text: str) -> tuple[str, str]:
    """Code and label of ``24 Metallbau``; empty where no code of the list begins the text."""
    found = _CODED.match(text)
    if found and len(found[1]) == 1:  # a digit may count the rows: it has to be that of the name
        return (found[1], found[2]) if names.exact("occupation", found[2]) == found[1] else ("", "")
    return (found[1], found[2]) if found and found[1][:2] in names.occupations else ("", "")


def may_be_called(names: NameIndex, code: str, label: str) -> bool:
    """Whether a label shares a word with the main group's name, be it shortened (``Metallbau``)."""
    known = names.occupation_keys[code[:2]].split()
    words = [word for word in fold(label).split() if len(word) >= _LONG_ENOUGH]
    return any(other.startswith(word) for word in words for other in known)


def occupation_named(names: NameIndex, label: str) -> str:
    """The code of the list whose name a label is, short forms (``u.``) and slips included."""
    code = names.exact("occupation", label) if label else ""
    if code is None:
        key = fold(_AND.sub("und", label))
        known = names.occupation_keys
        found = process.extractOne(key, known, scorer=fuzz.ratio, score_cutoff=_NEARLY_CALLED)
        code = found[2] if found else ""
    return code if code and code.isdigit() else ""


def go_together(names: NameIndex, code: str, label: str) -> bool:
    """Whether a label does not name another occupation than the code beside it, its groups or its parts.

    Within a main group names are alike (``… – Helfer``, ``… – Fachkraft``): there only the very name of
    another code contradicts.
    """
    other = occupation_named(names, label)
    if not other or code.startswith(other) or other.startswith(code):
        return True
    return other[:2] == code[:2] and names.exact("occupation", label) is None

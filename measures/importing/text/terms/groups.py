"""Names of target groups with words before them, or two for one group."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from measures.importing.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

_FOR = re.compile(r"^(?:für|an|von|mit|for)\s+", re.IGNORECASE)
_PEOPLE = re.compile(
    r"^(?:junge[nr]? )?"
    r"(?:menschen|jugendlichen?|personen|auszubildenden?|azubis?|teilnehmer|teilnehmenden?|bewerber) (?=mit )"
)
"""``Jugendliche mit Behinderung`` are who has one: the group is called by that alone."""
_ALTERNATIVES = re.compile(r"\s*(?:/|\b(?:bzw\.|oder|and|und)(?=\s))\s*")


def groups_called(text: str, keys: Mapping[str, set[str]]) -> set[str]:
    """``für Geflüchtete``; ``Mädchen/Frauen`` are one group, where both words stand for the same."""
    bare = _FOR.sub("", text)
    names = [bare] if fold(bare) in keys else [_FOR.sub("", name) for name in _ALTERNATIVES.split(bare)]
    codes = [_called(fold(name), keys) for name in names]
    return codes[0] if bare and all(each == codes[0] for each in codes) else set()


def _called(key: str, keys: Mapping[str, set[str]]) -> set[str]:
    """The group of a folded name; ``Geflüchteten`` behind ``mit`` are called so as well."""
    names = (key, key.removesuffix("n"), _PEOPLE.sub("", key))
    return set(next((codes for name in names if (codes := keys.get(name))), ()))

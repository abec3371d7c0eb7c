"""The name of a sheet: a working name, often short for what the titles below it say in full."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from measures.importing.text import lexicon, wording
from measures.importing.text.folding import fold, stem
from measures.importing.text.letters import choosing
from measures.importing.text.terms.abbreviations import is_short_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from measures.importing.columns.around.sources import Source
    from measures.importing.text.wording import Part

_NUMBER_BEFORE = re.compile(r"(\d{1,2}|(?:[A-H]|[IVX]{1,4})(?=[.)]))(?:[.)])?\s+(?=[^\W\d])")
_COUNTED_ON = re.compile(
    r"\d{1,2}\.\s+(?:\w*jahr|quartal|lieferung|teilmeldung|tranche|welle|runde|stufe|ausbildungsabschnitt|jahrgang|halbjahr|tertial|rate|klasse|block|phase|kohorte|staffel)\b",
    re.IGNORECASE,
)
"""``1. Ausbildungsjahr`` is a part of what is counted."""
_SEASON = re.compile(r"(?<!\d)(\d{2})\s?[-/_]\s?(\d{2})(?!\d)")
_YEAR_IN_SHORT = re.compile(r"(?P<short>(?:[A-ZÄÖÜ]{2,4})?)(?P<year>[12]\d)")
"""``18``, and ``NV18`` over ``Nachvermittlung 2018``."""
_FEW = 3
_LONGEST_NAME = 31
"""Signs of a sheet's name that Excel keeps: ``IHK Osnabrück-Emsland-Grafschaf``."""
_COUNTED = (wording.INDICATOR, wording.ORGANISATION, wording.REGION)
_FIELDS = ("industrie und handel", "handwerk", "ihk", "hwk", "handelskammer", "kammern", "freie berufe")
"""Fields of the economy and kinds of chambers, by which the tables of a sheet are often divided."""
_LISTED = frozenset(
    ("traeger", "projekttraeger", "zuwendungsempfaenger", "antragsteller", "teilnehmende stellen")
)
"""Names of sheets that only say who is listed; in a title the same words may restrict."""


def with_names_of_tabs(sources: list[Source], headings: Iterable[str], names: Iterable[str]) -> list[Source]:
    """The texts around a table, with what is stated in full elsewhere taken as saying nothing.

    ``headings``: those of its columns. ``names``: those of its indicators, their measures and organisations.
    In the name of the sheet short forms and words of the titles are silent: what the titles restrict is asked
    about there. So is the number of a chapter, in the tab and before the title.
    """
    tab = next((source for source in sources if not source.cell), None)
    if tab is None:
        return sources
    titles = [source.text for source in sources if source is not tab]
    number = _NUMBER_BEFORE.match(tab.text)
    names = list(names)
    full = [*titles, *headings, *names]
    stated = {stem(word) for title in full for word in fold(title).split() if len(word) > _FEW}
    found = []
    for source in sources:
        own = None if _COUNTED_ON.match(source.text) else _NUMBER_BEFORE.match(source.text)
        is_numbered = own is not None and (
            source is tab or (number is not None and own[1] == number[1]) or _counts_tables(source, own.end())
        )
        parts = [
            part._replace(kind=wording.SILENT)
            if (is_numbered and part.start == 0 and own is not None and part.text == own[1])
            or (source is tab and _is_stated(part, tab.text, full, stated))
            else part
            for part in source.parts
        ]
        found.append(source._replace(parts=parts))
    return found


def _counts_tables(source: Source, end: int) -> bool:
    """``2. Praktikumsplätze``, ``B. Handwerk``: before what the table is of, not ``1. Ausbildungsjahr``."""
    is_marked = source.text[:end].rstrip()[-1:] in (".", ")")
    following = next((part for part in source.parts if part.start == end), None)
    if following is None:
        return False
    is_divided_by = following.kind in _COUNTED or fold(following.text).startswith(_FIELDS)
    return following.kind == wording.INDICATOR or (is_marked and is_divided_by)


def _is_of_compound(key: str, full: list[str]) -> bool:
    """``Aktion`` over ``Nachvermittlungsaktion``: what the whole word restricts is asked about there."""
    words = {word for text in full for word in fold(text).split()}
    return len(key) > _FEW and any(
        word != key and len(word) >= len(key) + _FEW and (word.endswith(key) or word.startswith(key))
        for word in words
    )


def _is_stated(part: Part, tab: str, full: list[str], stated: set[str]) -> bool:
    if part.kind == wording.REGION and len(part.text) <= _FEW:
        return is_short_for(part.text, full)  # "BB" over "Beratene Betriebe" is not Brandenburg
    halves = lexicon.words("halves_of_fields")  # one of them is a branch, not the chambers of both
    is_branch = fold(part.text) in halves and len(halves & set(fold(tab).split())) == 1
    if part.kind != wording.UNKNOWN or is_branch or choosing.names_kind_of_training(part.text):
        # "besetzt" is asked about in the title, if it says more there
        return part.kind == wording.NARROWING and part.text == tab and stem(fold(part.text)) in stated
    is_cut = len(tab) == _LONGEST_NAME and part.end == len(tab)
    is_begun = is_cut and any(fold(text).startswith(fold(tab)) for text in full)
    if is_begun or (part.text == tab and fold(tab) in _LISTED):
        return True
    if season := _SEASON.search(tab):
        first, second = map(int, season.groups())
        if season.start() <= part.start < season.end() and second == first + 1:
            return any(f"20{year:02}" in text for text in full for year in (first, second))
    if found := _YEAR_IN_SHORT.fullmatch(part.text):
        is_known = not found["short"] or is_short_for(found["short"], full)
        return is_known and any(f"20{found['year']}" in text for text in full)
    bare = part.text.rstrip("0123456789")
    is_counted = bare != part.text and fold(bare) in lexicon.words("silent")
    short = f"{part.text}." if tab[part.end : part.end + 1] == "." else part.text
    is_of_compound = _is_of_compound(fold(part.text), full)
    return is_counted or is_of_compound or stem(fold(part.text)) in stated or is_short_for(short, full)

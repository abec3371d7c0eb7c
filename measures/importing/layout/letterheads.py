"""Lines within the head of a letter: what stands between its addresses is about the sender, like these.

``Neues Schloss am Rhein`` over a street and a telephone number says where somebody sits. The head ends with
its last address; a title below it, or one apart from it, is looked at as any other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from measures.importing.layout.grid import shown
from measures.importing.text import lexicon, wording
from measures.importing.text.folding import fold, tidy
from measures.importing.text.letters import choosing, contacts, senders
from measures.importing.text.neutral import classes
from measures.importing.text.terms.months import MONTH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from measures.importing.layout.grid import SheetGrid
    from measures.importing.text.wording import Part

_FEWEST_ADDRESSES = 2
_FEWEST_WORDS = 2
_WITHOUT_FIGURES = (wording.SILENT, wording.UNKNOWN, wording.ORGANISATION)
_MONTH = re.compile(rf"\b{MONTH}\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_FIELDS = frozenset(
    {
        "arbeit",
        "beschaeftigung",
        "beruf",
        "wirtschaft",
        "fachkraefte",
        "innovation",
        "standort",
        "umwelt",
        "recht",
        "bildung",
        "berufsbildung",
        "aus und weiterbildung",
        "berufliche bildung",
        "ausbildung",
        "statistik",
    }
)
"""What departments are called by, besides the topics of papers."""
_PLACES = frozenset(("land", "region", "raum", "umland", "gebiet", "bezirk", "teil"))


def rows_within(grid: SheetGrid, rows: Iterable[int]) -> set[int]:
    """The rows above a table that stand within the head of a letter, without its addresses themselves."""
    found: set[int] = set()
    run: list[int] = []
    for row in [*rows, -1]:
        if row >= 0 and next(grid.filled(row), None) is not None:
            run.append(row)
            continue
        addresses = [each for each in run if _is_address(grid, each)]
        if len(addresses) >= _FEWEST_ADDRESSES:
            found.update(each for each in run if each < addresses[-1] and each not in addresses)
        run = []
    return found


def _is_address(grid: SheetGrid, row: int) -> bool:
    return any(senders.is_of_sender(tidy(shown(value))) for _, value in grid.filled(row) if value is not None)


def as_of_letterhead(text: str, parts: list[Part]) -> list[Part]:
    """The parts of such a line, its unknown words silent; a single word may be a place or those counted."""
    is_about_sender = len(text.split()) >= _FEWEST_WORDS and all(
        part.kind in _WITHOUT_FIGURES
        and not _PLACES.intersection(fold(part.text).split())
        and not _MONTH.search(part.text)
        and not senders.states_of_what(text, part.start)
        and not choosing.chooses_beside_address(text, part.start, part.end)
        for part in parts
    )
    if not is_about_sender:
        return parts
    return [part._replace(kind=wording.SILENT) if part.kind == wording.UNKNOWN else part for part in parts]


def as_of_department(parts: list[Part]) -> list[Part]:
    """``Bildung und Fachkräftesicherung`` below an organisation: its department, by two fields."""
    fields = [part for part in parts if _is_field(part)]
    others = [part for part in parts if part not in fields and fold(part.text) not in ("und", "and")]
    if len(fields) < _FEWEST_WORDS or others:
        return parts
    return [part._replace(kind=wording.SILENT) for part in parts]


def _is_field(part: Part) -> bool:
    key = fold(part.text)
    kind = classes.class_of(key)
    is_known = (
        kind == classes.TOPIC
        or key in _FIELDS
        or (part.kind == wording.SILENT and key in lexicon.words("topics"))
    )
    return (
        is_known
        and part.kind in (wording.SILENT, wording.UNKNOWN)
        and not choosing.names_kind_of_training(key)
    )


def rows_of_numbers(grid: SheetGrid, rows: Iterable[int]) -> set[int]:
    """The row of a letter that has its reference, its day and who wrote it, and the keys above it."""
    found: set[int] = set()
    for row in rows:
        keys = _texts(grid, row)
        if contacts.are_keys_of_letter([*keys.values()]):
            below = _texts(grid, row + 1)
            is_of_letter = below.keys() <= keys.keys() and not any(map(_could_choose, below.values()))
            found |= {row, row + 1} if is_of_letter else {row}
    return found


def _texts(grid: SheetGrid, row: int) -> dict[int, str]:
    cells = grid.filled(row) if row < len(grid.rows) else ()
    return {column: tidy(shown(value)) for column, value in cells if value is not None}


def _could_choose(text: str) -> bool:
    return any(map(lexicon.is_narrowing, fold(text).split())) or any(
        choosing.chooses_beside_address(text, word.start(), word.end()) for word in _WORD.finditer(text)
    )

"""How a remark stands in the portal's own workbook, so that it comes back sign by sign.

A cell holds 32,767 UTF-16 units at most; what is longer goes on in further columns, which are there only
then. The two code points that no spreadsheet format can hold are written as ``_xFFFE_`` and ``_xFFFF_``.
"""

import re
from collections.abc import Iterable, Iterator

from measures.renderers.own_workbook_keys import COLUMNS, VERSION

LONGEST = 32_767

_FURTHER = re.compile(re.escape(COLUMNS[VERSION]["note"]) + r"_([2-9]|[1-9][0-9]{1,3})")
_LOOKS_WRITTEN = re.compile("_(?=(?:x005F_)*xFFF[EF]_)")
_WRITTEN = re.compile("_x(?:005F_(?=(?:x005F_)*xFFF[EF]_)|FFF[EF]_)")
_SIGNS = {"_xFFFE_": "\ufffe", "_xFFFF_": "\uffff", "_x005F_": "_"}


def cells_of(note: str) -> list[str]:
    """The note as the texts of one cell after another."""
    text = _LOOKS_WRITTEN.sub("_x005F_", note).replace("\ufffe", "_xFFFE_").replace("\uffff", "_xFFFF_")
    if len(text) <= LONGEST // 2:
        return [text]
    return list(_parts(text))


def note_in(cells: Iterable[str]) -> str:
    return _WRITTEN.sub(lambda found: _SIGNS[found[0]], "".join(cells))


def further_column(number: int) -> str:
    """The technical name of the column with a note's second, third … part."""
    return f"{COLUMNS[VERSION]['note']}_{number}"


def number_of(name: str) -> int:
    """Which part stands in the column of this name; 0: it is none of those."""
    found = _FURTHER.fullmatch(name)
    return int(found[1]) if found else 0


def _parts(text: str) -> Iterator[str]:
    start = units = 0
    for place, sign in enumerate(text):
        size = 2 if sign > "\uffff" else 1
        if units + size > LONGEST:
            yield text[start:place]
            start, units = place, 0
        units += size
    yield text[start:]

"""What a page says outside its cells: above and below each printed page, and in boxes of text over it.

People see these texts with the table. They may say what its figures are, as a title does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from measures.importing.formats.packages import parsed_part, refuse_declarations, relation_targets
from measures.importing.text.folding import tidy

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterable

_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|[PN][+-]\d+|\d+|.)', re.DOTALL)
"""Font, colour, size, and single letters: a place (``&C``), a look (``&B``), or a field (``&P``)."""
_PLACES = ("&L", "&C", "&R")
_WORD_OR_UNIT = re.compile(r"[^\W_]|[%‰€]")
_DRAWING = re.compile(r"(?:^|/)drawings/drawing[^/]*\.xml$")
_SHAPE = "sp"
_MOST_LINES = 200
"""Of one sheet; what draws more has drawn a picture."""


def lines_of_header(code: str) -> list[str]:
    """The texts of a header or footer as Excel writes it, without what is filled in on printing."""
    text = _CODE.sub(lambda match: _shown(match[0]), code)
    return with_words(text.split("\n"))


def _shown(code: str) -> str:
    if code == "&&":
        return "&"
    return "\n" if code.upper() in _PLACES else " "


def with_words(lines: Iterable[str]) -> list[str]:
    """Each line once, if it has letters, digits or the sign of a unit."""
    tidied = map(tidy, lines)
    return list(
        dict.fromkeys(line for line in tidied if any(each.isalnum() or each in "%‰€" for each in line))
    )


def lines_of_boxes(archive: zipfile.ZipFile, sheet: str) -> list[str]:
    """The paragraphs in boxes of text on a sheet. ``sheet``: its part of the archive."""
    drawings = filter(_DRAWING.search, relation_targets(archive, sheet).values())
    lines: list[str] = []
    for part in sorted(set(drawings).intersection(archive.namelist())):
        content = archive.read(part)
        refuse_declarations(content)
        for shape in parsed_part(content).iter():
            if _local(shape.tag) == _SHAPE:
                paragraphs = (each for each in shape.iter() if _local(each.tag) == "p")
                lines += [
                    "".join(text.text or "" for text in each.iter() if _local(text.tag) == "t")
                    for each in paragraphs
                ]
    return with_words(lines)[:_MOST_LINES]


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]

"""What of a title says no more than which indicator the table is of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from measures.importing.text.folding import split_marks
from measures.importing.text.periods import YEAR, periods_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from measures.importing.text.names import NameIndex
    from measures.importing.text.wording import Part

_FURTHEST = 8
"""Signs that part a text which a name with its years may run over."""
_BETWEEN = re.compile(r"[;:|]\s|\s[–—-]\s|,\s")


def spans_stating(text: str, codes: Iterable[str], names: NameIndex) -> list[tuple[int, int]]:
    """Where a text names one of the indicators in words that are all its own, and nothing more."""
    wanted = set(codes)
    return [
        (start, end) for start, end in _pieces(text) if wanted & {indicator_stated(text[start:end], names)}
    ]


def indicator_stated(text: str, names: NameIndex) -> str:
    """The indicator a piece of a title names, whatever the years beside it."""
    bare = names.statements.without_base_year(split_marks(text)[0])
    for period in reversed(periods_in(bare)):
        if period.form == YEAR:
            bare = f"{bare[: period.start]} {bare[period.end :]}"
    return names.exact("indicator", bare.strip(" ,;:–-")) or ""


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """The whole text, what follows each sign that parts it, and what stands between two of them.

    No name has as many signs in it as a long text: what is further apart is no piece.
    """
    cuts = [(0, 0), *((found.start(), found.end()) for found in _BETWEEN.finditer(text)), (len(text),) * 2]
    for place, (_, start) in enumerate(cuts[:-1]):
        for end, _ in cuts[place + 1 : place + 1 + _FURTHEST]:
            yield start, end
    if len(cuts) > _FURTHEST + 1:
        yield 0, len(text)


def is_within(part: Part, spans: list[tuple[int, int]]) -> bool:
    return any(start <= part.start and part.end <= end for start, end in spans)

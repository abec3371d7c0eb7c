"""Which signs a text file is made of: what stands between cells, what quotes them, what escapes a quote.

Each combination is tried on a sample of the file and judged as CleverCSV does (van den Burg, Nazábal and
Sutton, 2019): how equal the rows become in width, times how many of their cells look like one value.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from measures.importing.formats.delimited.prepared import DELIMITERS, Dialect, Prepared
from measures.importing.formats.delimited.records import Records

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SAMPLE = 120_000
_PIECES = 3
_MOST_CELLS_JUDGED = 20_000
_CLEARLY_BETTER = 1.02
_ALMOST, _MOSTLY = 0.95, 0.5
_FEW, _LEAST = 0.05, 3
_BLANK = " "
_WIDTHS_KEPT = 4

_SEVERAL_VALUES = re.compile(r"[;|\t\"]|^'|'$|^ \S|,(?!\s)(?!(?<=\d,)\d)")
"""What a cell shows in which several values are stuck together; a comma within a number or prose does not."""


def find_dialect(text: str, declared: str = "") -> tuple[Dialect, tuple[int, ...]]:
    """The dialect under which the file is most regular, and the widths its rows usually have.

    ``declared`` is the delimiter the file itself states.
    """
    sample = "".join(_pieces(text))
    delimiter = declared or ";"
    best, score = Dialect(delimiter, _quote_for(delimiter, sample)), 0.0
    for delimiter in [] if declared else _candidates(sample):
        dialect = Dialect(delimiter, _quote_for(delimiter, sample))
        rows = _rows(sample, dialect)
        judged = _score(rows) * (_share_of_single_values(rows) if delimiter == _BLANK else 1)
        if judged > score * _CLEARLY_BETTER:
            best, score = dialect, judged
    if "\\" + best.quote in sample:
        best = _with_or_without_backslashes(best, sample)
    return best, usual_widths(sample, best)


def usual_widths(text: str, dialect: Dialect) -> tuple[int, ...]:
    """The widths that more than a few rows have, the most frequent first; a title's single cell is none."""
    rows = _rows(text[:_SAMPLE], dialect)
    counts = Counter(len(row) for row in rows if len(row) > 1)
    least = max(_LEAST, sum(counts.values()) * _FEW)
    frequent = [width for width, count in counts.most_common(_WIDTHS_KEPT) if count >= least]
    return tuple(frequent or [width for width, _ in counts.most_common(1)])


def _pieces(text: str) -> Iterator[str]:
    """The whole text, or beginning, middle and end of a long one, cut between lines."""
    if len(text) <= _SAMPLE:
        yield text
        return
    size = _SAMPLE // _PIECES
    for number in range(_PIECES):
        start = number * (len(text) - size) // (_PIECES - 1)
        piece = text[start : start + size]
        first = max(piece.find("\n"), piece.find("\r")) + 1 if start else 0
        last = max(piece.rfind("\n"), piece.rfind("\r")) + 1
        yield piece[first:last] if first < last else piece


def _candidates(sample: str) -> Iterator[str]:
    for delimiter in DELIMITERS:
        count = sample.count(delimiter)
        if not count:
            continue
        pairs = sample.count(delimiter * 2)
        if delimiter.strip(" ") and pairs * 2 > count * _ALMOST and pairs > 2 * sample.count("\n"):
            yield delimiter * 2
            continue
        yield delimiter
        for longer in (f"{delimiter} ", f" {delimiter} "):
            if delimiter.strip(" ") and sample.count(longer) > count * _MOSTLY:
                yield longer


def _quote_for(delimiter: str, sample: str) -> str:
    """The apostrophe only where it encloses more cells than the quotation mark does."""
    if "'" not in sample:
        return '"'
    side = re.escape(delimiter)
    enclosed = {}
    for quote in "\"'":
        cell = rf"(?:^|{side}){quote}(?=[^{quote}\r\n]*{quote}(?:{side}|[\r\n]|$))"
        enclosed[quote] = len(re.findall(cell, sample, re.MULTILINE))
    return "'" if enclosed["'"] > enclosed['"'] else '"'


def _rows(sample: str, dialect: Dialect) -> list[list[str]]:
    return [row for row in Records(Prepared(sample, dialect)).read() if any(row)]


def _with_or_without_backslashes(dialect: Dialect, sample: str) -> Dialect:
    """A backslash escapes the quote where that leaves fewer rows that break the rules of quotes."""
    broken = {}
    for escaping in (dialect, dialect._replace(has_backslashes=True)):
        records = Records(Prepared(sample, escaping))
        records.read()
        broken[escaping] = len(records.strays)
    return min(broken, key=lambda found: (broken[found], not found.has_backslashes))


def _share_of_single_values(rows: Sequence[list[str]]) -> float:
    """How many rows have no cell in which several values are stuck together.

    Blanks stand in prose and in names. ``IHK Köln;7`` has two cells at a blank as well, and so has a note of
    two words below: where another sign parts most rows, that sign is the delimiter.
    """
    single = sum(all(_SEVERAL_VALUES.search(cell[:200]) is None for cell in row) for row in rows)
    return single / len(rows) if rows else 0.0


def _score(rows: Sequence[list[str]]) -> float:
    rows = [row for row in rows if not row[0].startswith("#")] or rows  # comments are no rows
    if not rows:
        return 0.0
    widths = Counter(map(len, rows))
    pattern = sum((count / len(rows)) ** 2 * (width - 1) / width for width, count in widths.items())
    if not pattern:
        return 0.0
    judged = good = 0
    for row in rows:
        judged += len(row)
        good += sum(_SEVERAL_VALUES.search(cell[:200]) is None for cell in row)
        if judged > _MOST_CELLS_JUDGED:
            break
    return pattern * good / judged

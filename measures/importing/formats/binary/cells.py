"""What cells hold alike in both binary formats, .xls and .xlsb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from measures.importing.formats.runs import PLAIN, Look, Run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ERROR_OF_NUMBER = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
TEXT_TOKEN = 0x17
"""A formula without a text in it has no empty text as its result: it was never calculated."""


def runs_of(text: str, starts: list[tuple[int, ...]], look_of: Callable[[int], Look]) -> Iterator[Run]:
    """``starts``: where each run begins, and its font's number; before the first the cell's font holds."""
    yield Run(text[: starts[0][0]], PLAIN)
    ends = [start for start, _ in starts[1:]] + [len(text)]
    for (start, font), end in zip(starts, ends, strict=True):
        yield Run(text[start:end], look_of(font))

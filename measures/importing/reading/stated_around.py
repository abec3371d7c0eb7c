"""What the lines around tables state about the signs, notes and rounding of all values.

The lines of a sheet are looked at once, not once for each of its tables: a sheet may have hundreds of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from measures.importing.text.footnotes import footnotes_in
from measures.importing.text.markers import legend_in
from measures.importing.text.publishers import signs_in
from measures.importing.text.quality import declared_base

if TYPE_CHECKING:
    from collections.abc import Sequence

    from measures.importing.layout.blocks import Block
    from measures.importing.text.markers import Meaning


def lines_around(blocks: Sequence[Block]) -> list[str]:
    """Titles and notes of all tables of a sheet."""
    return [line for block in blocks for line in (*block.titles, *block.notes)]


@dataclass(frozen=True, slots=True)
class StatedAround:
    """Signs by the file's legend and by its publisher, footnotes by their marks, the base of rounding."""

    legend: dict[str, Meaning]
    footnotes: dict[str, str]
    signs: dict[str, Meaning]
    base: int

    @classmethod
    def of(cls, own: Sequence[str], elsewhere: Sequence[str]) -> StatedAround:
        """``own``: the lines of a sheet with tables. What they state wins over lines ``elsewhere``."""
        return cls(
            {**legend_in(elsewhere), **legend_in(own)},
            {**footnotes_in(elsewhere), **footnotes_in(own)},
            signs_in([*own, *elsewhere]),
            declared_base([*own, *elsewhere]),
        )

    def beside(self, lines: Sequence[str]) -> StatedAround:
        """The same for one table of the sheet: its own titles and notes win over those of the others."""
        return replace(
            self,
            legend={**self.legend, **legend_in(lines)},
            footnotes={**self.footnotes, **footnotes_in(lines)},
            base=declared_base(lines, otherwise=self.base),
        )

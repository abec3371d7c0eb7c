"""The optimal choice of what else to withhold, by τ-Argus: the cheapest cells that protect the targets."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from pytauargus import HiTaSCtrl

from reporting.disclosure.cells import THRESHOLD, CellKey, Equation

_MINUTES = 1
_FOUND = (0, 1)
"""Codes of the engine: the best choice, or the best found in the time given."""


class NoProtectionError(Exception):
    """τ-Argus found nothing that would protect the targets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What τ-Argus is asked. Cells that are in neither ``costs`` nor ``hidden`` are printed in any case."""

    values: Mapping[CellKey, Decimal]
    equations: Sequence[Equation]
    targets: Collection[CellKey]
    firm: Collection[CellKey]
    """The targets that must be able to be so much more, or, if they are large, so much less.

    Of the others the engine is asked for the width alone, and now and then is content with less.
    """
    hidden: Collection[CellKey]
    """What no table prints, and what is withheld already."""
    costs: Mapping[CellKey, int]
    """What may be withheld, and what that costs."""
    may_be_negative: bool = False


def withhold(choice: Choice) -> set[CellKey]:
    """The cells that τ-Argus withholds besides."""
    cells = sorted({cell for equation in choice.equations for cell in equation.cells} | set(choice.targets))
    with TemporaryDirectory() as folder:
        asked, answered = Path(folder, "tables.jj"), Path(folder, "withheld.jj")
        asked.write_text(_tables(choice, cells), "ascii")
        engine = HiTaSCtrl()
        code = engine.full_jj(str(asked), str(answered), max_time=_MINUTES, out_dir=f"{folder}/")
        if code not in _FOUND or not answered.exists():
            raise NoProtectionError(engine.error_string(code))
        chosen = {cells[int(position)] for position in answered.read_text("ascii").split()}
    return chosen & set(choice.costs)


def _tables(choice: Choice, cells: Sequence[CellKey]) -> str:
    """The tables in the format of the engine: a line for each cell, then one for each equation.

    A cell's line: position, value, cost, status, the bounds that everybody knows, and by how much its
    interval must go below and above the value and how wide it must be.
    """
    position = {cell: at for at, cell in enumerate(cells)}
    most = 2 * max((abs(choice.values[cell]) for cell in cells), default=Decimal(0)) + 1000
    least = -most if choice.may_be_negative else Decimal(0)
    lines = ["0", str(len(cells))]
    for at, cell in enumerate(cells):
        value = choice.values[cell]
        below, above, width = 0, Decimal(0), 0
        if cell in choice.targets:
            above, width = max(above, THRESHOLD - abs(value)), THRESHOLD
        if cell in choice.firm:
            below, above = (THRESHOLD, above) if value >= 2 * THRESHOLD else (0, Decimal(THRESHOLD))
        cost = choice.costs.get(cell, 1)
        lines.append(
            f"{at} {value:f} {cost} {_status(choice, cell)} {least:f} {most:f} {below} {above:f} {width}"
        )
    lines.append(str(len(choice.equations)))
    for equation in choice.equations:
        terms = [f"{position[cell]} (1)" for cell in equation.parts]
        if equation.total is not None:
            terms.append(f"{position[equation.total]} (-1)")
        lines.append(f"{-equation.constant:f} {len(terms)} : {' '.join(terms)}")
    return "\n".join(lines) + "\n"


def _status(choice: Choice, cell: CellKey) -> str:
    """Unknown, open to choice, or printed in any case."""
    if cell in choice.hidden or cell in choice.targets:
        return "u"
    return "s" if cell in choice.costs else "z"

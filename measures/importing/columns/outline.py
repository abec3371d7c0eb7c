"""Rows within rows: a label column whose entries lie at several levels, told by their kind or their indent.

A row of another kind (a Land over occupations) gives the rows below it what they lack. A row of the same kind
with rows of its own below it is a subtotal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from measures.importing.columns.plan import BLANK, Label, Outline
from measures.importing.decisions import evidence
from measures.importing.layout.grid import SheetGrid, is_year, shown
from measures.importing.text.folding import split_marks, tidy
from measures.importing.text.occupations.listed import coded_occupation
from measures.importing.text.years import parse_year
from measures.importing.vocabulary import TOTAL

if TYPE_CHECKING:
    from measures.importing.columns.plan import Plan
    from measures.importing.text.names import NameIndex

SUBTOTAL = "_S"
"""In the place of a code: the row adds up others and is no figure."""

RANKS = {"year": 0, "indicator": 1, "region": 2, "organisation": 3, "occupation": 4, "target_group": 5}
_WHOLE_BY_DEFAULT = ("occupation", "target_group")
_GROUP = re.compile(r"^(?:[IVX]{1,5}[.)]?|(?:Berufs|Gewerbe|Handwerks)?gruppe\b.*)\s", re.IGNORECASE)
_CODED = re.compile(r"^\d")
_SAMPLE = 2_000


def find_outline(grid: SheetGrid, plan: Plan) -> Outline | None:
    """The outline of the table's first label column, if any. Rows that only head others leave the data."""
    columns = {plan.roles[role]: kind for role, kind in _LABELS.items() if role in plan.roles}
    if not columns:
        return None
    column = min(columns)
    outline = Outline(column, columns[column])
    rows, data = grid.rows, plan.block.data
    texts = {rows[row][column] for row in data} - {""}
    outline.others = _of_other_kinds(grid, plan, outline, texts)
    indents = {grid.indent(row, column) for row in data[:_SAMPLE] if rows[row][column] != ""}
    outline.is_indented = len(indents) > 1
    if outline.kind == "occupation" and not outline.is_indented:
        outline.groups = {text for text in texts if _is_group(grid.names, text)}
    if outline.others:
        _take_heads_out(grid, plan, outline)
    return outline if outline.others or outline.is_indented or outline.groups else None


_LABELS = {
    "occupation": "occupation",
    "occupation_label": "occupation",
    "organisation": "organisation",
    "region": "region",
    "indicator": "indicator",
    "target_group": "target_group",
}


def _of_other_kinds(
    grid: SheetGrid, plan: Plan, outline: Outline, texts: set[Any]
) -> dict[Any, tuple[str, Label]]:
    given = {"occupation" if role == "occupation_label" else role for role in plan.roles}
    kinds = [kind for kind in RANKS if kind not in given]
    if outline.kind == "organisation":
        kinds = [kind for kind in kinds if kind != "region"]
    others: dict[Any, tuple[str, Label]] = {}
    for value in texts:
        text = split_marks(tidy(shown(value)))[0]
        if not text or _is_own(grid.names, outline.kind, text):
            continue
        for kind in kinds:
            if cell := _cell(grid.names, kind, value, outline.column):
                others[value] = kind, cell
                break
    bare = [value for value, (kind, _) in others.items() if kind == "occupation" and _is_bare_number(value)]
    return {value: found for value, found in others.items() if len(bare) > 1 or value not in bare}


def _is_bare_number(value: Any) -> bool:
    """A number alone among names is hardly the code of an occupation: the row may number the columns."""
    return split_marks(tidy(shown(value)))[0].isdigit()


def _is_own(names: NameIndex, kind: str, text: str) -> bool:
    if kind == "occupation" and _CODED.match(text) and not is_year(text):
        return True
    if kind == "region" and names.land_of_district(text):
        return True
    if kind == "organisation" and names.exact("region", text) is not None:
        return True
    if kind == "region" and text.zfill(2) in names.regions:
        return True
    return names.exact(kind, text) is not None or names.is_total(text)


def _cell(names: NameIndex, kind: str, value: Any, column: int) -> Label | None:
    text, marks = split_marks(tidy(shown(value)))
    if kind == "year":
        year = parse_year(value) if is_year(value) else None
        return Label(str(year.year), year.marks, found=text, column=column) if year else None
    code, label = names.exact(kind, text), ""
    if code is None and kind == "occupation":
        code, label = coded_occupation(names, text)
    return Label(code, marks, found=text, column=column, label=label) if code else None


def _is_group(names: NameIndex, value: Any) -> bool:
    text = tidy(shown(value))
    return _GROUP.match(text) is not None and names.exact("occupation", text) is None


def _take_heads_out(grid: SheetGrid, plan: Plan, outline: Outline) -> None:
    block, states = plan.block, grid.sheet.states
    columns = [value.index for value in plan.values]
    kept = []
    for row in block.data:
        line = grid.rows[row]
        is_head = line[outline.column] in outline.others and not any(
            line[column] != "" or (row, column) in states for column in columns
        )
        if is_head and row not in block.overrides:
            outline.heads.append((row, line[outline.column]))
        else:
            kept.append(row)
    if kept:
        block.data[:] = kept
        block.sections = sorted([*block.sections, *outline.heads], key=lambda section: section[0])
        for row, value in outline.heads:
            kind, cell = outline.others[value]
            block.reasons.replace(row, evidence("name_without_values", found=cell.found, kind=kind))
    else:
        outline.heads = []


_OF_MEN = re.compile(
    r"(?:(?:davon|darunter|dav\.|dar\.)\s*:?\s*)?(?:männlich\w*|männer|jungen|male|men|divers|m)",
    re.IGNORECASE,
)
"""Rows of which there are no figures; those below them are still of whoever is above (``davon weiblich``)."""


@dataclass(slots=True)
class _Level:
    indent: int
    kind: str
    cell: Label
    states_total: bool
    """The row that opened the level has values: it is itself the total of what it holds."""


class Placed:
    """What the outline says of every data row."""

    def __init__(self, grid: SheetGrid, plan: Plan, outline: Outline, own: list[Label]) -> None:
        self.grid = grid
        self.plan = plan
        self.outline = outline
        self.own = own
        self.lists = {
            kind: [self._default(kind)] * len(plan.block.data) for kind in outline.kinds | {outline.kind}
        }
        self.lists[outline.kind] = own
        self.below = self._kinds_below()
        self.children: dict[int, list[int]] = {}
        """By the position of a row, the positions of those directly below it."""
        self._walk()

    def _default(self, kind: str) -> Label:
        code = self.plan.constants.get(kind, "")
        if kind in _WHOLE_BY_DEFAULT and not code:
            code = TOTAL
        return Label(code) if code else BLANK

    def _kinds_below(self) -> set[str]:
        """Kinds of rows that stand below those of the column's own kind, though they rank above it.

        In a pivot table an indicator may stand below each chamber: the first row is then a chamber's, and
        nothing above it names an indicator.
        """
        outline, data = self.outline, self.plan.block.data
        first = self.grid.rows[data[0]][outline.column] if data else ""
        is_headed = bool(outline.heads) and outline.heads[0][0] < data[0]
        if first in outline.others or is_headed or self.own[0].code in ("", TOTAL, SUBTOTAL):
            return set()
        return {kind for kind in outline.kinds if RANKS[kind] < RANKS[outline.kind]} - {
            kind for kind in self.lists if self._default(kind).code
        }

    def _walk(self) -> None:
        outline, rows = self.outline, self.grid.rows
        heads = list(reversed(outline.heads))
        levels: list[_Level] = []
        parents: list[tuple[int, int]] = []
        last_own = BLANK
        for position, row in enumerate(self.plan.block.data):
            while heads and heads[-1][0] < row:
                head, value = heads.pop()
                self._open(levels, head, value, states_total=False)
            value = rows[row][outline.column]
            indent = self._indent(row, value)
            self._note_parent(parents, position, indent, value)
            kind, cell = outline.others.get(value, (outline.kind, BLANK))
            if kind == outline.kind:
                self._close(levels, position, indent)
                if not (self.own[position].problem and _OF_MEN.fullmatch(tidy(shown(value)))):
                    last_own = self.own[position]
            elif RANKS[kind] > RANKS[outline.kind] or kind in self.below:
                self.own[position] = last_own
                self.lists[kind][position] = cell
            else:
                self._open(levels, row, value, states_total=True)
                self.own[position] = Label(TOTAL, column=outline.column, found=cell.found)
            for level in levels:
                self.lists[level.kind][position] = level.cell
            if self.own[position].code == TOTAL and kind == outline.kind:
                self._widen(position, {level.kind for level in levels})

    def _widen(self, position: int, given: set[str]) -> None:
        """A total under no chamber and no Land is one over all of them."""
        for kind in {"organisation", "region"} & self.outline.kinds - given:
            self.lists[kind][position] = Label(TOTAL)

    def _indent(self, row: int, value: Any) -> int:
        if self.outline.is_indented:
            return self.grid.indent(row, self.outline.column)
        if not self.outline.groups:
            return 0
        is_top = value in self.outline.groups or self.grid.names.is_total(tidy(shown(value)))
        return 0 if is_top else 1

    def _open(self, levels: list[_Level], row: int, value: Any, *, states_total: bool) -> None:
        kind, cell = self.outline.others[value]
        indent = self._indent(row, value)
        while levels and self._ends(levels[-1], kind, indent):
            levels.pop()
        levels.append(_Level(indent, kind, cell, states_total))

    def _ends(self, level: _Level, kind: str, indent: int) -> bool:
        if self.outline.is_indented:
            return level.indent >= indent
        return RANKS[level.kind] >= RANKS[kind]

    def _close(self, levels: list[_Level], position: int, indent: int) -> None:
        """End the levels a row of the column's own kind no longer belongs to."""
        if self.outline.is_indented:
            while levels and levels[-1].indent >= indent:
                levels.pop()
        elif levels and levels[-1].states_total and self.own[position].code == TOTAL:
            levels.clear()

    def _note_parent(self, parents: list[tuple[int, int]], position: int, indent: int, value: Any) -> None:
        if value == "" or not (self.outline.is_indented or self.outline.groups):
            return
        while parents and parents[-1][0] >= indent:
            parents.pop()
        if parents:
            self.children.setdefault(parents[-1][1], []).append(position)
        parents.append((indent, position))

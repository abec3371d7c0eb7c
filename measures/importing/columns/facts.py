"""What a table itself says in its headings, labels and sections, before the words around it are looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from measures.importing.layout.grid import shown
from measures.importing.text import wording
from measures.importing.text.folding import split_marks, tidy
from measures.importing.text.years import parse_year
from measures.importing.vocabulary import TOTAL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from measures.importing.columns.plan import Plan
    from measures.importing.layout.grid import SheetGrid
    from measures.importing.text.names import NameIndex

SAMPLE = 2_000


@dataclass(slots=True)
class Facts:
    """What the table itself says, in its headings, labels and sections."""

    indicators: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    organisations: set[str] = field(default_factory=set)
    regions: set[str] = field(default_factory=set)
    target_groups: set[str] = field(default_factory=set)
    occupations: set[str] = field(default_factory=set)

    def of(self, kind: str) -> set[str]:
        return {
            "indicator": self.indicators,
            "organisation": self.organisations,
            "region": self.regions,
            "target_group": self.target_groups,
            "occupation": self.occupations,
        }[kind]


def kinds_of_period(plan: Plan, facts: Facts, names: NameIndex) -> set[str]:
    """The kinds of period of all indicators the table has."""
    codes = facts.indicators | {plan.constants.get("indicator", "")}
    return {names.indicators[code].period for code in codes if code in names.indicators} or {""}


def units_of(plan: Plan, facts: Facts, names: NameIndex) -> set[str]:
    """What the table's indicators count, if all count the same."""
    codes = facts.indicators | {plan.constants.get("indicator", "")}
    units = {names.indicators[code].unit for code in codes if code in names.indicators}
    return units if len(units) == 1 else set()


def has_money(plan: Plan, facts: Facts, names: NameIndex) -> bool:
    """Whether any of the table's indicators is an amount of money."""
    codes = facts.indicators | {plan.constants.get("indicator", "")}
    return any(names.indicators[code].unit == "EUR" for code in codes if code in names.indicators)


def facts_of(plan: Plan, grid: SheetGrid) -> Facts:
    """Look through headings, label columns and sections; of very many rows at a part."""
    names, facts = grid.names, Facts()
    for value in plan.values:
        _add_codes(facts, value.heading.meaning.items())
    data = plan.block.data
    for kind in ("indicator", "organisation", "region", "target_group", "year"):
        column = plan.roles.get(kind, -1)
        if column >= 0:
            texts = {grid.rows[row][column] for row in data[:: max(1, len(data) // SAMPLE)]}
            _add_texts(facts, kind, texts, names)
    if plan.outline:
        _add_codes(facts, ((kind, label.code) for kind, label in plan.outline.others.values()))
    for _, value in plan.block.sections:
        for kind in ("indicator", "organisation", "target_group", "year"):
            _add_texts(facts, kind, {value}, names)
    facts.target_groups -= {TOTAL, ""}
    facts.organisations -= {TOTAL, ""}
    return facts


def _add_codes(facts: Facts, codes: Iterable[tuple[str, str]]) -> None:
    for kind, code in codes:
        if kind == "year":
            facts.years.add(int(code))
        elif kind in wording.NAMED:
            facts.of(kind).add(code)


def _add_texts(facts: Facts, kind: str, texts: Iterable[object], names: NameIndex) -> None:
    for value in texts:
        if value == "":
            continue
        if kind == "year":
            if (year := parse_year(value)) is not None:
                facts.years.add(year.year)
            continue
        code = names.exact(kind, split_marks(tidy(shown(value)))[0])
        if code:
            facts.of(kind).add(code)

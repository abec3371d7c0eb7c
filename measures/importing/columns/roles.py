"""The role of a column: by its heading, unless its content says otherwise."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from measures.importing.decisions import Evidence, evidence
from measures.importing.layout.grid import CellKind, SheetGrid, is_date
from measures.importing.text.folding import fold, split_marks, tidy
from measures.importing.text.occupations.listed import coded_occupation
from measures.importing.text.terms.concepts import concepts_of, subject_of, together

if TYPE_CHECKING:
    from measures.importing.columns.plan import Heading
    from measures.importing.layout.blocks import Block
    from measures.importing.text.names import NameIndex
    from measures.importing.text.terms.concepts import Concepts

_NAMED = ("region", "organisation", "indicator", "target_group", "occupation")
_MAY_BE_NUMBERS = ("year", "occupation", "region")
_SHORT_FOR_YEAR = re.compile(r"(?:[a-z]|ber|meld|stat|kal|ausw|erf|erh|rep|abr|dat) ?jahr|jahr ?(?:nr|id)?")
"""``BJAHR``, as programs call a column of years; *Zieljahr* is another."""
_SAMPLE = 400
_MOSTLY = 0.5
_CLEARLY = 0.7


class ColumnRole(NamedTuple):
    """What a column is taken for, how sure that is, and why."""

    role: str
    confidence: float
    evidence: Evidence


def contents_of(grid: SheetGrid, block: Block, column: int) -> Counter[str]:
    """How many of a column's different texts are names of each kind, numbers, years."""
    rows = block.data if len(block.data) <= _SAMPLE else block.data[:: len(block.data) // _SAMPLE]
    counts: Counter[str] = Counter()
    subject = subject_of(block.titles)
    for value in {grid.rows[row][column] for row in rows}:
        if value == "":
            continue
        kind = grid.kind(value)
        counts["all"] += 1
        counts["date"] += is_date(value)
        if kind in (CellKind.NUMBER, CellKind.MARKER):
            counts["number"] += 1
        elif kind is CellKind.YEAR:
            counts["year"] += 1
        elif isinstance(value, str):
            _count_names(grid.names, value, counts, subject)
    counts["state"] = sum(state_column == column for _, state_column in grid.sheet.states)
    return counts


def _count_names(names: NameIndex, value: str, counts: Counter[str], subject: Concepts) -> None:
    """``subject``: what the titles say, so that the labels of indicators need not."""
    text = split_marks(tidy(value))[0]
    if names.is_total(text) or names.is_unassigned(text):
        counts["all"] -= 1
        return
    counts["text"] += 1
    kinds = [kind for kind in _NAMED if names.exact(kind, text) is not None]
    if not kinds and coded_occupation(names, text)[0] and not names.land_of_district(text):
        kinds = ["occupation"]
    if not kinds and subject and len(names.indicators_with(together(concepts_of(text), subject))) == 1:
        kinds = ["indicator"]
    counts.update(kinds)
    counts["named"] += bool(kinds)


def _share(counts: Counter[str], kind: str) -> float:
    return counts[kind] / counts["all"] if counts["all"] else 0.0


def role_of_column(heading: Heading, counts: Counter[str]) -> ColumnRole:
    if heading.derived or heading.not_kept or heading.role == "ignore":
        return _set_aside(heading, counts)
    if heading.role in ("note", "quality"):
        return ColumnRole(heading.role, 0.9, _named_by_heading(heading.role))
    named = max(_NAMED, key=lambda kind: (_share(counts, kind), kind == "occupation"))
    if heading.role and heading.role != "value":
        return _role_by_heading(heading.role, counts, named)
    is_label = not heading.is_meaningful or (
        set(heading.meaning) == {"organisation"} and named == "indicator"
    )
    has_words_alone = not counts["number"] + counts["year"] and _share(counts, "named") >= _CLEARLY
    is_label = is_label or has_words_alone  # "EQ-Plätze" in the corner, over chambers
    if counts[named] and _share(counts, "named") >= _MOSTLY and is_label:
        role = "occupation_label" if named == "occupation" else named
        return ColumnRole(role, _share(counts, named), _known(counts, named))
    if heading.role == "value" or heading.is_meaningful:
        kinds = ", ".join(heading.meaning)
        reason = evidence("heading_meaning", kinds=kinds) if kinds else _named_by_heading("value")
        return ColumnRole("value", 0.95, reason)
    return _role_by_content(heading, counts)


def _set_aside(heading: Heading, counts: Counter[str]) -> ColumnRole:
    """``Position`` is passed over, but not where it stands over the names of indicators."""
    if 2 * counts["indicator"] > counts["all"] > 0:
        return ColumnRole("indicator", _share(counts, "indicator"), _known(counts, "indicator"))
    return ColumnRole("ignore", 0.9, _not_read(heading))


def _not_read(heading: Heading) -> Evidence:
    if heading.derived:
        return evidence("heading_derived")
    return evidence("heading_not_kept") if heading.not_kept else _named_by_heading("ignore")


def _role_by_heading(role: str, counts: Counter[str], named: str) -> ColumnRole:
    share = _share(counts, named)
    by_heading = _named_by_heading(role)
    if role == "key":
        if named == "region" and share >= _CLEARLY:
            return ColumnRole("region", share, _known(counts, named))
        return ColumnRole("key", 0.6, by_heading)
    if is_numeric(counts):
        if role in _MAY_BE_NUMBERS:
            return ColumnRole(role, 0.95, by_heading)
        return ColumnRole("value", 0.6, _numbers(counts))
    is_corner = role == "year" and not counts["year"]  # "Schuljahr" names the years to its right
    is_other = named != role and share >= _CLEARLY and _share(counts, role) < _MOSTLY
    if is_other and (role in _NAMED or is_corner):
        return ColumnRole(named, share, _known(counts, named))
    return ColumnRole(role, max(0.9, _share(counts, role)), by_heading)


def _role_by_content(heading: Heading, counts: Counter[str]) -> ColumnRole:
    if _share(counts, "date") >= _MOSTLY:
        return ColumnRole("ignore", 0.6, evidence("contents_dates", count=counts["date"], all=counts["all"]))
    may_be_year = not heading.text or _SHORT_FOR_YEAR.fullmatch(fold(heading.text))
    if may_be_year and _share(counts, "year") >= _CLEARLY:
        return ColumnRole("year", 0.7, evidence("contents_years", count=counts["year"], all=counts["all"]))
    if is_numeric(counts):
        return ColumnRole("value", 0.6, _numbers(counts))
    if counts["state"]:
        return ColumnRole("value", 0.6, evidence("contents_states"))
    if counts["all"] == 0:
        return ColumnRole("ignore", 0.5, evidence("contents_empty"))
    return ColumnRole("", 0.0, evidence("contents_unknown", all=counts["all"]))


def is_numeric(counts: Counter[str]) -> bool:
    return counts["all"] > 0 and (counts["number"] + counts["year"]) / counts["all"] >= _MOSTLY


def _named_by_heading(role: str) -> Evidence:
    return evidence("heading_role", kind=role)


def _known(counts: Counter[str], kind: str) -> Evidence:
    return evidence("contents_named", count=counts[kind], all=counts["all"], kind=kind)


def _numbers(counts: Counter[str]) -> Evidence:
    return evidence("contents_numbers", count=counts["number"] + counts["year"], all=counts["all"])

"""What columns say of each other: totals over their neighbours, last year's values, codes beside labels."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from measures.importing.addresses import address, column_letters
from measures.importing.decisions import evidence
from measures.importing.layout.grid import SheetGrid, role_of, shown
from measures.importing.problems import Problem, Question
from measures.importing.text.folding import fold, tidy
from measures.importing.text.occupations.listed import go_together, occupation_named
from measures.importing.vocabulary import COUNTRY, TOTAL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from measures.importing.columns.plan import Plan, ValueColumn
    from measures.importing.text.names import NameIndex
    from measures.importing.vocabulary import TableAnswers

_TOTALS = {"organisation": TOTAL, "region": COUNTRY, "occupation": TOTAL}
_PART = re.compile(r"(?:^|\s)(?:dar\.|darunter|davon|dav\.|hiervon)", re.IGNORECASE)
_VERB_AT_END = re.compile(r"(?<=\s)[a-zäöüß]{4,}$")
_SEVERAL = 2
_SAMPLE = 400
_NEARLY_ALL = 0.8


def settle_totals(plan: Plan, names: NameIndex) -> None:
    """A column headed only ``Insgesamt`` adds up what its neighbours name one by one.

    Over organisations and regions it states control totals, over occupations the statement; what adds up
    years or indicators is nothing to keep.
    """
    _settle_regions(plan, names)
    for value in [value for value in plan.values if _is_plain_total(value)]:
        parts = [
            other
            for other in plan.values
            if other is not value and not _is_plain_total(other) and _are_comparable(value, other)
        ]
        for dimension in ("year", "indicator", "organisation", "region", "occupation"):
            named = [part.heading.meaning.get(dimension) for part in parts]
            if dimension in plan.roles or dimension in value.heading.meaning or not all(named):
                continue
            if dimension in ("year", "indicator") and named:
                _leave_out(plan, value, dimension)
                break
            if len(set(named)) > 1:
                value.heading.meaning[dimension] = _TOTALS[dimension]
                plan.column_reasons[value.offset].append(evidence("adds_up_columns", kind=dimension))


def _settle_regions(plan: Plan, names: NameIndex) -> None:
    """A column of a Land beside columns of several organisations adds them up."""
    if "organisation" in plan.roles:
        return
    owners = [
        value for value in plan.values if value.heading.meaning.get("organisation") in names.organisations
    ]
    regions = {names.organisations[value.heading.meaning["organisation"]].region for value in owners}
    for value in plan.values:
        meaning = value.heading.meaning
        is_theirs = {meaning.get("region")} == regions or meaning.get("region") == COUNTRY
        if is_theirs and "organisation" not in meaning and len(owners) > 1:
            meaning["organisation"] = TOTAL
            plan.column_reasons[value.offset].append(evidence("adds_up_columns", kind="organisation"))


def _is_plain_total(value: ValueColumn) -> bool:
    meaning = value.heading.meaning
    return (
        meaning.get("target_group") == TOTAL
        and not value.is_unclear
        and not any(dimension in meaning for dimension in _TOTALS)
    )


def _are_comparable(value: ValueColumn, other: ValueColumn) -> bool:
    return all(
        other.heading.meaning.get(dimension) == code
        for dimension, code in value.heading.meaning.items()
        if dimension in ("year", "indicator")
    )


def _leave_out(plan: Plan, value: ValueColumn, dimension: str) -> None:
    plan.column_reasons[value.offset].append(evidence("adds_up_columns", kind=dimension))
    plan.values = [kept for kept in plan.values if kept is not value]
    plan.table.columns[value.offset].role = "ignore"
    cell = address(plan.block.header[-1], value.index)
    plan.problems.append(Problem("column_ignored", plan.table.sheet, cell, value.heading.text))


def date_last_year(plan: Plan) -> None:
    """``Vorjahr`` is the year before the one the table, or the only other column with a year, is about."""
    years = {value.heading.meaning["year"] for value in plan.values if "year" in value.heading.meaning}
    year = plan.constants.get("year") or (years.pop() if len(years) == 1 else "")
    for place, value in enumerate(plan.values):
        if not value.heading.of_last_year or "year" in value.heading.meaning:
            continue
        if not year:
            value.is_unclear = True
            plan.column_reasons[value.offset].append(evidence("year_before_what", found=value.heading.text))
            table, cell = plan.table, address(plan.block.header[-1], value.index)
            question = Question(
                "column", table.sheet, cell, value.heading.text, table.fingerprint, value.offset
            )
            plan.questions.append(question)
            continue
        value.heading.meaning["year"] = str(int(year) - 1)
        reason = evidence("year_before", found=value.heading.text, year=year)
        plan.column_reasons[value.offset].append(reason)
        if place and "indicator" not in value.heading.meaning:
            same = plan.values[place - 1].heading.meaning
            value.heading.meaning.update(
                {key: code for key, code in same.items() if key not in value.heading.meaning}
            )


def take_keys(plan: Plan, grid: SheetGrid, given: TableAnswers) -> None:
    """Keys that a list of the file itself explains stand for its names."""
    column = plan.roles.get("key", -1)
    if column < 0 or "organisation" in plan.roles or given.roles:
        return
    texts = {tidy(shown(grid.rows[row][column])) for row in plan.block.data} - {""}
    if texts and all(grid.names.exact("organisation", text) for text in texts):
        plan.roles["organisation"] = plan.roles.pop("key")
        letter = column_letters(column)
        found = next(each for each in plan.table.columns if each.letter == letter)
        found.role = "organisation"
        plan.column_reasons[found.index].append(
            evidence("contents_named", count=len(texts), all=len(texts), kind="organisation")
        )


def set_keys_aside(plan: Plan, grid: SheetGrid, given: TableAnswers) -> None:
    """Numbers headed ``Kammer`` beside the chambers are their keys, if each chamber has but one."""
    for value in list(plan.values):
        kind = value.heading.role or ("organisation" if value.heading.unread else "")
        if kind not in ("organisation", "region", "indicator") or kind not in plan.roles or value.is_given:
            continue
        if value.offset in given.roles or len(plan.values) == 1:
            continue
        pairs = {
            tuple(tidy(shown(grid.rows[row][place])) for place in (plan.roles[kind], value.index))
            for row in plan.block.data
        }
        if len({name for name, _ in pairs}) == len(pairs) < len(plan.block.data):
            plan.values.remove(value)
            column = plan.table.columns[value.offset]
            column.role, column.meaning = "key", {}
            first = column_letters(plan.roles[kind])
            plan.column_reasons[value.offset].append(evidence("second_of_kind", column=first, kind=kind))


def find_codes(plan: Plan, grid: SheetGrid, given: TableAnswers) -> None:
    """A column of numbers left of the occupations' names that are their codes.

    Without a heading or under theirs the numbers have to be known. Under ``Nr.`` or ``Schl.`` they could
    count the rows: there the names beside them have to be those of the codes.
    """
    label = plan.roles.get("occupation_label", -1)
    if label < 0 or "occupation" in plan.roles:
        return
    letters = column_letters(label - 1)
    column = next((each for each in plan.table.columns if each.letter == letters), None)
    if column is None or column.index in given.roles or column.index in given.columns:
        return
    value = next((value for value in plan.values if value.index == label - 1), None)
    is_numbering = role_of(column.header) in ("ignore", "key")
    if not (is_numbering or (value is not None and _may_head_codes(value))):
        return
    pairs = {
        (tidy(shown(grid.rows[row][label - 1])), tidy(shown(grid.rows[row][label])))
        for row in plan.block.data[:: max(len(plan.block.data) // _SAMPLE, 1)]
    }
    if _are_codes(pairs, grid.names) and (not is_numbering or _are_named(pairs, grid.names)):
        plan.values = [each for each in plan.values if each is not value]
        plan.unread_columns = [each for each in plan.unread_columns if each[0] != label - 1]
        plan.questions = [each for each in plan.questions if each.column != column.index]
        plan.roles["occupation"] = label - 1
        column.role, column.meaning = "occupation", {}
        plan.column_reasons[column.index].append(evidence("codes_beside_names"))


def _may_head_codes(value: ValueColumn) -> bool:
    return not value.heading.text or value.heading.role in ("occupation", "occupation_label")


def _are_codes(pairs: set[tuple[str, str]], names: NameIndex) -> bool:
    texts = {code for code, _ in pairs} - {""}
    known = [text for text in texts if names.is_total(text) or text[:2] in names.occupations]
    return len(known) >= _NEARLY_ALL * len(texts)


def _are_named(pairs: set[tuple[str, str]], names: NameIndex) -> bool:
    """Whether names are those of the codes beside them: some of them, and none another code's."""
    coded = [(code, label) for code, label in pairs if code.isdecimal() and label]
    named = [code for code, label in coded if occupation_named(names, label) == code]
    return len(named) >= _SEVERAL and all(go_together(names, code, label) for code, label in coded)


def name_by_measure(plan: Plan, names: NameIndex, lines: Iterable[str], given: TableAnswers) -> None:
    """``Veranstaltungen`` below ``Woche der Ausbildung``: the measure's only indicator of them."""
    if "indicator" in plan.roles:
        return
    titles = [f" {fold(line)} " for line in lines]
    for value in plan.values:
        terms = [term for term in names.indicators.values() if term.unit == value.heading.unit]
        if value.heading.meaning.get("indicator") or value.offset in given.columns or len(terms) != 1:
            continue
        measures = [f" {fold(name)} " for name in terms[0].measure]
        if any(measure in title for measure in measures for title in titles):
            value.heading.meaning["indicator"] = terms[0].code
            plan.column_reasons[value.offset].append(evidence("heading_meaning", kinds="indicator"))


def share_ending(plan: Plan, names: NameIndex, given: TableAnswers) -> None:
    """``in EQ vermittelt | in Schule/Maßnahme``: the verb that ends the heading before is meant here, too."""
    for before, value in pairwise(plan.values):
        heading, own = value.heading, names.indicators.get(before.heading.meaning.get("indicator", ""))
        verb = _VERB_AT_END.search(before.heading.text)
        if (
            verb is None
            or own is None
            or not value.is_unclear
            or value.is_given
            or value.offset in given.roles
        ):
            continue
        code = names.exact("indicator", f"{heading.text} {verb[0]}") or ""
        named = {each.heading.meaning.get("indicator") for each in plan.values}
        is_other = code in names.indicators and code not in named and heading.meaning.keys() <= {"year"}
        if is_other and names.indicators[code].measure == own.measure:
            heading.meaning["indicator"], heading.unread, value.is_unclear = code, [], False
            plan.questions = [each for each in plan.questions if each.column != value.offset]
            plan.column_reasons[value.offset].append(evidence("heading_meaning", kinds="indicator"))


def give_parts_their_whole(plan: Plan) -> None:
    """``dar. Frauen`` right of ``EQ-Plätze 2016`` are those of the column it stands beside."""
    for place, value in enumerate(plan.values[1:], 1):
        meaning = value.heading.meaning
        is_part = _PART.search(value.heading.text) and meaning.get("target_group", TOTAL) != TOTAL
        if not is_part or "indicator" in meaning or value.is_unclear:
            continue
        whole = plan.values[place - 1]
        is_open = "indicator" in whole.heading.meaning or "year" in whole.heading.meaning
        years = {each["year"] for each in (meaning, whole.heading.meaning) if "year" in each}
        if is_open and not whole.is_unclear and len(years) < _SEVERAL:
            own = {
                kind: code for kind, code in whole.heading.meaning.items() if kind in ("indicator", "year")
            }
            meaning.update({kind: code for kind, code in own.items() if kind not in meaning})
            plan.column_reasons[value.offset].append(evidence("part_of_column", found=whole.heading.text))

"""Checks that compare several indicators of a submission, or an umbrella's statement with its members'."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from django.utils.translation import gettext as _

from measures.checks.facts import ItemFacts, Key, Place, SubmissionFacts
from measures.checks.formula import Formula, FormulaComparison, FormulaSide, Reference
from measures.checks.parameters import Compulsory, Exclusive, MembersSum, MissingStrategy, OfFormula
from measures.checks.within_items import Found
from measures.checks.wording import written
from measures.enums import TOTAL


class Evaluated(NamedTuple):
    side: FormulaSide
    value: Decimal


def broken_formula(check: OfFormula, facts: SubmissionFacts) -> Iterator[Found]:
    """Where one of its indicators is not due there is nothing to compare.

    Asked for every total; for a target group only where each indicator states it.
    """
    formula = check.parsed
    if not all(indicator in facts.items for indicator in formula.indicators):
        return
    items = [facts.items[indicator] for indicator in formula.indicators]
    for key in _cells(items):
        is_total = key.target_group == TOTAL
        if not is_total and not _is_stated_by_all(formula, facts, key):
            continue
        absent = [each for each in formula.references if _value(facts, each, key) is None]
        if len(absent) == len(formula.references):
            continue
        if absent and check.missing is MissingStrategy.REPORT:
            yield from _reported(formula, facts, absent, key)
            continue
        yield from _compared(check, facts, key)


def _compared(check: OfFormula, facts: SubmissionFacts, key: Key) -> Iterator[Found]:
    """Each side with the next; sides that lack a value are left out, unless it counts as zero."""
    formula = check.parsed
    sides = [
        Evaluated(side, value)
        for side in formula.sides
        if (value := _sum(side, facts, key, as_zero=check.missing is MissingStrategy.ZERO)) is not None
    ]
    for left, right in pairwise(sides):
        tolerance = _tolerance(left.side, right.side, facts) + check.tolerance
        if not _is_broken(formula.comparison, left.value - right.value, tolerance):
            continue
        place = next(left.side.references, None) or next(right.side.references, None)
        if place is None:
            continue
        yield Found(
            facts.items[place.indicator],
            key._replace(target_group=place.target_group or key.target_group),
            _SENTENCES[formula.comparison]()
            % {"left": _described(left, facts), "right": _described(right, facts)},
            others=_places((*left.side.references, *right.side.references), facts, key),
        )


def _is_broken(comparison: FormulaComparison, difference: Decimal, tolerance: Decimal) -> bool:
    match comparison:
        case FormulaComparison.AT_MOST:
            return difference > tolerance
        case FormulaComparison.AT_LEAST:
            return -difference > tolerance
        case FormulaComparison.EQUAL:
            return abs(difference) > tolerance


_SENTENCES = {
    FormulaComparison.AT_MOST: lambda: _("%(left)s is more than %(right)s."),
    FormulaComparison.AT_LEAST: lambda: _("%(left)s is less than %(right)s."),
    FormulaComparison.EQUAL: lambda: _("%(left)s is not equal to %(right)s."),
}


def _places(references: Iterable[Reference], facts: SubmissionFacts, key: Key) -> tuple[Place, ...]:
    """The cells of this year that a comparison reads."""
    return tuple(
        Place(
            facts.items[each.indicator].item_id,
            key._replace(target_group=each.target_group or key.target_group),
        )
        for each in references
        if not each.is_last_year
    )


def _reported(formula: Formula, facts: SubmissionFacts, absent: list[Reference], key: Key) -> Iterator[Found]:
    for reference in absent:
        if not reference.is_last_year:
            yield Found(
                facts.items[reference.indicator],
                key._replace(target_group=reference.target_group or key.target_group),
                _("A value is missing that others are compared with."),
                others=_places(formula.references, facts, key),
            )


def _cells(items: list[ItemFacts]) -> list[Key]:
    keys = {key for item in items for key in (*item.statements, *item.last_year)}
    regions = {key.region for key in keys}
    return sorted(keys | {Key(region, TOTAL) for region in regions}, key=lambda key: key.place)


def _is_stated_by_all(formula: Formula, facts: SubmissionFacts, key: Key) -> bool:
    """Whether a comparison by this group is one: nothing in it is of a group of its own."""
    return all(not each.target_group and _value(facts, each, key) is not None for each in formula.references)


def _value(facts: SubmissionFacts, reference: Reference, key: Key) -> Decimal | None:
    item = facts.items[reference.indicator]
    cell = key._replace(target_group=reference.target_group or key.target_group)
    return item.last_year.get(cell) if reference.is_last_year else item.value(cell)


def _sum(side: FormulaSide, facts: SubmissionFacts, key: Key, *, as_zero: bool) -> Decimal | None:
    total = Decimal(0)
    for term in side.terms:
        value = _value(facts, term.reference, key) if term.reference else Decimal(1)
        if value is None and not as_zero:
            return None
        total += term.factor * (value or 0)
    return total


def _tolerance(left: FormulaSide, right: FormulaSide, facts: SubmissionFacts) -> Decimal:
    """What rounding to multiples of 3 allows (rule 14), where any of the indicators is rounded."""
    references = [*left.references, *right.references]
    rounded = [facts.items[each.indicator] for each in references if facts.items[each.indicator].is_rounded]
    return Decimal(rounded[0].tolerance(len(references) - 1)) if rounded else Decimal(0)


def _described(evaluated: Evaluated, facts: SubmissionFacts) -> str:
    """The names of what is added up, with the sum."""
    words: list[str] = []
    for term in evaluated.side.terms:
        sign = "−" if term.factor < 0 else "+"
        factor = "" if abs(term.factor) == 1 and term.reference else written(abs(term.factor))
        name = _named(term.reference, facts) if term.reference else ""
        joined = " · ".join(part for part in (factor, name) if part)
        words.append(f" {sign} {joined}" if words else ("−" if sign == "−" else "") + joined)
    names = "".join(words)
    if not any(True for _reference in evaluated.side.references):
        return names
    return f"{names} ({written(evaluated.value)})"


def _named(reference: Reference, facts: SubmissionFacts) -> str:
    item = facts.items[reference.indicator]
    name = _("“%(name)s”") % {"name": item.indicator}
    if reference.target_group:
        labels = {key.target_group: label for key, label in item.labels.items()}
        name = f"{name}, {labels.get(reference.target_group, reference.target_group)}"
    return f"{name} {item.year - 1}" if reference.is_last_year else name


def off_members_sum(check: MembersSum, facts: SubmissionFacts) -> Iterator[Found]:
    """While members are missing, only more than the umbrella states is wrong; below zero not even that."""
    for item in facts.of(check.indicators):
        of_members = item.members.get(check.member_indicator or item.code, {})
        for key, members in sorted(of_members.items(), key=lambda found: found[0].place):
            stated = item.value(key)
            if stated is None or not members.stated:
                continue
            tolerance = item.tolerance(members.stated) + check.tolerance
            too_much = members.sum > stated + tolerance and not (members.missing and item.may_be_negative)
            too_little = not members.missing and members.sum < stated - tolerance
            if too_much or too_little:
                yield Found(
                    item,
                    key,
                    _("%(stated)s is stated, %(count)s members add up to %(sum)s.")
                    % {
                        "stated": written(stated),
                        "count": written(members.stated),
                        "sum": written(members.sum),
                    },
                )


def not_exclusive(check: Exclusive, facts: SubmissionFacts) -> Iterator[Found]:
    """Of these only one may be above zero in a cell; the later ones are asked about."""
    stated: dict[Key, ItemFacts] = {}
    for item in facts.of(check.indicators):
        for key in sorted(item.statements, key=lambda key: key.place):
            value = item.value(key)
            if not value:
                continue
            first = stated.setdefault(key, item)
            if first is not item:
                yield Found(
                    item,
                    key,
                    _("%(value)s is stated, and %(other)s on “%(indicator)s”. Only one of them can be.")
                    % {
                        "value": written(value),
                        "other": written(first.value(key) or 0),
                        "indicator": first.indicator,
                    },
                    others=(Place(first.item_id, key),),
                )


def without_the_other(check: Compulsory, facts: SubmissionFacts) -> Iterator[Found]:
    for item in facts.of(check.indicators):
        for key in sorted(item.statements, key=lambda key: key.place):
            value = item.value(key)
            if not value or key.target_group != TOTAL:
                continue
            for other in facts.of(check.required):
                if other is not item and key not in other.statements:
                    yield Found(
                        other,
                        key,
                        _("Nothing is stated, although “%(indicator)s” is %(value)s.")
                        % {"indicator": item.indicator, "value": written(value)},
                        others=(Place(item.item_id, key),),
                    )

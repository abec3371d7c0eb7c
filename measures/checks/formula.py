"""Formulas over indicators, such as ``placed + in_school <= appeared <= invited``: read, never executed.

Python's own parser makes the tree; only names of indicators, target groups, last year, numbers, plus, minus,
times a number and one kind of comparison pass. What comes out is plain data.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from django.utils.translation import gettext as _

MOST_CHARACTERS = 400
MOST_TERMS = 24
LAST_YEAR = "last_year"


class FormulaError(ValueError):
    """What was written is no formula; the message says why."""


class FormulaComparison(Enum):
    AT_MOST = "≤"
    AT_LEAST = "≥"
    EQUAL = "="


@dataclass(frozen=True)
class Reference:
    """An indicator's value; without a target group that of the group the formula is asked for."""

    indicator: str
    target_group: str = ""
    is_last_year: bool = False


@dataclass(frozen=True)
class FormulaTerm:
    """A number, or so many times the value of an indicator."""

    factor: Decimal
    reference: Reference | None = None


@dataclass(frozen=True)
class FormulaSide:
    """What is added up on one side of a comparison."""

    terms: tuple[FormulaTerm, ...]

    @property
    def references(self) -> Iterator[Reference]:
        return (term.reference for term in self.terms if term.reference)


@dataclass(frozen=True)
class Formula:
    """Sides compared one after the other, all in the same way."""

    sides: tuple[FormulaSide, ...]
    comparison: FormulaComparison

    @property
    def references(self) -> list[Reference]:
        return [reference for side in self.sides for reference in side.references]

    @property
    def indicators(self) -> list[str]:
        """Each indicator once, in the order in which they are named."""
        return list(dict.fromkeys(reference.indicator for reference in self.references))


_COMPARISONS: dict[type[ast.cmpop], FormulaComparison] = {
    ast.LtE: FormulaComparison.AT_MOST,
    ast.GtE: FormulaComparison.AT_LEAST,
    ast.Eq: FormulaComparison.EQUAL,
}


@lru_cache(maxsize=1_000)
def parse(text: str) -> Formula:
    """Read a formula; raises ``FormulaError``. The same ones are read with every figure that is saved."""
    if len(text) > MOST_CHARACTERS:
        raise FormulaError(_("The formula is too long."))
    try:
        tree = ast.parse(_plain(text), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise FormulaError(_("This is not a formula such as “a + b <= c”.")) from error
    if not isinstance(tree, ast.Compare):
        raise FormulaError(_("A formula compares: with <=, >= or =."))
    kinds = {_COMPARISONS.get(type(operator)) for operator in tree.ops}
    comparison = kinds.pop()
    if kinds or comparison is None:
        raise FormulaError(_("A formula compares in one way: with <=, >= or =."))
    sides = tuple(FormulaSide(tuple(_terms(side, Decimal(1)))) for side in (tree.left, *tree.comparators))
    formula = Formula(sides, comparison)
    if not all(any(True for _reference in side.references) for side in sides[:1]):
        raise FormulaError(_("A formula begins with an indicator."))
    if sum(len(side.terms) for side in sides) > MOST_TERMS:
        raise FormulaError(_("The formula is too long."))
    return formula


def _plain(text: str) -> str:
    """The signs of mathematics as those of the parser; a single ``=`` compares."""
    plain = text.replace("≤", "<=").replace("≥", ">=").replace("−", "-").replace("·", "*")
    plain = plain.replace("==", "=").replace("<=", "\0").replace(">=", "\1").replace("=", "==")
    return plain.replace("\0", "<=").replace("\1", ">=").strip()


def _terms(node: ast.expr, factor: Decimal) -> Iterator[FormulaTerm]:
    match node:
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            yield from _terms(left, factor)
            yield from _terms(right, factor)
        case ast.BinOp(left=left, op=ast.Sub(), right=right):
            yield from _terms(left, factor)
            yield from _terms(right, -factor)
        case ast.BinOp(left=ast.Constant() as number, op=ast.Mult(), right=right):
            yield FormulaTerm(factor * _number(number), _reference(right))
        case ast.Constant():
            yield FormulaTerm(factor * _number(node))
        case _:
            yield FormulaTerm(factor, _reference(node))


def _number(node: ast.Constant) -> Decimal:
    if isinstance(node.value, bool) or not isinstance(node.value, int | float):
        raise FormulaError(_("Only numbers and names of indicators can stand in a formula."))
    number = Decimal(str(node.value))
    if not number.is_finite():
        raise FormulaError(_("Only numbers and names of indicators can stand in a formula."))
    return number


def _reference(node: ast.expr) -> Reference:
    match node:
        case ast.Attribute(value=value, attr=attr) if attr == LAST_YEAR:
            found = _reference(value)
            if not found.is_last_year:
                return Reference(found.indicator, found.target_group, is_last_year=True)
        case ast.Subscript(value=ast.Name(id=indicator), slice=ast.Name(id=group)):
            return Reference(indicator, group)
        case ast.Name(id=indicator):
            return Reference(indicator)
    raise FormulaError(_("Only numbers and names of indicators can stand in a formula."))

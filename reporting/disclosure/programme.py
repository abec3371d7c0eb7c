"""The attacker's linear programme: between which bounds a withheld cell must lie, as HiGHS works it out."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

import highspy
import numpy as np
from highspy import _Highs as Solver  # type: ignore[attr-defined]  # the other one prints a banner

from reporting.disclosure.knowledge import KnownSum, is_too_narrow

INFINITE = float("inf")

Name = TypeVar("Name", bound=Hashable)


class Attack:
    """Everything that is known of the withheld values: how they add up, and that none lies below 0.

    ``may_be_negative``: not even that.
    """

    def __init__(self, rows: Sequence[KnownSum], *, may_be_negative: bool = False) -> None:
        self._columns: dict[Hashable, int] = {}
        for row in rows:
            for name, _sign in row.entries:
                self._columns.setdefault(name, len(self._columns))
        self._lowest = -highspy.kHighsInf if may_be_negative else 0.0
        self._solver = Solver()
        for option, value in (("output_flag", False), ("threads", 1), ("presolve", "off")):
            self._solver.setOptionValue(option, value)
        self._solver.passModel(self._model(rows))
        self._least = np.full(len(self._columns), INFINITE)
        self._most = np.full(len(self._columns), -INFINITE)

    def is_possible(self) -> bool:
        """Whether any values agree with all that is known."""
        if not self._columns:
            return True
        self._solver.run()
        return bool(self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)

    def narrow(self, names: Iterable[Name]) -> Iterator[tuple[Name, float, float]]:
        """Those that too much is known of, with their bounds.

        Most need no search of their own: they could be enough when bounds of others were looked for.
        """
        for name in names:
            column = self._columns.get(name)
            if column is not None and not is_too_narrow(self._least[column], self._most[column]):
                continue
            low, high = self.interval(name)
            if is_too_narrow(low, high):
                yield name, low, high

    def interval(self, name: Hashable) -> tuple[float, float]:
        """The least and the most that the value can be; of one that nothing is known of: anything."""
        column = self._columns.get(name)
        if column is None:
            return self._lowest, INFINITE
        return self._extreme(column, 1.0), -self._extreme(column, -1.0)

    def _extreme(self, column: int, cost: float) -> float:
        self._solver.changeColCost(column, cost)
        self._solver.run()
        status = self._solver.getModelStatus()
        found = self._solver.getInfo().objective_function_value
        self._solver.changeColCost(column, 0.0)
        if status == highspy.HighsModelStatus.kOptimal:
            values = np.array(self._solver.getSolution().col_value)
            np.minimum(self._least, values, out=self._least)
            np.maximum(self._most, values, out=self._most)
            return float(found)
        if status in (
            highspy.HighsModelStatus.kUnbounded,
            highspy.HighsModelStatus.kUnboundedOrInfeasible,
        ):
            return -INFINITE
        raise ArithmeticError(f"HiGHS found no bound: {self._solver.modelStatusToString(status)}")

    def _model(self, rows: Sequence[KnownSum]) -> highspy.HighsLp:
        entries = sorted(
            (self._columns[name], at, float(sign))
            for at, row in enumerate(rows)
            for name, sign in row.entries
        )
        amounts = np.array([float(row.amount) for row in rows])
        count = len(self._columns)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = count, len(rows)
        model.sense_ = highspy.ObjSense.kMinimize
        model.col_cost_ = np.zeros(count)
        model.col_lower_ = np.full(count, self._lowest)
        model.col_upper_ = np.full(count, highspy.kHighsInf)
        model.row_upper_ = amounts
        model.row_lower_ = np.where([row.is_most for row in rows], -highspy.kHighsInf, amounts)
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = np.searchsorted([column for column, _, _ in entries], np.arange(count + 1))
        model.a_matrix_.index_ = np.array([row for _, row, _ in entries])
        model.a_matrix_.value_ = np.array([sign for _, _, sign in entries])
        return model


def with_further(
    rows: Sequence[KnownSum], further: Iterable[KnownSum], *, may_be_negative: bool = False
) -> list[KnownSum]:
    """What is known, with what does not contradict it: all of ``further``, or else one after the other."""
    known = set(rows)
    further = [row for row in further if not (row in known or row.is_wrong)]
    found = [*rows, *further]
    if not further or Attack(found, may_be_negative=may_be_negative).is_possible():
        return found
    found = list(rows)
    for row in further:
        if Attack([*found, row], may_be_negative=may_be_negative).is_possible():
            found.append(row)
    return found

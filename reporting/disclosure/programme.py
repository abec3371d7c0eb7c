"""The attacker's linear programme: between which bounds a withheld cell must lie, as HiGHS works it out."""

from collections.abc import Hashable, Sequence

import highspy
import numpy as np
from highspy import _Highs as Solver  # type: ignore[attr-defined]  # the other one prints a banner

from reporting.disclosure.knowledge import KnownSum

INFINITE = float("inf")


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

    def is_possible(self) -> bool:
        """Whether any values agree with all that is known."""
        if not self._columns:
            return True
        self._solver.run()
        return bool(self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)

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
        model.row_lower_ = model.row_upper_ = amounts
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = np.searchsorted([column for column, _, _ in entries], np.arange(count + 1))
        model.a_matrix_.index_ = np.array([row for _, row, _ in entries])
        model.a_matrix_.value_ = np.array([sign for _, _, sign in entries])
        return model

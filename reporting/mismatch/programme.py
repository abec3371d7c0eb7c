"""The linear programme behind ``reporting.mismatch.matching``, as HiGHS takes it and answers it."""

from collections.abc import Mapping, Sequence

import highspy
import numpy as np
from highspy import _Highs as Solver  # type: ignore[attr-defined]  # the other one prints a banner

from reporting.mismatch.cells import ALMOST, OFFERS, MarketCell, MarketCells

Solution = tuple[dict[MarketCell, float], dict[MarketCell, float], dict[MarketCell, float]]


class Programme:
    """The programme in rows and columns.

    Columns: people served in each cell, then offers of each pair of cells. Rows: offers from each cell,
    offers into each cell, and offers of a pair where places are so few that the pair's own limit says more.
    """

    def __init__(
        self,
        market: MarketCells,
        choosing: Sequence[MarketCell],
        pairs: Sequence[tuple[MarketCell, MarketCell]],
        offers_per_place: int,
    ) -> None:
        self._market = market
        self._choosing = choosing
        self._pairs = pairs
        self._targets = sorted({target for _source, target in pairs})
        self._offers_per_place = offers_per_place
        # With three places or more, n × places is no less than all 3 n offers of the cell.
        self._rare = [at for at, (_, target) in enumerate(pairs) if market.unfilled[target] < OFFERS]

    def solve(self, seconds: float) -> Solution | None:
        if not self._choosing:
            return {}, {}, {}
        solver = Solver()
        for option, value in (("output_flag", False), ("threads", 1), ("time_limit", seconds)):
            solver.setOptionValue(option, value)
        solver.passModel(self._model())
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return self._read(solver.getSolution())

    def _model(self) -> highspy.HighsLp:
        column = {cell: at for at, cell in enumerate(self._choosing)}
        row_of_target = {cell: len(column) + at for at, cell in enumerate(self._targets)}
        first_pair, first_rare = len(column), len(column) + len(self._targets)
        entries = [(column[cell], column[cell], float(OFFERS)) for cell in self._choosing]
        for at, (source, target) in enumerate(self._pairs):
            entries.append((first_pair + at, column[source], -1.0))
            entries.append((first_pair + at, row_of_target[target], 1.0))
        for row, at in enumerate(self._rare, first_rare):
            source, target = self._pairs[at]
            entries.append((first_pair + at, row, 1.0))
            entries.append((column[source], row, -float(self._market.unfilled[target])))
        return self._as_model(entries, columns=first_pair + len(self._pairs))

    def _as_model(self, entries: list[tuple[int, int, float]], columns: int) -> highspy.HighsLp:
        entries.sort()
        capacity = [float(self._offers_per_place * self._market.unfilled[cell]) for cell in self._targets]
        upper = [0.0] * len(self._choosing) + capacity + [0.0] * len(self._rare)
        lower = [0.0] * len(self._choosing) + [-highspy.kHighsInf] * (len(upper) - len(self._choosing))
        people = [float(self._market.searching[cell]) for cell in self._choosing]
        starts = np.searchsorted([column for column, _row, _value in entries], np.arange(columns + 1))
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = columns, len(upper)
        model.sense_ = highspy.ObjSense.kMinimize  # of the negative, so that the signs of prices are plain
        model.col_cost_ = np.array([-1.0] * len(people) + [0.0] * len(self._pairs))
        model.col_lower_ = np.zeros(columns)
        model.col_upper_ = np.array(people + [highspy.kHighsInf] * len(self._pairs))
        model.row_lower_, model.row_upper_ = np.array(lower), np.array(upper)
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = starts
        model.a_matrix_.index_ = np.array([row for _column, row, _value in entries])
        model.a_matrix_.value_ = np.array([value for _column, _row, value in entries])
        return model

    def _read(self, solution: highspy.HighsSolution) -> Solution:
        """A further place lets q more offers into its cell, and one more from each pair with rare places."""
        count, first_rare = len(self._choosing), len(self._choosing) + len(self._targets)
        values, of_columns, of_rows = solution.col_value, solution.col_dual, solution.row_dual
        served = {cell: float(values[at]) for at, cell in enumerate(self._choosing)}
        places = {
            cell: -self._offers_per_place * float(of_rows[count + at])
            for at, cell in enumerate(self._targets)
        }
        for row, at in enumerate(self._rare, first_rare):
            source, target = self._pairs[at]
            places[target] -= served[source] * float(of_rows[row])
        persons = {cell: -float(of_columns[at]) for at, cell in enumerate(self._choosing)}
        return served, _positive(places), _positive(persons)


def _positive(prices: Mapping[MarketCell, float]) -> dict[MarketCell, float]:
    return {cell: price for cell, price in prices.items() if price > ALMOST}

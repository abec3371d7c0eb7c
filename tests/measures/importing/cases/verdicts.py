"""What was made of a case, held against what a careful person would store."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from measures.importing import Reading
from tests.measures.importing.cases import TOTAL, Case, FigureKey

OF_WHAT_IS_STORED = frozenset({"replaces_others", "no_jump_from_last_year"})
"""Problems that depend on the figures there already are, and not on the file."""


class Place(NamedTuple):
    sheet: str
    cell: str

    @property
    def row(self) -> int:
        return int("".join(filter(str.isdigit, self.cell)) or 0)


class ReadFigure(NamedTuple):
    key: FigureKey
    value: float | None
    place: Place


@dataclass(frozen=True)
class Outcome:
    """What was read of a file: the figures that would be stored, and the cells of its problems."""

    status: str
    figures: tuple[ReadFigure, ...]
    problems: frozenset[Place]
    has_errors: bool
    """Whether anything beyond notes is reported."""

    @property
    def is_asked(self) -> bool:
        return self.status not in {"ready", "applied"}


@dataclass(frozen=True)
class Verdict:
    """Everything that must not be; empty throughout where the reading is right."""

    asked_though_clear: bool = False
    silently_wrong: tuple[ReadFigure, ...] = ()
    lost: tuple[FigureKey, ...] = ()
    unreported: tuple[int, ...] = ()

    def __str__(self) -> str:
        found = [f"{key} {value} in {place.cell} is wrong" for key, value, place in self.silently_wrong]
        found += [f"{key} is lost" for key in self.lost]
        found += [f"row {row} is not reported" for row in self.unreported]
        return "; ".join(["asked though clear"] * self.asked_though_clear + found)


def outcome_of_reading(reading: Reading) -> Outcome:
    return Outcome(
        reading.status,
        tuple(
            ReadFigure(
                FigureKey(row.indicator, row.year, row.organisation, row.target_group, row.occupation),
                None if row.value is None else float(row.value),
                Place(row.sheet, row.cell),
            )
            for row in reading.rows
            if not row.held
        ),
        frozenset(Place(problem.sheet, problem.cell) for problem in reading.problems),
        any(problem.severity != "note" for problem in reading.problems),
    )


def outcome_of_report(report: Mapping[str, Any]) -> Outcome:
    """From a line that ``manage.py import_figures --json --figures`` prints."""
    problems = [problem for problem in report["problems"] if problem["code"] not in OF_WHAT_IS_STORED]
    return Outcome(
        report["status"],
        tuple(_reported_figures(report.get("figures") or ())),
        frozenset(Place(problem["sheet"], problem["cell"]) for problem in problems),
        any(problem["severity"] != "note" for problem in problems),
    )


def _reported_figures(figures: Iterable[Mapping[str, Any]]) -> Iterable[ReadFigure]:
    for figure in figures:
        group, occupation = figure.get("target_group") or TOTAL, figure.get("occupation") or TOTAL
        value = None if figure.get("absence") or figure["value"] is None else float(figure["value"])
        yield ReadFigure(
            FigureKey(figure["indicator"], figure["year"], figure["organisation"], group, occupation),
            value,
            Place(figure["sheet"], figure["cell"]),
        )


def judge(case: Case, outcome: Outcome) -> Verdict:
    """A figure that is wrong must have a problem at its cell; one that is missing must have one somewhere."""
    if outcome.is_asked:
        return Verdict(asked_though_clear=case.outcome == "read")
    read = {figure.key: figure for figure in outcome.figures}
    wrong = tuple(
        figure
        for key, figure in read.items()
        if figure.value is not None
        and case.figures.get(key) != figure.value
        and figure.place not in outcome.problems
    )
    missing = tuple(key for key in case.figures if key not in read) if case.outcome == "read" else ()
    reasons = len(outcome.problems) if outcome.has_errors else 0
    rows = {place.row for place in outcome.problems}
    unreported = tuple(row for row in case.reported if row not in rows)
    return Verdict(silently_wrong=wrong, lost=missing[reasons:], unreported=unreported)

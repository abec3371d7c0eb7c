"""What totals have to be: added up in Python from the figures, one by one."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from measures.models import (
    ApprovedFigure,
    ApprovedSum,
    ApprovedSumVersion,
    ApprovedTotal,
    CurrentSum,
    CurrentSumVersion,
    CurrentTotal,
    Figure,
)

TOTAL_KEY = ("item_id", "region_id", "occupation_id", "target_group_id")
STATED = ("value", "absence", "basis")

Key = tuple[Any, ...]
Stored = dict[Key, tuple[Any, ...]]


def assert_totals_are_those_of_the_figures() -> None:
    """The current and the approved ones; and the newest state kept of each sum is the one it is in."""
    for figures, totals, sums, versions in (
        (Figure, CurrentTotal, CurrentSum, CurrentSumVersion),
        (ApprovedFigure, ApprovedTotal, ApprovedSum, ApprovedSumVersion),
    ):
        assert _stored(totals.objects.all()) == _added_up(figures.objects.all())
        newest = {key: state for key, state in _stored(versions.objects.order_by("id")).items() if state[2]}
        assert newest == _stored(sums.objects.all())


def _stored(rows: Any) -> Stored:
    return {
        tuple(row[:4]): (*row[4:7], tuple(sorted(row[7] or ())))
        for row in rows.values_list(*TOTAL_KEY, *STATED, "qualities")
    }


def _added_up(figures: Iterable[Any]) -> Stored:
    grouped: dict[Key, list[Any]] = defaultdict(list)
    for figure in figures:
        place, group, code = (figure.item_id, figure.region_id), figure.target_group_id, figure.occupation_id
        grouped[*place, "_T", group].append(figure)
        if code != "_T":
            grouped[*place, code[:2], group].append(figure)
    return {key: _total(key[2], found) for key, found in grouped.items()}


def _total(occupation: str, figures: list[Any]) -> tuple[Any, ...]:
    qualities = {figure.quality for figure in figures} - {"final"}
    qualities |= {"below_half_unit" for figure in figures if figure.is_below_half_unit}
    qualities |= {"uncertain" for figure in figures if figure.is_uncertain}
    return (*_stated(occupation, figures), tuple(sorted(qualities)))


def _stated(occupation: str, figures: list[Any]) -> tuple[Decimal | None, str | None, str]:
    for figure in figures:
        if figure.occupation_id == occupation:
            return figure.value, figure.absence, "stated"
    values = [figure.value for figure in figures if figure.value is not None]
    absences = {figure.absence for figure in figures if figure.value is None}
    if values:
        return sum(values, Decimal(0)), None, "at_least" if absences else "derived"
    return None, absences.pop() if len(absences) == 1 else "unknown", "derived"

"""One question asked in four ways: what each item stated in two years, and what that adds up to.

Of the stored totals, as the views ask it; of the figures, as it had to be asked without them; as a plain
``GROUP BY`` over tables joined, which is what a tool for reports sends; and of DuckDB over an export.
"""

import datetime as dt
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from django.db import connection
from django.utils import timezone

from measures.enums import TOTAL
from measures.models import Indicator, Item
from measures.rules.totals import sums_of
from reporting.aggregates.statements import WantedTotals, stated_totals
from reporting.aggregates.totals import OVER_OCCUPATIONS

_WITHOUT_TOTALS = f"""
SELECT item_id, occupation_id, region_id, value, absence, basis, qualities
FROM ({sums_of("(SELECT * FROM measures_approvedfigure WHERE item_id = ANY(%(items)s)) f")}) added
WHERE target_group_id = '{TOTAL}' AND occupation_id = '{TOTAL}'
"""  # noqa: S608  # our own text

_JOINED = """
SELECT n.code AS indicator, r.year, o.code AS organisation, f.region_id AS region,
    f.occupation_id AS occupation, f.target_group_id AS target_group, f.value
FROM measures_approvedfigure f
JOIN measures_item i ON i.id = f.item_id
JOIN measures_indicator n ON n.id = i.indicator_id
JOIN measures_submission s ON s.id = i.submission_id
JOIN measures_reportinground r ON r.id = s.round_id
JOIN partners_organisation o ON o.id = s.organisation_id
"""

_GROUPED = """
SELECT indicator, year, region, sum(value), count(*)
FROM {source}
WHERE year BETWEEN {first} AND {last} AND target_group = '_T'
GROUP BY indicator, year, region
"""


@dataclass(frozen=True)
class Answered:
    """Milliseconds, the best of several: caches are warm for all."""

    totals: float
    figures: float
    grouped: float
    exported: float
    past: float
    rows: int


def ask(years: Sequence[int], times: int) -> Answered:
    """``past``: the same of the stored totals, as of today."""
    indicators = Indicator.objects.filter(is_recorded=True)
    items = list(
        Item.objects.filter(indicator__in=indicators, submission__round__year__in=years).values_list(
            "pk", flat=True
        )
    )

    def stated(as_of: dt.date | None = None) -> Sequence[object]:
        return stated_totals(WantedTotals(items, [], TOTAL, OVER_OCCUPATIONS, as_of))

    grouped = _GROUPED.format(source=f"({_JOINED}) joined", first=min(years), last=max(years))
    with tempfile.TemporaryDirectory() as folder:
        exported = _export(Path(folder))
        question = _GROUPED.format(source="figures", first=min(years), last=max(years))
        return Answered(
            totals=_best(times, stated),
            figures=_best(times, lambda: _fetch(_WITHOUT_TOTALS, {"items": items})),
            grouped=_best(times, lambda: _fetch(grouped)),
            exported=_best(times, lambda: exported.execute(question).fetchall()),
            past=_best(times, lambda: stated(timezone.localdate())),
            rows=len(stated()),
        )


def _export(folder: Path) -> duckdb.DuckDBPyConnection:
    path = folder / "figures.csv"
    copy = f"COPY ({_JOINED}) TO STDOUT WITH (FORMAT csv, HEADER)"
    with path.open("wb") as file, connection.cursor() as cursor, cursor.copy(copy) as parts:
        for part in parts:
            file.write(part)
    database = duckdb.connect()
    database.execute("CREATE TABLE figures AS SELECT * FROM read_csv(?)", [str(path)])
    return database


def _fetch(statement: str, params: dict[str, Any] | None = None) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()


def _best(times: int, do: Callable[[], object]) -> float:
    taken = []
    for _ in range(times + 1):
        started = time.perf_counter()
        do()
        taken.append((time.perf_counter() - started) * 1000)
    return min(taken)

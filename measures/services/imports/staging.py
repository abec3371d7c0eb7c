"""Rows, problems and control totals of a reading, copied into staging as they are."""

import json
import re
from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, Any

from django.db import connection

from measures.enums import TOTAL, ControlScope, Severity, Verdict
from measures.importing.results import ControlTotal as ReadTotal
from measures.importing.results import FigureRow, Reading
from measures.models import ControlTotal, ImportProblem, Indicator, Item, StagedFigure
from measures.services.imports import sql
from partners.models import Organisation, Region

if TYPE_CHECKING:
    from measures.models import ImportRun

_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_LONGEST = {
    "sheet": 100,
    "cell": 12,
    "indicator": 40,
    "organisation": 20,
    "region": 12,
    "occupation": 8,
    "occupation_label": 300,
    "target_group": 12,
    "original": 200,
}


def clear(run: "ImportRun") -> None:
    StagedFigure.objects.filter(import_run=run).delete()
    ImportProblem.objects.filter(import_run=run).delete()
    ControlTotal.objects.filter(import_run=run).delete()


def fill(run: "ImportRun", reading: Reading) -> None:
    """Copy what was read into staging; a row is ``new`` or ``held`` until it is compared."""
    _copy_rows(run, reading)
    _copy_problems(run, reading)
    _add_control_totals(run, reading.control_totals)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE measures_stagedfigure (import_run_id, item_id, verdict)")


def place(cell: str) -> tuple[int, int]:
    """Row and column of a cell's address, from 1; 0, 0 where there is none."""
    found = _CELL.fullmatch(cell)
    if not found:
        return 0, 0
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def storable(texts: Sequence[str], longest: int | None = None) -> list[str]:
    """Texts as PostgreSQL takes them: no NUL, no half of a surrogate pair, no longer than the column."""
    joined = "".join(texts)
    if "\x00" in joined or not _encodes(joined):
        texts = [text.replace("\x00", "").encode("utf-8", "replace").decode() for text in texts]
    return [text[:longest] for text in texts] if longest else list(texts)


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


class _Columns:
    def __init__(self, rows: "list[FigureRow]") -> None:
        self._columns = dict(
            zip(FigureRow._fields, zip(*rows, strict=True) if rows else repeat(()), strict=False)
        )

    def column(self, name: str) -> "Sequence[Any]":
        return self._columns[name]


def _copy_rows(run: "ImportRun", reading: Reading) -> None:
    rows = _Columns(reading.rows)
    texts = {name: storable(rows.column(name), longest) for name, longest in _LONGEST.items()}
    keys = list(zip(texts["indicator"], rows.column("year"), texts["organisation"], strict=True))
    items = _items(set(keys))
    places = [place(cell) for cell in texts["cell"]]
    columns: list[Iterable[object]] = [
        repeat(run.pk, len(reading.rows)),
        texts["sheet"],
        texts["cell"],
        [row for row, _column in places],
        [column for _row, column in places],
        texts["indicator"],
        [year or None for year in rows.column("year")],
        texts["organisation"],
        texts["region"],
        texts["occupation"],
        texts["occupation_label"],
        texts["target_group"],
        rows.column("value"),
        [absence or None for absence in rows.column("absence")],
        rows.column("quality"),
        rows.column("below_half_unit"),
        rows.column("uncertain"),
        storable(rows.column("note")),
        texts["original"],
        [items.get(key) for key in keys],
        [Verdict.HELD.value if held else Verdict.NEW.value for held in rows.column("held")],
    ]
    _copy(sql.COPY_STAGED, zip(*columns, strict=True))


def _items(keys: set[tuple[str, int | None, str]]) -> dict[tuple[str, int | None, str], int]:
    """The items due that these figures belong to, by indicator, year and organisation."""
    found = Item.objects.filter(
        indicator__code__in={indicator for indicator, _year, _organisation in keys},
        submission__round__year__in={year for _indicator, year, _organisation in keys if year},
        submission__organisation__code__in={organisation for _indicator, _year, organisation in keys},
    ).values_list("indicator__code", "submission__round__year", "submission__organisation__code", "pk")
    return {(indicator, year, organisation): pk for indicator, year, organisation, pk in found}


def _copy_problems(run: "ImportRun", reading: Reading) -> None:
    held = {(row.sheet, row.cell) for row in reading.rows if row.held}
    _copy(
        sql.COPY_PROBLEMS,
        (
            (
                run.pk,
                problem.severity,
                problem.code,
                *storable([problem.sheet[:100], problem.cell[:12]]),
                *place(problem.cell),
                *storable([problem.found]),
                json.dumps({name: storable([value])[0] for name, value in problem.params}),
                problem.severity == Severity.ERROR
                or (problem.severity == Severity.QUERY and (problem.sheet, problem.cell) in held),
            )
            for problem in reading.problems
        ),
    )


def _add_control_totals(run: "ImportRun", totals: Sequence[ReadTotal]) -> None:
    """Totals that can be kept: of a known indicator, year and region; one cell states one."""
    indicators = dict(Indicator.objects.values_list("code", "pk"))
    codes = {total.organisation for total in totals if total.organisation}
    organisations = dict(Organisation.objects.filter(code__in=codes).values_list("code", "pk"))
    regions = set(Region.objects.values_list("code", flat=True))
    by_cell = {
        (total.sheet, total.cell): total
        for total in totals
        if total.indicator in indicators and total.year and (total.region or Region.COUNTRY) in regions
    }
    ControlTotal.objects.bulk_create(
        [
            ControlTotal(
                import_run=run,
                sheet=total.sheet[:100],
                cell=total.cell,
                scope=ControlScope.REGIONS
                if total.organisation in organisations and total.region
                else ControlScope.ORGANISATIONS,
                indicator_id=indicators[total.indicator],
                year=total.year or 0,
                organisation_id=organisations.get(total.organisation),
                region_id=total.region or Region.COUNTRY,
                occupation_id=total.occupation or TOTAL,
                target_group_id=total.target_group or TOTAL,
                stated=total.stated,
                sum=total.sum,
                is_ok=total.ok,
                tolerance=total.tolerance,
            )
            for total in by_cell.values()
        ],
        batch_size=1000,
    )


def _copy(statement: str, rows: Iterable[tuple[object, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)

"""Rows, problems and control totals of a reading, taken into staging set by set."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import connection

from measures.enums import TOTAL, ControlScope
from measures.importing.process.transfer import PROBLEMS, ROWS, ReadingSummary
from measures.importing.results import ComparedTotal
from measures.importing.rows.value_reader import LARGEST
from measures.models import (
    ControlTotal,
    ImportCause,
    ImportProblem,
    Indicator,
    StagedBlock,
    StagedFigure,
    StagedOccupation,
    StagedOwner,
)
from measures.selectors.imports.planning import without_sorting
from measures.services.imports.staging import search_sql, staging_sql
from partners.models import Organisation, Region

if TYPE_CHECKING:
    from measures.importing.progress import ProgressCallback
    from measures.models import ImportRun

_CHUNK = 1 << 20

INDEXED_FROM = 20_000
"""So many rows or more are not read through for each search."""


def clear(run: "ImportRun") -> None:
    forget_rows(run)
    for model in (ImportProblem, ImportCause, ControlTotal):
        model.objects.filter(import_run=run).delete()


def forget_rows(run: "ImportRun") -> None:
    """Forget the staged rows and, if there ever were any, where things stand among them."""
    StagedFigure.objects.filter(import_run=run).delete()
    if run.staged_from is not None:
        for model in (StagedOwner, StagedOccupation, StagedBlock):
            model.objects.filter(import_run=run).delete()


def fill(run: "ImportRun", outline: ReadingSummary, folder: Path, report: "ProgressCallback") -> None:
    """Copy what was read into staging, each row compared with what is stored; faulty ones are ``held``."""
    with connection.cursor() as cursor:
        cursor.execute(staging_sql.PLAN_FOR_MEMORY)
        cursor.execute(staging_sql.INCOMING)
    _copy(staging_sql.COPY_ROWS, folder / ROWS, report, outline.row_count)
    _copy(staging_sql.COPY_PROBLEMS, folder / PROBLEMS)
    with connection.cursor() as cursor:
        cursor.execute(staging_sql.KEYS)
        cursor.execute(staging_sql.OWNERS)
        cursor.execute(staging_sql.STAGE, {"run": run.pk})
        run.staged_from, run.staged_to = cursor.fetchone()
        cursor.execute(staging_sql.ADD_CAUSES, {"run": run.pk})
        cursor.execute(staging_sql.ADD_PROBLEMS, {"run": run.pk})
        cursor.execute(staging_sql.FORGET_INCOMING)
    if outline.row_count >= INDEXED_FROM:
        prepare_search(run)
    _add_control_totals(run, outline.control_totals)


def prepare_search(run: "ImportRun") -> None:
    """Note where things stand among the staged rows, so that a search need not read them all."""
    scope = {"run": run.pk, "first": run.staged_from, "last": run.staged_to}
    with connection.cursor() as cursor, without_sorting():
        for statement in (search_sql.OWNERS, search_sql.OCCUPATIONS, search_sql.BLOCKS):
            cursor.execute(statement, scope)


def _add_control_totals(run: "ImportRun", totals: Sequence[ComparedTotal]) -> None:
    """Totals that can be kept: of a known indicator, year and region, none too large; one cell states one."""
    indicators = dict(Indicator.objects.values_list("code", "pk"))
    codes = {total.organisation for total in totals if total.organisation}
    organisations = dict(Organisation.objects.filter(code__in=codes).values_list("code", "pk"))
    regions = set(Region.objects.values_list("code", flat=True))
    by_cell = {
        (total.sheet, total.cell): total
        for total in totals
        if total.indicator in indicators
        and total.year
        and (total.region or Region.COUNTRY) in regions
        and (total.sum is None or abs(total.sum) <= LARGEST)
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


def _copy(statement: str, path: Path, report: "ProgressCallback | None" = None, total: int = 0) -> None:
    """Copy a file into its table; ``report`` gets its rows by the share of the file that is copied."""
    size, through = path.stat().st_size, 0
    with connection.cursor() as cursor, cursor.copy(statement) as copy, path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            copy.write(chunk)
            through += len(chunk)
            if report:
                report(total * through // size, total)

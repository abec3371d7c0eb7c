"""The least an import can cost: parse the file, COPY the ready rows into tables like ours, no triggers."""

import time
from dataclasses import dataclass
from pathlib import Path

import python_calamine
from django.db import connection, transaction

from measures.models import Figure, FigureVersion, ImportStep

TABLES = {"limit_figure": Figure._meta.db_table, "limit_version": FigureVersion._meta.db_table}  # noqa: SLF001  # public by Django's word


@dataclass
class Limit:
    """Seconds for ``rows`` rows."""

    rows: int
    parse: float
    figures: float
    versions: float

    @property
    def seconds(self) -> float:
        return self.parse + self.figures + self.versions

    @property
    def rate(self) -> float:
        return self.rows / self.seconds


def measure(path: Path, step: ImportStep, rows: int) -> Limit:
    _make_tables()
    ready = {
        "limit_figure": _ready("measures_figure", f"import_run_id = {step.import_run_id}"),
        "limit_version": _ready(
            "measures_figureversion", f"pgh_id BETWEEN {step.first_version} AND {step.last_version}"
        ),
    }
    parse = _seconds_to_parse(path)
    seconds = {table: _seconds_to_copy(table, content) for table, content in ready.items()}
    return Limit(rows, parse, seconds["limit_figure"], seconds["limit_version"])


def _make_tables() -> None:
    with connection.cursor() as cursor:
        for table, like in TABLES.items():
            cursor.execute(f"CREATE TABLE {table} (LIKE {like} INCLUDING ALL)")
            cursor.execute(
                "SELECT pg_get_constraintdef(oid) FROM pg_constraint "
                "WHERE conrelid = %s::regclass AND contype = 'f'",
                [like],
            )
            for (definition,) in cursor.fetchall():
                cursor.execute(f"ALTER TABLE {table} ADD {definition}")


def _ready(table: str, which: str) -> bytes:
    statement = f"COPY (SELECT * FROM {table} WHERE {which}) TO STDOUT"  # noqa: S608  # our own tables and numbers
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        return b"".join(bytes(part) for part in copy)


def _seconds_to_parse(path: Path) -> float:
    started = time.perf_counter()
    with python_calamine.CalamineWorkbook.from_path(str(path)) as book:
        book.get_sheet_by_index(0).to_python()
    return time.perf_counter() - started


def _seconds_to_copy(table: str, content: bytes) -> float:
    started = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
        copy.write(content)
    return time.perf_counter() - started

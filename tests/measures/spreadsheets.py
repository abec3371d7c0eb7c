"""Small spreadsheets for tests of the import, and ways to bring them in."""

import io
from collections.abc import Sequence
from typing import Any

from django.core.files.base import ContentFile
from openpyxl import Workbook

from measures.models import ImportRun
from measures.services.imports.reading.read import read_import
from measures.services.imports.receiving import receive_file
from measures.services.imports.writing.apply import apply_import
from partners.enums import Role
from partners.models import User
from tests.factories import MembershipFactory
from tests.measures.plain_workbooks import plain_workbook

HEADER = ("Kammer", "Kennzahl", "Jahr", "Zielgruppe", "Wert")
PLACES, QUALIFICATION = "Zusätzliche Ausbildungsplätze", "EQ-Plätze"

Row = tuple[Any, ...]


def workbook(
    rows: Sequence[Row],
    *,
    header: Sequence[str] = HEADER,
    above: Sequence[Row] = (),
    more_sheets: Sequence[Sequence[Row]] = (),
) -> bytes:
    """An .xlsx file: lines above, headings, one row per figure; more sheets in the same form if wanted."""
    sheets = {
        f"Meldung {number}" if number else "Meldung": (*above, header, *of_sheet)
        for number, of_sheet in enumerate((rows, *more_sheets))
    }
    if content := plain_workbook(sheets):
        return content
    book = Workbook()
    book.remove(book.active)
    for title, lines in sheets.items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def row(
    value: Any, *, organisation: str = "IHK Köln", indicator: str = QUALIFICATION, year: int = 2030
) -> Row:
    return (organisation, indicator, year, "Insgesamt", value)


def person(role: str = Role.DATA_STEWARD, organisation: str = "BMAS") -> User:
    return MembershipFactory(role=role, organisation_code=organisation).user


def receive(content: bytes, actor: User, *, name: str = "Meldung.xlsx") -> ImportRun:
    return receive_file(upload=ContentFile(content, name=name), name=name, actor=actor)


def stage(content: bytes, actor: User, *, name: str = "Meldung.xlsx") -> ImportRun:
    """Receive and read a file the way the shell does: without asking about its columns."""
    run = read_import(run_id=receive(content, actor, name=name).pk, asks_for_mapping=False)
    assert run is not None
    return run


def bring_in(content: bytes, actor: User, **more: Any) -> ImportRun:
    return apply_import(run_id=stage(content, actor).pk, actor=actor, **more)


def counts(run: ImportRun) -> tuple[int, int, int, int]:
    return run.new_count, run.changed_count, run.unchanged_count, run.held_count


def problems(run: ImportRun) -> list[tuple[str, str, str]]:
    return [(problem.severity, problem.code, problem.cell) for problem in run.problems.all()]


def many_rows(count: int) -> bytes:
    """A text file that takes a while to read."""
    rows = (f"IHK Köln;{QUALIFICATION};2030;{10000 + number};5" for number in range(count))
    return "\r\n".join(["Kammer;Kennzahl;Jahr;KldB;Wert", *rows]).encode()

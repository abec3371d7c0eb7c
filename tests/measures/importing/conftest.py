"""The reader's vocabulary straight from the catalogue's files: these tests need no database."""

from pathlib import Path

import openpyxl
import pytest
import yaml

from measures.importing import (
    Answers,
    IndicatorTerm,
    Limits,
    OccupationTerm,
    OrganisationTerm,
    Reading,
    Term,
    Vocabulary,
    read_file,
)
from tests.measures.plain_workbooks import plain_workbook

ROOT = Path(__file__).parents[3]
SAMPLES = ROOT / "samples"
CHAMBERS = ("IHK Köln", "IHK Aachen", "IHK Trier", "IHK Koblenz", "IHK Bonn/Rhein-Sieg")


def _entries(app, name):
    path = ROOT / app / "catalogue" / f"{name}.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))[name]


def _names(entry):
    given = (entry.get(key) for key in ("name_de", "name_en", "short_name"))
    return tuple(name for name in (*given, *entry.get("aliases", [])) if name)


@pytest.fixture(scope="session")
def vocabulary():
    measures = {entry["code"]: _names(entry) for entry in _entries("measures", "measures")}
    return Vocabulary(
        organisations=tuple(
            OrganisationTerm(
                entry["code"],
                _names(entry),
                entry["kind"],
                entry.get("region", "DE"),
                entry.get("umbrella", ""),
            )
            for entry in _entries("partners", "organisations")
        ),
        regions=tuple(Term(entry["code"], _names(entry)) for entry in _entries("partners", "regions")),
        indicators=tuple(
            IndicatorTerm(
                entry["code"],
                _names(entry),
                entry["unit"],
                entry.get("decimals", 0),
                entry.get("may_be_negative", False),
                tuple(entry.get("breakdown", ())),
                tuple(entry.get("sums_over", ())),
                tuple(entry.get("asked_of", ())),
                entry["period"],
                measures.get(entry.get("measure"), ()),
                definitions=(entry["definition_de"], entry["definition_en"]),
                sources=(entry["source_de"], entry["source_en"]),
            )
            for entry in _entries("measures", "indicators")
        ),
        target_groups=tuple(
            Term(entry["code"], _names(entry)) for entry in _entries("measures", "target_groups")
        ),
        occupations=tuple(
            OccupationTerm(entry["code"], entry["label_de"]) for entry in _entries("measures", "occupations")
        ),
        years=frozenset(range(2015, 2019)),
    )


@pytest.fixture
def read(vocabulary):
    def _read(path: Path, *, answers: Answers | None = None, name: str = "", **changes) -> Reading:
        known = Vocabulary(**{**{key: getattr(vocabulary, key) for key in vocabulary.__slots__}, **changes})
        return read_file(path, name=name or path.name, vocabulary=known, limits=Limits(), answers=answers)

    return _read


@pytest.fixture
def sheet(tmp_path):
    """Write rows to a workbook; ``None`` and ``""`` leave a cell empty."""

    def _sheet(*rows, name="Meldung", merge=(), more=None, file="meldung.xlsx"):
        given = {name: rows, **(more or {})}
        sheets = {title: [list(line) for line in lines] for title, lines in given.items()}
        if not merge and (content := plain_workbook(sheets)):
            (tmp_path / file).write_bytes(content)
            return tmp_path / file
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, lines in sheets.items():
            page = book.create_sheet(title)
            for number, row in enumerate(lines, 1):
                for column, value in enumerate(row, 1):
                    if value not in (None, ""):
                        page.cell(number, column, value)
        for span in merge:
            book[name].merge_cells(span)
        book.save(tmp_path / file)
        return tmp_path / file

    return _sheet


@pytest.fixture
def column(sheet):
    """A table of one column of values, a chamber to each; ``form`` is the format of its numbers."""

    def _column(heading, *values, form="", above=(), below=()):
        rows = [*above, ["Kammer", heading], *zip(CHAMBERS, values, strict=False), *below]
        path = sheet(*rows)
        if form:
            book = openpyxl.load_workbook(path)
            for cell in book["Meldung"]["B"]:
                if not isinstance(cell.value, str):
                    cell.number_format = form
            book.save(path)
        return path

    return _column

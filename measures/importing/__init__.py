"""Spreadsheets in: workbook, grid, layout, columns, rows, problems. Pure; nothing here knows the database."""

from measures.importing.process.guard import read_guarded
from measures.importing.reading.pipeline import read_file
from measures.importing.results import ComparedTotal, FigureRow, Reading
from measures.importing.vocabulary import (
    Answers,
    AreaAnswer,
    IndicatorTerm,
    Limits,
    OccupationTerm,
    OrganisationTerm,
    SheetAnswers,
    TableAnswers,
    Term,
    Vocabulary,
)

__all__ = [
    "Answers",
    "AreaAnswer",
    "ComparedTotal",
    "FigureRow",
    "IndicatorTerm",
    "Limits",
    "OccupationTerm",
    "OrganisationTerm",
    "Reading",
    "SheetAnswers",
    "TableAnswers",
    "Term",
    "Vocabulary",
    "read_file",
    "read_guarded",
]

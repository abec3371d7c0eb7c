"""The figures as CSV, and their dictionary as CSV on the Web, which programs find beside the file."""

import csv
import io
from collections.abc import Iterable
from dataclasses import astuple
from typing import Any

from reporting.enums import DocumentFormat, DocumentLanguage
from reporting.frozen.schema import SnapshotData
from reporting.renderers.data.about import LICENCE, About, FileNames, by_language
from reporting.renderers.data.dictionary import DICTIONARY, KEY, Code, CodeLists, DataColumn, code_lists
from reporting.renderers.data.figures import COLUMNS, DataRow, figure_rows
from reporting.renderers.data.json_text import json_text

CONTEXT = ["http://www.w3.org/ns/csvw", {"@language": "de"}]


def render_csv(snapshot: SnapshotData, about: About, names: FileNames) -> bytes:
    return as_csv(figure_rows(snapshot))


def as_csv(rows: Iterable[DataRow]) -> bytes:
    """UTF-8, commas, decimal points and a header, as RFC 4180 has it. An absent value is an empty field."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(map(astuple, rows))
    return text.getvalue().encode()


def render_csvw(snapshot: SnapshotData, about: About, names: FileNames) -> bytes:
    lists = code_lists(snapshot)
    metadata = {
        "@context": CONTEXT,
        "@type": "Table",
        "url": names(DocumentLanguage.BOTH, DocumentFormat.CSV),
        "dc:title": _texts(about.title),
        "dc:description": _texts(about.description),
        "dc:publisher": _texts(about.publisher),
        "dc:license": {"@id": LICENCE},
        "dc:created": {"@value": about.taken_at.isoformat(), "@type": "xsd:dateTime"},
        "dc:identifier": f"sha256:{about.sha256}",
        "dialect": {"encoding": "utf-8", "delimiter": ",", "header": True},
        "tableSchema": {
            "columns": [_column(column, lists) for column in DICTIONARY],
            "primaryKey": list(KEY),
        },
    }
    return json_text(metadata)


def _texts(text: Any) -> list[dict[str, str]]:
    return [{"@value": value, "@language": language} for language, value in by_language(text).items()]


def _column(column: DataColumn, lists: CodeLists) -> dict[str, Any]:
    """A column of codes allows no others, and explains each of them."""
    codes = lists.get(column.codes, ())
    described: dict[str, Any] = {
        "name": column.name,
        "titles": {language: [column.name, title] for language, title in by_language(column.title).items()},
        "dc:description": _texts(column.description),
        "datatype": {"base": "string", "format": _any_of(codes)} if codes else column.datatype,
        "required": column.is_required,
    }
    if column.is_list:
        described["separator"] = " "
    if codes:
        described["skos:hasTopConcept"] = [_concept(code) for code in codes]
    return described


def _any_of(codes: tuple[Code, ...]) -> str:
    return "|".join(code.code for code in codes)


def _concept(code: Code) -> dict[str, Any]:
    concept: dict[str, Any] = {"skos:notation": code.code, "skos:prefLabel": _texts(code.name)}
    if code.description:
        concept["skos:definition"] = _texts(code.description)
    return concept

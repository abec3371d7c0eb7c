"""The figures as one JSON file with their dictionary, for programs that want a single file."""

from dataclasses import asdict
from typing import Any

from reporting.frozen.schema import SnapshotData
from reporting.renderers.data.about import LICENCE, About, FileNames, by_language
from reporting.renderers.data.dictionary import DICTIONARY, KEY, Code, DataColumn, code_lists
from reporting.renderers.data.figures import figure_rows
from reporting.renderers.data.json_text import json_text


def render_json(snapshot: SnapshotData, about: About, names: FileNames) -> bytes:
    content = {
        "title": by_language(about.title),
        "description": by_language(about.description),
        "publisher": by_language(about.publisher),
        "licence": LICENCE,
        "year": about.year,
        "created": about.taken_at,
        "snapshot_sha256": about.sha256,
        "columns": [_column(column) for column in DICTIONARY],
        "key": KEY,
        "codes": {
            name: [_code(code) for code in codes] for name, codes in sorted(code_lists(snapshot).items())
        },
        "figures": [asdict(row) for row in figure_rows(snapshot)],
    }
    return json_text(content)


def _column(column: DataColumn) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": column.name,
        "title": by_language(column.title),
        "description": by_language(column.description),
        "datatype": column.datatype,
        "is_required": column.is_required,
    }
    return described | ({"codes": column.codes} if column.codes else {})


def _code(code: Code) -> dict[str, Any]:
    described: dict[str, Any] = {"code": code.code, "name": by_language(code.name)}
    return described | ({"description": by_language(code.description)} if code.description else {})

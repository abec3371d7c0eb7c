"""Write the file of a case, in the format that its description names."""

from pathlib import Path

from tests.measures.importing.cases import Case, ods, xls, xlsx
from tests.measures.importing.cases.sheets import sheets_of

WRITERS = {"xlsx": xlsx.write, "xls": xls.write, "ods": ods.write}


def write_file(case: Case, folder: Path) -> Path:
    path = folder / case.file_name
    path.write_bytes(content_of(case))
    return path


def content_of(case: Case) -> bytes:
    given = case.content
    kind = given.get("format", "xlsx")
    if kind == "csv":
        ends = given.get("line_ends", "\r\n")
        return given["text"].replace("\n", ends).encode(given.get("encoding", "utf-8"))
    return WRITERS[kind](list(sheets_of(given)), given)

"""Whether the name of a file says what it is, and what it is called where it does not."""

from pathlib import PurePath

XLSX, XLSM, XLSB, XLS, ODS, CSV, TXT = ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".txt"
OF_TEXT = frozenset({CSV, TXT, ".tsv", ".tab", ".asc", ""})
OF_WORKBOOKS = frozenset({XLSX, XLSM, XLSB, XLS, ODS})
_AGREEING = {
    XLSX: {XLSX, XLSM},  # a workbook that may have macros need not have any
    XLSM: {XLSM},
    XLSB: {XLSB},
    XLS: {XLS},
    ODS: {ODS},
    CSV: OF_TEXT,
    TXT: OF_TEXT,
}
_LONGEST_NAME = 255


def true_name(name: str, suffix: str) -> str:
    """The name with the suffix that its content is due, as read; unchanged where it has a fitting one."""
    given = PurePath(name).suffix.lower()
    if not suffix or given in _AGREEING[suffix]:
        return name
    stem = name[: -len(given)] if given in OF_TEXT | OF_WORKBOOKS and given else name
    return f"{stem[: _LONGEST_NAME - len(suffix)]}{suffix}"

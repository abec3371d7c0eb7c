"""Every number of the report in one long table, to be filtered and summed up anew by whoever reads it."""

from collections.abc import Iterator, Mapping

from django.utils.translation import pgettext

from reporting.frozen.links import PartKind, permanent_link
from reporting.frozen.schema import AmountState, SnapshotData
from reporting.renderers import wording
from reporting.renderers.data.dictionary import DICTIONARY, code_lists
from reporting.renderers.data.figures import ALL, DataRow, figure_rows
from reporting.renderers.workbook.table import Absent, Look, SheetColumn, SheetTable, Value

_LOOKS: Mapping[str, Look] = {
    "year": "year",
    "value": "number",
    "reported": "number",
    "due": "number",
    "target": "number",
    "attainment": "share",
    "reference_date": "date",
    "data_as_of": "date",
}
_WIDTHS: Mapping[Look, int] = {"text": 28, "number": 14, "share": 14, "year": 8, "date": 14}


def data_table(snapshot: SnapshotData, language: str, *, sha256: str) -> SheetTable:
    """With the columns of the data dictionary; codes are replaced by their names.

    The last column has each number's permanent link, where the data know the portal's address.
    """
    link = SheetColumn(pgettext("workbook", "Permanent link"), 40, "text")
    return SheetTable(
        label=pgettext("workbook", "Data"),
        title=pgettext("workbook", "All figures and their breakdowns as one table"),
        columns=tuple(
            SheetColumn(str(column.label), _WIDTHS[look], look)
            for column in DICTIONARY
            for look in [_LOOKS.get(column.name, "text")]
        )
        + ((link,) if snapshot.portal else ()),
        rows=_rows(snapshot, language, sha256),
    )


def _rows(snapshot: SnapshotData, language: str, sha256: str) -> Iterator[tuple[Value, ...]]:
    names = {
        name: {code.code: code.name.in_language(language) for code in codes}
        for name, codes in code_lists(snapshot).items()
    }
    gaps = {
        state.value: Absent(wording.absence(state)) for state in AmountState if state is not AmountState.VALUE
    }
    for row in figure_rows(snapshot):
        link = (link_of_row(row, snapshot, language, sha256),) if snapshot.portal else ()
        yield _row(row, names, gaps) + link


def link_of_row(row: DataRow, snapshot: SnapshotData, language: str, sha256: str) -> str:
    parts = (
        (PartKind.REGION, row.region),
        (PartKind.GROUP, row.target_group),
        (PartKind.UMBRELLA, row.organisation),
    )
    stated = [part for part in parts if part[1] != ALL]
    return permanent_link(snapshot, language, sha256, row.indicator, row.year, *stated)


def _row(
    row: DataRow, names: Mapping[str, Mapping[str, str]], gaps: Mapping[str, Absent]
) -> tuple[Value, ...]:
    return (
        names["indicator"][row.indicator],
        row.year,
        names["region"][row.region],
        names["target_group"][row.target_group],
        names["organisation"][row.organisation],
        gaps[row.state] if row.value is None else row.value,
        names["unit"][row.unit],
        names["state"][row.state],
        names["basis"].get(row.basis, ""),
        row.reported,
        row.due,
        "; ".join(names["quality"].get(flag, flag) for flag in row.quality.split()),
        row.target,
        names["target_kind"].get(row.target_kind, ""),
        row.attainment,
        row.reference_date,
        row.data_as_of,
    )

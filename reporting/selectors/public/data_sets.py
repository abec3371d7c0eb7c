"""The data catalogue: each indicator of the last annual report, as a table and as a file.

Everything comes from the frozen data of that release: what is withheld there is withheld here.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import get_language, gettext

from reporting.frozen.schema import Amount, IndicatorData, MeasureData, PartRow, SnapshotData, Text
from reporting.renderers import wording

CSV_COLUMNS = (
    "indicator",
    "year",
    "breakdown",
    "code",
    "name",
    "value",
    "state",
    "basis",
    "quality",
    "reported",
    "due",
    "unit",
    "reference_date",
    "data_as_of",
)
TOTAL = "total"


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSet:
    """An indicator in the catalogue, in the reader's language."""

    code: str
    name: str
    unit: str
    definition: str
    source: str
    period: str
    years: tuple[int, ...]
    breakdowns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataGroup:
    """The indicators of one measure."""

    code: str
    name: str
    data_sets: tuple[DataSet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSetRow:
    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataTable:
    """A breakdown as a table: a row for each part, a column for each year."""

    key: str
    heading: str
    note: str
    years: tuple[int, ...]
    rows: tuple[DataSetRow, ...]


def data_groups(data: SnapshotData) -> list[DataGroup]:
    return [
        DataGroup(
            code=measure.code,
            name=_text(measure.name),
            data_sets=tuple(data_set(indicator) for indicator in measure.indicators),
        )
        for measure in data.measures
        if measure.indicators
    ]


def find_indicator(data: SnapshotData, code: str) -> tuple[MeasureData, IndicatorData] | None:
    for measure in data.measures:
        for indicator in measure.indicators:
            if indicator.code == code:
                return measure, indicator
    return None


def tables(indicator: IndicatorData) -> list[DataTable]:
    """The total with its targets, then each breakdown that the release states."""
    years = tuple(figure.year for figure in indicator.years)
    total = DataSetRow(
        name=gettext("Alliance as a whole"),
        cells=tuple(wording.amount(figure.amount) for figure in indicator.years),
    )
    rows = [total]
    if any(figure.promised for figure in indicator.years):
        rows.append(
            DataSetRow(
                name=gettext("Target"),
                cells=tuple(
                    wording.target(figure.promised) if figure.promised else "–" for figure in indicator.years
                ),
            )
        )
    found = [
        DataTable(key=TOTAL, heading=gettext("Total and target"), note="", years=years, rows=tuple(rows))
    ]
    for key, heading, parts in _breakdowns(indicator):
        note = (
            gettext("Target groups overlap: their figures do not add up to the total.")
            if key == "group"
            else ""
        )
        found.append(
            DataTable(
                key=key,
                heading=heading,
                note=note,
                years=years,
                rows=tuple(
                    DataSetRow(name=_text(part.name), cells=tuple(map(wording.amount, part.amounts)))
                    for part in parts
                ),
            )
        )
    return found


def as_csv(indicator: IndicatorData) -> bytes:
    """A line for each number, for programs: a point before decimals, no grouping, absent values are empty."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    writer.writerows(_lines(indicator))
    return text.getvalue().encode()


def _lines(indicator: IndicatorData) -> Iterator[tuple[object, ...]]:
    for position, figure in enumerate(indicator.years):
        parts = [(TOTAL, "", gettext("Alliance as a whole"), figure.amount)]
        parts += [
            (key, part.code, _text(part.name), part.amounts[position])
            for key, _heading, rows in _breakdowns(indicator)
            for part in rows
        ]
        for key, code, name, amount in parts:
            yield (
                indicator.code,
                figure.year,
                key,
                code,
                name,
                *_written(amount),
                indicator.unit,
                figure.reference_date or "",
                figure.data_as_of or "",
            )


def _written(amount: Amount) -> tuple[object, ...]:
    value = "" if amount.value is None else f"{amount.value:f}"
    basis = amount.basis.value if amount.basis else ""
    return value, amount.state.value, basis, " ".join(amount.qualities), amount.reported, amount.due


def data_set(indicator: IndicatorData) -> DataSet:
    return DataSet(
        code=indicator.code,
        name=_text(indicator.name),
        unit=wording.unit(indicator.unit),
        definition=_text(indicator.definition) if indicator.definition else "",
        source=_text(indicator.source),
        period=wording.period_kind(indicator.period),
        years=tuple(figure.year for figure in indicator.years),
        breakdowns=tuple(heading for _key, heading, _parts in _breakdowns(indicator)),
    )


def _breakdowns(indicator: IndicatorData) -> list[tuple[str, str, tuple[PartRow, ...]]]:
    every = (
        ("region", gettext("By Land"), indicator.lands),
        ("group", gettext("By target group"), indicator.groups),
        ("umbrella", gettext("By umbrella organisation"), indicator.umbrellas),
    )
    return [each for each in every if each[2]]


def _text(text: Text) -> str:
    return text.in_language(get_language() or "de")

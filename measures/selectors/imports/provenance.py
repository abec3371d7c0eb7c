"""How an imported figure was read, in words: from its text in the file to the value that stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from measures.absence_words import ZERO
from measures.enums import Absence
from measures.importing.addresses import CELL
from measures.models import FigureVersion, ImportRun, StagedFigure

Place = tuple[int, str, str]
"""Import, sheet and cell."""


@dataclass(frozen=True)
class SourceOfFigure:
    """The file a figure came in with, and what was made of its cell."""

    sha256: str
    uploaded_by: str
    uploaded_at: Any
    interpretation: str


def sources_of(versions: Iterable[FigureVersion]) -> dict[int, SourceOfFigure]:
    """By version, which needs its import, file and uploader loaded; one query, for what was corrected."""
    imported = [version for version in versions if version.import_run_id is not None]
    corrected = _corrected({_place(version) for version in imported})
    return {
        version.pk: SourceOfFigure(
            sha256=version.import_run.source_file.sha256,
            uploaded_by=str(version.import_run.created_by),
            uploaded_at=version.import_run.created_at,
            interpretation="; ".join(_read(version, corrected.get(_place(version)))),
        )
        for version in imported
    }


def _place(version: FigureVersion) -> Place:
    return version.import_run_id, version.sheet, version.cell


def _corrected(places: set[Place]) -> Mapping[Place, StagedFigure]:
    if not places:
        return {}
    runs, sheets, cells = (set(part) for part in zip(*places, strict=True))
    rows = StagedFigure.objects.filter(
        Q(corrected_by__isnull=False), import_run__in=runs, sheet__in=sheets, cell__in=cells
    ).select_related("corrected_by")
    return {(row.import_run_id, row.sheet, row.cell): row for row in rows}


def _read(version: FigureVersion, corrected: StagedFigure | None) -> list[str]:
    stated_now = stated(version)
    if corrected is not None and corrected.corrected_at is not None:
        return [
            _("corrected by %(who)s on %(when)s: %(stated)s")
            % {
                "who": corrected.corrected_by,
                "when": date_format(localtime(corrected.corrected_at), "SHORT_DATETIME_FORMAT"),
                "stated": stated_now,
            }
        ]
    table, column = _column(version.import_run, version.sheet, version.cell)
    if sign := _sign(table, version.original):
        meant = "0" if sign["meaning"] == ZERO else stated_now
        legend = _by_legend(sign["source"])
        return [_("the sign was read as “%(meant)s” (%(legend)s)") % {"meant": meant, "legend": legend}]
    steps = []
    notation = {"de": _("German notation"), "en": _("English notation")}.get(column.get("notation", ""))
    if notation:
        steps.append(notation)
    factor = int(column.get("factor") or 1)
    if factor > 1:
        steps.append(_("in units of %(factor)s") % {"factor": number_format(factor, force_grouping=True)})
    return [*steps, _("read as %(stated)s") % {"stated": stated_now}]


def _by_legend(source: str) -> str:
    """Where the meaning of a sign comes from."""
    return {
        "legend": _("legend of the file"),
        "answer": _("settled by a person"),
        "publisher": _("usage of the publisher"),
    }.get(source, _("general usage"))


def _sign(table: Mapping[str, Any], original: str) -> Mapping[str, Any] | None:
    text = original.strip()
    return next((sign for sign in table.get("markers", ()) if sign["found"].strip() == text), None)


def _column(run: ImportRun, sheet: str, cell: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The table the cell lies in and its column, as they were understood when the file was read."""
    place = CELL.fullmatch(cell)
    if place is None:
        return {}, {}
    for table in run.tables:
        first, _colon, last = table["data_range"].partition(":")
        rows = [int(found[2]) for found in map(CELL.fullmatch, (first, last or first)) if found]
        if table["sheet"] != sheet or not rows or not rows[0] <= int(place[2]) <= rows[-1]:
            continue
        for column in table["columns"]:
            if column.get("letter") == place[1]:
                return table, column
    return {}, {}


def stated(version: FigureVersion) -> str:
    """The value as it is written in the language in use, or the reason for none."""
    if version.value is None:
        return str(Absence(version.absence).label)
    value = version.value.normalize()
    decimals = max(0, -int(value.as_tuple().exponent))
    return str(number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=True))

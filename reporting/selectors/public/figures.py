"""A printed number by its permanent link: what everybody may know about it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from reporting.editions.types import Structure
from reporting.frozen.links import ID_LENGTH, FigurePart, PartKind, scope_part
from reporting.frozen.schema import Amount, IndicatorData, MeasureData, PartRow, SnapshotData, YearFigure
from reporting.models import ProgressReport
from reporting.renderers import wording
from reporting.selectors.public.data_sets import DataSet, data_set, find_indicator
from reporting.selectors.public.releases import data_of, published
from reporting.selectors.public.texts import in_language_of_page, written


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFigure:
    """A number of a release with its definition, source, data status and organisations."""

    text: str
    notes: tuple[str, ...]
    remarks: tuple[tuple[str, str], ...]  # whose each is, and its text
    coverage: str
    parts: tuple[str, ...]
    measure: str
    data_set: DataSet
    period: str
    reference_date: date | None
    data_as_of: date | None
    target: str
    attainment: str
    leads: tuple[str, ...]
    contributing: tuple[str, ...]


def releases_of_snapshot(snapshot: str) -> list[ProgressReport]:
    """What was published from the data whose hash begins like this, the release that stands first."""
    if len(snapshot) != ID_LENGTH:
        return []
    found = published().filter(snapshot__sha256__startswith=snapshot)
    return sorted(found, key=lambda report: (report.withdrawn_at is not None, -(report.release or 0)))


def public_figure(
    report: ProgressReport, indicator: str, year: int, parts: Sequence[FigurePart]
) -> PublicFigure | None:
    """The number as the release prints it; what is withheld there is withheld here.

    The report of a Land or umbrella prints the numbers of that and of its parts, every other report those of
    the Alliance and of its parts; a practice description prints none that leads here.
    """
    if report.type is None or report.type.structure is Structure.PRACTICE:
        return None
    data = data_of(report)
    found = find_indicator(data, indicator)
    scope = scope_part(data)
    if found is None or (scope and scope not in parts):
        return None
    measure, of = found
    position = next((at for at, figure in enumerate(of.years) if figure.year == year), None)
    within = [part for part in parts if part != scope]
    if position is None or len(within) > 1:
        return None
    names = [in_language_of_page(data.scope.name)] if data.scope else []
    figure = _dated(of.years[position], data)
    amount = figure.amount
    if within:
        row = _row(of, *within[0])
        if row is None:
            return None
        names.append(in_language_of_page(row.name))
        amount = row.amounts[position]
    return _described(measure, of, figure, amount, tuple(names))


def _row(indicator: IndicatorData, by: str, code: str) -> PartRow | None:
    rows = {
        PartKind.REGION: indicator.lands,
        PartKind.GROUP: indicator.groups,
        PartKind.UMBRELLA: indicator.umbrellas,
    }
    of_kind = rows[PartKind(by)] if by in list(PartKind) else ()
    return next((row for row in of_kind if row.code == code), None)


def _dated(figure: YearFigure, data: SnapshotData) -> YearFigure:
    """With the data status of the report where the figure has none of its own and is not later."""
    return replace(figure, data_as_of=data.data_status_of(figure))


def _described(
    measure: MeasureData,
    indicator: IndicatorData,
    figure: YearFigure,
    amount: Amount,
    parts: tuple[str, ...],
) -> PublicFigure:
    """Target, attainment and remarks are those of the total, so they stand with nothing else."""
    is_total = not parts
    notes = [wording.basis(amount), *wording.qualities(amount.qualities)]
    if is_total:
        notes += [in_language_of_page(note) for note in figure.notes]
    return PublicFigure(
        text=wording.amount_without_qualities(amount),
        notes=tuple(dict.fromkeys(note for note in notes if note)),
        remarks=tuple(map(written, figure.remarks)) if is_total else (),
        coverage=wording.coverage(amount),
        parts=parts,
        measure=in_language_of_page(measure.name),
        data_set=data_set(indicator),
        period=wording.period(indicator.period, figure.year),
        reference_date=figure.reference_date,
        data_as_of=figure.data_as_of,
        target=wording.target(figure.promised) if is_total and figure.promised else "",
        attainment=wording.percent(figure.attainment) if is_total and figure.attainment is not None else "",
        leads=tuple(in_language_of_page(lead) for lead in measure.leads),
        contributing=tuple(in_language_of_page(each) for each in measure.contributing),
    )

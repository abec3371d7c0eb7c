"""A printed number by its permanent link: what everybody may know about it."""

from dataclasses import dataclass, replace
from datetime import date

from reporting.editions.types import Structure
from reporting.frozen.links import ID_LENGTH, PartKind, scope_part
from reporting.frozen.schema import Amount, IndicatorData, MeasureData, PartRow, SnapshotData, YearFigure
from reporting.models import ProgressReport
from reporting.renderers import wording
from reporting.selectors.public.data_sets import DataSet, data_set, find_indicator
from reporting.selectors.public.releases import data_of, published
from reporting.selectors.public.texts import in_language_of_page


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFigure:
    """A number of a release with its definition, source, data status and organisations."""

    text: str
    notes: tuple[str, ...]
    coverage: str
    part: str
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
    report: ProgressReport, indicator: str, year: int, by: str, code: str
) -> PublicFigure | None:
    """The number as the release prints it; what is withheld there is withheld here.

    The report of a Land or umbrella prints the numbers of that part alone, a practice description none that
    leads here.
    """
    if report.type is None or report.type.structure is Structure.PRACTICE:
        return None
    data = data_of(report)
    scope = scope_part(data)
    found = find_indicator(data, indicator)
    if found is None or (scope and (by, code) != scope):
        return None
    measure, of = found
    position = next((at for at, figure in enumerate(of.years) if figure.year == year), None)
    if position is None:
        return None
    figure = of.years[position]
    if scope or not by:
        part = in_language_of_page(data.scope.name) if data.scope else ""
        return _described(measure, of, _dated(figure, data), figure.amount, part)
    row = next((row for row in _rows(of, by) if row.code == code), None)
    if row is None:
        return None
    return _described(measure, of, _dated(figure, data), row.amounts[position], in_language_of_page(row.name))


def _rows(indicator: IndicatorData, by: str) -> tuple[PartRow, ...]:
    rows = {
        PartKind.REGION: indicator.lands,
        PartKind.GROUP: indicator.groups,
        PartKind.UMBRELLA: indicator.umbrellas,
    }
    return rows[PartKind(by)] if by in list(PartKind) else ()


def _dated(figure: YearFigure, data: SnapshotData) -> YearFigure:
    """With the data status of the report where the figure has none of its own."""
    return replace(figure, data_as_of=figure.data_as_of or data.data_as_of)


def _described(
    measure: MeasureData, indicator: IndicatorData, figure: YearFigure, amount: Amount, part: str
) -> PublicFigure:
    """Target, attainment and remarks are those of the total, so they stand with nothing else."""
    is_total = not part
    notes = [wording.basis(amount), *wording.qualities(amount.qualities)]
    if is_total:
        notes += [in_language_of_page(note) for note in figure.notes]
    return PublicFigure(
        text=wording.amount(amount),
        notes=tuple(dict.fromkeys(note for note in notes if note)),
        coverage=wording.coverage(amount),
        part=part,
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

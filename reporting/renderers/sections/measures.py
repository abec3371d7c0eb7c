"""The measures with their figures, and once, for all of them, what has no value."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils.translation import gettext, ngettext, pgettext

from reporting.frozen.schema import IndicatorData, MeasureData
from reporting.renderers import wording
from reporting.renderers.blocks import (
    Block,
    DocumentSection,
    FactLine,
    FactsBlock,
    ParagraphBlock,
    TableBlock,
    TableColumn,
    TableRow,
)
from reporting.renderers.grammar import capitalised
from reporting.renderers.sections.years import year_cells, year_columns
from reporting.renderers.writer import Notes, Writer, has_value, head, plain_cell


def measures(writer: Writer) -> DocumentSection | None:
    if not writer.snapshot.measures:
        return None
    return DocumentSection(
        anchor="report-measures",
        heading=pgettext("report", "The measures"),
        blocks=tuple(_blocks(writer)),
    )


def _blocks(writer: Writer) -> Iterator[Block]:
    silent = [
        writer.text(measure.name)
        for measure in writer.snapshot.measures
        if measure.indicators and not any(has_value(each) for each in measure.indicators)
    ]
    if silent:
        text = ngettext(
            "No values are stated yet for the measure “%(names)s”; the figures asked for are listed with the "
            "method.",
            "No values are stated yet for the following measures, whose figures are listed with the method: "
            "%(names)s.",
            len(silent),
        )
        yield ParagraphBlock(text=text % {"names": "; ".join(silent)})
    for measure in writer.snapshot.measures:
        yield from _measure(writer, measure)


def _measure(writer: Writer, measure: MeasureData) -> Iterator[Block]:
    yield writer.heading(measure.code, writer.text(measure.name))
    yield FactsBlock(facts=tuple(_facts(writer, measure)))
    stated = [indicator for indicator in measure.indicators if has_value(indicator)]
    for indicator in stated:
        if _is_promised(indicator):
            yield _against_target(writer, indicator)
    others = [indicator for indicator in stated if not _is_promised(indicator)]
    if others:
        title = (
            gettext("Further figures: %(measure)s")
            if len(others) < len(stated)
            else gettext("Figures: %(measure)s")
        )
        yield _without_target(writer, measure, others, title)
    if not measure.indicators:
        yield ParagraphBlock(text=pgettext("report", "No figures are asked for this measure."), is_quiet=True)


def _is_promised(indicator: IndicatorData) -> bool:
    return any(figure.promised is not None for figure in indicator.years)


def _against_target(writer: Writer, indicator: IndicatorData) -> TableBlock:
    """A table of its own: each year's value against what was promised."""
    notes = Notes()
    year, *others = year_columns()
    source = writer.text(indicator.source)
    return writer.table(
        indicator.code,
        gettext("%(name)s (%(unit)s)")
        % {"name": writer.text(indicator.name), "unit": wording.unit(indicator.unit)},
        (year, TableColumn(name=pgettext("report", "Period")), *others),
        [
            TableRow(
                cells=(
                    cells[0],
                    plain_cell(capitalised(wording.period(indicator.period, figure.year))),
                    *cells[1:],
                )
            )
            for figure in indicator.years
            for cells in [year_cells(writer, indicator, figure, notes)]
        ],
        notes=notes,
        source=gettext("Source: %(source)s") % {"source": source} if source else "",
    )


def _without_target(
    writer: Writer, measure: MeasureData, indicators: Sequence[IndicatorData], title: str
) -> TableBlock:
    """Those that nothing was promised for, in one table: their years beside each other."""
    notes = Notes()
    years = [figure.year for figure in indicators[0].years]
    return writer.table(
        f"figures-{measure.code}",
        title % {"measure": writer.text(measure.name)},
        (
            TableColumn(name=pgettext("report", "Figure"), share=1.5),
            TableColumn(name=pgettext("report", "Period")),
            *(TableColumn(name=str(year), look="number") for year in years),
        ),
        [
            TableRow(
                cells=(
                    head(writer.text(indicator.name), small=wording.unit(indicator.unit)),
                    plain_cell(capitalised(wording.period_kind(indicator.period))),
                    *(
                        replace(writer.figure(indicator, figure, notes), small=wording.count(figure.amount))
                        for figure in indicator.years
                    ),
                )
            )
            for indicator in indicators
        ],
        notes=notes,
    )


def _facts(writer: Writer, measure: MeasureData) -> Iterator[FactLine]:
    names = {part.code: writer.text(part.name) for part in writer.snapshot.objectives}
    for label, text in (
        (pgettext("report", "Kind"), wording.measure_kind(measure.kind)),
        (pgettext("report", "Lead"), ", ".join(writer.texts(measure.leads))),
        (pgettext("report", "Contributing"), ", ".join(writer.texts(measure.contributing))),
        (pgettext("report", "Objectives"), "; ".join(names[code] for code in measure.objectives)),
        (pgettext("report", "Target groups"), ", ".join(writer.texts(measure.target_groups))),
        (pgettext("report", "Funding"), ", ".join(writer.texts(measure.funding))),
    ):
        if text:
            yield FactLine(label=label, text=text)


def gaps(writer: Writer) -> Iterator[Block]:
    """The figures without any value, once: what they count, where they belong, why there is none."""
    rows = []
    for measure in writer.snapshot.measures:
        for indicator in measure.indicators:
            if has_value(indicator):
                continue
            figure = indicator.years[-1]
            rows.append(
                TableRow(
                    cells=(
                        head(writer.text(indicator.name), small=wording.unit(indicator.unit)),
                        plain_cell(writer.text(measure.name)),
                        plain_cell(capitalised(wording.period_kind(indicator.period))),
                        replace(
                            writer.amount(figure.amount, Notes(), indicator=indicator.code, year=figure.year),
                            text=wording.amount(figure.amount),
                            marks=(),
                            small=wording.coverage(figure.amount),
                        ),
                    )
                )
            )
    if rows:
        yield writer.heading("gaps", gettext("Figures without a value"))
        yield ParagraphBlock(
            text=gettext(
                "These figures are asked for, and no year of the report has a value of them. The last column "
                "gives the reason of the report year."
            )
        )
        yield writer.table(
            "gaps",
            gettext("Figures without a value in any year"),
            (
                TableColumn(name=pgettext("report", "Figure"), share=3),
                TableColumn(name=pgettext("report", "Measure"), share=2),
                TableColumn(name=pgettext("report", "Period"), share=2),
                TableColumn(name=pgettext("report", "Reason"), share=1.8),
            ),
            rows,
        )

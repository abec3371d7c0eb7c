"""How the numbers came about: method, data status, definitions, gaps; and the tables of the annex."""

from collections.abc import Iterator
from itertools import compress

from django.utils.translation import gettext, pgettext

from reporting.frozen.links import Counted, PartKind
from reporting.frozen.schema import AmountState, IndicatorData, PartRow
from reporting.renderers import wording
from reporting.renderers.blocks import (
    Block,
    DocumentSection,
    ListBlock,
    ParagraphBlock,
    TableColumn,
    TableRow,
)
from reporting.renderers.grammar import capitalised
from reporting.renderers.method import method_texts
from reporting.renderers.sections.market import land_ratios
from reporting.renderers.sections.measures import gaps
from reporting.renderers.writer import Notes, Writer, count_cell, has_value, head, plain_cell


def method(writer: Writer) -> DocumentSection:
    has_targets = any(figure.promised for each in writer.snapshot.indicators for figure in each.years)
    texts = method_texts(writer.snapshot.disclosure, has_targets=has_targets)
    return DocumentSection(
        anchor="report-methods",
        heading=pgettext("report", "Method, definitions and data status"),
        blocks=(
            ListBlock(items=(*texts, *_on_links(writer), *writer.texts(writer.snapshot.method_notes))),
            *_data_status(writer),
            *gaps(writer),
            *_definitions(writer),
        ),
    )


def _on_links(writer: Writer) -> Iterator[str]:
    if writer.snapshot.portal:
        yield gettext(
            "Every number of the tables and of the sentences made of them is a link. It leads to a page that "
            "states its definition, source, data status and organisations, and what it is formed of."
        )


def _data_status(writer: Writer) -> Iterator[Block]:
    """Which day the data of the report year's figures were as of, the figures of one day together."""
    by_day: dict[str, list[str]] = {}
    for indicator in writer.snapshot.indicators:
        figure = indicator.years[-1]
        if figure.amount.value is not None and figure.data_as_of:
            by_day.setdefault(wording.day(figure.data_as_of), []).append(writer.text(indicator.name))
    if by_day:
        yield writer.heading("data-status", pgettext("report", "Data status"))
        yield writer.table(
            "data-status",
            gettext("The day the figures of %(year)s were as of") % {"year": writer.year},
            (
                TableColumn(name=pgettext("report", "Data status"), look="short"),
                TableColumn(name=pgettext("report", "Figures")),
            ),
            [TableRow(cells=(head(day), plain_cell("; ".join(names)))) for day, names in by_day.items()],
        )


def _definitions(writer: Writer) -> Iterator[Block]:
    shown = [indicator for indicator in writer.snapshot.indicators if has_value(indicator)]
    if not shown:
        return
    yield writer.heading("definitions", pgettext("report", "Definitions"))
    yield writer.table(
        "definitions",
        gettext("What the figures of this report count"),
        (
            TableColumn(name=pgettext("report", "Figure"), share=5),
            TableColumn(name=pgettext("report", "Definition"), share=6),
            TableColumn(name=pgettext("report", "Unit"), share=3.6),
            TableColumn(name=pgettext("report", "Period"), share=3.6),
            TableColumn(name=pgettext("report", "Source"), share=3.6),
        ),
        [
            TableRow(
                cells=(
                    head(writer.text(each.name)),
                    plain_cell(writer.text(each.definition) or "–"),
                    plain_cell(wording.unit(each.unit), small=wording.series_kind(each.kind)),
                    plain_cell(capitalised(wording.period_kind(each.period))),
                    plain_cell(writer.text(each.source) or "–"),
                )
            )
            for each in shown
        ],
    )


def annex(writer: Writer) -> DocumentSection | None:
    blocks = (*_lands(writer), *_controls(writer), *_sources(writer))
    if not blocks:
        return None
    return DocumentSection(
        anchor="report-annex",
        heading=pgettext("report", "Annex"),
        blocks=blocks,
        is_on_a_new_page=True,
    )


def _lands(writer: Writer) -> Iterator[Block]:
    """Those that some Land stated; ``_U`` and ``DE`` are what is of none."""
    tables = [*land_ratios(writer)]
    for indicator in writer.snapshot.indicators:
        tables += _land_table(writer, indicator)
    if tables:
        yield writer.heading("lands", pgettext("report", "By Land"))
        yield from tables


def _land_table(writer: Writer, indicator: IndicatorData) -> Iterator[Block]:
    has_values = [
        any(row.amounts[place].value is not None for row in indicator.lands)
        for place, _figure in enumerate(indicator.years)
    ]
    figures = tuple(compress(indicator.years, has_values))
    if not figures or all(_is_silent(row) for row in indicator.lands if row.code.isdigit()):
        return
    notes = Notes()
    rows = [
        TableRow(
            cells=(
                head(writer.text(row.name)),
                *(
                    writer.amount(amount, notes, indicator=indicator.code, year=figure.year, region=row.code)
                    for figure, amount in zip(figures, compress(row.amounts, has_values), strict=True)
                ),
            )
        )
        for row in indicator.lands
        if not _is_silent(row)
    ]
    silent = [writer.text(row.name) for row in indicator.lands if row.code.isdigit() and _is_silent(row)]
    total = TableRow(
        cells=(
            head(writer.name_of_the_whole),
            *(
                writer.amount(
                    figure.amount, notes, indicator=indicator.code, year=figure.year, is_keyed=False
                )
                for figure in figures
            ),
        ),
        is_total=True,
    )
    yield writer.table(
        f"lands-{indicator.code}",
        f"{writer.text(indicator.name)} ({wording.unit(indicator.unit)})",
        (
            TableColumn(name=pgettext("report", "Land")),
            *(TableColumn(name=str(figure.year), look="number") for figure in figures),
        ),
        [*rows, total],
        notes=notes,
        source=gettext("Not reported: %(names)s.") % {"names": "; ".join(silent)} if silent else "",
    )


def _is_silent(row: PartRow) -> bool:
    return all(amount.state is AmountState.NOT_REPORTED for amount in row.amounts)


def control_verdicts() -> dict[bool | None, str]:
    return {
        True: pgettext("report", "agrees"),
        False: pgettext("report", "differs"),
        None: gettext("cannot be checked: values are withheld or missing"),
    }


def _controls(writer: Writer) -> Iterator[Block]:
    if not writer.snapshot.control_totals:
        return
    verdicts = control_verdicts()
    names = {code: writer.text(each.name) for code, each in writer.indicators.items()}
    yield writer.heading("controls", pgettext("report", "Stated totals compared"))
    yield ParagraphBlock(
        text=pgettext(
            "report",
            "Files state totals of their own. They are compared with the sum of their parts and never "
            "added to it. Listed are those whose parts are all approved as the file states them.",
        )
    )
    yield writer.table(
        "controls",
        gettext("Totals stated in files, and the sums of their parts"),
        (
            TableColumn(name=pgettext("report", "File"), share=3.8),
            TableColumn(name=pgettext("report", "Figure"), share=2),
            TableColumn(name=pgettext("report", "Stated"), look="number"),
            TableColumn(name=pgettext("report", "Sum"), look="number"),
            TableColumn(name=pgettext("report", "Result"), share=1.6),
        ),
        [
            TableRow(
                cells=(
                    head(
                        each.file,
                        small=gettext("%(sheet)s, cell %(cell)s") % {"sheet": each.sheet, "cell": each.cell},
                    ),
                    plain_cell(f"{names.get(each.indicator, each.indicator)} {each.year}"),
                    count_cell(each.stated, url),
                    plain_cell("–") if each.sum is None else count_cell(each.sum, url),
                    plain_cell(verdicts[each.ok]),
                )
            )
            for line, each in enumerate(writer.snapshot.control_totals, start=1)
            for url in [writer.address(Counted.CONTROLS, writer.year, (PartKind.LINE, str(line)))]
        ],
    )


def _sources(writer: Writer) -> Iterator[Block]:
    if not writer.snapshot.sources:
        return
    yield writer.heading("sources", pgettext("report", "Sources"))
    yield ParagraphBlock(
        text=pgettext("report", "The files whose figures this report uses, each with its SHA-256.")
    )
    yield writer.table(
        "sources",
        gettext("Files and what was recorded in the portal"),
        (
            TableColumn(name=pgettext("report", "File"), share=3),
            TableColumn(name=pgettext("report", "Organisation"), share=1.6),
            TableColumn(name=pgettext("report", "Sheets"), look="number"),
            TableColumn(name=pgettext("report", "Figures"), look="number"),
        ),
        [
            TableRow(
                cells=(
                    head(each.name or gettext("Recorded in the portal"), small=each.sha256),
                    plain_cell(writer.text(each.organisation)),
                    count_cell(each.sheets, url) if each.name else plain_cell("–"),
                    count_cell(each.figures, url),
                )
            )
            for line, each in enumerate(writer.snapshot.sources, start=1)
            for url in [writer.address(Counted.FILES, writer.year, (PartKind.LINE, str(line)))]
        ],
    )

"""Money, results beyond numbers, and resolutions."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext, ngettext, pgettext

from reporting.frozen.contents import MoneyRow
from reporting.frozen.links import Counted, PartKind
from reporting.frozen.schema import ResolutionData, StatementData
from reporting.frozen.values import Amount
from reporting.renderers import wording
from reporting.renderers.blocks import (
    Block,
    DocumentSection,
    ListBlock,
    ParagraphBlock,
    TableCell,
    TableColumn,
    TableRow,
)
from reporting.renderers.grammar import listed, small_number
from reporting.renderers.linked_text import linked, paragraph
from reporting.renderers.sections import sentences
from reporting.renderers.writer import Notes, Writer, head, line_cell, plain_cell


def funding(writer: Writer) -> DocumentSection | None:
    texts = writer.narratives("funding")
    if not writer.snapshot.money and not texts:
        return None
    return DocumentSection(
        anchor="report-funding",
        heading=pgettext("report", "Funding"),
        blocks=(*texts, *(_money(writer) if writer.snapshot.money else ())),
    )


def _money(writer: Writer) -> Iterator[Block]:
    years = sorted({figure.year for each in writer.snapshot.indicators for figure in each.years})
    rows = writer.snapshot.money
    known = [
        place
        for place, _year in enumerate(years)
        if any(row.amounts[place].value is not None for row in rows)
    ]
    if not known:
        yield ParagraphBlock(
            text=gettext("The sources of money are named with the measures; no amounts are stated.")
        )
        yield writer.table(
            "funding",
            gettext("Sources of money by measure"),
            (
                TableColumn(name=pgettext("report", "Measure")),
                TableColumn(name=pgettext("report", "Source of money")),
            ),
            [
                TableRow(
                    cells=(head(name), plain_cell(listed([writer.text(row.source) for row in of_measure])))
                )
                for name, of_measure in _by_measure(writer, rows)
            ],
        )
        return
    notes = Notes()
    yield ParagraphBlock(
        text=gettext(
            "Amounts are those entered with the measures. A source that is named without an amount is not 0."
        )
    )
    yield writer.table(
        "funding",
        gettext("Money by measure and source, in euros"),
        (
            TableColumn(name=pgettext("report", "Measure"), share=1.4),
            TableColumn(name=pgettext("report", "Source of money")),
            *(TableColumn(name=str(years[place]), look="number") for place in known),
        ),
        [
            TableRow(
                cells=(
                    *((head(name, rows=len(of_measure)),) if position == 0 else ()),
                    plain_cell(writer.text(row.source)),
                    *(
                        _spent(
                            writer,
                            row.amounts[place],
                            notes,
                            writer.address(
                                Counted.MONEY,
                                years[place],
                                (PartKind.MEASURE, row.measure),
                                (PartKind.SOURCE, str(_place_in_measure(row, of_measure))),
                            ),
                        )
                        for place in known
                    ),
                )
            )
            for name, of_measure in _by_measure(writer, rows)
            for position, row in enumerate(of_measure)
        ],
        notes=notes,
    )


def _spent(writer: Writer, amount: Amount, notes: Notes, url: str) -> TableCell:
    return writer.number(
        amount, notes, None if amount.value is None else wording.money(amount.value), url=url
    )


def _place_in_measure(row: MoneyRow, rows: Sequence[MoneyRow]) -> int:
    """From 1, among the sources of its measure: two measures may have one name."""
    return [each for each in rows if each.measure == row.measure].index(row) + 1


def _by_measure(writer: Writer, rows: tuple[MoneyRow, ...]) -> list[tuple[str, list[MoneyRow]]]:
    found: dict[str, list[MoneyRow]] = {}
    for row in rows:
        found.setdefault(writer.measure_name(row.measure), []).append(row)
    return list(found.items())


def statements(writer: Writer) -> DocumentSection | None:
    headings = {
        "product": pgettext("report", "Products"),
        "outcome": pgettext("report", "Outcomes"),
        "lesson": pgettext("report", "Lessons"),
        "success": pgettext("report", "What made it work"),
    }
    texts = writer.narratives("results")
    blocks: list[Block] = [*texts]
    for kind, heading in headings.items():
        items = tuple(
            statement_text(writer, part) for part in writer.snapshot.statements if part.kind == kind
        )
        if items:
            blocks += [writer.heading(f"results-{kind}", heading), ListBlock(items=items)]
    if not blocks:
        return None
    return DocumentSection(
        anchor="report-results", heading=pgettext("report", "Results beyond numbers"), blocks=tuple(blocks)
    )


def statement_text(writer: Writer, part: StatementData) -> str:
    where = [writer.measure_name(part.measure) if part.measure else "", str(part.year or "")]
    where = [word for word in where if word]
    return writer.text(part.text) + (f" ({', '.join(where)})" if where else "")


def commitments(writer: Writer) -> DocumentSection | None:
    found = writer.snapshot.resolutions
    if not found:
        return None
    meetings = sorted({(each.resolved_on, writer.text(each.meeting)) for each in found})
    return DocumentSection(
        anchor="report-resolutions",
        heading=pgettext("report", "Meetings and commitments"),
        blocks=(
            paragraph(
                pgettext(
                    "report",
                    "What the partners resolved, who is responsible for it, and whether it was kept, as the "
                    "organisations reported and the ministry decided.",
                )
                + " "
                + ngettext(
                    "The resolutions are those of one meeting.",
                    "The resolutions are those of %(count)s meetings.",
                    len(meetings),
                )
                % {
                    "count": linked(
                        small_number(len(meetings)), writer.address(Counted.RESOLUTIONS, writer.year)
                    )
                }
            ),
            paragraph(sentences.commitments_sentence(writer)),
            writer.table(
                "resolutions",
                pgettext("report", "Resolutions and commitments"),
                (
                    TableColumn(name=pgettext("report", "Resolution"), share=2.4),
                    TableColumn(name=pgettext("report", "Responsible"), share=2),
                    TableColumn(name=pgettext("report", "State"), look="short"),
                    TableColumn(name=pgettext("report", "Reason"), share=2),
                ),
                [row for each in found for row in _resolution(writer, each)],
            ),
        ),
    )


def states_of_commitments() -> dict[str, str]:
    return {
        "open": pgettext("of a commitment", "Open"),
        "in_work": pgettext("of a commitment", "In progress"),
        "kept": pgettext("of a commitment", "Kept"),
        "not_kept": pgettext("of a commitment", "Not kept"),
        "dropped": pgettext("of a commitment", "Dropped"),
    }


def _meeting(writer: Writer, resolution: ResolutionData) -> str:
    """With its day, unless its name says it."""
    meeting, day = writer.text(resolution.meeting), wording.day(resolution.resolved_on)
    if " ".join(day.split()) in " ".join(meeting.split()):
        return meeting
    return gettext("%(meeting)s, %(day)s") % {"meeting": meeting, "day": day}


def _resolution(writer: Writer, resolution: ResolutionData) -> Iterator[TableRow]:
    states = states_of_commitments()
    origin = _meeting(writer, resolution)
    if resolution.due_on:
        origin += "; " + gettext("due on %(day)s") % {"day": wording.day(resolution.due_on)}
    lines = [
        (
            plain_cell(writer.text(each.organisation)),
            plain_cell(states[each.state]),
            line_cell(writer.written(each.reason, each.reason_language)) if each.reason else plain_cell("–"),
        )
        for each in resolution.commitments
    ] or [(plain_cell("–"), plain_cell(states[resolution.state]), plain_cell("–"))]
    for position, line in enumerate(lines):
        named = head(writer.text(resolution.title), small=origin, rows=len(lines))
        yield TableRow(cells=(*((named,) if position == 0 else ()), *line))

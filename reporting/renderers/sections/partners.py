"""What each group of partners contributed, who has reported, and the figures by target group."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext, pgettext

from reporting.charts.bars import ranked_bars
from reporting.charts.layout import ChartMark
from reporting.frozen.links import Counted, PartKind
from reporting.frozen.schema import IndicatorData, Participation, PartRow
from reporting.renderers import wording
from reporting.renderers.blocks import (
    Block,
    DocumentSection,
    ParagraphBlock,
    TableCell,
    TableColumn,
    TableRow,
)
from reporting.renderers.linked_text import paragraph
from reporting.renderers.sections.sentences import participation_sentence
from reporting.renderers.writer import Notes, Writer, count_cell, head, is_stated, plain_cell, share_cell

BREAKDOWNS = {"umbrellas": PartKind.UMBRELLA, "groups": PartKind.GROUP}
_BARS = 3
"""Fewer bars show nothing that two numbers do not."""


def contributions(writer: Writer) -> DocumentSection | None:
    shown = [each for each in writer.snapshot.indicators if _is_stated(each.umbrellas)]
    texts = writer.narratives("contributions")
    if not shown and not texts:
        return None
    blocks: list[Block] = [*texts]
    for indicator in shown:
        blocks += _parts(writer, indicator, indicator.umbrellas, "umbrellas", pgettext("report", "Partner"))
    return DocumentSection(
        anchor="report-contributions",
        heading=pgettext("report", "What the partners contributed"),
        blocks=tuple(blocks),
    )


def target_groups(writer: Writer) -> DocumentSection | None:
    shown = [each for each in writer.snapshot.indicators if _is_stated(each.groups)]
    texts = writer.narratives("target_groups")
    if not shown and not texts:
        return None
    blocks: list[Block] = [*texts]
    if shown:
        blocks.append(
            ParagraphBlock(
                text=gettext(
                    "Target groups overlap: one person or company may belong to several. They are never "
                    "added up, and their shares do not make 100 percent."
                )
            )
        )
    for indicator in shown:
        blocks += _parts(writer, indicator, indicator.groups, "groups", pgettext("report", "Target group"))
    return DocumentSection(
        anchor="report-groups",
        heading=pgettext("report", "Target groups"),
        blocks=tuple(blocks),
    )


def _parts(
    writer: Writer, indicator: IndicatorData, parts: Sequence[PartRow], code: str, heading: str
) -> Iterator[Block]:
    """A picture of the report year, and a table of the years that have a value."""
    name = f"{writer.text(indicator.name)} ({wording.unit(indicator.unit)})"
    stated = [part for part in parts if part.amounts[-1].value is not None]
    if indicator.is_headline and len(stated) >= _BARS:
        yield writer.picture(
            f"{code}-{indicator.code}",
            ranked_bars(
                f"{code}_{indicator.code}",
                f"{name}, {writer.year}",
                [
                    ChartMark(
                        name=writer.text(part.name),
                        value=part.amounts[-1].value,
                        text=wording.amount(part.amounts[-1]),
                    )
                    for part in stated
                ],
            ),
        )
    notes = Notes()
    places = [
        place
        for place, figure in enumerate(indicator.years)
        if figure.amount.value is not None or any(part.amounts[place].value is not None for part in parts)
    ]
    silent = [writer.text(part.name) for part in parts if not any(map(is_stated, part.amounts))]
    rows = [
        TableRow(
            cells=(
                head(writer.text(part.name)),
                *(
                    cell
                    for place in places
                    for url in [_address(writer, indicator, place, BREAKDOWNS[code], part)]
                    for cell in (
                        writer.number(part.amounts[place], notes, url=url),
                        _share(part, indicator, place, notes, url),
                    )
                ),
            )
        )
        for part in parts
        if any(map(is_stated, part.amounts))
    ]
    rows.append(
        TableRow(
            cells=(
                head(writer.name_of_the_whole),
                *(
                    cell
                    for place in places
                    for cell in (
                        _whole(writer, indicator, place, notes),
                        plain_cell(""),
                    )
                ),
            ),
            is_total=True,
        )
    )
    yield writer.table(
        f"{code}-{indicator.code}",
        name,
        (
            TableColumn(name=heading),
            *(
                column
                for place in places
                for column in (
                    TableColumn(name=str(indicator.years[place].year), look="number"),
                    TableColumn(name=pgettext("report", "Share"), look="number"),
                )
            ),
        ),
        rows,
        notes=notes,
        source=gettext("Not reported: %(names)s.") % {"names": "; ".join(silent)} if silent else "",
    )


def _whole(writer: Writer, indicator: IndicatorData, place: int, notes: Notes) -> TableCell:
    """The Alliance's total without the notes that stand with it elsewhere."""
    figure = indicator.years[place]
    return writer.amount(figure.amount, notes, indicator=indicator.code, year=figure.year, is_keyed=False)


def _address(writer: Writer, indicator: IndicatorData, place: int, by: PartKind, part: PartRow) -> str:
    return writer.address(indicator.code, indicator.years[place].year, (by, part.code))


def _share(part: PartRow, indicator: IndicatorData, place: int, notes: Notes, url: str) -> TableCell:
    share, reason = share_of_whole(part, indicator, place)
    return share_cell(share, url, marks=notes.marks([reason]))


def share_of_whole(part: PartRow, indicator: IndicatorData, place: int) -> tuple[Decimal | None, str]:
    """Of the whole, where that is stated and more than nothing; negative parts have no share.

    An umbrella's members are among all who are due. A target group is another statement of the same
    organisations: who does not state it has not stated that it is 0. Then the reason stands second.
    """
    amount, whole = part.amounts[place], indicator.years[place].amount
    if amount.value is None or whole.value is None or whole.value <= 0 or amount.value < 0:
        return None, ""
    if part in indicator.groups and not amount.is_comparable_with(whole):
        return None, wording.not_comparable()
    return amount.value / whole.value, ""


def _is_stated(parts: Sequence[PartRow]) -> bool:
    """Whether some part has a value, or one that is withheld."""
    return any(is_stated(amount) for part in parts for amount in part.amounts)


def participation(writer: Writer) -> DocumentSection | None:
    groups = writer.snapshot.participation
    if not groups:
        return None
    if len(groups) == 1:
        return _section_of_who_reported([paragraph(text) for text in _of_one_group(writer, groups[0])])
    table = writer.table(
        "participation",
        gettext("Organisations due and approved reports, %(year)s") % {"year": writer.year},
        (
            TableColumn(name=pgettext("report", "Organisation"), share=2),
            TableColumn(name=pgettext("report", "Due"), look="number"),
            TableColumn(name=pgettext("report", "Approved"), look="number"),
            TableColumn(name=pgettext("report", "Missing"), look="number"),
            TableColumn(name=pgettext("report", "Missing are"), share=2),
        ),
        [
            TableRow(
                cells=(
                    head(writer.text(part.name)),
                    *(
                        count_cell(
                            count,
                            writer.address(
                                Counted.PARTICIPATION, writer.year, (PartKind.UMBRELLA, part.code)
                            ),
                        )
                        for count in (part.due, part.approved, part.due - part.approved)
                    ),
                    plain_cell(
                        (
                            ", ".join(part.missing)
                            if part.approved or part.due == 1
                            else pgettext("report", "all")
                        )
                        if part.missing
                        else "–"
                    ),
                )
            )
            for part in groups
        ],
    )
    return _section_of_who_reported([table])


def _of_one_group(writer: Writer, group: Participation) -> Iterator[str]:
    """For one line there is no table."""
    yield participation_sentence(writer)
    if group.missing and group.due > 1:
        yield gettext("Missing are: %(names)s.") % {"names": ", ".join(group.missing)}


def _section_of_who_reported(blocks: Sequence[Block]) -> DocumentSection:
    return DocumentSection(
        anchor="report-participation",
        heading=pgettext("report", "Who has reported"),
        blocks=(
            ParagraphBlock(text=who_counts()),
            *blocks,
        ),
    )


def who_counts() -> str:
    return pgettext(
        "report",
        "Due are the organisations asked for figures of the reporting year. Counted as reported "
        "are those whose report has been approved.",
    )

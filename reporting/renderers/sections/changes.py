"""What has changed: since the report of an earlier year, and since the former release of this one."""

from collections.abc import Collection, Iterator, Sequence

from django.utils.translation import gettext, ngettext, pgettext

from reporting.frozen.contents import Aspect, ChangeRow, Changes, DefinitionChange
from reporting.frozen.finding import parts_of_change
from reporting.frozen.values import AmountState, Text
from reporting.renderers import wording
from reporting.renderers.blocks import (
    Block,
    DocumentSection,
    Line,
    ParagraphBlock,
    TableBlock,
    TableCell,
    TableColumn,
    TableRow,
    line_of,
)
from reporting.renderers.grammar import listed, quoted
from reporting.renderers.writer import Notes, Writer, head, line_cell, plain_cell


def changes(writer: Writer) -> DocumentSection | None:
    if not writer.snapshot.changes:
        return None
    return DocumentSection(
        anchor="report-changes",
        heading=pgettext("report", "What has changed"),
        blocks=tuple(block for each in writer.snapshot.changes for block in _since(writer, each)),
    )


def _since(writer: Writer, found: Changes) -> Iterator[Block]:
    code = "corrections" if found.is_correction else "changes"
    yield writer.heading(code, _heading(found))
    yield ParagraphBlock(text=_compared(found))
    totals = [each for each in found.rows if each.part is None]
    explained = {(each.indicator, each.year) for each in totals if each.reasons}
    parts = [each for each in found.rows if each.part is not None]
    if not found.rows:
        yield ParagraphBlock(text=gettext("No number that both reports have reads otherwise now."))
    if totals:
        yield _numbers(writer, code, gettext("Numbers that read otherwise now, and why"), totals, explained)
    if parts:
        title = gettext("Numbers of Länder, target groups and partner groups that read otherwise now")
        yield _numbers(writer, f"{code}-parts", title, parts, explained)
    if found.definitions:
        yield _definitions(writer, code, found.definitions)
    yield from _asked(writer, found)


def _heading(found: Changes) -> str:
    if found.is_correction:
        return pgettext("report", "Since the former release of this report")
    return pgettext("report", "Since the report of an earlier year")


def _compared(found: Changes) -> str:
    text = (
        gettext(
            "Compared is the release of the report of %(year)s before this one, whose data were frozen on "
            "%(moment)s. The last column says why a number reads otherwise now."
        )
        if found.is_correction
        else gettext(
            "Compared is the report of the year %(year)s, whose data were frozen on %(moment)s. The last "
            "column says why a number of the years that both report on reads otherwise now."
        )
    )
    return text % {"year": found.year, "moment": wording.moment(found.taken_at)}


def _numbers(
    writer: Writer, code: str, title: str, rows: Sequence[ChangeRow], explained: Collection[tuple[str, int]]
) -> TableBlock:
    """``explained``: the indicators and years of which the total has its reasons."""
    notes = Notes()
    has_parts = rows[0].part is not None
    part = (TableColumn(name=pgettext("report", "Part"), share=1.4),) if has_parts else ()
    return writer.table(
        code,
        title,
        (
            TableColumn(name=pgettext("report", "Figure"), share=2),
            *part,
            TableColumn(name=pgettext("report", "Year"), look="short"),
            TableColumn(name=pgettext("report", "Before"), look="number"),
            TableColumn(name=pgettext("report", "Now"), look="number"),
            TableColumn(name=pgettext("report", "Reason"), share=2),
        ),
        [
            TableRow(
                cells=(
                    head(writer.text(each.name), small=wording.unit(each.unit)),
                    *((plain_cell(writer.text(each.part)),) if has_parts else ()),
                    plain_cell(str(each.year)),
                    writer.number(each.before, notes, url=_address(writer, each)),
                    _now(writer, each, notes),
                    line_cell(line_of(*_reasons(writer, each, explained))),
                )
            )
            for each in rows
        ],
        notes=notes,
    )


def _now(writer: Writer, row: ChangeRow, notes: Notes) -> TableCell:
    if row.group or row.umbrella:
        return writer.number(row.now, notes, url=_address(writer, row))
    return writer.amount(
        row.now, notes, indicator=row.indicator, year=row.year, region=row.region, is_keyed=False
    )


def _address(writer: Writer, row: ChangeRow) -> str:
    """Of the number as it is now, whose page says what it was."""
    return writer.address(row.indicator, row.year, *parts_of_change(row))


def _reasons(writer: Writer, row: ChangeRow, explained: Collection[tuple[str, int]]) -> Iterator[str | Line]:
    """How many have reported is no reason for a number that is withheld, or was."""
    more = row.now.reported - row.before.reported
    if row.now.state is AmountState.WITHHELD:
        yield gettext("withheld now, to protect individuals")
    elif row.before.state is AmountState.WITHHELD:
        yield gettext("no longer withheld")
    elif more > 0:
        yield ngettext(
            "%(count)s more organisation has reported", "%(count)s more organisations have reported", more
        ) % {"count": wording.number(more)}
    elif more < 0:
        yield ngettext(
            "%(count)s organisation fewer has reported", "%(count)s organisations fewer have reported", -more
        ) % {"count": wording.number(-more)}
    elif (row.group or row.umbrella) and (row.indicator, row.year) in explained:
        yield gettext("see the reasons that stand with the total")
    elif not row.reasons:
        yield gettext("corrected figures were approved")
    yield from map(writer.remark, row.reasons)


def _definitions(writer: Writer, code: str, found: Sequence[DefinitionChange]) -> TableBlock:
    aspects = {
        Aspect.NAME: pgettext("report", "Name"),
        Aspect.DEFINITION: pgettext("report", "Definition"),
        Aspect.SOURCE: pgettext("report", "Source"),
        Aspect.UNIT: pgettext("report", "Unit"),
        Aspect.PERIOD: pgettext("report", "Period"),
        Aspect.TARGET: pgettext("report", "Target"),
    }
    return writer.table(
        f"{code}-definitions",
        gettext("Names, definitions and targets that are others now"),
        (
            TableColumn(name=pgettext("report", "What is meant"), share=2),
            TableColumn(name=pgettext("report", "What has changed"), share=1.3),
            TableColumn(name=pgettext("report", "Before"), share=2),
            TableColumn(name=pgettext("report", "Now"), share=2),
        ),
        [
            TableRow(
                cells=(
                    head(writer.text(each.name)),
                    plain_cell(" ".join([aspects[each.aspect], listed(list(map(str, each.years)))]).strip()),
                    line_cell(writer.in_its_language(each.before)),
                    plain_cell(writer.text(each.now) or "–"),
                )
            )
            for each in found
        ],
    )


def _asked(writer: Writer, found: Changes) -> Iterator[Block]:
    if found.added:
        names = _quoted(writer, found.added)
        yield ParagraphBlock(
            text=ngettext("New is the figure %(names)s.", "New are the figures %(names)s.", len(names))
            % {"names": listed(names)}
        )
    if found.dropped:
        names = _quoted(writer, found.dropped)
        yield ParagraphBlock(
            text=ngettext(
                "The figure %(names)s is no longer asked for.",
                "The figures %(names)s are no longer asked for.",
                len(names),
            )
            % {"names": listed(names)}
        )


def _quoted(writer: Writer, names: Sequence[Text]) -> list[str]:
    return [quoted(name) for name in writer.texts(names)]

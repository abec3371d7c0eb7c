"""What is stated of a year of an indicator: its value, what was promised, how far that was reached."""

from django.utils.translation import gettext, pgettext

from reporting.frozen.schema import IndicatorData, YearFigure
from reporting.renderers import wording
from reporting.renderers.blocks import TableCell, TableColumn
from reporting.renderers.writer import Notes, Writer, head, plain_cell, share_cell


def year_columns(*, with_targets: bool = True) -> tuple[TableColumn, ...]:
    targets = (
        TableColumn(name=pgettext("report", "Target"), look="number"),
        TableColumn(name=pgettext("report", "Attainment"), look="number"),
    )
    return (
        TableColumn(name=pgettext("report", "Year"), look="short"),
        TableColumn(name=pgettext("report", "Value"), look="number"),
        *(targets if with_targets else ()),
        TableColumn(name=pgettext("report", "Reported by"), look="number"),
    )


def year_cells(  # noqa: PLR0913  # each names itself
    writer: Writer,
    indicator: IndicatorData,
    figure: YearFigure,
    notes: Notes,
    *,
    is_keyed: bool = True,
    with_targets: bool = True,
) -> tuple[TableCell, ...]:
    value = writer.figure(indicator, figure, notes, is_keyed=is_keyed)
    reported = wording.count(figure.amount)
    promised = (_target(writer, figure, notes, value.url), _attainment(figure, value.url))
    return (
        head(str(figure.year)),
        value,
        *(promised if with_targets else ()),
        plain_cell(reported, url=value.url) if reported else plain_cell("–"),
    )


def _target(writer: Writer, figure: YearFigure, notes: Notes, url: str) -> TableCell:
    """The number alone, so that the numbers of a column stand below each other; the rest is a note."""
    if figure.ratio is not None and figure.target is None:
        whole = writer.text(figure.ratio.denominator)
        note = gettext("Target: share of the figure “%(whole)s”") % {"whole": whole}
        return TableCell(
            text=wording.percent(figure.ratio.goal),
            value=figure.ratio.goal,
            is_share=True,
            marks=notes.marks([note]),
            url=url,
        )
    if figure.target is None:
        return plain_cell("–")
    text = wording.number(figure.target.value)
    if figure.target.is_a_maximum:
        text = gettext("at most %(number)s") % {"number": text}
    note = writer.text(figure.target.note)
    texts = [gettext("Target for each year")] if figure.target.per_year else []
    if note:
        texts.append(note if texts else gettext("Target: %(note)s") % {"note": note})
    return TableCell(text=text, value=figure.target.value, marks=notes.marks(texts), url=url)


def _attainment(figure: YearFigure, url: str) -> TableCell:
    small = pgettext("report", "of the ceiling") if figure.is_ceiling else ""
    return share_cell(figure.attainment, url, small=small)

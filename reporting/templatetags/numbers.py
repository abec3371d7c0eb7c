"""Numbers on pages, each with the way to what it is made of; written here because a page has thousands."""

import html
from collections.abc import Iterable
from typing import Protocol

from django import template
from django.utils.safestring import SafeString

from reporting.dashboards.data import Cell, LinkedNumber, TableLine, ViewTable

register = template.Library()


class ShownNumber(Protocol):
    """A number or its gap; ``url``: to what it is made of, or empty."""

    @property
    def text(self) -> str: ...
    @property
    def is_gap(self) -> bool: ...
    @property
    def url(self) -> str: ...


class NamedLink(Protocol):
    """``url``: where the name leads, or empty."""

    @property
    def name(self) -> str: ...
    @property
    def url(self) -> str: ...


@register.simple_tag
def linked_number(number: ShownNumber) -> SafeString:
    return SafeString(_linked(number))


@register.simple_tag
def table_lines(table: ViewTable) -> SafeString:
    """The lines of a table of a view, each with its name and its cells."""
    return SafeString("".join([_line(line, cells, len(table.headings)) for line, cells in table.grid]))


@register.simple_tag
def number_cells(cells: Iterable[Cell]) -> SafeString:
    """The cells of a line in columns of numbers."""
    return SafeString("".join([_cell(each, is_numeric=True) for each in cells]))


@register.simple_tag
def linked_names(named: Iterable[NamedLink]) -> SafeString:
    """Names one after the other, each with its way where it has one."""
    return SafeString(", ".join([_name(each) for each in named]))


def _line(line: TableLine, cells: Iterable[tuple[Cell, bool]], columns: int) -> str:
    """``cells``: each with whether it stands in a column of numbers."""
    of_total = " portal-row--total" if line.is_total else ""
    of_heading = " portal-line-heading" if line.is_heading else ""
    scope = f'colspan="{columns}" scope="colgroup"' if line.is_heading else 'scope="row"'
    name = _escaped(line.name)
    if line.url:
        name = f'<a class="kern-link kern-link--no-visited-state" href="{_escaped(line.url)}">{name}</a>'
    return (
        f'<tr class="kern-table__row{of_total}">'
        f'<th class="kern-table__header portal-level-{line.level}{of_heading}" {scope}>{name}</th>'
        f"{''.join([_cell(cell, is_numeric=is_numeric) for cell, is_numeric in cells])}</tr>"
    )


def _name(named: NamedLink) -> str:
    name = _escaped(named.name)
    return f'<a class="kern-link" href="{_escaped(named.url)}">{name}</a>' if named.url else name


def _cell(cell: Cell, *, is_numeric: bool) -> str:
    """A cell of a table: a number, which stands below others, a text, or nothing."""
    if isinstance(cell, LinkedNumber):
        content, is_numeric = _linked(cell), True
        if cell.coverage:
            content = f'{content} <small class="portal-small">{_escaped(cell.coverage)}</small>'
    else:
        content = "–" if cell is None else _escaped(cell)
    numeric = " kern-table__cell--numeric" if is_numeric else ""
    return f'<td class="kern-table__cell{numeric}">{content}</td>'


def _linked(number: ShownNumber) -> str:
    kind = "absence" if number.is_gap else "value"
    shown = f'<span class="portal-figure__{kind}">{_escaped(number.text)}</span>'
    return f'<a class="portal-figure" href="{_escaped(number.url)}">{shown}</a>' if number.url else shown


def _escaped(text: str) -> str:
    """As ``conditional_escape`` does it, whose way there costs more than the escaping."""
    return text if isinstance(text, SafeString) else html.escape(str(text))

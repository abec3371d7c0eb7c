"""Numbers on pages, each with the way to what it is made of; written here because a page has thousands."""

from typing import Protocol

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from reporting.dashboards.data import Cell, LinkedNumber

register = template.Library()


class ShownNumber(Protocol):
    """A number or its gap; ``url``: to what it is made of, or empty."""

    @property
    def text(self) -> str: ...
    @property
    def is_gap(self) -> bool: ...
    @property
    def url(self) -> str: ...


@register.simple_tag
def linked_number(number: ShownNumber) -> SafeString:
    shown = format_html(
        '<span class="portal-figure__{}">{}</span>', "absence" if number.is_gap else "value", number.text
    )
    return (
        format_html('<a class="portal-figure" href="{}">{}</a>', number.url, shown) if number.url else shown
    )


@register.simple_tag
def table_cell(cell: Cell, is_numeric: bool) -> SafeString:  # noqa: FBT001  # as a tag takes it
    """A cell of a table: a number, which stands below others, a text, or nothing."""
    if isinstance(cell, LinkedNumber):
        content, is_numeric = linked_number(cell), True
        if cell.coverage:
            content = format_html('{} <small class="portal-small">{}</small>', content, cell.coverage)
    else:
        content = format_html("{}", "–" if cell is None else cell)
    return format_html(
        '<td class="kern-table__cell{}">{}</td>', " kern-table__cell--numeric" if is_numeric else "", content
    )

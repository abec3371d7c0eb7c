"""Blocks of a document as HTML."""

from collections.abc import Iterable, Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from reporting.frozen.contents import Span
from reporting.renderers.blocks import TableCell, TableColumn, TableRow

register = template.Library()


@register.filter
def under(row: TableRow, columns: Sequence[TableColumn]) -> list[tuple[TableColumn, TableCell]]:
    """Each cell with its column; where a cell above goes over this row, the row begins further right."""
    return list(zip(columns[len(columns) - len(row.cells) :], row.cells, strict=True))


@register.filter
def spans(line: Iterable[Span]) -> SafeString:
    """A line with its emphasis, its links, and the language of what is in another one than the page."""
    return format_html_join("", "{}", ((_span(each),) for each in line))


@register.filter
def words(line: Iterable[Span]) -> SafeString:
    """A sentence whose numbers lead to their origin."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html('<a class="report-origin" href="{}">{}</a>', each.url, each.text),)
            if each.url
            else (each.text,)
            for each in line
        ),
    )


@register.filter
def in_runs(texts: Sequence[str], lines: Sequence[Sequence[Span]]) -> Sequence[str]:
    """The texts, with the links of their numbers where there are any."""
    return [words(each) for each in lines] if lines else texts


def _span(span: Span) -> SafeString:
    html = format_html("{}", span.text)
    if span.language:
        html = format_html('<span lang="{}">{}</span>', span.language, html)
    if span.is_emphasised:
        html = format_html("<em>{}</em>", html)
    if span.is_strong:
        html = format_html("<strong>{}</strong>", html)
    return format_html('<a href="{}" rel="noopener">{}</a>', span.url, html) if span.url else html

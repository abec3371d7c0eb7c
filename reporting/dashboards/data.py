"""What a view is made of: its place in the frame, and what it shows for filters and a reader."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from partners.permissions import Access
from reporting.charts.chart import Chart
from reporting.dashboards.filters import YEAR, Filters
from reporting.dashboards.options import Option
from reporting.dashboards.rows import ViewRow

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedNumber:
    """A number or its gap. ``coverage`` is shown with it where only some of those due gave a value."""

    text: str
    is_gap: bool
    url: str = ""
    coverage: str = ""


@dataclass(frozen=True, slots=True)
class TableHeading:
    text: str
    is_numeric: bool = field(default=False, kw_only=True)


Cell = LinkedNumber | str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLine:
    """A line of a table: its name, perhaps with a link of its own, and a cell for each further heading.

    A cell is a number, a text, or None where there is nothing to show. ``level`` indents the name. A
    heading names the lines below it and has no cells.
    """

    name: str
    cells: tuple[Cell, ...] = ()
    url: str = ""
    level: int = 0
    is_total: bool = False
    is_heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewTable:
    """``caption`` names it; the first of the headings is that of the lines' names.

    A folded table opens on demand: what is long, and of which another table shows the sums; its ``code`` is
    where their links lead.
    """

    caption: str
    headings: tuple[TableHeading, ...]
    lines: tuple[TableLine, ...]
    note: str = ""
    is_folded: bool = False
    code: str = ""

    @property
    def grid(self) -> Iterator[tuple[TableLine, list[tuple[Cell, bool]]]]:
        """Each line with its cells, and whether they stand in a column of numbers."""
        numeric = [heading.is_numeric for heading in self.headings[1:]]
        for line in self.lines:
            yield line, list(zip(line.cells, numeric, strict=False))


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureDefinition:
    """What an indicator shown counts, and where its numbers come from."""

    name: str
    counted: str
    text: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewData:
    """What a view shows. ``make_rows`` makes all of it for programs: nothing on the page is missing there.

    ``completeness``: how many of those due stand behind it, in words. ``parts`` is for a template of the
    view's own.
    """

    make_rows: Callable[[], Iterable[ViewRow]]
    tables: tuple[ViewTable, ...] = ()
    charts: tuple[Chart, ...] = ()
    notes: tuple[str, ...] = ()
    definitions: tuple[FigureDefinition, ...] = ()
    completeness: str = ""
    parts: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def rows(self) -> tuple[ViewRow, ...]:
        """Made when they are asked for: a page shows none of them."""
        return tuple(self.make_rows())


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A view of the dashboards. ``code`` stands in its address and in its rows.

    ``group`` is the heading under which the list of views names it. ``filters``: those that apply to it
    beside the year; ``options``: what else may be chosen there.
    """

    code: str
    title: "StrOrPromise"
    question: "StrOrPromise"
    group: "StrOrPromise"
    filters: frozenset[str]
    load: Callable[[Filters, Access], ViewData]
    template: str = "reporting/dashboards/view.html"
    options: tuple[Option, ...] = ()

    @property
    def applying(self) -> frozenset[str]:
        """The filters and options that apply, the year included: it applies everywhere."""
        return self.filters | {YEAR} | {option.name for option in self.options}

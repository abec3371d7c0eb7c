"""What every section is written with: texts in the reader's language, cells, numbered tables and pictures."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext, pgettext

from reporting.charts.chart import Chart
from reporting.charts.drawing import Draw, inline_svg
from reporting.frozen.contents import Span
from reporting.frozen.links import FigurePart, PartKind, TrailUrl, permanent_link
from reporting.frozen.schema import IndicatorData, SnapshotData, YearFigure
from reporting.frozen.values import Amount, AmountState, Remark, Text
from reporting.renderers import wording
from reporting.renderers.blocks import (
    HeadingBlock,
    Line,
    PassagesBlock,
    PictureBlock,
    TableBlock,
    TableCell,
    TableColumn,
    TableRow,
    line_of,
    plain_text,
)


class Notes:
    """The notes below one table: what has to be known of a number is one note, and each note stands once."""

    def __init__(self) -> None:
        self._lines: dict[Line, str] = {}

    def marks(self, texts: Sequence[str | Line]) -> tuple[str, ...]:
        line = line_of(*dict.fromkeys(text for text in texts if text))
        return (self._lines.setdefault(line, f"{len(self._lines) + 1})"),) if line else ()

    @property
    def all(self) -> tuple[tuple[str, Line], ...]:
        return tuple((mark, line) for line, mark in self._lines.items())


class Writer:
    """Holds the frozen data while a document is written, in the active language."""

    def __init__(
        self,
        snapshot: SnapshotData,
        language: str,
        sha256: str,
        trail_url: TrailUrl | None = None,
        *,
        draw: Draw = inline_svg,
    ) -> None:
        self.snapshot = snapshot
        self.language = language
        self.sha256 = sha256
        self.trail_url = trail_url
        self.draw = draw
        self.measures = {measure.code: measure for measure in snapshot.measures}
        self.indicators = {indicator.code: indicator for indicator in snapshot.indicators}
        self._tables = 0
        self._pictures = 0
        self._keys: set[str] = set()

    @property
    def year(self) -> int:
        return self.snapshot.year

    def text(self, text: Text | None) -> str:
        """In the reader's language; a hyphen between spaces is a dash."""
        return wording.as_printed(text.in_language(self.language)) if text else ""

    def texts(self, texts: Sequence[Text]) -> list[str]:
        return [self.text(text) for text in texts]

    def written(self, text: str, language: str) -> Line:
        """What people wrote, in their language."""
        return (Span(text=wording.as_printed(text), language=self.other_language(language)),)

    def in_its_language(self, text: Text) -> Line:
        """In the reader's language, else in German; a dash where there is no text."""
        is_german = bool(text.de) and not text.en
        return (Span(text=self.text(text) or "–", language=self.other_language("de") if is_german else ""),)

    def remark(self, remark: Remark) -> Line:
        """Whose it is, in the reader's language, and what they wrote, in theirs."""
        by = f"{self.text(remark.by)}: " if remark.by else ""
        return line_of(by, self.written(remark.text, remark.language), between="")

    def other_language(self, language: str) -> str:
        """The language of a text, if it is another one than the document's."""
        return "" if self.language.startswith(language) else language

    def measure_name(self, code: str) -> str:
        return self.text(self.measures[code].name) if code in self.measures else code

    @property
    def name_of_the_whole(self) -> str:
        """What the totals of this edition are of: the Alliance, or the Land or umbrella it is about."""
        if self.snapshot.scope is None:
            return pgettext("report", "Alliance as a whole")
        return gettext("%(name)s as a whole") % {"name": self.text(self.snapshot.scope.name)}

    # -- cells

    def figure(
        self, indicator: IndicatorData, figure: YearFigure, notes: Notes, *, is_keyed: bool = True
    ) -> TableCell:
        """The total of a year with everything that has to be known of it; who reported stands beside it."""
        notes_of_year = (self.text(note) for note in figure.notes)
        breaks = (
            gettext("break in the series: %(reason)s") % {"reason": self.text(each.reason)}
            for each in indicator.breaks
            if each.year == figure.year
        )
        texts: list[str | Line] = [
            *self.remarks(figure.amount, is_counted=True),
            *breaks,
            *map(self.remark, figure.remarks),
            *notes_of_year,
        ]
        return self.amount(
            figure.amount, notes, texts, indicator=indicator.code, year=figure.year, is_keyed=is_keyed
        )

    def amount(  # noqa: PLR0913  # what is printed, its notes, and where it leads
        self,
        amount: Amount,
        notes: Notes,
        texts: Sequence[str | Line] | None = None,
        *,
        indicator: str = "",
        year: int = 0,
        region: str = "",
        is_keyed: bool = True,
    ) -> TableCell:
        """A number, or in its place the reason for none. Each number can be linked to at one place."""
        marks = notes.marks(self.remarks(amount) if texts is None else texts)
        key = "-".join(part for part in ("figure", indicator, str(year or ""), region) if part)
        is_first = is_keyed and bool(indicator) and key not in self._keys
        if is_first:
            self._keys.add(key)
        parts = [(PartKind.REGION, region)] if region else []
        return TableCell(
            text=wording.absence(amount.state) if amount.value is None else wording.number(amount.value),
            value=amount.value,
            marks=marks,
            is_gap=amount.value is None,
            indicator=indicator,
            year=year,
            region=region,
            key=key if is_first else "",
            url=self.address(indicator, year, *parts) if indicator else "",
        )

    def remarks(self, amount: Amount, *, is_counted: bool = False) -> list[str]:
        """How a number came about, how reliable it is, and what is behind a gap.

        ``is_counted``: how many of those due gave a value stands beside it.
        """
        texts = [wording.basis(amount), *wording.qualities(amount.qualities)]
        if amount.state in (AmountState.INCOMPLETE, AmountState.NOT_COMPARABLE):
            texts.append(wording.amount(amount))
        if amount.value is not None and not amount.is_stated_by_all and not is_counted:
            texts.append(gettext("incomplete: not everybody due gave a value"))
        return [text for text in texts if text]

    def address(self, code: str, year: int, *parts: FigurePart) -> str:
        """Where a number leads: inside the portal to its figures, if it has any, else its permanent link.

        ``code``: of an indicator, of a quantity of the training market, or one of ``Counted``.
        """
        if self.trail_url and code in self.indicators:
            return self.trail_url(code, year, parts)
        return permanent_link(self.snapshot, self.language, self.sha256, code, year, *parts)

    def number(
        self,
        amount: Amount,
        notes: Notes,
        text: str | None = None,
        *,
        in_per_cent: bool = False,
        url: str,
    ) -> TableCell:
        """A number of a part, or one that is no figure, such as a ratio; ``text`` is how it is written."""
        shown = wording.number(amount.value) if amount.value is not None else wording.absence(amount.state)
        return TableCell(
            text=text if text is not None and amount.value is not None else shown,
            value=amount.value / 100 if in_per_cent and amount.value is not None else amount.value,
            is_share=in_per_cent,
            marks=notes.marks(self.remarks(amount)),
            is_gap=amount.value is None,
            url=url,
        )

    # -- blocks

    def table(  # noqa: PLR0913  # each names itself
        self,
        code: str,
        title: str,
        columns: Sequence[TableColumn],
        rows: Sequence[TableRow],
        *,
        notes: Notes | None = None,
        source: str = "",
    ) -> TableBlock:
        self._tables += 1
        return TableBlock(
            anchor=f"table-{code}",
            number=pgettext("report", "Table %(number)s") % {"number": self._tables},
            title=title,
            columns=tuple(columns),
            rows=tuple(rows),
            notes=notes.all if notes else (),
            source=source,
        )

    def picture(self, code: str, chart: Chart, *, is_tall: bool = False) -> PictureBlock:
        self._pictures += 1
        return PictureBlock(
            anchor=f"chart-{code}",
            number=pgettext("report", "Figure %(number)s") % {"number": self._pictures},
            title=chart.title,
            alternative=chart.alternative,
            svg=self.draw(chart, identifier=f"chart-{code}-drawing"),
            is_tall=is_tall,
        )

    def narratives(self, section: str) -> list[PassagesBlock]:
        """What people wrote for a section, the ministry's text first."""
        found = [
            each
            for each in self.snapshot.narratives
            if each.section == section and each.in_language(self.language)
        ]
        return [
            PassagesBlock(
                passages=each.in_language(self.language),
                author=self.text(each.organisation),
                language="" if each.is_in(self.language) else self.other_language("de"),
            )
            for each in sorted(found, key=lambda each: each.organisation is not None)
        ]

    def heading(self, code: str, text: str) -> HeadingBlock:
        return HeadingBlock(anchor=f"section-{code}", text=text)


def is_stated(amount: Amount) -> bool:
    """Whether somebody gave a value, printed or withheld."""
    return amount.value is not None or amount.state is AmountState.WITHHELD


def has_value(indicator: IndicatorData) -> bool:
    """Whether some year has a value; without any it is listed once, with the others that have none."""
    return any(is_stated(figure.amount) for figure in indicator.years)


def head(text: str, *, small: str = "", rows: int = 1) -> TableCell:
    return TableCell(text=text, small=small, is_head=True, rows=rows)


def plain_cell(text: str, small: str = "", *, url: str = "") -> TableCell:
    return TableCell(text=text, small=small, url=url)


def line_cell(line: Line) -> TableCell:
    """A text of which parts may be in another language."""
    return TableCell(text=plain_text(line), spans=line if any(span.language for span in line) else ())


def count_cell(count: Decimal | int, url: str) -> TableCell:
    return TableCell(text=wording.number(count), value=Decimal(count), url=url)


def share_cell(
    share: Decimal | None, url: str = "", *, small: str = "", marks: tuple[str, ...] = ()
) -> TableCell:
    """A share in per cent; a dash where there is none, with ``marks`` that lead to the reason."""
    if share is None:
        return TableCell(text="–", marks=marks)
    text = wording.percent_with_decimal(share)
    return TableCell(text=text, small=small, value=share, is_share=True, url=url)

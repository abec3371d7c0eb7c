"""Values over the years, with a break where a definition or a source changes."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext

from reporting.charts import palette
from reporting.charts.chart import Chart, Specification
from reporting.charts.layout import (
    LINE_HEIGHT,
    SMALL_LINE,
    SMALL_SIZE,
    Layout,
    drawn,
    filtered,
    in_both_widths,
    leading,
    lines,
    quantity,
    specified,
    text_mark,
)
from reporting.charts.legend import LegendEntry, legend
from reporting.frozen.breaks import is_parted

PLOT = 240
OVER_THE_PLOT = 22
_YEARS_WRITTEN, _YEARS_WRITTEN_NARROW = 16, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """The value of a year, or the words for why there is none."""

    year: int
    value: Decimal | None
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesLine:
    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """From this year on the values are defined or counted in another way: they do not continue the others."""

    year: int
    text: str


def series(
    code: str,
    title: str,
    series_lines: Sequence[SeriesLine],
    *,
    breaks: Sequence[Break] = (),
    reference: Decimal | None = None,
) -> Chart:
    """Lines over the years. ``reference`` is a value to draw a line at, such as 100 for ratios."""

    def specify(layout: Layout) -> Specification:
        return _Drawing(series_lines, breaks, layout, reference).specification()

    return in_both_widths(code, title, " ".join(_sentences(series_lines, breaks)), specify)


def _sentences(series_lines: Sequence[SeriesLine], breaks: Sequence[Break]) -> Iterator[str]:
    for line in series_lines:
        yield f"{line.name}: {'; '.join(f'{point.year}: {point.text}' for point in line.points)}."
    for each in breaks:
        yield f"{_break_text(each)}."


def _break_text(each: Break) -> str:
    return gettext("Break in the series from %(year)s on: %(reason)s") % {
        "year": each.year,
        "reason": each.text,
    }


class _Drawing:
    def __init__(
        self,
        series_lines: Sequence[SeriesLine],
        breaks: Sequence[Break],
        layout: Layout,
        reference: Decimal | None,
    ):
        self.lines = series_lines
        self.breaks = sorted(breaks, key=lambda each: each.year)
        self.layout = layout
        self.reference = reference
        self.years = sorted({point.year for line in series_lines for point in line.points})
        values = [point.value for line in series_lines for point in line.points if point.value is not None]
        self.is_from_zero = is_drawn_from_zero(values)
        self.domain = domain_of(
            values if reference is None else [*values, reference], from_zero=self.is_from_zero
        )

    def specification(self) -> Specification:
        signs, top = self.signs()
        plot_top = top + OVER_THE_PLOT
        bottom = plot_top + PLOT
        x = years_axis(self.years, self.layout)
        y = values_axis(self.domain, plot_top, from_zero=self.is_from_zero)
        data, gaps = self.points()
        layers = [
            *self.curves(x, y),
            *self.reference_line(y),
            *self.break_rules(x, top, bottom),
            *self.values(x, data),
            *signs,
        ]
        notes = self.notes(gaps)
        return specified(
            self.layout,
            bottom,
            layers,
            data={"values": data},
            **({"title": note(notes)} if notes else {}),
        )

    def signs(self) -> tuple[list[Specification], float]:
        if len(self.lines) < 2:  # noqa: PLR2004  # one line needs no name beside the title
            return [], 0
        entries = [
            LegendEntry(
                text=line.name,
                color=palette.SERIES[place % len(palette.SERIES)],
                dash=palette.DASHES[place % len(palette.DASHES)],
                shape=palette.SHAPES[place % len(palette.SHAPES)],
            )
            for place, line in enumerate(self.lines)
        ]
        return legend(entries, self.layout, 0)

    def points(self) -> tuple[list[Specification], list[str]]:
        data: list[Specification] = []
        gaps: list[str] = []
        labelled = len(self.lines) == 1 and (not self.layout.is_narrow or len(self.years) <= 4)  # noqa: PLR2004
        for place, line in enumerate(self.lines):
            last = max((point.year for point in line.points if point.value is not None), default=0)
            for point, segment in segments(line.points, [each.year for each in self.breaks]):
                if point.value is None:
                    gaps.append(f"{line.name}, {point.year}: {point.text}")
                    continue
                data.append(
                    {
                        "line": place,
                        "segment": f"{place}-{segment}",
                        "year": point.year,
                        "value": drawn(point.value),
                        "text": point.text,
                        "label": point.text if labelled or point.year == last else "",
                        "tip": f"{line.name}, {point.year}: {point.text}",
                        "url": point.url,
                    }
                )
        return data, gaps

    def curves(self, x: Specification, y: Specification) -> Iterator[Specification]:
        for place, line in enumerate(self.lines):
            color = palette.SERIES[place % len(palette.SERIES)]
            encoding = {"x": x, "y": y}
            yield {
                **filtered(f"datum.line === {place}"),
                "mark": {
                    "type": "line",
                    "color": color,
                    "strokeWidth": 2.5,
                    "strokeDash": list(palette.DASHES[place % len(palette.DASHES)]),
                },
                "encoding": {**encoding, "detail": {"field": "segment", "type": "nominal"}},
            }
            yield {
                **filtered(f"datum.line === {place}"),
                "mark": {
                    "type": "point",
                    "filled": True,
                    "opacity": 1,
                    "size": 70,
                    "shape": palette.SHAPES[place % len(palette.SHAPES)],
                    "color": color,
                },
                "encoding": leading(encoding, has_links=any(point.url for point in line.points)),
            }

    def reference_line(self, y: Specification) -> list[Specification]:
        if self.reference is None:
            return []
        return [
            {
                "data": {"values": [{"value": drawn(self.reference)}]},
                "mark": {"type": "rule", "color": palette.INK, "strokeWidth": 1.5},
                "encoding": {"y": y},
            }
        ]

    def break_rules(self, x: Specification, top: float, bottom: float) -> list[Specification]:
        if not self.breaks:
            return []
        data = {
            "values": [
                {"year": each.year - 0.5, "label": self.break_sign(place), "y": top + LINE_HEIGHT / 2}
                for place, each in enumerate(self.breaks)
            ]
        }
        return [
            {
                "data": data,
                "mark": {"type": "rule", "color": palette.INK, "strokeWidth": 1.5, "strokeDash": [4, 3]},
                "encoding": {"x": x, "y": {"value": top + LINE_HEIGHT}, "y2": {"value": bottom}},
            },
            {
                "data": data,
                **text_mark(x, "y", "label", align="center", fontSize=SMALL_SIZE, fontWeight=600),
            },
        ]

    def break_sign(self, place: int) -> str:
        return "*" * (place + 1)

    def values(self, x: Specification, data: Sequence[Specification]) -> list[Specification]:
        """The words at the points; at the last year they end near the point, not beyond the drawing."""
        ends = [each for each in data if each["label"] and each["year"] == self.years[-1]]
        _part_labels(ends, self.domain)
        last = f"datum.year === {self.years[-1]}"
        return [
            {
                **filtered(f"datum.label !== '' && {test}"),
                "mark": {
                    "type": "text",
                    "fontSize": SMALL_SIZE,
                    "fontWeight": 600,
                    "color": palette.INK,
                    **look,
                },
                "encoding": {
                    "x": x,
                    "y": quantity("value"),
                    "text": {"field": "label", "type": "nominal"},
                },
            }
            for test, look in (
                (f"!({last})", {"dy": -13}),
                (f"{last} && !datum.is_below", {"dy": -13, "dx": 12, "align": "right"}),
                (f"{last} && datum.is_below", {"dy": 15, "dx": 12, "align": "right"}),
            )
        ]

    def notes(self, gaps: Sequence[str]) -> list[str]:
        texts = [f"{self.break_sign(place)} {_break_text(each)}" for place, each in enumerate(self.breaks)]
        if gaps:
            texts.append(gettext("Without a value: %(gaps)s") % {"gaps": "; ".join(gaps)})
        return [line for text in texts for line in lines(text, self.layout.least, SMALL_SIZE)]


def segments(points: Sequence[Point], break_years: Collection[int] = ()) -> Iterator[tuple[Point, int]]:
    """Each point with the number of its unbroken piece of the line: a gap or a break ends one."""
    segment = 0
    for before, point in zip((None, *points), points, strict=False):
        if before is not None and (before.value is None or is_parted(break_years, before.year, point.year)):
            segment += 1
        yield point, segment


def years_axis(years: Sequence[int], layout: Layout) -> Specification:
    """The years from left to right; of many, every second or third is written, and always the last."""
    first, last = years[0], years[-1]
    step = -(-(last - first + 1) // (_YEARS_WRITTEN_NARROW if layout.is_narrow else _YEARS_WRITTEN))
    written = sorted(range(last, first - 1, -step))
    return quantity(
        "year",
        scale={"domain": [first - 0.6, last + 0.6], "nice": False, "zero": False},
        axis={"values": written, "format": "d", "grid": False, "title": None, "labelPadding": 6},
    )


def values_axis(domain: Sequence[float], top: float, *, from_zero: bool) -> Specification:
    return quantity(
        "value",
        scale={"domain": domain, "range": [top + PLOT, top], "zero": from_zero, "nice": True},
        axis={"title": None, "format": ",~f", "tickCount": 5, "domain": False, "ticks": False},
    )


def is_drawn_from_zero(values: Sequence[Decimal]) -> bool:
    """Lines need no zero; where the values lie close together far from it, it would hide their way."""
    return not values or 2 * min(values) < max(values)


def domain_of(values: Sequence[Decimal], *, from_zero: bool) -> list[float]:
    """The scale's ends, with room for the words below the lowest value."""
    lowest, highest = min(values, default=Decimal(0)), max(values, default=Decimal(1))
    span = (highest - lowest) or abs(highest) / 5 or Decimal(1)
    if from_zero:
        return [float(min(lowest, Decimal(0))), float(max(highest, Decimal(0))) or 1.0]
    return [float(lowest - span / 5), float(highest + span / 10)]


def _part_labels(data: Sequence[Specification], domain: Sequence[float]) -> None:
    """Keep labels of lines that end close together apart: the second below its point, a third not at all."""
    lowest, highest = domain
    taken: list[float] = []
    for each in sorted(data, key=lambda each: -each["value"]):
        place = PLOT * (highest - each["value"]) / (highest - lowest)
        crowd = sum(abs(place - other) < 2 * LINE_HEIGHT for other in taken)
        each["is_below"] = crowd == 1
        if crowd > 1:
            each["label"] = ""
        taken.append(place)


def note(texts: Sequence[str]) -> Specification:
    """Small print below a drawing; as its title it takes the room it needs."""
    return {
        "text": list(texts),
        "orient": "bottom",
        "anchor": "start",
        "align": "left",
        "frame": "bounds",
        "fontSize": SMALL_SIZE,
        "fontWeight": 400,
        "lineHeight": SMALL_LINE,
        "color": palette.QUIET,
        "offset": 10,
    }

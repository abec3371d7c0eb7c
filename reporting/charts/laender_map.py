"""A map of the Länder for ratios: what is counted would only show where many people live."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext

from reporting.charts import palette
from reporting.charts.chart import UNDER_THE_POINTER, Chart, Specification
from reporting.charts.layout import (
    SMALL_SIZE,
    ChartMark,
    Layout,
    in_both_widths,
    leading,
    lines,
    listed,
    specified,
)
from reporting.charts.legend import LegendEntry, legend
from reporting.charts.series import note

_OUTLINES = Path(__file__).parent / "germany.json"
_CORNERS = [[-10, 0], [640, 793]]
"""The map is 586 × 793; the labels beside it need more."""
_STEPS = tuple(
    Decimal(step) for step in ("0.1", "0.2", "0.5", "1", "2", "2.5", "5", "10", "20", "25", "50", "100")
)
_LEAST_STEP = Decimal(5)
"""Around the even value: where all are close to it, none may look extreme."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LandMark(ChartMark):
    """The ratio of a Land. It is hatched where it has none, or one that is incomplete.

    ``remark`` is what has to be known of its value, such as that examples are in it: a star stands for it.
    """

    code: str
    is_complete: bool = True
    remark: str = ""

    @property
    def star(self) -> str:
        """The remark on the value; a gap has none."""
        return "" if self.value is None else self.remark

    @property
    def label(self) -> str:
        if self.value is None:
            return "–"
        return f"{self.text} *" if self.star else self.text

    @property
    def words(self) -> str:
        return f"{self.text} ({self.star})" if self.star else self.text


@dataclass(frozen=True, slots=True)
class _ValueClass:
    """Values from ``lower`` on and below ``upper``; None is without end."""

    lower: Decimal | None
    upper: Decimal | None
    fill: str

    def holds(self, value: Decimal) -> bool:
        return (self.lower is None or value >= self.lower) and (self.upper is None or value < self.upper)

    @property
    def text(self) -> str:
        if self.lower is None:
            return gettext("below %(upper)s") % {"upper": _number(self.upper)}
        if self.upper is None:
            return gettext("%(lower)s and more") % {"lower": _number(self.lower)}
        return gettext("%(lower)s to below %(upper)s") % {
            "lower": _number(self.lower),
            "upper": _number(self.upper),
        }


def laender_map(code: str, title: str, marks: Sequence[LandMark], *, even: Decimal | None = None) -> Chart:
    """Colour each Land by its ratio: to both sides of ``even`` where given, else from light to dark."""
    by_code = {mark.code: mark for mark in marks}
    classes = _classes([mark.value for mark in marks if mark.value is not None], even)

    def specify(layout: Layout) -> Specification:
        return _specification(by_code, classes, layout)

    return in_both_widths(code, title, listed((mark.name, mark.words) for mark in marks), specify)


def _classes(values: Sequence[Decimal], even: Decimal | None) -> list[_ValueClass]:
    if not values:
        return []
    fills: Sequence[str]
    lowest = None
    if even is not None:
        half = len(palette.DIVERGING) // 2
        reach = max(abs(value - even) for value in values)
        step = _step(max(reach / half, _LEAST_STEP))
        bounds = [even + step * place for place in range(-half + 1, half)]
        fills = palette.DIVERGING
    else:
        count = len(palette.SEQUENTIAL)
        low, high = min(values), max(values)
        step = _step((high - low) / count)
        start = (low / step).to_integral_value(ROUND_FLOOR) * step
        needed = int(((high - start) / step).to_integral_value(ROUND_CEILING))
        bounds = [start + step * place for place in range(1, min(count, max(needed, 1)))]
        fills = palette.SEQUENTIAL
        if not bounds:
            lowest = start
    edges = [lowest, *bounds, None]
    return [
        _ValueClass(lower, upper, fill) for lower, upper, fill in zip(edges, edges[1:], fills, strict=False)
    ]


def _step(least: Decimal) -> Decimal:
    return next((step for step in _STEPS if step >= least), _STEPS[-1])


def _number(value: Decimal | None) -> str:
    return (
        number_format(value.normalize() if value else Decimal(0), use_l10n=True) if value is not None else ""
    )


def _specification(
    marks: Mapping[str, LandMark], classes: Sequence[_ValueClass], layout: Layout
) -> Specification:
    height = 330 if layout.is_narrow else 560
    hatched = {code for code, mark in marks.items() if mark.value is None or not mark.is_complete}
    hatched |= {land["code"] for land in _outlines()} - set(marks)
    shapes = [_shape(land, marks.get(land["code"]), classes) for land in _outlines()]
    strokes = [
        {"type": "Feature", "geometry": {"type": "MultiLineString", "coordinates": land["hatch"]}}
        for land in _outlines()
        if land["code"] in hatched
    ]
    signs, bottom = legend(_entries(classes, has_hatched=bool(hatched)), layout, height + 12)
    projection = {
        "type": "identity",
        "fit": {"type": "Feature", "geometry": {"type": "LineString", "coordinates": _CORNERS}},
        "size": {"expr": f"[width, {height}]"},
    }
    layers: list[Specification] = [
        {
            "mark": {"type": "geoshape"},
            "encoding": {"fill": {"field": "fill", "type": "nominal", "scale": None}},
        }
    ]
    if strokes:
        layers.append(
            {
                "data": {"name": "hatching"},
                "mark": {"type": "geoshape", "filled": False, "stroke": palette.HATCH, "strokeWidth": 1},
            }
        )
    borders = {"type": "geoshape", "filled": False, "stroke": palette.PAPER, "strokeWidth": 2}
    layers += [{"mark": borders}, *_labels(marks, classes, layout)]
    layers.append(
        {
            "name": UNDER_THE_POINTER,
            "mark": {"type": "geoshape", "fill": palette.EMPTY, "fillOpacity": 0},
            "encoding": leading({}, has_links=any(mark.url for mark in marks.values())),
        }
    )
    remarks = sorted({mark.star for mark in marks.values() if mark.star})
    starred = lines(f"* {'; '.join(remarks)}", layout.least, SMALL_SIZE) if remarks else []
    credit = lines(
        gettext("Map: @svg-maps/germany by Victor Cazanave, CC BY 4.0, simplified"), layout.least, SMALL_SIZE
    )
    return specified(
        layout,
        bottom,
        [*({**layer, "projection": projection} for layer in layers), *signs],
        data={"name": "laender"},
        datasets={"laender": shapes, "hatching": strokes},
        title=note([*starred, *credit]),
    )


def _shape(land: Mapping[str, Any], mark: LandMark | None, classes: Sequence[_ValueClass]) -> Specification:
    text = mark.words if mark else gettext("not reported")
    return {
        "type": "Feature",
        "geometry": {"type": "MultiPolygon", "coordinates": land["shape"]},
        "fill": _fill(mark, classes),
        "tip": f"{mark.name if mark else land['short']}: {text}",
        "url": mark.url if mark else "",
    }


def _fill(mark: LandMark | None, classes: Sequence[_ValueClass]) -> str:
    if mark is None or mark.value is None:
        return palette.EMPTY
    value = mark.value
    return next(each.fill for each in classes if each.holds(value))


def _labels(
    marks: Mapping[str, LandMark], classes: Sequence[_ValueClass], layout: Layout
) -> Iterator[Specification]:
    """The short name and the value, in the Land or, where it is too small, beside it with a line to it."""
    data, leaders = [], []
    for land in _outlines():
        mark = marks.get(land["code"])
        is_outside = land["leader"] is not None
        data.append(
            {
                "x": land["label"][0],
                "y": land["label"][1],
                "label": [land["short"], mark.label if mark else "–"],
                "ink": palette.INK if is_outside else palette.ink_on(_fill(mark, classes)),
                "is_plain": not is_outside and (mark is None or mark.value is None or not mark.is_complete),
            }
        )
        if is_outside:
            (x, y), end = land["label"], land["leader"]
            start = [x + (end[0] - x) * 0.25, y + (end[1] - y) * 0.25]
            leaders.append(
                {"type": "Feature", "geometry": {"type": "LineString", "coordinates": [start, end]}}
            )
    size = 10 if layout.is_narrow else 13
    text = {
        "type": "text",
        "fontSize": size,
        "fontWeight": 600,
        "lineHeight": size + 1,
        "baseline": "middle",
        "dy": -size / 2,
    }
    place = {
        "longitude": {"field": "x", "type": "quantitative"},
        "latitude": {"field": "y", "type": "quantitative"},
        "text": {"field": "label", "type": "nominal"},
    }
    yield {
        "data": {"values": leaders},
        "mark": {"type": "geoshape", "filled": False, "stroke": palette.QUIET, "strokeWidth": 1},
    }
    # Over hatching a label needs a ground of its own.
    yield {
        "data": {"values": [each for each in data if each["is_plain"]]},
        "mark": {
            **text,
            "fill": palette.EMPTY,
            "stroke": palette.EMPTY,
            "strokeWidth": 4,
            "strokeJoin": "round",
        },
        "encoding": place,
    }
    yield {
        "data": {"values": data},
        "mark": text,
        "encoding": {**place, "color": {"field": "ink", "type": "nominal", "scale": None}},
    }


def _entries(classes: Sequence[_ValueClass], *, has_hatched: bool) -> list[LegendEntry]:
    entries = [LegendEntry(text=each.text, fill=each.fill) for each in classes]
    if has_hatched:
        words = gettext("withheld, incomplete or not reported")
        entries.append(LegendEntry(text=words, fill=palette.EMPTY, is_hatched=True))
    return entries


@cache
def _outlines() -> list[dict[str, Any]]:
    return list(json.loads(_OUTLINES.read_text(encoding="utf-8")))
